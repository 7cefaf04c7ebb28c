"""Posts with results of which the truth is known: what is planted in them is all that there is to find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from lib.commerce.product_descriptions.model import Channel, Material, Post, Product

CATEGORIES = ("coats", "dresses", "bags", "shoes")
OPENINGS = (
    "A coat for the cold months",
    "Cut by hand and finished slowly over many patient hours in a small room",
    "Here is a piece that goes far",
    "Made for long days",
)
FILLERS = (
    "The collar stands on its own.",
    "Two pockets hide in the seams.",
    "The line falls straight from the shoulder to the hem.",
    "It was drawn in spring and shown in autumn.",
    "The buttons come from an old stock.",
    "There is a vent at the back.",
    "The sleeve ends at the wrist.",
)
PLANTS = {
    "fit_information": "It is true to size.",
    "care_information": "Dry clean only.",
    "origin_named": "It is made in Italy.",
    "styling": "Pair it with jeans.",
    "urgency": "Only a few pieces are left.",
}


def made(
    posts: int = 420,
    products: int = 300,
    planted: Mapping[str, float] | None = None,
    seed: int = 0,
    spread: float = 0.3,
    category_effect: float = 0.0,
    with_more_in: str = "",
    views: float = 3_000.0,
) -> tuple[list[Post], list[Product]]:
    """Posts whose log orders per view are the planted effects, a product's own luck and chance.

    Args:
        planted: feature in ``PLANTS`` -> log effect of having it.
        spread: deviation of the products' own luck on the log scale.
        category_effect: added to the log rate of coats.
        with_more_in: a feature that coats have in 9 posts of 10 and others in 1 of 10: a confounder's trace.
    """
    generator = np.random.default_rng(seed)
    category = generator.choice(CATEGORIES, products)
    luck = generator.normal(0, spread, products)
    shelf = [_product(index, str(category[index]), float(generator.uniform(80, 900))) for index in range(products)]
    owner = np.concatenate([np.arange(products), generator.integers(0, products, max(posts - products, 0))])[:posts]
    made_posts = []
    for index, product in enumerate(owner):
        has = {name: bool(generator.random() < 0.5) for name in PLANTS}
        if with_more_in:
            has[with_more_in] = bool(generator.random() < (0.9 if category[product] == "coats" else 0.1))
        rate = np.log(0.02) + luck[product] + category_effect * (category[product] == "coats")
        rate += sum(effect * has[name] for name, effect in (planted or {}).items())
        seen = int(np.exp(generator.normal(np.log(views), 0.6))) + 20
        orders = min(int(generator.poisson(seen * np.exp(rate))), seen)
        made_posts.append(
            Post(
                post_id=f"P{index}",
                sku=shelf[product].sku,
                channel=list(Channel)[int(generator.integers(0, 4))],
                category=str(category[product]),
                language="en",
                text=_text(generator, has),
                published_on=dt.date(2023, 1, 1) + dt.timedelta(days=int(generator.integers(0, 700))),
                views=seen,
                orders=orders,
                returns=int(generator.binomial(orders, 0.2)),
            )
        )
    return made_posts, shelf


def _product(index: int, category: str, price: float) -> Product:
    return Product(
        sku=f"S{index}",
        name=f"Piece {index}",
        category=category,
        materials=(Material(name="wool", share=1.0),),
        colour="camel",
        price=price,
        language="en",
    )


def _text(generator: np.random.Generator, has: Mapping[str, bool]) -> str:
    """An opening, some filler sentences and the planted ones, in a random order."""
    sentences = [str(filler) for filler in generator.choice(FILLERS, int(generator.integers(2, 6)), replace=False)]
    sentences += [sentence for name, sentence in PLANTS.items() if has[name]]
    order = generator.permutation(len(sentences))
    end = "?" if generator.random() < 0.3 else "."
    return str(generator.choice(OPENINGS)) + f"{end} " + " ".join(sentences[place] for place in order)
