"""What the shoppers bought, sent back and could still buy: orders, returns, stores and stock of the demo house."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sample_data.products import Article, source
from sample_data.shoppers import Shopper, size_of

FIRST, LAST = date(2024, 10, 1), date(2026, 10, 31)
ORDER_COLUMNS = (
    "order_id", "customer_id", "placed_on", "channel", "line", "sku", "size", "quantity", "price", "currency", "gift",
    "status", "shipped_on", "delivered_on", "carrier", "parcel", "note",
)  # fmt: skip
REASONS = ("too small", "too large", "not as pictured", "quality", "changed my mind", "gift not wanted", "arrived late")
SEASON_START = {
    "AW24": date(2024, 8, 20), "SS25": date(2025, 2, 10), "AW25": date(2025, 8, 18), "SS26": date(2026, 2, 9),
    "AW26": date(2026, 8, 17),
}  # fmt: skip


@dataclass(frozen=True)
class Bought:
    """One line of an order, clean."""

    order_id: str
    shopper: Shopper
    day: date
    channel: str
    line: int
    article: Article
    size: str
    gift: bool
    returned: str  # the reason, or nothing
    asked: date | None


def on_sale(article: Article, day: date) -> bool:
    """Sold from its season's start for fourteen months."""
    start = SEASON_START[article.season]
    return start <= day <= start + timedelta(days=430)


def make_orders(
    seed: int, shoppers: Sequence[Shopper], articles: Sequence[Article], wanted: NDArray[np.float64]
) -> list[Bought]:
    """Two years of order lines, by day. ``wanted``: utilities, shape (shoppers, articles)."""
    draw = random.Random(seed)
    visits = []
    for place, shopper in enumerate(shoppers):
        start = max(FIRST, date.fromisoformat(shopper.customer_since))
        years = max((LAST - start).days, 1) / 365
        for _ in range(_poisson(draw, shopper.frequency * years)):
            visits.append((start + timedelta(days=draw.randint(0, max((LAST - start).days, 0))), place))
    visits.sort()
    lines: list[Bought] = []
    for number, (day, place) in enumerate(visits):
        lines += _order(draw, f"MS{204_000 + 13 * number}", day, shoppers[place], articles, wanted[place])
    return lines


def _poisson(draw: random.Random, mean: float) -> int:
    limit, product, count = float(np.exp(-min(mean, 40))), 1.0, -1
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def _order(
    draw: random.Random,
    order_id: str,
    day: date,
    shopper: Shopper,
    articles: Sequence[Article],
    wanted: NDArray[np.float64],
) -> list[Bought]:
    open_ = np.array([on_sale(article, day) for article in articles])
    utility = np.where(open_, wanted, -np.inf)
    if not np.isfinite(utility).any():
        return []
    shares = np.exp(1.25 * (utility - utility.max()))
    gift = draw.random() < (0.28 if day.month == 12 else 0.06)
    channel = "store" if draw.random() < 0.18 else "online"
    chosen = {
        draw.choices(range(len(articles)), shares)[0] for _ in range(draw.choices((1, 2, 3, 4), (58, 26, 11, 5))[0])
    }
    typical = float(np.median(utility[np.isfinite(utility)]))
    return [
        _line(draw, order_id, day, channel, line, shopper, articles[at], gift, float(utility[at]) - typical)
        for line, at in enumerate(sorted(chosen), start=1)
    ]


def _line(
    draw: random.Random, order_id: str, day: date, channel: str, line: int, shopper: Shopper, article: Article,
    gift: bool, liked: float,
) -> Bought:  # fmt: skip
    size = size_of(shopper, article)
    odds = {"dresses": 0.31, "coats": 0.22, "trousers": 0.3, "skirts": 0.25, "shoes": 0.29, "bags": 0.09}.get(
        article.category, 0.2
    )
    share = odds * (0.35 if channel == "store" else 1) / (1 + np.exp(0.6 * (liked - 2.2))) * 1.9
    reason = ""
    if draw.random() < min(share, 0.75):
        small = 5 if "small" in article.fit_note[0] or "close" in article.attributes.get("fit", ("", ""))[0] else 2
        large = (
            5 if "generous" in article.fit_note[0] or "oversized" in article.attributes.get("fit", ("", ""))[0] else 2
        )
        weights = (0, 0, 2, 2, 4, 4 if gift else 0, 1) if article.category == "bags" else (
            small, large, 2, 1.5, 3, 4 if gift else 0, 0.7
        )  # fmt: skip
        reason = draw.choices(REASONS, weights)[0]
    asked = day + timedelta(days=draw.randint(5, 33)) if reason else None
    return Bought(order_id, shopper, day, channel, line, article, size, gift, reason, asked)


