"""Skin: the ten tones of the Monk Skin Tone Scale (Ellis Monk, 2022, published by Google under CC BY 4.0)."""

from __future__ import annotations

from dataclasses import dataclass

from lib.errors import InputError
from lib.i18n import N_

MONK = (
    "#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96",
    "#a07e56", "#825c43", "#604134", "#3a312a", "#292420",
)  # fmt: skip
NO_TONE = N_("There is no skin tone {tone}. Choose one from 1 to 10 on the Monk scale.")


@dataclass(frozen=True)
class Skin:
    """The colours of one tone: itself, its shade, its light, lines around and lines within, lips."""

    base: str
    shade: str
    light: str
    line: str
    inner: str
    lips: str


def rgb(colour: str) -> tuple[float, float, float]:
    """A hex colour as three shares."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue


def mixed(one: str, other: str, share: float) -> str:
    """``share`` of ``other`` in ``one``."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def skin(tone: int) -> Skin:
    """The colours of a tone from 1 (lightest) to 10 (deepest).

    Raises:
        InputError: there is no such tone.
    """
    if tone not in range(1, 11):
        raise InputError(NO_TONE, tone=tone)
    base = MONK[tone - 1]
    deep = tone >= 8
    warm = "#b5603f" if not deep else "#0a0605"
    return Skin(
        base=base,
        shade=mixed(base, warm, 0.26 if tone < 6 else 0.38),
        light=mixed(base, "#fff4e6" if not deep else "#d8a27c", 0.5 if tone < 6 else 0.26 if not deep else 0.34),
        line=mixed(base, "#2b1610", 0.86) if not deep else "#120c0a",
        inner=mixed(base, "#4a2014", 0.62)
        if tone < 7
        else mixed(base, "#000000", 0.7)
        if not deep
        else mixed(base, "#d09a76", 0.38),
        lips=mixed(base, "#a8403f", 0.55) if tone < 7 else mixed(base, "#a4544e", 0.55),
    )
