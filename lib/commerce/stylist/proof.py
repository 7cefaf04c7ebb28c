"""The proof of the use case: are comments read rightly, and does a ranking with them find what clients then bought?"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.features import FEATURES, FROM_COMMENTS
from lib.commerce.stylist.held_out import (
    Asked,
    Window,
    by_filters,
    by_popularity,
    choices_of,
    hit,
    ndcg,
    ranked,
    window_of,
)
from lib.commerce.stylist.learning import learned
from lib.commerce.stylist.model import Piece, Said
from lib.commerce.stylist.reading_all import Read, by_client, read_all, sample_read
from lib.commerce.stylist.reading_proof import null_reading, reading_measures
from lib.commerce.stylist.samples import House, sample_house
from lib.errors import Cancelled, InputError
from lib.i18n import N_
from lib.proofs import FalseFindings, Measure, Proof

SLUG = "stylist"
SPAN = 92  # days of a window that is held out
WINDOWS = 4  # held out one after the other
LEAST = 20  # clients over all windows below which nothing is measured
SHUFFLES = 20
POPULAR, FILTERS, SILENT = N_("best sellers"), N_("attribute filters"), N_("the same without comments")
STOPPED = N_("Stopped before the end. Start it again when you want the result.")
READING, HOLDING, SHUFFLING = (
    N_("Reading the comments"),
    N_("Holding out one quarter after another"),
    N_("Looking for something where there is nothing"),
)
TOO_FEW = N_(
    "Only {n} clients have both comments that may be read and purchases after them; a measurement needs {least}. Add "
    "purchases with dates, or more clients."
)
SAME_CLIENTS = N_("the same clients and quarters")
Array = NDArray[np.float64]


@dataclass(frozen=True)
class ProofData:
    """What a proof is made on. ``name``: 'sample' or the data sets' ids."""

    house: House
    read: Read
    name: str = "sample"


@dataclass
class Scored:
    """For each method the hit and the gain of every client and window.

    ``who`` names the client of each row, ``bought`` the pieces that they then bought.
    """

    hits: dict[str, list[float]] = field(default_factory=dict)
    gains: dict[str, list[float]] = field(default_factory=dict)
    who: list[str] = field(default_factory=list)
    bought: list[tuple[str, ...]] = field(default_factory=list)
    said: list[int] = field(default_factory=list)

    def add(self, method: str, window: Window, scores: Sequence[Array]) -> None:
        """One method's rankings of a window."""
        rows = list(zip(scores, window.asked, strict=True))
        self.hits.setdefault(method, []).extend(hit(score, one.wanted) for score, one in rows)
        self.gains.setdefault(method, []).extend(ndcg(score, one.wanted) for score, one in rows)


def sample() -> ProofData:
    """The demo house."""
    return ProofData(sample_house(), sample_read())


def proof(
    data: ProofData | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    shuffles: int = SHUFFLES,
    draws: int = 1_000,
) -> Proof:
    """Measure the use case on the sample, or on a house's own comments and purchases.

    Raises:
        InputError: too few clients with comments and later purchases.
        Cancelled: ``cancelled()`` became true.
    """
    begun = time.perf_counter()
    progress(0.0, READING)
    data = data or sample()
    own = data.name != "sample"
    measures: list[Measure] = [] if own else reading_measures(seed, draws)
    said = by_client(data.house, data.read)
    progress(0.1, HOLDING)
    scored = held_out(data.house, said, lambda share: progress(0.1 + 0.4 * share, HOLDING), cancelled)
    measures += _ranking_measures(scored)
    null = _null(data.house, said, seed, shuffles, progress, cancelled)
    measures.append(null.measure(NULL, N_("share of data sets"), NULL_NOTE))
    lost = null.beyond_doubt
    if not own:
        reading = null_reading(seed, shuffles, max(draws // 4, 200))
        measures.append(reading.measure(NULL_READING, N_("share of data sets"), NULL_READING_NOTE))
        lost = lost or reading.beyond_doubt
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), lost, seed, data.name, time.perf_counter() - begun)


