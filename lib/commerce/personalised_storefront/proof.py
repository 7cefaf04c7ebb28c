"""The proof of the use case: would its order have been clicked more, and does it find what is bought next?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.choosing import Choice, choose
from lib.commerce.personalised_storefront.history import Acts
from lib.commerce.personalised_storefront.logged import Log, read_log
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.ranker import GENERIC, Ranker, learn
from lib.commerce.personalised_storefront.replay import (
    Looks,
    Told,
    logged,
    looks_at,
    replay,
    resample,
    robust,
    unnormalised,
    weighted,
)
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import House, house_of
from lib.errors import Cancelled, InputError, TooFewRows
from lib.i18n import N_
from lib.proofs import FalseFindings, Measure, Proof

SLUG = "personalised_storefront"
Array = NDArray[np.float64]
Whole = NDArray[np.int64]
LEARNED_SHARE = 0.25  # of the visits, by time, before the first that is replayed
HELD_DAYS = 42  # of orders, where no visits are given
LEAST_VISITS, LEAST_SHOPPERS = 100, 20
SHUFFLES, ALLOWED = 20, 0.05
TOP = 10
POPULARITY, WITHOUT, LOGGED = N_("most sold lately"), N_("the page without a profile"), N_("the order that was logged")
PAIRED = N_("the same visits, shoppers drawn again")
LEARNING, REPLAYING, SHUFFLING = (
    N_("Learning from what came before"),
    N_("Replaying the visits"),
    N_("Looking for something where there is nothing"),
)
STOPPED = N_("Stopped.")
CLICKS, ORDERS, SHARE = N_("clicks per visit"), N_("orders per 100 visits"), N_("share of shoppers")
TOO_FEW = N_(
    "Only {n} shoppers with a history bought something in the days held out; a proof needs {least}. Add older orders, "
    "or shoppers who agreed to the use of their orders."
)
LUCK_NOTE = N_(
    "Estimated, not counted: the log says what other orders showed. Each click counts by how much more often this "
    "order would have had its product looked at (position model, self-normalised, weights of at most 30)."
)
PLAIN_NOTE = N_("The same without dividing by the weights’ sum: no bias from it, and wider intervals.")
ROBUST_NOTE = N_("The same by the doubly robust estimator: a model of the clicks, corrected by the weights.")
HIT_NOTE = N_(
    "Of shoppers with a history who agreed to its use: whether one of the ten products ranked first, of all on sale, "
    "is among what they bought in the days held out. Learned from what came before alone."
)
NULL = N_("Shuffled shoppers for whom the page seemed better than the one without a profile")
NULL_NOTE = N_("The null control: the same purchases and clicks, dealt out anew among the shoppers.")
HEAD_CLICKS = N_(
    "On the visits of shoppers who agreed, the profile’s order would have had {ours} clicks a visit; that of the "
    "products most sold lately {theirs}."
)
HEAD_ORDERS = N_(
    "On the same visits, the profile’s order would have had {ours} orders in 100 visits; that of the products most "
    "sold lately {theirs}."
)
OF_AGREED = (
    ("clicked", weighted, N_("Clicks on the pages of shoppers who agreed"), LUCK_NOTE, HEAD_CLICKS),
    ("clicked", unnormalised, N_("Clicks, inverse propensity without normalisation"), PLAIN_NOTE, ""),
    ("clicked", robust, N_("Clicks, doubly robust"), ROBUST_NOTE, ""),
    ("ordered", weighted, N_("Orders on the pages of shoppers who agreed"), "", HEAD_ORDERS),
    ("ordered", unnormalised, N_("Orders, inverse propensity without normalisation"), "", ""),
    ("ordered", robust, N_("Orders, doubly robust"), "", ""),
)
OF_ALL = (
    ("clicked", weighted, N_("Clicks on all pages, those without a profile too"), "", ""),
    ("ordered", weighted, N_("Orders on all pages, those without a profile too"), "", ""),
)
HEAD_HIT = N_(
    "For {ours} of the shoppers, one of the ten products ranked first was among what they bought next; with the "
    "most sold {theirs}."
)


@dataclass(frozen=True)
class ProofData:
    """What a proof is made on."""

    tables: Tables
    name: str = "sample"  # or the data sets' ids


@dataclass(frozen=True)
class Replayed:
    """Three orders on the same visits; ``mine`` are those of shoppers with a history that may be used."""

    log: Log
    looks: Looks
    told: dict[str, dict[str, Told]]  # outcome, then order
    mine: Array


def proof(
    data: ProofData | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    shuffles: int = SHUFFLES,
    draws: int = 1_000,
) -> Proof:
    """Measure the use case on the sample, or on a house's own tables. Without chances in the log, the hit rate alone.

    Raises:
        TooFewRows, InputError: too little to learn from or to hold out.
        Cancelled: ``cancelled()`` became true.
    """
    start = time.perf_counter()
    data = data or ProofData(sample_tables())
    house = house_of(data.tables)
    split = split_day(house)
    progress(0.02, LEARNING)
    chosen = choose(house.agreed, len(house.who), house.line, house.sales, split, cancelled)
    ranker = _ranker(house, house.agreed, split, chosen, cancelled)
    progress(0.15, REPLAYING)
    log = _log(house, split, seed)
    measures: list[Measure] = []
    if log is not None:
        measures += _of_replay(replayed(house, ranker, log, house.agreed), seed, draws)
    measures.append(_of_hits(house, ranker, house.agreed, split, seed, draws))
    null = _null(house, log, split, chosen, seed, shuffles, draws, progress, cancelled)
    measures.append(null.measure(NULL, N_("share of shuffles"), NULL_NOTE))
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), null.beyond_doubt, seed, data.name, time.perf_counter() - start)


def split_day(house: House) -> int:
    """The day before which everything is learned, and from which on everything is measured."""
    days = sorted({place.visit_id: place.at.toordinal() for place in house.tables.visits}.values())
    if len(days) >= LEAST_VISITS:
        return days[int(len(days) * LEARNED_SHARE)]
    return house.today - HELD_DAYS


def _ranker(house: House, acts: Acts, split: int, chosen: Choice, cancelled: Callable[[], bool]) -> Ranker:
    return learn(
        acts, len(house.who), house.line, house.sales, split, chosen.method, chosen.penalty, cancelled
    )  # fmt: skip


def _log(house: House, split: int, seed: int) -> Log | None:
    """The visits from ``split`` on; None where no chance was logged, or too few are left."""
    try:
        whole = read_log(house.tables.visits, house.line, seed)
    except InputError:
        return None
    kept = tuple(visit for visit in whole.visits if visit.day >= split)
    return replace(whole, visits=kept) if len(kept) >= LEAST_VISITS else None


def replayed(house: House, ranker: Ranker, log: Log, acts: Acts) -> Replayed:
    """Each visit's page in three orders; a shopper's is made from what was known before that day."""
    orders: dict[str, list[Whole]] = {"ours": [], WITHOUT: [], POPULARITY: []}
    suits: list[Array] = []
    parts_of: dict[tuple[str, int], Array] = {}
    for visit in log.visits:
        key = (visit.customer_id, visit.day)
        if key not in parts_of:
            parts_of[key] = ranker.parts(_done(house, acts, *key), visit.day)[0]
        parts = parts_of[key]
        products = log.draws[visit.draw].products
        plain = house.sales.popular(visit.day)
        for name, scores in (
            ("ours", parts.sum(axis=1)),
            (WITHOUT, parts[:, :GENERIC].sum(axis=1)),
            (POPULARITY, plain),
        ):
            orders[name].append(products[np.argsort(-scores[products], kind="stable")][: len(visit.products)])
        suits.append(parts[:, GENERIC:].sum(axis=1))
    looks = looks_at(log)
    told = {
        outcome: {name: replay(log, order, looks, outcome, suits) for name, order in orders.items()}
        for outcome in ("clicked", "ordered")
    }
    return Replayed(log, looks, told, np.array([float(np.abs(one).sum() > 0) for one in suits]))


def _done(house: House, acts: Acts, customer: str, day: int) -> Array:
    made = np.zeros((1, len(house.line)))
    number = house.who.get(customer) if customer else None
    if number is not None:
        own = (acts.who == number) & (acts.day < day)
        np.add.at(made[0], acts.what[own], acts.weight[own])
    return np.minimum(made, 2.0)


def _of_replay(found: Replayed, seed: int, draws: int) -> list[Measure]:
    groups = [visit.customer_id or visit.visit_id for visit in found.log.visits]
    counts = np.vstack([np.ones((1, len(groups))), resample(groups, draws, seed)])
    mine = counts * found.mine
    own = int(found.mine.sum())
    made = []
    if own >= LEAST_VISITS:
        made = [_measure(found, *one, mine, own) for one in OF_AGREED]
    return [*made, *(_measure(found, *one, counts, len(groups)) for one in OF_ALL)]


def _measure(
    found: Replayed,
    outcome: str,
    estimate: Callable[[Told, Array], Array],
    metric: str,
    note: str,
    headline: str,
    counts: Array,
    n: int,
) -> Measure:
    scale = 100.0 if outcome == "ordered" else 1.0
    ours = estimate(found.told[outcome]["ours"], counts) * scale
    others = {
        POPULARITY: estimate(found.told[outcome][POPULARITY], counts) * scale,
        WITHOUT: estimate(found.told[outcome][WITHOUT], counts) * scale,
        LOGGED: logged(found.log, outcome, counts) * scale,
    }
    return measure_of(metric, CLICKS if outcome == "clicked" else ORDERS, n, ours, others, note, headline, PAIRED)


def measure_of(
    metric: str,
    unit: str,
    n: int,
    ours: Array,
    others: dict[str, Array],
    note: str = "",
    headline: str = "",
    paired: str = "",
) -> Measure:
    """A measure from bootstrap values; the first of each is the estimate itself."""
    differences = {name: (float(ours[0] - other[0]), *_ends((ours - other)[1:])) for name, other in others.items()}
    low, high = _ends(ours[1:])
    return Measure(
        metric=metric, unit=unit, n=n, ours=float(ours[0]), low=low, high=high,
        baselines={name: float(other[0]) for name, other in others.items()}, better="higher",
        baseline_intervals={name: _ends(other[1:]) for name, other in others.items()}, differences=differences,
        note=note, headline=headline, paired_by=paired,
    )  # fmt: skip


def _ends(values: Array) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def hits(house: House, ranker: Ranker, acts: Acts, split: int) -> dict[str, Array]:
    """For each shopper who bought after ``split`` and has a history: 1 where the top ten hold a purchase, by order."""
    later = acts.only((acts.source == 0) & (acts.day >= split))
    done = acts.before(split).done(len(house.who), len(house.line))
    on_sale = (house.sales.ends >= split) & (house.sales.begins > 0)
    shoppers = [int(one) for one in np.unique(later.who) if done[one].any()]
    if not shoppers:
        return {name: np.zeros(0) for name in ("ours", WITHOUT, POPULARITY)}
    scores = np.where(on_sale, ranker.scores(done[shoppers]), -np.inf)
    ours = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    found: dict[str, list[float]] = {"ours": [], WITHOUT: [], POPULARITY: []}
    same = {
        WITHOUT: np.argsort(-np.where(on_sale, ranker.generic(), -np.inf), kind="stable")[:TOP],
        POPULARITY: np.argsort(-np.where(on_sale, house.sales.popular(split), -np.inf), kind="stable")[:TOP],
    }
    for row, shopper in enumerate(shoppers):
        bought = set(later.what[later.who == shopper].tolist())
        for name, best in (("ours", ours[row]), *same.items()):
            found[name].append(float(bool(bought & set(best.tolist()))))
    return {name: np.array(values) for name, values in found.items()}


def _of_hits(house: House, ranker: Ranker, acts: Acts, split: int, seed: int, draws: int) -> Measure:
    found = hits(house, ranker, acts, split)
    n = len(found["ours"])
    if n < LEAST_SHOPPERS:
        raise TooFewRows(TOO_FEW, n=n, least=LEAST_SHOPPERS)
    counts = np.vstack([np.ones((1, n)), resample([str(at) for at in range(n)], draws, seed)])
    means = {name: (counts @ values) / counts.sum(axis=1) for name, values in found.items()}
    others = {POPULARITY: means[POPULARITY], WITHOUT: means[WITHOUT]}
    metric = N_("Hit rate among ten, on purchases held out by time")
    return measure_of(metric, SHARE, n, means["ours"], others, HIT_NOTE, HEAD_HIT, N_("the same shoppers"))


def shuffled(house: House, rng: np.random.Generator) -> Acts:
    """The acts, each source's dealt out anew among its shoppers: who did what tells nothing any more."""
    who = house.agreed.who.copy()
    for source in np.unique(house.agreed.source):
        which = np.flatnonzero(house.agreed.source == source)
        who[which] = rng.permutation(who[which])
    return replace(house.agreed, who=who)


