"""Figures in a text with their units: '92 %', '30 °C', '1 250 €', 'size 38', '5 cm'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.checks.words import fold

CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "USD",
    "usd": "USD",
    "chf": "CHF",
}
# Lengths are compared in millimetres, weights in grams.
LENGTHS = {
    "mm": 1.0,
    "cm": 10.0,
    "m": 1000.0,
    "inch": 25.4,
    "inches": 25.4,
    "pouces": 25.4,
    "centimetres": 10.0,
    "centimeters": 10.0,
    "millimetres": 1.0,
    "metres": 1000.0,
    "metre": 1000.0,
}
WEIGHTS = {"g": 1.0, "gr": 1.0, "grams": 1.0, "grammes": 1.0, "kg": 1000.0}
OTHERS = {
    "%": "%", "percent": "%", "per cent": "%", "pour cent": "%", "°": "°", "°c": "°", "degrees": "°", "degres": "°",
    "l": "l", "litres": "l", "ml": "ml", "ans": "years", "years": "years", "year": "years", "an": "years",
    "hours": "hours", "hour": "hours", "heures": "hours", "heure": "hours", "h": "hours", "jours": "days",
    "days": "days",
    "gsm": "gsm", "denier": "den", "deniers": "den", "den": "den", "fils": "threads",
    "threads": "threads", "ply": "ply",
}  # fmt: skip
UNIT = (
    r"%|°\s?c?\b|°|€|£|\$|\b(?:"
    + "|".join(
        sorted(
            (re.escape(u) for u in (*CURRENCIES, *LENGTHS, *WEIGHTS, *OTHERS) if u[0].isalpha()), key=len, reverse=True
        )
    )
    + r")\b(?!['’])"
)
SPACE = "[ \u00a0\u202f]?"
GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
FIGURE = re.compile(
    rf"(?P<before>[€£$]{SPACE})?(?<![\w.,])(?P<figure>{GROUPED}|\d+(?:[.,]\d+)*)(?:{SPACE}(?P<unit>{UNIT}))?", re.I
)
SIZE_LINKS = frozenset({"from", "to", "and", "or", "du", "de", "a", "au", "et", "ou"})
SIZE_WORDS = frozenset(["size", "sizes", "taille", "tailles", "pointure", "pointures", "eu", "fr", "uk", "us", "it"])


@dataclass(frozen=True)
class Figure:
    """A figure with its place (characters), value and unit.

    ``unit``: '%', '°', a currency code, 'mm', 'g', 'size', another unit's name, or '' for none. Lengths are in
    millimetres, weights in grams.
    """

    start: int
    end: int
    value: float
    unit: str


def figures(text: str) -> list[Figure]:
    """All figures in ``text``, in order. A figure glued to letters ('V2', '3D', '501XX') is a name and none."""
    found = []
    for match in FIGURE.finditer(text):
        end = match.end()
        if not match["unit"] and end < len(text) and (text[end].isalpha() or text[end] == "_"):
            continue
        value = parse(match["figure"])
        unit, factor = _unit(fold(match["unit"] or match["before"] or "").strip())
        if not unit and _after_size_word(text, match.start()):
            unit = "size"
        found.append(Figure(match.start(), end, value * factor, unit))
    return found


def _unit(unit: str) -> tuple[str, float]:
    if unit in CURRENCIES:
        return CURRENCIES[unit], 1.0
    if unit in LENGTHS:
        return "mm", LENGTHS[unit]
    if unit in WEIGHTS:
        return "g", WEIGHTS[unit]
    return OTHERS.get(unit.replace(" ", "") if unit.startswith("°") else unit, ""), 1.0


def _after_size_word(text: str, start: int) -> bool:
    """Whether the figure is a size: 'size 38', 'sizes from 34 to 46', 'taille 36, 38 et 40'."""
    for word in reversed(re.findall(r"\w+", fold(text[max(0, start - 30) : start]))):
        if word in SIZE_WORDS:
            return True
        if not word.isdigit() and word not in SIZE_LINKS:
            return False
    return False


def parse(figure: str) -> float:
    """'1,250.00', '1 250,00', '12,5', '1.250' as numbers. A single separator before three digits divides thousands."""
    plain = re.sub(r"[ \u00a0\u202f]", "", figure)
    if "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :])
    parts = re.split(r"[.,]", plain)
    if len(parts) == 1:
        return float(plain)
    if all(len(part) == 3 for part in parts[1:]) and parts[0] != "0":
        return float("".join(parts))
    return float(parts[0] + "." + "".join(parts[1:]))
