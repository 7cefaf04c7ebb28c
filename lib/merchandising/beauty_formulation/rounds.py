"""Plans and results as recorded runs: what a person planned, what was measured then, and the history of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.database.runs import recent
from lib.merchandising.beauty_formulation.model import (
    Formula,
    Ingredient,
    Target,
    Trial,
    fingerprint,
    product_of,
    target_of,
    trial_json,
    trial_of,
)
from lib.merchandising.beauty_formulation.planning import METHOD, Plan, Proposal, Question, Said

USE_CASE = "beauty_formulation"
RESULTS = "trial_results"
LOOK_BACK = 200


@dataclass(frozen=True)
class Round:
    """One plan as it was recorded."""

    run: str
    when: str  # ISO 8601
    question: Question
    plan: Plan
    settings: dict[str, Any]


def inputs_of(question: Question, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan was asked for, for the run's record."""
    return {
        "table": fingerprint(question.ingredients),
        "ingredients": [list(vars(one).values()) for one in question.ingredients],
        "product": asdict(question.product),
        "trials": [trial_json(trial) for trial in question.trials],
        "targets": [vars(target) for target in question.targets],
        "count": question.count,
        "first": question.first,
        "round": question.round,
        "enough": question.enough,
        "settings": dict(settings),
    }


def results_inputs(ingredients: Sequence[Ingredient], trials: Sequence[Trial]) -> dict[str, Any]:
    """Results that a person entered, for the run's record."""
    return {"table": fingerprint(ingredients), "trials": [trial_json(trial) for trial in trials]}


def rounds(database: Database, actor: Actor, table: str) -> tuple[Round, ...]:
    """The person's plans on one ingredient table, the oldest first."""
    found = recent(database, actor, LOOK_BACK, use_case=USE_CASE, kind="analysis", mine=True, status="done")
    kept = [run for run in found if run["method"] == METHOD and run["inputs"].get("table") == table and run["output"]]
    return tuple(_round(run) for run in reversed(kept))


def entered(database: Database, actor: Actor, table: str) -> tuple[Trial, ...]:
    """The results that the person entered for one ingredient table; of a trial entered twice the later one counts."""
    found = recent(database, actor, LOOK_BACK, use_case=USE_CASE, kind="analysis", mine=True, status="done")
    kept = [run for run in found if run["method"] == RESULTS and run["inputs"].get("table") == table]
    by_name: dict[str, Trial] = {}
    for run in reversed(kept):
        for stored in run["inputs"]["trials"]:
            by_name[stored["name"]] = trial_of(stored)
    return tuple(trial for trial in by_name.values() if trial.results)


def together(uploaded: Sequence[Trial], later: Sequence[Trial]) -> tuple[Trial, ...]:
    """The table's trials and those entered since; one that stands in both counts as entered."""
    names = {trial.name for trial in later}
    return (*(trial for trial in uploaded if trial.name not in names), *later)


def _round(run: dict[str, Any]) -> Round:
    stored = run["inputs"]
    question = Question(
        tuple(_ingredient(values) for values in stored["ingredients"]),
        product_of(stored["product"]),
        tuple(trial_of(one) for one in stored["trials"]),
        tuple(target_of(one) for one in stored["targets"]),
        stored["count"],
        run["seed"] or 0,
        stored["first"],
        stored["round"],
        stored["enough"],
    )
    return Round(run["id"], str(run["finished_at"]), question, plan_of(run["output"]), stored.get("settings", {}))


def _ingredient(values: Sequence[Any]) -> Ingredient:
    return Ingredient(*(_tuples(value) for value in values))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def plan_of(stored: Mapping[str, Any]) -> Plan:
    """A plan from a run's output."""
    proposals = tuple(
        Proposal(
            one["name"],
            tuple(one["shares"]),
            {key: (ends[0], ends[1], ends[2]) for key, ends in one["expected"].items()},
            one["score"],
            one["gain"],
            one["chance"],
            Said(**one["why"]),
            tuple((int(place), float(points)) for place, points in one["changes"]),
        )
        for one in stored["proposals"]
    )
    best = stored["expected_best"]
    return Plan(
        proposals,
        stored["learned"],
        stored["best"],
        stored["best_score"],
        tuple(best) if best is not None else None,
        stored["expected_score"],
        stored["gain"],
        stored["enough"],
        {key: tuple(theta) for key, theta in stored["thetas"].items()},
        tuple(Said(**one) for one in stored["notices"]),
        stored.get("outside"),
        stored.get("outside_score"),
    )


def proposed_trial(proposal: Proposal, results: Mapping[str, float | None]) -> Trial:
    """A proposal with what was measured of it."""
    held = tuple((key, float(value)) for key, value in results.items() if value is not None)
    return Trial(proposal.name, proposal.shares, held)


def formula_of(round_: Round) -> Formula:
    """The best formula that was weighed, else the one that is expected to be best, else the first proposal."""
    question, plan = round_.question, round_.plan
    if plan.best is not None:
        return Formula(question.ingredients, question.trials[plan.best].shares)
    if plan.expected_best is not None:
        return Formula(question.ingredients, plan.expected_best)
    return Formula(question.ingredients, plan.proposals[0].shares)


def targets_json(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Targets to be remembered."""
    return [dict(vars(target)) for target in targets]
