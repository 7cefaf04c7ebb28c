"""Numbers written in words, English and French: 'eight hundred and ninety', 'quarante-deux', 'two thirds'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lib.checks.words import Word, words

SMALL = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30,
    "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "nonante": 90,
}  # fmt: skip
ONES = {"one": 1, "un": 1, "une": 1}
BIG = {
    "hundred": 100, "cent": 100, "cents": 100, "thousand": 1_000, "mille": 1_000, "million": 1_000_000,
    "millions": 1_000_000, "billion": 1_000_000_000, "milliard": 1_000_000_000, "milliards": 1_000_000_000,
}  # fmt: skip
ABOUT = {
    "dozen": 12, "dozens": 12, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "centaine": 100, "millier": 1_000,
}  # fmt: skip
PARTS = {
    "third": 3, "thirds": 3, "fourth": 4, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "eighth": 8,
    "tenth": 10, "tenths": 10, "tiers": 3, "quart": 4, "quarts": 4, "cinquieme": 5, "cinquiemes": 5, "sixieme": 6,
    "huitieme": 8, "dixieme": 10, "dixiemes": 10,
}  # fmt: skip
LINKS = {"and", "et", "a", "un", "une"}


@dataclass(frozen=True)
class Spelled:
    """A number in words: characters in the text, its value; ``part`` where it is a fraction of a whole."""

    start: int
    end: int
    value: float
    part: bool = False


def spelled(text: str) -> Iterator[Spelled]:
    """The numbers written in words; 'one', 'un' and 'une' count only inside a longer one, and no ordinal does."""
    there = words(text)
    place = 0
    while place < len(there):
        past, value, count = _run(there, place)
        if past == place:
            place += 1
            continue
        start, end = there[place].start, there[past - 1].end
        if past < len(there) and there[past].text in PARTS and not there[past].gap:
            yield Spelled(start, there[past].end, value / PARTS[there[past].text], part=True)
            past += 1
        elif count > 1 or there[place].text not in ONES:
            yield Spelled(start, end, value)
        place = past


def _run(there: tuple[Word, ...], place: int) -> tuple[int, float, int]:
    """Index past the number that begins at ``place``, its value, and how many words of number it has."""
    total, current, count, at = 0.0, 0.0, 0, place
    while at < len(there) and (at == place or not there[at].gap):
        word = there[at].text
        if word in ABOUT:
            current, count = (current or 1) * ABOUT[word], count + 2
        elif word in SMALL or (word in ONES and (at == place or count)):
            current, count = _joined(current, SMALL.get(word, 1)), count + 1
        elif word in BIG and (count or word not in {"million", "millions"}):
            current, count = (current or 1) * BIG[word], count + 1
            if BIG[word] >= 1_000:
                total, current = total + current, 0.0
        elif not (word in LINKS and count and at + 1 < len(there) and there[at + 1].text in (SMALL | ONES)):
            break
        at += 1
        if word in ABOUT:
            break
    return (at, total + current, count) if count else (place, 0.0, 0)


def _joined(current: float, value: int) -> float:
    """'quatre' and 'vingt' are eighty; 'vingt' and 'quatre' twenty-four."""
    return 80.0 if current == 4 and value == 20 else current + value
