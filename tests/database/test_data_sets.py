"""Tables that were brought are read back after a restart, by their workspace and nobody else."""

from __future__ import annotations

import sqlite3

import pytest

from lib.access import Actor, Role
from lib.database import connect, data_sets
from lib.errors import NotAllowed, NotFound, StorageError


def save(database, actor, name="p.csv", content=b"sku\nA\n", slot="products"):
    return data_sets.save(
        database,
        actor,
        "product_descriptions",
        slot,
        name,
        content,
        {"sources": {"sku": "Réf."}, "separator": ";"},
        1,
        [{"line": 3, "column": "name", "message": "The cell is empty", "values": {}}],
    )


def test_a_table_is_read_back_with_everything_that_was_decided(actor):
    with connect() as database:
        identifier = save(database, actor, "../Été.csv")
    with connect() as database:
        found, content = data_sets.load(database, actor, identifier)
        assert data_sets.latest(database, actor, "product_descriptions", "products") == found
    assert content == b"sku\nA\n"
    assert (found.name, found.rows) == ("Été.csv", 1)
    assert found.mapping == {"sources": {"sku": "Réf."}, "separator": ";"}
    assert found.left_out[0]["line"] == 3


def test_the_last_one_comes_first_and_slots_are_apart(actor):
    with connect() as database:
        first, second = save(database, actor, "1.csv"), save(database, actor, "2.csv")
        save(database, actor, "posts.csv", slot="posts")
        listed = data_sets.listing(database, actor, "product_descriptions", "products")
        assert [one.id for one in listed] == [second, first]
        assert len(data_sets.listing(database, actor)) == 3
        assert data_sets.latest(database, actor, "other", "products") is None


def test_others_find_nothing(actor, stranger):
    with connect() as database:
        identifier = save(database, actor)
        assert data_sets.listing(database, stranger) == []
        with pytest.raises(NotFound):
            data_sets.load(database, stranger, identifier)


def test_in_the_demo_house_each_sees_their_own(actor, stranger):
    mine, theirs = (Actor(one.person, "demo", Role.INNOVATOR) for one in (actor, stranger))
    with connect() as database:
        save(database, mine)
        assert len(data_sets.listing(database, mine)) == 1
        assert data_sets.listing(database, theirs) == []


def test_a_reviewer_may_not_save(actor):
    with connect() as database, pytest.raises(NotAllowed):
        save(database, Actor(actor.person, actor.workspace, Role.REVIEWER))


def test_rows_are_written_together_or_not_at_all(actor):
    with connect() as database:
        database.execute(
            "create trigger refusal before insert on data_sets begin select raise(abort, 'disk is full'); end"
        )
        with pytest.raises((StorageError, sqlite3.Error)):
            save(database, actor)
        assert database.table("artefacts").count == 0
