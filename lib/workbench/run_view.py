"""Everything about one run, as its page shows it: what went in and came out, on what, at what cost, who judged it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlite_utils import Database

from lib.access import Actor, Right
from lib.comparable import Passage
from lib.database.reviews import reviews_of
from lib.database.run_list import whole_run
from lib.database.runs import checks_of, children
from lib.database.tool_calls import StoredCall, calls_of
from lib.errors import NotFound, PromptError
from lib.tasks.tools import Tool
from lib.workbench.prompt_desk import Edition, open_desk
from lib.workbench.task_list import AnyTask, task_called
from lib.workbench.tasks import contenders, plain_passages


@dataclass(frozen=True)
class RunView:
    """One run. ``row`` is ``lib.database.run_list.whole_run``'s; ``task`` is None where this installation has it no
    more, or it had none; ``prompt`` is None where none was used or its text is no longer kept."""

    row: dict[str, Any]
    task: AnyTask | None
    prompt: Edition | None
    checks: tuple[dict[str, Any], ...]
    calls: tuple[StoredCall, ...]
    reviews: tuple[dict[str, Any], ...]
    refined_by: tuple[dict[str, Any], ...]

    @property
    def waits(self) -> bool:
        """Whether it waits for a person's answer."""
        return bool(self.row["status"] == "waiting")

    def tool(self, name: str) -> Tool | None:
        """The task's tool of this name."""
        return next((tool for tool in (self.task.tools if self.task else ()) if tool.name == name), None)


def run_view(database: Database, actor: Actor, run_id: str) -> RunView:
    """The run with all that belongs to it.

    Raises:
        NotFound: no such run in the actor's workspace.
        NotAllowed: an open vote seals it.
    """
    row = whole_run(database, actor, run_id)
    task = _task(row["task"])
    return RunView(
        row=row,
        task=task,
        prompt=_prompt(database, actor, task, row["prompt_hash"]),
        checks=tuple(checks_of(database, actor, run_id)),
        calls=tuple(calls_of(database, actor, run_id)),
        reviews=tuple(reviews_of(database, actor, run_id)),
        # The texts of a comparison are its own page's, which knows what is sealed.
        refined_by=() if row["kind"] == "comparison" else tuple(children(database, actor, run_id)),
    )


def _task(name: str | None) -> AnyTask | None:
    try:
        return task_called(name or "")
    except NotFound:
        return None


def _prompt(database: Database, actor: Actor, task: AnyTask | None, digest: str | None) -> Edition | None:
    if task is None or not digest:
        return None
    try:
        editions = open_desk(database, actor, task).editions
    except PromptError:  # the product's own file is gone or wrong; the run still has its hash
        return None
    return next((edition for edition in editions if edition.hash == digest), None)


def passages_of(view: RunView) -> tuple[Passage, ...]:
    """The output as a reader of the published text would see it, or field by field where the task says nothing."""
    output = view.row["output"]
    if not isinstance(output, dict) or view.row["status"] != "done":
        return ()
    how = next((one.how for one in contenders() if view.task is not None and one.task.name == view.task.name), None)
    if how is None or view.task is None:
        return plain_passages(output)
    try:
        view.task.output.model_validate(output)
    except ValidationError:  # recorded by an earlier release, when the task gave something else
        return plain_passages(output)
    return how.passages(output)


def may_answer(actor: Actor, view: RunView) -> bool:
    """Whether the actor may let a waiting run go on."""
    return view.waits and view.task is not None and actor.may(Right.RUN)
