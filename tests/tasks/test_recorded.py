"""Runs that a page records itself."""

from __future__ import annotations

from typing import Any

import pytest

from lib.access import Actor
from lib.checks import CheckResult
from lib.checks.provenance import marks
from lib.database import artefacts, connect
from lib.database.runs import checks_of, get_run, recent
from lib.errors import Cancelled, InputError, NotFound
from lib.files.provenance import SourceType
from lib.i18n import N_
from lib.tasks.recorded import Recorded, read_back, recorded
from tests.loopback.images import picture


def rendering(actor: Actor, method: str = "flat") -> Recorded:
    return recorded(
        actor, use_case="sketch_to_design", kind="rendering", method=method, method_version="1", inputs={"n": 4}, seed=3
    )


def row_of(actor: Actor, run: Recorded) -> dict[str, Any]:
    with connect() as database:
        return get_run(database, actor, run.id)


def test_a_rendering_is_recorded_with_its_file_and_checks_and_read_back(actor: Actor) -> None:
    with rendering(actor) as run:
        assert row_of(actor, run)["status"] == "running"
        kept = run.keep("flat.svg", b"<svg/>", "image/svg+xml")
        run.output = {"variants": 4}
        run.checks.append(CheckResult("drawn"))
    row = row_of(actor, run)
    assert (row["status"], row["output"], row["inputs"], row["seed"]) == ("done", {"variants": 4}, {"n": 4}, 3)
    assert row["seconds"] >= 0
    with connect() as database:
        assert artefacts.load(database, actor, kept) == b"<svg/>"
        assert [found["id"] for found in artefacts.of_run(database, actor, run.id)] == [kept]
        assert [found["check_name"] for found in checks_of(database, actor, run.id)] == ["drawn"]
    found = read_back(actor, "sketch_to_design")
    assert found is not None and found["id"] == run.id


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError(N_("There is no sketch in this picture.")), "failed"),
        (ZeroDivisionError("secret"), "failed"),
        (Cancelled(N_("Stopped.")), "cancelled"),
        (KeyboardInterrupt(), "cancelled"),
    ],
)
def test_what_goes_wrong_is_recorded_and_goes_on_up(actor: Actor, error: BaseException, status: str) -> None:
    with pytest.raises(type(error)), rendering(actor) as run:
        raise error
    row = row_of(actor, run)
    assert row["status"] == status
    assert "secret" not in str(row["error"])
    assert read_back(actor, "sketch_to_design") is None


def test_another_persons_and_another_methods_runs_are_not_read_back(actor: Actor, stranger: Actor) -> None:
    with rendering(actor, "flat") as run:
        run.output = {}
    assert read_back(actor, "sketch_to_design", "solid") is None
    assert read_back(stranger, "sketch_to_design") is None


def test_a_parent_that_is_not_the_actors_stops_it_before_it_begins(actor: Actor, stranger: Actor) -> None:
    with rendering(actor) as mine:
        mine.output = {}
    with (
        pytest.raises(NotFound),
        recorded(
            stranger,
            use_case="sketch_to_design",
            kind="rendering",
            method="flat",
            method_version="1",
            inputs={},
            parent=mine.id,
        ),
    ):
        pytest.fail("it began")
    with connect() as database:
        assert recent(database, stranger) == []


def test_a_kept_picture_says_where_it_comes_from_and_a_check_reads_it_back(actor: Actor) -> None:
    with rendering(actor) as run:
        kept = run.keep_picture("flat.png", picture("teal"), "image/png", SourceType.ALGORITHMIC)
    with connect() as database:
        content = artefacts.load(database, actor, kept)
        (said,) = checks_of(database, actor, run.id)
    assert marks(content).source_type == "algorithmicMedia" and run.id.encode() in content
    assert (said["check_name"], said["verdict"]) == ("provenance", "note")
    assert said["findings"][0]["evidence"] == "flat.png"
