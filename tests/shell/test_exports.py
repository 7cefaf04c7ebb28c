"""Exports are made when asked for, in the reader's language, and kept as artefacts of their run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.access import Actor, Role
from lib.database import artefacts, connect
from lib.database.runs import start_run
from lib.i18n import _
from lib.shell import exports, session
from lib.shell.exports import CSV, Export, deferred


@pytest.fixture
def run_id(actor: Actor) -> str:
    with connect() as database:
        return start_run(database, actor, use_case="x", kind="analysis", method="m", method_version="1", inputs={})


@pytest.fixture
def reader(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(session, "actor", lambda: actor)
    monkeypatch.setattr(session, "language", lambda: "fr")
    return actor


def in_a_thread(make):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make).result()


def test_nothing_is_made_before_it_is_asked_for(reader, run_id):
    made = []
    make = deferred(Export("x", "x.csv", lambda: made.append(1) or b"x", CSV, run_id))
    assert not made
    assert in_a_thread(make) == b"x"
    assert made == [1]


def test_an_export_is_in_the_readers_language_even_in_another_thread(reader):
    assert in_a_thread(deferred(Export("x", "x.csv", lambda: _("Copied").encode(), CSV))) == "Copié".encode()


def test_an_export_is_an_artefact_of_its_run_once(reader, run_id):
    export = Export("x", "x.csv", lambda: b"content", CSV, run_id)
    for _time in range(2):
        in_a_thread(deferred(export))
    with connect() as database:
        kept = artefacts.of_run(database, reader, run_id)
        assert [(row["name"], row["media_type"]) for row in kept] == [("x.csv", CSV)]
        assert artefacts.load(database, reader, kept[0]["id"]) == b"content"


def test_a_reviewer_may_take_away_but_records_nothing(actor, run_id, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: Actor(actor.person, actor.workspace, Role.REVIEWER))
    monkeypatch.setattr(session, "language", lambda: "en")
    assert in_a_thread(deferred(Export("x", "x.csv", lambda: b"content", CSV, run_id))) == b"content"
    with connect() as database:
        assert artefacts.of_run(database, actor, run_id) == []


def test_the_copy_button_never_sets_markup():
    assert "innerHTML" not in exports._COPY_JS
    assert 'aria-live="polite"' in exports._COPY_HTML
