"""One pilot: its picture first, then what the reader must know, figures and runs, the decision, the plan."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import connect, pilots
from lib.database.pilots import Pilot, Plan, runs_within
from lib.database.portfolio import candidates
from lib.decide.model import Basis
from lib.decide.pilots.deciding import CHOICES, ReviewPassed, decide
from lib.decide.pilots.evaluating import evaluate_figures
from lib.decide.pilots.evidence import PAGE
from lib.decide.pilots.from_runs import RunFindings, findings
from lib.decide.pilots.observations import COLUMNS, observations_from
from lib.decide.pilots.outcome import Outcome
from lib.decide.pilots.pack import status_said
from lib.decide.pilots.picture import Evaluated, costs_said, pilot_figure, run_figures
from lib.decide.pilots.saying import cautions, difference_said
from lib.i18n import _, amount, date, date_time, list_of, ngettext, number, percent, translate
from lib.navigation import address_of, has_page
from lib.shell import charts, errors, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.opening import opening
from lib.shell.page import section
from lib.shell.pilots import planning
from lib.shell.text import plain
from lib.shell.uploads import own_table


def head(title: str, lead: str) -> None:
    """The head of the page and of a pilot."""
    opening(title, lead)


def draw(pilot: Pilot, done: Evaluated | None, review_passed: ReviewPassed) -> None:
    """Everything about one pilot."""
    plan, outcome = pilot.plan, done.outcome if done else None
    head(plan.title, plan.hypothesis)
    charts.draw(pilot_figure(plan, outcome))
    html.draw(_bases(pilot, done))
    if outcome:
        result_in_words(plan, outcome)
        _left_out(done)
    with connect() as database:
        ran = findings(runs_within(database, session.actor(), plan))
    html.draw(_facts(pilot, ran))
    _figures(pilot)
    _runs(pilot, ran)
    _decision(pilot, review_passed)
    _plan(pilot)


def result_in_words(plan: Plan, outcome: Outcome) -> None:
    """The difference with its interval, then what the reader has to know before resting a decision on it."""
    html.draw(element("p", difference_said(plan, outcome.difference)))
    for said in cautions(plan, outcome):
        html.draw(element("p", said, class_="toile-null"))


def _bases(pilot: Pilot, done: Evaluated | None) -> Markup:
    """What the picture's numbers rest on, each with its reference."""
    planned = _("baseline and target, as planned on {day}", day=_day(pilot.created_at[:10]))
    lines = [element("li", basis_markup(Basis.ASSUMPTION), " ", planned)]
    if done:
        run = element(
            "a", _("the run of {day}", day=_day(done.dated)), class_="toile-link", data_page=f"runs?run={pilot.run}",
            href=f"{address_of('runs', session.language())}&run={pilot.run}",
        )  # fmt: skip
        sizes = ngettext("{without} and {n} figure", "{without} and {n} figures", done.outcome.n[1],
                         without=number(done.outcome.n[0]))  # fmt: skip
        matrix = element(
            "a", _("offered to the matrix as evidence"), class_="toile-link",
            data_page=f"prioritisation_matrix?case={pilot.plan.use_case}",
            href=f"{address_of('prioritisation_matrix', session.language())}&case={pilot.plan.use_case}",
        )  # fmt: skip
        lines.append(element("li", basis_markup(Basis.EVIDENCE), " ", sizes, " · ", run, " · ", matrix))
    return element("ul", *lines, class_="toile-checks")


def _left_out(done: Evaluated | None) -> None:
    """Rows that the comparison could not use."""
    if done is None:
        return
    if done.outcome.outside:
        said = ngettext("{n} row lies outside the pilot’s days.", "{n} rows lie outside the pilot’s days.",
                        done.outcome.outside)  # fmt: skip
        st.caption(plain(said))
    if done.outcome.unpaired:
        said = ngettext("{n} has figures on one side only and is left out.",
                        "{n} have figures on one side only and are left out.", done.outcome.unpaired)  # fmt: skip
        st.caption(plain(said))


def _facts(pilot: Pilot, ran: RunFindings) -> Markup:
    plan = pilot.plan
    days = _("{start} to {end}", start=_day(plan.starts_on), end=_day(plan.ends_on))
    spent = _("{spent} spent on runs", spent=amount(ran.spent(plan), plan.currency))
    asks = ngettext("{n} pair", "{n} pairs", plan.sample) if plan.paired else ngettext(
        "{n} figure a side", "{n} figures a side", plan.sample
    )  # fmt: skip
    facts = [
        (_("Use case"), _title(plan.use_case), status_said(pilot)),
        (_("Time"), days, ""),
        (_("Sample"), asks, _("power {power}", power=percent(plan.power))),
        (_("Answers for it"), plan.business_owner, plan.technical_owner),
        (_("Budget"), amount(plan.budget, plan.currency), spent),
    ]
    lines = [
        element("div", element("dt", name), element("dd", first), element("dd", second, class_="toile-aside"))
        for name, first, second in facts
    ]
    return element("dl", *lines, class_="toile-facts")


def _title(slug: str) -> str:
    with connect() as database:
        cases = candidates(database, session.actor())
    return next((translate(case.title) for case in cases if case.slug == slug), slug)


