"""What a pilot's recorded runs say by themselves: ratings, minutes saved, cost, checks, each with its 95% interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lib.database.pilots import Plan
from lib.decide.pilots.outcome import Estimate, mean_interval
from lib.i18n import N_
from lib.proofs import share_interval

RATING = N_("Rating, 1 to 5")
MINUTES = N_("Minutes saved a run")
APPROVED = N_("Approved, of those with a verdict")
CHECKS = N_("Runs without a failed check")
COST = N_("Cost of a run")
FAILED = N_("Runs that failed")


@dataclass(frozen=True)
class RunMeasure:
    """One quantity of the runs: ``name`` is a message id; ``low`` and ``high`` are None where one value says too
    little for an interval. ``unit`` is a currency for money, else empty."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int
    kind: Literal["number", "percent", "money"]
    unit: str = ""


@dataclass(frozen=True)
class RunFindings:
    """All quantities of a pilot's runs; ``cost`` sums the money by currency, which is never added across."""

    runs: int
    measures: tuple[RunMeasure, ...]
    cost: dict[str, float]

    def spent(self, plan: Plan) -> float:
        """What the runs cost in the budget's own currency."""
        return self.cost.get(plan.currency, 0.0)

    def other_currencies(self, plan: Plan) -> dict[str, float]:
        """What they cost in others, which the budget can't count."""
        return {code: total for code, total in self.cost.items() if code != plan.currency and total}


def findings(rows: Sequence[dict[str, Any]]) -> RunFindings:
    """The quantities of a pilot's runs (rows of ``lib.database.pilots.runs_within``), those that there are."""
    ended = [row for row in rows if row["status"] == "done"]
    judged = [row for row in ended if row["approved"] + row["sent_back"]]
    tested = [row for row in ended if row["checks"]]
    found = [
        _mean(RATING, [row["rating"] for row in ended if row["rating"] is not None]),
        _mean(MINUTES, [row["minutes"] for row in ended if row["minutes"] is not None]),
        _share(APPROVED, sum(row["approved"] > row["sent_back"] for row in judged), len(judged)),
        _share(CHECKS, sum(not row["failed_checks"] for row in tested), len(tested)),
        _share(FAILED, len(rows) - len(ended), len(rows)),
    ]
    costs: dict[str, list[float]] = {}
    for row in rows:
        if row["cost"] is not None and row["currency"]:
            costs.setdefault(row["currency"], []).append(row["cost"])
    found += [_mean(COST, values, "money", code) for code, values in sorted(costs.items())]
    measures = tuple(one for one in found if one is not None)
    return RunFindings(len(rows), measures, {code: sum(values) for code, values in sorted(costs.items())})


def _mean(
    name: str, values: list[float], kind: Literal["number", "money"] = "number", unit: str = ""
) -> RunMeasure | None:
    if not values:
        return None
    made: Estimate | None = mean_interval(values)
    if made is None:
        return RunMeasure(name, values[0], None, None, 1, kind, unit)
    return RunMeasure(name, made.value, made.low, made.high, len(values), kind, unit)


def _share(name: str, times: int, n: int) -> RunMeasure | None:
    return RunMeasure(name, times / n, *share_interval(times, n), n, "percent") if n else None
