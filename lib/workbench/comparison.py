"""Writing the texts of a comparison: side by side in turns, each as a run of its own under the comparison's run."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from lib.access import Actor
from lib.database import connect, prompts
from lib.database.comparison_texts import lacking, open_vote, record_text
from lib.database.comparisons import USE_CASE, Comparison, Side, get, inputs_of, sides_of
from lib.database.runs import children, finish_run
from lib.errors import Cancelled, ToileError
from lib.tasks import Context
from lib.tasks.run import run_task
from lib.workbench.tasks import Contender, contender

Progress = Callable[[float, int, int], None]


def seed_of(label: str, take: int) -> int:
    """The seed of one input's text: the same for all sides with the same take, another for the next one."""
    return int.from_bytes(hashlib.sha256(f"{label}/{take}".encode()).digest()[:4], "big")


def write(actor: Actor, comparison: str, progress: Progress, cancelled: Callable[[], bool]) -> bool:
    """Write every text that lacks, then open the vote. False where the person stopped it; what came is kept.

    Sides take turns input by input, one text at a time, so that each is timed under the same load. A text that fails
    leaves its error in its place, and the others go on.

    Args:
        progress: told the share done, the number of the text in hand and of all.

    Raises:
        InputError: no input has two texts in the end.
        NotAllowed: the comparison is somebody else's.
    """
    began = time.perf_counter()
    with connect() as database:
        found, sides = get(database, actor, comparison), sides_of(database, actor, comparison)
        inputs, todo = inputs_of(database, actor, comparison), lacking(database, actor, comparison)
    of = contender(found.task)
    total = len(inputs) * len(sides)
    for number, (place, side) in enumerate(todo, start=total - len(todo)):
        progress(number / total, number + 1, total)
        if cancelled() or not _write_one(actor, found, of, inputs[place], (place, side), sides[side], cancelled):
            return False
    _finish(actor, found, time.perf_counter() - began)
    return True


def _write_one(
    actor: Actor,
    found: Comparison,
    of: Contender,
    given: tuple[str, dict[str, Any]],
    place: tuple[int, int],
    side: Side,
    cancelled: Callable[[], bool],
) -> bool:
    """One text, or the error in its place. False where it was stopped."""
    label, values = given
    context = Context(
        actor=actor,
        language=found.language,
        seed=seed_of(label, side.take),
        use_case=USE_CASE,
        parent=found.run,
        cancelled=cancelled,
    )
    before = _last_child(actor, found)
    error = None
    try:
        inputs = varied(of, side, of.task.inputs.model_validate(values))
        with prompt_of_side(of, side):
            run: str | None = run_task(of.task, inputs, context, side.engine).id
    except Cancelled:
        return False
    except ToileError as failure:
        error = {"message": failure.message, "values": failure.values}
        last = _last_child(actor, found)
        run = last if last != before else None
    with connect() as database:
        record_text(database, actor, found.id, place, run, error)
    return True


def varied(of: Contender, side: Side, inputs: Any) -> Any:
    """An input as this side's variant puts it."""
    for variant in of.how.variants:
        if variant.key == side.variant:
            return variant.apply(inputs)
    return inputs


def prompt_of_side(of: Contender, side: Side) -> AbstractContextManager[None]:
    """While it lasts, runs of the task use the side's version of the prompt."""
    return prompts.using(of.task.name, side.prompt) if side.prompt else nullcontext()


def _last_child(actor: Actor, found: Comparison) -> str | None:
    with connect() as database:
        runs = children(database, actor, found.run)
    return str(runs[-1]["id"]) if runs else None


def _finish(actor: Actor, found: Comparison, seconds: float) -> None:
    """Record the end of the comparison's own run, then open the vote."""
    with connect() as database:
        runs = children(database, actor, found.run)
        done = sum(run["status"] == "done" for run in runs)
        finish_run(
            database,
            actor,
            found.run,
            output={"texts": done, "failed": len(runs) - done},
            status="done" if done else "failed",
            seconds=seconds,
        )
        open_vote(database, actor, found.id)
