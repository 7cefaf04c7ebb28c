"""Add a step, change one, take one off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from lib.database import connect
from lib.database.risk_reviews import Standing
from lib.database.roadmaps import MAX_WORDS, SAID, StepRow, drop_step, save_step
from lib.decide.roadmap import proposing
from lib.decide.roadmap.model import MAX_QUARTERS
from lib.decide.roadmap.planning import Sketch, kept_basis
from lib.decide.roadmap.proposing import skill_said
from lib.decide.roadmap.reviewing import known_basis, known_said
from lib.decide.roadmap.solving import skills
from lib.i18n import _, set_language
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.roadmap.words import STATE


def draw(found: Sketch, currency: str, reviewed: Mapping[str, Standing]) -> None:
    """The two ways to change what is planned."""
    _add(found)
    titles = {step.slug: step.title for step in found.steps}
    if not titles:
        return
    key = STATE.recall("changed", next(iter(titles)), list(titles))
    slug = st.selectbox(
        _("Step to change"), list(titles), key=key, format_func=titles.__getitem__, on_change=STATE.kept("changed", key)
    )
    row = found.row(slug)
    _review(row, found, reviewed[slug])
    with st.form(f"roadmap_step_{slug}_{session.language()}", border=False):
        changed = _fields(row, found, currency)
        with st.container(horizontal=True):
            saved = st.form_submit_button(_("Save the step"), type="primary")
            dropped = st.form_submit_button(_("Take it off the roadmap"))
    if saved or dropped:
        with errors.shown(), connect() as database:
            if saved:
                save_step(database, session.actor(), changed)
            else:
                drop_step(database, session.actor(), slug)
            st.rerun()


def _review(row: StepRow, found: Sketch, review: Standing) -> None:
    """What the workbench knows of the step's risk review; where it is passed, its quarter is offered, not typed."""
    basis = known_basis(review)
    said = [element("span", known_said(review), *((" ", basis_markup(basis)) if basis else ()))]
    if row.gate:
        at = found.capacity.quarters[min(row.gate, len(found.capacity.quarters) - 1)]
        waits = _("waits for its risk review until {quarter}", quarter=at)
        said += [element("br"), element("span", waits, " ", basis_markup(kept_basis(row.basis)))]
    html.draw(element("p", *said))
    if review.passed and row.gate:
        st.button(
            _("Its review is passed: let it start from the first quarter"), icon=":material/verified_user:",
            key=f"roadmap_reviewed_{row.slug}", on_click=_reviewed, args=(row,),
        )  # fmt: skip


def _reviewed(row: StepRow) -> None:
    set_language(session.language())  # a callback runs before the frame has set it
    with errors.shown(), connect() as database:
        save_step(database, session.actor(), replace(row, gate=0))


def _add(found: Sketch) -> None:
    there = {row.slug for row in found.roadmap.steps}
    titles = {row.candidate.slug: row.candidate.title for row in found.ranking.rows if row.candidate.slug not in there}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    slug = left.selectbox(
        _("Add a use case, in the ranking’s order"),
        list(titles),
        index=None,
        key=STATE.widget("added"),
        format_func=titles.__getitem__,
        placeholder=_("Choose a use case"),
    )
    right.button(
        _("Add"), key="roadmap_add", disabled=slug is None, on_click=_added, args=(found, slug), width="stretch"
    )


def _added(found: Sketch, slug: str) -> None:
    set_language(session.language())  # a callback runs before the frame has set it
    with errors.shown(), connect() as database:
        save_step(database, session.actor(), proposing.step(found.cases[slug], found.scores[slug]))
        STATE.keep(changed=slug)
    st.session_state.pop(STATE.widget("added"), None)
    st.session_state.pop(STATE.widget("changed"), None)


