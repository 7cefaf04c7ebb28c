"""Winners are near, sold better than their like beyond luck, and say why they were chosen."""

from __future__ import annotations

import numpy as np
import pytest

from lib.commerce.product_descriptions.model import Channel, Material, Post, Product
from lib.commerce.product_descriptions.winners import Shelf, beta_prior, nearest_winners, shrunken_rates


def product(sku: str, category: str = "coats", material: str = "wool", price: float = 900, **more: object) -> Product:
    return Product(
        sku=sku,
        name=f"Piece {sku}",
        category=category,
        materials=(Material(name=material, share=1),),
        price=price,
        **more,
    )


def post(name: str, sku: str, views: int, orders: int, category: str = "coats", **more: object) -> Post:
    text = str(more.pop("text", "A piece that lasts."))
    return Post(post_id=name, sku=sku, views=views, orders=orders, category=category, text=text, language="en", **more)


PRODUCTS = (
    product("1"),
    product("2"),
    product("3", material="silk", price=200),
    product("4", "bags", "calfskin"),
    product("5"),
)
POSTS = (
    post("good coat", "1", 4000, 160),
    post("dull coat", "2", 4000, 40),
    post("good silk coat", "3", 4000, 160),
    post("lucky coat", "5", 20, 2),
    post("plain coat", "5", 4000, 80),
    post("good bag", "4", 4000, 240, "bags"),
    post("dull bag", "4", 4000, 60, "bags"),
)


def test_the_near_one_that_sold_comes_first_and_says_why():
    first, *others = nearest_winners(product("new"), POSTS, PRODUCTS)
    assert first.post.post_id == "good coat"
    assert first.low < first.rate < first.high
    assert first.rate > first.usual
    assert first.lift > 0
    reasons = first.reasons("en")
    assert "same category" in reasons
    assert "both in wool" in reasons
    assert "similar price" in reasons
    assert "dull coat" not in {winner.post.post_id for winner in others}


def test_two_orders_from_twenty_views_do_not_win():
    rates = shrunken_rates(POSTS)
    lucky, good = rates.rate[3], rates.rate[0]
    assert POSTS[3].orders / POSTS[3].views > good
    assert lucky < good
    assert rates.high[3] - rates.low[3] > rates.high[0] - rates.low[0]


def test_a_products_own_posts_other_channels_and_other_languages_are_left_out():
    assert "good coat" not in {winner.post.post_id for winner in nearest_winners(PRODUCTS[0], POSTS, PRODUCTS)}
    assert nearest_winners(product("new"), POSTS, PRODUCTS, channel=Channel.EMAIL) == ()
    assert nearest_winners(product("new"), POSTS, PRODUCTS, language="fr") == ()


def test_one_example_a_piece():
    twice = (*POSTS, post("good coat again", "1", 4000, 150))
    found = nearest_winners(product("new"), twice, PRODUCTS, n=10)
    assert len({winner.post.sku for winner in found}) == len(found)


def test_posts_of_unknown_products_are_judged_by_category_and_wording():
    posts = [
        post("a", "", 4000, 160, text="Wool coat with horn buttons."),
        post("b", "", 4000, 160, text="zzz qqq xxx."),
        post("c", "", 4000, 40),
        post("d", "", 4000, 40),
    ]
    found = nearest_winners(product("new", details=("horn buttons",)), posts)
    assert [winner.post.post_id for winner in found] == ["a", "b"]
    assert found[0].reasons("fr") == ["même catégorie"]


def test_nothing_to_ask_gives_nothing():
    assert nearest_winners(product("new"), ()) == ()
    assert nearest_winners(product("new"), [post("unseen", "1", 0, 0)], PRODUCTS) == ()
    assert Shelf((post("x", "", 5, 1, text="!"),)).nearest(product("new")) == ()


def test_the_prior_recovers_how_much_posts_vary():
    generator = np.random.default_rng(1)
    views = generator.integers(500, 5000, 4000).astype(float)
    orders = generator.binomial(views.astype(int), generator.beta(4, 196, 4000)).astype(float)
    alpha, beta = beta_prior(orders, views)
    assert alpha / (alpha + beta) == pytest.approx(0.02, rel=0.05)
    assert alpha + beta == pytest.approx(200, rel=0.15)


def test_posts_alike_but_for_chance_are_drawn_almost_wholly_to_the_mean():
    generator = np.random.default_rng(2)
    orders = generator.binomial(1000, 0.02, 500)
    rates = shrunken_rates([post(str(i), "", 1000, int(n)) for i, n in enumerate(orders)])
    assert rates.rate.std() < 0.3 * (orders / 1000).std()
