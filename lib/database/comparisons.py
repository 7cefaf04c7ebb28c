"""Comparisons: one task, one set of inputs, two to four sides. Who may know what, before and after the vote closes.

A comparison's sides are known to who made it; which side wrote which text is told to nobody while the vote is open and
blind. What raters are given comes from ``lib.database.ballots``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.runs import start_run
from lib.errors import InputError, NotAllowed, NotFound
from lib.i18n import N_

MIN_SIDES, MAX_SIDES = 2, 4
MAX_INPUTS = 20
MAX_RATERS = 50
MAX_QUESTION = 200
USE_CASE = "compare"

SEALED = N_("Names and votes stay sealed until the vote is closed. Wait for the others, or ask its owner to close it.")
NONE_HERE = N_("There is no such comparison in this workspace. Ask for the link again, or join the workspace first.")
NOT_YOURS = N_("Only who made this comparison, or an administrator, can do this. Ask them.")


@dataclass(frozen=True)
class Side:
    """What writes one of the texts to compare.

    ``prompt`` is a version's id, 'file' for the product's own, or empty for an engine without prompts;
    ``prompt_title`` names it. ``take`` numbers the takes of one engine: another take has another seed.
    """

    engine: str
    model: str = ""
    prompt: str = ""
    prompt_title: str = ""
    variant: str = ""
    take: int = 1


@dataclass(frozen=True)
class Comparison:
    """One comparison without its sides: what everybody in the workspace may know of it.

    ``status`` is 'writing', 'voting' or 'closed'; ``person`` made it; ``raters`` are how many people are to vote.
    """

    id: str
    workspace: str
    person: str
    person_name: str
    run: str
    use_case: str
    task: str
    language: str
    question: str
    blind: bool
    raters: int
    status: str
    created_at: str
    closed_at: str | None

    @property
    def closed(self) -> bool:
        return self.status == "closed"


@dataclass(frozen=True)
class TextRow:
    """One text of a comparison, or the error in its place. Positions count from 0; ``run`` is the run's row."""

    input: int
    side: int
    status: str  # 'done' or 'failed'
    run: dict[str, Any] | None
    error: dict[str, Any] | None


def create(
    database: Database,
    actor: Actor,
    *,
    use_case: str,
    task: str,
    language: str,
    question: str,
    sides: Sequence[Side],
    inputs: Sequence[tuple[str, dict[str, Any]]],
    blind: bool = True,
    raters: int = 1,
) -> str:
    """Write a comparison down before anything is written for it; its id. It begins a run of the kind 'comparison'.

    Args:
        task: the task's dotted name.
        inputs: (label, JSON values) each.

    Raises:
        InputError: too few or too many sides, inputs or raters, two equal sides, or no question.
    """
    require(actor, Right.RUN)
    _require_sound(question, sides, inputs, raters)
    run = start_run(
        database,
        actor,
        use_case=USE_CASE,
        kind="comparison",
        method="comparison",
        method_version="1",
        inputs={
            "use_case": use_case,
            "sides": [side.__dict__ for side in sides],
            "inputs": [label for label, _values in inputs],
        },
        task=task.rpartition(".")[2].lower(),
        language=language,
    )
    values = {
        "run_id": run,
        "use_case": use_case,
        "task": task,
        "language": language,
        "question": question.strip()[:MAX_QUESTION],
        "blind": int(blind),
        "raters": 1 if actor.workspace == DEMO_WORKSPACE else raters,
    }
    return _write(database, actor, values, sides, inputs)


def _write(
    database: Database,
    actor: Actor,
    values: dict[str, Any],
    sides: Sequence[Side],
    inputs: Sequence[tuple[str, dict[str, Any]]],
) -> str:
    """The rows of a new comparison, all in one transaction; its id."""
    identifier = new_id()
    whose = {"id": identifier, "workspace_id": actor.workspace, "person_id": actor.person}
    with writing(database):
        database.table("comparisons").insert({**whose, **values, "status": "writing", "created_at": now()})
        database.table("comparison_sides").insert_all(
            {"comparison_id": identifier, "position": place, **side.__dict__} for place, side in enumerate(sides)
        )
        database.table("comparison_inputs").insert_all(
            {
                "comparison_id": identifier,
                "position": place,
                "label": label,
                "inputs": json.dumps(given, ensure_ascii=False),
            }
            for place, (label, given) in enumerate(inputs)
        )
    return identifier


def _require_sound(
    question: str, sides: Sequence[Side], inputs: Sequence[tuple[str, dict[str, Any]]], raters: int
) -> None:
    if not MIN_SIDES <= len(sides) <= MAX_SIDES:
        raise InputError(N_("A comparison has two to four sides. Add or remove one."))
    if len(set(sides)) < len(sides):
        raise InputError(N_("Two sides are the same. Give one of them another engine, prompt, voice or take."))
    if not 1 <= len(inputs) <= MAX_INPUTS:
        raise InputError(N_("Choose between 1 and {most} inputs."), most=MAX_INPUTS)
    if not 1 <= raters <= MAX_RATERS:
        raise InputError(N_("Between 1 and {most} people can vote. Choose a number in between."), most=MAX_RATERS)
    if not question.strip():
        raise InputError(N_("Raters need a question to answer. Type one."))


