"""A section's sentences: which of them answer a question, and where two pages say different figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.commerce.service_assistant.glossary import other_words
from lib.commerce.service_assistant.intents import vector_of
from lib.commerce.service_assistant.knowledge import CELL, Section
from lib.commerce.service_assistant.knowledge import vector_of as passage_vector
from lib.retrieval.words import query_stems

_END: Final = re.compile(r"(?<=[.!?…])[\s\u202f\u00a0]+(?=[A-ZÀ-ÖØ-ÞŒ0-9«“\"(—–-])")
_FIGURE: Final = re.compile(
    r"(?P<before>[€$£])?\s?(?P<number>\d{1,3}(?:[ \u202f\u00a0,.]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s?"
    r"(?P<unit>€|%|°C|(?:working |jours ouvr|business )?days?|jours(?: ouvrés)?|"
    r"weeks?|semaines?|months?|mois|years?|ans|hours?|heures|h\b|euros?)?",
    re.IGNORECASE,
)
_UNITS: Final = {
    "day": "days",
    "days": "days",
    "jours": "days",
    "jour": "days",
    "working days": "working days",
    "working day": "working days",
    "jours ouvrés": "working days",
    "week": "weeks",
    "weeks": "weeks",
    "semaine": "weeks",
    "semaines": "weeks",
    "month": "months",
    "months": "months",
    "mois": "months",
    "year": "years",
    "years": "years",
    "ans": "years",
    "hour": "hours",
    "hours": "hours",
    "heures": "hours",
    "h": "hours",
    "€": "€",
    "euro": "€",
    "euros": "€",
    "%": "%",
    "°c": "°C",
}
ALIKE: Final = 0.89  # cosine from which two sentences of two pages speak of the same rule; chosen on the half to tune
NEGATIVE: Final = re.compile(
    r"\b(?:not|no|never|don't|doesn't|can't|cannot|isn't|aren't|won't|only|none|nothing|except|excepted|refused?)\b|"
    r"\b(?:ne|n'|ni|pas|plus|aucune?|jamais|seule?|uniquement|sauf|refus\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Conflict:
    """Two sections whose sentences on one rule give different figures."""

    first: Section
    second: Section
    said: str
    other: str


def sentences_of(text: str) -> list[str]:
    """The sentences of a section; a table's row is one."""
    return [part.strip() for part in _END.split(text) if part.strip(" .")]


def scored(question: str, section: Section) -> list[tuple[float, str]]:
    """The section's sentences in their order, each with how well it answers."""
    asked = vector_of(question)
    stems = set(query_stems(question))
    twins = set(query_stems(other_words(question)))
    found = []
    for sentence in sentences_of(section.text):
        words = set(query_stems(sentence))
        met = len(stems & words) + 0.8 * len((twins - stems) & words)
        found.append((float(asked @ passage_vector(sentence)) * 4 + min(met, 5) * 0.12, sentence))
    return found


def chosen(question: str, section: Section, room: int, most: int = 6) -> list[str]:
    """The sentences that answer best, in their order, within ``room`` characters; at least one, cut if need be."""
    found = scored(question, section)
    header = _header([sentence for _score, sentence in found])
    found = [(score, sentence) for score, sentence in found if sentence is not header]
    if not found:
        return []
    best = max(score for score, _sentence in found)
    order = sorted(range(len(found)), key=lambda at: -found[at][0])
    taken: list[int] = []
    for at in order:
        said = labelled(found[at][1], header)
        if found[at][0] < best - 0.9 or len(taken) == most:
            break
        if sum(len(labelled(found[one][1], header)) + 1 for one in taken) + len(said) <= room:
            taken.append(at)
    if not taken:
        return [_cut(labelled(found[order[0]][1], header), room)]
    return [labelled(found[at][1], header) for at in sorted(taken)]


def _header(sentences: Sequence[str]) -> str | None:
    """The first row of a table, where the next one has as many cells."""
    rows = [sentence for sentence in sentences if CELL in sentence]
    return rows[0] if len(rows) > 2 and rows[0].count(CELL) == rows[1].count(CELL) else None


def labelled(sentence: str, header: str | None) -> str:
    """A table's row with its columns' names: 'Japan: Standard 5 to 8 working days; Price €35'."""
    if header is None or CELL not in sentence or sentence.count(CELL) != header.count(CELL):
        return sentence
    names, cells = header.rstrip(".").split(CELL), sentence.rstrip(".").split(CELL)
    rest = "; ".join(f"{name} {cell}" for name, cell in zip(names[1:], cells[1:], strict=True))
    return f"{cells[0]}: {rest}."


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 1)].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def figures(text: str) -> set[tuple[str, str]]:
    """(number, unit) of what a sentence counts in money, time or shares."""
    found = set()
    for match in _FIGURE.finditer(text):
        unit = "€" if match["before"] == "€" else _UNITS.get(" ".join((match["unit"] or "").lower().split()), "")
        number = re.sub(r"[ \u202f\u00a0]", "", match["number"])
        if unit:
            found.add((re.sub(r"[.,](?=\d{3}(?!\d))", "", number), unit))
    return found


def conflicts(sections: Sequence[Section], said: Sequence[tuple[Section, str]]) -> list[Conflict]:
    """Where another section's sentence on the same rule gives a different figure in the same unit."""
    found = []
    for section, sentence in said:
        ours = figures(sentence)
        if not ours:
            continue
        for other in sections:
            if other.document == section.document:
                continue
            against = _against(sentence, ours, other)
            if against is not None:
                found.append(Conflict(section, other, sentence, against))
    return found


def _against(sentence: str, ours: set[tuple[str, str]], other: Section) -> str | None:
    vector = passage_vector(sentence)
    best: tuple[float, str] | None = None
    for theirs in sentences_of(other.text):
        counted = figures(theirs)
        shared = {unit for _number, unit in ours} & {unit for _number, unit in counted}
        alike = float(vector @ passage_vector(theirs))
        if shared and alike >= ALIKE and (best is None or alike > best[0]):
            best = (alike, theirs)
    if best is None:
        return None
    counted = figures(best[1])
    shared = {unit for _number, unit in ours} & {unit for _number, unit in counted}
    differ = all(
        {n for n, unit in ours if unit == one}.isdisjoint({n for n, unit in counted if unit == one}) for one in shared
    )
    return best[1] if differ else None