def _fields(row: StepRow, found: Sketch, currency: str) -> StepRow:
    """The step as the widgets say it; what was changed is the house's opinion."""
    quarters = found.capacity.quarters
    # What another person, or the buttons above, changed meanwhile must not be put back by widgets of an older state.
    tag = f"{row.slug}_{sha256(repr(row).encode()).hexdigest()[:8]}"
    lanes = {"test": _("Test"), "aim": _("Long-term aim, renewed each season")}
    left, right = st.columns(2)
    lane = left.radio(
        _("Lane"),
        list(lanes),
        index=list(lanes).index(row.lane),
        format_func=lanes.__getitem__,
        key=STATE.widget(f"lane_{tag}"),
    )
    length = right.number_input(
        _("Quarters it takes"), 1, MAX_QUARTERS, row.quarters, key=STATE.widget(f"length_{tag}")
    )
    cost = left.number_input(
        _("Cost in all ({currency})", currency=currency),
        0.0,
        value=float(row.cost),
        step=1_000.0,
        format="%.0f",
        key=STATE.widget(f"cost_{tag}"),
    )
    gate = right.selectbox(
        _("Waits for its risk review until"),
        list(range(len(quarters))),
        index=min(row.gate, len(quarters) - 1),
        format_func=quarters.__getitem__,
        help=_("The first quarter in which it may start. The review itself says above whether it is passed."),
        key=STATE.widget(f"gate_{tag}"),
    )
    effort = _effort(row, found, tag)
    changed = replace(row, lane=lane, quarters=int(length), cost=float(cost), gate=gate, effort=effort)
    changed = _bounds(changed, found, tag)
    shown = found.step(row.slug).must_show
    must_show = st.text_area(
        _("What it must show to go on"), shown, max_chars=MAX_WORDS, key=STATE.widget(f"must_show_{tag}")
    )
    if must_show.strip() != shown:
        changed = replace(changed, must_show=must_show)
    numbers = (changed.quarters, changed.cost, changed.gate, dict(changed.effort))
    before = (row.quarters, row.cost, row.gate, dict(row.effort))
    return replace(changed, basis=SAID) if numbers != before else changed


def _effort(row: StepRow, found: Sketch, tag: str) -> dict[str, float]:
    st.markdown(_("**Person-weeks in each quarter while it goes on**"))
    known = skills(found.steps, found.capacity)
    columns = st.columns(max(1, len(known)))
    weeks = {
        skill: column.number_input(
            skill_said(skill), 0.0, value=float(row.effort.get(skill, 0.0)), step=0.5, format="%.1f",
            key=STATE.widget(f"effort_{skill}_{tag}"),
        )
        for column, skill in zip(columns, known, strict=False)
    }  # fmt: skip
    return {skill: amount for skill, amount in weeks.items() if amount}


def _bounds(row: StepRow, found: Sketch, tag: str) -> StepRow:
    """What it waits for, where it is pinned, and where it may not start."""
    quarters, titles = found.capacity.quarters, {step.slug: step.title for step in found.steps}
    places = list(range(len(quarters)))
    after = st.multiselect(
        _("Waits for"),
        [slug for slug in titles if slug != row.slug],
        default=[slug for slug in row.after if slug in titles],
        format_func=titles.__getitem__,
        placeholder=_("Nothing"),
        key=STATE.widget(f"after_{tag}"),
    )
    left, right = st.columns(2)
    pinned = left.selectbox(
        _("Pinned to"),
        places,
        index=row.pinned if row.pinned in places else None,
        format_func=quarters.__getitem__,
        placeholder=_("No quarter"),
        key=STATE.widget(f"pinned_{tag}"),
    )
    forbidden = right.multiselect(
        _("May not start in"),
        places,
        default=[quarter for quarter in row.forbidden if quarter in places],
        format_func=quarters.__getitem__,
        placeholder=_("No quarter"),
        key=STATE.widget(f"forbidden_{tag}"),
    )
    return replace(row, after=tuple(after), pinned=pinned, forbidden=tuple(forbidden))
