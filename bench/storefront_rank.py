"""Rankings a second for 50,000 shoppers x 5,000 products: the ten best of each, beside the package ``implicit``.

Both get the same factors (matrix factorisation, 64 dimensions) and leave out what a shopper already has; then ours with
attributes and popularity as well, which are columns of the same product of matrices. One thread each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.model import Result, alternate, median, timed
from lib.commerce.personalised_storefront.ranker import top

SHOPPERS, PRODUCTS, FACTORS, ATTRIBUTES, EACH, TOP, BLOCK, TURNS = 50_000, 5_000, 64, 120, 12, 10, 1_000, 3
Array = NDArray[np.float32]


def data(seed: int = 0, shoppers: int = SHOPPERS, products: int = PRODUCTS) -> tuple[Array, Array, NDArray[np.int64]]:
    """Shoppers' and products' vectors, and what each shopper already has, (shoppers, ``EACH``)."""
    rng = np.random.default_rng(seed)
    people = rng.normal(size=(shoppers, FACTORS)).astype(np.float32)
    goods = rng.normal(size=(products, FACTORS)).astype(np.float32)
    return people, goods, rng.integers(0, products, (shoppers, EACH))


def rankings(people: Array, goods: Array, owned: NDArray[np.int64], n: int = TOP) -> NDArray[np.int64]:
    """The ``n`` best products of each shopper, what they have left out, block by block."""
    made = np.empty((len(people), n), dtype=np.int64)
    for start in range(0, len(people), BLOCK):
        scores = people[start : start + BLOCK] @ goods.T
        np.put_along_axis(scores, owned[start : start + BLOCK], -np.inf, axis=1)
        made[start : start + BLOCK] = top(scores, n)
    return made


def run() -> Result:
    """Ours with factors alone, and with attributes and popularity too, each beside ``implicit`` with factors."""
    from threadpoolctl import threadpool_limits

    people, goods, owned = data()
    rng = np.random.default_rng(1)
    wide = np.hstack([people, rng.normal(size=(SHOPPERS, ATTRIBUTES)).astype(np.float32)])
    broad = np.hstack([goods, rng.normal(size=(PRODUCTS, ATTRIBUTES)).astype(np.float32)])
    with threadpool_limits(1):
        same = float((rankings(people, goods, owned) == _implicit(people, goods, owned)).mean())
        ours, theirs = alternate(lambda: rankings(people, goods, owned), lambda: _implicit(people, goods, owned), TURNS)
        whole = timed(lambda: rankings(wide, broad, owned))
    detail = {
        "shoppers": SHOPPERS,
        "products": PRODUCTS,
        "top": TOP,
        "threads": 1,
        "same_places_as_implicit": same,
        "with_attributes_and_popularity": SHOPPERS / whole,
    }
    value, rival = SHOPPERS / median(ours), SHOPPERS / median(theirs)
    return Result("storefront_rank", "rankings, beside implicit's", value, rival, "per second", detail)


def _implicit(people: Array, goods: Array, owned: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same with ``implicit`` (MIT), which is installed for this bench alone."""
    from implicit.cpu.als import AlternatingLeastSquares
    from scipy.sparse import csr_matrix

    model = AlternatingLeastSquares(factors=FACTORS, num_threads=1)
    model.user_factors, model.item_factors = people, goods
    rows = np.repeat(np.arange(len(people)), owned.shape[1])
    have = csr_matrix((np.ones(rows.size, dtype=np.float32), (rows, owned.ravel())), shape=(len(people), len(goods)))
    found, _scores = model.recommend(np.arange(len(people)), have, N=TOP, filter_already_liked_items=True)
    return np.asarray(found, dtype=np.int64)
