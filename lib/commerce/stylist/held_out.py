"""Held-out purchases by time: what was bought after a day, ranked from what was known before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.features import Range, Shop
from lib.commerce.stylist.learning import Weights
from lib.commerce.stylist.model import Piece, Purchase, Said
from lib.commerce.stylist.profile import Prior, Profile, prior_of, profile_of
from lib.commerce.stylist.samples import House

Array = NDArray[np.float64]
HELD_DAYS = 92
LEARN_DAYS = 184
TOP = 10
FEWEST_SAID = 3  # opinions of a client below which there is no profile to test


@dataclass(frozen=True)
class Asked:
    """One client to be served: features of what is on sale, and which of it they then bought for themselves."""

    client: str
    features: Array
    wanted: tuple[int, ...]
    said: int
    language: str = ""


@dataclass(frozen=True)
class Window:
    """What was on sale in a span of days and whom it can be tested on."""

    day: dt.date
    shelf: Range
    asked: tuple[Asked, ...]
    by_client: Mapping[str, tuple[Purchase, ...]]
    profiles: Mapping[str, Profile]


def window_of(
    house: House,
    said: Mapping[str, Sequence[Said]],
    day: dt.date,
    days: int,
    fewest: int = FEWEST_SAID,
    cancelled: Callable[[], bool] = lambda: False,
) -> Window:
    """Profiles from before ``day``, purchases of the ``days`` from it on. Only clients in ``said`` are looked at."""
    end = day + dt.timedelta(days)
    inside = [one for one in house.purchases if day <= one.day < end]
    on_sale = {one.sku for one in inside}
    pieces = {piece.sku: piece for piece in house.pieces}
    shelf = Range([piece for piece in house.pieces if piece.sku in on_sale], Shop.on(house.purchases, day))
    early = {
        client: [one for one in rows if one.written_on is None or one.written_on < day] for client, rows in said.items()
    }
    prior = prior_of(early)
    before: dict[str, list[Purchase]] = {}
    after: dict[str, list[Purchase]] = {}
    for one in house.purchases:
        if one.day < end:
            (before if one.day < day else after).setdefault(one.client, []).append(one)
    asked, profiles = [], {}
    for client in sorted(early):
        rows = [one for one in early[client] if one.opinion.polarity]
        owned = {one.sku for one in before.get(client, ())}
        wanted = {one.sku for one in after.get(client, ()) if not one.gift} - owned
        if len(rows) < fewest or not wanted:
            continue
        if cancelled():
            break
        profiles[client] = profile_of(client, rows, prior, day, quick=True)
        found = shelf.features(profiles[client], prior, before.get(client, ()), pieces)
        places = tuple(sorted(shelf.place[sku] for sku in wanted if sku in shelf.place))
        language = house.clients[client].language if client in house.clients else ""
        asked.append(Asked(client, found, places, len(rows), language))
    return Window(day, shelf, tuple(asked), {c: tuple(v) for c, v in before.items()}, profiles)


def choices_of(window: Window) -> list[tuple[Array, int]]:
    """Each purchase as a choice among all that was on sale."""
    return [(one.features, at) for one in window.asked for at in one.wanted]


def hit(scores: Array, wanted: Sequence[int], top: int = TOP) -> float:
    """1 where one of the pieces that were bought is among the first ``top``."""
    best = np.argsort(-scores, kind="stable")[:top]
    return float(bool(set(best.tolist()) & set(wanted)))


def ndcg(scores: Array, wanted: Sequence[int], top: int = TOP) -> float:
    """Normalised discounted cumulative gain of the first ``top`` (Järvelin and Kekäläinen 2002), bought is 1."""
    best = np.argsort(-scores, kind="stable")[:top].tolist()
    gain = sum(1 / np.log2(at + 2) for at, place in enumerate(best) if place in set(wanted))
    ideal = sum(1 / np.log2(at + 2) for at in range(min(len(wanted), top)))
    return float(gain / ideal) if ideal else 0.0


def by_popularity(window: Window, one: Asked) -> Array:
    """The house's best sellers, of the client's department."""
    from lib.commerce.stylist.features import FEATURES

    return np.asarray(
        one.features[:, FEATURES.index("popularity")] + 100 * one.features[:, FEATURES.index("department")]
    )


def by_filters(window: Window, one: Asked, pieces: Mapping[str, Piece]) -> Array:
    """What a shop's filters give: the kinds bought or wished for, in colours bought or liked, best sellers first."""
    bought = [pieces[p.sku] for p in window.by_client.get(one.client, ()) if p.sku in pieces and not p.gift]
    profile = window.profiles[one.client]
    kinds = {piece.kind for piece in bought}
    colours = {piece.colour for piece in bought} | {p.value for p in profile.of("colour") if p.leaning > 0}
    fits = np.array(
        [(piece.kind in kinds) + (piece.colour in colours) if kinds or colours else 0 for piece in window.shelf.pieces]
    )
    return np.asarray(by_popularity(window, one) + 20.0 * fits)


def ranked(window: Window, weights: Weights) -> list[Array]:
    """Scores of the shelf for every client of a window."""
    return [weights.score(one.features) for one in window.asked]


__all__ = [
    "Asked",
    "Prior",
    "Window",
    "by_filters",
    "by_popularity",
    "choices_of",
    "hit",
    "ndcg",
    "ranked",
    "window_of",
]
