"""Numbers in an output that are in none of its inputs and follow from none.

A number is supported when an input holds it, in figures or words, in another unit of the same kind (cm and inches, g
and kg, weeks and months), rounded as it is written, or abbreviated (48.2k); when it is the share, the rest, the sum,
the difference or the price after a discount of inputs; or when it belongs to a set phrase ('24/7', 'one of').
Where the noun beside it names an input ('three pockets' and ``pockets: 2``) only that input's value will do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from lib.checks.figures_in_text import parse
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.number_words import spelled
from lib.checks.texts import texts_of
from lib.checks.words import fold
from lib.i18n import N_

UNSUPPORTED = N_("“{number}” stands in none of the inputs and follows from none. Correct it, or take it out.")
LIMITS = N_(
    "Compares values, not meaning: a number that is right but says the wrong thing passes, and so does one that "
    "follows "
    "from two inputs by chance. Ordinals in words, ‘one’ and set phrases are not looked at."
)
SPACE = "[ \u00a0\u202f]?"
NUMBER = re.compile(
    rf"(?<![\w.,])[€£$]?{SPACE}(?P<n>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)*)"
    rf"(?:{SPACE}(?P<scale>(?-i:[kKM])|Mds?|millions?|milliards?|billions?|thousand|mille)\b)?"
    rf"(?:(?:{SPACE}|-)(?P<unit>%|per cent|percent|pour cent|mm|cm|km|m²|m2|m|inch(?:es)?|in(?=[).,;]|$)|\"|″|"
    rf"pouces?|kg|g|grams?|"
    r"grammes?|oz|ounces?|ml|cl|l|°c?|weeks?|semaines?|months?|mois|days?|jours?|hours?|heures?|h|minutes?|min|"
    r"years?|ans?|"
    r"années?|€|£|\$|euros?|eur)(?![\w²]))?(?P<tail>st|nd|rd|th|e|è?me|er)?",
    re.I,
)
SCALES = {"k": 1e3, "thousand": 1e3, "mille": 1e3, "m": 1e6, "million": 1e6, "md": 1e9, "milliard": 1e9, "billion": 1e9}
# Kind of quantity and how many of its base unit one is.
UNITS: dict[str, tuple[str, float]] = {
    "mm": ("length", 1), "cm": ("length", 10), "m": ("length", 1_000), "km": ("length", 1e6), "inch": ("length", 25.4),
    "inches": ("length", 25.4), "in": ("length", 25.4), '"': ("length", 25.4), "″": ("length", 25.4),
    "pouce": ("length", 25.4), "pouces": ("length", 25.4), "g": ("weight", 1), "gram": ("weight", 1),
    "grams": ("weight", 1), "gramme": ("weight", 1), "grammes": ("weight", 1), "kg": ("weight", 1_000),
    "oz": ("weight", 28.3495), "ounce": ("weight", 28.3495), "ounces": ("weight", 28.3495), "ml": ("volume", 1),
    "cl": ("volume", 10), "l": ("volume", 1_000), "minute": ("time", 1), "minutes": ("time", 1), "min": ("time", 1),
    "h": ("time", 60), "hour": ("time", 60), "hours": ("time", 60), "heure": ("time", 60), "heures": ("time", 60),
    "day": ("time", 1_440), "days": ("time", 1_440), "jour": ("time", 1_440), "jours": ("time", 1_440),
    "week": ("time", 10_080), "weeks": ("time", 10_080), "semaine": ("time", 10_080), "semaines": ("time", 10_080),
    "month": ("time", 43_830), "months": ("time", 43_830), "mois": ("time", 43_830), "year": ("time", 525_960),
    "years": ("time", 525_960), "an": ("time", 525_960), "ans": ("time", 525_960), "annees": ("time", 525_960),
    "%": ("share", 0.01), "percent": ("share", 0.01), "per cent": ("share", 0.01), "pour cent": ("share", 0.01),
    "pct": ("share", 0.01), "share": ("share", 1),
}  # fmt: skip
IDIOMS = re.compile(
    r"\b24\s?/\s?7\b|\b24\s?h\s?/\s?24\b|\b7\s?j\s?/\s?7\b|\b\d[- ](?:in|en)[- ]\d\b|\b(?:two|three|four|deux|"
    r"trois|quatre)[- ](?:in|en)[- ](?:one|un)\b|"
    r"\b[35]-pocket\b|\b(?:five|cinq)-(?:pockets?|poches)\b|\b[3]/4\b|\b7/8\b|\b(?:four|quatre) (?:seasons|"
    r"saisons)\b|\b360\s?°|"
    r"\b(?:four|quatre|two|deux)[- ](?:wheel|way|roues)\b|\bmille (?:plis|feuilles|et une|mercis|fois)\b|"
    r"\b(?:thousand|mille) and one\b|"
    r"\bdeux gouttes\b|\b(?:entre|between) (?:deux|two) (?:tailles|sizes)\b|\b(?:two|deux) (?:peas|mots|words|"
    r"pas|doigts)\b|\bin two minds\b|\b(?:cent|"
    r"hundred) (?:fois|times)\b|"
    r"\b(?:on all|aux) (?:fours|quatre vents)\b|\bdeux[- ]pièces\b|\btwo-piece\b|\btwo-tone\b|\btwo-way\b|"
    r"\bquatre épingles\b|"
    r"\bdeux temps trois mouvements\b|\bin (?:a )?one[- ]two\b|\bcloud nine\b|\b(?:à|between|entre) (?:quatre|"
    r"deux) (?:yeux|mains)\b|"
    r"\b(?:one|une?) (?:of|des|de)\b|\bnine to five\b|\b(?:les|the) (?:deux|two)\b|\bà deux\b|"
    r"\bdes deux côtés\b|\bboth\b|"
    r"\b(?:sixties|seventies|eighties|nineties)\b|\bl['’]un\b|\ble neuf\b|\b(?:tout|flambant|à|de) neuf\b|"
    r"\bneuf(?:s|ve)?\b(?=[.,;!]|$)",
    re.I,
)
SUMMED = re.compile(
    r"\b(?:total|in all|en tout|together|ensemble|soit|gain\w*|points?|more|less|de plus|de moins|rest|reste)\b", re.I
)
ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|over|under|more than|some|environ|presque|près de|quelque|plus de|"
    r"moins de|pr[eè]s d)\W*$",
    re.I,
)
OUT_OF = re.compile(r"(?:\bsur|\bout of|/|\bof)\s*$", re.I)
ONE_IN = re.compile(r"\b(?:one|un|une|1)\s(?:\w+\s)?(?:in|sur|out of|of)\s*$", re.I)


@dataclass(frozen=True)
class Number:
    """A number in a text: its place, value as written, the value in its kind's base unit, and how finely it is "
    "written."""

    start: int
    end: int
    value: float
    kind: str = ""
    base: float = 0.0
    step: float = 1.0  # of the last digit written


