"""What a person chose on the page: remembered in the database, except for what comes from a photo."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import dressing
from lib.commerce.virtual_try_on.outfits import Ways, Wearable
from lib.commerce.virtual_try_on.pieces import Piece, house_pieces
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.shell.page_state import PageState

Pixels = NDArray[np.uint8]
SMALL = (512, 768)
_PAGE = PageState(SLUG)
state, keep, widget = _PAGE.state, _PAGE.keep, _PAGE.widget


def restored(name: str, options: Collection[Any], default: Any) -> str:
    """A widget's key, its state set to what was chosen before; to ``default`` where that isn't on offer."""
    return _PAGE.recall(name, default, options)


def by_sku() -> dict[str, Piece]:
    """The demo house's pieces."""
    return {piece.sku: piece for piece in house_pieces()}


@lru_cache(maxsize=48)
def _drawn(person: Person, pieces: tuple[Piece, ...], ways: Ways, size: tuple[int, int]) -> Pixels:
    """A figure in the house's own pieces is nobody's data: one process draws it once."""
    return dressing.dressed(person, pieces, ways, size)


def worn_by(person: Person, pieces: tuple[Wearable, ...], ways: Ways, size: tuple[int, int] = dressing.SIZE) -> Pixels:
    """A figure in an outfit. With a garment of the person's own it is held by this session alone.

    Raises:
        InputError: nothing to wear, or two pieces for one place.
    """
    house = tuple(piece for piece in pieces if isinstance(piece, Piece))
    if len(house) == len(pieces):
        return _drawn(person, house, ways, size)
    kept: dict[Any, Pixels] = st.session_state.setdefault("tryon_drawn", {})
    wanted = (person, pieces, ways, size)
    if wanted not in kept:
        if len(kept) > 7:
            kept.pop(next(iter(kept)))
        kept[wanted] = dressing.dressed(person, pieces, ways, size)
    return kept[wanted]


def shown(pixels: Pixels, quality: int = 90) -> bytes:
    """A picture as the browser gets it."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "WEBP", quality=quality, method=3)
    return out.getvalue()
