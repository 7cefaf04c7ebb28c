"""Heavy work in real child processes over a real database: seen, held, ended, begun again, recorded once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lib import catalogue
from lib.access import Actor, Role
from lib.batch.work import PAUSED, WorkHand, do_work_here, dotted
from lib.catalogue import use_case
from lib.checks.provenance import marks
from lib.database import artefacts, connect
from lib.database.jobs import Job, cancel, job, pause, resume
from lib.database.people import create_person
from lib.database.processes import is_alive, this_process
from lib.database.runs import checks_of, get_run, recent
from lib.database.work_claims import return_abandoned_work, take_work
from lib.database.work_jobs import begin_work, last_work
from lib.errors import NotAllowed, NotFound
from lib.i18n import translate
from lib.settings import ROOT
from tests.batch.made_work import COMMAND, HERE, SLUG, install

PATIENCE = 60.0  # seconds until a test that waits for ever gives up; nothing is measured by it


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions of ``made_work`` are in the catalogue of this process too."""
    monkeypatch.setattr(catalogue, "USE_CASES", catalogue.USE_CASES)
    install()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """What the function has written so far."""
    path = tmp_path / "notes"
    path.touch()
    return path


@pytest.fixture
def hand() -> Iterator[WorkHand]:
    """A hand whose child knows ``made_work``."""
    found = WorkHand(COMMAND)
    yield found
    found.stop()


def begin(actor: Actor, name: str, language: str = "en", **arguments: Any) -> str:
    with connect() as database:
        return begin_work(
            database,
            actor,
            use_case=SLUG,
            function=HERE + name,
            title="What sold",
            title_values={},
            arguments=arguments,
            seed=3,
            language=language,
        )


def take() -> str | None:
    with connect() as database:
        return take_work(database, this_process(database))


def seen(actor: Actor, job_id: str) -> Job:
    with connect() as database:
        return job(database, actor, job_id)


def steer(action: Callable[..., None], actor: Actor, job_id: str) -> None:
    with connect() as database:
        action(database, actor, job_id)


