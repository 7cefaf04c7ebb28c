"""Rows on several machines: a real cluster of two on loopback addresses, and what stands in the way of one."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.batch.hand import Hand
from lib.batch.model import RowRequest
from lib.batch.ray_cluster import ENDS_MACHINES, MOST_ENDS, Cluster, _Seat
from lib.batch.ray_joining import NOT_INSTALLED, NOT_REACHED, WRONG_ADDRESS
from lib.batch.ray_node import NODE_LACKS, Node
from lib.database import connect
from lib.database.jobs import Job, cancel, each_item, job
from lib.errors import SettingsError
from lib.settings import ROOT
from lib.tasks.prompts import read_file
from tests.batch.ray_processes import HEAD, SECOND, key_of, machines
from tests.batch.tiny import DOTTED, TINY, answered, start
from tests.loopback.engine import configure
from tests.loopback.server import Behaviour, Exchange, LoopbackServer, answer, hang

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="several loopback addresses, and /proc")


def slowly(seconds: float, together: Callable[[], bool] = lambda: True) -> Behaviour:
    """Good answers that take a moment, longer until ``together``: a machine that starts late gets rows too."""
    good = answer(answered)

    def behave(exchange: Exchange) -> None:
        exchange.wait(seconds)
        for _look in range(30):
            if together():
                break
            exchange.wait(0.1)
        good(exchange)

    return behave


@contextlib.contextmanager
def driver(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A hand as the worker starts it; it ends when its input does."""
    command = [sys.executable, "-m", "tests.batch.hand_process"]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "BATCH_ENGINE": "ray"}, stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(30.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float = 240.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, f"the driver ended: {_reasons()}"
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def _reasons() -> list[Any]:
    with connect() as database:
        return list(database.query("select status, reason from jobs"))


def now(actor: Actor, identifier: str) -> Job:
    with connect() as database:
        return job(database, actor, identifier)


def keys(server: LoopbackServer) -> Counter[str]:
    return Counter(call.headers["authorization"].removeprefix("Bearer ") for call in list(server.calls))


def request(**fields: Any) -> RowRequest:
    values: dict[str, Any] = {
        "job": "j",
        "task": DOTTED,
        "use_case": "product_descriptions",
        "engine": "loop",
        "language": "en",
        "seed": 1,
        "prompt": read_file(TINY.prompts, TINY.name),
        "inputs": json.dumps({"number": 3}),
    }
    return RowRequest(**{**values, **fields})


@pytest.mark.long
@on_linux
def test_a_machine_that_dies_in_the_middle_loses_no_row(actor: Actor, tmp_path: Path) -> None:
    rows = 400
    configure(tmp_path, "http://127.0.0.1:9/v1", key="sk-of-the-driver", concurrency=16)

    def together() -> bool:
        return keys(server)[key_of(SECOND)] > 0

    with LoopbackServer(slowly(0.3, together)) as server, machines(tmp_path, server.url) as cluster:
        cluster.start(HEAD)
        cluster.start(SECOND)
        identifier = start(actor, rows, engine="loop", row_estimate=0.01, currency="USD")
        with driver(cluster.environment(RAY_ADDRESS=cluster.address)) as process:
            until(lambda: min(keys(server)[key_of(HEAD)], keys(server)[key_of(SECOND)]) >= 20, process)
            cluster.kill(SECOND)
            before = keys(server)[key_of(SECOND)]
            assert now(actor, identifier).status == "running"
            until(lambda: now(actor, identifier).status != "running", process)
        called = keys(server)
        untouched = [not cluster.database(address).parent.exists() for address in (HEAD, SECOND)]
    with connect() as database:
        found = job(database, actor, identifier)
        numbers = [item.output["number"] for item in each_item(database, actor, identifier) if item.output]
        runs = Counter(row["status"] for row in database.query("select status from runs"))
        integrity = database.execute("pragma integrity_check").fetchone()[0]
    assert (found.status, found.counts, integrity) == ("done", {"done": rows}, "ok")
    assert numbers == list(range(rows))
    repeated = runs["cancelled"]
    assert runs == {"done": rows, "cancelled": repeated} and repeated >= 1
    assert found.repeated == pytest.approx(0.01 * repeated)  # what was under way on the dead machine may be billed
    # The machines used their own keys: the driver's was never sent anywhere, and neither wrote a database.
    assert set(called) == {key_of(HEAD), key_of(SECOND)}
    assert called[key_of(SECOND)] == before
    assert rows <= called.total() <= rows + repeated
    assert untouched == [True, True]
    assert not (tmp_path / "home" / ".ray").exists()


@pytest.mark.long
@on_linux
def test_a_machine_without_the_engine_pauses_the_job_and_a_cancelled_one_ends_soon(
    actor: Actor, tmp_path: Path
) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", key="sk-of-the-driver")
    with LoopbackServer(hang(600)) as server, machines(tmp_path, server.url) as cluster:
        cluster.start(HEAD, engine=False)
        with driver(cluster.environment(RAY_ADDRESS=cluster.address)) as process:
            lacking = start(actor, 10, engine="loop")
            until(lambda: now(actor, lacking).status == "paused", process)
            until(lambda: now(actor, lacking).counts == {"waiting": 10}, process)
            paused = now(actor, lacking)
            with connect() as database:
                cancel(database, actor, lacking)
            configure(tmp_path / HEAD, server.url, key=key_of(HEAD))
            hung = start(actor, 10, engine="loop")
            until(lambda: len(server.calls) >= 4, process)
            with connect() as database:
                cancel(database, actor, hung)
            until(lambda: server.hung_up == len(server.calls), process, 60.0)
            until(lambda: "running" not in now(actor, hung).counts, process, 60.0)
    assert paused.reason is not None and paused.reason["message"] == NODE_LACKS
    assert HEAD in paused.reason["values"]["node"]
    assert now(actor, hung).counts == {"cancelled": 10}


@pytest.mark.long
@on_linux
def test_without_an_address_this_machine_is_the_cluster_and_listens_on_loopback_only(
    actor: Actor, tmp_path: Path
) -> None:
    with LoopbackServer(slowly(0.2)) as server, machines(tmp_path, server.url) as none:
        configure(tmp_path, server.url, concurrency=8)
        identifier = start(actor, 100, engine="loop")
        environment = none.environment(RAY_ADDRESS="")
        del environment["RAY_AUTH_TOKEN"]
        with driver(environment) as process:
            until(lambda: len(server.calls) > 20, process)
            heard = _listening(process.pid)
            until(lambda: now(actor, identifier).status == "done", process)
    assert now(actor, identifier).counts == {"done": 100}
    assert heard and heard <= {"0100007F", "0000000000000000FFFF00000100007F"}
    assert not (tmp_path / "home" / ".ray").exists()


def _listening(root: int) -> set[str]:
    """The addresses on which a process and those that it started listen, in the notation of /proc/net/tcp."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    sockets = set()
    for member in family:
        with contextlib.suppress(OSError):
            sockets |= {str(link.readlink()) for link in Path(f"/proc/{member}/fd").iterdir() if link.is_symlink()}
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {line[1].partition(":")[0] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in sockets}


def test_a_cluster_that_does_not_answer_pauses_the_job(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")
    identifier = start(actor, 20)
    assert Hand(Cluster()).work(idle=0.0) >= 1
    found = now(actor, identifier)
    assert found.reason == {"message": NOT_REACHED, "values": {"address": "127.0.0.1:9"}}
    assert (found.status, found.counts) == ("paused", {"waiting": 20})


@pytest.mark.parametrize("address", ["ray://10.0.0.5:10001", "10.0.0.5", ":6379", "host:", "host:70000", "host:six"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(SettingsError) as raised:
        Cluster()
    assert (raised.value.message, raised.value.values) == (WRONG_ADDRESS, {"address": address})


def test_without_the_package_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError) as raised:
        Cluster()
    assert raised.value.message == NOT_INSTALLED
    assert "pip install ray==" in str(raised.value)


def test_a_machine_reads_its_settings_again_when_the_job_goes_on(actor: Actor, tmp_path: Path) -> None:
    node = Node("north")
    first = node.do(request(actor=actor))
    assert first.halts and first.error == {"message": NODE_LACKS, "values": {"node": "north", "engine": "loop"}}
    with LoopbackServer(answer(answered)) as server:
        configure(tmp_path, server.url)
        node.forget("j")
        second = node.do(request(actor=actor))
    assert second.status == "done" and json.loads(second.output or "")["number"] == 3


def test_rows_that_reach_a_machine_after_their_job_was_cancelled_are_not_sent(actor: Actor, tmp_path: Path) -> None:
    node = Node("north")
    with LoopbackServer(answer(answered)) as server:
        configure(tmp_path, server.url)
        assert node.do(request(actor=actor)).status == "done"
        node.hang_up("j")
        assert node.do(request(actor=actor)).status == "returned"
        assert node.do(request(actor=actor, job="another")).status == "done"
        assert len(server.calls) == 2


def test_a_row_whose_process_ends_again_and_again_is_given_up_and_no_other(actor: Actor) -> None:
    cluster, seat = Cluster(), _Seat(None, "1", "north", None)
    row, other = request(actor=actor), request(actor=actor, inputs=json.dumps({"number": 4}))
    ends = [cluster._ended(seat, row) for _time in range(MOST_ENDS)]
    assert [end.status for end in ends] == [*["returned"] * (MOST_ENDS - 1), "failed"]
    assert ends[-1].error == {"message": ENDS_MACHINES, "values": {"times": MOST_ENDS}}
    assert cluster._ended(seat, other).status == "returned"
    cluster.forget("j")
    assert cluster._ended(seat, row).status == "returned"