def order_rows(lines: Sequence[Bought], seed: int) -> list[dict[str, str]]:
    """The order export: split parcels, late ones, notes of shoppers (one of them hostile), lines sent twice."""
    draw = random.Random(seed)
    rows = [_order_row(draw, line) for line in lines]
    online = [row for row in rows if row["channel"] == "online"]
    online[len(online) // 3]["note"] = source("shop")["orders"]["hostile"]
    for row in draw.sample(rows, 6):
        rows.append(dict(row))
    for row in draw.sample(rows, 9):
        row["currency"] = ""
    for row in draw.sample(rows, 4):
        row["placed_on"] = date.fromisoformat(row["placed_on"]).strftime("%d/%m/%Y")
    return rows


def _order_row(draw: random.Random, line: Bought) -> dict[str, str]:
    shipped = line.day + timedelta(days=draw.choice((1, 1, 2, 2, 3, 6)))
    delivered = shipped + timedelta(days=draw.choice((1, 2, 2, 3, 4, 9)))
    status = "delivered" if delivered < LAST else "shipped" if shipped < LAST else "in preparation"
    if line.channel == "store":
        shipped = delivered = line.day
        status = "collected"
    elif status == "delivered" and draw.random() < 0.006:
        status = "lost"
    row = dict.fromkeys(ORDER_COLUMNS, "")
    row |= {
        "order_id": line.order_id, "customer_id": line.shopper.customer_id, "placed_on": line.day.isoformat(),
        "channel": line.channel, "line": str(line.line), "sku": line.article.sku, "size": line.size, "quantity": "1",
        "price": f"{line.article.price:.2f}", "currency": "EUR", "gift": "yes" if line.gift else "", "status": status,
    }  # fmt: skip
    if status != "in preparation":
        row["shipped_on"] = shipped.isoformat()
    if status in ("delivered", "collected"):
        row["delivered_on"] = delivered.isoformat()
    if line.channel == "online":
        row["carrier"] = {"FR": "Colis Rapide", "GB": "Swift Parcel"}.get(line.shopper.country, "Europaket")
        row["parcel"] = f"{line.order_id[2:]}-{draw.choice((1, 1, 1, line.line))}"
        row["note"] = draw.choice(source("shop")["orders"]["notes"]) if draw.random() < 0.05 else ""
    return row


def return_rows(lines: Sequence[Bought], seed: int) -> list[dict[str, str]]:
    """Lines that came back, with the reason as the shopper ticked it."""
    draw = random.Random(seed)
    rows = []
    for number, line in enumerate(line for line in lines if line.returned and line.asked and line.asked <= LAST):
        asked = line.asked or LAST
        done = asked + timedelta(days=draw.randint(4, 16)) <= LAST
        wants = "exchange" if line.returned in ("too small", "too large") and draw.random() < 0.45 else "refund"
        rows.append(
            {
                "return_id": f"R{51_000 + 3 * number}", "order_id": line.order_id, "line": str(line.line),
                "sku": line.article.sku, "asked_on": asked.isoformat(), "reason": line.returned, "wants": wants,
                "status": "closed" if done else "on its way",
                "refund": f"{line.article.price:.2f}" if done and wants == "refund" else "",
            }
        )  # fmt: skip
    return rows


def spent(lines: Sequence[Bought]) -> dict[str, float]:
    """customer -> euros kept, returns deducted."""
    total: dict[str, float] = {}
    for line in lines:
        if not line.returned:
            total[line.shopper.customer_id] = total.get(line.shopper.customer_id, 0.0) + line.article.price
    return total


def store_rows() -> list[dict[str, str]]:
    """The six stores, invented, with the hours of a common week."""
    return [dict(store) for store in source("shop")["store"]]


def stock_rows(articles: Sequence[Article], seed: int) -> list[dict[str, str]]:
    """Units by place and size on the last day: the shop's warehouse has most, a store a third of the styles."""
    draw = random.Random(seed)
    rows = []
    for article in articles:
        if not on_sale(article, LAST):
            continue
        deep = draw.lognormvariate(1.6, 0.8) * np.exp(-0.3 * article.appeal)
        for place in ("online", *(store["store_id"] for store in source("shop")["store"])):
            if place != "online" and draw.random() > 0.34:
                continue
            for size in article.sizes:
                units = _poisson(draw, float(deep) * (1.4 if place == "online" else 0.35))
                if place == "online" or units:
                    rows.append({"place": place, "sku": article.sku, "size": size, "units": str(units)})
    return rows


def cost_rows(articles: Sequence[Article], seed: int) -> list[dict[str, str]]:
    """Landed cost, and the margin under which the house won't sell: what an offer must leave."""
    draw = random.Random(seed)
    floors = {"bags": 0.62, "shoes": 0.55, "coats": 0.52}
    rows = []
    for article in articles:
        cost = article.price / 1.2 * draw.uniform(0.19, 0.34)
        floor = floors.get(article.category, 0.5)
        rows.append({"sku": article.sku, "landed_cost": f"{cost:.2f}", "lowest_margin": f"{floor:.2f}"})
    rows[17] = {**rows[17], "landed_cost": ""}
    rows[101] = {**rows[101], "landed_cost": "n/a"}
    return rows
