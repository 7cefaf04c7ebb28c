"""Files under their content's hash: whole or not at all, and seen by nobody else."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Actor, Role
from lib.database import artefacts, connect
from lib.database.runs import start_run
from lib.errors import NotAllowed, NotFound, StorageError
from lib.settings import settings


def files() -> list[Path]:
    return [path for path in settings().artefacts.rglob("*") if path.is_file()]


def run_of(database, actor):
    return start_run(database, actor, use_case="x", kind="analysis", method="m", method_version="1", inputs={})


def test_what_was_stored_is_loaded(actor):
    with connect() as database:
        identifier = artefacts.store(database, actor, "a.csv", b"sku\n", "text/csv")
        assert artefacts.load(database, actor, identifier) == b"sku\n"
        row = artefacts.describe(database, actor, identifier)
    assert (row["name"], row["bytes"], row["media_type"]) == ("a.csv", 4, "text/csv")
    assert (
        files()[0].relative_to(settings().artefacts).as_posix() == f"{row['hash'][:2]}/{row['hash'][2:4]}/{row['hash']}"
    )


def test_the_same_content_lies_on_disk_once(actor, stranger):
    with connect() as database:
        one = artefacts.store(database, actor, "a", b"same", "text/plain")
        other = artefacts.store(database, stranger, "b", b"same", "text/plain")
    assert one != other
    assert len(files()) == 1


def test_others_do_not_find_it(actor, stranger):
    with connect() as database:
        identifier = artefacts.store(database, actor, "a", b"mine", "text/plain")
        for someone in (stranger, Actor(actor.person, stranger.workspace, Role.ADMINISTRATOR)):
            with pytest.raises(NotFound):
                artefacts.load(database, someone, identifier)


def test_in_the_demo_house_each_sees_their_own(actor, stranger):
    mine, theirs = (Actor(one.person, "demo", Role.INNOVATOR) for one in (actor, stranger))
    with connect() as database:
        identifier = artefacts.store(database, mine, "a", b"mine", "text/plain")
        assert artefacts.load(database, mine, identifier)
        with pytest.raises(NotFound):
            artefacts.load(database, theirs, identifier)


def test_a_reviewer_may_not_store(actor):
    with connect() as database, pytest.raises(NotAllowed):
        artefacts.store(database, Actor(actor.person, actor.workspace, Role.REVIEWER), "a", b"x", "text/plain")
    assert not files()


def test_an_export_taken_twice_is_one_artefact_of_its_run(actor, stranger):
    with connect() as database:
        run = run_of(database, actor)
        ids = {artefacts.store(database, actor, "a.csv", b"x", "text/csv", run) for _time in range(2)}
        assert [row["id"] for row in artefacts.of_run(database, actor, run)] == list(ids)
        assert artefacts.of_run(database, stranger, run) == []
        with pytest.raises(NotFound):
            artefacts.store(database, stranger, "a.csv", b"x", "text/csv", run)


def test_a_full_disk_leaves_nothing_behind(actor, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with connect() as database, pytest.raises(StorageError, match="No space left"):
        artefacts.store(database, actor, "a", b"half", "text/plain")
    monkeypatch.undo()
    with connect() as database:
        assert database.table("artefacts").count == 0
    assert not files()


def test_a_write_that_is_cut_is_never_seen_as_the_file(tmp_path, monkeypatch):
    target = tmp_path / "ab" / "file"
    monkeypatch.setattr(Path, "replace", lambda self, to: (_ for _ in ()).throw(OSError(errno.EIO, "cut")))
    with pytest.raises(StorageError):
        artefacts.write_once(target, b"content")
    assert not target.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_half_file_of_a_crash_is_written_anew(actor, tmp_path):
    target = tmp_path / "file"
    target.write_bytes(b"con")
    artefacts.write_once(target, b"content")
    assert target.read_bytes() == b"content"


def test_a_missing_or_changed_file_is_said(actor):
    with connect() as database:
        identifier = artefacts.store(database, actor, "a.csv", b"content", "text/csv")
        files()[0].write_bytes(b"changed")
        with pytest.raises(StorageError, match=r"a\.csv"):
            artefacts.load(database, actor, identifier)
        files()[0].unlink()
        with pytest.raises(StorageError, match=r"a\.csv"):
            artefacts.load(database, actor, identifier)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Été 2026.csv", "Été 2026.csv"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("gpj.\u202egnp.exe", "gpj.gnp.exe"),
        ("...", "file"),
        ("", "file"),
        ("x" * 500 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_names_are_made_safe(name, expected):
    assert artefacts.safe_name(name) == expected


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_hides_a_letter(name):
    safe = artefacts.safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe not in (".", "..")
    assert not any(unicodedata.category(letter)[0] == "C" for letter in safe)
    assert artefacts.safe_name(safe) == safe
