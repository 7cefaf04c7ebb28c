"""The plan of a round: which trials to weigh next, why each, and whether another round is worth it at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import numpy as np

from lib.i18n import N_
from lib.merchandising.beauty_formulation.classical import framed
from lib.merchandising.beauty_formulation.gaussian import LEAST_TRIALS, GaussianProcess, fit, with_theta
from lib.merchandising.beauty_formulation.judging import Judge, refuse_targets
from lib.merchandising.beauty_formulation.model import BY_KEY, MEASURED, Ingredient, Product, Target, Trial
from lib.merchandising.beauty_formulation.sampling import d_optimal, scaled, space_filling
from lib.merchandising.beauty_formulation.scales import onto
from lib.merchandising.beauty_formulation.searching import best_gain, expected_best, rounded, without_traces
from lib.merchandising.beauty_formulation.space import Array, Bound, Space, broken, held_together, space_of

METHOD, METHOD_VERSION = "next_trials", "2"
MOST_TRIALS = 12
ENOUGH = 0.01  # expected gain of desirability below which another trial isn't worth its cost


FIRST = {
    "framed": (
        framed,
        N_("The middle, a corner or the middle of an edge of what is allowed, far from every other trial."),
    ),
    "space_filling": (space_filling, N_("Lies as far as possible from every other trial within what is allowed.")),
    "d_optimal": (
        d_optimal,
        N_("Chosen with the others so that the effect of each ingredient is learned as exactly as possible."),
    ),
}


@dataclass(frozen=True)
class Said:
    """A sentence for the reader: an English message id and its values."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """One trial to weigh. ``expected`` per response: middle and the 95% ends of a measurement."""

    name: str
    shares: tuple[float, ...]
    expected: dict[str, tuple[float, float, float]]
    score: float | None  # expected desirability; None where nothing is learned yet
    gain: float | None  # expected improvement
    chance: float  # of holding the limits
    why: Said
    changes: tuple[tuple[int, float], ...]  # against the best trial: place in the table, percentage points


@dataclass(frozen=True)
class Plan:
    """A round. ``best`` is the place of the best trial in ``trials`` that table and targets admit, None where none
    holds the limits or nothing is learned; ``outside`` that of a better one which they don't admit. ``expected_best``
    is the mixture that is expected to be best, weighed or not."""

    proposals: tuple[Proposal, ...]
    learned: bool
    best: int | None
    best_score: float | None
    expected_best: tuple[float, ...] | None
    expected_score: float | None
    gain: float | None  # of the best next trial
    enough: float
    thetas: dict[str, tuple[float, ...]]
    notices: tuple[Said, ...]
    outside: int | None = None
    outside_score: float | None = None

    @property
    def stop(self) -> bool:
        """Whether further trials aren't worth it: nothing that could be weighed promises more than ``enough``."""
        return self.gain is not None and self.best is not None and self.gain < self.enough

    def as_json(self) -> dict[str, Any]:
        """For a run's record."""
        return asdict(self)


@dataclass(frozen=True)
class Question:
    """What a plan is asked for."""

    ingredients: tuple[Ingredient, ...]
    product: Product
    trials: tuple[Trial, ...]
    targets: tuple[Target, ...]
    count: int = 4
    seed: int = 0
    first: str = "space_filling"  # of FIRST: how trials are chosen while nothing is learned
    round: int = 1
    enough: float = ENOUGH

    def space(self) -> Space:
        """What is allowed; see ``space_of`` for what it raises."""
        return space_of(self.ingredients, self.product, self.targets)

    def broken(self, trial: Trial) -> tuple[Bound, ...]:
        """The bounds outside of which a trial was weighed, and the incompatibilities that it holds."""
        bounds = broken(trial.shares, self.ingredients, self.product, self.targets)
        return (*bounds, *held_together(trial.shares, self.ingredients))


def mixtures_of(trials: Sequence[Trial], size: int) -> Array:
    """The trials' shares, (n, p)."""
    return np.array([trial.shares for trial in trials], dtype=float).reshape(-1, size)


