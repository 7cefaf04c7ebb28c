"""The check for personal data: every text of an output, read by all recognisers.

A passage that stands in the inputs too was given by the user: it is a note, not a warning ('Chère Madame Laurent' in a
letter to her). No message repeats the passage: the verdict is kept longer than the text may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.pii.model import Found, Kind
from lib.checks.texts import given_text, texts_of
from lib.i18n import N_

LOOKS_LIKE: dict[Kind, str] = {
    Kind.EMAIL: N_("This looks like a person’s e-mail address. Take it out unless its reader must have it."),
    Kind.IBAN: N_("This looks like a bank account number (IBAN). Take it out: it belongs in no text."),
    Kind.NATIONAL_NUMBER: N_("This looks like a national insurance or tax number. Take it out: it belongs in no text."),
    Kind.CARD: N_("This looks like a payment card number. Take it out: it belongs in no text."),
    Kind.IP: N_(
        "This looks like an IP address, which can lead to a person. Take it out unless its reader must have it."
    ),
    Kind.PASSPORT: N_("This looks like the number of an identity paper. Take it out: it belongs in no text."),
    Kind.BIRTH_DATE: N_("This looks like a date of birth. Take it out unless its reader must have it."),
    Kind.CUSTOMER_NUMBER: N_(
        "This looks like a customer’s or member’s number. Take it out unless its reader must have it."
    ),
    Kind.ORDER_NUMBER: N_(
        "This looks like an order’s or invoice’s number. Take it out unless its reader must have it."
    ),
    Kind.PHONE: N_("This looks like a telephone number. Take it out unless its reader must have it."),
    Kind.PLATE: N_("This looks like a number plate. Take it out unless its reader must have it."),
    Kind.ADDRESS: N_("This looks like a postal address. Take it out unless its reader must have it."),
    Kind.NAME: N_("This looks like a person’s name. Take it out unless its reader must have it."),
}
GIVEN = N_("This looks like personal data that stands in what you gave. Make sure that the reader may have it.")
LIMITS = N_(
    "Reads by forms, check digits and the words around them, offline. Names without a title, a role or a known first "
    "name are missed, and so is what a person could be told by without any of these."
)
LONGEST = 200_000  # characters of one text that are read; a page's text is a hundred times shorter
ORDER = {kind: rank for rank, kind in enumerate(Kind)}


@lru_cache(maxsize=500)
def found_in(text: str) -> tuple[Found, ...]:
    """Personal data in ``text``, in reading order; they don't overlap."""
    from lib.checks.pii import names, numbers, places  # their many patterns are compiled when a text is first read

    read = text[:LONGEST]
    recognisers = (*numbers.RECOGNISERS, *places.RECOGNISERS, names.names)
    return _apart(found for recognise in recognisers for found in recognise(read))


def _apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """Of passages that overlap: the kind that is surest, then the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (ORDER[one.kind], one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def pii_findings(text: str, path: str, given: str = "") -> list[Finding]:
    """What looks like personal data in ``text``; a note where it stands in ``given``, the text of the inputs."""
    known = _bare(given)
    return [
        Finding(path, Verdict.NOTE, GIVEN, {}, one.start, one.end, kind=str(one.kind))
        if known and _bare(text[one.start : one.end]) in known
        else Finding(path, Verdict.WARN, LOOKS_LIKE[one.kind], {}, one.start, one.end, kind=str(one.kind))
        for one in found_in(text)
    ]


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).lower().strip()


def _run(inputs: Any, output: Any, language: str) -> CheckResult:
    given = given_text(inputs)
    found = [finding for path, text in texts_of(output) for finding in pii_findings(text, path, given)]
    return CheckResult("pii", tuple(found))


PII = Check("pii", N_("Personal data"), _run, LIMITS)
