"""Hands do rows: with the built-in engine and over real sockets, through faults, kills, pauses and full disks."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from lib.access import Actor
from lib.batch.hand import Hand
from lib.batch.here import Here
from lib.checks.house import HOUSE_CHECKS
from lib.database import connect, connection, processes
from lib.database.house_terms import set_house_terms
from lib.database.jobs import Job, cancel, each_item, job, pause, resume, rows_to_fix
from lib.database.new_jobs import NewItem
from lib.database.settling import MOST_FAULTS, return_abandoned
from lib.database.spending import set_budget
from lib.errors import InputError
from lib.tasks.model import Context
from lib.tasks.prompts import read_file
from lib.tasks.run import ROUNDS, run_task
from tests.batch.tiny import TINY, Wish, answered, start
from tests.loopback import whole
from tests.loopback.engine import configure
from tests.loopback.server import Exchange, LoopbackServer, answer, error, hang, reset


def completed(body: dict[str, Any]) -> dict[str, Any]:
    """A whole good answer."""
    return whole.completion(answered(body))


def work() -> int:
    return Hand(Here()).work(idle=0.0)


def test_the_built_in_engine_does_every_row_with_its_checks(actor: Actor) -> None:
    identifier = start(actor, 50)
    assert work() == 50
    with connect() as database:
        found = job(database, actor, identifier)
        rows = list(each_item(database, actor, identifier))
        checks = database.execute("select count(*) from check_results").fetchone()[0]
    assert (found.status, found.counts, found.cost) == ("done", {"done": 50}, 0.0)
    assert [row.output["number"] for row in rows if row.output] == list(range(50))
    assert checks == 50 * (1 + len(HOUSE_CHECKS))  # the task's own and the house's


def test_every_row_is_read_for_the_names_that_the_house_added(actor: Actor) -> None:
    with connect() as database:
        set_house_terms(database, actor, ["Tissage Bellac"], [])
    start(actor, [NewItem("row", "en", {"number": 1, "colour": "Tissage Bellac"})])
    assert work() == 1
    with connect() as database:
        rows = database.execute("select findings from check_results where check_name = 'brands'").fetchall()
    assert len(rows) == 1 and "Tissage Bellac" in rows[0][0]


def test_a_model_does_every_row_and_each_is_a_run(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(answer(answered)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=2.0)
        identifier = start(actor, 40, engine="loop", row_estimate=0.01, currency="USD")
        assert work() == 40
        assert len(server.calls) == 40
    with connect() as database:
        found = job(database, actor, identifier)
        runs = list(database.query("select * from runs"))
    assert found.counts == {"done": 40}
    assert found.cost == pytest.approx(sum(run["cost"] for run in runs))
    assert {run["status"] for run in runs} == {"done"}
    assert all(run["input_tokens"] == 11 and run["model"] == "loop-1" for run in runs)


def test_mixed_faults_leave_no_row_open_and_no_cut_answer_done(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5% 429, 2% 5xx, 1% hang, 1% cut, 1% bad JSON, on each call anew."""
    monkeypatch.setattr("lib.batch.hand.FIRST_WAIT", 0.01)
    rows, chance, lock = 500, random.Random(4), threading.Lock()
    told: Counter[str] = Counter()
    good = whole.says(completed)
    kinds = {
        "429": (0.05, error(429, "slow down")),
        "5xx": (0.02, error(503, "busy")),
        "hang": (0.01, hang(head=False)),
        "cut": (0.01, lambda exchange: whole.cut(completed(exchange.call.body))(exchange)),
        "bad": (0.01, whole.says(whole.completion('{"number": 1, "text": '))),
    }

    def behave(exchange: Exchange) -> None:
        with lock:
            dice, kind = chance.random(), ""
            for name, (share, _behaviour) in kinds.items():
                if dice < share:
                    kind = name
                    break
                dice -= share
            told[kind] += 1
        (kinds[kind][1] if kind else good)(exchange)

    with LoopbackServer(behave) as server:
        configure(tmp_path, server.url, concurrency=16, timeout=0.5)
        identifier = start(actor, rows, engine="loop")
        work()
        calls = len(server.calls)
    with connect() as database:
        found = job(database, actor, identifier)
        ended = list(each_item(database, actor, identifier))
        runs = list(database.query("select status, output from runs"))
    assert found.status == "done"
    assert found.counts.get("done", 0) + found.counts.get("failed", 0) == rows
    assert all(told[kind] for kind in kinds), told
    for place, row in enumerate(ended):
        if row.status == "done":
            assert row.output == {"number": place, "text": f"A dress, number {place}."}
    assert all(row.error and row.error["message"] for row in ended if row.status == "failed")
    assert all(row.attempts <= MOST_FAULTS for row in ended)
    assert calls == sum(told.values()) <= rows * MOST_FAULTS * ROUNDS
    assert sum(run["status"] == "done" for run in runs) == found.counts["done"]
    assert found.counts["done"] >= rows * 0.97, "a fault that passes costs no row"


