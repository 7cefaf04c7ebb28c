"""Figures in the text that the product doesn't give: shares, prices, measures, years, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lib.checks.claim_model import OTHER_VALUE, Claim, Kind, supported, unsupported
from lib.checks.evidence import Evidence
from lib.checks.figures_in_text import Figure
from lib.checks.lexicon import context, phrases
from lib.checks.reading import Reading
from lib.checks.words import Phrases
from lib.i18n import N_

NO_FIGURE = N_("“{claim}” isn't a figure of this product. Take it out, or add it to the product's data.")
NO_PRICE = N_("“{claim}” isn't this product's price. Take it out: prices change.")
NO_YEAR = N_("“{claim}” gives a year that the product's data don't hold. Take it out, or add it to the product.")

CURRENCIES = frozenset({"EUR", "GBP", "USD", "CHF"})
DISCOUNT = re.compile(r"(?:[-−–]\s?$)|\b(?:save|off|reduc\w*|remise|discount|jusqu)\b", re.I)
NUMBER_WORDS: dict[str, dict[str, int]] = {
    "en": {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    },
    "fr": {
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
        "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "cent": 100,
    },
}  # fmt: skip


@cache
def _counted_nouns() -> Phrases[str]:
    return Phrases((noun, noun) for noun in phrases("counted"))


def figure_claims(reading: Reading, evidence: Evidence, found: list[Figure], taken: list[Claim]) -> Iterator[Claim]:
    """A claim for each figure that no other claim covers, and for each counted noun ('two pockets')."""
    for figure in found:
        inside = any(claim.start <= figure.start and figure.end <= claim.end for claim in taken)
        first, last = reading.span(figure.start, figure.end)
        if (
            not inside
            and not all(p in reading.named for p in range(first, last))
            and not _is_ratio(reading.text, figure)
        ):
            yield _judge(reading, figure, evidence)
    yield from _counts(reading, evidence)


def _is_ratio(text: str, figure: Figure) -> bool:
    """'3/4' of a sleeve is a word."""
    return text[figure.end : figure.end + 1] == "/" or text[max(0, figure.start - 1) : figure.start] == "/"


def _judge(reading: Reading, figure: Figure, evidence: Evidence) -> Claim:
    start, end, text = figure.start, figure.end, reading.text
    if figure.unit == "%" and DISCOUNT.search(text[max(0, start - 12) : start] + "|" + text[end : end + 8]):
        return unsupported(text, start, end, Kind.PRICE, NO_PRICE)
    path = _path(figure, evidence)
    kind = Kind.PRICE if figure.unit in CURRENCIES else Kind.NUMBER
    if path:
        return supported(text, start, end, kind, path)
    if kind is Kind.PRICE:
        return _wrong_price(text, figure, evidence)
    first, _last = reading.span(start, end)
    if not figure.unit and 1500 <= figure.value <= 2100 and set(reading.before(first, 2)) & context("since"):
        at = reading.words[first - 1].start
        return unsupported(text, at, end, Kind.HERITAGE, NO_YEAR)
    return unsupported(text, start, end, kind, NO_FIGURE)


def _wrong_price(text: str, figure: Figure, evidence: Evidence) -> Claim:
    own = next((n for n in evidence.facts.numbers if n.unit in CURRENCIES), None)
    if own is None:
        return unsupported(text, figure.start, figure.end, Kind.PRICE, NO_PRICE)
    value = f"{own.value:g} {own.unit}"
    return unsupported(text, figure.start, figure.end, Kind.PRICE, OTHER_VALUE, evidence=own.path, value=value)


def _path(figure: Figure, evidence: Evidence) -> str:
    """The fact with this figure: the same unit, or none on one side (a size, a bare count)."""
    same = [item for item in evidence.numbers if abs(item[0] - figure.value) < 0.005 * max(1.0, abs(figure.value))]
    exact = next((path for _value, unit, path in same if unit == figure.unit), "")
    if exact or figure.unit in ("%", "°") or figure.unit in CURRENCIES:
        return exact
    loose = ("", "size") if not figure.unit else ("",)
    return next((path for _value, unit, path in same if unit in loose or not figure.unit), "")


def _counts(reading: Reading, evidence: Evidence) -> Iterator[Claim]:
    """'two pockets', 'trois boutons': supported where a fact gives that count beside that noun."""
    numbers = NUMBER_WORDS[reading.language]
    for place, word in enumerate(reading.words):
        if word.text not in numbers or reading.skipped(place, place + 1):
            continue
        noun = next(iter(_counted_nouns().find(reading.words[place + 1 : place + 4])), None)
        if noun is None:
            continue
        last = reading.words[place + noun.last]
        path = _counted(numbers[word.text], evidence)
        span = (word.start, last.end)
        yield (
            supported(reading.text, *span, Kind.NUMBER, path)
            if path
            else unsupported(reading.text, *span, Kind.NUMBER, NO_FIGURE)
        )


def _counted(value: int, evidence: Evidence) -> str:
    spelled = {word for table in NUMBER_WORDS.values() for word, number in table.items() if number == value}
    stated = next((path for text, path in evidence.literal for word in spelled if f" {word} " in text), "")
    return stated or next(
        (path for number, unit, path in evidence.numbers if number == value and unit in ("", "years", "ply")), ""
    )