def held_out(
    house: House,
    said: Mapping[str, Sequence[Said]],
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
    windows: int = WINDOWS,
) -> Scored:
    """The last quarters, each held out in turn; weights are learned from the two quarters before each.

    Raises:
        InputError: too few clients.
    """
    if not house.purchases:
        raise InputError(TOO_FEW, n=0, least=LEAST)
    end = max(one.day for one in house.purchases) + dt.timedelta(1)
    days = [end - dt.timedelta(SPAN * (at + 1)) for at in range(windows + 2)]
    every: dict[str, Sequence[Said]] = {one.client: said.get(one.client, ()) for one in house.purchases}
    pieces = {piece.sku: piece for piece in house.pieces}
    learn: dict[dt.date, Window] = {}
    scored = Scored()
    for at, day in enumerate(days[:windows]):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(at / windows)
        for one in (day, *days[at + 1 : at + 3]):
            if one not in learn:
                learn[one] = window_of(house, every, one, SPAN, 0, cancelled)
        choices = [choice for one in days[at + 1 : at + 3] for choice in choices_of(learn[one])]
        _score(scored, _with_comments(learn[day]), choices, pieces)
    if len(set(scored.who)) < LEAST:
        raise InputError(TOO_FEW, n=len(set(scored.who)), least=LEAST)
    return scored


def _with_comments(window: Window) -> Window:
    """Only the clients of whom something was read before the window."""
    return replace(window, asked=tuple(one for one in window.asked if one.said))


def _score(scored: Scored, window: Window, choices: Sequence[tuple[Array, int]], pieces: Mapping[str, Piece]) -> None:
    silent = [name for name in FEATURES if name not in FROM_COMMENTS]
    scored.who += [one.client for one in window.asked]
    scored.bought += [tuple(window.shelf.pieces[at].sku for at in one.wanted) for one in window.asked]
    scored.said += [one.said for one in window.asked]
    scored.add("ours", window, ranked(window, learned(choices)))
    scored.add(SILENT, window, ranked(window, learned(choices, silent)))
    scored.add(POPULAR, window, [by_popularity(window, one) for one in window.asked])
    scored.add(FILTERS, window, [by_filters(window, one, pieces) for one in window.asked])


NULL = N_("Comments dealt out to other clients, in which the comments seemed to help, though they can’t")
NULL_NOTE = N_("The null control: every client is given the comments of another one.")
NULL_READING = N_("Labels dealt out to other sentences, on which one reading seemed better than the other")
NULL_READING_NOTE = N_(
    "The null control of the reading: labels of other sentences, and for each sentence a coin says which of the two "
    "readings is called ours."
)
HIT = N_("Clients who then bought one of the first ten pieces (hit rate@10)")
GAIN = N_("Quality of the first ten pieces against what was then bought (nDCG@10)")
HIT_MANY = N_("Hit rate@10 for clients with ten opinions or more")
GAIN_MANY = N_("nDCG@10 for clients with ten opinions or more")
HIT_NOTE = N_(
    "The last four quarters, each held out in turn: profile and weights come from what was known before it. Presents "
    "and pieces owned already don’t count. Intervals over clients and pieces."
)
HEADLINE = N_(
    "With comments and purchases, the order of the first ten pieces agrees with what clients then bought with an nDCG "
    "of {ours} (1 is the best order); best sellers reach {theirs}."
)
MANY = 10  # opinions


def _ranking_measures(scored: Scored) -> list[Measure]:
    whole = np.arange(len(scored.who), dtype=np.int64)
    many = np.flatnonzero(np.array(scored.said) >= MANY)
    share, gain = N_("share of clients"), N_("nDCG@10")
    found = [
        _compared(HIT, share, scored, scored.hits, whole, HIT_NOTE),
        _compared(GAIN, gain, scored, scored.gains, whole, "", HEADLINE),
    ]
    if len({scored.who[at] for at in many}) >= LEAST:
        found.append(_compared(HIT_MANY, share, scored, scored.hits, many))
        found.append(_compared(GAIN_MANY, gain, scored, scored.gains, many))
    return found


