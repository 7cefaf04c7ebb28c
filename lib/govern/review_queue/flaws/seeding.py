"""Known errors put into texts: one typed function a kind. Each gives the text with its flaw, or None where it has no
place for one; what they draw depends on the generator that they are given, and on nothing else."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lib.govern.review_queue.flaws.model import Flaw, Seeded, Specimen

Seeder = Callable[[Specimen, random.Random], Seeded | None]
WORDS = Path(__file__).with_name("words.toml")
PLAIN = ("body", "opener", "fit_and_care")  # where a sentence can be added
PRICE_OFF = (0.7, 0.8, 0.9, 1.1, 1.2, 1.3)


@cache
def words(language: str) -> dict[str, Any]:
    """The words of a language, 'en' or 'fr'."""
    found: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))[language]
    return found


def _replaced(specimen: Specimen, kind: str, path: str, span: tuple[int, int], said: str, true: str = "") -> Seeded:
    """The text with ``said`` in place of a span."""
    text = specimen.fields[path]
    start, end = span
    made = {**specimen.fields, path: text[:start] + said + text[end:]}
    return Seeded(made, Flaw(kind, path, start, start + len(said), said, true or text[start:end]))


def _added(specimen: Specimen, kind: str, sentence: str, true: str, chance: random.Random) -> Seeded | None:
    """The text with a sentence more, at the end of one of its longer fields or between two of its sentences."""
    paths = [path for path in PLAIN if specimen.fields.get(path, "").strip()]
    if not paths:
        return None
    path = chance.choice(paths)
    text = specimen.fields[path].rstrip()
    breaks = [found.end() for found in re.finditer(r"[.!?](?:\s)", text)] + [len(text)]
    at = chance.choice(breaks)
    before, after = text[:at].rstrip(), text[at:].lstrip()
    start = len(before) + 1
    made = f"{before} {sentence}" + (f" {after}" if after else "")
    return Seeded({**specimen.fields, path: made}, Flaw(kind, path, start, start + len(sentence), sentence, true))


def _places(specimen: Specimen, pattern: str) -> Iterator[tuple[str, re.Match[str]]]:
    for path, text in specimen.fields.items():
        yield from ((path, found) for found in re.finditer(pattern, text))


def wrong_material(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """One material of the product named as another one that it doesn't have."""
    swaps: Mapping[str, str] = words(specimen.language)["materials"]
    told = str([specimen.product.get(name) for name in ("materials", "lining", "name", "attributes")]).casefold()
    known = set(re.findall(r"\w+", told))
    fit = {one: other for one, other in swaps.items() if one in known and not known.intersection(other.split())}
    found = [
        (path, match, other)
        for one, other in fit.items()
        for path, match in _places(specimen, rf"(?i)\b{re.escape(one)}\b")
        if path != "title"
    ]
    if not found:
        return None
    path, match, other = chance.choice(found)
    said = other.capitalize() if match.group()[0].isupper() else other
    return _replaced(specimen, "wrong_material", path, match.span(), said)


