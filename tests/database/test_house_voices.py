"""A house's voice: shared in a workspace, each visitor's own in the demo house."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.access import DEMO_WORKSPACE, Role
from lib.database import connect
from lib.database.house_voices import house_voice, set_house_voice
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.errors import NotAllowed


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def colleague(database, actor):
    person, _token = create_person(database)
    join(database, person, make_join_code(database, actor, Role.INNOVATOR))
    return actor_for(database, person, actor.workspace)


def test_a_workspace_has_one_voice_and_the_last_change_counts(database, actor, stranger):
    other = colleague(database, actor)
    assert house_voice(database, actor) == {}
    set_house_voice(database, actor, {"house": "Atelier Dupont"})
    set_house_voice(database, other, {"house": "Dupont"})
    assert {house_voice(database, one)["house"] for one in (actor, other)} == {"Dupont"}
    set_house_voice(database, actor, {"house": "Dupont & Fille"})
    assert {house_voice(database, one)["house"] for one in (actor, other)} == {"Dupont & Fille"}
    assert house_voice(database, stranger) == {}


def test_in_the_demo_house_a_voice_is_its_visitors_own(database):
    one, two = (actor_for(database, create_person(database)[0], DEMO_WORKSPACE) for _visitor in range(2))
    set_house_voice(database, one, {"house": "Mine"})
    assert house_voice(database, one)["house"] == "Mine"
    assert house_voice(database, two) == {}


def test_who_only_reviews_sets_no_voice(database, actor):
    with pytest.raises(NotAllowed):
        set_house_voice(database, replace(actor, role=Role.REVIEWER), {"house": "X"})
