"""What a Proof is: a use case's reproducible measurements against the baselines the house or the field would use."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Measure:
    """One measured quantity.

    ``ours``, ``low`` and ``high`` (a 95% interval) and every baseline are in ``unit``. ``better`` says which way is
    good. ``metric`` and ``note`` are English message ids.
    """

    metric: str
    unit: str
    n: int
    ours: float
    low: float | None
    high: float | None
    baselines: dict[str, float]  # name (message id) -> value
    better: Literal["higher", "lower"]
    baseline_intervals: dict[str, tuple[float, float]] | None = None
    engine: str = "built-in"
    note: str = ""
    # difference ours - baseline with its interval, where the proof could pair the two; the verdict rests on it
    differences: dict[str, tuple[float, float, float]] | None = None

    def wins(self, baseline: str) -> bool | None:
        """True: better beyond doubt. False: worse beyond doubt. None: the interval leaves it open."""
        sign = 1 if self.better == "higher" else -1
        if self.differences and baseline in self.differences:
            _value, low, high = self.differences[baseline]
            ends = sorted((sign * low, sign * high))
            return True if ends[0] > 0 else False if ends[1] < 0 else None
        if self.low is None or self.high is None:
            return None
        ends = sorted(sign * (end - self.baselines[baseline]) for end in (self.low, self.high))
        return True if ends[0] > 0 else False if ends[1] < 0 else None


@dataclass(frozen=True)
class Proof:
    """All measures of one use case on one data set with one seed, and whether the null control 'won'.

    ``null_win`` is True when the method claims a win on data in which nothing is to be found: a defect.
    """

    slug: str
    measures: tuple[Measure, ...]
    null_win: bool
    seed: int
    data: str  # 'sample' or the data set's id
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The form of ``python -m bench proofs --json``."""
        return asdict(self)


def proof_function(dotted: str) -> Callable[..., Proof]:
    """The function that the catalogue names, for instance 'lib.commerce.product_descriptions.proof.proof'."""
    module, _dot, name = dotted.rpartition(".")
    function: Callable[..., Proof] = getattr(importlib.import_module(module), name)
    return function
