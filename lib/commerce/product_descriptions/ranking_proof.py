"""Does the learned score rank posts that it has not seen, and does it keep quiet where there is nothing to find?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lib.commerce.product_descriptions import regression
from lib.commerce.product_descriptions.effects import effects_on
from lib.commerce.product_descriptions.held_out import HeldOut, Ranking, cross_fit, rank
from lib.commerce.product_descriptions.table import Table, silent
from lib.i18n import N_
from lib.proofs import FalseFindings, Measure

LENGTH, CATEGORY, OTHERWISE = N_("length alone"), N_("category mean"), N_("all that is known but the text")
ALLOWED = 0.05  # false findings that the method promises at most


def ranking_measures(table: Table, seed: int, repeats: int, draws: int) -> tuple[Measure, Measure]:
    """Held-out rank correlations: of the whole score, and of the text alone at equal category, channel and price."""
    out = cross_fit(table, seed, repeats)
    return _whole(table, out, seed, draws), _text_alone(table, out, seed, draws)


def _whole(table: Table, out: HeldOut, seed: int, draws: int) -> Measure:
    scores = {"": out.score, LENGTH: out.length, CATEGORY: out.category, OTHERWISE: out.controls}
    return _measure(
        N_("Rank correlation of the score with orders per view, on posts not seen"),
        rank(out.observed, scores, table.groups, seed, draws),
        len(table),
        N_(
            "The score knows category, channel, price, season and text. Against “all that is known but the text” the "
            "difference is what the text adds."
        ),
        N_(
            "Its score puts posts that it has not seen in their order of success with a rank correlation of {ours} (1 "
            "is the exact order, 0 chance); their length alone reaches {theirs}."
        ),
    )


def _text_alone(table: Table, out: HeldOut, seed: int, draws: int) -> Measure:
    scores = {"": out.text, LENGTH: out.length_beside}
    return _measure(
        N_("Rank correlation of the text alone with what category, channel, price and season leave unexplained"),
        rank(out.left, scores, table.groups, seed, draws),
        len(table),
        N_("0 is chance. What is left holds the products’ own appeal and luck too, so no text could reach 1."),
    )


def _measure(metric: str, found: dict[str, Ranking], posts: int, note: str, headline: str = "") -> Measure:
    ours = found[""]
    others = {name: ranking for name, ranking in found.items() if name}
    return Measure(
        metric=metric,
        unit=N_("Spearman’s rho"),
        n=posts,
        ours=ours.value,
        low=ours.low,
        high=ours.high,
        baselines={name: ranking.value for name, ranking in others.items()},
        better="higher",
        baseline_intervals={name: (ranking.low, ranking.high) for name, ranking in others.items()},
        note=note,
        differences={name: ours.differences[name] for name in others},
        paired_by=N_("the same posts"),
        headline=headline,
    )


@dataclass(frozen=True)
class NullControl:
    """How often the method found something in results dealt out anew among the posts."""

    shuffles: int
    false_effects: int  # shuffles in which at least one effect was claimed
    false_ranks: int  # shuffles in which the text's rank correlation was above 0 beyond doubt

    @property
    def won(self) -> bool:
        """More false findings than the method's own error rates can explain."""
        ranks = FalseFindings(self.false_ranks, self.shuffles, ALLOWED / 2)
        return self._effects.beyond_doubt or ranks.beyond_doubt

    @property
    def _effects(self) -> FalseFindings:
        return FalseFindings(self.false_effects, self.shuffles, ALLOWED)

    def measure(self) -> Measure:
        return self._effects.measure(
            N_("Shuffled data sets in which an effect was claimed, though there was none"),
            N_("share of data sets"),
            N_("The null control: the same texts with each other’s results."),
        )


def null_control(
    table: Table,
    seed: int,
    shuffles: int,
    draws: int,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> NullControl:
    """Deal the results out anew and run the whole method, ``shuffles`` times."""
    effects = ranks = 0
    for index in range(shuffles):
        regression.stop_if(cancelled)
        progress(index / shuffles, N_("Looking for something where there is nothing"))
        generator = np.random.default_rng((seed, 99, index))
        shuffled = table.shuffled(generator)
        found, _error = effects_on(shuffled, shuffled.orders, shuffled.views, generator, draws)
        effects += any(effect.stands_out for effect in found)
        out = cross_fit(shuffled, seed + index)
        ranks += rank(out.left, {"text": out.text}, table.groups, seed, draws)["text"].low > 0
    return NullControl(shuffles, effects, ranks)
