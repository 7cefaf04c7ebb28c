"""The lexicons as an index from a word to the patterns that can begin with it, so that a clause is read in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"
GAP = r"(?: \w+){0,3}? "
ANY = "\0"  # stands for any word
MOST_OPENINGS = 400


@dataclass(frozen=True)
class Pattern:
    """One pattern: what it finds (``kind``) and, of a value, which aspect, value and polarity (None: not judged)."""

    kind: str
    rule: re.Pattern[str]
    aspect: str = ""
    value: str = ""
    polarity: int | None = None


@dataclass(frozen=True)
class Match:
    """A pattern found in a clause: from word ``first`` to ``last``, both included."""

    pattern: Pattern
    first: int
    last: int


@cache
def lexicon(language: str) -> dict[str, tuple[Pattern, ...]]:
    """First word -> patterns; under ``ANY`` those that can begin with any word."""
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    index: dict[str, list[Pattern]] = {}
    for pattern, text in _patterns(data):
        for opening in openings(text):
            index.setdefault(opening, []).append(pattern)
    return {word: tuple(found) for word, found in index.items()}


def _patterns(data: dict[str, Any]) -> Iterator[tuple[Pattern, str]]:
    for kind, texts in data["words"].items():
        for text in texts:
            yield Pattern(kind, _compiled(text)), text
    for row in data["judged"]:
        for text in row["patterns"]:
            yield Pattern("judged", _compiled(text), row["aspect"], row["value"], int(row["polarity"])), text
    for row in data["named"]:
        for text in row["patterns"]:
            yield Pattern("named", _compiled(text), row["aspect"], row["value"]), text


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(f"(?:{text.replace(' .. ', GAP)})(?= |$)")


@cache
def openings(text: str) -> frozenset[str]:
    """The first words with which a pattern can match; ``ANY`` where it begins with a class of characters."""
    import re._parser as parser  # type: ignore[import-not-found, unused-ignore]

    found = _begun(parser.parse(text.replace(" .. ", GAP)), [""])
    words = {word.split(" ")[0] for word in found}
    return frozenset({ANY} if any(ANY in word for word in words) or len(words) > MOST_OPENINGS else words)


def _begun(nodes: Any, before: list[str]) -> list[str]:
    """All texts that a sequence of parsed nodes can begin with, each up to its first blank."""
    texts = list(before)
    for name, value in nodes:
        if all(" " in text for text in texts):
            break
        going = [text for text in texts if " " not in text]
        texts = [text for text in texts if " " in text] + _step(str(name), value, going)
    return texts


def _step(name: str, value: Any, going: list[str]) -> list[str]:
    if name == "LITERAL":
        return [text + chr(value) for text in going]
    if name == "SUBPATTERN":
        return _begun(value[-1], going)
    if name == "BRANCH":
        return [text for branch in value[1] for text in _begun(branch, going)]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inside = value
        found = list(going) if least == 0 else []
        now = going
        for times in range(1, min(int(most), 2) + 1):
            now = _begun(inside, now)
            found += now if times >= least else []
        return found
    if name == "IN":
        signs = [chr(sign) for kind, sign in value if str(kind) == "LITERAL"]
        return [text + sign for text in going for sign in signs] if len(signs) == len(value) else [ANY] * bool(going)
    return going if name in ("ASSERT", "ASSERT_NOT", "AT") else [ANY] * bool(going)


def matches(norm: str, places: Sequence[int], keys: Sequence[str], language: str) -> list[Match]:
    """Everything that the lexicon finds in a clause, in order of its first word."""
    index = lexicon(language)
    wild = index.get(ANY, ())
    ends = {place + len(key): at for at, (place, key) in enumerate(zip(places, keys, strict=True))}
    found = []
    for at, (place, key) in enumerate(zip(places, keys, strict=True)):
        for pattern in (*index.get(key, ()), *wild):
            match = pattern.rule.match(norm, place)
            if match is not None and match.end() > place:
                found.append(Match(pattern, at, ends.get(match.end(), at)))
    return found
