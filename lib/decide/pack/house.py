"""How a house's pack looks: its name and two colours, which have to be read on the pack's paper."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import Final

from lib.errors import InputError
from lib.files.documents.slides import PAPER
from lib.i18n import N_

MIN_CONTRAST: Final = 4.5  # WCAG 2.2, level AA, for text
MAX_NAME: Final = 300
MAIN: Final = "#6E1F3A"
SECOND: Final = "#1F4E79"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class House:
    """Whose pack it is. ``main`` is the colour of rules and heads, ``second`` that of evidence and of our marks."""

    name: str
    main: str = MAIN
    second: str = SECOND

    def require_sound(self) -> None:
        """Pass silently when the pack can be written.

        Raises:
            InputError: no name, one too long, no colour, or one that can't be read on the paper.
        """
        if not self.name.strip():
            raise InputError(N_("The pack needs the name of your house. Type it."))
        if len(self.name) > MAX_NAME:
            raise InputError(N_("A house’s name has at most {most} characters. Shorten it."), most=MAX_NAME)
        for colour in (self.main, self.second):
            if not _HEX.fullmatch(colour):
                raise InputError(N_("“{colour}” is no colour. Write it like #6E1F3A."), colour=colour)
            if (found := contrast(colour, PAPER)) < MIN_CONTRAST:
                raise InputError(
                    N_(
                        "{colour} can’t be read on the pack’s paper: its contrast is {found} to 1, and text needs"
                        " {least}. Choose a darker one, such as {instead}."
                    ),
                    colour=colour,
                    found=f"{found:.1f}",
                    least=MIN_CONTRAST,
                    instead=darker(colour),
                )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2: relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darker(colour: str) -> str:
    """The same hue, as light as it may be to be read on the paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while lightness > 0:
        made = "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
        if contrast(made, PAPER) >= MIN_CONTRAST:
            return made
        lightness -= 0.01
    return "#000000"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
