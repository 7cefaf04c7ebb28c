"""A house's own names of others: kept per workspace, changed by who may govern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.access import DEMO_WORKSPACE, Role
from lib.database import connect
from lib.database.house_terms import MOST_NAMES, HouseTerms, house_terms, set_house_terms
from lib.database.people import actor_for, create_person
from lib.errors import InputError, NotAllowed


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def test_names_are_trimmed_kept_once_and_read_back(database, actor, stranger):
    assert house_terms(database, actor) == HouseTerms()
    kept = set_house_terms(database, actor, ["  Tissage  Bellac ", "", "Tissage Bellac"], ["Gap"])
    assert (kept.added, kept.left_out) == (("Tissage Bellac",), ("Gap",))
    assert house_terms(database, actor) == kept
    assert house_terms(database, stranger) == HouseTerms()


def test_in_the_demo_house_a_list_is_its_visitors_own(database):
    one, two = (actor_for(database, create_person(database)[0], DEMO_WORKSPACE) for _visitor in range(2))
    set_house_terms(database, one, ["Bellac"], [])
    assert house_terms(database, two) == HouseTerms()


def test_who_may_not_govern_changes_nothing(database, actor):
    with pytest.raises(NotAllowed):
        set_house_terms(database, replace(actor, role=Role.PARTICIPANT), ["Bellac"], [])


@pytest.mark.parametrize("names", [["x"], ["n" * 61], [f"name {n}" for n in range(MOST_NAMES + 1)]])
def test_what_is_no_list_of_names_is_refused(database, actor, names):
    with pytest.raises(InputError):
        set_house_terms(database, actor, names, [])
    assert house_terms(database, actor) == HouseTerms()
