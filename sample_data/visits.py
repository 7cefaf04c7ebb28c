"""Eight weeks of logged visits of the shop's category pages: what was shown where, how likely, and what came of it.

The shop tests its order: the six places of a page are drawn one after the other from a softmax over its popularity
score (a Plackett-Luce policy) and the chance of each draw, given those before it, is written down, so that another
order can be judged from this log. What is clicked depends on the place (people look down a page), on the shopper's
taste, and on chance.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sample_data.products import CATEGORIES, Article
from sample_data.purchases import LAST, Bought, on_sale
from sample_data.shoppers import Shopper

VISITS, PLACES, WEEKS = 4_400, 6, 8
SEEN = (0.92, 0.83, 0.72, 0.6, 0.5, 0.42)  # chance that a place is looked at
SHARP = 0.55  # how much the logging order follows popularity; 0 would be a plain lot


def visit_rows(
    seed: int,
    shoppers: Sequence[Shopper],
    articles: Sequence[Article],
    wanted: NDArray[np.float64],
    lines: Sequence[Bought],
) -> list[dict[str, str]]:
    """The log, by time, with what is untidy in it."""
    draw = random.Random(seed)
    popular = _popularity(articles, lines)
    women = sorted({place for place, shopper in enumerate(shoppers) if shopper.department == "women"})
    rows: list[dict[str, str]] = []
    start = datetime.combine(LAST, datetime.min.time()) - timedelta(weeks=WEEKS)
    times = sorted(start + timedelta(minutes=draw.randint(0, WEEKS * 7 * 24 * 60 - 1)) for _ in range(VISITS))
    weights = [shopper.frequency + 0.4 for shopper in shoppers]
    for number, at in enumerate(times):
        place = draw.choices(range(len(shoppers)), weights)[0] if draw.random() < 0.9 else draw.choice(women)
        rows += _visit(draw, f"V{700_000 + number}", at, shoppers[place], articles, wanted[place], popular)
    return _untidy(draw, rows)


def _popularity(articles: Sequence[Article], lines: Sequence[Bought]) -> NDArray[np.float64]:
    sold: dict[str, int] = {}
    for line in lines:
        sold[line.article.sku] = sold.get(line.article.sku, 0) + 1
    return np.log1p([sold.get(article.sku, 0) for article in articles])


def _visit(
    draw: random.Random, visit_id: str, at: datetime, shopper: Shopper, articles: Sequence[Article],
    wanted: NDArray[np.float64], popular: NDArray[np.float64],
) -> list[dict[str, str]]:  # fmt: skip
    liked = [float(np.nanmax(np.where(np.isfinite(wanted) & _of(articles, page), wanted, -9.0))) for page in CATEGORIES]
    page = draw.choices(CATEGORIES, np.exp(0.6 * (np.array(liked) - max(liked))).tolist())[0]
    pool = [
        place for place, article in enumerate(articles)
        if article.category == page and on_sale(article, at.date()) and np.isfinite(wanted[place])
    ]  # fmt: skip
    known = shopper.allowed.startswith("orders; browsing") and draw.random() < 0.8
    device = draw.choices(("phone", "computer", "tablet"), (66, 28, 6))[0]
    typical = float(np.mean(wanted[pool])) if pool else 0.0
    rows = []
    left = list(pool)
    for position in range(1, min(PLACES, len(pool)) + 1):
        shares = np.exp(SHARP * popular[left])
        shares /= shares.sum()
        pick = draw.choices(range(len(left)), shares.tolist())[0]
        article, chance = articles[left[pick]], float(shares[pick])
        clicked, cart, ordered = _reaction(draw, position, float(wanted[left[pick]]) - typical, device)
        rows.append(
            {
                "visit_id": visit_id, "customer_id": shopper.customer_id if known else "",
                "at": at.isoformat(timespec="minutes"), "device": device, "page": page, "position": str(position),
                "sku": article.sku, "chance": f"{chance:.6f}", "clicked": str(clicked), "in_cart": str(cart),
                "ordered": str(ordered),
            }
        )  # fmt: skip
        left.pop(pick)
    return rows


def _of(articles: Sequence[Article], page: str) -> NDArray[np.bool_]:
    return np.array([article.category == page for article in articles])


def _reaction(draw: random.Random, position: int, liked: float, device: str) -> tuple[int, int, int]:
    seen = draw.random() < SEEN[position - 1] ** (1.25 if device == "phone" else 1.0)
    clicked = seen and draw.random() < 1 / (1 + np.exp(2.7 - 0.95 * liked))
    cart = clicked and draw.random() < 1 / (1 + np.exp(1.5 - 0.5 * liked))
    ordered = cart and draw.random() < 0.38
    return int(clicked), int(cart), int(ordered)


def _untidy(draw: random.Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """A robot that clicks on everything, visits recorded twice, chances that the tracker lost."""
    for row in draw.sample(rows, len(rows) // 90):
        row["chance"] = ""
    robots = {row["visit_id"] for row in draw.sample(rows, 12)}
    for row in rows:
        if row["visit_id"] in robots:
            row |= {"clicked": "1", "customer_id": "", "device": "computer"}
    twice = {row["visit_id"] for row in draw.sample(rows, 7)}
    return [copy for row in rows for copy in ([row, dict(row)] if row["visit_id"] in twice else [row])]
