"""The round in view: what to weigh and why, whether it is still worth it, the results that come back, the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.errors import InputError
from lib.i18n import N_, _, date_time, list_of, money, ngettext, number, percent, translate
from lib.merchandising.beauty_formulation import rounds
from lib.merchandising.beauty_formulation.legal import not_checked
from lib.merchandising.beauty_formulation.model import BY_KEY, MEASURED, Formula, Trial
from lib.merchandising.beauty_formulation.planning import METHOD_VERSION, Proposal
from lib.merchandising.beauty_formulation.rounds import RESULTS, Round
from lib.merchandising.beauty_formulation.sheets import in_order, measured_said
from lib.merchandising.beauty_formulation.telling import against_said, changes_said, expected_said, told
from lib.shell import errors, html, session
from lib.shell.beauty_formulation.tables import SLUG, Project
from lib.shell.html import element
from lib.shell.page import section
from lib.tasks.recorded import recorded


def finding(round_: Round) -> str:
    """The round in one sentence."""
    plan, trials = round_.plan, round_.question.trials
    if not plan.learned:
        return _("Nothing is learned yet: these trials are spread over what your limits allow.")
    if plan.best is None:
        return _("No trial holds all limits yet; these are the most promising ones.")
    best = trials[plan.best].name
    if plan.stop:
        return _(
            "{trial} is as good as it gets by what is known: its predicted values have a desirability of {score}.",
            trial=best,
            score=percent(plan.best_score or 0.0),
        )
    return _(
        "Best so far: {trial}, desirability of its predicted values {score}; {expected} seems within reach.",
        trial=best,
        score=percent(plan.best_score or 0.0),
        expected=percent(plan.expected_score or 0.0),
    )


def stop_said(round_: Round) -> str:
    """Whether another trial is worth it, with the number that says so."""
    plan = round_.plan
    if plan.gain is None or plan.best is None:
        return ""
    values = {"gain": percent(plan.gain, 1), "enough": percent(plan.enough, 1)}
    if plan.stop:
        return _(
            "Further trials are hardly worth it: the best of them has an expected gain of {gain}, and you stop "
            "below {enough}. "
            "Confirm the best formula by weighing it again.",
            **values,
        )
    return _(
        "Another round is worth it: the best of these trials has an expected gain of {gain}, and you stop below "
        "{enough}.",
        **values,
    )


def outside_said(round_: Round) -> str:
    """The trial that does better but that table and targets don't admit, and what it breaks; empty without one."""
    plan, question = round_.plan, round_.question
    older = plan.outside is None and plan.best is not None  # an older plan named as best what does best anyway
    place = plan.best if older else plan.outside
    broken = question.broken(question.trials[place]) if place is not None else ()
    if place is None or not broken:
        return ""
    score = plan.best_score if older else plan.outside_score
    return _(
        "{trial} has a desirability of {score}, but was weighed outside your limits ({limits}): not a formula that "
        "your table allows.",
        trial=question.trials[place].name,
        score=percent(score or 0.0),
        limits=list_of([bound.said() for bound in broken]),
    )


def dearer_said(one: Proposal, round_: Round) -> str:
    """Where a trial costs more than the best trial, and than what the cost target calls best; '' where it doesn't."""
    question, cost = round_.question, one.expected["cost"][0]
    said = []
    if round_.plan.best is not None:
        best = question.trials[round_.plan.best]
        known = sum(i.cost * share for i, share in zip(question.ingredients, best.shares, strict=True)) / 100
        if cost - known >= 0.005:
            said.append(_("Costs {more} a kilogram more than {trial}.", more=money(cost - known), trial=best.name))
    target = next((t for t in question.targets if t.key == "cost" and t.goal == "minimise"), None)
    if target is not None and cost - (target.low or 0.0) >= 0.005:
        more = money(cost - (target.low or 0.0))
        said.append(_("{more} a kilogram above your target of {wanted}.", wanted=money(target.low or 0.0), more=more))
    return " ".join(said)


def show(round_: Round) -> None:
    """The proposals as cards, with their reasons."""
    section(
        ngettext("The next trial", "The next {n} trials", len(round_.plan.proposals)),
        _("Round {n}, planned on {when}", n=round_.question.round, when=_when(round_)),
    )
    html.draw(element("p", finding(round_), class_="toile-finding"))
    if round_.plan.learned:
        html.draw(element("p", desirability_said(), class_="toile-source"))
    for notice in round_.plan.notices:
        html.draw(element("p", told(notice), class_="toile-stop"))
    for one in round_.question.ingredients:
        for caution in not_checked(one):
            html.draw(element("p", told(caution), class_="toile-stop"))
    if said := stop_said(round_):
        html.draw(element("p", said, class_="toile-stop"))
    if round_.plan.learned:
        html.draw(element("p", _("In brackets: 95% interval of a single measurement"), class_="toile-source"))
    html.draw(element("div", *(_card(one, round_) for one in round_.plan.proposals), class_="toile-next"))
    if round_.plan.best is not None:
        best = round_.question.trials[round_.plan.best]
        html.draw(element("p", _("{name}: {said}", name=best.name, said=measured_said(best)), class_="toile-source"))
    if said := outside_said(round_):
        html.draw(element("p", said, class_="toile-source"))


def desirability_said() -> str:
    """What the number means that everything here is ranked by."""
    return _(
        "Desirability: 100% where every target is met at its best, 0% where one of them is missed altogether; in "
        "between the targets’ weighted geometric mean."
    )


def _when(round_: Round) -> str:
    return date_time(dt.datetime.fromisoformat(round_.when).astimezone())


