"""Rows of a house's tables: bad ones are named, consent is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.personalised_storefront.data import costs_from, orders_from, shoppers_from, visits_from
from lib.commerce.personalised_storefront.model import Purpose
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import house_of
from lib.files.values import read_number

PLACE = {"visit_id": "V", "at": "2026-09-05T00:18", "page": "home", "position": "1", "sku": "a", "clicked": "0"}


def test_consent_is_read_in_both_languages_and_never_guessed():
    cells = ("orders; browsing", "commandes", "", "?", "everything")
    rows = [{"customer_id": f"C{number}", "allowed_purposes": cell} for number, cell in enumerate(cells)]
    found, problems = shoppers_from(rows, range(2, 7))
    assert not problems
    told = ({Purpose.ORDERS, Purpose.BROWSING}, {Purpose.ORDERS}, set(), set(), set())
    assert [set(one.purposes) for one in found] == list(told)
    assert [one.unclear for one in found] == [False, False, False, True, True]


def test_bad_rows_are_named_by_line():
    row = {"order_id": "1", "customer_id": "C1", "placed_on": "31/10/2026", "sku": "a1"}
    rows = [row, {**row, "placed_on": "soon"}, {**row, "sku": ""}, {**row, "quantity": "some"}]
    found, problems = orders_from(rows, [2, 3, 4, 5])
    assert [one.sku for one in found] == ["A1"] and str(found[0].placed_on) == "2026-10-31"
    assert [(one.line, one.column) for one in problems] == [(3, "placed_on"), (4, "sku"), (5, "quantity")]


def test_a_visit_without_a_chance_is_kept_and_one_without_a_place_isn_t():
    row = {"visit_id": "V", "at": "2026-09-05T00:18", "page": "Dresses", "position": "1", "sku": "a", "clicked": "1"}
    found, problems = visits_from([row, {**row, "position": "0"}, {**row, "chance": "often"}], [2, 3, 4])
    assert found[0].chance is None and found[0].clicked and found[0].page == "dresses"
    assert [(one.line, one.column) for one in problems] == [(3, "position"), (4, "chance")]


def test_a_floor_may_be_a_percentage():
    found, _problems = costs_from([{"sku": "a", "landed_cost": "12,5", "lowest_margin": "50 %"}], [2])
    assert (found[0].landed, found[0].floor) == (12.5, 0.5)


def test_the_demo_house_is_cleaned_and_counted():
    told = house_of(sample_tables()).cleaned
    assert told.robots and told.visits_twice and told.lines_twice and told.chances_lost
    assert told.visits > 4_000


def test_a_floor_of_half_a_percent_isn_t_one_half_and_none_is_the_whole_price():
    rows = [{"sku": "a", "lowest_margin": "0,5 %"}, {"sku": "b", "lowest_margin": "100 %"}]
    found, problems = costs_from(rows, [2, 3])
    assert [one.floor for one in found] == [0.005]
    assert [(one.line, one.column) for one in problems] == [(3, "lowest_margin")]


def test_consents_written_one_below_the_other_are_read():
    found, _problems = shoppers_from([{"customer_id": "C1", "allowed_purposes": "orders\ncomments"}], [2])
    assert found[0].purposes == {Purpose.ORDERS, Purpose.COMMENTS}


@given(st.decimals(0, 1_000, places=6, allow_nan=False) | st.text("0123456789.,- %", max_size=8))
def test_a_plain_number_is_read_as_everywhere_else(value):
    cell = str(value)
    found, problems = visits_from([{**PLACE, "chance": cell}], [2])
    wanted = read_number(" ".join(cell.split()))
    if cell.strip() and wanted is None:
        assert not found and len(problems) == 1
    else:
        assert [one.chance for one in found] == [wanted]


@pytest.mark.parametrize(("cell", "wanted"), [("1", 1), ("007", 7), ("3,0", 3), ("²", None), ("0", None), ("", None)])
def test_a_place_is_a_whole_number_from_one(cell, wanted):
    found, problems = visits_from([{**PLACE, "position": cell}], [2])
    assert [one.position for one in found] == ([wanted] if wanted else [])
    assert bool(problems) is (wanted is None)
