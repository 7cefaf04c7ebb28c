"""The pieces in stock nearest to a target: by their attributes, by the drawing, and by what the client chooses.

By the drawing: the target's picture gives its main colours, its garment its silhouette; a piece without a picture of
its own is drawn from its attributes in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.drawing import Pixels, garment_of, overlap, silhouette, tone_likeness, tones
from lib.commerce.stylist.features import near_piece
from lib.commerce.stylist.looks import lab_of
from lib.commerce.stylist.model import Piece
from lib.commerce.stylist.sizes import fits_client, own_size
from lib.commerce.stylist.targets import Target

SHARES = {"attributes": 0.55, "drawing": 0.25, "client": 0.20}
ASPECT_SHARES = {"colour": 1.0, "fabric": 0.8, "fit": 0.8, "length": 0.6, "pattern": 0.5, "occasion": 0.5}
UNSAID = 0.35  # of its share, what an attribute counts that nobody said
ALIKE = 0.6  # likeness from which an attribute is named as agreeing


@dataclass(frozen=True)
class Near:
    """A piece in stock beside a target. All shares are between 0 and 1. ``sizes``: in stock; ``own``: the client's."""

    piece: Piece
    total: float
    attributes: float
    drawing: float
    client: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    sizes: tuple[str, ...]
    own: str = ""


def nearest(
    target: Target,
    picture: Pixels | None,
    pieces: Sequence[Piece],
    scores: NDArray[np.float64],
    sizes: Mapping[str, str],
    leave_out: Collection[str] = (),
    weights: Mapping[str, float] | None = None,
    most: int = 4,
) -> tuple[Near, ...]:
    """The nearest pieces of the target's kind in stock, best first; none that agrees in nothing that was said.

    Args:
        scores: (pieces,) how much the client would choose each, in any unit.
        leave_out: references that aren't to be offered: owned already, or taken off.
        weights: the stylist's factor for each aspect.
    """
    rows = [
        at
        for at, piece in enumerate(pieces)
        if piece.kind == target.piece.kind and piece.sku not in leave_out and fits_client(piece, sizes)
    ]
    if not rows:
        return ()
    order = np.argsort(np.argsort(scores[rows], kind="stable"), kind="stable")
    drawn = tones(picture) if picture is not None else ()
    undrawn = [
        _by_attributes(target, pieces[at], rank / max(len(rows) - 1, 1), sizes, weights or {})
        for rank, at in zip(order.tolist(), rows, strict=True)
    ]
    undrawn.sort(key=lambda one: (-one.total, one.piece.sku))
    found: list[Near] = []
    for one in undrawn:  # a drawing takes far longer than the rest: only of pieces that it could bring to the front
        if len(found) >= most and one.total + SHARES["drawing"] < found[most - 1].total:
            break
        drawing = _by_drawing(target, one.piece, drawn)
        found.append(replace(one, drawing=drawing, total=one.total + SHARES["drawing"] * drawing))
        found.sort(key=lambda one: (-one.total, one.piece.sku))
    said = any(reason.source != "usual" for reason in target.reasons if reason.aspect in ASPECT_SHARES)
    return tuple(one for one in found[:most] if one.agree or not said)


def _by_attributes(
    target: Target, piece: Piece, client: float, sizes: Mapping[str, str], weights: Mapping[str, float]
) -> Near:
    """A piece beside a target before its drawing counts."""
    alike, total = 0.0, 0.0
    agree: list[str] = []
    differ: list[str] = []
    for reason in target.reasons:
        if reason.aspect not in ASPECT_SHARES:
            continue
        share = ASPECT_SHARES[reason.aspect] * weights.get(reason.aspect, 1.0)
        share *= UNSAID if reason.source == "usual" else 1.0
        near = near_piece(reason.aspect, reason.value, piece)
        alike, total = alike + share * near, total + share
        if reason.source != "usual":
            (agree if near >= ALIKE else differ).append(reason.aspect)
    attributes = alike / total if total else 0.0
    whole = SHARES["attributes"] * attributes + SHARES["client"] * client
    own = own_size(piece, sizes) or ""
    return Near(piece, whole, attributes, 0.0, client, tuple(agree), tuple(differ), piece.in_stock, own)


def _by_drawing(target: Target, piece: Piece, drawn: tuple[tuple[tuple[float, float, float], float], ...]) -> float:
    one, two = garment_of(target.piece), garment_of(piece)
    shape = overlap(silhouette(one), silhouette(two)) if one is not None and two is not None else 0.0
    tone = tone_likeness(drawn, lab_of(piece.colour)) if drawn and piece.colour else 0.0
    return 0.5 * shape + 0.5 * tone
