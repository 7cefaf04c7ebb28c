"""What a closed vote says, as figures and sentences in the reader's language. Nothing here draws."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lib.agreement import RELIABLE, TENTATIVE, Agreement
from lib.figures import Figure, Mark, Role
from lib.i18n import _, number, percent
from lib.workbench.outcome import Outcome
from lib.workbench.preference import FEWEST, Power


def share_figure(found: Outcome, titles: Sequence[str]) -> Figure:
    """How often each side was preferred, with the finding as its title."""
    marks = [
        Mark(titles[side], share.value, share.low, share.high, _role(found, side))
        for side, share in enumerate(found.preference.shares)
        if share is not None
    ]
    return Figure(
        title=finding(found, titles),
        marks=tuple(sorted(marks, key=lambda mark: -mark.value)),
        unit=_("Share of the votes; a vote for no difference is divided"),
        source=_("Interval at 95%: bootstrap over the inputs (Efron and Tibshirani, 1993)"),
        number_format="percent",
    )


def _role(found: Outcome, side: int) -> Role:
    """The built-in engine is the baseline that a model has to beat; among its own kind it is none."""
    built_in = [one.engine == "built-in" for one in found.sides]
    return "baseline" if built_in[side] and not all(built_in) else "neutral"


def finding(found: Outcome, titles: Sequence[str]) -> str:
    """The result in one sentence, claimed only where the interval allows it."""
    if not found.votes:
        return _("Nobody voted, so there is no preference to report")
    favourite = found.preference.favourite
    if favourite is not None:
        share = found.preference.shares[favourite]
        return _(
            "{side} is preferred: {share} of the votes",
            side=titles[favourite],
            share=percent(share.value if share else 0),
        )
    return _("No side is clearly preferred")


def duel_figure(found: Outcome, titles: Sequence[str]) -> Figure | None:
    """Each pair of sides, where there are more than two."""
    duels = [(duel, duel.won) for duel in found.preference.duels if duel.won is not None]
    if len(found.sides) < 3 or not duels:
        return None
    sure = sum(duel.winner is not None for duel, _won in duels)
    return Figure(
        title=_("{sure} of {n} pairs are decided beyond doubt", sure=number(sure), n=number(len(duels))),
        marks=tuple(
            Mark(
                _("{first} preferred to {second}", first=titles[duel.first], second=titles[duel.second]),
                won.value,
                won.low,
                won.high,
                "neutral",
            )
            for duel, won in duels
        ),
        unit=_("Share of the votes for either of the two; 50% is even"),
        source=_("Decided where the interval leaves out 50%"),
        number_format="percent",
    )


def size_warning(power: Power | None, inputs: int) -> str:
    """That the sample is too small to tell, and what would be enough; empty where a favourite was found."""
    if power is None:
        return ""
    enough = _(
        "To show a lead of {lead} to {rest}, about {n} inputs are usually needed.",
        lead=percent(0.6),
        rest=percent(0.4),
        n=number(power.needed),
    )
    if inputs < FEWEST:
        small = _("Sample too small: with fewer than {n} inputs even a unanimous vote can be chance.", n=number(FEWEST))
    elif power.smallest >= 0.5:
        small = _("Sample too small: with so few inputs, usually not even a strong preference shows.")
    else:
        lead = math.ceil((0.5 + power.smallest) * 100) / 100
        small = _(
            "Sample too small: it usually shows only a lead of {lead} to {rest} or more.",
            lead=percent(lead),
            rest=percent(1 - lead),
        )
    return f"{small} {enough}"


def agreement_said(found: Agreement) -> tuple[str, str]:
    """Krippendorff's alpha with its interval, and what it means."""
    if found.units == 0:
        return "–", _("Agreement needs two people who voted on the same input.")
    if found.alpha is None:
        return "–", _("Everybody always gave the same answer, so agreement beyond chance can’t be measured.")
    value = number(found.alpha, 2)
    if found.low is not None and found.high is not None:
        value = _("{alpha} ({low} to {high})", alpha=value, low=number(found.low, 2), high=number(found.high, 2))
    return value, _meaning(found.alpha)


def _meaning(alpha: float) -> str:
    if alpha >= RELIABLE:
        return _("The raters agree: their preference can be relied on.")
    if alpha >= TENTATIVE:
        return _("The raters agree well enough for tentative conclusions.")
    if alpha > 0:
        return _("The raters agree little: taste differs, or the question can be read in two ways.")
    return _("The raters agree no more than by chance.")
