"""The log: what happened and what was changed since, every state kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lib.access import Actor, Role
from lib.database import connect, incidents
from lib.database.incidents import Entry
from lib.errors import InputError, NotAllowed, NotFound, Overtaken
from tests.govern.risk_review.reviews import SLUG, colleague, ran

TODAY = dt.date.today()
ENTRY = Entry("incident", "serious", TODAY.isoformat(), "A wrong composition was published", harm="One client misled")


def test_an_entry_is_kept_with_all_its_states(actor: Actor) -> None:
    with connect() as database:
        run = ran(database, actor)
        made = incidents.log(database, actor, SLUG, replace(ENTRY, run=run))
        incidents.change(
            database, actor, made, replace(ENTRY, run=run, changed="A second reader", closed_on=TODAY.isoformat()),
            version=1,
        )  # fmt: skip
        (found,) = incidents.listing(database, actor)
        assert (found.version, found.entry.changed, found.entry.run) == (2, "A second reader", run)
        assert [entry.changed for entry, _who, _when in incidents.states(database, actor, made)] == [
            "A second reader", "",
        ]  # fmt: skip


def test_it_is_filtered(actor: Actor) -> None:
    with connect() as database:
        incidents.log(database, actor, SLUG, ENTRY)
        incidents.log(database, actor, "stylist", replace(ENTRY, severity="minor"))
        closed = replace(ENTRY, severity="severe", changed="All", closed_on=TODAY.isoformat())
        incidents.log(database, actor, SLUG, closed)
        assert len(incidents.listing(database, actor)) == 3
        assert len(incidents.listing(database, actor, SLUG)) == 2
        assert [one.entry.severity for one in incidents.listing(database, actor, SLUG, still_open=True)] == ["serious"]
        assert [one.use_case for one in incidents.listing(database, actor, severity="minor")] == ["stylist"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"what": " "}, "Say what happened"), ({"severity": "awful"}, "how severe"), ({"happened_on": ""}, "day"),
     ({"happened_on": (TODAY + dt.timedelta(days=1)).isoformat()}, "not come yet"),
     ({"closed_on": TODAY.isoformat()}, "what was changed"),
     ({"closed_on": "2020-01-01", "changed": "x"}, "before it happened"), ({"harm": "x" * 4_001}, "4000|4,000")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(actor: Actor, changes: dict[str, str], message: str) -> None:
    with connect() as database:
        with pytest.raises(InputError, match=message):
            incidents.log(database, actor, SLUG, replace(ENTRY, **changes))
        assert incidents.listing(database, actor) == []


def test_who_saves_second_is_told(actor: Actor) -> None:
    other = colleague(actor)
    with connect() as database:
        made = incidents.log(database, actor, SLUG, ENTRY)
        incidents.change(database, other, made, replace(ENTRY, cause="Old data"), version=1)
        with pytest.raises(Overtaken, match="Bo changed"):
            incidents.change(database, actor, made, replace(ENTRY, cause="Luck"), version=1)
        assert incidents.get(database, actor, made).entry.cause == "Old data"


def test_a_deleted_run_is_none_and_what_named_it_stays(actor: Actor) -> None:
    with connect() as database:
        run = ran(database, actor)
        made = incidents.log(database, actor, SLUG, replace(ENTRY, run=run))
        database.execute("delete from runs where id = ?", [run])
        with pytest.raises(NotFound):
            incidents.log(database, actor, SLUG, replace(ENTRY, run=run))
        incidents.change(database, actor, made, replace(ENTRY, run=run, cause="x"), version=1)
        assert incidents.get(database, actor, made).entry.run == run


def test_another_workspace_and_a_participant_write_nothing(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        made = incidents.log(database, actor, SLUG, ENTRY)
        assert incidents.listing(database, stranger) == []
        for do in (incidents.get, incidents.states):
            with pytest.raises(NotFound):
                do(database, stranger, made)
        with pytest.raises(NotFound):
            incidents.change(database, stranger, made, ENTRY, version=1)
        with pytest.raises(NotAllowed):
            incidents.log(database, colleague(actor, Role.PARTICIPANT), SLUG, ENTRY)
