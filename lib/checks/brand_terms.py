"""The names that the brand check looks for: the list that comes with the product, and a house's own on top."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lib.checks.lexicon import TERMS
from lib.checks.words import fold


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written and folded. ``model`` and ``designer`` say what it names.

    ``sure``: it is nothing else; ``small``: nothing else, unless it is written without capitals.
    """

    written: str
    folded: str
    sure: bool = True
    designer: bool = False
    model: bool = False
    small: bool = False


@dataclass(frozen=True)
class BrandTerms:
    """A house's own names to look for and names to leave alone, beside the list that comes with the product."""

    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


HOUSE_DEFAULT = BrandTerms()


@dataclass(frozen=True)
class Compiled:
    """What is searched: all names at once, and the single words by their first letter for near misses."""

    automaton: Any
    by_initial: dict[str, tuple[Name, ...]]
    pairs: dict[str, tuple[Name, ...]]  # names of two words, at least eleven characters long
    count: int


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((TERMS / "brands.toml").read_text(encoding="utf-8"))


@cache
def near_words() -> frozenset[str]:
    """Words that are near a name and mean something else, folded."""
    return frozenset(fold(word) for word in _table()["near_words"]["words"])


def shipped_names() -> list[Name]:
    """The names of the list that comes with the product; what is also a word is not sure."""
    table = _table()
    words = {fold(word) for group in table["also_words"].values() for word in group}
    small = {fold(word) for word in table["small_words"]["words"]}
    names: dict[str, Name] = {}
    for part in ("sure", "also_words"):
        for group, entries in table[part].items():
            for entry in entries:
                folded = same_length(entry)
                sure = part == "sure" and fold(entry) not in words
                name = Name(entry, folded, sure, group == "designers", group == "models", fold(entry) in small)
                names.setdefault(folded, name)
    return list(names.values())


def same_length(text: str) -> str:
    """Folded letter by letter, as the searched text is."""
    return "".join((fold(char) or " ")[0] for char in text).replace("’", "'")


@lru_cache(maxsize=64)
def compiled(terms: BrandTerms) -> Compiled:
    """The automaton for the shipped names, with ``terms`` added and left out. Built once for the same terms."""
    import ahocorasick

    out = {same_length(name.strip()) for name in terms.left_out}
    names = {name.folded: name for name in shipped_names()}
    for written in (name.strip() for name in terms.added):
        if written:
            names[same_length(written)] = Name(written, same_length(written))
    kept = [name for folded, name in names.items() if folded not in out and len(folded) > 1]
    automaton = ahocorasick.Automaton()
    for name in kept:
        automaton.add_word(name.folded, name)
    automaton.make_automaton()
    single = [name for name in kept if name.folded.isalpha() and len(name.folded) >= 4]
    pairs = [name for name in kept if re.fullmatch(r"[a-z]{3,} [a-z]{3,}", name.folded) and len(name.folded) >= 11]
    return Compiled(automaton, _by_initial(single), _by_initial(pairs), len(kept))


def _by_initial(names: list[Name]) -> dict[str, tuple[Name, ...]]:
    grouped: dict[str, list[Name]] = {}
    for name in names:
        grouped.setdefault(name.folded[0], []).append(name)
    return {initial: tuple(group) for initial, group in grouped.items()}