class Steps:
    """A hand at work in a thread, that a test watches and steers."""

    def __init__(self) -> None:
        self.hand = Hand(Here())
        self._thread = threading.Thread(target=self.hand.work, kwargs={"idle": 120.0})

    def __enter__(self) -> Steps:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.hand.stop()
        self._thread.join(60)
        assert not self._thread.is_alive()


def until(happened: Callable[[], object]) -> None:
    """Wait for something, not for a time."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def found(actor: Actor, identifier: str) -> Job:
    with connect() as database:
        return job(database, actor, identifier)


def test_cancelling_hangs_up_on_rows_under_way(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(hang(head=False)) as server:
        configure(tmp_path, server.url, concurrency=4, timeout=300)
        identifier = start(actor, 20, engine="loop")
        with Steps():
            until(lambda: len(server.calls) == 4)
            with connect() as database:
                cancel(database, actor, identifier)
            until(lambda: server.hung_up == 4)  # the server's own patience is a minute
            until(lambda: set(found(actor, identifier).counts) == {"cancelled"})
        assert len(server.calls) == 4


def test_pausing_begins_no_more_rows_and_resuming_does_the_rest(actor: Actor, tmp_path: Path) -> None:
    gate = threading.Event()

    def behave(exchange: Exchange) -> None:
        gate.wait(60)
        whole.says(completed)(exchange)

    with LoopbackServer(behave) as server:
        configure(tmp_path, server.url, concurrency=3)
        identifier = start(actor, 12, engine="loop")
        with Steps():
            until(lambda: len(server.calls) == 3)
            with connect() as database:
                pause(database, actor, identifier)
            gate.set()
            until(lambda: "running" not in found(actor, identifier).counts)
            halfway = found(actor, identifier)
            assert halfway.status == "paused"
            assert halfway.counts["done"] == len(server.calls) < 12, "rows taken ahead were not begun"
            with connect() as database:
                resume(database, actor, identifier)
            until(lambda: found(actor, identifier).status == "done")
        assert len(server.calls) == 12


def test_a_page_s_call_comes_before_the_bulk_s_next(actor: Actor, tmp_path: Path) -> None:
    """With every slot taken by a job, a page's call goes out at once, and the job takes fewer until it has ended."""
    order: list[str] = []
    gates = {"bulk": threading.Semaphore(0), "page": threading.Event()}

    def behave(exchange: Exchange) -> None:
        bulk = not exchange.call.body.get("stream")
        order.append("bulk" if bulk else "page")
        if bulk:
            gates["bulk"].acquire(timeout=60)  # type: ignore[union-attr]
            whole.says(completed)(exchange)
        else:
            gates["page"].wait(60)  # type: ignore[union-attr]
            answer(answered)(exchange)

    with LoopbackServer(behave) as server:
        configure(tmp_path, server.url, concurrency=2)
        identifier = start(actor, 30, engine="loop")
        with Steps():
            until(lambda: order.count("bulk") == 2)
            context = Context(actor, use_case="product_descriptions")
            page = threading.Thread(target=run_task, args=(TINY, Wish(number=77), context, "loop"))
            page.start()
            until(lambda: "page" in order)
            for _turn in range(6):  # while the page waits for its answer, the bulk goes on with one slot of two
                gates["bulk"].release()  # type: ignore[union-attr]
            until(lambda: found(actor, identifier).counts.get("done", 0) >= 6)
            until(lambda: order.count("bulk") - found(actor, identifier).counts["done"] == 1)
            time.sleep(0.5)  # one slot stays the page's: nothing takes it however long one looks
            assert order.count("bulk") - found(actor, identifier).counts["done"] == 1
            gates["page"].set()  # type: ignore[union-attr]
            page.join(60)
            for _row in range(40):
                gates["bulk"].release()  # type: ignore[union-attr]
            until(lambda: found(actor, identifier).status == "done")
    assert len([kind for kind in order if kind == "bulk"]) == 30


