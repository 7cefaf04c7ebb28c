"""The word lists of ``wordlists/``: which of them each passage of a text touches, and how often."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

HERE = Path(__file__).parent / "wordlists"
LANGUAGES = ("en", "fr")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[°%]")


def tokens(text: str) -> list[str]:
    """The smallest parts of a text in lower case: letters, figures, signs; hyphens and apostrophes part words."""
    return _TOKEN.findall(text.casefold())


@cache
def word_lists(language: str) -> dict[str, tuple[str, ...]]:
    """All lists of one language by name; English for a language that has none."""
    code = language if language in LANGUAGES else "en"
    return {name: tuple(words) for name, words in tomllib.loads((HERE / f"{code}.toml").read_text("utf-8")).items()}


@dataclass(frozen=True)
class _Index:
    """The entries of all lists by their first token, so that a text is read once."""

    exact: dict[str, frozenset[str]]  # single words -> names of lists
    stems: dict[str, frozenset[str]]  # beginnings of words -> names of lists
    phrases: dict[str, tuple[tuple[tuple[str, ...], bool, str], ...]]  # first token -> (the rest, open end, list)


@cache
def _index(language: str) -> _Index:
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    for name, entries in word_lists(language).items():
        for entry in entries:
            parts, is_open = tokens(entry), entry.endswith("*")
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append((tuple(parts[1:]), is_open, name))
            else:
                (stems if is_open else exact).setdefault(parts[0], set()).add(name)
    return _Index(
        {word: frozenset(names) for word, names in exact.items()},
        {stem: frozenset(names) for stem, names in stems.items()},
        {first: tuple(rests) for first, rests in phrases.items()},
    )


@lru_cache(maxsize=200_000)
def _lists_of(token: str, language: str) -> tuple[str, ...]:
    """The lists that hold a single word, as it stands or by its beginning."""
    index = _index(language)
    found = set(index.exact.get(token, ()))
    for end in range(2, len(token) + 1):
        found |= index.stems.get(token[:end], frozenset())
    return tuple(sorted(found))


def mentions(text: str, language: str) -> Counter[str]:
    """How often each list of ``language`` is touched in ``text``: {'sensory': 2, 'fit': 1}."""
    return mentions_in(tokens(text), language)


def mentions_in(words: Iterable[str], language: str) -> Counter[str]:
    """``mentions`` of a text that is already in tokens."""
    parts = tuple(words)
    phrases = _index(language).phrases
    found: Counter[str] = Counter()
    for place, token in enumerate(parts):
        found.update(_lists_of(token, language))
        for rest, is_open, name in phrases.get(token, ()):
            following = parts[place + 1 : place + 1 + len(rest)]
            if following == rest or (is_open and _opens(following, rest)):
                found[name] += 1
    return found


def _opens(following: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Whether the tokens are the phrase's, the last one with any ending."""
    same_length = len(following) == len(rest)
    return same_length and following[:-1] == rest[:-1] and following[-1].startswith(rest[-1])
