"""Net value and payback from a value sheet, with what its ranges leave open.

Discounted yearly flows (net present value: Brealey, Myers and Allen, Principles of Corporate Finance, chapter 2);
each line is drawn from its triangular range, lines apart from each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.database.value_sheets import ExchangeRate, ValueLine
from lib.decide import drawing
from lib.decide.model import Band
from lib.errors import InputError
from lib.i18n import N_

DRAWS = 10_000
YEARS = 3
DISCOUNT = 0.08  # a year: an assumption, shown beside the result


class RateMissing(InputError):
    """A line is in another currency and nobody has given a rate; ``currency`` and ``into`` say which."""

    def __init__(self, currency: str, into: str) -> None:
        super().__init__(
            N_("An amount is in {currency} and the sheet in {into}: give a rate with its date, then it is counted."),
            currency=currency,
            into=into,
        )
        self.currency, self.into = currency, into


@dataclass(frozen=True)
class Worth:
    """What a value sheet comes to, in ``currency``; bands are 90% ranges.

    ``payback`` is in months; its ends are None where that many draws never pay back. ``gains`` is the share of draws
    with a net value above zero.
    """

    net: Band
    yearly: Band
    payback: tuple[float | None, float | None, float | None]  # low, median, high
    gains: float
    currency: str
    years: int
    discount: float
    sourced: int  # lines with a source
    lines: int


def in_currency(
    line: ValueLine, into: str, rates: Mapping[tuple[str, str], ExchangeRate]
) -> tuple[float, float, float]:
    """A line's range in another currency.

    Raises:
        RateMissing: there is no rate, in neither direction.
    """
    if line.currency == into:
        factor = 1.0
    elif (line.currency, into) in rates:
        factor = rates[line.currency, into].rate
    elif (into, line.currency) in rates:
        factor = 1 / rates[into, line.currency].rate
    else:
        raise RateMissing(line.currency, into)
    return line.low * factor, line.likeliest * factor, line.high * factor


def worth(
    lines: Sequence[ValueLine],
    currency: str,
    rates: Mapping[tuple[str, str], ExchangeRate],
    *,
    years: int = YEARS,
    discount: float = DISCOUNT,
    draws: int = DRAWS,
    seed: int = 0,
) -> Worth:
    """What the lines come to over ``years`` full years, each year's money counted at its end.

    Raises:
        InputError: there are no lines.
        RateMissing: an amount is in a currency without a rate.
    """
    import numpy as np

    if not lines:
        raise InputError(N_("This value sheet is empty. Add what the use case brings and what it costs."))
    ranges = [in_currency(line, currency, rates) for line in lines]
    drawn = drawing.draw([[one] for one in ranges], draws, seed)[0].astype(float)
    sign = {"gain": 1.0, "cost": -1.0, "one_off": 0.0}
    yearly = np.array([sign[line.kind] for line in lines]) @ drawn
    once = np.array([float(line.kind == "one_off") for line in lines]) @ drawn
    factor = sum((1 + discount) ** -year for year in range(1, years + 1))
    net = yearly * factor - once
    with np.errstate(divide="ignore", invalid="ignore"):
        months = np.where(once <= 0, 0.0, np.where(yearly > 0, once / yearly * 12, np.inf))
    worth_now, surplus = drawing.bands(np.stack([net, yearly]))
    return Worth(
        worth_now,
        surplus,
        _ends(months),
        float((net > 0).mean()),
        currency,
        years,
        discount,
        sum(bool(line.source) for line in lines),
        len(lines),
    )


def _ends(months: object) -> tuple[float | None, float | None, float | None]:
    """5%, 50% and 95% of the payback times; None where it never comes."""
    import numpy as np

    ordered = np.sort(np.asarray(months))
    ends = [float(ordered[round(share * (len(ordered) - 1))]) for share in (0.05, 0.5, 0.95)]
    low, middle, high = (end if np.isfinite(end) else None for end in ends)
    return low, middle, high
