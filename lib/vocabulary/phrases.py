"""Whole phrases of the trade in both languages, and the grammar of a phrase from its head noun.

What is no single concept ('two slanted, two welt back pockets') is translated as a whole or not at all: a word-by-word
translation of a phrase that isn't known would be a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lib.vocabulary.concepts import TERMS
from lib.vocabulary.matching import bare

FOLDER = TERMS / "phrases"
_BREAK = {
    "en": re.compile(
        r"[,:]|\s(?:with|at|in|of|down|under|through|for|to|over|that|on|from|by|worn|without|stitched|painted|high)(?![\w-])"
    ),
    "fr": re.compile(r"[,:]|\s(?:à|au|aux|en|de|d’|du|des|sur|sous|qui|et|avec|par|pour|dans|jusqu’|sans)\b|\sd’"),
}


_PREPOSITIONS = ("sans", "dans", "sous")


@dataclass(frozen=True)
class Grammar:
    """What a phrase is: ``number`` 's', 'p' or 'm' (no article), ``gender`` in French, ``counted``: a numeral first."""

    number: str
    gender: str = ""
    counted: bool = False


def _fold(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", bare(text)).strip(" .;")


@cache
def _pairs() -> dict[str, dict[str, dict[str, str]]]:
    """kind -> folded surface -> {'en': text, 'fr': text}."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, rows in data.items():
            if kind == "fit" and path.stem == "fits":
                for row in rows:
                    for value in row["values"]:
                        table.setdefault("fit", {}).setdefault(_fold(value), {"en": row["en"], "fr": row["fr"]})
            elif path.stem != "heads":
                for row in rows:
                    for value in row:
                        table.setdefault(kind, {}).setdefault(_fold(value), {"en": row[0], "fr": row[1]})
    return table


def phrase(value: str, language: str, kind: str | None = None) -> str | None:
    """A whole phrase in ``language`` where the vocabulary holds it, whichever language it is given in; else None.

    ``kind`` ('details', 'care', 'closure', ...) is looked in first, then all the others.
    """
    key = _fold(value)
    tables = _pairs()
    for name in (kind, *tables) if kind in tables else tables:
        found = tables[str(name)].get(key) if name != "fit" or kind == "fit" else None
        if found:
            return found[language]
    return None


@cache
def _heads() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / "heads.toml").read_text(encoding="utf-8"))


def grammar(text: str, language: str) -> Grammar | None:
    """The grammar of a noun phrase by its head; None where the head isn't known, so that nobody guesses an article."""
    return _french_grammar(text) if language == "fr" else _english_grammar(text)


def _french_grammar(text: str) -> Grammar | None:
    heads = _heads()["fr"]
    words = re.split(r"[\s,]+", text.casefold().replace("'", "’"))
    counted = words[0] in heads["numerals"]
    plural = counted and words[0] not in ("un", "une")
    words = words[1:] if counted else words
    skipped: list[str] = []
    while (
        len(words) > 1
        and _singulars(words[0])[-1] in heads["before"]
        and _singulars(words[1])[-1] not in heads["before"]
    ):
        skipped.append(words[0])
        words = words[1:]
    for word in _singulars(words[0]) if words else ():
        for gender in ("m", "f"):
            if word in heads[gender]:
                many = plural or (word != words[0] and word not in heads["same"])
                # 'revers crantés', 'larges revers': the adjective shows the number that the noun hides
                many = many or word in heads["mostly_plural"]
                many = many or (
                    word in heads["same"]
                    and any(w.endswith("s") and w not in _PREPOSITIONS for w in (*words[1:2], *skipped))
                )
                return Grammar("p" if many else "s", gender, counted)
    return None


def _singulars(word: str) -> tuple[str, ...]:
    """The word and its likely singulars, longest first."""
    if word.endswith("eaux"):
        return (word, word[:-1])
    return (word, word[:-1]) if word.endswith(("s", "x")) else (word,)


def _english_grammar(text: str) -> Grammar | None:
    heads = _heads()["en"]
    # 'two slanted, two welt back pockets': one head for all
    start = text.casefold().split(maxsplit=1)[0]
    several = start in heads["numerals"] and re.search(r",|\band\b", text)
    words = (text if several else _BREAK["en"].split(text)[0]).casefold().split()
    if not words:
        return None
    counted = words[0] in heads["numerals"]
    last = words[-1]
    if last in heads["mass"]:
        return Grammar("m", counted=counted)
    if last in heads["heads"] and not last.endswith(("gathers", "stays", "leaves", "feet", "loops", "wings")):
        many = counted and (words[0] != "one" or bool(several))
        return Grammar("p" if many else "s", counted=counted)
    singular = (
        last[:-2] if last.endswith(("sses", "ches", "shes", "xes")) else last[:-1] if last.endswith("s") else last
    )
    if singular in heads["heads"] or last in heads["heads"]:
        return Grammar("p", counted=counted)
    return None