def learnable(trials: Sequence[Trial], key: str) -> bool:
    """Whether a response can be learned: enough results that differ, from mixtures that differ."""
    held = [(trial.shares, value) for trial in trials if (value := trial.result(key)) is not None]
    values = {value for _shares, value in held}
    return len(held) >= LEAST_TRIALS and len(values) > 1 and len({shares for shares, _value in held}) > 2


def judge_of(question: Question, space: Space, thetas: dict[str, tuple[float, ...]] | None = None) -> Judge:
    """What the trials teach. With ``thetas`` nothing is searched for again: a recorded plan is opened so."""
    low, high = _spans(question.trials, space, len(question.ingredients))
    processes: dict[str, GaussianProcess] = {}
    for one in MEASURED:
        if not learnable(question.trials, one.key):
            continue
        held = [trial for trial in question.trials if trial.result(one.key) is not None]
        values = np.array([trial.result(one.key) for trial in held], dtype=float)
        values = onto(one.key, values)
        places = scaled(mixtures_of(held, len(question.ingredients)), low, high)
        known = (thetas or {}).get(one.key)
        processes[one.key] = fit(places, values) if known is None else with_theta(places, values, np.array(known))
    return Judge(question.ingredients, question.targets, processes, low, high)


def _spans(trials: Sequence[Trial], space: Space, size: int) -> tuple[Array, Array]:
    """Where mixtures lie: what is allowed, and the trials that were weighed outside of it."""
    tried = mixtures_of(trials, size)
    low, high = space.low, space.high
    if len(tried):
        return np.minimum(low, tried.min(axis=0)), np.maximum(high, tried.max(axis=0))
    return low, high


def plan(question: Question) -> Plan:
    """The next trials.

    Raises:
        InputError: the targets make no sense.
        NoMixture: the limits allow no mixture.
    """
    refuse_targets(question.targets)
    space = question.space()
    generator = np.random.default_rng((question.seed, question.round))
    judge = judge_of(question, space)
    unlearned = [
        t.key
        for t in question.targets
        if t.goal != "watch" and not BY_KEY[t.key].computed and t.key not in judge.processes
    ]
    notices = _notices(question, unlearned)
    if unlearned or not judge.processes:  # cost alone needs no trial, and nobody would learn from one
        return _first_round(question, space, judge, notices, generator)
    return _learned_round(question, space, judge, notices, generator)


def _notices(question: Question, unlearned: Sequence[str]) -> tuple[Said, ...]:
    """Why nothing is learned from what is there."""
    found = []
    for key in unlearned:
        values = [value for trial in question.trials if (value := trial.result(key)) is not None]
        name = BY_KEY[key].title
        if values and len(values) < LEAST_TRIALS:
            found.append(
                Said(
                    N_(
                        "{response}: {n} result is too few to learn from, {least} are needed. Until then the trials "
                        "are "
                        "spread over what is allowed."
                    ),
                    {"response": name, "n": len(values), "least": LEAST_TRIALS},
                )
            )
        elif values and len(set(values)) == 1:
            found.append(
                Said(
                    N_(
                        "{response}: all {n} results are {value}, so nothing can be learned from them. Check the "
                        "column "
                        "and its unit, or weigh formulas that differ more."
                    ),
                    {"response": name, "n": len(values), "value": values[0]},
                )
            )
        elif values:
            found.append(
                Said(
                    N_("{response}: all results are of the same one or two formulas. Weigh formulas that differ."),
                    {"response": name},
                )
            )
        else:
            found.append(Said(N_("{response}: no results yet."), {"response": name}))
    return tuple(found)


def _first_round(
    question: Question, space: Space, judge: Judge, notices: tuple[Said, ...], generator: np.random.Generator
) -> Plan:
    """Trials that teach most while nothing is known."""
    size = len(question.ingredients)
    tried = mixtures_of(question.trials, size)
    choose, reason = FIRST[question.first]
    chosen = choose(space, question.count, generator, tried)
    why = Said(reason)
    proposals = tuple(
        Proposal(
            f"R{question.round}-{at + 1}",
            tuple(map(float, mixture)),
            {key: _computed(judge, key, mixture) for key in ("cost", "natural")},
            None,
            None,
            1.0,
            why,
            (),
        )
        for at, mixture in enumerate(rounded(one, space) for one in chosen)
    )
    thetas = {key: tuple(map(float, one.theta)) for key, one in judge.processes.items()}
    return Plan(proposals, False, None, None, None, None, None, question.enough, thetas, notices)


