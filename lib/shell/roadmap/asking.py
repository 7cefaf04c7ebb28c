"""Why not this quarter? And what can be done about it: pin, forbid, free."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.database import connect
from lib.database.roadmaps import PlanRow, StepRow, save_step
from lib.decide.roadmap.explaining import Reason
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.planning import Sketch
from lib.decide.roadmap.saying import reason_said
from lib.i18n import _, set_language
from lib.shell import errors, html, session, work
from lib.shell.html import element
from lib.shell.roadmap.words import ASKING, STATE
from lib.shell.roadmap.working import ask, plan_again


def draw(found: Sketch, row: PlanRow, plan: Plan, currency: str, may: bool) -> None:
    """The question, its answer, and the buttons."""
    slugs = [step.slug for step in found.steps]
    titles = {step.slug: step.title for step in found.steps}
    quarters = list(range(len(found.capacity.quarters)))
    if not slugs:
        st.markdown(_("There is no step to ask about yet. Add one below."))
        return
    left, right = st.columns([3, 1])
    # What didn't fit, or comes last, is what people ask about.
    first = max(slugs, key=lambda slug: plan.starts.get(slug, len(quarters)))
    step_key = STATE.recall("step", first, slugs)
    quarter_key = STATE.recall("quarter", 0, quarters)
    slug = left.selectbox(
        _("Step"), slugs, key=step_key, format_func=titles.__getitem__, on_change=STATE.kept("step", step_key)
    )
    quarter = right.selectbox(
        _("Quarter"),
        quarters,
        key=quarter_key,
        format_func=found.capacity.quarters.__getitem__,
        on_change=STATE.kept("quarter", quarter_key),
    )
    asked = (row.id, slug, quarter)
    with st.container(horizontal=True):
        if st.button(_("Why not then?"), key="roadmap_ask", type="primary", disabled=work.running(ASKING)):
            st.session_state["roadmap_asked"] = asked
            STATE.keep(step=slug, quarter=quarter)
            ask(found, plan, slug, quarter)
        if may:
            _actions(found.row(slug), quarter)
    _answer(found, plan, asked, currency)


def _answer(found: Sketch, plan: Plan, asked: tuple[str, str, int], currency: str) -> None:
    reasons: tuple[Reason, ...] | None = work.watch(ASKING)
    if reasons is not None:
        st.session_state[ASKING] = (st.session_state.get("roadmap_asked"), reasons)
    known = st.session_state.get(ASKING)
    if known is None or known[0] != asked:
        return
    _row, slug, quarter = asked
    step = found.step(slug)
    said = [reason_said(reason, found, plan, step, quarter, currency) for reason in known[1]]
    title = _("{title} in {quarter}", title=step.title, quarter=found.capacity.quarters[quarter])
    html.draw(
        element(
            "div",
            element("p", title, class_="toile-finding"),
            *(element("p", sentence) for sentence in said),
            class_="toile-answer",
        )
    )


def _actions(row: StepRow, quarter: int) -> None:
    """Pin to the quarter, rule it out, or free the step; each plans again."""
    if row.pinned != quarter:
        st.button(_("Pin it there"), key="roadmap_pin", on_click=_save, args=(replace(row, pinned=quarter), quarter))
    if quarter not in row.forbidden and row.pinned != quarter:
        without = replace(row, forbidden=(*row.forbidden, quarter))
        st.button(_("Rule this quarter out"), key="roadmap_forbid", on_click=_save, args=(without, quarter))
    if row.pinned is not None or row.forbidden:
        free = replace(row, pinned=None, forbidden=())
        st.button(_("Free this step"), key="roadmap_free", on_click=_save, args=(free, quarter))


def _save(row: StepRow, quarter: int) -> None:
    """In a callback, so that the page is drawn of what was kept."""
    set_language(session.language())  # a callback runs before the frame has set it
    with errors.shown(), connect() as database:
        save_step(database, session.actor(), row)
        STATE.keep(step=row.slug, quarter=quarter)  # the plan that comes would else put another step forward
        plan_again()
