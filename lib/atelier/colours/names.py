"""Names of colours in English and French: ``names.tsv``, and the nearest of them to any colour.

The list was made for this product: words that French and English trades share for a colour (sage, écru, oxblood),
each with one sRGB value chosen for it. It is dedicated to the public domain (CC0 1.0) and copies no register; a name
stands for a neighbourhood, not for a dye.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.atelier.colours.spaces import difference, lab_from_rgb

LIST: Final = Path(__file__).with_name("names.tsv")


@dataclass(frozen=True)
class NamedColour:
    """A line of the list: ``#RRGGBB``, its names, and the family that it belongs to (an English word)."""

    hex: str
    english: str
    french: str
    family: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """sRGB values, 0 to 255."""
        return int(self.hex[1:3], 16), int(self.hex[3:5], 16), int(self.hex[5:7], 16)


@cache
def colour_list() -> tuple[NamedColour, ...]:
    """The whole list, in its order."""
    rows = [line.split("\t") for line in LIST.read_text("utf-8").splitlines() if line and line[:2] != "# "]
    return tuple(NamedColour(*row) for row in rows)


@cache
def _lab() -> NDArray[np.float64]:
    """CIELAB of the list, shape (n, 3)."""
    return np.asarray(lab_from_rgb([named.rgb for named in colour_list()]), dtype=np.float64)


@cache
def _by_name() -> dict[str, NamedColour]:
    """The list by its names in either language, in small letters."""
    both = {named.french.casefold(): named for named in colour_list()}
    return both | {named.english.casefold(): named for named in colour_list()}


def find_name(name: str) -> NamedColour | None:
    """The listed colour with this English or French name, None where there is none."""
    return _by_name().get(name.strip().casefold())


def nearest_name(rgb: ArrayLike) -> NamedColour:
    """The listed colour that is nearest to sRGB values 0 to 255, shape (3,), by CIEDE2000."""
    red, green, blue = (float(value) for value in np.asarray(rgb, dtype=float))
    return _nearest(red, green, blue)


@lru_cache(maxsize=16_384)
def _nearest(red: float, green: float, blue: float) -> NamedColour:
    """A page names the same few colours thousands of times, and each name costs a look at the whole list."""
    return colour_list()[int(np.argmin(difference(lab_from_rgb((red, green, blue)), _lab())))]
