"""Products of the demo house: garments whose attributes go together as they do in a real collection.

A garment type (``source/garments.toml``) allows certain fabrics, necklines, closures; a fabric
(``source/fabrics.toml``) brings its compositions, its care and its price factor. Every text is a pair, English and
French.
"""

from __future__ import annotations

import functools
import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "source"
CATEGORIES = ("dresses", "coats", "knitwear", "shirts", "trousers", "skirts", "bags", "shoes")
ATTRIBUTES = (
    "neckline", "collar", "sleeve", "length", "fit", "rise", "leg", "closure", "pattern", "pockets",
    "strap", "dimensions", "toe", "heel_height", "sole",
)  # fmt: skip
SEASONS = ("AW24", "SS25", "AW25", "SS26", "AW26")
Pair = tuple[str, str]  # English, French


def pair(text: str) -> Pair:
    """'V-neck | encolure en V' as a pair; a text without a bar is the same in both languages."""
    english, _, french = text.partition(" | ")
    return english, french or english


@functools.cache
def source(name: str) -> dict[str, Any]:
    """One of the source tables."""
    return tomllib.loads((SOURCE / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Article:
    """One clean product in both languages, before an export makes a mess of it."""

    sku: str
    style: str
    kind: Pair
    gender: str  # French gender of the type: m, f, mp, fp
    category: str
    line: str
    department: str
    colour: Pair
    fabric: Pair
    fabric_key: str
    family: str
    composition: Pair
    lining: Pair
    attributes: dict[str, Pair]
    details: tuple[Pair, ...]
    fit_note: Pair
    care: tuple[Pair, ...]
    origin: Pair
    price: float
    sizes: tuple[str, ...]
    season: str
    appeal: float = field(default=0.0)  # how much it is wanted, a priori unknown to anybody; log scale

    @property
    def name(self) -> Pair:
        return f"{self.style} {self.kind[0]}", f"{self.kind[1][0].upper()}{self.kind[1][1:]} {self.style}"


def french_composition(composition: str, fibres: dict[str, str]) -> str:
    """'92% wool, 8% cashmere' as '92 % laine, 8 % cachemire'."""
    parts = []
    for part in filter(None, composition.split(", ")):
        share, _, fibre = part.partition(" ")
        parts.append(f"{share[:-1]} % {fibres[fibre]}")
    return ", ".join(parts)


def _size_run(category: str, department: str, family: str, rng: random.Random) -> tuple[str, ...]:
    if category == "bags":
        return ("one size",)
    if category == "shoes":
        low, high = {"men": (39, 46), "unisex": (36, 45)}.get(department, (35, 41))
        return tuple(str(size) for size in range(low + rng.randint(0, 1), high + 1))
    letters = ("XS", "S", "M", "L", "XL")
    loose = category == "knitwear" or department == "unisex" or family in ("technical", "rain", "mohair")
    if rng.random() < (0.85 if loose else 0.2):
        return letters[1:] if rng.random() < 0.5 else letters
    low, high = (46, 56) if department == "men" else (34, 46)
    return tuple(str(size) for size in range(low, rng.choice([high - 2, high, high]) + 1, 2))


def _season(garment: dict[str, Any], family: str, rng: random.Random) -> str:
    kind = garment.get("season") or {"wool": "winter", "mohair": "winter", "linen": "summer", "straw": "summer"}.get(
        family
    )
    wanted = {"winter": "AW", "summer": "SS"}.get(kind or "")
    return rng.choice([season for season in SEASONS if wanted is None or season.startswith(wanted)])


def _price(base: float, factor: float, line: float, rng: random.Random) -> float:
    """Whole euros, as a house of this sort rounds them: to 5 below 200, to 10 below 1,000, to 50 above."""
    value = base * factor**0.7 * line * rng.lognormvariate(0, 0.1)
    step = 5 if value < 200 else 10 if value < 1000 else 50
    return float(step * round(value / step))


def _attributes(garment: dict[str, Any], rng: random.Random) -> dict[str, Pair]:
    chosen: dict[str, Pair] = {}
    for attribute in ATTRIBUTES:
        options = garment.get(attribute)
        if options is None and attribute == "pattern" and garment["category"] not in ("bags", "shoes"):
            options = ["plain | uni"]
        if options and (choice := rng.choice(options)):
            english, french = pair(choice)
            if attribute == "heel_height":
                french = english.replace(".", ",")
            chosen[attribute] = (english, french)
    return chosen


def _origin(category: str, rng: random.Random) -> Pair:
    places = source("house")["origins"][category]
    weights = [1 / (1 + 0.6 * rank) for rank in range(len(places))]
    return pair(rng.choices(places, weights)[0])


def make_article(garment: dict[str, Any], style: str, sku: str, house: dict[str, Any], rng: random.Random) -> Article:
    """One product of a garment type; all choices come from ``rng``."""
    fabrics = source("fabrics")
    key = rng.choice(garment["fabrics"])
    fabric = fabrics[key]
    line = rng.choice(house["line"])
    department = rng.choice(garment.get("departments", ["women"]))
    composition = rng.choice(fabric["comps"])
    lining = rng.choice(garment.get("lining", [""]))
    notes = garment.get("fitnote", [""])
    fibres = house["fibres"]
    return Article(
        sku=sku,
        style=style,
        kind=pair(garment["type"]),
        gender=garment["g"],
        category=garment["category"],
        line=line["name"],
        department=department,
        colour=pair(rng.choice(house["colours"][fabric["family"]])),
        fabric=pair(fabric["name"]),
        fabric_key=key,
        family=fabric["family"],
        composition=(composition, french_composition(composition, fibres)),
        lining=(lining, french_composition(lining, fibres)),
        attributes=_attributes(garment, rng),
        details=tuple(pair(text) for text in rng.sample(garment["details"], rng.choice([1, 2, 2, 3]))),
        fit_note=pair(rng.choice(notes)),
        care=tuple(pair(text) for text in fabric["care"]),
        origin=_origin(garment["category"], rng),
        price=_price(garment["base"], fabric["factor"], line["factor"], rng),
        sizes=_size_run(garment["category"], department, fabric["family"], rng),
        season=_season(garment, fabric["family"], rng),
        appeal=rng.gauss(0, 1),
    )


def make_articles(seed: int, per_category: int, prefix: str) -> list[Article]:
    """``per_category`` products in each of the eight categories, sorted by category, with distinct names."""
    rng = random.Random(seed)
    house, garments = source("house"), source("garments")["garment"]
    articles: list[Article] = []
    for category in CATEGORIES:
        kinds = [garment for garment in garments if garment["category"] == category]
        order = [kinds[index % len(kinds)] for index in range(per_category)]
        styles: dict[str, list[str]] = {kind["type"]: rng.sample(house["styles"], 40) for kind in kinds}
        for number, garment in enumerate(order, start=1):
            sku = f"{prefix}-{category[:2].upper()}{number + 100 * CATEGORIES.index(category) + 1000:04d}"
            articles.append(make_article(garment, styles[garment["type"]].pop(), sku, house, rng))
    return articles