def _computed(judge: Judge, key: str, mixture: Array) -> tuple[float, float, float]:
    value = float(judge.computed(key, mixture[None])[0])
    return (value, value, value)


def _learned_round(
    question: Question, space: Space, judge: Judge, notices: tuple[Said, ...], generator: np.random.Generator
) -> Plan:
    """Trials by expected improvement, one after another as if those before had come out as expected."""
    size = len(question.ingredients)
    tried = mixtures_of(question.trials, size)
    admitted = np.array([not question.broken(trial) for trial in question.trials], dtype=bool)
    place, best = judge.incumbent(tried, admitted)
    anyway, _score = judge.incumbent(tried)
    scores = judge.score(tried)
    top = without_traces(expected_best(judge, space, tried, generator), space, judge.score)
    believing, weighed = judge, tried
    proposals: list[Proposal] = []
    for at in range(question.count):
        target = best if at == 0 else believing.incumbent(weighed, np.append(admitted, [True] * at))[1]
        found = best_gain(believing, space, weighed, target, generator, top[None], weighed[len(tried) :])
        mixture = rounded(without_traces(found, space, partial(believing.gain, best=target)), space)
        reference = tried[place] if place is not None else None
        proposals.append(_proposal(f"R{question.round}-{at + 1}", judge, believing, mixture, best, reference, place))
        believing, weighed = believing.believing(mixture), np.vstack([weighed, mixture])
    gain = max((float(one.gain or 0.0) for one in proposals), default=0.0)
    thetas = {key: tuple(map(float, one.theta)) for key, one in judge.processes.items()}
    return Plan(
        tuple(proposals),
        True,
        place,
        float(scores[place]) if place is not None else None,
        tuple(map(float, top)),
        float(judge.score(top[None])[0]),
        gain,
        question.enough,
        thetas,
        notices,
        anyway if anyway != place else None,
        float(scores[anyway]) if anyway is not None and anyway != place else None,
    )


def _proposal(
    name: str, judge: Judge, believing: Judge, mixture: Array, best: float, reference: Array | None, place: int | None
) -> Proposal:
    """What is expected of a mixture, and why it is worth a trial."""
    row = mixture[None]
    expected = {}
    for key in (*judge.processes, "cost", "natural"):
        middle = float(judge.middle(key, row)[0])
        low, high = judge.interval(key, row, measured=True)
        expected[key] = (middle, float(low[0]), float(high[0]))
    score = float(judge.score(row)[0])
    changes: tuple[tuple[int, float], ...] = ()
    if reference is not None:
        away = mixture - reference
        changes = tuple(
            (int(at), round(float(away[at]), 2)) for at in np.argsort(-np.abs(away))[:4] if abs(away[at]) > 0.05
        )
    return Proposal(
        name,
        tuple(map(float, mixture)),
        expected,
        score,
        float(judge.gain(row, best)[0]),
        float(judge.chance(row)[0]),
        _why(judge, believing, row, score, place is None),
        changes,
    )


def _why(judge: Judge, believing: Judge, row: Array, score: float, nobody: bool) -> Said:
    """Whether the trial is one to win or one to learn from."""
    if nobody:
        return Said(
            N_("No trial holds all limits yet. This one is the most promising: the chance that it does is {chance}."),
            {"chance": float(judge.chance(row)[0])},
        )
    unsure = {
        key: float(p.predict(scaled(row, judge.low, judge.high))[1][0] / (p.spread or 1.0))
        for key, p in believing.processes.items()
    }
    key = max(unsure, key=lambda one: unsure[one])
    if unsure[key] > 0.55:
        low, high = (float(end[0]) for end in judge.interval(key, row, measured=True))
        return Said(
            N_(
                "Little is known here: a single measurement of {response} may lie between {low} and {high}. The trial "
                "tells, and may win."
            ),
            {"response": BY_KEY[key].title, "low": low, "high": high, "key": key},
        )
    return Said(
        N_("The predicted values have a desirability of {score}; the trial tests that where it matters most."),
        {"score": score},
    )
