"""A file that was kept, read again the way it was read when it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from lib.access import Actor
from lib.database import data_sets
from lib.database.data_sets import DataSet
from lib.files.columns import Column
from lib.files.intake import Choices, Intake, Parse, mapping_of, read, take_in

T = TypeVar("T")


def reopen(
    database: Database, actor: Actor, data_set: str, columns: Sequence[Column], parse: Parse[T]
) -> tuple[DataSet, Intake[T]]:
    """A kept data set and its items.

    Raises:
        NotFound: no such data set among those that the actor sees.
        StorageError: its file is missing or was changed on disk.
    """
    found, content = data_sets.load(database, actor, data_set)
    choices = Choices.from_json(found.mapping)
    table = read(content, found.name, choices)
    return found, take_in(table, mapping_of(table, columns, choices), columns, parse)


def open_sample(path: Path, columns: Sequence[Column], parse: Parse[T]) -> Intake[T]:
    """The demo house's table."""
    table = read(path.read_bytes(), path.name, Choices())
    return take_in(table, mapping_of(table, columns, Choices()), columns, parse)
