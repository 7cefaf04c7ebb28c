"""Long work goes on off the script, can be stopped, and hands its result or its error over once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from lib.errors import InputError
from lib.i18n import _, use_language
from lib.shell import session, work


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The person who asks; a list so that a test can change them."""
    who = ["ada"]
    monkeypatch.setattr(session, "person", lambda: who[0])
    yield who
    work._all.clear()


def finish(key: str) -> None:
    """Wait for the work itself, not for a time."""
    future = work._all[(session.person(), key)].future
    assert future is not None
    future.exception(timeout=30)


def test_a_result_is_handed_over_once() -> None:
    work.start("sum", lambda job, one, two: one + two, 1, 2)
    finish("sum")
    assert work.outcome("sum") == 3
    assert work.outcome("sum") is None


def test_an_error_comes_back_to_who_asked() -> None:
    def fails(job: work.Work) -> None:
        raise InputError("The file is empty.")

    work.start("fails", fails)
    finish("fails")
    with pytest.raises(InputError):
        work.outcome("fails")


def test_stopping_and_progress() -> None:
    begun = threading.Event()

    def waits(job: work.Work) -> str:
        job.progress(3.0, "half")
        begun.set()
        job.stop.wait(30)
        return "stopped"

    work.start("waits", waits)
    assert begun.wait(30)
    assert work.running("waits")
    job = work._all[("ada", "waits")]
    assert (job.share, job.message) == (1.0, "half")
    job.stop.set()
    finish("waits")
    assert work.outcome("waits") == "stopped"


def test_nobody_gets_anothers_result(somebody: list[str]) -> None:
    work.start("mine", lambda job: "secret")
    finish("mine")
    somebody[0] = "eve"
    assert work.outcome("mine") is None


def test_work_speaks_the_readers_language() -> None:
    with use_language("fr"):
        work.start("say", lambda job: _("Stop"))
    finish("say")
    assert work.outcome("say") == "Arrêter"


def test_work_that_nobody_waits_for_is_told_to_end_and_forgotten() -> None:
    begun = threading.Event()

    def waits(job: work.Work) -> bool:
        begun.set()
        return job.stop.wait(30)

    work.start("waits", waits)
    assert begun.wait(30)
    future = work._all[("ada", "waits")].future
    work.stop("waits")
    assert not work.running("waits")
    assert future is not None and future.result(timeout=30), "it was told to end"
    assert work.outcome("waits") is None, "what it came to is nobody's concern"
