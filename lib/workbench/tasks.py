"""Which tasks can be compared, with which inputs: what the catalogue names, and the inputs of earlier runs."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import UseCase, ready
from lib.comparable import Comparable, Input, InputSet, Passage, comparable
from lib.database.runs import recent
from lib.errors import NotFound
from lib.i18n import N_, translate
from lib.tasks import Task

EARLIER = "earlier"
MOST_EARLIER = 50


@dataclass(frozen=True)
class Contender:
    """A task of a ready use case. ``dotted`` is its name in the catalogue, by which a comparison remembers it."""

    dotted: str
    use_case: UseCase
    task: Task[Any, Any]
    how: Comparable


def _task(dotted: str) -> Task[Any, Any]:
    module, _dot, name = dotted.rpartition(".")
    found: Task[Any, Any] = getattr(importlib.import_module(module), name)
    return found


def contenders() -> tuple[Contender, ...]:
    """Every task of the ready use cases; the first of each reads as its use case says, others field by field.

    Those whose use case brings inputs to compare on come first: the others have none before their first run.
    """
    found = tuple(
        Contender(
            dotted,
            case,
            _task(dotted),
            comparable(case.comparable) if case.comparable and place == 0 else PLAIN,
        )
        for case in ready()
        for place, dotted in enumerate(case.tasks)
    )
    return tuple(sorted(found, key=lambda one: one.how is PLAIN))


def contender(dotted: str) -> Contender:
    """The task with this dotted name.

    Raises:
        NotFound: no ready use case has it (any more).
    """
    for found in contenders():
        if found.dotted == dotted:
            return found
    raise NotFound(N_("The task of this comparison is no longer in this installation. Make a new comparison."))


def input_sets(database: Database, actor: Actor, of: Contender) -> tuple[InputSet, ...]:
    """Where inputs may come from: what the use case offers, and what was run before."""
    found = _earlier(database, actor, of)
    title = translate(N_("Inputs of earlier runs"))
    earlier = (InputSet(EARLIER, title, lambda: found),) if found else ()
    return (*of.how.sets(database, actor), *earlier)


def _earlier(database: Database, actor: Actor, of: Contender) -> tuple[Input, ...]:
    """The inputs of the task's last runs, each once. What no longer fits the task's inputs is left out."""
    rows = recent(database, actor, MOST_EARLIER, use_case=of.use_case.slug, kind="generation", task=of.task.name)
    found: dict[str, Input] = {}
    for row in rows:
        try:
            values = of.task.inputs.model_validate(row["inputs"])
        except ValidationError:
            continue
        found.setdefault(values.model_dump_json(), Input(_label(row), values))
    return tuple(found.values())


def _label(row: dict[str, Any]) -> str:
    """A name for an earlier run's input: the first name or title in it, and when it was run."""
    return f"{_name(row['inputs'])} · {row['started_at'][:16].replace('T', ' ')}".strip(" ·")


def _name(values: Any) -> str:
    if not isinstance(values, dict):
        return ""
    for key in ("name", "title", "subject"):
        if isinstance(values.get(key), str) and values[key]:
            return str(values[key])
    return next((name for value in values.values() if (name := _name(value))), "")


def _no_sets(database: Database, actor: Actor) -> tuple[InputSet, ...]:
    return ()


def plain_passages(output: dict[str, Any]) -> tuple[Passage, ...]:
    """An output field by field, for a task that says nothing of its own."""
    made = []
    for name, value in output.items():
        lines = value if isinstance(value, list) else [value]
        texts = tuple(line if isinstance(line, str) else _in_words(line) for line in lines)
        made.append(
            Passage("points" if isinstance(value, list) else "text", texts, name.replace("_", " ").capitalize())
        )
    return tuple(made)


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key.replace('_', ' ').capitalize()}: {_in_words(item)}" for key, item in value.items())
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else str(value)


PLAIN = Comparable(_no_sets, plain_passages)
