"""The use case's heavy work, as the worker does it: the test bench."""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkResult
from lib.commerce.service_assistant.benching import RULES, SHARES, costs, outcomes, table
from lib.commerce.service_assistant.knowledge import elsewhere
from lib.commerce.service_assistant.marking import conversations
from lib.engines.registry import BUILT_IN
from lib.errors import Cancelled, InputError, ToileError
from lib.i18n import N_

BENCH = "lib.commerce.service_assistant.jobs.bench"
METHOD, VERSION = "service_bench", "2"
READING, ANSWERING = N_("Reading the house’s documents"), N_("Conversation {number} of {n}")
STOPPED = N_("The test bench was stopped.")
NO_HALF = N_("There is no such half. Choose the one to tune on or the one to report.")

__all__ = ["BENCH", "RULES", "SHARES", "bench"]


def bench(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """All labelled conversations of one half on one engine. ``arguments``: engine, half ('tune' or 'report'), most.

    Raises:
        InputError: there is no such half.
        EngineError: the engine never answered. One that failed later, or whose budget was spent then, leaves the
            conversations before as the result, and 'stopped' says why and how many of how many they are.
    """
    engine, half = str(arguments.get("engine") or BUILT_IN), str(arguments["half"])
    found = conversations(half)[: int(arguments.get("most") or 1_000)]
    if not found or half not in ("tune", "report"):
        raise InputError(NO_HALF)
    job.progress(0.01, READING)
    rows: list[dict[str, Any]] = []
    stopped = None
    with elsewhere() as place:
        try:
            for number, row in enumerate(outcomes(found, place, job.actor, engine, job.cancelled), start=1):
                rows.append(row)
                job.progress(0.02 + 0.97 * number / len(found), ANSWERING, number=number, n=len(found))
        except Cancelled:
            raise
        except ToileError as error:
            rows = _before_it_failed(rows)
            if not rows:
                raise
            stopped = {"message": error.message, "values": error.values, "answered": len(rows), "of": len(found)}
    if job.cancelled():
        raise Cancelled(STOPPED)
    output = {
        "stopped": stopped,
        "cost": costs(rows),
        "rows": rows,
        "all": table(rows),
        "languages": table(rows, "language")[1:],
        "channels": table(rows, "channel")[1:],
    }
    return WorkResult("comparison", METHOD, VERSION, dict(arguments), output)


def _before_it_failed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the failures at the end, which say that the engine was gone and nothing of how it answers."""
    while rows and rows[-1]["error"]:
        rows = rows[:-1]
    return rows
