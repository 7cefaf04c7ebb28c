"""The committed sample files: reproducible, complete, plausible, and of nobody real."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from lib.commerce.product_descriptions.model import BrandVoice
from sample_data.generate import HERE, files
from sample_data.products import CATEGORIES

GONE = {"MS-DR0907", "MS-BA0612", "MS-KN0233"}
REAL_BRANDS = (
    "chanel",
    "dior",
    "gucci",
    "prada",
    "hermès",
    "hermes",
    "vuitton",
    "burberry",
    "céline",
    "celine",
    "chloé",
    "chloe",
    "balmain",
    "zara",
    "sézane",
    "sandro",
    "maje",
    "lacoste",
    "levi's",
    "nike",
    "adidas",
    "max mara",
    "loro piana",
    "tod's",
    "repetto",
)


def read(name: str, encoding: str = "utf-8", separator: str = ",") -> list[dict[str, str]]:
    text = (HERE / name).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.fixture(scope="module")
def products() -> list[dict[str, str]]:
    return read("products.csv")


@pytest.fixture(scope="module")
def french_products() -> list[dict[str, str]]:
    return read("produits.csv", "cp1252", ";")


@pytest.fixture(scope="module")
def posts() -> list[dict[str, str]]:
    return read("posts.csv")


def test_same_seed_same_bytes_as_committed() -> None:
    for name, content in files().items():
        assert (HERE / name).read_bytes() == content, f"{name} differs: run python -m sample_data.generate"


def test_data_stay_small() -> None:
    sizes = {path: path.stat().st_size for path in Path(HERE).rglob("*") if path.is_file()}
    labelled = sum(size for path, size in sizes.items() if Path(HERE) / "checks" in path.parents)
    assert sum(sizes.values()) - labelled < 6_000_000
    assert labelled < 1_000_000  # the cases that the checks are measured on, which no page loads


def test_eight_categories_of_42_products(products: list[dict[str, str]]) -> None:
    assert Counter(row["category"].lower() for row in products) == dict.fromkeys(CATEGORIES, 42)


def test_skus_and_names_are_distinct(products: list[dict[str, str]]) -> None:
    assert len({row["sku"].lower() for row in products}) == len(products)
    assert len({row["name"].strip().lower() for row in products}) == len(products)


def test_attributes_go_with_the_category(products: list[dict[str, str]]) -> None:
    for row in products:
        category = row["category"].lower()
        if category in ("bags", "shoes"):
            assert not row["neckline"] and not row["sleeve"], row["sku"]
        assert bool(row["heel_height"]) == (category == "shoes"), row["sku"]
        assert not row["dimensions"] or category == "bags", row["sku"]


def test_care_goes_with_the_material(products: list[dict[str, str]]) -> None:
    for row in products:
        if re.match(r"\d+ ?% (mulberry )?silk|\d+ ?% (calf|lamb|goat|cow)", row["materials"].lower()):
            assert "machine wash" not in row["care"].lower(), row["sku"]
        if "cashmere knit" in row["fabric"] and row["care"]:
            assert "Hand wash" in row["care"], row["sku"]


def test_price_follows_category_and_material(products: list[dict[str, str]]) -> None:
    def mean(**wanted: str) -> float:
        prices = [row["price"] for row in products if all(row[key].lower() == value for key, value in wanted.items())]
        values = [float(price) for price in prices if re.fullmatch(r"[\d.]+", price)]
        return sum(values) / len(values)

    assert mean(category="coats") > 1.5 * mean(category="shirts")
    knits = {"category": "knitwear"}
    assert mean(fabric="cashmere knit", **knits) > 1.3 * mean(fabric="cotton rib knit", **knits)


def test_compositions_add_up_but_for_the_documented_rows(products: list[dict[str, str]]) -> None:
    odd = [row["sku"] for row in products if sum(map(int, re.findall(r"(\d+) ?%", row["materials"]))) != 100]
    assert len(odd) == 3  # one over 100, one without shares, one missing


def test_french_export_is_french(french_products: list[dict[str, str]]) -> None:
    assert len(french_products) == 64
    assert all(re.fullmatch(r"[\d ]+,\d\d", row["Prix TTC"]) for row in french_products)
    text = " ".join(value for row in french_products for value in row.values()).lower()
    assert not re.search(r"\b(wool|silk|sleeves|pockets|leather|with|and|dry clean)\b", text)
    assert {row["Rayon"] for row in french_products} <= {"femme", "homme", "mixte"}


def test_posts_by_language_and_channel(posts: list[dict[str, str]]) -> None:
    assert len(posts) == 1_450
    languages = Counter(row["language"] for row in posts)
    assert 0.55 < languages["en"] / (languages["en"] + languages["fr"]) < 0.65
    channels = Counter(row["channel"].lower() for row in posts)
    assert set(channels) == {"site", "marketplace", "social", "email"} and min(channels.values()) >= 50


def test_every_post_is_about_a_product_of_the_house(
    posts: list[dict[str, str]], products: list[dict[str, str]]
) -> None:
    known = {row["sku"].upper() for row in products}
    unknown = {row["sku"] for row in posts if row["sku"]} - known
    assert unknown == GONE
    assert 0 < sum(not row["sku"] for row in posts) < 15


def test_results_are_possible(posts: list[dict[str, str]]) -> None:
    for row in posts:
        views, orders = int(row["views"]), int(row["orders"])
        assert 0 <= orders <= views
        assert not row["carts"] or orders <= int(row["carts"]) <= views
        assert not row["returns"] or int(row["returns"]) <= orders


@pytest.mark.parametrize(
    ("channel", "low", "high"),
    [("site", 0.006, 0.02), ("marketplace", 0.005, 0.016), ("social", 0.0015, 0.008), ("email", 0.007, 0.026)],
)
def test_conversion_is_plausible(posts: list[dict[str, str]], channel: str, low: float, high: float) -> None:
    rows = [row for row in posts if row["channel"] == channel]
    assert low < sum(int(row["orders"]) for row in rows) / sum(int(row["views"]) for row in rows) < high


def test_returns_are_plausible_and_lower_for_bags_than_for_dresses(posts: list[dict[str, str]]) -> None:
    def share(category: str) -> float:
        rows = [row for row in posts if row["category"] == category and row["returns"]]
        return sum(int(row["returns"]) for row in rows) / sum(int(row["orders"]) for row in rows)

    assert 0.05 < share("bags") < share("dresses") < 0.4


def test_views_are_heavy_tailed(posts: list[dict[str, str]]) -> None:
    views = sorted(int(row["views"]) for row in posts)
    assert views[-1] > 10 * views[len(views) // 2]


def test_texts_are_finished_and_varied(posts: list[dict[str, str]]) -> None:
    texts = [row["text"] for row in posts]
    assert not [text for text in texts if re.search(r"[{}<>\[\]]|\s,|\(\)|\bNone\b", text)]
    assert Counter(Counter(texts).values()) == {1: 1430, 2: 10}  # 10 rows recorded again
    for language in ("en", "fr"):
        openings = Counter(" ".join(row["text"].split()[:5]) for row in posts if row["language"] == language)
        assert max(openings.values()) < 0.05 * sum(openings.values())
        shapes = {shape(row["text"]) for row in posts if row["language"] == language}
        assert len(shapes) > 40


def shape(text: str) -> tuple[str, ...]:
    """A text's layout: per line, a list item, a numbered one, a blank one or the number of sentences."""
    kinds = []
    for line in text.split("\n"):
        if not line:
            kinds.append("blank")
        elif line[0] in "-•*–":
            kinds.append("item")
        elif re.match(r"\d\. ", line):
            kinds.append("number")
        else:
            kinds.append(str(len(re.findall(r"[.!?](?:\s|$)", line))))
    return tuple(kinds)


def test_no_emoji_and_no_real_brand() -> None:
    for name, encoding in (
        ("products.csv", "utf-8"),
        ("produits.csv", "cp1252"),
        ("posts.csv", "utf-8"),
        ("voice.json", "utf-8"),
    ):
        text = (HERE / name).read_text(encoding=encoding).lower()
        assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf]", text), name
        assert not [brand for brand in REAL_BRANDS if re.search(rf"\b{re.escape(brand)}\b", text)], name


def test_voice_fits_the_model() -> None:
    voice = BrandVoice.model_validate(json.loads((HERE / "voice.json").read_text(encoding="utf-8")))
    assert voice.house == "Maison Solène" and voice.forbidden and not set(voice.preferred) & set(voice.forbidden)
