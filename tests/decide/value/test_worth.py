"""What a value sheet comes to: sure amounts by hand, ranges by what they promise, currencies, and bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor, Role
from lib.database import connect, value_sheets
from lib.database.value_sheets import ExchangeRate, ValueLine
from lib.decide.value.worth import RateMissing, worth
from lib.errors import InputError, NotAllowed

GAIN = ValueLine("gain", "Hours saved", 120, 120, 120, "EUR", "Time sheets", "2026-03-01")
COST = ValueLine("cost", "Licences", 20, 20, 20, "EUR")
ONCE = ValueLine("one_off", "Set-up", 150, 150, 150, "EUR")


def test_sure_amounts_come_to_what_one_reckons_by_hand() -> None:
    found = worth([GAIN, COST, ONCE], "EUR", {}, years=2, discount=0.1)
    assert found.net.value == pytest.approx(100 / 1.1 + 100 / 1.21 - 150, rel=1e-5)
    assert found.payback == (18, 18, 18) and found.gains == 1
    assert (found.sourced, found.lines) == (1, 3)


def test_what_never_pays_back_says_so() -> None:
    found = worth([COST, ONCE], "EUR", {})
    assert found.payback == (None, None, None) and found.gains == 0 and found.net.high < 0


def test_the_range_holds_what_it_promises() -> None:
    wide = replace(GAIN, low=0.0, high=300.0)
    found = worth([wide, COST, ONCE], "EUR", {}, years=1, discount=0.0)
    drawn = np.random.default_rng(9).triangular(0, 120, 300, 100_000) - 20 - 150
    inside = ((found.net.low <= drawn) & (drawn <= found.net.high)).mean()
    assert inside == pytest.approx(0.9, abs=0.02)
    assert found.gains == pytest.approx((drawn > 0).mean(), abs=0.02)


@given(st.floats(0.5, 2), st.integers(1, 5))
@settings(max_examples=20)
def test_another_currency_is_only_another_unit(rate: float, years: int) -> None:
    rates = {("USD", "EUR"): ExchangeRate("USD", "EUR", rate, "2026-05-01")}
    dollars = [replace(line, currency="USD") for line in (GAIN, COST, ONCE)]
    home, abroad = worth([GAIN, COST, ONCE], "EUR", {}, years=years), worth(dollars, "EUR", rates, years=years)
    assert abroad.net.value == pytest.approx(home.net.value * rate, rel=1e-4)
    assert worth([GAIN], "USD", rates).net.value == pytest.approx(worth([GAIN], "EUR", {}).net.value / rate, rel=1e-4)


def test_a_mix_of_currencies_asks_for_the_rate() -> None:
    with pytest.raises(RateMissing, match="in USD and the sheet in EUR") as caught:
        worth([GAIN, replace(COST, currency="USD")], "EUR", {})
    assert (caught.value.currency, caught.value.into) == ("USD", "EUR")


def test_an_empty_sheet_says_what_to_do() -> None:
    with pytest.raises(InputError, match="Add what"):
        worth([], "EUR", {})


def test_lines_and_rates_are_found_again_and_are_the_workspaces_own(actor: Actor, stranger: Actor) -> None:
    rate = ExchangeRate("USD", "EUR", 0.9, "2026-05-01", "ECB")
    with connect() as database:
        value_sheets.save_lines(database, actor, "stylist", [GAIN, COST])
        value_sheets.save_lines(database, actor, "stylist", [ONCE, GAIN])
        value_sheets.set_rate(database, actor, replace(rate, rate=0.8))
        value_sheets.set_rate(database, actor, rate)
        assert value_sheets.lines(database, actor, "stylist") == [ONCE, GAIN]
        assert value_sheets.with_lines(database, actor) == ["stylist"]
        assert value_sheets.rates(database, actor) == {("USD", "EUR"): rate}
        assert value_sheets.lines(database, stranger, "stylist") == [] == value_sheets.with_lines(database, stranger)
        assert value_sheets.rates(database, stranger) == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (replace(GAIN, name=" "), "needs a name"),
        (replace(GAIN, name="a" * 300), "at most 120"),
        (replace(GAIN, low=130), "lowest ≤ likeliest"),
        (replace(GAIN, low=-5), "from 0 upwards"),
        (replace(GAIN, high=float("inf")), "from 0 upwards"),
        (replace(GAIN, dated="spring"), "is no date"),
    ],
)
def test_unfit_lines_are_refused_and_the_old_ones_stay(actor: Actor, line: ValueLine, said: str) -> None:
    with connect() as database:
        value_sheets.save_lines(database, actor, "stylist", [ONCE])
        with pytest.raises(InputError, match=said):
            value_sheets.save_lines(database, actor, "stylist", [GAIN, line])
        assert value_sheets.lines(database, actor, "stylist") == [ONCE]


def test_a_rate_has_a_date_and_is_above_zero_and_reviewers_do_not_change_it(actor: Actor) -> None:
    with connect() as database:
        for bad in (ExchangeRate("USD", "EUR", 0.9, ""), ExchangeRate("USD", "EUR", 0, "2026-05-01")):
            with pytest.raises(InputError):
                value_sheets.set_rate(database, actor, bad)
        with pytest.raises(NotAllowed):
            value_sheets.save_lines(database, Actor(actor.person, actor.workspace, Role.REVIEWER), "stylist", [GAIN])
