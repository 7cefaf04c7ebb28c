"""A section's sentences: which of them answer a question, and where two pages say different figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.commerce.service_assistant.glossary import concepts, other_words
from lib.commerce.service_assistant.intents import vector_of
from lib.commerce.service_assistant.knowledge import CELL, Section
from lib.commerce.service_assistant.knowledge import vector_of as passage_vector
from lib.commerce.service_assistant.splitting import sentences_of
from lib.retrieval.words import query_stems

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
NEAR: Final = 0.6  # by how much a sentence may answer less well than the best; chosen on the half to tune
SAME_MATTER: Final = 0.86  # cosine of two sections from which they may speak of one rule
LEAST_SHARED: Final = 2  # words of the glossary that question and sentence have in common
_LEANS: Final = re.compile(r"(?:Elles?|Ils?|Il|It|They|This|These|Ceci|Cela)\b")
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
        if found[at][0] < best - NEAR or len(taken) == most:
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


def conflict(question: str, sections: Sequence[Section]) -> Conflict | None:
    """Two pages that answer the question with different figures in the same unit, under headings on the same matter.

    A page that replaces earlier versions comes first, then the one that was found first.
    """
    asked = concepts(question)
    if len(asked) < LEAST_SHARED:
        return None
    answers = [(section, said) for section in sections if (said := _figure_answer(asked, section))]
    for at, (first, said) in enumerate(answers):
        for second, other in answers[at + 1 :]:
            if first.document == second.document or not _same_matter(first.heading, second.heading):
                continue
            if _differ(figures(said), figures(other)):
                swapped = second.replaces and not first.replaces
                return Conflict(second, first, other, said) if swapped else Conflict(first, second, said, other)
    return None


def contradicted(first: Section, sections: Sequence[Section]) -> Conflict | None:
    """A page of another document on the same matter that gives another figure than the one that answers.

    Found by what the two pages say, whatever words the question has: the same matter in their headings, sections near
    in meaning, and rules (the first sentence that counts something) without a figure in common.
    """
    said = next((one for one in sentences_of(first.text) if figures(one) and CELL not in one), "")
    own = passage_vector(_whole(first))
    for section in sections:
        if section.document == first.document or not same_heading(first.heading, section.heading):
            continue
        if not said or float(own @ passage_vector(_whole(section))) < SAME_MATTER:
            continue
        counted = [one for one in sentences_of(section.text) if CELL not in one and _shared_units(said, one)]
        if counted and _differ(figures(said), figures(counted[0])):
            swapped = section.replaces and not first.replaces
            return Conflict(section, first, counted[0], said) if swapped else Conflict(first, section, said, counted[0])
    return None


def _whole(section: Section) -> str:
    return f"{section.heading}. {section.text[:900]}"


def same_heading(one: str, two: str) -> bool:
    """Whether two headings name the same matter, in whichever language, and no more than that."""
    first, second = concepts(one), concepts(two)
    if first and second:
        return 2 * len(first & second) > max(len(first), len(second))
    return set(query_stems(one)) == set(query_stems(two))


def _shared_units(one: str, two: str) -> bool:
    return bool({unit for _number, unit in figures(one)} & {unit for _number, unit in figures(two)})


def _figure_answer(asked: frozenset[int], section: Section) -> str:
    """The section's sentence with a figure that speaks most of what was asked, with the one it leans on."""
    best, before, most = "", "", max(LEAST_SHARED, 2 * len(asked) / 3) - 0.5
    for sentence in sentences_of(section.text):
        whole = f"{before} {sentence}" if _LEANS.match(sentence) else sentence
        met = len(concepts(whole) & asked)
        if CELL not in sentence and figures(sentence) and met > most:
            best, most = whole, met
        before = sentence
    return best


def _same_matter(one: str, two: str) -> bool:
    return bool(concepts(one) & concepts(two) or set(query_stems(one)) & set(query_stems(two)))


def _differ(one: set[tuple[str, str]], two: set[tuple[str, str]]) -> bool:
    """Whether they share a unit, and no figure in any unit that they share."""
    shared = {unit for _number, unit in one} & {unit for _number, unit in two}
    return bool(shared) and all(
        {number for number, unit in one if unit == each}.isdisjoint({number for number, unit in two if unit == each})
        for each in shared
    )
