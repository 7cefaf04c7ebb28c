"""The checks' word lists, read once from ``terms/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TERMS = Path(__file__).parent / "terms"


@cache
def _table(file: str) -> dict[str, Any]:
    return tomllib.loads((TERMS / file).read_text(encoding="utf-8"))


@cache
def context(name: str, language: str = "words") -> frozenset[str]:
    """A list as a set of words, of one language where it has two."""
    return frozenset(phrases(name, language))


def context_table(name: str, language: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of ``contexts.toml`` by concept, in one language."""
    return {concept: tuple(by_language[language]) for concept, by_language in _table("contexts.toml")[name].items()}


def phrases(name: str, language: str = "words") -> tuple[str, ...]:
    """Phrases of ``claims.toml`` or ``contexts.toml``, in their order."""
    contexts = _table("contexts.toml")
    return tuple((contexts if name in contexts else _table("claims.toml"))[name][language])


def supportable(language: str) -> tuple[tuple[str, tuple[str, str]], ...]:
    """Phrases that the product's data can support, as (phrase, (kind, concept))."""
    return tuple(
        (phrase, (kind, concept))
        for kind, concepts in _table("claims.toml")["supported"].items()
        for concept, by_language in concepts.items()
        for phrase in by_language[language]
    )


def places() -> dict[str, str]:
    """Regions and towns to the id of their country; 'europe' for Europe."""
    return {name: country for country, names in _table("contexts.toml")["places"].items() for name in names}
