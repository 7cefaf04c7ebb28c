"""How the posts' results are drawn: modest text effects, wanted products sell, noise beyond Poisson."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.generate import SEED, articles, posts
from sample_data.posts import Post, _overdispersed, _poisson, make_posts
from sample_data.writing import WRITERS, Composer, Writer, render

ARTICLES = articles()


@pytest.fixture(scope="module")
def made() -> list[Post]:
    return posts()


def conversion(post: Post) -> float:
    return math.log((post.orders + 0.5) / (post.views + 1))


def test_text_explains_a_modest_share(made: list[Post]) -> None:
    share = statistics.variance(post.text_effect for post in made) / statistics.variance(
        conversion(post) for post in made
    )
    assert 0.05 < share < 0.15


def test_appeal_matters_and_is_in_no_column(made: list[Post]) -> None:
    assert statistics.correlation([post.article.appeal for post in made], [conversion(post) for post in made]) > 0.2


def test_another_seed_gives_other_posts(made: list[Post]) -> None:
    other = make_posts(articles(), SEED + 99, count=40)
    assert not {post.text for post in other} <= {post.text for post in made}


def test_counts_spread_more_than_poisson() -> None:
    rng = random.Random(1)
    wide = [_overdispersed(40, rng) for _ in range(4000)]
    narrow = [_poisson(40, rng) for _ in range(4000)]
    assert statistics.variance(wide) / statistics.mean(wide) > 2.5
    assert 0.85 < statistics.variance(narrow) / statistics.mean(narrow) < 1.15


@given(
    seed=st.integers(0, 10_000),
    index=st.integers(0, 335),
    writer=st.sampled_from(WRITERS),
    channel=st.sampled_from(["site", "marketplace", "social", "email"]),
)
def test_every_draft_is_finished_text(seed: int, index: int, writer: Writer, channel: str) -> None:
    draft = Composer(ARTICLES[index], channel, writer, random.Random(seed)).write()
    assert not set("{}<>[]") & set(draft.text + draft.title)
    assert draft.text == draft.text.strip()


def test_a_sentence_without_its_fact_is_not_said() -> None:
    rng = random.Random(0)
    assert render("Lined in {lining}.", {"lining": ""}, False, rng) is None
    assert render("[It is/They are] <fine>: {d1}.", {"d1": "horn buttons"}, True, rng) == "They are fine: horn buttons."
