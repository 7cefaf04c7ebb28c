"""The head of a page that belongs to no use case: its title and a sentence on what it is for."""

from __future__ import annotations

from markupsafe import Markup

from lib.catalogue import STEERING_PAGES
from lib.i18n import translate
from lib.shell import html
from lib.shell.html import element


def opening(title: str, lead: str | Markup = "") -> None:
    """Draw a head; texts are in the reader's language."""
    parts = (element("p", lead, class_="toile-lead"),) if lead else ()
    html.draw(element("header", element("h1", title), *parts, class_="toile-opening"))


def opening_of(slug: str) -> None:
    """Draw the head of one of the catalogue's steering pages."""
    page = next(page for page in STEERING_PAGES if page.slug == slug)
    opening(translate(page.title), translate(page.summary))
