"""An analysis is a recorded run: found again for the same data, and kept with its reason when it fails."""

from __future__ import annotations

import pytest

from lib.commerce.product_descriptions.analysis import analyse, fingerprint, known, what_sold_of
from lib.commerce.product_descriptions.model import Post
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.database import connect
from lib.database.runs import recent
from lib.errors import TooFewRows


def posts(n: int) -> list[Post]:
    """``n`` posts of n / 2 products whose texts and results differ."""
    return [
        Post(
            post_id=str(index),
            sku=f"s{index // 2}",
            category="coats" if index % 3 else "bags",
            language="en",
            text=f"A coat in wool number {index}. " * (1 + index % 7) + ("It fits true to size." if index % 2 else ""),
            views=400 + 13 * (index % 11),
            orders=6 + index % 5,
        )
        for index in range(n)
    ]


def test_too_little_data_is_recorded_as_failed_with_its_reason(actor):
    with pytest.raises(TooFewRows):
        analyse(actor, posts(10), [])
    with connect() as database:
        run = recent(database, actor)[0]
    assert run["status"] == "failed"
    assert "posts" in run["error"]["message"]


def test_the_same_data_is_not_analysed_twice(actor, stranger):
    data = posts(160)
    run = analyse(actor, data, [])
    with connect() as database:
        found = known(database, actor, fingerprint(data, []))
        assert found is not None
        assert found["id"] == run
        assert known(database, actor, fingerprint(data[1:], [])) is None
        assert known(database, stranger, fingerprint(data, [])) is None
    assert isinstance(what_sold_of(found), WhatSold)
    assert what_sold_of(found).posts == 160
