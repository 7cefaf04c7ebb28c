"""The worker is started with the app, watched, ends with it, and takes up what its predecessor left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.access import Actor
from lib.batch.alive import lock_path, worker_is_alive
from lib.batch.worker import Worker
from lib.database import connect
from lib.database.jobs import job
from lib.settings import ROOT
from lib.shell import worker as watch
from tests.batch.tiny import start

HAND = (sys.executable, "-m", "tests.batch.hand_process")


def until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.05)


def status(actor: Actor, identifier: str) -> str:
    with connect() as database:
        return job(database, actor, identifier).status


def test_the_worker_starts_hands_only_when_there_are_rows_and_says_that_it_lives(actor: Actor) -> None:
    worker = Worker(HAND)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until(worker_is_alive)
    assert worker._hands == []
    identifier = start(actor, 30)
    until(lambda: status(actor, identifier) == "done")
    worker.stop()
    thread.join(60)
    assert not worker_is_alive()
    assert all(hand.poll() is not None for hand in worker._hands)


def test_a_worker_ends_when_the_app_that_started_it_does(actor: Actor) -> None:
    child = subprocess.Popen([sys.executable, "-m", "lib.batch", "--with-app"], cwd=ROOT, stdin=subprocess.PIPE)
    until(worker_is_alive)
    assert child.stdin is not None
    child.stdin.close()  # as the operating system does when the app's process ends, however it ends
    child.wait(60)
    assert child.returncode == 0
    assert not worker_is_alive()


def test_the_app_starts_a_worker_again_when_it_was_killed(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setenv("TOILE_WORKER", "on")
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def remembered(*arguments: object, **named: object) -> subprocess.Popen[bytes]:
        started.append(real(*arguments, **named))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(watch.subprocess, "Popen", remembered)
    monkeypatch.setattr(watch, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.1)
    done = threading.Event()
    thread = threading.Thread(target=watch._watch, args=(done,), daemon=True)
    thread.start()
    try:
        until(watch.runs)
        os.kill(started[0].pid, signal.SIGKILL)
        until(lambda: len(started) == 2 and watch.runs())
    finally:
        done.set()
        thread.join(30)
        for child in started:
            if child.poll() is None:
                child.terminate()
                child.wait(30)


def test_the_app_starts_no_second_worker_beside_one_that_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.05)
    worker = Worker(HAND)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until(worker_is_alive)
    looked = threading.Event()

    def looks() -> bool:
        looked.set()
        return worker_is_alive()

    monkeypatch.setattr(watch, "worker_is_alive", looks)
    monkeypatch.setattr(watch.subprocess, "Popen", lambda *arguments, **named: pytest.fail("a second worker"))
    done = threading.Event()
    watching = threading.Thread(target=watch._watch, args=(done,))
    watching.start()
    assert looked.wait(30)
    done.set()
    watching.join(30)
    worker.stop()
    thread.join(60)


def test_switched_off_the_app_starts_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOILE_WORKER", "off")
    watch.ensure()
    assert not watch._started.is_set()
    assert not Path(lock_path()).exists()
