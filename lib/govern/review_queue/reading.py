"""An output as a reviewer reads and edits it: its texts with their places, one option at a time, checked again."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError

from lib.access import Actor
from lib.checks import Finding, Verdict
from lib.checks.given import NOTHING_TOLD
from lib.database import connect
from lib.errors import InputError
from lib.i18n import N_
from lib.tasks import Task
from lib.tasks.checking import all_checks, recorded_told, run_checks

log = logging.getLogger(__name__)
MOST_FIELDS = 60
OPTIONS = "options"

# The last part of a text's place -> its name.
FIELD_NAMES = {
    "title": N_("Title"), "opener": N_("Opening"), "body": N_("Body"), "bullets": N_("Points"),
    "fit_and_care": N_("Fit and care"), "snippet": N_("Search snippet"), "text": N_("Text"), "subject": N_("Subject"),
    "greeting": N_("Greeting"), "closing": N_("Closing"), "hero_title": N_("Headline"),
    "hero_line": N_("Line below it"), "description": N_("Description"), "lines": N_("Lines"),
    "offer_line": N_("Offer"), "opening": N_("Opening"), "remarks": N_("Remarks"), "reason": N_("Reason"),
    "angle": N_("Angle"), "resolution": N_("Resolution"), "picture": N_("What was asked for"),
}  # fmt: skip
KEYS = {"angle", "language", "cites", "resolution"}  # what steers or labels a text is read, not edited


@dataclass(frozen=True)
class Field:
    """One text of an output. ``path`` is dotted ('options.0.body'); ``name`` is the last part that is no number."""

    path: str
    name: str
    text: str


def options_in(output: Mapping[str, Any]) -> int:
    """How many options an output offers; 0 where it is one text."""
    found = output.get(OPTIONS)
    return len(found) if isinstance(found, list) and all(isinstance(one, dict) for one in found) else 0


def fields_of(output: Mapping[str, Any], option: int = 0) -> tuple[Field, ...]:
    """The texts of an output, those of one option where it has several, in their order."""
    count = options_in(output)
    inside = output[OPTIONS][option] if count else output
    prefix = f"{OPTIONS}.{option}." if count else ""
    found: list[Field] = []
    _walk(inside, prefix, "", found)
    return tuple(found[:MOST_FIELDS])


def _walk(value: Any, path: str, name: str, found: list[Field]) -> None:
    if isinstance(value, str):
        if value.strip() and name not in KEYS:
            found.append(Field(path.rstrip("."), name, value))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _walk(inner, f"{path}{key}.", str(key), found)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            _walk(inner, f"{path}{at}.", name, found)


def with_edits(output: Mapping[str, Any], edits: Mapping[str, str]) -> dict[str, Any]:
    """A copy of the output in which the texts at these paths are replaced; paths that lead nowhere change nothing."""
    made: dict[str, Any] = copy.deepcopy(dict(output))
    for path, text in edits.items():
        *way, last = path.split(".")
        inside: Any = made
        try:
            for step in way:
                inside = inside[int(step)] if isinstance(inside, list) else inside[step]
            key: Any = int(last) if isinstance(inside, list) else last
            if isinstance(inside[key], str):
                inside[key] = text
        except (KeyError, IndexError, TypeError, ValueError):
            log.info("an edit of %s leads nowhere", path)
    return made


def approved_form(output: Mapping[str, Any], option: int, edits: Mapping[str, str]) -> dict[str, Any] | None:
    """What an approval keeps beside the run: the chosen option with its text, or the edited output; None where the
    output stands as it is and nothing was chosen."""
    changed = {path: text for path, text in edits.items() if text != _text_at(output, path)}
    if options_in(output):
        if not changed and option == 0:
            return None
        return {"option": option, "description": with_edits(output, changed)[OPTIONS][option]}
    return with_edits(output, changed) if changed else None


def changed(output: Mapping[str, Any], edits: Mapping[str, str]) -> bool:
    """Whether an edit differs from what was written."""
    return any(text != _text_at(output, path) for path, text in edits.items())


def _text_at(output: Mapping[str, Any], path: str) -> str | None:
    return next((field.text for at in range(max(1, options_in(output))) for field in fields_of(output, at)
                 if field.path == path), None)  # fmt: skip


def recheck(
    actor: Actor,
    task: Task[Any, Any],
    inputs: Mapping[str, Any],
    output: Mapping[str, Any],
    option: int,
    language: str,
    run: str | None = None,
) -> list[dict[str, Any]]:
    """The task's and the house's checks on an edited output (on its chosen option alone), as
    ``lib.database.runs.checks_of`` gives them. ``run`` is the recorded one, whose tools' results may be repeated.

    Raises:
        InputError: the edit doesn't fit the task's output, or the recorded inputs don't fit the task any more.
    """
    one = {**output, OPTIONS: [output[OPTIONS][option]]} if options_in(output) else dict(output)
    try:
        given = task.inputs.model_validate(inputs)
        made = task.output.model_validate(one)
    except ValidationError as error:
        raise InputError(
            N_("The edited text can’t be checked again: it doesn’t fit what this task gives. Shorten it, or undo it.")
        ) from error
    with connect() as database:
        told = NOTHING_TOLD if run is None else recorded_told(database, actor, task, run)
    rows = []
    for result in run_checks(all_checks(task, actor, told), given, made, language):
        found = [asdict(finding) for finding in result.findings]
        for finding in found:
            finding["field"] = _renumbered(finding["field"], option)
        rows.append({"check_name": result.check, "verdict": result.verdict.value, "findings": found})
    return rows


def _renumbered(field: str, option: int) -> str:
    whole = f"{OPTIONS}.0"
    at_it = field == whole or field.startswith(whole + ".")
    return f"{OPTIONS}.{option}{field[len(whole) :]}" if at_it else field


def findings_at(rows: Sequence[Mapping[str, Any]], path: str) -> list[Finding]:
    """The findings of checks on the text at ``path``."""
    found = [finding for row in rows for finding in row["findings"] if finding["field"] == path]
    return [Finding(**{**finding, "verdict": Verdict(finding["verdict"])}) for finding in found]


def of_option(rows: Sequence[Mapping[str, Any]], option: int, options: int) -> list[dict[str, Any]]:
    """The checks' results as far as they concern one option; each verdict is then the gravest of what is left."""
    if not options:
        return [dict(row) for row in rows]
    order = [one.value for one in Verdict]
    made = []
    for row in rows:
        left = [one for one in row["findings"] if not one["field"].startswith(f"{OPTIONS}.")
                or one["field"].split(".")[1] == str(option)]  # fmt: skip
        worst = max((one["verdict"] for one in left), key=order.index, default=Verdict.PASS.value)
        made.append({**row, "findings": left, "verdict": worst})
    return made


def to_fix(rows: Sequence[Mapping[str, Any]]) -> int:
    """How many findings say that something must be changed."""
    return sum(one["verdict"] == Verdict.FAIL.value for row in rows for one in row["findings"])
