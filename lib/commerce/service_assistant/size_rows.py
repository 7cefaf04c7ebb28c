"""Rows of a size table: a size of another country, or measurements, read in the table's own columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lib.commerce.service_assistant.knowledge import Section
from lib.retrieval.words import fold

if TYPE_CHECKING:
    from lib.commerce.service_assistant.case import Case

SYSTEMS: Final = {
    "it": r"ital\w*|\bit\b",
    "uk": r"\buk\b|british|anglais\w*|royaume",
    "us": r"\bus\b|\bamerica\w*|americain\w*|usa",
    "fr": r"\bfr\b|french|francais\w*",
}
MEASURES: Final = {
    "bust_or_chest_cm": r"bust|chest|poitrine|buste",
    "waist_cm": r"waist|(?:tour de )?taille",
    "hips_cm": r"hips?|hanches?|bassin",
    "foot_cm": r"foot|feet|pieds?",
}
_NUMBER: Final = r"(\d{2,3}(?:[.,]\d)?|\d(?:[.,]\d)?)"


def size_found(case: Case) -> tuple[Section, str, str] | None:
    """(table, our size, its row) for a conversion or for measurements; None where the table doesn't answer."""
    if case.intent != "size_advice":
        return None
    bare = fold(case.whole.replace("’", "'"))
    kind = _kind(bare)
    asked = _measures(bare) if len(_measures(bare)) > 1 or "foot_cm" in _measures(bare) else _system(bare)
    rows = [section for section in case.sections if section.row is not None]
    for section in rows:
        cells = cells_of(section.text)
        if asked and cells.get("kind", kind) == kind and _fits(cells, asked):
            return section, cells.get("fr", ""), _said(cells)
    return None


def cells_of(text: str) -> dict[str, str]:
    """'fr: 40; it: 44' as a mapping."""
    pairs = [part.split(": ", 1) for part in text.rstrip(".").split("; ") if ": " in part]
    return {name.strip(): value.strip() for name, value in pairs}


def _fits(cells: dict[str, str], asked: dict[str, float]) -> bool:
    return all(
        name in cells
        and abs(_as_number(cells[name]) - value) <= (2.0 if name.endswith("cm") and name != "foot_cm" else 0.05)
        for name, value in asked.items()
    )


def _as_number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return -1.0


def _measures(bare: str) -> dict[str, float]:
    found = {}
    for name, pattern in MEASURES.items():
        if match := re.search(rf"(?:{pattern})\D{{0,12}}{_NUMBER}", bare) or re.search(
            rf"{_NUMBER}\s?(?:cm )?(?:de |d')?(?:{pattern})", bare
        ):
            found[name] = _as_number(match[1])
    return found


def _system(bare: str) -> dict[str, float]:
    for name, pattern in SYSTEMS.items():
        if match := re.search(rf"{_NUMBER}\s?(?:en )?(?:{pattern})", bare) or re.search(
            rf"(?:{pattern})\D{{0,12}}{_NUMBER}", bare
        ):
            return {name: _as_number(match[1])}
    return {}


def _kind(bare: str) -> str:
    shoes = re.search(r"shoe|pump|boot|sandal|trainer|loafer|chaussure|pointure|botte|escarpin|basket|foot|pied", bare)
    man = re.search(r"\bmen'?s?\b|\bman\b|husband|boyfriend|homme|mari\b|chest|monsieur", bare)
    return ("men" if man else "women") + ("'s shoes" if shoes else "")


def _said(cells: dict[str, str]) -> str:
    names = {
        "fr": "FR",
        "it": "IT",
        "uk": "UK",
        "us": "US",
        "letter": "",
        "bust_or_chest_cm": "bust/chest",
        "waist_cm": "waist",
        "hips_cm": "hips",
        "foot_cm": "foot",
    }
    return ", ".join(
        f"{names[name]} {cells[name]}".strip() + (" cm" if name.endswith("cm") else "")
        for name in names
        if cells.get(name)
    )
