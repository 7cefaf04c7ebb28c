"""Inputs on which the prompt can be tried before anything is sent, and what its variables are."""

from __future__ import annotations

import csv
import json

from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.model import Advice, BrandVoice, Channel, DescribeProduct, Post, Product
from lib.i18n import N_
from lib.settings import ROOT

SAMPLE = ROOT / "sample_data"
MEANINGS = {
    "product": N_("The piece, as the product information system knows it: the only source of facts."),
    "channel": N_("Where the text is published: site, marketplace, social or email."),
    "voice": N_("How the house speaks: register, way to address the reader, words to prefer and to avoid."),
    "advice": N_("What went with more orders in past posts; empty where too little is known."),
    "winners": N_("The nearest past posts that sold; empty where there are none."),
    "note": N_("A wish in the writer's own words; empty where there is none."),
}


def examples() -> dict[str, DescribeProduct]:
    """Three briefs from the demo house that between them use every part of the prompt."""
    products, posts = _products(), _posts()
    voice = json.loads((SAMPLE / "voice.json").read_text(encoding="utf-8"))
    dress, coat, bag = (_first(products, category) for category in ("dresses", "coats", "bags"))
    winners = tuple(post for post in posts if post.category == "coats" and post.orders)[:2]
    advice = (Advice(feature="words", aim=70, effect=0.12, low=0.04, high=0.21),)
    return {
        N_("A dress for the site"): DescribeProduct(product=dress, voice=BrandVoice.model_validate(voice)),
        N_("A coat for the e-mail letter, with posts that sold"): DescribeProduct(
            product=coat, channel=Channel.EMAIL, voice=BrandVoice(address="formal"), advice=advice, winners=winners
        ),
        N_("A bag for social media, with a wish"): DescribeProduct(
            product=bag, channel=Channel.SOCIAL, voice=BrandVoice(register="warm"), note="Lead with the leather."
        ),
    }


def _products() -> tuple[Product, ...]:
    with (SAMPLE / "products.csv").open(encoding="utf-8", newline="") as file:
        return products_from(csv.DictReader(file))[0]


def _posts() -> tuple[Post, ...]:
    with (SAMPLE / "posts.csv").open(encoding="utf-8", newline="") as file:
        return posts_from(csv.DictReader(file))[0]


def _first(products: tuple[Product, ...], category: str) -> Product:
    return next(product for product in products if product.category == category)
