"""Facts prepared for comparison: concepts, figures and words, each with the path where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from lib.checks.facts import Fact, Facts, MaterialFact
from lib.checks.figures_in_text import figures
from lib.checks.kinship import broader
from lib.checks.lexicon import context_table, supportable
from lib.checks.reading import Reading
from lib.checks.words import Phrases, words
from lib.vocabulary import concept as concept_of
from lib.vocabulary import concepts, find, phrase, recognise

LANGUAGES = ("en", "fr")
# How an attribute's name limits what its value may mean: 'long' is a sleeve under 'sleeve'.
ATTRIBUTE_KINDS = {
    "neckline": ("neckline",), "collar": ("neckline",), "encolure": ("neckline",), "col": ("neckline",),
    "sleeve": ("sleeve",), "sleeves": ("sleeve",), "manches": ("sleeve",), "length": ("length",),
    "longueur": ("length",),
    "fit": ("fit",), "coupe": ("fit",), "silhouette": ("fit",), "closure": ("closure",), "fermeture": ("closure",),
    "pocket": ("pocket",), "pockets": ("pocket",), "poches": ("pocket",), "pattern": ("pattern",),
    "motif": ("pattern",),
    "rise": ("rise",), "taille": ("rise",), "leg": ("leg",), "jambe": ("leg",), "hem": ("hem",), "back": ("back",),
    "dos": ("back",),
    "heel": ("heel",), "talon": ("heel",), "toe": ("toe",), "bout": ("toe",), "sole": ("sole",), "semelle": ("sole",),
}  # fmt: skip


@dataclass(frozen=True)
class Supplied:
    """A concept that the product has: by which path, in which kind, from which text, and from which of its fields."""

    concept: str
    kind: str
    path: str
    text: str
    area: str  # material, lining, origin, care, colour, attribute, detail, free, name


@dataclass(frozen=True)
class Evidence:
    """What ``facts`` can support. Build it with ``evidence_of``."""

    facts: Facts
    supplied: tuple[Supplied, ...] = ()
    materials: tuple[tuple[frozenset[str], MaterialFact], ...] = ()
    lining: tuple[tuple[frozenset[str], MaterialFact], ...] = ()
    terms: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def by_concept(self) -> dict[str, tuple[Supplied, ...]]:
        """Every concept the product has, broader ones included."""
        table: dict[str, list[Supplied]] = {}
        for item in self.supplied:
            for concept in broader(item.concept):
                table.setdefault(concept, []).append(item)
        return {concept: tuple(items) for concept, items in table.items()}

    @cached_property
    def stated(self) -> tuple[tuple[str, str], ...]:
        """(text, path) of every fact, as it is given and as the vocabulary translates it, the most telling first."""
        kinds = {fact.path: name for name, fact in self.facts.attributes}
        return tuple((t, fact.path) for fact in self.facts.texts() for t in variants(fact.text, kinds.get(fact.path)))

    @cached_property
    def quotes(self) -> Phrases[str]:
        """Facts of at least two words, to their paths: a text that repeats one says nothing new."""
        return Phrases(((text, path) for text, path in self.stated if len(words(text)) > 1), across=2)

    @cached_property
    def numbers(self) -> tuple[tuple[float, str, str], ...]:
        """(value, unit, path) of every figure in the product."""
        own = [(item.value, item.unit, item.path) for item in self.facts.numbers]
        shares = [
            (100 * m.share, "%", m.path) for m in (*self.facts.materials, *self.facts.lining) if m.share is not None
        ]
        told = [(f.value, f.unit, fact.path) for fact in self.facts.texts() for f in figures(fact.text)]
        return (*own, *shares, *told)

    @cached_property
    def literal(self) -> tuple[tuple[str, str], ...]:
        """(folded words between spaces, path) of every fact, to look a phrase up as it stands."""
        return tuple((_plain(text), path) for text, path in self.stated)

    @cached_property
    def composition_known(self) -> bool:
        """Whether the materials are given with shares that come to the whole."""
        shares = [item.share for item in self.facts.materials]
        return bool(shares) and (None not in shares) and sum(share or 0 for share in shares) > 0.98

    def states(self, phrase: str) -> str:
        """The path of a fact that holds ``phrase`` word by word, or ''."""
        wanted = _plain(phrase)
        return next((path for text, path in self.literal if wanted in text), "")

    def sources(self, concept: str, *areas: str) -> tuple[Supplied, ...]:
        """Where the product has ``concept`` or a narrower one, in the given areas (all when none is named)."""
        found = self.by_concept.get(concept, ())
        return tuple(item for item in found if item.area in areas) if areas else found

    def of_kind(self, kind: str) -> tuple[Supplied, ...]:
        return tuple(item for item in self.supplied if item.kind == kind)


def _plain(text: str) -> str:
    return " " + " ".join(word.text for word in words(text)) + " "


@lru_cache(maxsize=2_000)
def evidence_of(facts: Facts) -> Evidence:
    """The evidence in ``facts``; made once for the same facts."""
    supplied = tuple(_supplied(facts))
    return Evidence(
        facts,
        supplied,
        tuple((_material(item.name, facts.language), item) for item in facts.materials),
        tuple((_material(item.name, facts.language), item) for item in facts.lining),
        _terms(facts),
    )


@lru_cache(maxsize=10_000)
def variants(text: str, attribute: str | None = None) -> tuple[str, ...]:
    """``text`` and, where the vocabulary holds it as a whole, its French and its English, read as that attribute."""
    found = [phrase(text, language, attribute) for language in LANGUAGES]
    return tuple(dict.fromkeys([text, *(item for item in found if item)]))


def _material(name: str, language: str) -> frozenset[str]:
    """The concepts of a material's name, broader ones included; both languages are tried."""
    own = recognise(name, ("material",), language)
    if own and "leather" in broader(own.id):  # 'goat suede' is goatskin, and suede
        parts = (recognise(word, ("material",), language) for word in name.split() if len(word) > 3)
        hides = [part.id for part in parts if part and "leather" in broader(part.id)]
        return frozenset(wide for hide in (own.id, *hides) for wide in broader(hide))
    if own:
        return broader(own.id)
    found = _mentions(name, language)
    return frozenset(wide for mention in found if mention[1] == "material" for wide in broader(mention[0]))


