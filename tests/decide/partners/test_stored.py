"""What a house keeps of its candidates: its own, sound, and refused with a way out where it isn't."""

from __future__ import annotations

from typing import Any

import pytest

from lib.access import Actor, Role
from lib.database import connect, partners
from lib.database.partners import PartnerCriterion, PartnerKind, PartnerScore, Way
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.errors import InputError, NotAllowed, NotFound

SURE = PartnerScore(4, 4.5, 5, "evidence", "Which?", "2026-11-02", "c1")


@pytest.fixture
def database() -> Any:
    with connect() as opened:
        yield opened


def test_candidates_scores_weights_and_choices_are_found_again_by_colleagues(database: Any, actor: Actor) -> None:
    one = partners.add(database, actor, "  Firm   One ", PartnerKind.SPECIALISED, "built-in")
    partners.save_scores(database, actor, one, {PartnerCriterion.PRICE: SURE})
    partners.save_weights(database, actor, {PartnerCriterion.PRICE: 3, PartnerCriterion.EXIT: 1})
    partners.choose(database, actor, "stylist", Way.PARTNER, one, "They know silk")
    person, _token = create_person(database, "Lou")
    lou = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.REVIEWER)))
    (found,) = partners.listing(database, lou)
    assert (found.name, found.kind, found.engine) == ("Firm One", PartnerKind.SPECIALISED, "built-in")
    assert found.scores == {PartnerCriterion.PRICE: SURE}
    weights = partners.weights(database, lou)
    assert weights[PartnerCriterion.PRICE] == 0.75 and sum(weights.values()) == 1
    assert partners.choices(database, lou)["stylist"].reason == "They know silk"
    partners.choose(database, actor, "stylist", Way.BUILD)
    assert [choice.way for choice in partners.choices(database, actor).values()] == [Way.BUILD]
    for change in (
        lambda: partners.add(database, lou, "x", PartnerKind.CLOUD),
        lambda: partners.retire(database, lou, one),
        lambda: partners.save_scores(database, lou, one, {}),
        lambda: partners.save_weights(database, lou, {PartnerCriterion.PRICE: 1}),
        lambda: partners.choose(database, lou, "stylist", Way.BUY),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_stranger_sees_and_changes_nothing(database: Any, actor: Actor, stranger: Actor) -> None:
    one = partners.add(database, actor, "Secret firm", PartnerKind.CLOUD)
    partners.choose(database, actor, "stylist", Way.BUY, one)
    assert partners.listing(database, stranger) == [] and partners.choices(database, stranger) == {}
    assert partners.name_of(database, stranger, one) == ""
    for change in (
        lambda: partners.retire(database, stranger, one),
        lambda: partners.link_engine(database, stranger, one, "x"),
        lambda: partners.save_scores(database, stranger, one, {PartnerCriterion.PRICE: SURE}),
        lambda: partners.choose(database, stranger, "stylist", Way.BUY, one),
    ):
        with pytest.raises(NotFound):
            change()
    partners.save_weights(database, stranger, {PartnerCriterion.EXIT: 1})
    assert len(set(partners.weights(database, actor).values())) == 1


def test_one_who_was_taken_off_keeps_its_name_where_it_was_chosen(database: Any, actor: Actor) -> None:
    one = partners.add(database, actor, "Firm", PartnerKind.CLOUD)
    partners.choose(database, actor, "stylist", Way.BUY, one)
    partners.retire(database, actor, one)
    assert partners.listing(database, actor) == []
    assert partners.name_of(database, actor, partners.choices(database, actor)["stylist"].partner or "") == "Firm"
    with pytest.raises(NotFound):
        partners.choose(database, actor, "stylist", Way.BUY, one)
    with pytest.raises(NotFound):
        partners.choose(database, actor, "no_such_case", Way.BUY)


@pytest.mark.parametrize("name", ["", "   ", "x" * 300, "firm one"])
def test_a_name_that_will_not_do_is_refused_and_nothing_is_lost(database: Any, actor: Actor, name: str) -> None:
    partners.add(database, actor, "Firm One", PartnerKind.CLOUD)
    with pytest.raises(InputError):
        partners.add(database, actor, name, PartnerKind.CLOUD)
    assert len(partners.listing(database, actor)) == 1


def test_a_list_has_an_end(database: Any, actor: Actor) -> None:
    for at in range(partners.MAX_PARTNERS):
        partners.add(database, actor, f"Firm {at}", PartnerKind.CLOUD)
    with pytest.raises(InputError):
        partners.add(database, actor, "One more", PartnerKind.CLOUD)


@pytest.mark.parametrize("ends", [(0, 3, 5), (1, 3, 6), (4, 3, 5), (1, 5, 4), (1, float("nan"), 5)])
def test_a_range_that_makes_no_sense_is_refused(database: Any, actor: Actor, ends: tuple[float, float, float]) -> None:
    one = partners.add(database, actor, "Firm", PartnerKind.CLOUD)
    with pytest.raises(InputError):
        partners.save_scores(database, actor, one, {PartnerCriterion.EXIT: PartnerScore(*ends, "opinion")})
    assert partners.listing(database, actor)[0].scores == {}


@pytest.mark.parametrize("weight", [0.0, -1.0, float("inf")])
def test_weights_that_say_nothing_are_refused_and_the_old_ones_stay(database: Any, actor: Actor, weight: float) -> None:
    partners.save_weights(database, actor, {PartnerCriterion.EXIT: 2})
    with pytest.raises(InputError):
        partners.save_weights(database, actor, dict.fromkeys(PartnerCriterion, weight))
    assert partners.weights(database, actor)[PartnerCriterion.EXIT] == 1