def get(database: Database, actor: Actor, comparison: str) -> Comparison:
    """One comparison.

    Raises:
        NotFound: no such comparison in the actor's workspace.
    """
    found = _read(database, actor, "and c.id = :id", {"id": comparison})
    if not found:
        raise NotFound(NONE_HERE)
    return found[0]


def listing(database: Database, actor: Actor, limit: int = 50) -> list[Comparison]:
    """The workspace's comparisons, newest first."""
    return _read(database, actor, "order by c.created_at desc, c.id desc limit :limit", {"limit": limit})


def _read(database: Database, actor: Actor, rest: str, values: dict[str, Any]) -> list[Comparison]:
    require(actor, Right.READ)
    rows = database.query(
        "select c.*, p.name as person_name from comparisons c join people p on p.id = c.person_id"
        f" where {visible('c')} {rest}",
        {**values, **scope(actor)},
    )
    return [
        Comparison(
            id=row["id"],
            workspace=row["workspace_id"],
            person=row["person_id"],
            person_name=row["person_name"],
            run=row["run_id"],
            use_case=row["use_case"],
            task=row["task"],
            language=row["language"],
            question=row["question"],
            blind=bool(row["blind"]),
            raters=row["raters"],
            status=row["status"],
            created_at=row["created_at"],
            closed_at=row["closed_at"],
        )
        for row in rows
    ]


def workspace_of(database: Database, actor: Actor, comparison: str) -> str | None:
    """In which of the actor's own workspaces the comparison is; None where in none. For a link that was sent round."""
    require(actor, Right.READ)
    row = database.execute(
        "select c.workspace_id from comparisons c join memberships m on m.workspace_id = c.workspace_id"
        " where c.id = :id and m.person_id = :person and (c.workspace_id <> :demo or c.person_id = :person)",
        {"id": comparison, "person": actor.person, "demo": DEMO_WORKSPACE},
    ).fetchone()
    return str(row[0]) if row else None


def may_manage(actor: Actor, comparison: Comparison) -> bool:
    """Whether the actor made the comparison, or administers its workspace."""
    return comparison.person == actor.person or actor.may(Right.ADMINISTER)


def require_manager(actor: Actor, comparison: Comparison) -> None:
    """Pass silently for who may manage the comparison.

    Raises:
        NotAllowed: somebody else's.
    """
    if not may_manage(actor, comparison):
        raise NotAllowed(NOT_YOURS)


def sides_of(database: Database, actor: Actor, comparison: str) -> tuple[Side, ...]:
    """What is compared, in the order it was set up. While the vote is blind and open, only its maker is told.

    Raises:
        NotAllowed: the names are still sealed.
    """
    found = get(database, actor, comparison)
    if found.blind and not found.closed and found.person != actor.person:
        raise NotAllowed(SEALED)
    rows = database.query(
        "select engine, model, prompt, prompt_title, variant, take from comparison_sides where comparison_id = ?"
        " order by position",
        [found.id],
    )
    return tuple(Side(**row) for row in rows)


def inputs_of(database: Database, actor: Actor, comparison: str) -> list[tuple[str, dict[str, Any]]]:
    """The inputs as (label, values), in their order."""
    found = get(database, actor, comparison)
    rows = database.query(
        "select label, inputs from comparison_inputs where comparison_id = ? order by position", [found.id]
    )
    return [(row["label"], json.loads(row["inputs"])) for row in rows]


def texts_of(database: Database, actor: Actor, comparison: str) -> list[TextRow]:
    """Every text with the side that wrote it, its run and the error in its place.

    Raises:
        NotAllowed: the vote is open; which side wrote which text is told to nobody until then.
    """
    found = get(database, actor, comparison)
    if not found.closed:
        raise NotAllowed(SEALED)
    return _texts(database, found, "")


def failures_of(database: Database, actor: Actor, comparison: str) -> list[TextRow]:
    """The texts that failed, for who made the comparison, whatever its state."""
    found = get(database, actor, comparison)
    require_manager(actor, found)
    return _texts(database, found, "and t.status = 'failed'")


def _texts(database: Database, comparison: Comparison, condition: str) -> list[TextRow]:
    rows = list(
        database.query(
            f"select * from comparison_texts t where comparison_id = ? {condition} order by input, side",
            [comparison.id],
        )
    )
    runs = {row["id"]: _run(row) for row in database.query("select * from runs where parent_id = ?", [comparison.run])}
    return [
        TextRow(
            input=row["input"],
            side=row["side"],
            status=row["status"],
            run=runs.get(row["run_id"]),
            error=json.loads(row["error"]) if row["error"] else None,
        )
        for row in rows
    ]


def _run(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "output": json.loads(row["output"]) if row["output"] else None}
