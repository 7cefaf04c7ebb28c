"""What stood before an engine when it wrote, and two checks of how its output uses it: numbers, and copied passages.

A task declares with ``Given`` what its inputs are to its output; a run adds with ``Told`` what came after the inputs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from lib.checks import near_copy, unsupported_numbers
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.near_copy import PASSAGE, Earlier, copy_findings, index_of
from lib.checks.texts import texts_of
from lib.checks.unsupported_numbers import number_findings
from lib.checks.words import words
from lib.i18n import N_

EVERYTHING = "*"
# A citation names a passage, and 'six digits' the form of a number: neither counts anything of the inputs.
COUNTS_NOTHING = re.compile(r"\[\d{1,3}\]|\b\w+ (?:digits|chiffres)\b", re.I)
COPIED = N_("“{passage}” stands word for word in what was given. Say it in other words.")
CONTAINED_IN = N_("{percent}% of this text stands word for word in what was given. Write it anew.")
FOLLOWS = N_("“{passage}” follows what was given with a few words changed. Write it anew.")
AS_GIVEN = {near_copy.COPIED: COPIED, near_copy.CONTAINED_IN: CONTAINED_IN, near_copy.FOLLOWS: FOLLOWS}
LIMITS = N_(
    "Compares word for word with the longer texts that the task was given and isn’t meant to repeat. It doesn’t see a "
    "paraphrase or a translation."
)


@dataclass(frozen=True)
class Given:
    """What a task's inputs are to its output. By default its numbers come from there, and its wording doesn't.

    ``repeats`` names the inputs' fields whose wording is meant to come back, ``EVERYTHING`` all of them. ``numbers`` is
    False where a check of the task's own holds each number to the data.
    """

    repeats: tuple[str, ...] = ()
    numbers: bool = True


ITS_OWN_WORDS = Given()
REPEATED = Given(repeats=(EVERYTHING,), numbers=False)


@dataclass(frozen=True)
class Told:
    """What an engine was told in one run beside the inputs, and what it must not tell.

    ``results`` are the tools' results, decoded, each with its tool's name; ``earlier`` what earlier turns were given;
    ``calls`` the arguments that the engine wrote; ``canaries`` the marks planted in its instructions.
    """

    results: tuple[tuple[str, Any], ...] = ()
    earlier: tuple[Any, ...] = ()
    calls: tuple[str, ...] = ()
    canaries: tuple[str, ...] = ()


NOTHING_TOLD = Told()


def numbers_check(given: Given = ITS_OWN_WORDS, told: Told = NOTHING_TOLD) -> Check:
    """Numbers that stand in no input, no result of a tool and no earlier turn's, and follow from none.

    How many there are of what was given (pieces, ideas) is an input too.
    """

    def run(inputs: Any, output: Any, _language: str) -> CheckResult:
        counts = {name: len(value) for name, value in _own(inputs, given) if isinstance(value, list | tuple)}
        known = [inputs, counts, *(result for _tool, result in told.results), *told.earlier]
        found = tuple(f for path, text in texts_of(output) for f in number_findings(_counting(text), path, known))
        return CheckResult(unsupported_numbers.UNSUPPORTED_NUMBERS.name, found)

    return replace(unsupported_numbers.UNSUPPORTED_NUMBERS, run=run)


def _counting(text: str) -> str:
    """The text at its length, without the numbers that count nothing."""
    return COUNTS_NOTHING.sub(lambda match: " " * len(match[0]), text)


def copies_check(given: Given = ITS_OWN_WORDS) -> Check:
    """Passages of an output that stand in a longer text of its inputs which it isn't meant to repeat; each a WARN."""

    def run(inputs: Any, output: Any, _language: str) -> CheckResult:
        return CheckResult("near_copy", tuple(_copied(inputs, output, given)))

    return Check("near_copy", N_("Near-copies of what was given"), run, LIMITS)


def _copied(inputs: Any, output: Any, given: Given) -> Iterator[Finding]:
    own = texts_of(dict(_own(inputs, given)))
    longer = [Earlier(path, text) for path, text in own if len(words(text)) >= PASSAGE]
    if not longer:
        return
    index = index_of(longer)
    allowed = tuple(text for _path, text in texts_of(inputs) if 0 < len(words(text)) < PASSAGE)
    for path, text in texts_of(output):
        for found in copy_findings(text, path, index, allowed):
            values = {name: value for name, value in found.values.items() if name != "post"}
            evidence = found.evidence.removeprefix("post.")
            yield replace(
                found, verdict=Verdict.WARN, message=AS_GIVEN[found.message], values=values, evidence=evidence
            )


def _own(inputs: Any, given: Given) -> Iterator[tuple[str, Any]]:
    """The inputs' fields, by name, that are not meant to come back."""
    if EVERYTHING in given.repeats:
        return
    if isinstance(inputs, BaseModel):
        yield from ((name, getattr(inputs, name)) for name in type(inputs).model_fields if name not in given.repeats)
    elif isinstance(inputs, dict):
        yield from ((name, value) for name, value in inputs.items() if name not in given.repeats)


def given_checks(given: Given, told: Told = NOTHING_TOLD) -> tuple[Check, ...]:
    """The checks of what was given that fit a task which declares ``given``."""
    numbers = (numbers_check(given, told),) if given.numbers else ()
    copies = () if EVERYTHING in given.repeats else (copies_check(given),)
    return (*numbers, *copies)
