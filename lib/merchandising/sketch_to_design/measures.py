"""Lengths in a brief: '2 m long', 'taille 54', '160 x 90 cm', '1 m 60 de haut', '52-18-145', and what they measure.

A length is a number with a unit, or a number beside a word that names a measure. Which dimension of a piece it sets
depends on the piece: a diameter is a finger's on a ring, the top's on a table, the shade's on a lamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import pi
from typing import Final

_MM: Final[Mapping[str, float]] = {
    **dict.fromkeys(("mm", "millimetre", "millimètre", "millimeter"), 1.0),
    **dict.fromkeys(("cm", "centimetre", "centimètre", "centimeter"), 10.0),
    **dict.fromkeys(("m", "metre", "mètre", "meter"), 1000.0),
    **dict.fromkeys(("inch", "inche", "pouce", "in", '"', "″"), 25.4),
    **dict.fromkeys(("feet", "foot", "ft"), 304.8),
}
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_UNIT = (
    r"(?:mm|cm|m|millim[eè]tres?|centim[eè]tres?|m[eè]tres?|millimeters?|centimeters?|meters?|inch(?:es)?|pouces?"
    r"|feet|foot|ft)\b|[\"″]"
)
_AFTER_HYPHEN = r"\s*-?\s*"
_BOX = re.compile(
    rf"({_NUMBER})\s*({_UNIT})?\s*(?:x|×|par|by)\s*({_NUMBER})\s*({_UNIT})?"
    rf"(?:\s*(?:x|×|par|by)\s*({_NUMBER})\s*({_UNIT})?)?",
    re.IGNORECASE,
)
_NOTATION = re.compile(r"\b(\d{2})\s*[-□/]\s*(\d{2})\s*[-/ ]\s*(\d{3})\b")
_METRES = re.compile(r"\b(\d)\s*m\s*(\d{2})\b(?!\s*(?:mm|cm|m)\b)", re.IGNORECASE)
_LENGTH = re.compile(rf"(?<![\d.,])({_NUMBER}){_AFTER_HYPHEN}({_UNIT})", re.IGNORECASE)
_CARAT = re.compile(rf"({_NUMBER}){_AFTER_HYPHEN}(?:ct|carats?|k)\b", re.IGNORECASE)
_PURITY: Final = (9, 10, 14, 18, 22, 24)  # carats of gold, and no stone's weight

#: Words of a measure, the longest first; those of ``_KEPT`` mean something by themselves and stay in the text.
_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("seat_height", r"hauteur d[’']assise|seat height"),
    ("girth", r"tour de (?:doigt|poignet)|circonférence(?: intérieure)?|(?:inner )?circumference"
              r"|wrist(?: size)?|girth"),
    ("stone", r"pierres?|stones?|diamants?|diamonds?|saphirs?|sapphires?|rubis|rub(?:y|ies)|[ée]meraudes?|emeralds?"
              r"|am[ée]thystes?|amethysts?|onyx"),
    ("shade", r"abat-jour|lampshade|shade"),
    ("bridge", r"pont|bridge"),
    ("temple", r"branches?|temples?"),
    ("lens", r"verres?|calibre|lens(?:es)?"),
    ("leg", r"pieds?|legs?"),
    ("seat", r"assise|seat"),
    ("size", r"(?:finger )?size|tailles?|\bt\.?"),
    ("diameter", r"diamètres?|diametre|(?:inner |inside )?diameter|Ø|⌀|across"),
    ("length", r"longueur|longue?s?|length|long"),
    ("width", r"largeur|larges?|width|wide"),
    ("height", r"hauteur(?: totale)?|hautes?|hauts?|height|tall|high"),
    ("depth", r"profondeur|profonde?s?|depth|deep"),
    ("thickness", r"épaisseur|épaisse?s?|epaisseur|thickness|thick"),
)  # fmt: skip
_KEPT: Final = ("stone",)
_LINK = r"\s*(?:est de|is|de|d[’']|of|:|=|n°)?\s*(?:environ|about)?\s*"
_BEFORE = {name: re.compile(rf"(?<!\w)(?:{words}){_LINK}$", re.IGNORECASE) for name, words in _WORDS}
_AFTER = {
    name: re.compile(rf"[\s-]*(?:de |d[’']|in |en )?(?:{words})(?!\w)", re.IGNORECASE)
    for name, words in _WORDS
    if name != "size"
}
_BARE = {
    name: re.compile(rf"(?<!\w)(?:{words}){_LINK}({_NUMBER})(?![\w/])", re.IGNORECASE)
    for name, words in _WORDS
    if name not in ("stone", "leg", "lens")
}

#: What a measure is of each piece; '' is a length beside which nothing stands.
_MEANT: Final[Mapping[str, Mapping[str, str]]] = {
    "ring": {"": "width", "size": "size", "girth": "size", "diameter": "size", "width": "width", "height": "thickness",
             "thickness": "thickness", "stone": "stone_mm"},
    "pendant": {"": "height", "size": "height", "height": "height", "length": "height", "diameter": "height"},
    "earring": {"": "size", "size": "size", "diameter": "size", "length": "size", "height": "size", "stone": "size",
                "thickness": "thickness"},
    "bracelet": {"": "girth", "size": "girth", "girth": "girth", "length": "girth", "diameter": "girth",
                 "width": "width", "height": "width", "thickness": "thickness"},
    "frame": {"": "lens", "size": "lens", "lens": "lens", "bridge": "bridge", "temple": "temple",
              "thickness": "thickness"},
    "chair": {"": "height", "height": "height", "width": "width", "depth": "depth", "seat_height": "seat_height",
              "seat": "seat_height", "leg": "leg"},
    "stool": {"": "height", "height": "height", "seat_height": "height", "seat": "seat", "diameter": "seat",
              "width": "seat", "leg": "leg"},
    "table": {"": "length", "length": "length", "diameter": "length", "width": "width", "depth": "width",
              "height": "height", "thickness": "thickness"},
    "lamp": {"": "height", "height": "height", "shade": "shade", "diameter": "shade", "width": "shade"},
}  # fmt: skip
#: What '160 x 90 x 74' stands for.
_BOXES: Final[Mapping[str, tuple[str, ...]]] = {
    "ring": ("width", "thickness"),
    "frame": ("lens", "bridge", "temple"),
    "chair": ("width", "depth", "height"),
    "stool": ("seat", "height"),
    "table": ("length", "width", "height"),
    "lamp": ("shade", "height"),
}
_SMALL: Final = ("ring", "pendant", "earring", "bracelet", "frame")


@dataclass(frozen=True)
class Measured:
    """A length in a text at ``start`` to ``end``: ``name`` is what it measures ('' where nothing says so), ``mm`` its
    value, or the number itself where ``unit`` is no length ('' for none, 'ct' for carats).
    """

    start: int
    end: int
    name: str
    mm: float
    unit: str = "mm"


def find_measures(text: str) -> list[Measured]:
    """All lengths of a text from left to right; none lies within another one."""
    found: list[Measured] = []
    for reader in (_boxes, _metres, _lengths, _carats, _bare):
        for group in reader(text):
            if all(one.end <= group[0].start or one.start >= group[-1].end for one in found):
                found += group
    return sorted(found, key=lambda one: (one.start, one.name))


def _number(said: str, unit: str = "") -> float:
    plain = re.sub(r"\s", "", said)
    if unit == "mm" and re.fullmatch(r"\d{1,3},\d{3}", plain):  # '1,600 mm' is an English thousand
        plain = plain.replace(",", "")
    return float(plain.replace(",", "."))


def _in_mm(said: str, unit: str) -> float:
    small = unit.lower()
    return _number(said, small) * _MM[small if small in _MM else small.rstrip("s")]


def _boxes(text: str) -> Iterator[list[Measured]]:
    """'160 x 90 cm' and '52-18-145': a row of numbers at one place."""
    for found in _NOTATION.finditer(text):
        yield [Measured(found.start(), found.end(), f"box{at}", float(one)) for at, one in enumerate(found.groups())]
    for found in _BOX.finditer(text):
        numbers, units = found.groups()[::2], found.groups()[1::2]
        last = next((one for one in reversed(units) if one), None)
        yield [
            Measured(found.start(), found.end(), f"box{at}", _in_mm(one, unit or last) if last else _number(one),
                     "mm" if last else "")
            for at, (one, unit) in enumerate(zip(numbers, units, strict=True))
            if one
        ]  # fmt: skip


def _metres(text: str) -> Iterator[list[Measured]]:
    for found in _METRES.finditer(text):
        start, end, name = _around(text, found.start(), found.end())
        yield [Measured(start, end, name, 1000.0 * int(found[1]) + 10.0 * int(found[2]))]


def _lengths(text: str) -> Iterator[list[Measured]]:
    for found in _LENGTH.finditer(text):
        start, end, name = _around(text, found.start(), found.end())
        yield [Measured(start, end, name, _in_mm(found[1], found[2]))]


def _carats(text: str) -> Iterator[list[Measured]]:
    """A stone's weight, and the purity of gold, which is told apart by its number."""
    for found in _CARAT.finditer(text):
        weight = _number(found[1])
        pure = weight in _PURITY or found.group().lower().endswith("k")
        yield [Measured(found.start(), found.end(), "purity" if pure else "stone", weight, "ct")]


