"""What the hash chain costs: finishing a run with its links against finishing it without; and checks per second."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from unittest import mock

from sqlite_utils import Database

from bench.model import Result, alternate, median
from lib.access import Actor
from lib.checks import CheckResult
from lib.database import chain, connect, writing
from lib.database.chain_check import verify
from lib.database.people import actor_for, create_person, create_workspace
from lib.database.runs import finish_run, start_run
from lib.settings import settings

RUNS = 40  # in one turn
TURNS = 15
LINKS = 20_000  # that are made and checked


def run() -> Result:
    """Finish runs with and without their links, in turn; then link and check many records."""
    os.environ["TOILE_DB"] = str(Path(tempfile.mkdtemp()) / "toile.db")
    settings.cache_clear()
    with connect() as database:
        person, _token = create_person(database)
        actor = actor_for(database, person, create_workspace(database, person, "Bench"))

        def linked() -> None:
            _finish(database, actor)

        def plain() -> None:
            with mock.patch.object(chain, "append"):
                _finish(database, actor)

        ours, theirs = alternate(linked, plain, TURNS)
        appended = _link_many(database)
        began = time.perf_counter()
        verify(database)
        checked = time.perf_counter() - began
        links = chain.head(database).links
    detail = {"appends_per_second": LINKS / appended, "checked_per_second": links / checked, "links": links}
    return Result(
        "evidence_chain",
        "finishing a run with one check, linked",
        1000 * median(ours) / RUNS,
        1000 * median(theirs) / RUNS,
        "ms",
        detail,
    )


def _finish(database: Database, actor: Actor) -> None:
    for number in range(RUNS):
        made = start_run(
            database,
            actor,
            use_case="bench",
            kind="analysis",
            method="m",
            method_version="1",
            inputs={"brief": f"A coat, number {number}. " + "Wool and silk. " * 30},
        )
        output = {"text": f"Text {number}. " + "A double-faced wool coat. " * 40}
        finish_run(database, actor, made, output=output, status="done", seconds=1.0, checks=[CheckResult("length")])


def _link_many(database: Database) -> float:
    """Seconds that linking takes, in transactions of 200 records, as bulk jobs end."""
    ids = [row[0] for row in database.execute("select id from runs where finished_at is not null")]
    records = [("runs", ids[at % len(ids)]) for at in range(LINKS)]
    began = time.perf_counter()
    for start in range(0, LINKS, 200):
        with writing(database):
            chain.append_many(database, records[start : start + 200])
    return time.perf_counter() - began
