"""The ranking follows what a shopper agreed to, and nothing else; the top of a row is exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.personalised_storefront import ranker
from lib.commerce.personalised_storefront.choice import Chosen, fit_choice
from lib.commerce.personalised_storefront.factors import factorise
from lib.commerce.personalised_storefront.house import MADE_UP, with_profile
from lib.commerce.personalised_storefront.learned import learned_of
from lib.commerce.personalised_storefront.model import Purpose, Return, Shopper, Stock
from lib.commerce.personalised_storefront.ranker import choices_of, top
from lib.commerce.personalised_storefront.similarity import ease, neighbours
from lib.commerce.personalised_storefront.storefront import Rules, done_by, fits, front_of, size_in
from lib.errors import InputError
from tests.commerce.personalised_storefront.made_shop import ALL, products, shop

NONE: frozenset[Purpose] = frozenset()


@pytest.fixture(scope="module")
def learned():
    return learned_of(shop(), "made")


def colours(front):
    return [card.product.colour for card in front.cards[:6]]


def test_a_shopper_of_red_sees_red_first_and_one_of_blue_blue(learned):
    page = "dresses"
    rules = Rules(alike=12)
    assert colours(front_of(learned.house, learned.ranker, "C0", ALL, page, rules)).count("red") >= 5
    assert colours(front_of(learned.house, learned.ranker, "C1", ALL, page, rules)).count("blue") >= 5


def test_without_consent_the_page_is_the_generic_one(learned):
    generic = front_of(learned.house, learned.ranker, "", NONE)
    without = front_of(learned.house, learned.ranker, "C0", NONE)
    assert without.skus == generic.skus and not without.personal
    assert not any(without.used.values())
    assert not any(card.reasons for card in without.cards)


def test_a_purpose_that_is_withdrawn_is_not_used(learned):
    done, used = done_by(learned.house, "C0", frozenset((Purpose.BROWSING,)))
    assert not done.any() and used[Purpose.ORDERS] == 0


def test_nothing_is_learned_from_who_agreed_to_nothing():
    silent = learned_of(shop(purposes=NONE), "silent")
    assert len(silent.house.agreed) == 0
    assert silent.ranker.choices == 0


def test_reasons_name_what_was_chosen(learned):
    front = front_of(learned.house, learned.ranker, "C0", ALL, "dresses", Rules(alike=12))
    told = {(reason.group, reason.value) for card in front.cards[:6] for reason in card.reasons}
    assert ("colour", "red") in told or ("tone", "red") in told


def test_rules_stand_above_every_profile(learned):
    rules = Rules(editorial=("P1",), pinned=("P3",), alike=12)
    front = front_of(learned.house, learned.ranker, "C0", ALL, "dresses", rules)
    assert front.skus[:2] == ("P1", "P3")
    fixed = front_of(learned.house, learned.ranker, "C0", ALL, "dresses", Rules(fixed=("dresses",)))
    assert not fixed.personal


def test_not_too_many_alike_stand_first(learned):
    front = front_of(learned.house, learned.ranker, "C0", ALL, "dresses", Rules(alike=2), places=4)
    assert sorted(card.product.colour for card in front.cards) == ["blue", "blue", "red", "red"]


def test_sizes_in_stock_come_first_and_sold_out_products_are_not_shown():
    tables = shop()
    goods = tuple(product.model_copy(update={"sizes": ("36", "38")}) for product in products())
    stock = [Stock("online", product.sku, "36", 5) for product in goods]
    stock += [Stock("online", "P11", "38", 1), *(Stock("online", "P0", size, -5 + 5) for size in ("36", "38"))]
    stock = [one for one in stock if one.sku != "P0"] + [Stock("online", "P0", "36", 0)]
    people = tuple(replace(one, sizes=(("top", "38"),)) for one in tables.shoppers)
    found = learned_of(replace(tables, products=goods, stock=tuple(stock), shoppers=people), "sized")
    front = front_of(found.house, found.ranker, "C0", ALL, "dresses", Rules(alike=12))
    assert front.skus[0] == "P11" and front.cards[0].units == 1
    assert "P0" not in front.skus
    assert not fits(found.house, goods[2], {"dresses": "38"})


def test_a_letter_covers_a_number():
    product = products()[0].model_copy(update={"sizes": ("S", "M"), "department": "women"})
    assert (size_in(product, "38"), size_in(product, "46"), size_in(product, "M")) == ("M", "", "M")


def test_what_came_back_for_its_size_still_counts_as_chosen():
    tables = shop()
    line = tables.lines[0]
    for reason, weight in (("too large", 1.0), ("quality", 0.35)):
        back = Return(line.order_id, line.number, line.sku, reason)
        house = learned_of(replace(tables, returns=(back,), lines=(line,)), f"back {reason}").house
        assert house.acts.weight.tolist() == [weight]


def test_a_made_up_profile_gets_a_page_of_its_own_and_teaches_nothing(learned):
    house = with_profile(learned.house, ["P1", "P3", "P3", "unknown"], {"top": "38", "shoe": " "})
    done, used = done_by(house, MADE_UP, ALL)
    assert used[Purpose.ORDERS] == 2 and done.sum() == 2
    front = front_of(house, learned.ranker, MADE_UP, frozenset((Purpose.ORDERS,)), "dresses", Rules(alike=12))
    assert front.personal and colours(front).count("blue") >= 5
    assert house.shopper(MADE_UP).sizes == (("top", "38"),)
    assert house.agreed is learned.house.agreed and house.sales is learned.house.sales
    assert front_of(house, learned.ranker, "", NONE).skus == front_of(learned.house, learned.ranker, "", NONE).skus


def test_choices_are_the_same_however_many_are_made_at_once(learned, monkeypatch):
    house = learned.house
    place = (learned.ranker, house.agreed, house.today - 60, house.today)
    together = choices_of(*place)
    monkeypatch.setattr(ranker, "BLOCK_CELLS", 1)
    alone = choices_of(*place)
    assert len(together) == len(alone) > 50
    for one, other in zip(together, alone, strict=True):
        assert one.which == other.which and np.allclose(one.features, other.features)


def test_where_the_fit_begins_changes_nothing():
    rng = np.random.default_rng(2)
    choices = [Chosen(rng.normal(size=(6, 3)), int(rng.integers(6))) for _number in range(200)]
    assert np.allclose(fit_choice(choices, 3.0), fit_choice(choices, 3.0, begin=np.array([2.0, -2.0, 1.0])), atol=1e-4)


def test_one_shopper_alone_gets_a_page():
    tables = replace(shop(), shoppers=(Shopper("C0", purposes=ALL),), lines=())
    found = learned_of(replace(tables, lines=tuple(line for line in shop().lines if line.customer_id == "C0")), "one")
    assert front_of(found.house, found.ranker, "C0", ALL).cards


def test_only_unknown_products_are_refused_with_the_fix():
    lines = tuple(replace(line, sku=f"X{line.sku}") for line in shop().lines)
    with pytest.raises(InputError, match="references are written alike"):
        learned_of(replace(shop(), lines=lines), "unknown")


def test_similarity_finds_what_is_bought_together():
    done = np.zeros((40, 6))
    done[:20, :3] = done[20:, 3:] = 1.0
    one = np.zeros((1, 6))
    one[0, 0] = 1.0
    for similar in (factorise(done, n=4), ease(done, 5.0), neighbours(done, 3, 1.0)):
        scores = similar.scores(one)[0]
        assert scores[1:3].min() > scores[3:].max()


def test_the_choice_model_finds_the_weights_that_made_the_choices():
    rng = np.random.default_rng(1)
    truth = np.array([1.5, -0.8])
    choices = []
    for _number in range(1_500):
        features = rng.normal(size=(8, 2))
        chance = np.exp(features @ truth)
        choices.append(Chosen(features, int(rng.choice(8, p=chance / chance.sum()))))
    assert np.abs(fit_choice(choices, 0.1) - truth).max() < 0.15


@given(st.integers(1, 30), st.integers(5, 600), st.integers(1, 12), st.integers(0, 10_000))
def test_the_best_of_each_row_are_those_of_a_full_sort(rows, columns, n, seed):
    scores = np.random.default_rng(seed).normal(size=(rows, columns)).round(1)
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :n]
    assert (top(scores, n, groups=20) == expected).all()