def _compared(
    metric: str,
    unit: str,
    scored: Scored,
    of: Mapping[str, Sequence[float]],
    rows: NDArray[np.int64],
    note: str = "",
    headline: str = "",
) -> Measure:
    """One statistic of all methods with 95% intervals over clients and pieces; see ``reach_of``."""
    values = {method: np.array(found)[rows] for method, found in of.items()}
    who = [scored.who[int(at)] for at in rows]
    bought = [scored.bought[int(at)] for at in rows]
    order = sorted((method for method in values if method != "ours"), key=(POPULAR, FILTERS, SILENT).index)
    mean = {name: float(found.mean()) for name, found in values.items()}
    reach = {name: reach_of(found, who, bought) for name, found in values.items()}
    apart = {name: (mean["ours"] - mean[name], reach_of(values["ours"] - values[name], who, bought)) for name in order}
    return Measure(
        metric=metric,
        unit=unit,
        n=len(set(who)),
        ours=mean["ours"],
        low=max(mean["ours"] - reach["ours"], 0.0),
        high=min(mean["ours"] + reach["ours"], 1.0),
        baselines={name: mean[name] for name in order},
        better="higher",
        baseline_intervals={
            name: (max(mean[name] - reach[name], 0.0), min(mean[name] + reach[name], 1.0)) for name in order
        },
        note=note,
        differences={name: (gain, gain - far, gain + far) for name, (gain, far) in apart.items()},
        paired_by=SAME_CLIENTS,
        headline=headline,
    )


def reach_of(values: Array, who: Sequence[str], bought: Sequence[Sequence[str]]) -> float:
    """Half of the 95% interval of a mean over rows that share clients and pieces (Cameron, Gelbach and Miller 2011).

    Clients alone would make it too narrow: what many of them buy is the same few pieces, so a ranking that happens to
    lift one of these is right for all of them at once. A row's deviation is divided among its pieces; the quantile is
    Student's for the fewer of clients and pieces.
    """
    from scipy.special import stdtrit

    client: dict[str, float] = {}
    piece: dict[str, float] = {}
    both: dict[tuple[str, str], float] = {}
    for deviation, name, row in zip((values - values.mean()).tolist(), who, bought, strict=True):
        for sku in row:
            share = deviation / len(row)
            client[name] = client.get(name, 0.0) + share
            piece[sku] = piece.get(sku, 0.0) + share
            both[name, sku] = both.get((name, sku), 0.0) + share
    of_client, of_piece, of_both = (sum(s * s for s in sums.values()) for sums in (client, piece, both))
    variance = max(of_client + of_piece - of_both, of_client, of_piece)
    freedom = max(min(len(client), len(piece)) - 1, 1)
    return float(stdtrit(freedom, 0.975)) * math.sqrt(variance) / len(values)


def _null(
    house: House,
    said: Mapping[str, Sequence[Said]],
    seed: int,
    shuffles: int,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> FalseFindings:
    """Comments dealt out anew among clients: how often a ranking with them then beats the same without."""
    false = 0
    clients = sorted(said)
    for index in range(shuffles):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(0.5 + 0.5 * index / shuffles, SHUFFLING)
        order = np.random.default_rng((seed, 22, index)).permutation(len(clients))
        dealt = {client: said[clients[int(at)]] for client, at in zip(clients, order, strict=True)}
        scored = held_out(house, dealt, cancelled=cancelled, windows=2)
        rows = np.arange(len(scored.who), dtype=np.int64)
        measure = _compared("", "", scored, scored.gains, rows)
        false += (measure.differences or {})[SILENT][1] > 0
    return FalseFindings(false, shuffles, 0.025)


def read_again(house: House, confirmed: bool, cancelled: Callable[[], bool] = lambda: False) -> Read:
    """A house's comments read for a proof."""
    return read_all(house.comments, house.clients, confirmed, cancelled=cancelled)


__all__ = ["Asked", "ProofData", "proof", "sample"]
