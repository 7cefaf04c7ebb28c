"""Wordings told by patterns that are kept as data: what a check looks for, what excuses it, what to say instead.

A file of ``terms/`` holds rules. Their patterns are written in lower case without accents, ligatures or curly signs,
and are compared with the text in the same plain form, so that capitals, decomposed accents, soft hyphens and characters
without width change nothing. Offsets are those of the text as it was given.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lib.checks.lexicon import TERMS

WIDTHLESS = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-", "‐": "-",
        "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "œ": "oe", "æ": "ae",
        "ß": "ss", "Œ": "oe", "Æ": "ae", "…": "...", "ﬁ": "fi", "ﬂ": "fl",
    }
)  # fmt: skip
SENTENCE_END = re.compile(r"[.!?]+[\"')\s]+(?=\S)|\n+")
PIECE = 4_000  # characters that are searched at once: no pattern may cost the square of a long text
QUOTED = re.compile(r'"[^"\n]{1,400}"')
REPORTED = re.compile(
    r"(?:\b(?:wrote|writes|written|said|says|saying|told|shouted|posted|quote|quotes|quoted|review|complaint|comment|"
    r"message|reads|ecrit|ecrivait|dit|disait|dixit|repondu|crie|poste|cite|citation|avis|commentaire|message|propos|"
    r"lit|title|titre|episode|song|chanson|film|book|roman)\b[^\".!?]{0,40})$"
)


@dataclass(frozen=True)
class Plain:
    """A text in the form that patterns are written in; ``origins[i]`` is the place in the text of character ``i``."""

    text: str
    origins: Sequence[int]
    length: int

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets in the text as it was given, end exclusive; marks that hang on the last letter included."""
        last = self.origins[end] if end < len(self.origins) else self.length
        return self.origins[start], last


@lru_cache(maxsize=256)
def plain(text: str) -> Plain:
    """``text`` in lower case without accents, marks or characters of no width, with the way back to its offsets."""
    if text.isascii():
        return Plain(text.lower().replace("\t", " "), range(len(text)), len(text))
    letters: list[str] = []
    origins: list[int] = []
    for place, char in enumerate(text):
        for letter in _plain_letters(char):
            letters.append(letter)
            origins.append(place)
    return Plain("".join(letters), origins, len(text))


@lru_cache(maxsize=4096)
def _plain_letters(char: str) -> str:
    if char in WIDTHLESS:
        return ""
    shown = unicodedata.normalize("NFKD", char.translate(SIGNS)).lower().translate(SIGNS)
    return "".join(letter for letter in shown if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Rule:
    """Patterns of one kind: ``unless`` excuses a match that it overlaps, ``absent`` one in whose sentence it stands.

    ``better`` is a wording to offer instead, by language; ``gravity`` is a verdict's value.
    """

    kind: str
    language: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    absent: re.Pattern[str] | None
    better: dict[str, str]
    gravity: str
    quoted: bool


@dataclass(frozen=True)
class Hit:
    """A wording found: offsets in the text as it was given, and its rule."""

    start: int
    end: int
    rule: Rule


@cache
def table(file: str) -> dict[str, Any]:
    """``terms/<file>`` as it stands."""
    return tomllib.loads((TERMS / file).read_text(encoding="utf-8"))


@cache
def rules(file: str) -> tuple[Rule, ...]:
    """The rules of ``terms/<file>``, in their order."""
    everywhere = table(file).get("absent", [])
    return tuple(_rule(row, everywhere) for row in table(file)["rule"])


@cache
def _everywhere(file: str) -> re.Pattern[str] | None:
    return _any(table(file).get("absent", []))


def is_excused(text: str, file: str, start: int, end: int) -> bool:
    """Whether the sentence around a place of ``text`` holds what excuses every rule of ``terms/<file>``."""
    given, excuse = plain(text), _everywhere(file)
    if excuse is None:
        return False
    first, last = (bisect_left(given.origins, place) for place in (start, end))
    return bool(excuse.search(sentence_around(given.text, first, last))) or is_reported(given.text, first, last)


def _rule(row: dict[str, Any], everywhere: list[str]) -> Rule:
    return Rule(
        kind=row["kind"],
        language=row.get("language", "any"),
        pattern=_any(row["patterns"]) or re.compile(r"(?!)"),
        unless=_any(row.get("unless", [])),
        absent=_any([*row.get("absent", []), *everywhere]),
        better=row.get("better", {}),
        gravity=row.get("gravity", "warn"),
        quoted=row.get("quoted", False),
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """One pattern for all, each between word boundaries; a curly apostrophe stands for a straight one."""
    joined = "|".join(f"(?:{one})" for one in patterns).replace("’", "'")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if patterns else None


def find(text: str, file: str, language: str, kinds: frozenset[str] = frozenset()) -> list[Hit]:
    """The wordings of ``terms/<file>`` in ``text``, in reading order, without overlaps; the longer one stays.

    ``language`` chooses the rules: its own and those for any language. ``kinds`` limits them.
    """
    found: list[Hit] = []
    for first, last in _pieces(text):
        own = _find(text[first:last], file, language, kinds)
        found += [Hit(hit.start + first, hit.end + first, hit.rule) for hit in own] if first else own
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of pieces of at most ``PIECE`` characters, cut at the end of a line or sentence, or at a blank."""
    start = 0
    while len(text) - start > PIECE:
        cut = max(text.rfind("\n", start, start + PIECE), text.rfind(". ", start, start + PIECE) + 1)
        cut = cut if cut > start else text.rfind(" ", start, start + PIECE)
        end = cut + 1 if cut > start else start + PIECE
        yield start, end
        start = end
    yield start, len(text)


def _find(text: str, file: str, language: str, kinds: frozenset[str]) -> list[Hit]:
    given = plain(text)
    hits: list[tuple[int, int, Rule]] = []
    for rule in rules(file):
        if rule.language in ("any", language) and (not kinds or rule.kind in kinds):
            hits += [(start, end, rule) for start, end in _matches(rule, given.text)]
    taken: list[tuple[int, int, Rule]] = []
    for start, end, rule in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if not any(start < e and s < end for s, e, _rule in taken):
            taken.append((start, end, rule))
    return [Hit(*given.offsets(start, end), rule) for start, end, rule in sorted(taken, key=lambda hit: hit[:2])]


def _matches(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    excused: list[tuple[int, int]] | None = None
    for match in rule.pattern.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        if excused is None:
            excused = [m.span() for m in rule.unless.finditer(text)] if rule.unless else []
        if any(start < e and s < end for s, e in excused):
            continue
        if rule.absent and rule.absent.search(sentence_around(text, start, end)):
            continue
        if not rule.quoted and is_reported(text, start, end):
            continue
        yield start, end


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or sentences, of a plain text that hold the place."""
    ends = _ends(text)
    first = bisect_right(ends, start)
    last = bisect_right(ends, max(start, end - 1))
    return text[ends[first - 1] if first else 0 : ends[last] if last < len(ends) else len(text)]


@lru_cache(maxsize=16)
def _ends(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in SENTENCE_END.finditer(text))


def is_reported(text: str, start: int, end: int) -> bool:
    """Whether the place stands between quotation marks after a word that reports speech, or names a work."""
    before = max(0, start - 400)
    for quote in QUOTED.finditer(text, before, min(len(text), end + 400)):
        if quote.start() < start and end <= quote.end():
            return bool(REPORTED.search(text[max(0, quote.start() - 60) : quote.start()].rstrip(": ,")))
    return False
