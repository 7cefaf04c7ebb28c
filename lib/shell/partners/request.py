"""A draft of the request for proposals, to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from lib.database import connect, portfolio
from lib.database.partners import PartnerCriterion, PartnerKind
from lib.database.people import workspace
from lib.decide import ranking
from lib.decide.partners.criteria import KIND_TITLES
from lib.decide.partners.request import Request, draft
from lib.files.documents.word import MEDIA_TYPE
from lib.i18n import LANGUAGES, _, language_name, translate
from lib.shell import html, session
from lib.shell.day_field import day_field
from lib.shell.exports import Export, downloads
from lib.shell.html import element
from lib.shell.page_state import PageState

MEMORY = PageState("partners")
DAYS = 28


def draw(weights: Mapping[PartnerCriterion, float]) -> None:
    """What the draft is about, and the draft."""
    html.draw(element("p", _("A draft as DOCX, with your weights as its scoring grid.")))
    actor = session.actor()
    with connect() as database:
        order = [row.candidate for row in ranking.current(database, actor).rows]
        cases = {case.slug: case for case in portfolio.candidates(database, actor)}
        house = workspace(database, actor)
    titles = {one.slug: one.title for one in order}
    kinds = {kind: translate(title) for kind, title in KIND_TITLES.items()}
    languages = {one: language_name(one) for one in LANGUAGES}
    columns = st.columns([3, 2, 2, 2], vertical_alignment="bottom")
    key = MEMORY.recall("wanted", next(iter(titles)), list(titles))
    slug = columns[0].selectbox(
        _("Use case"), list(titles), format_func=lambda one: titles.get(one, ""), key=key,
        on_change=MEMORY.kept("wanted", key),
    )  # fmt: skip
    key = MEMORY.recall("sought", PartnerKind.SPECIALISED.value, [kind.value for kind in PartnerKind])
    sought = columns[1].selectbox(
        _("We look for"), [kind.value for kind in PartnerKind], key=key, on_change=MEMORY.kept("sought", key),
        format_func=lambda one: kinds.get(PartnerKind(one), ""),
    )  # fmt: skip
    key = MEMORY.recall("tongue", session.language(), LANGUAGES)
    language = columns[2].selectbox(
        _("Language of the draft"), LANGUAGES, key=key, on_change=MEMORY.kept("tongue", key),
        format_func=lambda one: languages.get(one, ""),
    )  # fmt: skip
    today = dt.date.today()
    with columns[3]:
        due = day_field(MEMORY, "due", _("Answers by"), today + dt.timedelta(days=DAYS))
    asked = Request(
        house=str(house["house"] or house["name"]),
        case=cases[slug],
        kind=PartnerKind(sought),
        weights=weights,
        today=today,
        due=due or today,
    )
    asked.require_sound()
    name = f"request_for_proposals_{slug}.docx"
    downloads([Export("DOCX", name, lambda: draft(asked, language), MEDIA_TYPE)], key="request")
