"""Where the house sees value, in its own words: the first thing on the page, and what narrows the map."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.catalogue import AREA_TITLES, VALUE_CHAIN
from lib.database import connect, portfolio
from lib.database.portfolio import Domain
from lib.decide.ranking import Standing, candidate
from lib.i18n import _, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.prioritisation_matrix.state import DOMAIN, PAGE

ALL = ""


def draw(stand: Standing) -> set[str] | None:
    """The domains with their reasons; the slugs of the chosen one, None for all use cases."""
    actor = session.actor()
    with connect() as database:
        found = portfolio.domains(database, actor)
    section(_("Where you see value"))
    if not found:
        html.draw(
            element(
                "p",
                _(
                    "Name the domains in which your house sees value, in your own words."
                    " The map can then show one alone."
                ),
                class_="toile-empty",
            )
        )
    if actor.may(Right.STEER):
        with st.expander(_("Name your domains"), expanded=False):
            _edit(found, stand)
    return _choose(found) if found else None


def _choose(found: list[Domain]) -> set[str] | None:
    names = {domain.id: domain.name for domain in found}
    key = PAGE.recall(DOMAIN, ALL, [ALL, *names])
    chosen = st.segmented_control(
        _("Show"),
        [ALL, *names],
        format_func={ALL: _("All domains"), **names}.__getitem__,
        key=key,
        on_change=PAGE.kept(DOMAIN, key),
        label_visibility="collapsed",
    )
    domain = next((one for one in found if one.id == chosen), None)
    if domain is None:
        return None
    if domain.why:
        html.draw(element("p", domain.why, class_="toile-source"))
    return set(domain.slugs)


def _edit(found: list[Domain], stand: Standing) -> None:
    """One block a domain, and an empty one for the next."""
    titles = {case.slug: candidate(case).title for case in stand.cases}
    version = int(st.session_state.setdefault("matrix_domains_saved", 0))
    with st.form(f"domains_{version}", border=False):
        wanted = [_block(at, domain, titles, version) for at, domain in enumerate([*found, None])]
        saved = st.form_submit_button(_("Save the domains"), type="primary")
    if not found and st.button(_("Begin with the six areas of the value chain"), key="domains_areas"):
        wanted = [
            (translate(AREA_TITLES[area]), "", [case.slug for case in stand.cases if case.area == area])
            for area in VALUE_CHAIN
        ]
        saved = True
    if saved:
        with errors.shown():
            with connect() as database:
                portfolio.save_domains(database, session.actor(), [one for one in wanted if one[0].strip() or one[2]])
            st.session_state["matrix_domains_saved"] = version + 1
            st.rerun()


def _block(at: int, domain: Domain | None, titles: dict[str, str], version: int) -> tuple[str, str, list[str]]:
    key = f"domain_{session.workspace()}_{session.language()}_{version}_{at}"
    left, right = st.columns([2, 3], gap="medium")
    with left:
        name = st.text_input(
            _("Domain"),
            value=domain.name if domain else "",
            placeholder=_("For instance: Clienteling"),
            max_chars=portfolio.MAX_TITLE,
            help=_("Empty the name and the use cases to take the domain out."),
            key=f"{key}_name",
        )
    with right:
        why = st.text_input(
            _("Why there?"), value=domain.why if domain else "", max_chars=portfolio.MAX_SUMMARY, key=f"{key}_why"
        )
    slugs = st.multiselect(
        _("Use cases in it"),
        list(titles),
        default=[slug for slug in domain.slugs if slug in titles] if domain else [],
        format_func=titles.__getitem__,
        placeholder=_("Choose use cases"),
        key=f"{key}_slugs",
    )
    return name, why, slugs