def _mentions(text: str, language: str, attribute: str | None = None) -> list[tuple[str, str]]:
    """(concept, kind) in ``text`` and its translations: in its language, and in the other where that gives none."""
    first, second = (language, "en" if language == "fr" else "fr") if language in LANGUAGES else LANGUAGES
    found = [(m.concept, m.kind) for m in find(text, first)] or [(m.concept, m.kind) for m in find(text, second)]
    for translated in variants(text, attribute)[1:]:
        found += [(m.concept, m.kind) for tongue in LANGUAGES for m in find(translated, tongue)]
    told = words(text)
    found += [(match.value, "fit") for tongue in LANGUAGES for match in fit_words(tongue).find(told)]
    return list(dict.fromkeys(found))


def _supplied(facts: Facts) -> Iterable[Supplied]:
    for name, fact in facts.attributes:
        yield from _attribute(name, fact, facts.language)
    for area, items in _areas(facts):
        for fact in items:
            for concept, kind in _told(area, fact.text, facts.language):
                yield Supplied(concept, kind, fact.path, fact.text, area)


def _areas(facts: Facts) -> Iterable[tuple[str, Iterable[Fact]]]:
    yield "detail", facts.details
    yield "care", facts.care
    yield "colour", facts.colours
    yield "origin", (facts.origin,) if facts.origin else ()
    yield "material", [Fact(item.name, item.path) for item in facts.materials]
    yield "lining", [Fact(item.name, item.path) for item in facts.lining]
    yield "lining", [Fact(f"{wide} lining", item.path) for item in facts.lining for wide in _lining_names(item, facts)]
    if facts.lining:
        yield "lining", [Fact("lined", facts.lining[0].path), Fact("doublé", facts.lining[0].path)]
    yield "free", facts.free
    yield "name", (Fact(facts.name, facts.name_path),)


def _lining_names(item: MaterialFact, facts: Facts) -> list[str]:
    """English names of what the lining is made of: 'goatskin' makes a leather lining."""
    return [concept_of(wide).en.noun for wide in sorted(_material(item.name, facts.language))]


@lru_cache(maxsize=2)
def fit_words(language: str) -> Phrases[str]:
    """Fit words that the vocabulary leaves out of running text ('slim', 'ample'), to their concepts."""
    forms = [(surface, item.id) for item in concepts("fit") for surface in item.forms[language].all]
    listed = context_table("fit_words", language).items()
    return Phrases([*forms, *((word, name) for name, surfaces in listed for word in surfaces)])


def _told(area: str, text: str, language: str) -> list[tuple[str, str]]:
    """Concepts in a fact; a colour, an origin or a material that is a value by itself is read as one."""
    kinds = {"colour": ("colour",), "origin": ("country",), "care": ("care",), "material": ("material",)}.get(area)
    own = recognise(text, kinds, language) if kinds else None
    found = _mentions(text, language)
    return [(own.id, own.kind), *found] if own and (own.id, own.kind) not in found else found


def _attribute(name: str, fact: Fact, language: str) -> Iterable[Supplied]:
    kinds = ATTRIBUTE_KINDS.get(name.lower().strip())
    parts = [fact.text, *(part for part in re.split(r"[,;/]| and | et ", fact.text) if part.strip() != fact.text)]
    own = [recognise(part.strip(), kinds, language) for part in parts if part.strip()] if kinds else []
    found = [(item.id, item.kind) for item in own if item]
    found += _mentions(fact.text, language, name) + _mentions(f"{fact.text} {name}", language)
    for concept, kind in dict.fromkeys(found):
        yield Supplied(concept, kind, fact.path, fact.text, "attribute")


@lru_cache(maxsize=2)
def term_phrases(language: str) -> Phrases[tuple[str, str]]:
    """Phrases of the tables that the product's data can support, to (kind, concept)."""
    return Phrases(supportable(language))


def _terms(facts: Facts) -> dict[tuple[str, str], str]:
    """(kind, concept) that a fact states, to its path. A denied one ('not waterproof') is none."""
    found: dict[tuple[str, str], str] = {}
    for fact in facts.texts():
        for text in variants(fact.text):
            _add_terms(found, text, fact.path)
    return found


def _add_terms(found: dict[tuple[str, str], str], text: str, path: str) -> None:
    for language in LANGUAGES:
        reading = Reading(text, language)
        for match in term_phrases(language).find(reading.words):
            if not reading.denied(match.first, match.last):
                found.setdefault(match.value, path)
