"""Writes the demo house's files: ``python -m sample_data.generate [--into FOLDER]``. Same seed, same bytes."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_data import formulations
from sample_data.arrivals import arrival_rows
from sample_data.comments import comment_rows
from sample_data.exports import english_rows, french_rows, to_csv
from sample_data.faces import face_rows, people_json
from sample_data.past_line import HOUSE, PARTNER, codes_csv, past_line_csv
from sample_data.plates import plates
from sample_data.posts import Post, make_posts, post_rows
from sample_data.products import Article, make_articles
from sample_data.purchases import cost_rows, make_orders, order_rows, return_rows, spent, stock_rows, store_rows
from sample_data.shoppers import customer_rows, make_shoppers, tastes
from sample_data.sketches import sketches
from sample_data.visits import visit_rows

SEED = 20261
HERE = Path(__file__).parent


def articles() -> list[Article]:
    """The house's 336 products, clean and in both languages."""
    return make_articles(SEED, per_category=42, prefix="MS")


def french_articles() -> list[Article]:
    """The 64 products of the French export, which are others than the first 336."""
    return make_articles(SEED + 1, per_category=8, prefix="SF")


def posts() -> list[Post]:
    """The house's 1,440 past posts with their results."""
    return make_posts(articles(), SEED + 4, count=1_440)


def shop() -> dict[str, bytes]:
    """The files of the online shop: customers, orders, returns, stores, stock, costs, comments and logged visits."""
    made = articles()
    shoppers = make_shoppers(SEED + 60)
    wanted = tastes(SEED + 61, shoppers, made)
    lines = make_orders(SEED + 62, shoppers, made, wanted)
    tables = {
        "customers.csv": customer_rows(shoppers, spent(lines), SEED + 63),
        "orders.csv": order_rows(lines, SEED + 64),
        "returns.csv": return_rows(lines, SEED + 65),
        "stores.csv": store_rows(),
        "stock.csv": stock_rows(made, SEED + 66),
        "costs.csv": cost_rows(made, SEED + 67),
        "comments.csv": comment_rows(SEED + 69, shoppers, made, wanted, lines),
        "visits.csv": visit_rows(SEED + 68, shoppers, made, wanted, lines),
    }
    return {name: to_csv(rows).encode("utf-8") for name, rows in tables.items()}


def files() -> dict[str, bytes]:
    """File name -> content, of all generated tables; the photographed sketches are ``sketches()``."""
    return {
        "products.csv": to_csv(english_rows(articles(), SEED + 2)).encode("utf-8"),
        "produits.csv": to_csv(french_rows(french_articles(), SEED + 3), ";").encode("cp1252"),
        "faces.csv": "".join(",".join(row) + "\n" for row in face_rows(SEED + 6, 1_200)).encode("utf-8"),
        "people.json": people_json(SEED + 11).encode("utf-8"),
        "posts.csv": to_csv(post_rows(posts(), SEED + 5)).encode("utf-8"),
        "arrivals.csv": to_csv(arrival_rows(SEED + 80)).encode("utf-8"),
        "past_line.csv": past_line_csv(SEED + 6).encode("utf-8"),
        "house_codes.csv": codes_csv(HOUSE).encode("utf-8"),
        "partner_codes.csv": codes_csv(PARTNER).encode("utf-8"),
        **formulations.files(SEED + 40),
        **shop(),
    }


def main() -> None:
    """Write every file into ``--into`` (this folder by default)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE)
    folder = parser.parse_args().into
    for name, content in {**files(), **sketches(), **plates()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