def _null(
    house: House,
    log: Log | None,
    split: int,
    chosen: Choice,
    seed: int,
    shuffles: int,
    draws: int,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> FalseFindings:
    """Learn from shuffled shoppers: how often the page then seems better than the one without a profile."""
    false = trials = 0
    for index in range(shuffles):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(0.3 + 0.7 * index / shuffles, SHUFFLING)
        acts = shuffled(house, np.random.default_rng((seed, 99, index)))
        ranker = _ranker(house, acts, split, chosen, cancelled)
        wins = [_of_hits_open(hits(house, ranker, acts, split), seed, draws // 4)]
        if log is not None:
            wins += _wins_of_replay(_replayed_shuffled(house, ranker, log, acts, index, seed), seed, draws // 4)
        false, trials = false + sum(wins), trials + len(wins)
    return FalseFindings(false, max(trials, 1), ALLOWED)


def _replayed_shuffled(house: House, ranker: Ranker, log: Log, acts: Acts, index: int, seed: int) -> Replayed:
    """The visits, their shoppers dealt out anew too."""
    rng = np.random.default_rng((seed, 98, index))
    names = [visit.customer_id for visit in log.visits if visit.customer_id]
    dealt = iter([names[at] for at in rng.permutation(len(names))])
    visits = tuple(replace(one, customer_id=next(dealt)) if one.customer_id else one for one in log.visits)
    return replayed(house, ranker, replace(log, visits=visits), acts)


def _of_hits_open(found: dict[str, Array], seed: int, draws: int) -> bool:
    n = len(found["ours"])
    if n < LEAST_SHOPPERS:
        return False
    counts = resample([str(at) for at in range(n)], max(draws, 200), seed)
    return _ends((counts @ (found["ours"] - found[WITHOUT])) / counts.sum(axis=1))[0] > 0


def _wins_of_replay(found: Replayed, seed: int, draws: int) -> Sequence[bool]:
    groups = [visit.customer_id or visit.visit_id for visit in found.log.visits]
    counts = resample(groups, max(draws, 200), seed) * found.mine
    if found.mine.sum() < LEAST_VISITS:
        return []
    told = found.told["clicked"]
    return [_ends(weighted(told["ours"], counts) - weighted(told[WITHOUT], counts))[0] > 0]
