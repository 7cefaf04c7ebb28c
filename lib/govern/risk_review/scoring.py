"""A review's score: the weighted share of its questions that are answered well, and what would raise it most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.database.risk_answers import Review
from lib.govern.risk_review.model import Control, Risk


@dataclass(frozen=True)
class Score:
    """``value`` from 0 to 100, None where no question applies. ``open`` and ``required_open`` count questions."""

    value: float | None
    asked: int
    settled: int
    open: int
    required_open: int


@dataclass(frozen=True)
class Drivers:
    """The open questions that weigh most, and what the score would be if they were answered with 'yes'."""

    controls: tuple[Control, ...]
    now: float
    then: float


def worth(control: Control, review: Review) -> float | None:
    """What an answer counts from 0 to 1; None where the question doesn't apply.

    'Yes' counts fully, but half without the evidence that it needs (taken out since); 'partly' half; 'no' and no answer
    nothing.
    """
    given = review.answers.get(control.id)
    if given is None or given.answer == "no":
        return 0.0
    if given.answer == "na":
        return None
    if given.answer == "partly" or (control.needs_evidence and not review.evidence.get(control.id)):
        return 0.5
    return 1.0


def settled(control: Control, review: Review) -> bool:
    """Answered with a 'yes' that has its evidence, or with a reasoned 'not applicable'."""
    return worth(control, review) in (None, 1.0)


def score(controls: Sequence[Control], review: Review) -> Score:
    """The score over these questions, each with its weight; what doesn't apply is left out."""
    worths = [(control.weight, found) for control in controls if (found := worth(control, review)) is not None]
    weights = sum(weight for weight, _worth in worths)
    open_ones = [control for control in controls if not settled(control, review)]
    return Score(
        100 * sum(weight * found for weight, found in worths) / weights if weights else None,
        len(controls),
        len(controls) - len(open_ones),
        len(open_ones),
        sum(control.required for control in open_ones),
    )


def by_heading(controls: Sequence[Control], review: Review) -> dict[Risk, Score]:
    """The score under each of the four headings."""
    return {risk: score([one for one in controls if one.risk is risk], review) for risk in Risk}


def drivers(controls: Sequence[Control], review: Review, most: int = 3) -> Drivers | None:
    """The open questions by what they would add, at most ``most``; None where nothing is open."""
    gains = {one.id: one.weight * (1 - found) for one in controls if (found := worth(one, review)) is not None}
    ordered = sorted((one for one in controls if gains.get(one.id, 0) > 0), key=lambda one: -gains[one.id])[:most]
    now = score(controls, review).value
    if not ordered or now is None:
        return None
    weights = sum(one.weight for one in controls if worth(one, review) is not None)
    return Drivers(tuple(ordered), now, now + 100 * sum(gains[one.id] for one in ordered) / weights)


def required_open(controls: Sequence[Control], review: Review) -> list[Control]:
    """The questions that stand before a signature."""
    return [control for control in controls if control.required and not settled(control, review)]
