"""One colour: its hex value and its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours.names import find_name, nearest_name
from lib.atelier.colours.spaces import lab_from_rgb
from lib.errors import InputError
from lib.i18n import N_, current_language

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


@dataclass(frozen=True)
class Colour:
    """A colour, such as ``Colour("#9CAF88")``.

    Args:
        hex: ``#RRGGBB`` or ``#RGB``, with or without the sign; kept as ``#RRGGBB`` in capitals.
        name: the English name, or one that the house gave. Without one, the nearest of the colour list.

    Raises:
        InputError: not a hex value.
    """

    hex: str
    name: str = ""

    def __post_init__(self) -> None:
        found = _HEX.fullmatch(self.hex.strip())
        if not found:
            raise InputError(
                N_("'{value}' is not a colour. Write it as # and six digits or letters from A to F, such as #9CAF88."),
                value=self.hex,
            )
        digits = found[1].upper()
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        object.__setattr__(self, "hex", f"#{digits}")
        if not self.name:
            object.__setattr__(self, "name", nearest_name(self.rgb).english)

    @classmethod
    def of(cls, rgb: NDArray[np.floating | np.integer] | tuple[float, float, float], name: str = "") -> Colour:
        """The colour of sRGB values 0 to 255, shape (3,), rounded."""
        red, green, blue = (int(value) for value in np.clip(np.rint(np.asarray(rgb, dtype=float)), 0, 255))
        return cls(f"#{red:02X}{green:02X}{blue:02X}", name)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """sRGB values, 0 to 255."""
        return int(self.hex[1:3], 16), int(self.hex[3:5], 16), int(self.hex[5:7], 16)

    @property
    def lab(self) -> NDArray[np.float64]:
        """CIELAB, shape (3,)."""
        return np.asarray(lab_from_rgb(self.rgb), dtype=np.float64)

    def label(self, language: str | None = None) -> str:
        """The name in ``language`` (the reader's where it is None); a house's own name is left as it is."""
        known = find_name(self.name)
        if known is None:
            return self.name
        return known.french if (language or current_language()) == "fr" else known.english