@dataclass(frozen=True)
class Given:
    """A number of the inputs: value as given, the kind and base value where its unit is known, the words of "
    "its key."""

    value: float
    kind: str = ""
    base: float = 0.0
    key: frozenset[str] = frozenset()


def numbers_in(text: str) -> list[Number]:
    """Numbers in figures and in words; codes ('AW26', 'MS-4471' after letters) are names and none."""
    idioms = [match.span() for match in IDIOMS.finditer(text)]
    found = (*_in_figures(text), *_in_words(text))
    free = [one for one in found if not any(s < one.end and one.start < e for s, e in idioms)]
    return sorted(free, key=lambda one: one.start)


def _in_figures(text: str) -> Iterator[Number]:
    for match in NUMBER.finditer(text):
        start, end = match.start(), match.end()
        if text[end : end + 1].isalpha() or (start > 1 and text[start - 1] == "-" and text[start - 2].isalpha()):
            continue
        value = parse(match["n"]) if len(match["n"]) < 18 else 0.0
        fine = _decimals(match["n"], value)
        scale = SCALES.get((match["scale"] or "").lower().rstrip("s"), 1.0)
        kind, factor = UNITS.get(fold(match["unit"] or ""), ("", 1.0))
        value, step = value * scale, scale * 10**-fine
        yield Number(start, end, value, kind, value * factor, step)


def _decimals(written: str, value: float) -> int:
    last = re.split(r"[.,]", written)[-1]
    return len(last) if value != int(value) and len(last) < len(written) else 0


def _in_words(text: str) -> Iterator[Number]:
    for one in spelled(text):
        after = re.match(r"[\s-]+(\w+(?: cent)?)", fold(text[one.end : one.end + 20]))
        kind, factor = UNITS.get(after[1] if after else "", ("", 1.0))
        if one.part:
            yield Number(one.start, one.end, one.value, "share", one.value, 0.05)
        else:
            yield Number(one.start, one.end, one.value, kind, one.value * factor)


def given_numbers(inputs: Any) -> tuple[Given, ...]:
    """The numbers of the inputs, those in texts too, with what their keys say of them."""
    return tuple(_leaves(inputs, ""))