def until(true: Callable[[], object], hand: WorkHand) -> None:
    """Let the worker's loop go on until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        hand.poll()
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def done(hand: WorkHand) -> Callable[[], bool]:
    return lambda: hand.ended


def started(hand: WorkHand, actor: Actor, name: str, **arguments: Any) -> str:
    identifier = begin(actor, name, **arguments)
    assert take() == identifier
    hand.start(identifier)
    return identifier


def holder(job_id: str) -> str | None:
    with connect() as database:
        return next(database.query("select process from jobs where id = ?", [job_id]))["process"]


def output(actor: Actor, job_id: str) -> dict[str, Any]:
    found = seen(actor, job_id)
    assert (found.status, found.share) == ("done", 1.0), found.reason
    with connect() as database:
        run = get_run(database, actor, str(found.run))
    assert (run["status"], run["job_id"], run["seed"], run["kind"]) == ("done", job_id, 3, "analysis")
    return dict(run["output"])


def test_the_result_is_a_run_and_the_job_is_done(actor: Actor, hand: WorkHand) -> None:
    identifier = started(hand, actor, "adds", language="fr", one=1, two=2)
    until(done(hand), hand)
    assert output(actor, identifier) == {"sum": 3, "seed": 3, "language": "fr"}
    assert holder(identifier) is None
    with connect() as database:
        assert len(recent(database, actor)) == 1


def test_progress_is_seen_in_the_readers_language(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "steps", notes=str(notes))
    until(lambda: seen(actor, identifier).said, hand)
    found = seen(actor, identifier)
    assert (found.status, found.share) == ("running", 0.5)
    said = found.said or {}
    number = said["values"]["number"]
    assert translate(said["message"], "fr", **said["values"]) == f"Texte {number} sur 10000"
    notes.with_name("enough").touch()
    until(done(hand), hand)
    assert output(actor, identifier) == {"ended": True}


def test_a_pause_holds_it_and_resuming_lets_it_go_on(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "steps", notes=str(notes))
    until(notes.read_text, hand)
    steer(pause, actor, identifier)
    until(lambda: (seen(actor, identifier).said or {}).get("message") == PAUSED, hand)
    until(lambda: hand.held, hand)
    before = notes.read_text()
    notes.with_name("enough").touch()  # were it not held, it would end now
    child = str(holder(identifier))
    for _look in range(20):
        assert hand.poll()
        with connect() as database:
            assert is_alive(database, child)
            assert take_work(database, this_process(database)) is None
    assert notes.read_text() == before
    steer(resume, actor, identifier)
    assert take() is None, "the child that holds it goes on with it"
    until(done(hand), hand)
    assert output(actor, identifier) == {"ended": True}


def test_what_looks_ends_by_itself_at_a_cancel(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "steps", notes=str(notes))
    until(notes.read_text, hand)
    steer(cancel, actor, identifier)
    until(done(hand), hand)
    assert seen(actor, identifier).status == "cancelled"
    with connect() as database:
        assert recent(database, actor) == []


def test_what_never_looks_is_ended_at_a_cancel(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "stubborn", notes=str(notes))
    until(notes.read_text, hand)
    child = str(holder(identifier))
    steer(cancel, actor, identifier)
    until(done(hand), hand)
    assert seen(actor, identifier).status == "cancelled"
    with connect() as database:
        assert not is_alive(database, child)
    assert take() is None


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_killed_child_is_begun_again_and_comes_to_the_same(
    actor: Actor, hand: WorkHand, notes: Path, deaths: int
) -> None:
    identifier = started(hand, actor, "dies", notes=str(notes), deaths=deaths, one=1, two=2)
    for _death in range(deaths):
        until(done(hand), hand)
        assert seen(actor, identifier).status == "waiting"
        assert take() == identifier
        hand.start(identifier)
    until(done(hand), hand)
    assert output(actor, identifier)["sum"] == 3
    assert notes.read_text() == "begun\n" * (deaths + 1)


def test_the_third_death_ends_it_with_a_reason(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "dies", notes=str(notes), deaths=99, one=1, two=2)
    until(done(hand), hand)
    for _death in range(2):
        assert take() == identifier
        hand.start(identifier)
        until(done(hand), hand)
    assert take() is None
    found = seen(actor, identifier)
    assert found.status == "failed"
    reason = found.reason or {}
    assert "3" in translate(reason["message"], "fr", **reason["values"])
    assert translate(reason["message"], "fr") != reason["message"]
    assert notes.read_text() == "begun\n" * 3


@pytest.mark.parametrize(("name", "error"), [("refuses", "TooFewRows"), ("breaks", "ZeroDivisionError")])
def test_an_error_ends_it_with_its_reason_and_no_run(actor: Actor, hand: WorkHand, name: str, error: str) -> None:
    identifier = started(hand, actor, name)
    until(done(hand), hand)
    found = seen(actor, identifier)
    assert found.status == "failed"
    reason = found.reason or {}
    assert reason["error"] == error
    assert translate(reason["message"], "fr", **reason["values"]) != translate(
        reason["message"], "en", **reason["values"]
    )
    with connect() as database:
        assert recent(database, actor) == []


def test_the_child_ends_with_its_worker_and_the_next_worker_takes_the_job(
    actor: Actor, hand: WorkHand, notes: Path
) -> None:
    identifier = begin(actor, "steps", notes=str(notes))
    worker = subprocess.Popen([sys.executable, "-c", WORKER, identifier], cwd=ROOT)
    until(notes.read_text, hand)
    child = str(holder(identifier))
    worker.kill()
    worker.wait()

    def ended() -> bool:
        with connect() as database:
            return not is_alive(database, child)

    until(ended, hand)
    with connect() as database:
        assert return_abandoned_work(database) == 1
        deaths = next(database.query("select deaths from jobs where id = ?", [identifier]))["deaths"]
    assert deaths == 0, "a restart isn't held against the work"
    notes.with_name("enough").touch()
    assert take() == identifier
    hand.start(identifier)
    until(done(hand), hand)
    assert output(actor, identifier) == {"ended": True}


WORKER = """
import sys, time
from lib.batch.work import WorkHand
from lib.database import connect
from lib.database.processes import this_process
from lib.database.work_claims import take_work
from tests.batch.made_work import COMMAND
with connect() as database:
    assert take_work(database, this_process(database)) == sys.argv[1]
hand = WorkHand(COMMAND)
hand.start(sys.argv[1])
while hand.poll():
    time.sleep(0.05)
