"""An attribute's values in any spelling and either language become one; and are said in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lib.errors import NotFound
from lib.i18n import N_, _, current_language, translate
from lib.merchandising.product_ideation.columns import ATTRIBUTE_COLUMNS
from lib.vocabulary import Concept, concept, recognise, say
from lib.vocabulary.matching import bare
from lib.vocabulary.speech import capital

KINDS: dict[str, tuple[str, ...]] = {
    "category": ("product",),
    "cut": ("fit", "leg"),
    "length": ("length",),
    "neckline": ("neckline",),
    "sleeve": ("sleeve",),
    "closure": ("closure",),
    "fabric": ("material",),
    "colour": ("colour",),
    "pattern": ("pattern",),
}
_BLANK = re.compile(r"(?i)^(n/?a|none|aucune?|-+|–|\?+|tbc|sans objet|nan|null)?$")
TITLES = {"category": N_("Category"), **{column.name: column.title for column in ATTRIBUTE_COLUMNS}}


@lru_cache(maxsize=20_000)
def level(attribute: str, text: str) -> str:
    """The value that a cell names: a concept's id, or its own words in small letters; '' for an empty one."""
    text = " ".join(text.split())
    if _BLANK.match(text):
        return ""
    found = recognise(text, KINDS.get(attribute))
    return found.id if found else bare(text)


def value_name(attribute: str, value: str, language: str | None = None) -> str:
    """A value in the reader's words: 'col en V'; a house's own word stays as it is."""
    known = _concept(value, KINDS.get(attribute, ()))
    return say(known, language or current_language()) if known else value


@lru_cache(maxsize=4_000)
def _concept(value: str, kinds: tuple[str, ...]) -> Concept | None:
    try:
        found = concept(value)
    except NotFound:
        return None
    return found if found.kind in kinds else None


def attribute_name(attribute: str) -> str:
    """An attribute's name in the reader's language."""
    return translate(TITLES[attribute]) if attribute in TITLES else attribute


def season_name(season: str) -> str:
    """'2026-1' as SS26 or PE26."""
    year, half = season[2:4], season[5:]
    return _("SS{year}", year=year) if half == "1" else _("AW{year}", year=year)


TOLD = ("category", "fabric", "colour", "cut", "neckline", "pattern", "length", "sleeve", "closure")


def genome_name(genome: dict[str, str], most: int = 4) -> str:
    """An idea in a few words: 'Dress, linen, sage, A-line cut'."""
    return _named(genome, _told(genome)[:most])


def titles(genomes: Sequence[dict[str, str]], most: int = 4) -> list[str]:
    """Ideas in a few words, those that would be called the same with what tells them apart."""
    found = [genome_name(genome, most) for genome in genomes]
    for same in {title: [at for at, one in enumerate(found) if one == title] for title in found}.values():
        if len(same) > 1:
            apart = [name for name in TOLD if len({genomes[at].get(name, "") for at in same}) > 1]
            for at in same:
                names = {*_told(genomes[at])[:most], *(name for name in apart if genomes[at].get(name))}
                found[at] = _named(genomes[at], [name for name in TOLD if name in names])
    return found


def _told(genome: dict[str, str]) -> list[str]:
    return [name for name in TOLD if genome.get(name) and genome[name] != "plain"]


def _named(genome: dict[str, str], names: Sequence[str]) -> str:
    return capital(", ".join(value_name(name, genome[name]) for name in names))
