"""Concepts and their forms, read once from ``terms/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from lib.errors import NotFound
from lib.i18n import N_

TERMS = Path(__file__).parent / "terms"
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Form:
    """A concept in one language.

    ``noun`` is its noun phrase without an article. ``number`` is 's' (countable singular), 'p' (plural) or 'm' (no
    article: a substance, a style). ``gender`` is 'm' or 'f' in French and empty in English. ``others`` are synonyms,
    understood and not written; ``weak`` ones are understood as an attribute's value only, since in a running text
    they mean something else ('or', 'long'). ``exact`` ones count with their capitals and accents alone.
    ``adjective`` stands before the noun (English) or is the feminine of an agreeing colour (French); ``post`` stands
    after the noun ('sans manches'). ``noun_phrase`` is False where the noun can't stand as one ('sans manches').
    """

    noun: str
    others: tuple[str, ...] = ()
    number: str = "s"
    gender: str = ""
    adjective: str = ""
    post: str = ""
    weak: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    noun_phrase: bool = True

    @property
    def all(self) -> tuple[str, ...]:
        """Every surface, strong and weak."""
        extra = (self.adjective,) if self.adjective else ()
        return (self.noun, *self.others, *extra, *self.weak, *self.exact)


@dataclass(frozen=True)
class Concept:
    """One thing that fashion names. ``facts`` holds what its kind adds: source, category, fr_in, fr_verb, ..."""

    id: str
    kind: str
    forms: Mapping[str, Form] = field(compare=False)
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def en(self) -> Form:
        return self.forms["en"]

    @property
    def fr(self) -> Form:
        return self.forms["fr"]

    @property
    def source(self) -> str:
        """For a material: animal, plant, regenerated, synthetic, mineral or fabric."""
        return str(self.facts.get("source", ""))


_FORM_KEYS = frozenset(
    "en fr g f en_number en_adj fr_post weak en_weak fr_weak exact en_exact fr_exact".split()  # noqa: SIM905
)


def _english(row: Mapping[str, Any], number: str) -> Form:
    words = row["en"]
    weak, exact = bool(row.get("weak")), bool(row.get("exact"))
    number = row.get("en_number", number)
    return Form(
        noun=words[0],
        others=() if weak or exact else tuple(words[1:]),
        weak=(*(words[1:] if weak else ()), *row.get("en_weak", ())),
        exact=(*(words if exact else ()), *row.get("en_exact", ())),
        number="m" if number == "mass" else number,
        adjective=row.get("en_adj", ""),
        noun_phrase=row.get("np", True),
    )


def _french(row: Mapping[str, Any]) -> Form:
    words = row["fr"]
    weak = bool(row.get("weak"))
    exact = bool(row.get("exact")) or bool(row.get("accents"))
    gender = row.get("g", "m")
    plain = not weak and not exact
    return Form(
        noun=words[0],
        others=tuple(words[1:]) if plain else (),
        weak=(*(words[1:] if weak else ()), *row.get("fr_weak", ())),
        exact=(*(words if exact else ()), *row.get("fr_exact", ())),
        number="p" if gender.endswith("p") else "s",
        gender=gender[0],
        adjective=row.get("f", ""),
        post=row.get("fr_post", ""),
        noun_phrase=row.get("np", True),
    )


def _build(key: str, kind: str, row: Mapping[str, Any], number: str) -> Concept:
    facts = {name: value for name, value in row.items() if name not in _FORM_KEYS}
    return Concept(id=key, kind=kind, forms={"en": _english(row, number), "fr": _french(row)}, facts=facts)


def _weakened(item: Concept, words: Mapping[str, tuple[str, ...]]) -> Concept:
    """The concept with those synonyms moved to the weak ones."""
    forms = {}
    for language, form in item.forms.items():
        weak = tuple(other for other in form.others if other in words[language])
        strong = tuple(other for other in form.others if other not in weak)
        forms[language] = replace(form, others=strong, weak=(*form.weak, *weak))
    return replace(item, forms=forms)


@cache
def _tables() -> tuple[dict[str, Concept], dict[str, dict[str, tuple[str, ...]]]]:
    """All concepts by id, and the textbook properties by material source."""
    found: dict[str, Concept] = {}
    textbook: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted(TERMS.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = data.get("kinds") or {data["kind"]: data}
        for kind, group in groups.items():
            number = group.get("en_number", data.get("en_number", "s"))
            for key, row in group["terms"].items():
                if key in found:
                    raise ValueError(f"{path.name}: two concepts are called {key}")
                weak = {language: tuple(data.get(f"weak_{language}", ())) for language in LANGUAGES}
                found[key] = _weakened(_build(key, kind, row, number), weak)
        for source, words in data.get("textbook", {}).items():
            textbook[source] = {language: tuple(words[language]) for language in LANGUAGES}
    return found, textbook


def concept(key: str) -> Concept:
    """The concept with this id.

    Raises:
        NotFound: no such concept.
    """
    try:
        return _tables()[0][key]
    except KeyError:
        raise NotFound(N_("The vocabulary has no word “{word}”. Add it in lib/vocabulary/terms."), word=key) from None


def concepts(kind: str | None = None) -> tuple[Concept, ...]:
    """All concepts, or those of one kind."""
    return tuple(c for c in _tables()[0].values() if kind is None or c.kind == kind)


def kinds() -> tuple[str, ...]:
    """The kinds in use: material, colour, product, neckline, ..."""
    return tuple(dict.fromkeys(c.kind for c in concepts()))


def textbook_properties(material: Concept, language: str) -> tuple[str, ...]:
    """Properties that a textbook gives to this material and that aren't facts about the product in hand.

    'Wool is warm' is true of wool; 'this jumper is warm' is a claim that the data has to hold.
    """
    return _tables()[1].get(material.source, {}).get(language, ())
