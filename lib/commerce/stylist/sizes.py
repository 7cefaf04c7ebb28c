"""Which size of a piece a client takes: the same number, or the letter that the usual European tables give for it."""

from __future__ import annotations

from collections.abc import Mapping

from lib.commerce.stylist.model import Piece
from lib.commerce.stylist.pieces import SIZE_OF

#: European number -> letter, women's 34 to 42 and men's 46 to 52, as the demo house's size guide has them.
LETTERS = {
    "34": "XS", "36": "S", "38": "M", "40": "L", "42": "XL", "46": "S", "48": "M", "50": "L", "52": "XL",
}  # fmt: skip
SIZES_BY_LETTER = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
LEAST_EUROPEAN = 32.0  # a run that begins below counts in inches or in British sizes


def own_size(piece: Piece, sizes: Mapping[str, str]) -> str | None:
    """The size of a piece that a client with these sizes takes; '' where that can't be told, None where none fits.

    It can't be told of a piece in one size, of a client whose size isn't known, and between two countries' numbers.
    """
    size = sizes.get(SIZE_OF.get(piece.kind, "top"), "").upper()
    run = {one.upper(): one for one in piece.sizes}
    if not size or not run:
        return ""
    if size in run:
        return run[size]
    if any(one in SIZES_BY_LETTER for one in run):
        known = size in SIZES_BY_LETTER or (_number(size) is not None and piece.kind != "shoe")
        letter = LETTERS.get(size, "")
        return run.get(letter) if known else ""
    numbers = [number for one in run if (number := _number(one)) is not None]
    wanted = _number(size)
    if len(numbers) != len(run) or wanted is None:
        return ""
    return None if (min(numbers) >= LEAST_EUROPEAN) == (wanted >= LEAST_EUROPEAN) else ""


def _number(size: str) -> float | None:
    try:
        return float(size.replace(",", "."))
    except ValueError:
        return None


def fits_client(piece: Piece, sizes: Mapping[str, str]) -> bool:
    """Whether a piece is in stock, and in the client's size where that can be told."""
    there = piece.in_stock
    if not there:
        return False
    size = own_size(piece, sizes)
    return size is not None and (not size or size in there)
