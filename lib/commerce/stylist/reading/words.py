"""Words, sentences and clauses of a comment, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lib.vocabulary.matching import bare

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)*|\d+(?:[.,]\d+)?(?:er|e|th|st|nd)?\b|\d+|[€£$]")
_SENTENCE = re.compile(r"(?:[.!?…]+|\n+|;|\s[–—]\s)")
_NUMBER_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
_SHORT = {"d": ("would",), "ll": ("will",), "ve": ("have",), "m": ("am",), "re": ("are",), "s": ("s",)}
_JOINED = {
    "cannot": ("can", "not"), "dont": ("do", "not"), "doesnt": ("does", "not"), "didnt": ("did", "not"),
    "isnt": ("is", "not"), "wasnt": ("was", "not"), "cant": ("can", "not"), "wont": ("will", "not"),
    "couldnt": ("could", "not"), "wouldnt": ("would", "not"), "gonna": ("going", "to"), "im": ("i", "am"),
    "ive": ("i", "have"), "arent": ("are", "not"), "hasnt": ("has", "not"), "havent": ("have", "not"),
}  # fmt: skip
_NOT = {"can": "can", "won": "will", "don": "do", "shan": "shall", "ain": "is"}
LONGEST = 20_000  # characters of one comment that are read; the rest is a pasted document


@dataclass(frozen=True)
class Token:
    """One word as it is compared, with its place in the sentence."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """Words between two breaks. ``hard``: a contrast ('but') or a new thought stands before it; ``asked``: a question.

    ``norm`` is the words with one blank between; ``places`` the offset of each word in it.
    """

    tokens: tuple[Token, ...]
    hard: bool
    norm: str
    places: tuple[int, ...]


def sentences(text: str) -> list[tuple[str, int]]:
    """Each sentence with its offset; marks at its end belong to it."""
    text = text[:LONGEST]
    found: list[tuple[str, int]] = []
    start = 0
    for mark in _SENTENCE.finditer(text):
        inside_number = mark[0] == "." and _NUMBER_POINT.match(text, mark.start())
        if inside_number:
            continue
        found.append((text[start : mark.end()], start))
        start = mark.end()
    found.append((text[start:], start))
    return [(part.strip(), at + len(part) - len(part.lstrip())) for part, at in found if _WORD.search(part)]


@lru_cache(maxsize=60_000)
def _keys(word: str, english: bool) -> tuple[str, ...]:
    key = bare(word).replace("’", "'")
    if "'" in key:
        first, _mark, rest = key.partition("'")
        if rest == "t" and first.endswith("n"):
            stem = first[:-1]
            return (_NOT.get(first, stem if stem not in ("ca", "wo") else {"ca": "can", "wo": "will"}[stem]), "not")
        if first in _ELIDED and (not english or rest not in _SHORT):
            return (first, *rest.split("'"))
        if rest in _SHORT:
            return (first, *_SHORT[rest]) if rest != "s" else (first,)
        return tuple(part for part in key.split("'") if part)
    if english and key in _JOINED:
        return _JOINED[key]
    return (key,)


def tokens(sentence: str, language: str) -> list[Token]:
    """The words of a sentence; one of them may give two keys ("don't": 'do', 'not')."""
    found = []
    for match in _WORD.finditer(sentence):
        for key in _keys(match.group(), language == "en"):
            found.append(Token(key, match.start(), match.end()))
    return found


def clause_of(words: list[Token], hard: bool) -> Clause:
    """A clause from its words."""
    places, at = [], 0
    for word in words:
        places.append(at)
        at += len(word.key) + 1
    return Clause(tuple(words), hard, " ".join(word.key for word in words), tuple(places))


def split_clauses(sentence: str, words: list[Token], breaks: dict[int, bool]) -> list[Clause]:
    """Clauses between commas, colons, brackets and the words whose index is in ``breaks`` (True: a contrast)."""
    found: list[Clause] = []
    now: list[Token] = []
    hard = False
    for at, word in enumerate(words):
        between = sentence[words[at - 1].end : word.start] if at else ""
        soft = bool(re.search(r"[,:()\"«»“”]|\s-\s", between))
        if at in breaks or soft:
            if now:
                found.append(clause_of(now, hard))
            now, hard = [], breaks.get(at, False)
        now.append(word)
    if now:
        found.append(clause_of(now, hard))
    return found