"""


def test_a_worker_that_ends_lets_the_job_wait(actor: Actor, hand: WorkHand, notes: Path) -> None:
    identifier = started(hand, actor, "steps", notes=str(notes))
    until(notes.read_text, hand)
    hand.stop()
    assert hand.ended
    assert (seen(actor, identifier).status, holder(identifier)) == ("waiting", None)


def test_begun_twice_at_once_it_is_one_job(actor: Actor, stranger: Actor) -> None:
    found: list[str] = []
    together = threading.Barrier(8)

    def press() -> None:
        together.wait(30)
        found.append(begin(actor, "adds", one=1, two=2))

    threads = [threading.Thread(target=press) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 8
    assert len(set(found)) == 1
    assert begin(actor, "adds", one=1, two=3) not in found
    assert begin(stranger, "adds", one=1, two=2) not in found
    do_work_here(found[0])
    assert begin(actor, "adds", one=1, two=2) not in found, "what is done can be begun anew"


def test_the_last_of_this_very_work_is_found_by_its_owner_alone(actor: Actor, stranger: Actor) -> None:
    identifier = begin(actor, "adds", one=1, two=2)
    with connect() as database:
        found = last_work(database, actor, HERE + "adds", {"two": 2, "one": 1}, 3)
        assert found is not None and found.id == identifier
        assert last_work(database, actor, HERE + "adds", {"one": 2, "two": 2}, 3) is None
        assert last_work(database, stranger, HERE + "adds", {"one": 1, "two": 2}, 3) is None


def test_nobody_begins_or_does_what_their_role_does_not_allow(actor: Actor, stranger: Actor) -> None:
    reviewer = Actor(actor.person, actor.workspace, Role.REVIEWER)
    with pytest.raises(NotAllowed):
        begin(reviewer, "adds", one=1, two=2)
    identifier = begin(actor, "adds", one=1, two=2)
    with connect() as database:
        with pytest.raises(NotFound):
            cancel(database, stranger, identifier)
        database.execute("update memberships set role = 'reviewer' where person_id = ?", [actor.person])
    do_work_here(identifier)
    found = seen(actor, identifier)
    assert found.status == "failed", "the role was taken away before the work began"
    assert "role" in (found.reason or {})["message"]


@pytest.mark.parametrize("name", ["os.system", "lib.database.jobs.cancel", HERE + "note", ""])
def test_only_what_the_catalogue_lists_is_imported(actor: Actor, name: str) -> None:
    with pytest.raises(NotFound):
        dotted(name)
    assert callable(dotted(use_case(SLUG).proof))
    assert callable(dotted(HERE + "adds"))


def test_a_file_that_was_made_is_kept_with_its_run(actor: Actor, hand: WorkHand) -> None:
    identifier = started(hand, actor, "makes_a_file")
    until(done(hand), hand)
    run = seen(actor, identifier).run
    with connect() as database:
        kept = list(database.query("select name, media_type from artefacts where run_id = ?", [run]))
        assert get_run(database, actor, str(run))["kind"] == "rendering"
    assert kept == [{"name": "a.svg", "media_type": "image/svg+xml"}]


def test_a_picture_that_was_made_says_where_it_comes_from(actor: Actor, hand: WorkHand) -> None:
    identifier = started(hand, actor, "makes_a_picture")
    until(done(hand), hand)
    run = str(seen(actor, identifier).run)
    with connect() as database:
        (kept,) = artefacts.of_run(database, actor, run)
        content = artefacts.load(database, actor, kept["id"])
        (said,) = checks_of(database, actor, run)
    assert marks(content).source_type == "algorithmicMedia"
    assert (said["check_name"], said["verdict"]) == ("provenance", "note")


def test_people_take_turns(actor: Actor) -> None:
    with connect() as database:
        other, _token = create_person(database, "Bo")
        database.table("memberships").insert(
            {"person_id": other, "workspace_id": actor.workspace, "role": "innovator", "joined_at": "2026-01-01"}
        )
    mine = [begin(actor, "adds", one=1, two=number) for number in range(3)]
    theirs = begin(Actor(other, actor.workspace, Role.INNOVATOR), "adds", one=1, two=9)
    assert [take(), take()] == [mine[0], theirs]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system knows no niceness")
def test_the_child_is_nice(actor: Actor, hand: WorkHand, notes: Path) -> None:
    started(hand, actor, "stubborn", notes=str(notes))
    until(notes.read_text, hand)
    child = int(notes.read_text().split()[1])
    assert os.getpriority(os.PRIO_PROCESS, child) >= 10


def test_every_job_of_the_catalogue_can_be_called() -> None:
    for case in catalogue.ready():
        for name in (*case.jobs, case.proof):
            assert callable(dotted(name))


def test_a_child_that_cannot_be_started_counts_as_one_that_died(actor: Actor) -> None:
    nobody = WorkHand(("/no/such/program",))
    identifier = begin(actor, "adds", one=1, two=2)
    for _death in range(3):
        assert take() == identifier
        nobody.start(identifier)
        assert not nobody.poll()
    assert take() is None
    assert seen(actor, identifier).status == "failed"


def test_a_full_disk_sets_it_aside_and_resuming_does_it_again(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from lib.database import artefacts
    from lib.errors import StorageError

    def full(path: Path, content: bytes) -> None:
        raise StorageError("The disk is full.")

    identifier = begin(actor, "makes_a_file")
    with monkeypatch.context() as patched:
        patched.setattr(artefacts, "write_once", full)
        do_work_here(identifier)
    found = seen(actor, identifier)
    assert (found.status, (found.reason or {})["message"], found.run) == ("paused", "The disk is full.", None)
    steer(resume, actor, identifier)
    do_work_here(str(take()))
    assert seen(actor, identifier).status == "done"
    with connect() as database:
        assert len(list(database.query("select id from runs"))) == 1


def test_a_cancelled_job_keeps_no_result_that_came_too_late(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.batch import made_work

    def cancels(arguments: dict[str, Any], job: Any) -> Any:
        steer(cancel, actor, identifier)
        return made_work.result(too="late")

    identifier = begin(actor, "adds", one=1, two=2)
    monkeypatch.setattr(made_work, "adds", cancels)
    do_work_here(identifier)
    assert seen(actor, identifier).status == "cancelled"
    with connect() as database:
        assert recent(database, actor) == []
