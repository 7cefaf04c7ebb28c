"""Writes the demo house's files: ``python -m sample_data.generate [--into FOLDER]``. Same seed, same bytes."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_data import formulations
from sample_data.exports import english_rows, french_rows, to_csv
from sample_data.faces import face_rows, people_json
from sample_data.past_line import HOUSE, PARTNER, codes_csv, past_line_csv
from sample_data.plates import plates
from sample_data.posts import Post, make_posts, post_rows
from sample_data.products import Article, make_articles
from sample_data.sketches import sketches

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


def files() -> dict[str, bytes]:
    """File name -> content, of all generated tables; the photographed sketches are ``sketches()``."""
    return {
        "products.csv": to_csv(english_rows(articles(), SEED + 2)).encode("utf-8"),
        "produits.csv": to_csv(french_rows(french_articles(), SEED + 3), ";").encode("cp1252"),
        "faces.csv": "".join(",".join(row) + "\n" for row in face_rows(SEED + 6, 1_200)).encode("utf-8"),
        "people.json": people_json(SEED + 11).encode("utf-8"),
        "posts.csv": to_csv(post_rows(posts(), SEED + 5)).encode("utf-8"),
        "past_line.csv": past_line_csv(SEED + 6).encode("utf-8"),
        "house_codes.csv": codes_csv(HOUSE).encode("utf-8"),
        "partner_codes.csv": codes_csv(PARTNER).encode("utf-8"),
        **formulations.files(SEED + 40),
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
