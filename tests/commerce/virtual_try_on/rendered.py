"""Figures rendered and treated as photos: nobody's."""

from __future__ import annotations

import numpy as np

from lib.atelier.fabrics import Fabric
from lib.atelier.figures import Person
from lib.atelier.garments import Garment, flat
from lib.atelier.palettes import Palette
from lib.atelier.rendering import render
from lib.commerce.virtual_try_on.pieces import Piece, house_pieces
from lib.commerce.virtual_try_on.proof_cases import flat_lay, photo_of

ANNA = Person(40, 3, 31, "bob", "chestnut", "upright", stature=168.0)


def photo(person: Person = ANNA) -> np.ndarray:
    """A figure in a bodysuit, (h, w, 3)."""
    return photo_of(person)[0]


def group() -> np.ndarray:
    """Three people beside each other."""
    people = [ANNA, Person(46, 8, 50, "short", "black", "upright"), Person(36, 5, 25, "bun", "brown", "upright")]
    return np.hstack([photo(one)[:, 130:640] for one in people])


def laid(garment: Garment, colour: str = "#7A2E3A", seed: int = 3) -> np.ndarray:
    """A garment photographed flat."""
    return flat_lay(render(flat(garment).front, {"fabric": Fabric("plain_weave", Palette.of(colour))}, 6.0), seed)


def piece(ending: str) -> Piece:
    """The first of the house's pieces of this type."""
    return next(one for one in house_pieces() if one.name.endswith(ending))
