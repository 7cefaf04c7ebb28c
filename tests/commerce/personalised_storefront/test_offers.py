"""Offers: the floor holds, the best is shown, and a lift that pays is worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.personalised_storefront.model import Cost, Product
from lib.commerce.personalised_storefront.offers import (
    HOUSE_OFFERS,
    Offer,
    Till,
    keeps_floor,
    margin_of,
    newest_season,
    outlooks,
)

COAT = Product(sku="A", name="Aube coat", category="coats", price=240.0, season="AW26")


def till(landed: float | None = 80.0, floor: float | None = 0.5) -> Till:
    return Till({"A": Cost("A", landed, floor)}, tax=0.2, chance=0.1, low=0.08, high=0.12, newest="AW26")


def test_the_margin_is_what_is_left_after_tax_and_cost():
    assert margin_of(COAT, Cost("A", 80.0, 0.5), 0.2) == pytest.approx(120.0)
    assert margin_of(COAT, None, 0.2) is None


@given(st.floats(0, 0.9), st.floats(1, 300), st.floats(0, 0.9))
def test_a_discount_never_breaks_a_floor(off, landed, floor):
    offers = (Offer("none"), Offer("percent", percent=off, lift=5.0))
    found = {one.offer.kind: one for one in outlooks([COAT], [1.0], till(landed, floor), offers)}
    net = COAT.price * (1 - off) / 1.2
    if found["percent"].applies:
        assert net - landed >= floor * net - 1e-6
    else:
        assert found["percent"].blocked == ("A",)


COSTS = st.tuples(st.floats(20, 900), st.floats(1, 700), st.floats(0, 0.95))
KINDS = st.sampled_from(["percent", "alteration", "early"])


@given(
    st.lists(COSTS, min_size=1, max_size=8), KINDS, st.floats(0, 0.9), st.floats(0, 80), st.floats(0, 3),
    st.floats(0, 0.3),
)  # fmt: skip
def test_no_offer_of_a_page_takes_a_piece_below_its_floor(pieces, kind, off, cost, lift, tax):
    goods = [COAT.model_copy(update={"sku": f"S{n}", "price": price}) for n, (price, _l, _f) in enumerate(pieces)]
    costs = {f"S{n}": Cost(f"S{n}", landed, floor) for n, (_p, landed, floor) in enumerate(pieces)}
    offer = Offer(
        kind, percent=off if kind == "percent" else 0.0, cost=cost if kind == "alteration" else 0.0, lift=lift
    )
    share = [1 / len(goods)] * len(goods)
    found = outlooks(goods, share, Till(costs, tax, 0.1, 0.08, 0.12, "AW26"), (Offer("none"), offer))
    given_off = next(one for one in found if one.offer.kind == kind)
    for product in goods:
        if product.sku in given_off.applies:
            one = costs[product.sku]
            net = product.price * (1 - offer.percent) / (1 + tax)
            assert net - one.landed - offer.cost >= one.floor * net - 1e-6


def test_the_assumed_range_of_a_lift_is_in_the_interval():
    wide = Offer("early", lift=0.1, lift_low=0.0, lift_high=0.2)
    found = next(one for one in outlooks([COAT], [1.0], till(), (Offer("none"), wide)) if one.offer.kind == "early")
    assert found.at_low_lift == pytest.approx(12_000)
    assert found.margin == pytest.approx(13_200)
    assert (found.low, found.high) == (pytest.approx(1_000 * 0.08 * 120), pytest.approx(1_000 * 0.12 * 120 * 1.2))


@pytest.mark.parametrize(("landed", "floor"), [(None, 0.5), (80.0, None)])
def test_no_discount_where_cost_or_floor_is_unknown(landed, floor):
    assert not keeps_floor(COAT, Cost("A", landed, floor), 0.2, 0.05)


def test_without_a_lift_no_offer_is_best():
    offers = tuple(Offer(one.kind, one.percent, one.cost, 0.0) for one in HOUSE_OFFERS)
    assert outlooks([COAT], [1.0], till(), offers)[0].offer.kind == "none"


def test_at_the_lift_that_it_pays_from_an_offer_brings_as_much_as_none():
    offers = (Offer("none"), Offer("alteration", cost=18.0, lift=0.1))
    even = next(one.even for one in outlooks([COAT], [1.0], till(), offers) if one.even is not None)
    again = outlooks([COAT], [1.0], till(), (Offer("none"), Offer("alteration", cost=18.0, lift=even)))
    assert again[0].margin == pytest.approx(again[1].margin)


def test_the_newest_season_is_found():
    seasons = ("SS25", "AW24", "AW25", "SS26", "AW26")
    assert newest_season([COAT.model_copy(update={"season": one}) for one in seasons]) == "AW26"