def _leaves(value: Any, key: str) -> Iterator[Given]:
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield _given(float(value), key)
    elif isinstance(value, str):
        yield from (_given_in_text(one, key) for one in numbers_in(value))
        yield from (_given(float(part), key) for part in re.findall(r"(?<![\d.,])\d{1,9}(?![\d.,])", value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key} {name}" if key else str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner, key)


def _given(value: float, key: str) -> Given:
    parts = [part for part in re.split(r"[\W_]+", fold(key)) if part]
    kind, factor = next((UNITS[part] for part in reversed(parts) if part in UNITS), ("", 1.0))
    if not kind and 0 < value < 1:
        kind, factor = "share", 1.0
    return Given(value, kind, value * factor, frozenset(_singular(part) for part in parts))


def _given_in_text(number: Number, key: str) -> Given:
    parts = frozenset(_singular(part) for part in re.split(r"[\W_]+", fold(key)) if part)
    own = _given(number.value, key)
    return Given(number.value, number.kind or own.kind, number.base if number.kind else own.base, parts)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def unsupported(text: str, inputs: Any) -> list[Number]:
    """Numbers of ``text`` that ``inputs`` don't support."""
    given = given_numbers(inputs)
    known_text = fold(" ".join(part for _path, part in texts_of(inputs)))
    numbers = numbers_in(text)
    stated = frozenset(one.value for one in numbers)
    around = _Around(text, given, stated, known_text, bool(SUMMED.search(text)))
    return [one for one in numbers if not _supported(one, around)]


@dataclass(frozen=True)
class _Around:
    """What a number is judged by: its text, the inputs' numbers and text, the text's numbers, a word of summing up."""

    text: str
    given: tuple[Given, ...]
    stated: frozenset[float]
    known_text: str
    told: bool


def _supported(one: Number, around: _Around) -> bool:
    text, given = around.text, around.given
    noun = re.match(r"[\s-]+(\w+)", fold(text[one.end : one.end + 30]))
    named = [given_one for given_one in given if noun and _singular(noun[1]) in given_one.key]
    if named and not one.kind:
        right = any(_same(one, given_one, text) for given_one in named)
        large = one.value >= 10 and any(_same(one, given_one, text) for given_one in given)
        return right or large or _derived(one, around)
    if any(_same(one, given_one, text) for given_one in given) or _in_a_code(one, text, around.known_text):
        return True
    before = text[max(0, one.start - 20) : one.start]
    if ONE_IN.search(before) and any(
        _near(1 / one.value, g.base, 0.01) for g in given if g.kind == "share" and one.value
    ):
        return True
    if OUT_OF.search(before) and one.value in {5, 10, 20, 100} and not one.kind:
        return True
    return _derived(one, around)


def _in_a_code(one: Number, text: str, known_text: str) -> bool:
    """Whether the number is part of a word with letters that the inputs hold: a reference, a model's name."""
    start = max(text.rfind(" ", 0, one.start) + 1, 0)
    end = text.find(" ", one.end)
    token = fold(text[start : end if end > 0 else len(text)]).strip(".,;:!?()«»\"'")
    return bool(re.search(r"[a-z]", token)) and len(token) > 3 and token in known_text


def _same(one: Number, given: Given, text: str) -> bool:
    if one.kind and given.kind:
        if one.kind != given.kind:
            return False
        unit = one.base / one.value if one.value else 1.0
        loose = 0.03 * abs(given.base) if one.kind in {"length", "weight"} and unit in {25.4, 28.3495} else 0.0
        rough = (
            0.1 * given.base if one.kind == "time" and ABOUT.search(text[max(0, one.start - 15) : one.start]) else 0.0
        )
        return abs(one.base - given.base) <= max(one.step * unit / 2 + 1e-9, loose, rough)
    if one.kind == "share" and one.step == 0.05:
        return _near(one.base, given.value, 0.02) or _near(100 * one.base, given.value, 2)
    near = one.step / 2 if one.step != 1.0 or one.value > 999 else 0.0
    return _near(one.value, given.value, near)


def _near(left: float, right: float, within: float) -> bool:
    return abs(left - right) <= within + 1e-9


def _derived(one: Number, around: _Around) -> bool:
    """Whether the number follows from two inputs (or from all) by what a writer would work out."""
    text, given, stated, told = around.text, around.given, around.stated, around.told
    values = [given_one.value for given_one in given][:24]
    if one.kind == "share":
        within = one.step / 200 + (0.015 if ABOUT.search(text[max(0, one.start - 15) : one.start]) else 0.0)
        return any(_near(one.base, share, within) for share in _shares(values))
    near = one.step / 2
    after = [a * (1 + sign * b / 100) for a, b in itertools.permutations(values, 2) for sign in (1, -1) if 0 < b < 100]
    rates = [given_one for given_one in given if given_one.kind == "share"]
    if rates and one.value > 10 and any(_near(one.value, value, near) for value in after):
        return True
    for a, b in itertools.combinations(values, 2):
        if (one.value >= 10 or told or {a, b} <= stated) and one.value in {a + b, abs(a - b)}:
            return bool(told or a in stated or b in stated)
    return len(values) > 2 and one.value == sum(values) and (told or one.value >= 10)


def _shares(values: list[float]) -> Iterator[float]:
    for a, b in itertools.permutations(values, 2):
        if b:
            yield a / b
            yield (a - b) / b
            yield 1 - a / b


def number_findings(text: str, path: str, inputs: Any) -> list[Finding]:
    """One warning for each number that nothing supports."""
    return [
        Finding(
            path, Verdict.WARN, UNSUPPORTED, {"number": text[one.start : one.end].strip()}, one.start, one.end,
            kind="unsupported_number",
        )
        for one in unsupported(text, inputs)
    ]  # fmt: skip


def _run(inputs: Any, output: Any, language: str) -> CheckResult:
    found = [finding for path, text in texts_of(output) for finding in number_findings(text, path, inputs)]
    return CheckResult("unsupported_numbers", tuple(found))


UNSUPPORTED_NUMBERS = Check("unsupported_numbers", N_("Numbers without a source"), _run, LIMITS)