def _bare(text: str) -> Iterator[list[Measured]]:
    for name, pattern in _BARE.items():
        for found in pattern.finditer(text):
            yield [Measured(found.start(), found.end(), name, _number(found[1]), "")]


def _around(text: str, start: int, end: int) -> tuple[int, int, str]:
    """(start, end, name) with the word before or after that names the measure."""
    for name, pattern in _AFTER.items():
        if found := pattern.match(text, end):
            return start, end if name in _KEPT else found.end(), name
    for name, pattern in _BEFORE.items():
        if found := pattern.search(text, 0, start):
            return start if name in _KEPT else found.start(), end, name
    return start, end, ""


def dimension_of(kind: str, one: Measured) -> tuple[str, float] | None:
    """(dimension, value) that a length sets on a piece of this kind; None where it says nothing of it."""
    meant = _MEANT[kind]
    value = _in_kind(kind, one)
    if one.name.startswith("box"):
        box, at = _BOXES.get(kind, ()), int(one.name[3:])
        return (box[at], value) if at < len(box) else None
    if one.name == "purity" or (one.unit == "ct" and kind != "ring"):
        return None
    if one.unit == "ct":
        return "stone_mm", round(6.5 * one.mm ** (1 / 3), 1)  # a brilliant of 6.5 mm weighs a carat
    name = meant.get(one.name, "")
    if kind == "bracelet" and not one.name and value < 100:
        name = "width"
    if one.name == "diameter" and kind in ("ring", "bracelet"):  # of the finger or the wrist
        value = round(value * pi, 1)
    return (name, value) if name else None


def _in_kind(kind: str, one: Measured) -> float:
    """Millimetres of a number without a unit, as the trade writes it: jewellery in mm, furniture in cm."""
    if one.unit:
        return one.mm
    if kind == "bracelet" and one.mm < 40:
        return one.mm * 10
    return one.mm * 10 if kind not in _SMALL and one.mm <= 300 else one.mm
