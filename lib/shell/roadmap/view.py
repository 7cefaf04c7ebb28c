"""The page: an empty state with its next step, else the plan in pictures and everything it is made from."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import streamlit as st
from markupsafe import Markup

from lib.access import DEMO_WORKSPACE, Actor, Right
from lib.database import connect
from lib.database.people import workspace
from lib.database.roadmaps import PlanRow, plans
from lib.decide.model import Basis
from lib.decide.roadmap import example, planning
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.picture import timeline, uses
from lib.decide.roadmap.planning import Sketch
from lib.decide.roadmap.quarters import following
from lib.decide.roadmap.reviewing import reviews
from lib.decide.roadmap.saying import move_said, use_finding
from lib.i18n import _, date_time, ngettext
from lib.shell import board_pack, errors, html, method_checked, session, timeline_chart, work
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.opening import opening_of
from lib.shell.page import section
from lib.shell.roadmap import asking, capacity_chart, step_form, steps_list, taking, team
from lib.shell.roadmap.words import ASKING, PLANNING
from lib.shell.roadmap.working import plan_again
from lib.shell.text import plain


def draw() -> None:
    """The page as it stands for this workspace."""
    opening_of(planning.SLUG)
    actor = session.actor()
    if work.watch(PLANNING) is not None:
        st.session_state.pop(ASKING, None)  # what was answered was of the plan before
    with connect() as database:
        found, made = planning.sketch(database, actor), plans(database, actor)
        reviewed = reviews(database, actor, found) if found else {}
        currency = workspace(database, actor)["currency"]
    if found is None:
        _empty(currency)
        return
    with errors.shown():
        _plan(found, made, currency)
    may = actor.may(Right.STEER)
    if not may:
        st.caption(_("Your role here reads the roadmap. Ask an administrator of the workspace to change it."))
    steps_list.draw(found, made[0] if made else None, currency, reviewed)
    if made:
        taking.draw(found, made[0], planning.as_plan(made[0], found), currency)
    if may:
        # Folded: a committee reads more often than it changes, and on a phone these are half of the page.
        with st.expander(_("Change a step"), icon=":material/edit:"), errors.shown():
            st.caption(_("Then plan again: what you set here is your house’s opinion, and is marked so."))
            step_form.draw(found, currency, reviewed)
        with st.expander(_("The team"), icon=":material/group:"), errors.shown():
            st.caption(_("Person-weeks that each skill can give in a quarter, and what may be spent."))
            team.draw(found, currency)
    method_checked.roadmap()
    board_pack.panel(planning.SLUG)


def _empty(currency: str) -> None:
    """Nothing is there yet: what a proposal would be made of, the one button, and in the demo house an example."""
    text = _(
        "A proposal takes the first ten use cases of your ranking, a design platform as a long-term aim, and a small"
        " team over four quarters. Effort, cost and capacity are assumptions from the catalogue; you then put your own"
        " in their place."
    )
    html.draw(element("p", _("No roadmap yet"), class_="toile-empty"))
    st.markdown(text)
    actor = session.actor()
    first = following(dt.datetime.now(tz=dt.UTC).date())
    if not actor.may(Right.STEER):
        st.caption(_("Your role here reads the roadmap. Ask an administrator of the workspace to change it."))
    elif st.button(_("Propose a roadmap"), type="primary", key="roadmap_propose"):
        with errors.shown(), connect() as database:
            planning.begin(database, actor, first)
            plan_again()
        st.rerun()
    if actor.workspace == DEMO_WORKSPACE:
        with errors.shown():
            _example(actor, first, currency)


def _example(actor: Actor, first: str, currency: str) -> None:
    """A year of an invented team, planned while the page is drawn: it takes a tenth of a second."""
    with connect() as database:
        found = example.sketch(database, actor, first)
    if not found.steps:  # the house considers no use case any more
        return
    said = _("An example: an invented team and its year, planned by the same solver. Nothing of it is kept.")
    html.draw(element("p", said, class_="toile-engine"))
    _pictures(found, example.plan(found), currency)


def _plan(found: Sketch, made: list[PlanRow], currency: str) -> None:
    may = session.actor().may(Right.STEER)
    if not made:
        html.draw(element("p", _("No plan of these steps yet"), class_="toile-empty"))
        if may and not work.running(PLANNING):
            st.button(_("Plan"), type="primary", key="roadmap_plan", on_click=plan_again)
        return
    _age(found, made[0], may)
    plan = planning.as_plan(made[0], found)
    _pictures(found, plan, currency)
    if len(made) > 1:
        _moved(found, made)
    section(
        _("Why not this quarter?"),
        _("Choose a step and a quarter. The model looks for the best plan that has it there, and tells what it costs."),
    )
    asking.draw(found, made[0], plan, currency, may)


def _pictures(found: Sketch, plan: Plan, currency: str) -> None:
    """When each step goes on, and what that takes of the team."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        drawn = timeline(found, plan)
        timeline_chart.draw(drawn)
        if any(span.role == "baseline" for span in drawn.spans):
            said = _("An outline is a season’s renewal of a long-term aim.")
            html.draw(element("p", said, " ", basis_markup(Basis.ASSUMPTION), class_="toile-source"))
        _left_out(found, plan)
    with right:
        bases = (planning.kept_basis(found.roadmap.team.basis), planning.effort_bases(found))
        taken = uses(found, plan)
        capacity_chart.draw(taken, found.capacity.quarters, use_finding(found, plan), currency, *bases)


def _age(found: Sketch, plan: PlanRow, may: bool) -> None:
    """How the plan stands to what it was made from, and the button that makes a new one."""
    old = planning.stale(plan, found)
    if old == "ranking":
        st.warning(_("This plan is older than the ranking: values have changed since."), icon=":material/history:")
    elif old == "steps":
        st.warning(_("This plan is older than its steps or its team."), icon=":material/history:")
    if found.gone:
        gone = ngettext(
            "{n} step is left out: your house considers its use case no longer.",
            "{n} steps are left out: your house considers their use cases no longer.",
            len(found.gone),
        )
        st.caption(gone)
    when = date_time(dt.datetime.fromisoformat(plan.created_at).astimezone())
    with st.container(horizontal=True, vertical_alignment="center"):
        if may and not work.running(PLANNING):
            kind: Literal["primary", "secondary"] = "primary" if old else "secondary"
            st.button(_("Plan again"), type=kind, key="roadmap_plan", on_click=plan_again)
        html.draw(_made_markup(plan, when))


def _made_markup(plan: PlanRow, when: str) -> Markup:
    told = _("Planned on {when}.", when=when)
    if not plan.run_id:
        return element("p", told, class_="toile-source")
    address = f"./runs?run={plan.run_id}&lang={session.language()}"
    link = element("a", _("Its run"), href=address, data_page=f"runs?run={plan.run_id}", class_="toile-link")
    return element("p", told, " ", link, class_="toile-source")


def _left_out(found: Sketch, plan: Plan) -> None:
    out = [step.title for step in found.steps if step.slug not in plan.starts]
    if out:
        title, named = _("Not in these quarters"), plain(" · ".join(out))
        st.markdown(f"**{title}**  \n{named}")


def _moved(found: Sketch, made: list[PlanRow]) -> None:
    moves = planning.moved(made[1], made[0])
    section(_("What moved since the plan before"))
    if not moves:
        st.markdown(_("Nothing: every step stands where it stood."))
        return
    html.draw(element("ul", *(element("li", move_said(move, found)) for move in moves)))