def wrong_measurement(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """A share, a temperature, a length or the last size changed to one that is plausible and wrong."""
    found: list[tuple[str, tuple[int, int], str]] = []
    for path, match in _places(specimen, r"\b\d{1,3}(?=\s?(?:%|cm\b|mm\b|°C))"):
        value = int(match.group())
        unit = specimen.fields[path][match.end() : match.end() + 3]
        other = {"°": 60 if value != 60 else 30}.get(unit.strip()[:1], value - 15 if value > 40 else value + 5)
        found.append((path, match.span(), str(other)))
    for path, match in _places(specimen, words(specimen.language)["sizes"]):
        found.append((path, match.span("number"), str(int(match.group("number")) + chance.choice((4, 6)))))
    if not found:
        return None
    path, span, said = chance.choice(found)
    return _replaced(specimen, "wrong_measurement", path, span, said)


def wrong_origin(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """Another country of making: in the text's own place, or as a sentence where the text doesn't tell it."""
    true = str(specimen.product.get("origin") or "").strip()
    origins: Mapping[str, str] = words(specimen.language)["origins"]
    other = origins.get(true)
    if other is None:
        return None
    places = list(_places(specimen, rf"\b{re.escape(true)}\b"))
    if places:
        path, match = chance.choice(places)
        return _replaced(specimen, "wrong_origin", path, match.span(), other, true)
    return _added(specimen, "wrong_origin", words(specimen.language)["origin"].format(origin=other), true, chance)


def wrong_price(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """A price that isn't the product's."""
    price = specimen.product.get("price")
    if not price or specimen.product.get("currency", "EUR") != "EUR":
        return None
    off = round(float(price) * chance.choice(PRICE_OFF) / 10) * 10
    if off == round(float(price)) or off <= 0:
        return None
    return _added(specimen, "wrong_price", price_said(specimen.language, off), f"{price:g} €", chance)


def price_said(language: str, price: float) -> str:
    """The sentence that tells a price."""
    return str(words(language)["price"]).format(price=f"{price:g}")


def right_price(specimen: Specimen, chance: random.Random) -> Specimen:
    """No flaw: the product's true price told in the same words, so that such a sentence gives nothing away."""
    price = specimen.product.get("price")
    if not price or specimen.product.get("currency", "EUR") != "EUR":
        return specimen
    made = _added(specimen, "", price_said(specimen.language, float(price)), "", chance)
    return specimen if made is None else _with(specimen, made.fields)


def _with(specimen: Specimen, fields: Mapping[str, str]) -> Specimen:
    return Specimen(specimen.label, specimen.language, fields, specimen.product, specimen.forbidden)


def _sentence(kind: str, name: str) -> Seeder:
    def seed(specimen: Specimen, chance: random.Random) -> Seeded | None:
        return _added(specimen, kind, chance.choice(words(specimen.language)[name]), "", chance)

    seed.__doc__ = f"A sentence from the list of {name}."
    return seed


invented_claim = _sentence("invented_claim", "claims")
tone_slip = _sentence("tone_slip", "tone")
other_language = _sentence("other_language", "other_language")


def agreement(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """A word that no longer agrees: gender in French, number in English."""
    found = []
    for pattern, swaps in words(specimen.language)["agreement"]:
        forms = dict(swap.split(">") for swap in swaps.split(";"))
        found += [
            (path, match.span(1), forms[match.group(1)])
            for path, match in _places(specimen, pattern)
            if match.group(1) in forms
        ]
    if not found:
        return None
    path, span, said = chance.choice(found)
    return _replaced(specimen, "agreement", path, span, said)


def forbidden_word(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """A word that the house's voice rules out; a house of two languages lists both, so one that looks like the text's
    own language where there is one."""
    if not specimen.forbidden:
        return None
    own = [word for word in specimen.forbidden if not re.search(words(specimen.language)["foreign"], word)]
    word = chance.choice(own or specimen.forbidden)
    return _added(
        specimen, "forbidden_word", words(specimen.language)["forbidden"].format(word=word), word, chance
    )  # fmt: skip


def missing_care(specimen: Specimen, chance: random.Random) -> Seeded | None:
    """The care instructions left out of the field that has them; the whole field is then the flaw's place."""
    text = specimen.fields.get("fit_and_care", "")
    match = re.search(words(specimen.language)["care"], text)
    if not specimen.product.get("care") or match is None:
        return None
    left = (text[: match.start()].rstrip() + " " + text[match.end() :].lstrip()).strip()
    if not left:
        return None
    flaw = Flaw("missing_care", "fit_and_care", 0, len(left), "", match.group())
    return Seeded({**specimen.fields, "fit_and_care": left}, flaw)


SEEDERS: dict[str, Seeder] = {
    "wrong_material": wrong_material,
    "wrong_measurement": wrong_measurement,
    "wrong_origin": wrong_origin,
    "wrong_price": wrong_price,
    "invented_claim": invented_claim,
    "tone_slip": tone_slip,
    "other_language": other_language,
    "agreement": agreement,
    "forbidden_word": forbidden_word,
    "missing_care": missing_care,
}


def flawed(
    specimen: Specimen, kinds: tuple[str, ...], chance: random.Random
) -> tuple[Mapping[str, str], tuple[Flaw, ...]]:
    """The text with a flaw of each of these kinds that finds a place in it, each in a field of its own."""
    found: list[Flaw] = []
    for kind in kinds:
        made = SEEDERS[kind](specimen, chance)
        if made is None or any(made.flaw.path == other.path for other in found):
            continue
        specimen = _with(specimen, made.fields)
        found.append(made.flaw)
    return specimen.fields, tuple(found)