def _figures(pilot: Pilot) -> None:
    """The upload of business figures, and their evaluation."""
    section(_("Business figures"), _("One row a figure, or a count: of each side, with its store, product or person."))
    if not session.actor().may(Right.STEER):
        st.caption(_("Your role in this workspace reads pilots; it doesn’t evaluate them."))
        return
    given = own_table(
        f"pilot_{pilot.id}", PAGE, f"figures-{pilot.id[-6:]}", COLUMNS, observations_from, _("Figures of this pilot")
    )
    if not given.ready:
        return
    label = ngettext("Compare {n} figure", "Compare {n} figures", len(given.items))
    weight: Literal["primary", "secondary"] = "primary" if pilot.run is None else "secondary"
    if st.button(label, type=weight, icon=":material/balance:", key="pilot_evaluate"):
        with errors.shown():
            with connect() as database:
                evaluate_figures(database, session.actor(), pilot.id, given.items, given.data_set)
            st.rerun()


def _runs(pilot: Pilot, ran: RunFindings) -> None:
    """What the recorded runs of the use case say, or how to come by some."""
    section(
        _("From the recorded runs"), _("Runs of this use case in the pilot’s days, and what people and checks said.")
    )
    others = [amount(total, code) for code, total in ran.other_currencies(pilot.plan).items()]
    if others:
        said = _(
            "Runs also cost {others}. That is another currency than the budget’s, so it isn’t counted against it.",
            others=list_of(others),
        )
        html.draw(element("p", said, class_="toile-null"))
    if ran.runs:
        counted = ngettext("{n} run in these days.", "{n} runs in these days.", ran.runs)
        st.markdown(plain(" ".join((counted, *costs_said(ran)))))
        for figure in run_figures(ran):
            charts.draw(figure)
        return
    if has_page(pilot.plan.use_case):
        said = _(
            "No run of this use case in these days. Open it and work with it: ratings and minutes come from there."
        )
        link = element(
            "a", _title(pilot.plan.use_case), class_="toile-link", data_page=pilot.plan.use_case,
            href=address_of(pilot.plan.use_case, session.language()),
        )  # fmt: skip
        html.draw(element("p", said, " ", link, class_="toile-null"))
        return
    said = _("This use case has no page here, so no runs come from it: the pilot rests on the figures that you bring.")
    html.draw(element("p", said, class_="toile-null"))


def _decision(pilot: Pilot, review_passed: ReviewPassed) -> None:
    section(_("Decision"))
    for one in pilot.decisions:
        when = date_time(dt.datetime.fromisoformat(one.created_at).astimezone())
        who = one.person or _("Someone without a name")
        said = f"**{plain(translate(CHOICES[one.decision]))}** · {plain(who)} · {plain(when)}  \n{plain(one.reason)}"
        st.markdown(said)
    actor = session.actor()
    if not actor.may(Right.STEER):
        return
    with connect() as database:
        passed = review_passed(database, actor, pilot.plan.use_case)
    if not passed:
        said = _("The risk review of this use case isn’t passed: until it is, nothing is scaled.")
        html.draw(element("p", said, " ", *_reviews(pilot), class_="toile-null"))
    names = {choice: translate(name) for choice, name in CHOICES.items()}
    choice = st.segmented_control(
        _("What now"), list(names), format_func=names.__getitem__, default="go_on", required=True,
        key=f"decision_{pilot.id}_{session.language()}",
    )  # fmt: skip
    named = f"reason{len(pilot.decisions)}_{pilot.id}"  # an empty one for the next decision
    key = planning.PAGE.recall(named, "")
    reason = st.text_area(_("Because"), key=key, height=80, on_change=planning.PAGE.kept(named, key))
    if st.button(_("Write the decision down"), key="pilot_decide", icon=":material/gavel:"):
        with errors.shown():
            with connect() as database:
                decide(database, actor, pilot.id, choice or "go_on", reason, review_passed)
            st.rerun()


def _reviews(pilot: Pilot) -> tuple[Markup | str, ...]:
    """Links to the review of the use case, and to the pilot's own."""
    case = pilot.plan.use_case
    queries = ((_("The use case’s review"), f"case={case}"), (_("This pilot’s own"), f"case={case}&pilot={pilot.id}"))
    base = address_of("risk_review", session.language())
    links = [
        element("a", name, class_="toile-link", data_page=f"risk_review?{query}", href=f"{base}&{query}")
        for name, query in queries
    ]
    return links[0], " · ", links[1]


def _plan(pilot: Pilot) -> None:
    """The plan, to be changed; once there is a result, what it is held to stays."""
    if not session.actor().may(Right.STEER):
        return
    with st.expander(_("Change the plan"), icon=":material/edit:"):
        if pilot.run is not None:
            st.caption(_("The result is known: name, owners and budget can change, what it is held to stays."))
        with errors.shown():
            asked = planning.ask(planning.Form(f"change_{pilot.id}", pilot.plan))
            if st.button(_("Keep these changes"), key="pilot_change"):
                with connect() as database:
                    pilots.change(database, session.actor(), pilot.id, asked)
                st.rerun()


def _day(written: str) -> str:
    return date(dt.date.fromisoformat(written), "medium")
