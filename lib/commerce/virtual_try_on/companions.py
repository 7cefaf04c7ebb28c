"""What goes with a piece: colours that harmonise, and what customers bought with its like, each with its reason."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from lib.atelier.palettes import harmony_of
from lib.commerce.virtual_try_on.outfits import Wearable, slot_of
from lib.commerce.virtual_try_on.pieces import Piece
from lib.settings import ROOT

ORDERS: Final = ROOT / "sample_data" / "orders.csv"
TOLD: Final = 1.2  # times what chance gives, from which it is told
LEAST: Final = 5  # customers who bought both before it is told
PRIOR: Final = 20.0  # co-purchases are drawn towards what chance gives, with this weight


@dataclass(frozen=True)
class Companion:
    """A piece that goes with the outfit.

    Attributes:
        harmony: how well its colour goes with the outfit's, from about -1.2 to 1.4 (Ou and Luo, 2006).
        together: how many customers bought this type of piece with the outfit's; 0 where too few.
        lift: how many times as often as chance gives.
        pair: the outfit's piece that it was bought with most.
    """

    piece: Piece
    harmony: float
    together: int
    lift: float
    pair: str


def type_of(name: str) -> str:
    """What a piece is called without its own first name: 'Tamaris silk blouse' is a silk blouse."""
    return name.partition(" ")[2].strip().casefold() or name.casefold()


@cache
def _bought() -> tuple[dict[str, set[str]], int]:
    """The customers of each type of piece, and how many customers there are."""
    from lib.commerce.virtual_try_on.pieces import house_pieces

    types = {piece.sku: type_of(piece.name) for piece in house_pieces()}
    buyers: dict[str, set[str]] = defaultdict(set)
    everybody = set()
    with ORDERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sku = row["sku"].strip().upper()
            if row["customer_id"] and sku in types:
                buyers[types[sku]].add(row["customer_id"])
                everybody.add(row["customer_id"])
    return dict(buyers), len(everybody)


def bought_together(one: str, other: str) -> tuple[int, float]:
    """How many customers bought both types, and how many times as often as chance gives, drawn towards 1."""
    buyers, customers = _bought()
    mine, theirs = buyers.get(one, set()), buyers.get(other, set())
    chance = len(mine) * len(theirs) / max(customers, 1)
    count = len(mine & theirs)
    return count, (count + PRIOR) / (chance + PRIOR)


def companions(
    outfit: Sequence[Wearable], pieces: Sequence[Piece], most: int = 4, orders: bool = True
) -> list[Companion]:
    """Pieces for the places that the outfit leaves free: one of a kind, the best first.

    A piece counts for its colour's harmony with what is worn, and, with ``orders``, for what the demo house's customers
    of those pieces bought too.
    """
    worn = [piece for piece in outfit if isinstance(piece, Piece)]
    taken = {slot_of(piece) for piece in outfit}
    taken |= {"top", "bottom"} if "whole" in taken else {"whole"} if taken & {"top", "bottom"} else set()
    found = []
    for piece in pieces:
        if slot_of(piece) in taken or not worn:
            continue
        harmony = sum(harmony_of(piece.colour, one.colour) for one in worn) / len(worn)
        rows = [(*bought_together(type_of(piece.name), type_of(one.name)), one.name) for one in worn]
        count, lift, pair = max(rows, key=lambda row: (row[0] >= LEAST, row[1]))
        told = orders and count >= LEAST and lift >= TOLD
        found.append(Companion(piece, harmony, count if told else 0, lift if told else 1.0, pair if told else ""))
    found.sort(key=lambda one: -(one.harmony + 0.8 * min(one.lift - 1, 3.0)))
    chosen: list[Companion] = []
    for one in found:
        alike = [other for other in chosen if other.piece.kind == one.piece.kind]
        if len(alike) < 2 and all(type_of(one.piece.name) != type_of(other.piece.name) for other in alike):
            chosen.append(one)
    return chosen[:most]
