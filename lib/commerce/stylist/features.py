"""What speaks for a piece and a client: by what they said, by what they bought, by what sells. Arrays over the range.

What is said of a value holds in part for values like it (a kernel over colours, cloths and scales; Nadaraya 1964,
Watson 1964), shrunk to what the house's clients think.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.looks import likeness
from lib.commerce.stylist.model import Piece, Purchase
from lib.commerce.stylist.pieces import KINDS
from lib.commerce.stylist.profile import Prior, Profile

Array = NDArray[np.float64]
SAID = ("colour", "fit", "fabric", "length", "occasion", "pattern", "kind")
BOUGHT = ("kind", "colour", "fabric", "fit", "length", "pattern")
FEATURES = (
    *(f"said_{aspect}" for aspect in SAID), "said_price",
    *(f"bought_{aspect}" for aspect in BOUGHT), "price_near", "same_piece", "popularity", "new", "department",
)  # fmt: skip
FROM_COMMENTS = tuple(name for name in FEATURES if name.startswith("said_"))
SHRINK = 2.0  # purchases that a house's average counts for
RECENT = 90  # days of sales that make a piece popular
#: What a return speaks against; a reason that isn't here speaks against the whole piece, a late parcel against nothing.
BLAMED = {
    "too large": ("fit",), "too small": ("fit",), "not as pictured": ("colour",), "quality": ("fabric",),
    "arrived late": (),
}  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """What sells on a day: units of the last ``RECENT`` days and days since the first sale, by reference."""

    sold: Mapping[str, int]
    since: Mapping[str, int]

    @classmethod
    def on(cls, purchases: Iterable[Purchase], day: dt.date) -> Shop:
        """From the purchases before a day."""
        sold: dict[str, int] = {}
        first: dict[str, dt.date] = {}
        for one in purchases:
            if one.day >= day:
                continue
            first[one.sku] = min(first.get(one.sku, one.day), one.day)
            if (day - one.day).days <= RECENT:
                sold[one.sku] = sold.get(one.sku, 0) + 1
        return cls(sold, {sku: (day - when).days for sku, when in first.items()})


class Range:
    """The pieces that can be offered, with each attribute's values as arrays."""

    def __init__(self, pieces: Sequence[Piece], shop: Shop | None = None) -> None:
        self.pieces = tuple(pieces)
        self.shop = shop or Shop({}, {})
        self.place = {piece.sku: at for at, piece in enumerate(self.pieces)}
        self.log_price = np.array([math.log(piece.price) if piece.price else np.nan for piece in self.pieces])
        self._near: dict[tuple[str, str], Array] = {}
        self._share: dict[str, Array] = {}
        kinds = np.array([piece.kind for piece in self.pieces])
        self._price_beside = self.log_price.copy()
        for kind in set(kinds.tolist()):
            with np.errstate(all="ignore"):
                rows = kinds == kind
                known = self.log_price[rows][~np.isnan(self.log_price[rows])]
                self._price_beside[rows] -= known.mean() if len(known) else 0.0

    def near(self, aspect: str, value: str) -> Array:
        """(pieces,) how much of what is said of a value holds for each piece."""
        key = (aspect, value)
        if key not in self._near:
            self._near[key] = np.array([near_piece(aspect, value, piece) for piece in self.pieces])
        return self._near[key]

    def said(self, aspect: str, profile: Profile, prior: Prior) -> Array:
        """(pieces,) how much more than the house's clients this one likes each piece's value."""
        preferences = [one for one in profile.of(aspect) if one.value]
        strength = prior.strength.get(aspect, 3.0)
        likes, total, pinned = (np.zeros(len(self.pieces)) for _ in range(3))
        base = np.full(len(self.pieces), prior.of_aspect.get(aspect, 0.6))
        for one in preferences:
            near = self.near(aspect, one.value)
            likes += near * one.likes
            total += near * (one.likes + one.dislikes)
            pinned += near * one.pinned
        return np.asarray((likes + strength * base) / (total + strength) - base + 0.5 * np.clip(pinned, -1, 1))

    def said_price(self, profile: Profile) -> Array:
        """(pieces,) dear pieces against a client who finds prices high."""
        minds = sum(one.dislikes for one in profile.of("price"))
        spends = sum(one.likes for one in profile.of("price"))
        feeling = (spends - minds) / (spends + minds + 4.0)
        return np.asarray(np.nan_to_num(self._price_beside) * feeling)

    def bought(self, aspect: str, purchases: Sequence[Purchase], pieces: Mapping[str, Piece]) -> Array:
        """(pieces,) the share of a client's purchases like each piece, beyond what such pieces sell to all."""
        weight, total = np.zeros(len(self.pieces)), SHRINK
        for one in purchases:
            piece = pieces.get(one.sku)
            values = values_of(piece, aspect) if piece else ()
            if not values:
                continue
            sign = 1.0 if not one.returned else -1.0 if aspect in BLAMED.get(one.returned, (aspect,)) else 0.0
            if one.returned and one.returned not in BLAMED:
                sign *= 0.5
            for value in values:
                weight += sign * self.near(aspect, value) / len(values)
            total += abs(sign)
        return np.asarray((weight + SHRINK * self.usual(aspect)) / total - self.usual(aspect))

    def usual(self, aspect: str) -> Array:
        """(pieces,) the share of the range that is like each piece in an attribute."""
        if aspect not in self._share:
            total = np.zeros(len(self.pieces))
            for piece in self.pieces:
                values = values_of(piece, aspect)
                for value in values:
                    total += self.near(aspect, value) / len(values)
            self._share[aspect] = total / max(len(self.pieces), 1)
        return self._share[aspect]

    def features(
        self, profile: Profile, prior: Prior, purchases: Sequence[Purchase], pieces: Mapping[str, Piece]
    ) -> Array:
        """(pieces, features) of one client. ``pieces``: the whole range, in which past purchases are looked up."""
        own = [one for one in purchases if not one.gift]
        columns = [self.said(aspect, profile, prior) for aspect in SAID] + [self.said_price(profile)]
        columns += [self.bought(aspect, own, pieces) for aspect in BOUGHT]
        paid = [math.log(one.price) for one in own if one.price]
        typical = float(np.median(paid)) if paid else float(np.nanmean(self.log_price)) if len(self.pieces) else 0.0
        columns.append(-np.abs(np.nan_to_num(self.log_price - typical)) * min(len(paid), 5) / 5)
        owned = {one.sku for one in own}
        columns.append(np.array([float(piece.sku in owned) for piece in self.pieces]))
        columns.append(np.log1p([self.shop.sold.get(piece.sku, 0) for piece in self.pieces]))
        columns.append(np.array([float(self.shop.since.get(piece.sku, 0) <= RECENT) for piece in self.pieces]))
        columns.append(self._department(own, pieces))
        return np.column_stack(columns) if self.pieces else np.zeros((0, len(FEATURES)))

    def _department(self, own: Sequence[Purchase], pieces: Mapping[str, Piece]) -> Array:
        """(pieces,) -1 where a piece is of another department than all that the client bought for themselves."""
        bought = {pieces[one.sku].department for one in own if one.sku in pieces} - {"", "unisex"}
        if len(bought) != 1:
            return np.zeros(len(self.pieces))
        return np.array([-float(piece.department not in (*bought, "", "unisex")) for piece in self.pieces])


def values_of(piece: Piece, aspect: str) -> tuple[str, ...]:
    """A piece's values of an attribute."""
    if aspect == "fabric":
        return piece.fabrics
    if aspect == "occasion":
        return piece.occasions
    value = str(getattr(piece, aspect))
    if aspect == "pattern":
        return (value or "plain",)
    return (value,) if value else ()


def near_piece(aspect: str, value: str, piece: Piece) -> float:
    """How much of what is said of a value holds for a piece: of several cloths or occasions the most."""
    if aspect == "kind":
        return float(KINDS.get(value, value) == piece.kind)
    if aspect == "colour" and value == "bright":
        return float(_vivid(piece))
    return max((likeness(aspect, value, own) for own in values_of(piece, aspect)), default=0.0)


def _vivid(piece: Piece) -> bool:
    from lib.commerce.stylist.looks import lab_of

    if not piece.colour:
        return False
    _light, one, two = lab_of(piece.colour)
    return math.hypot(one, two) > 35
