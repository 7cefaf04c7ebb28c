"""One text read by every check of texts: the same functions that read what an engine writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lib.checks import CheckResult, Finding
from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms
from lib.checks.brands import brand_findings
from lib.checks.claims_plus import claims_plus_findings
from lib.checks.disclosure import disclosure_findings
from lib.checks.inclusivity import inclusivity_findings
from lib.checks.injection import injection_findings
from lib.checks.language import guess_language, language_findings
from lib.checks.length import Limit, length_findings
from lib.checks.markup import find_markup
from lib.checks.near_copy import Earlier, copy_findings, index_of
from lib.checks.pii import pii_findings
from lib.checks.tone import tone_findings
from lib.checks.unsupported_numbers import given_numbers, number_findings, numbers_in
from lib.errors import InputError
from lib.i18n import N_

LONGEST: Final = 20_000  # characters of a text that is tried; a page holds about 2,000
MOST_PAIRS: Final = 5_000_000  # of a number in the text and one in what is given: about half a second
READ_IN: Final = ("en", "fr")
FIELD: Final = "text"
TOO_LONG_TEXT: Final = N_("The text has {length} characters, and {most} are the most. Try a part of it.")
PAST_LIMIT: Final = N_("{length} characters, and you allowed {most}. Shorten it by {excess}.")
PLACES: Final[Mapping[str, str]] = {
    "copy": N_("Product page, post or campaign"),
    "email": N_("Letter or e-mail"),
    "chat_opening": N_("Opening of a chat"),
    "chat_reply": N_("Reply in a chat"),
    "voice": N_("Spoken text"),
    "testimonial": N_("Customer’s voice, testimonial"),
    "image_caption": N_("Caption of a picture"),
    "model_photo": N_("Text beside a model’s picture"),
    "internal": N_("Internal, nobody outside reads it"),
}


@dataclass(frozen=True)
class Asked:
    """A text and what it is to be read against.

    ``language`` is 'fr' or 'en'; ``given`` are the facts or the earlier texts, empty for none; ``where`` one of
    ``PLACES``; ``most`` the characters that a channel takes, 0 for no limit.
    """

    text: str
    language: str
    given: str = ""
    where: str = "copy"
    most: int = 0


def found_language(text: str) -> str | None:
    """The language of ``text`` as an ISO 639-1 code; None where it can't be told."""
    return guess_language(text[:LONGEST]).language


def read_by(found: str | None, otherwise: str) -> str:
    """The language by whose lists a text is read: the one found where there are lists, else ``otherwise``."""
    return found if found in READ_IN else otherwise


def read(asked: Asked, terms: BrandTerms = HOUSE_DEFAULT) -> tuple[CheckResult, ...]:
    """The verdict of each check that could run, in the order of ``naming.TEXTS``; those without their input are left
    out: length without a limit, near-copies and numbers without anything given, numbers where there are too many.

    Raises:
        InputError: the text is too long to be tried.
    """
    for text in (asked.text, asked.given):
        if len(text) > LONGEST:
            raise InputError(TOO_LONG_TEXT, length=len(text), most=LONGEST)
    return tuple(CheckResult(name, tuple(judge())) for name, judge in _judges(asked, terms).items())


def _judges(asked: Asked, terms: BrandTerms) -> dict[str, Callable[[], Sequence[Finding]]]:
    text, language = asked.text, asked.language
    judges: dict[str, Callable[[], Sequence[Finding]]] = {
        "pii": lambda: pii_findings(text, FIELD, asked.given),
        "brands": lambda: brand_findings(text, FIELD, asked.given, terms),
        "claims_plus": lambda: claims_plus_findings(text, FIELD, language),
        "tone": lambda: tone_findings(text, FIELD, language),
        "inclusivity": lambda: inclusivity_findings(text, FIELD, language),
        "disclosure": lambda: disclosure_findings(text, FIELD, asked.where),
        "injection": lambda: injection_findings(text, FIELD),
        "language": lambda: language_findings(text, FIELD, language),
        "markup": lambda: find_markup(text, FIELD),
    }
    if asked.most:
        limit = Limit(FIELD, most=asked.most, too_long=PAST_LIMIT, unit="graphemes", hard=True)
        judges["length"] = lambda: length_findings(text, FIELD, [limit])
    if asked.given.strip():
        judges["near_copy"] = lambda: copy_findings(text, FIELD, index_of(earlier(asked.given)))
    if asked.given.strip() and not crowded(asked):
        judges["unsupported_numbers"] = lambda: number_findings(text, FIELD, {"given": asked.given})
    return judges


def crowded(asked: Asked) -> bool:
    """Whether the text and what is given hold too many numbers to compare each with each while a reader waits."""
    return len(numbers_in(asked.text)) * len(given_numbers({"given": asked.given})) > MOST_PAIRS


def earlier(given: str) -> list[Earlier]:
    """The given texts, parted by empty lines; each is known to the reader by its first words."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", given) if part.strip()]
    return [Earlier(str(place), part, _first_words(part)) for place, part in enumerate(parts)]


def _first_words(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def count(results: Sequence[CheckResult]) -> int:
    """How many findings there are in all."""
    return sum(len(result.findings) for result in results)
