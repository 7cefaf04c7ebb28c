"""From the catalogue to the menu: sections by area, in the order of the value chain."""

from __future__ import annotations

import streamlit as st

from lib.catalogue import AREA_TITLES, STEERING_PAGES, USE_CASES, VALUE_CHAIN, Area, SteeringPage, UseCase
from lib.errors import NotFound
from lib.i18n import N_, _, translate

ORDER = (Area.START, *VALUE_CHAIN, Area.DECIDE, Area.GOVERN, Area.LEARN, Area.WORKBENCH)
Entry = UseCase | SteeringPage


def entries() -> tuple[Entry, ...]:
    """Everything that has a page: the steering pages and the use cases that are ready. What is planned has none."""
    return (*STEERING_PAGES, *(entry for entry in USE_CASES if entry.status == "ready"))


def has_page(slug: str) -> bool:
    """Whether a page of this name can be opened."""
    return any(entry.slug == slug for entry in entries())


def path_of(slug: str) -> str:
    """The page's file, as ``st.page_link`` and ``st.switch_page`` want it.

    Raises:
        NotFound: no such page.
    """
    for entry in entries():
        if entry.slug == slug:
            return entry.page
    raise NotFound(N_("There is no page called '{slug}'. Choose one from the menu."), slug=slug)


def address_of(slug: str, language: str) -> str:
    """The page's address, relative to the app's root, for a link in HTML."""
    default = any(isinstance(entry, SteeringPage) and entry.default and entry.slug == slug for entry in entries())
    return f"./{'' if default else slug}?lang={language}"


def sections() -> dict[str, list[st.Page]]:
    """The menu in the reader's language: {section: its pages}. Made anew in each script run, as Streamlit wants it."""
    menu: dict[str, list[st.Page]] = {}
    for area in ORDER:
        pages = [_page(entry) for entry in entries() if entry.area == area]
        if pages:
            menu[translate(AREA_TITLES[area])] = pages
    return menu


def _page(entry: Entry) -> st.Page:
    default = isinstance(entry, SteeringPage) and entry.default
    return st.Page(entry.page, title=_(entry.title), icon=entry.icon, url_path=entry.slug, default=default)
