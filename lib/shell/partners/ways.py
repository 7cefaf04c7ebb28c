"""Build, buy or partner, use case by use case: a first idea from the scores, and the house's own choice."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.database import connect, portfolio
from lib.database import partners as stored
from lib.database.partners import MAX_TEXT, Choice, Partner, Way
from lib.decide import ranking
from lib.decide.model import Basis
from lib.decide.partners.criteria import WAY_TITLES
from lib.decide.partners.weighing import proposed
from lib.i18n import _, translate
from lib.shell import folds, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page_state import PageState

MEMORY = PageState("partners")
SHOWN = 8


def draw(found: list[Partner], steers: bool) -> None:
    """What is chosen, then a form for one use case."""
    html.draw(element("p", _("For each use case, in the order of the ranking. The idea is ours, the choice yours.")))
    actor = session.actor()
    with connect() as database:
        ranked = [row.candidate for row in ranking.current(database, actor).rows]
        cases = {case.slug: case for case in portfolio.candidates(database, actor)}
        chosen = stored.choices(database, actor)
        names = {
            choice.partner: stored.name_of(database, actor, choice.partner)
            for choice in chosen.values()
            if choice.partner
        }
    ideas = {slug: proposed(ranking.starting_scores(case)) for slug, case in cases.items()}
    titles = {one.slug: one.title for one in ranked}
    listed = [slug for slug in titles if slug in chosen] + [slug for slug in titles if slug not in chosen][:SHOWN]
    ways = {way: translate(title) for way, title in WAY_TITLES.items()}
    heads = (_("Use case"), _("Idea"), _("Choice"), _("With"), _("Why"))
    if chosen:
        rows = [_row(titles[slug], ways[ideas[slug]], chosen.get(slug), ways, names) for slug in listed]
        html.draw(folds.table(heads, rows))
    else:  # three empty columns would say nothing
        pairs = pd.DataFrame(
            [(titles[slug], f"◇\u00a0{ways[ideas[slug]]}") for slug in listed], columns=list(heads[:2])
        )
        html.draw(html.table(pairs, "toile-runs toile-pairs", whole=True))
    about = _("From the starting scores of skills, integration, data and independence: to be argued with.")
    html.draw(element("p", basis_markup(Basis.ASSUMPTION), " ", about, class_="toile-source"))
    if chosen:
        html.draw(element("p", basis_markup(Basis.OPINION), " ", _("your house’s choices"), class_="toile-source"))
    if steers:
        _form(titles, ideas, ways, {one.id: one.name for one in found})


def _row(title: str, idea: str, choice: Choice | None, ways: dict[Way, str], names: dict[str, str]) -> folds.Row:
    """An idea and, once it is made, the choice: whom with and why."""
    said = f"◇\u00a0{idea}"  # the sign stays beside its word
    if choice is None:
        return folds.Row(title, said, (said, "", "", ""))
    made = f"○\u00a0{ways[choice.way]}"
    return folds.Row(title, made, (said, made, names.get(choice.partner or "", "–"), choice.reason))


def _form(titles: dict[str, str], ideas: dict[str, Way], ways: dict[Way, str], partners: dict[str, str]) -> None:
    key = MEMORY.recall("case", next(iter(titles)), list(titles))
    slug = st.selectbox(
        _("Use case"), list(titles), format_func=lambda one: titles.get(one, ""), key=key,
        on_change=MEMORY.kept("case", key),
    )  # fmt: skip
    with connect() as database:
        before = stored.choices(database, session.actor()).get(slug)
    with st.form(MEMORY.widget(f"way_{slug}"), border=False):
        columns = st.columns([2, 2, 4, 1], vertical_alignment="bottom")
        way = columns[0].selectbox(
            _("Way"), list(Way), index=list(Way).index(before.way if before else ideas[slug]),
            format_func=lambda one: ways.get(one, ""), key=MEMORY.widget(f"chosen_{slug}"),
        )  # fmt: skip
        options = {"": _("nobody yet"), **partners}
        held = before.partner if before and before.partner in partners else ""
        partner = columns[1].selectbox(
            _("With"), list(options), index=list(options).index(held),
            format_func=lambda one: options.get(one, ""), key=MEMORY.widget(f"with_{slug}"),
        )  # fmt: skip
        reason = columns[2].text_input(
            _("Why"), value=before.reason if before else "", max_chars=MAX_TEXT, key=MEMORY.widget(f"why_{slug}")
        )
        if columns[3].form_submit_button(_("Save")):
            with connect() as database:
                stored.choose(database, session.actor(), slug, way or ideas[slug], partner or None, reason)
            st.rerun()