def test_a_refused_key_pauses_the_job_at_once(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(error(401)) as server:
        configure(tmp_path, server.url, concurrency=2)
        identifier = start(actor, 50, engine="loop")
        work()
        assert len(server.calls) <= 4, "no more rows than were under way"
    paused = found(actor, identifier)
    assert paused.status == "paused" and paused.reason is not None
    assert "key" in InputError(paused.reason["message"], **paused.reason["values"]).text()
    assert paused.counts == {"waiting": 50}


def test_an_engine_taken_out_in_the_middle_pauses_the_job(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(whole.says(completed)) as server:
        configure(tmp_path, server.url, concurrency=1, per_minute=60_000)
        identifier = start(actor, 400, engine="loop")
        with Steps():
            until(lambda: found(actor, identifier).counts.get("done", 0) > 3)
            (tmp_path / "secrets.toml").write_text("# no engine any more\n")
            until(lambda: found(actor, identifier).status == "paused")
            kept = found(actor, identifier).counts["done"]
            configure(tmp_path, server.url, concurrency=16)
            with connect() as database:
                resume(database, actor, identifier)
            until(lambda: found(actor, identifier).status == "done")
    assert 3 < kept < 400
    assert found(actor, identifier).counts == {"done": 400}


def test_a_prompt_that_is_gone_pauses_the_job_until_another_is_named(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(whole.says(completed)) as server:
        configure(tmp_path, server.url)
        identifier = start(actor, 5, engine="loop", prompt_hash="0" * 64)
        work()
        assert server.calls == []
        paused = found(actor, identifier)
        assert paused.status == "paused" and paused.reason is not None
        with connect() as database:
            resume(database, actor, identifier, prompt_hash=read_file(TINY.prompts, TINY.name).hash)
        work()
    assert found(actor, identifier).counts == {"done": 5}


def test_a_job_s_budget_is_never_passed(actor: Actor, tmp_path: Path) -> None:
    """11 and 7 tokens at 1 each: a row costs 18, and is reckoned at 100 until it has ended."""
    with LoopbackServer(whole.says(completed)) as server:
        configure(tmp_path, server.url, concurrency=4, price_input=1e6, price_output=1e6, currency="EUR")
        identifier = start(actor, 50, engine="loop", row_estimate=100.0, currency="EUR", budget=400.0)
        work()
        calls = len(server.calls)
    paused = found(actor, identifier)
    assert paused.status == "paused" and paused.reason is not None
    assert paused.cost == pytest.approx(18.0 * calls)
    assert 300.0 < paused.cost <= 400.0, "it goes on until the next row might not be covered"
    assert paused.counts == {"done": calls, "waiting": 50 - calls}
    with LoopbackServer(whole.says(completed)) as server, connect() as database:
        (tmp_path / "secrets.toml").unlink()
        configure(tmp_path, server.url, concurrency=4, price_input=1e6, price_output=1e6, currency="EUR")
        with pytest.raises(InputError):
            resume(database, actor, identifier, budget=0.0)
        resume(database, actor, identifier, budget=1_000.0)
        work()
    assert found(actor, identifier).counts == {"done": 50}


def test_a_workspace_s_budget_stops_the_job_before_anything_is_sent(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(whole.says(completed)) as server:
        configure(tmp_path, server.url, price_input=1e6, price_output=1e6, currency="EUR")
        with connect() as database:
            set_budget(database, actor, 0.0)
        identifier = start(actor, 5, engine="loop", row_estimate=100.0, currency="EUR")
        work()
        assert server.calls == []
    assert found(actor, identifier).status == "paused"


def test_a_full_disk_pauses_the_job_and_what_was_committed_is_there(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may grow no further, as on a disk without room; then there is room again."""
    identifier = start(actor, 300)
    hand = Hand(Here())
    done = 0
    with connect() as database:
        pages = database.execute("pragma page_count").fetchone()[0]
    limited = threading.Event()
    real = connection._open

    def small(path: Path) -> Database:
        opened = real(path)
        if limited.is_set():
            opened.execute(f"pragma max_page_count = {pages + 8}")
        return opened

    monkeypatch.setattr(connection, "_open", small)
    limited.set()
    thread = threading.Thread(target=hand.work, kwargs={"idle": 0.0})
    thread.start()
    until(lambda: hand.holds_back)
    done = found(actor, identifier).counts.get("done", 0)
    hand.stop()
    thread.join(60)
    with connect() as database:
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
    limited.clear()
    with connect() as database:
        processes._leave((processes._folder(database), os.getpid()))  # the process of that hand has ended
        return_abandoned(database)
        resume(database, actor, identifier)
    work()
    assert done < 300
    assert found(actor, identifier).counts == {"done": 300}


def test_a_disk_that_fills_up_pauses_every_job_and_says_so(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = start(actor, 5)
    monkeypatch.setattr("lib.batch.hand.LEAST_SPACE", 1 << 60)
    work()
    paused = found(actor, identifier)
    assert paused.status == "paused" and paused.reason is not None and "megabytes" in paused.reason["values"]
    monkeypatch.undo()
    with connect() as database:
        resume(database, actor, identifier)


def test_a_sleeping_computer_loses_nothing(actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that were open are gone when it wakes up, and the clock has jumped."""
    monkeypatch.setattr("lib.batch.hand.FIRST_WAIT", 0.01)
    asleep = {"until": 6}
    lock = threading.Lock()

    def behave(exchange: Exchange) -> None:
        with lock:
            asleep["until"] -= 1
            gone = asleep["until"] >= 0
        (reset(head=False) if gone else whole.says(completed))(exchange)

    with LoopbackServer(behave) as server:
        configure(tmp_path, server.url, concurrency=4)
        identifier = start(actor, 30, engine="loop")
        real = time.time
        monkeypatch.setattr("lib.database.engine_slots.time.time", lambda: real() + 8 * 3600)
        work()
    assert found(actor, identifier).counts == {"done": 30}


def test_what_the_checks_found_is_counted(actor: Actor, tmp_path: Path) -> None:
    def said(body: dict[str, Any]) -> dict[str, Any]:
        number = json.loads(answered(body))["number"]
        return whole.completion(json.dumps({"number": number, "text": "Dress." if number < 3 else "A red dress."}))

    with LoopbackServer(whole.says(said)) as server:
        configure(tmp_path, server.url)
        identifier = start(actor, 8, engine="loop")
        work()
    with connect() as database:
        assert rows_to_fix(database, actor, identifier) == 3
        assert [row.to_fix for row in each_item(database, actor, identifier)] == [1, 1, 1, 0, 0, 0, 0, 0]