def threshold_said(one: Proposal, enough: float) -> str:
    """That a trial gains less than the person stops at; empty where it gains enough or nothing is learned."""
    if one.gain is None or one.gain >= enough:
        return ""
    return _(
        "Under your stop: its expected gain is {gain}, and you stop below {enough}.",
        gain=percent(one.gain, 1),
        enough=percent(enough, 1),
    )


def _card(one: Proposal, round_: Round) -> Markup:
    """A trial: why, what is expected, what it differs in; its whole formula on demand."""
    ingredients, enough = round_.question.ingredients, round_.plan.enough
    expected = [
        part
        for key, ends in one.expected.items()
        for part in (element("dt", translate(BY_KEY[key].title)), element("dd", expected_said(key, ends)))
    ]
    if one.gain is not None:
        expected += [element("dt", _("Expected gain")), element("dd", percent(one.gain, 1))]
    weights = [
        part
        for ingredient, share in in_order(Formula(ingredients, one.shares))
        if share > 0
        for part in (element("dt", ingredient.inci), element("dd", f"{number(share, 2 if share >= 0.05 else 3)}%"))
    ]
    changes = changes_said(one, ingredients)
    return element(
        "section",
        element("h3", one.name),
        element("p", told(one.why)),
        *([element("p", below, class_="toile-stop")] if (below := threshold_said(one, enough)) else []),
        *([element("p", against_said(changes), class_="toile-source")] if changes else []),
        element("dl", *expected, class_="toile-expected"),
        *([element("p", dearer, class_="toile-source")] if (dearer := dearer_said(one, round_)) else []),
        element(
            "details",
            element("summary", _("The whole formula")),
            element("dl", *expected, class_="toile-narrow"),
            element("dl", *weights, class_="toile-weights"),
        ),
    )


def enter(round_: Round, project: Project) -> None:
    """A table for the results of the proposed trials; they count from the next plan on."""
    if not session.actor().may(Right.RUN):
        return
    known = {trial.name: trial for trial in project.trials}
    folded = st.expander(_("Enter the results"), icon=":material/edit_note:", key=f"{SLUG}_enter_{round_.run}")
    with folded, st.form(f"{SLUG}_results_{round_.run}", border=False):
        st.caption(
            _(
                "Leave empty what wasn’t measured. The next plan learns from what you enter; or bring a whole table "
                "under Data."
            )
        )
        typed = {one.name: _typed(one.name, known.get(one.name), round_.run) for one in round_.plan.proposals}
        keep = st.form_submit_button(_("Keep these results"))
    if keep:
        with errors.shown():
            _keep(round_, project, typed)


def _typed(name: str, known: Trial | None, run: str) -> dict[str, float | None]:
    """One trial's line of the form: what was measured, by response."""
    cells = st.columns(len(MEASURED))
    return {
        one.key: cell.number_input(
            _("{name}: {said}", name=name, said=f"{translate(one.title)} ({translate(one.unit)})"),
            value=known.result(one.key) if known else None,
            min_value=0.0,
            step=10.0**-one.decimals,
            format=f"%.{one.decimals}f",
            key=f"{SLUG}_result_{run}_{name}_{one.key}",
            placeholder=_("not measured"),
        )
        for one, cell in zip(MEASURED, cells, strict=True)
    }


def _keep(round_: Round, project: Project, typed: Mapping[str, Mapping[str, float | None]]) -> None:
    """Record what was entered.

    Raises:
        InputError: nothing was entered, or a value that can't be measured.
    """
    trials = []
    for one in round_.plan.proposals:
        trial = rounds.proposed_trial(one, typed[one.name])
        for key, value in trial.results:
            scale = BY_KEY[key].scale
            if (scale == "log" and value == 0) or (scale == "share" and value > 100):
                raise InputError(
                    N_("{trial}: {value} can’t be a {response}. Correct it in the table; nothing was kept."),
                    trial=one.name,
                    value=f"{value:g}",
                    response=translate(BY_KEY[key].title).lower(),
                )
        if trial.results:
            trials.append(trial)
    if not trials:
        raise InputError(N_("No result stands in the table yet. Enter one, then keep it."))
    with recorded(
        session.actor(),
        use_case=SLUG,
        kind="analysis",
        method=RESULTS,
        method_version=METHOD_VERSION,
        inputs=rounds.results_inputs(project.ingredients, trials),
        language=session.language(),
        parent=round_.run,
        data_set=project.data_set,
    ) as run:
        run.output = {"trials": [trial.name for trial in trials]}
    st.toast(_("Your results are kept. Plan the next trials when you like."))
    st.rerun()


def limits_said(round_: Round) -> str:
    """The limits, as they stood in that round, that its best trial breaks."""
    best = round_.plan.best
    if best is None:
        return ""
    broken = round_.question.broken(round_.question.trials[best])
    return list_of([bound.said() for bound in broken]) if broken else _("none")


def history(before: Sequence[Round]) -> None:
    """All rounds, the newest first."""
    if len(before) < 2:
        return
    with st.expander(ngettext("{n} round so far", "{n} rounds so far", len(before)), icon=":material/history:"):
        rows = [
            {
                _("Round of trials"): one.question.round,
                _("Planned on"): _when(one),
                _("Trials known"): len(one.question.trials),
                _("Best so far"): one.question.trials[one.plan.best].name if one.plan.best is not None else _("none"),
                _("Outside the limits"): limits_said(one),
                _("Desirability"): percent(one.plan.best_score) if one.plan.best_score is not None else "",
                _("Expected gain"): percent(one.plan.gain, 1) if one.plan.gain is not None else "",
                _("Trials proposed"): ", ".join(p.name for p in one.plan.proposals),
            }
            for one in reversed(before)
        ]
        html.draw(html.table(pd.DataFrame(rows)))
        st.caption(_("Every formula here is a draft, not assessed."))
