"""What every test stands on: a database of its own, English, and no key from the machine's environment."""

from __future__ import annotations

import os

from lib.settings import NUMERICAL_THREADS

os.environ.update(dict.fromkeys(NUMERICAL_THREADS, "1"))  # as the app does, before anything loads numpy

import sqlite3
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlite_utils import Database

from lib.access import Actor, Role
from lib.database import connect, connection
from lib.database.migrations import upgrade
from lib.database.people import actor_for, create_person, create_workspace
from lib.i18n import set_language
from lib.settings import settings

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("toile", deadline=None)
hypothesis_settings.load_profile("toile")

opened_as_the_app_does = connection._open
one_at_a_time = threading.Lock()  # pages' scripts open databases in threads of their own


@cache
def newest_schema() -> sqlite3.Connection:
    """An empty database that every step of the schema was applied to, made once in a process."""
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    upgrade(Database(made, execute_plugins=False))
    return made


def open_quickly(path: Path) -> Database:
    """As the app opens it, but a new file gets the newest schema at once, and no write waits for the disk.

    No test cuts the power: what a killed process has written, the system keeps.
    """
    new = not path.exists() or not path.stat().st_size
    database = opened_as_the_app_does(path)
    database.conn.execute("pragma synchronous = off")
    if new:
        with one_at_a_time:
            newest_schema().backup(database.conn)
    return database


connection._open = open_quickly


@pytest.fixture(autouse=True)
def own_surroundings(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A fresh database path, no configured engine, and English at the start of each test.

    The small model that is there by itself is loaded once for all tests that use it.
    """
    monkeypatch.setenv("TOILE_ENGINE_FOLDER", str(tmp_path_factory.getbasetemp() / "engines"))
    monkeypatch.setenv("TOILE_DB", str(tmp_path / "toile.db"))
    monkeypatch.setenv("TOILE_SECRETS", str(tmp_path / "secrets.toml"))
    monkeypatch.setenv("TOILE_WORKER", "off")
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "TOILE_ARTEFACTS", "TOILE_MAX_ROWS", "TOILE_MAX_UPLOAD_MB"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    set_language("en")
    yield
    settings.cache_clear()


@pytest.fixture
def actor() -> Actor:
    """An administrator of a workspace of their own."""
    with connect() as database:
        person, _token = create_person(database, "Ada")
        return actor_for(database, person, create_workspace(database, person, "Atelier Ada"))


@pytest.fixture
def stranger() -> Actor:
    """An administrator of another workspace."""
    with connect() as database:
        person, _token = create_person(database, "Sam")
        return Actor(person, create_workspace(database, person, "Elsewhere"), Role.ADMINISTRATOR)
