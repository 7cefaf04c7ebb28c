"""The page: a text, documents, pictures to read by every check, and how good the checks are."""

from __future__ import annotations

import streamlit as st

from lib.catalogue import STEERING_PAGES
from lib.i18n import _, translate
from lib.shell import errors, html, session
from lib.shell.checks_desk import documents_part, measured_part, pictures_part, text_part
from lib.shell.html import element

SLUG = "checks"
STYLE = """
.toile-desk-counts > li { padding-top: 0.3rem; padding-bottom: 0.3rem; font-size: 0.92rem; }
.toile-desk-counts .toile-sign { top: 0.35rem; }
.toile-desk-none .toile-sign, .toile-desk-none .toile-verdict, .toile-desk-out { color: var(--toile-quiet); }
.toile-desk-group { border-top: 1px solid var(--toile-line); padding: 0.6rem 0 0.3rem; max-width: 52rem; }
.toile-desk-group h3 { font-size: 1.1rem; font-weight: 500; padding: 0; }
.toile-desk-name { font-weight: 600; overflow-wrap: anywhere; }
.toile-desk-small { font-size: 0.86rem; color: var(--toile-quiet); margin: 0; }
.toile-desk-text { max-height: 26rem; overflow-y: auto; }
.toile-desk-text:focus-visible { outline: 2px solid var(--toile-accent); }
.toile-desk-table td { vertical-align: top; }
.toile-desk-table td > * { min-width: 0; }
.toile-desk-table td.toile-desk-number { white-space: nowrap; }
.toile-desk-weak { color: var(--toile-doubtful); font-weight: 600; }
.st-key-checks_grid img { height: 15rem; object-fit: contain; }
.st-key-checks_people img, [class*="st-key-checks_pair_"] img { height: 8rem; object-fit: contain; }
@media (max-width: 48rem) {
  [class*="st-key-checks_pair_"] > :last-child { min-width: 100%; }
  .toile-desk-table td.toile-desk-cases { display: none; }
  .toile-desk-table br { display: none; }
  .toile-desk-table td.toile-desk-number span { padding-left: 0.4rem; }
}
.toile-desk-table p { margin: 0 0 0.2rem; }
"""


def draw() -> None:
    """The page's head and its tabs; only the one that is open runs."""
    page = next(page for page in STEERING_PAGES if page.slug == SLUG)
    header = element(
        "header",
        element("h1", translate(page.title)),
        element("p", translate(page.summary), class_="toile-lead"),
        element(
            "p",
            _("Nothing that you paste or upload is kept: this session holds it in memory, and no run is recorded."),
            class_="toile-source",
        ),
        class_="toile-opening",
    )
    html.draw(html.joined(html.stylesheet(STYLE), header))
    parts = (
        (_("A text"), text_part.draw),
        (_("Documents"), documents_part.draw),
        (_("Pictures"), pictures_part.draw),
        (_("How good they are"), measured_part.draw),
    )
    tabs = st.tabs([name for name, _part in parts], key=f"checks_tabs_{session.language()}", on_change="rerun")
    for tab, (_name, part) in zip(tabs, parts, strict=True):
        if tab.open:
            with tab, errors.shown():
                part()
