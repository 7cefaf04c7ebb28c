"""Origin claims: where the piece is made, and where its fabric comes from, are two different things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lib.checks.claim_model import NOT_LISTED, Claim, Kind, supported, unsupported
from lib.checks.evidence import Evidence, Supplied
from lib.checks.lexicon import context, phrases, places
from lib.checks.reading import Reading
from lib.checks.words import Phrases, words
from lib.i18n import N_
from lib.vocabulary import Mention

Sense = Literal["made", "fabric", "design", "style", "other"]

OTHER_ORIGIN = N_("The product's data say “{value}”, not “{claim}”. Correct the origin.")
FABRIC_ORIGIN = N_(
    "“{claim}” tells where the fabric comes from; the data hold only where the piece is made. Take it out, or add it."
)

# Names of cuts and stitches that hold a nationality and claim no origin.
# Nationality of an idea, not of a product: 'Parisian elegance', 'élégance française'.
_REGIONS = Phrases((name, (words(name)[0].text, country)) for name, country in places().items())
_STYLE = Phrases((phrase, None) for phrase in phrases("style"))


def origin_claims(reading: Reading, evidence: Evidence, mentions: list[Mention]) -> Iterator[Claim]:
    """A claim for each country, region or town that the text gives to the product."""
    styled = {p for match in _STYLE.find(reading.words) for p in range(match.first, match.last)}
    for first, last, country, place in _places(reading, mentions):
        if reading.skipped(first, last) or styled & set(range(first, last)) or reading.denied(first, last):
            continue
        sense, start, end = _sense(reading, first, last)
        if sense != "style":
            yield _judge(reading.text, (start, end), sense, country, place, evidence)


def _places(reading: Reading, mentions: list[Mention]) -> list[tuple[int, int, str, str]]:
    """(first word, past the last, country or 'europe', town or '')."""
    found = {reading.span(m.start, m.end): (m.concept, "") for m in mentions if m.kind == "country"}
    for match in _REGIONS.find(reading.words):
        place = (match.first, match.last)
        capital = reading.text[reading.words[match.first].start].isupper() or reading.language == "fr"
        if place not in found and (capital or match.value[1] == "europe") and _is_place(reading, match.first):
            found[place] = (match.value[1], match.value[0])
    return sorted((first, last, *value) for (first, last), value in found.items())


def _is_place(reading: Reading, first: int) -> bool:
    """'marche', 'grasse', 'rome' in lower case are French words; 'EU 38' is a size."""
    word = reading.words[first]
    proper = reading.text[word.start].isupper()
    adjective = word.text.endswith(("ien", "ienne", "ens", "een", "eenne", "eens", "eennes", "ain", "ais"))
    sized = reading.word(first + 1).isdigit() and word.text in ("eu", "ue")
    return (proper or adjective) and not sized


def _sense(reading: Reading, first: int, last: int) -> tuple[Sense, int, int]:
    """What the place is said of, and the characters of the whole claim."""
    start, end = reading.words[first].start, reading.words[last - 1].end
    before = reading.before(first, 5)
    after = reading.after(last, 2)
    joined = reading.text[end : end + 1] == "-" and after
    if joined and after[0] in ("made", "crafted", "sewn", "knitted"):
        return "made", start, reading.words[last].end
    if joined and after[0] in ("woven", "spun", "tanned"):
        return "fabric", start, reading.words[last].end
    if any(word in context("air") for word in after) or (before and before[0] in context("air")):
        return "style", start, end
    stuff = [place for place in (last, last + 1) if _names_fabric(reading, place)]
    if after and stuff and reading.same_clause(stuff[0], first) and not reading.comma_between(last - 1, stuff[0]):
        return "fabric", start, reading.words[stuff[0]].end
    return _sense_before(reading, first, before, end)


def _sense_before(reading: Reading, first: int, before: list[str], end: int) -> tuple[Sense, int, int]:
    """The sense given by the words before the place, nearest first: 'made in', 'woven in', 'designed in'."""
    for distance, word in enumerate(before):
        place = first - 1 - distance
        if reading.comma_between(place, first):
            break
        at = reading.words[place].start
        if word in context("designed"):
            return "design", at, end
        fabric = _names_fabric(reading, place) and (distance <= 2 or not _material_at(reading, place))
        if word in context("woven", reading.language) or fabric:
            return "fabric", at, end
        if word in context("made", reading.language):
            return "made", at, end
    return "other", reading.words[first].start, end


def _names_fabric(reading: Reading, place: int) -> bool:
    return reading.word(place) in context("fabric_nouns", reading.language) or _material_at(reading, place)


def _material_at(reading: Reading, place: int) -> bool:
    return place in reading.material_places


def _judge(text: str, span: tuple[int, int], sense: Sense, country: str, town: str, evidence: Evidence) -> Claim:
    start, end = span
    stated = [item for item in evidence.of_kind("country") if item.area != "origin" and _covers(item, country)]
    if town and country != "europe":
        path = evidence.states(town)
        return (
            supported(text, start, end, Kind.ORIGIN, path) if path else _missing(text, span, sense, country, evidence)
        )
    if sense in ("fabric", "design"):
        fitting = [item for item in stated if sense == "design" or item.area != "name"]
        return (
            supported(text, start, end, Kind.ORIGIN, fitting[0].path)
            if fitting
            else _missing(text, span, sense, country, evidence)
        )
    made = [item for item in evidence.of_kind("country") if item.area == "origin" and _covers(item, country)]
    source = made or stated
    if source:
        return supported(text, start, end, Kind.ORIGIN, source[0].path)
    return _missing(text, span, sense, country, evidence)


def _covers(item: Supplied, country: str) -> bool:
    return (
        item.concept == country
        or (country == "europe" and item.concept in context("eu"))
        or (country == "uk" and item.concept == "scotland")
    )


def _missing(text: str, span: tuple[int, int], sense: Sense, country: str, evidence: Evidence) -> Claim:
    origin = evidence.facts.origin
    if sense in ("made", "other") and origin:
        return unsupported(text, *span, Kind.ORIGIN, OTHER_ORIGIN, evidence=origin.path, value=origin.text)
    return unsupported(text, *span, Kind.ORIGIN, FABRIC_ORIGIN if sense == "fabric" and origin else NOT_LISTED)
