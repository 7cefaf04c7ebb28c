"""The proof of the use case: do scores learned from earlier seasons rank what then sold, and keep quiet else?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import Cancelled, InputError
from lib.i18n import N_
from lib.merchandising.product_ideation.conformal import LEVEL, RECENT, apart, of_season, reach_of
from lib.merchandising.product_ideation.line import LEAST_STYLES, Array, PastLine, past_line, refuse, time_of
from lib.merchandising.product_ideation.model import Style
from lib.merchandising.product_ideation.pooling import STOPPED, Z, fit, margins, share_of, sold_odds
from lib.merchandising.product_ideation.ranking import (
    ALLOWED,
    Holdout,
    attribute_averages,
    category_averages,
    compared,
)
from lib.merchandising.product_ideation.samples import latest, sample_styles
from lib.proofs import FalseFindings, Measure, Proof, share_interval

SLUG = "product_ideation"
SEASONS = 4  # the last ones that are held out in turn
LEAST_HELD = 15  # styles of a season, below which it is not held out
SHUFFLES = 20
LEAST_NEW, LEAST_WITH_MARGIN = 5, 10  # styles of a season from which they are measured
SELL = ("ours", "averages", "category")
RHO, SHARE = N_("Spearman’s rho"), N_("share of styles")
NULL = N_("Shuffled lines in which the scores seemed to rank, though there was nothing to find")
NULL_NOTE = N_("The null control: the same styles with each other’s results.")
HOLDING, SHUFFLING = N_("Holding out one season after another"), N_("Looking for something where there is nothing")


@dataclass(frozen=True)
class ProofData:
    """What a proof is made on."""

    styles: tuple[Style, ...]
    name: str = "sample"  # or the data set's id


def proof(
    data: ProofData | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    shuffles: int = SHUFFLES,
    draws: int = 1_000,
) -> Proof:
    """Measure the use case on the sample, or on a house's own past line.

    Raises:
        TooFewRows, InputError: too little to learn from, or one season only.
        Cancelled: ``cancelled()`` became true.
    """
    start = time.perf_counter()
    data = data or ProofData(sample_styles())
    line = past_line(latest(data.styles)[0])
    refuse(line)
    held = seasons_to_hold(line)
    outs = []
    known = [of_season(line, season, sold_odds, cancelled) for season in _before(line, held[0])]
    for at, season in enumerate(held):
        progress(0.4 * at / len(held), HOLDING)
        outs.append(hold_out(line, season, cancelled, reach_of(known[-RECENT:])))
        known.append(outs[-1].apart)  # of a season that is over when the next one is predicted
    measures = _measures(outs, seed, draws)
    null = _null(line, held[-1], seed, shuffles, draws, progress, cancelled)
    measures.append(null.measure(NULL, N_("share of lines"), NULL_NOTE))
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), null.beyond_doubt, seed, data.name, time.perf_counter() - start)


def seasons_to_hold(line: PastLine) -> tuple[str, ...]:
    """The last seasons with enough styles in them and enough before them.

    Raises:
        InputError: there is none.
    """
    found = []
    for season in line.seasons[-SEASONS:]:
        inside = sum(style.season == season for style in line.styles)
        before = sum(style.season < season for style in line.styles)
        if inside >= LEAST_HELD and before >= LEAST_STYLES:
            found.append(season)
    if not found:
        raise InputError(
            N_(
                "Nothing can be held out: a proof needs a last season of {held} styles or more, and {before} or more "
                "in seasons before it. Add earlier seasons to the file."
            ),
            held=LEAST_HELD,
            before=LEAST_STYLES,
        )
    return tuple(found)


def _before(line: PastLine, season: str) -> tuple[str, ...]:
    """The seasons before one from which its intervals are learned."""
    return tuple(one for one in line.seasons[1:] if one < season)[-RECENT:]


def hold_out(line: PastLine, season: str, cancelled: Callable[[], bool] = lambda: False, reach: float = Z) -> Holdout:
    """What the seasons before ``season`` say of its styles, by each method, and what then sold.

    ``reach``: of the intervals, in deviations; learned from seasons before this one.
    """
    early = line.only(np.array([style.season < season for style in line.styles]))
    later = [style for style in line.styles if style.season == season]
    genomes = [style.genome for style in later]
    fitted = fit(early, *sold_odds(early), cancelled=cancelled)
    found = fitted.predict(genomes, time_of(season))
    observed = np.array([style.sell_through for style in later])
    with_margin = sum(style.margin is not None for style in early.styles) >= LEAST_STYLES
    margin = fit(early, *margins(early), cancelled=cancelled).means(genomes) if with_margin else None
    return Holdout(
        season=season,
        observed=observed,
        ours=found.mean,
        averages=attribute_averages(early.styles, genomes),
        category=category_averages(early.styles, genomes),
        inside=_inside(found.of_one(share_of, reach), observed),
        inside_normal=_inside(found.of_one(share_of), observed),
        apart=apart(found, sold_odds(past_line(later))[0]),
        unmade=np.array([_has_unmade(early, genome) for genome in genomes]),
        margin=margin,
        margin_averages=attribute_averages(early.styles, genomes, "margin"),
        margin_observed=np.array([np.nan if style.margin is None else style.margin for style in later]),
    )


def _inside(ends: tuple[Array, Array, Array], observed: Array) -> NDArray[np.bool_]:
    _value, low, high = ends
    return np.asarray((observed >= low) & (observed <= high))


def _has_unmade(line: PastLine, genome: dict[str, str]) -> bool:
    """Whether a style has two values that its category had never had together."""
    inside = [style.genome for style in line.styles if style.genome["category"] == genome["category"]]
    names = [name for name in genome if name != "category"]
    for at, first in enumerate(names):
        for second in names[at + 1 :]:
            if not any(one.get(first) == genome[first] and one.get(second) == genome[second] for one in inside):
                return True
    return False


def _measures(outs: Sequence[Holdout], seed: int, draws: int) -> list[Measure]:
    """All measures: of the last season, of all held out in turn, of what was never made, of margins, of intervals."""
    found = [*_of_last(outs[-1:], seed, draws), *(_of_all(outs, seed, draws) if len(outs) > 1 else ())]
    new = [out.only(out.unmade) for out in outs if out.unmade.sum() >= LEAST_NEW]
    if new:
        note = N_("What the white space rests on: can a pair be judged from its parts, before it was ever made?")
        metric = N_("Rank correlation for styles with a pair of values never made before")
        found.append(compared(metric, RHO, new, SELL, "rho", seed, draws, note=note))
    told = [out.of_margin() for out in outs if out.margin is not None and out.with_margin >= LEAST_WITH_MARGIN]
    if told:
        metric = N_("Rank correlation of the expected margin with the margin made, over the last seasons")
        found.append(compared(metric, RHO, told, ("ours", "averages"), "rho", seed, draws))
    inside, normal = (np.concatenate([getattr(out, name) for out in outs]) for name in ("inside", "inside_normal"))
    return [*found, _coverage(inside, normal)]


def _of_last(last: Sequence[Holdout], seed: int, draws: int) -> tuple[Measure, Measure]:
    """The last season alone: the whole order, and its top."""
    return (
        compared(
            N_("Rank correlation of the expected sell-through with what then sold, last season held out"),
            RHO, last, SELL, "rho", seed, draws,
            note=N_("Learned from earlier seasons alone. A style’s own luck keeps any method from the exact order, 1."),
            headline=N_(
                "Learned from earlier seasons alone, the scores put the last season’s styles in their order of "
                "sell-through with a rank correlation of {ours} (1 is the exact order, 0 chance); averages of "
                "attributes reach {theirs}."
            ),
        ),
        compared(
            N_("Share of the true top fifth among the styles scored highest, last season held out"),
            SHARE, last, SELL, "top", seed, draws,
            note=N_("The score picks a fifth of the season’s styles; how many are in the fifth that sold best."),
            headline=N_(
                "Of the fifth of styles that it scored highest, {ours} were in the fifth that sold best; by averages "
                "{theirs}."
            ),
        ),
    )  # fmt: skip


def _of_all(outs: Sequence[Holdout], seed: int, draws: int) -> tuple[Measure, Measure]:
    """The last seasons, each held out in turn: more styles, so narrower intervals."""
    return (
        compared(
            N_("Rank correlation over the last seasons, each held out in turn"),
            RHO, outs, SELL, "rho", seed, draws, note=N_("Mean over the seasons of the correlation within each."),
        ),
        compared(
            N_("Share of the true top fifth over the last seasons, each held out in turn"),
            SHARE, outs, SELL, "top", seed, draws,
        ),
    )  # fmt: skip


def _coverage(inside: NDArray[np.bool_], normal: NDArray[np.bool_]) -> Measure:
    """Whether the intervals hold what they promise, beside those that normal errors would give."""
    low, high = share_interval(int(inside.sum()), len(inside))
    return Measure(
        metric=N_("Styles whose sell-through fell within the 95% interval that was given for them"),
        unit=SHARE,
        n=len(inside),
        ours=float(inside.mean()),
        low=low,
        high=high,
        baselines={N_("promised"): LEVEL, N_("with normal errors"): float(normal.mean())},
        better="higher",
        control=True,
        note=N_(
            "The interval of one style in the next season, as on the idea cards. How far it reaches is learned from "
            "the two seasons before (split conformal prediction), so it differs from one with normal errors."
        ),
    )


def _null(
    line: PastLine,
    season: str,
    seed: int,
    shuffles: int,
    draws: int,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> FalseFindings:
    """Deal the results out anew among all styles and do the whole again: how often it then seems to rank."""
    false = 0
    for index in range(shuffles):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(0.4 + 0.6 * index / shuffles, SHUFFLING)
        order = np.random.default_rng((seed, 99, index)).permutation(len(line.styles))
        results = [line.styles[int(at)] for at in order]
        dealt = [
            style.model_copy(update={"bought": other.bought, "sold": other.sold, "margin": None})
            for style, other in zip(line.styles, results, strict=True)
        ]
        out = hold_out(past_line(dealt), season, cancelled)
        measure = compared("", "", [out], ("ours",), "rho", seed, max(draws // 4, 200))
        false += measure.low is not None and measure.low > 0
    return FalseFindings(false, shuffles, ALLOWED)
