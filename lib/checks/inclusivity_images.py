"""Whom a set of generated pictures shows, against whom was asked for, and whether all are drawn with the same care.

It counts body sizes and skin tones (the Monk scale of ten tones) as they were asked of the engine or noted by a person;
it doesn't recognise people in pictures, and says nothing of pose, age, dress or dignity. Care of drawing is how much of
a figure's inner lines can be seen: the mean step of lightness (CIELAB L*) between neighbours inside the figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

SIZE_BANDS = {"34-38": range(0, 40), "40-44": range(40, 46), "46-54": range(46, 100)}
TONE_BANDS = {"1-3": range(1, 4), "4-7": range(4, 8), "8-10": range(8, 11)}
ENOUGH = 4  # pictures from which a set may be expected to show more than one kind of person
EQUAL = 0.5  # the faintest group's lines must be seen at least half as well as the clearest group's

MISSING = N_("You asked for size {size} with skin tone {tone} of the Monk scale, and no picture shows it. Generate it.")
NO_SIZES = N_("None of these {count} pictures shows sizes {band}. Ask for some, or say why the set leaves them out.")
NO_TONES = N_("None of these {count} pictures shows skin tones {band} of the Monk scale. Ask for some, or say why not.")
FAINT = N_("Figures of the group {group} show {percent}% of the drawn detail of the clearest group. Draw them again.")


@dataclass(frozen=True)
class Depicted:
    """A person in a picture: French size (34 to 54) and tone of the Monk scale (1, the lightest, to 10)."""

    size: int
    tone: int


def coverage_findings(shown: Sequence[Depicted], asked: Sequence[Depicted] = (), path: str = "") -> list[Finding]:
    """A WARN for each person asked for and not shown; from ``ENOUGH`` pictures on a NOTE for each band left out."""
    found = [
        Finding(path, Verdict.WARN, MISSING, {"size": one.size, "tone": one.tone}, kind="missing")
        for one in dict.fromkeys(asked)
        if one not in shown
    ]
    if len(shown) < ENOUGH:
        return found
    for bands, message, values in (
        (SIZE_BANDS, NO_SIZES, {one.size for one in shown}),
        (TONE_BANDS, NO_TONES, {one.tone for one in shown}),
    ):
        for band, members in bands.items():
            if not any(value in members for value in values):
                found.append(Finding(path, Verdict.NOTE, message, {"count": len(shown), "band": band}, kind="band"))
    return found


def detail(lightness: NDArray[np.float64], inside: NDArray[np.bool_]) -> float:
    """The mean step of lightness (L*, 0 to 100) between neighbours that both lie inside the figure.

    ``lightness`` and ``inside`` are of shape (height, width); 0 where nothing lies inside.
    """
    steps = [
        np.abs(np.diff(lightness, axis=axis))[np.logical_and(first, second)]
        for axis, first, second in (
            (0, inside[:-1], inside[1:]),
            (1, inside[:, :-1], inside[:, 1:]),
        )
    ]
    told = np.concatenate(steps)
    return float(told.mean()) if told.size else 0.0


def quality_findings(details: Mapping[str, Sequence[float]], path: str = "") -> list[Finding]:
    """A WARN for each group whose figures show less than ``EQUAL`` of the detail of the clearest group."""
    means = {group: sum(values) / len(values) for group, values in details.items() if values}
    clearest = max(means.values(), default=0.0)
    return [
        Finding(path, Verdict.WARN, FAINT, {"group": group, "percent": round(100 * mean / clearest)}, kind="quality")
        for group, mean in means.items()
        if clearest and mean < EQUAL * clearest
    ]
