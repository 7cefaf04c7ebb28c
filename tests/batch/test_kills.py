"""Rows outlive whatever happens to the processes that do them: real processes, real kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lib.access import Actor
from lib.checks.house import HOUSE_CHECKS
from lib.database import connect
from lib.database.jobs import job, resume, retry_failed
from lib.settings import ROOT, settings
from tests.batch.tiny import answered, start
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer, answer

CONCURRENCY = 16
LONGEST = 600.0  # seconds in which something has to happen at all


def start_worker(processes: int = 2) -> subprocess.Popen[bytes]:
    """A worker in a group of its own, so that one signal ends it and its hands at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.batch.worker_process"],
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "BATCH_PROCESSES": str(processes)},
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@contextmanager
def workers(count: int = 1) -> Iterator[list[subprocess.Popen[bytes]]]:
    running = [start_worker() for _number in range(count)]
    try:
        yield running
    finally:
        for worker in running:
            if worker.poll() is None:
                kill(worker)


def done(actor: Actor, identifier: str) -> int:
    with connect() as database:
        return job(database, actor, identifier).counts.get("done", 0)


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < until, "nothing goes on"
        time.sleep(0.05)


def hands_of(worker: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    return [int(number) for number in children.read_text().split()]


def assert_whole(actor: Actor, identifier: str, rows: int) -> None:
    """Every row has exactly one result, and the database is sound."""
    with connect() as database:
        found = job(database, actor, identifier)
        assert found.counts == {"done": rows}
        assert found.status == "done"
        results = database.execute(
            "select count(*), count(distinct json_extract(output, '$.number')) from runs where status = 'done'"
        ).fetchone()
        assert results == (rows, rows)
        assert database.execute("select count(*) from check_results").fetchone()[0] == rows * (1 + len(HOUSE_CHECKS))
        assert database.execute("select count(*) from runs where status = 'running'").fetchone()[0] == 0
        assert_sound()


def assert_sound() -> None:
    with connect() as database:
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert database.execute("pragma foreign_key_check").fetchall() == []


def survives(actor: Actor, folder: Path, rows: int, kills: int) -> int:
    """Do ``rows`` rows through ``kills`` kills at random points; how many calls the provider got."""
    chance = random.Random(20261)
    with LoopbackServer(answer(answered, size=200)) as server:
        configure(folder, server.url, concurrency=CONCURRENCY)
        identifier = start(actor, rows, engine="loop")
        points = sorted(chance.sample(range(1, rows * 9 // 10), kills))
        for number, point in enumerate(points):
            with workers() as (worker,):
                wait_for(lambda point=point: done(actor, identifier) >= point)
                time.sleep(chance.uniform(0.0, 0.1))
                hands = hands_of(worker)
                if number % 4 == 3 and hands:
                    os.kill(chance.choice(hands), signal.SIGKILL)  # one hand alone: its worker goes on
                    wait_for(lambda point=point: done(actor, identifier) > point + 5)
                kill(worker)
            assert_sound()
        with workers():
            wait_for(lambda: done(actor, identifier) == rows)
        assert_whole(actor, identifier, rows)
        return len(server.calls)


def test_kills_lose_no_row_and_repeat_none(actor: Actor, tmp_path: Path) -> None:
    calls = survives(actor, tmp_path, rows=400, kills=3)
    assert 400 <= calls <= 400 + 3 * CONCURRENCY


@pytest.mark.long
def test_ten_thousand_rows_and_twenty_kills(actor: Actor, tmp_path: Path) -> None:
    calls = survives(actor, tmp_path, rows=10_000, kills=20)
    # A kill of one hand is followed by one of its worker: both interrupt rows.
    assert 10_000 <= calls <= 10_000 + 25 * CONCURRENCY


def test_two_workers_on_one_job_do_no_row_twice(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(answer(answered, size=200)) as server:
        configure(tmp_path, server.url, concurrency=CONCURRENCY)
        identifier = start(actor, 300, engine="loop")
        with workers(2):
            wait_for(lambda: done(actor, identifier) == 300)
        assert len(server.calls) == 300
    assert_whole(actor, identifier, 300)


def test_a_worker_that_is_told_to_end_gives_back_what_it_has_not_begun(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(answer(answered, size=200)) as server:
        configure(tmp_path, server.url, concurrency=4)
        identifier = start(actor, 200, engine="loop")
        with workers() as (worker,):
            wait_for(lambda: done(actor, identifier) >= 20)
            worker.terminate()
            worker.wait(60)
        with connect() as database:
            found = job(database, actor, identifier)
        assert set(found.counts) == {"done", "waiting"}, "nothing is left under way"
        assert len(server.calls) == found.counts["done"], "and nothing was called for nothing"
        with workers():
            wait_for(lambda: done(actor, identifier) == 200)
        assert len(server.calls) == 200
    assert settings().database.exists()


def test_resume_and_retry_pressed_twice_at_once_do_no_row_twice(actor: Actor, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from lib.database.jobs import pause

    with LoopbackServer(answer(answered, size=200)) as server:
        configure(tmp_path, server.url, concurrency=8)
        identifier = start(actor, 200, engine="loop")
        with workers():
            wait_for(lambda: done(actor, identifier) >= 10)

            def press(_number: int) -> None:
                with connect() as database:
                    resume(database, actor, identifier)
                    retry_failed(database, actor, identifier)

            for _turn in range(5):
                with connect() as database:
                    pause(database, actor, identifier)
                with ThreadPoolExecutor(4) as pool:
                    list(pool.map(press, range(4)))
            wait_for(lambda: done(actor, identifier) == 200)
        assert len(server.calls) == 200
    assert_whole(actor, identifier, 200)
