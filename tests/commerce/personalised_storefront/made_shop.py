"""A small made-up shop: two tastes, a page filled by lot, whose truth is known."""

from __future__ import annotations

import datetime as dt

import numpy as np

from lib.commerce.personalised_storefront.model import Line, Product, Purpose, Seen, Shopper, Tables

ALL = frozenset(Purpose)
TODAY = dt.date(2026, 10, 1)
COLOURS = ("red", "blue")


def products(n: int = 12) -> tuple[Product, ...]:
    return tuple(
        Product(sku=f"P{i}", name=f"Piece {i} dress", category="dresses", colour=COLOURS[i % 2], price=100.0 + i)
        for i in range(n)
    )


def shop(shoppers: int = 60, days: int = 300, seed: int = 0, purposes: frozenset[Purpose] = ALL) -> Tables:
    """Every second shopper buys red alone, the others blue alone."""
    rng = np.random.default_rng(seed)
    goods = products()
    people = tuple(Shopper(f"C{i}", f"Name {i}", "fr", purposes=purposes) for i in range(shoppers))
    lines = []
    for number in range(shoppers * 12):
        who = int(rng.integers(shoppers))
        what = goods[int(rng.integers(6)) * 2 + who % 2]
        day = TODAY - dt.timedelta(days=int(rng.integers(1, days)))
        lines.append(Line(f"O{number}", "1", f"C{who}", day, what.sku, "38"))
    return Tables(products=goods, shoppers=people, lines=tuple(lines))


def visits(n: int = 800, seed: int = 0, shoppers: int = 60, taste: float = 0.3) -> tuple[Seen, ...]:
    """Pages of four places drawn by fixed weights (Plackett-Luce); a click needs a look and the right colour."""
    rng = np.random.default_rng(seed)
    goods = products()
    weights = np.linspace(1.0, 3.0, len(goods))
    look = (1.0, 0.8, 0.6, 0.4)
    made = []
    for number in range(n):
        who = int(rng.integers(shoppers))
        left = list(range(len(goods)))
        for place in range(4):
            chances = weights[left] / weights[left].sum()
            at = int(rng.choice(len(left), p=chances))
            good = left.pop(at)
            right = good % 2 == who % 2
            clicked = bool(rng.random() < look[place] * (taste if right else 0.05))
            made.append(
                Seen(
                    f"V{number}", f"C{who}", dt.datetime(2026, 9, 1) + dt.timedelta(minutes=45 * number), "phone",
                    "dresses", place + 1, goods[good].sku, round(float(chances[at]), 6), clicked,
                )
            )  # fmt: skip
    return tuple(made)
