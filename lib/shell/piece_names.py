"""Names of the demo house's pieces in the reader's language; a house's own pieces are called as its file calls them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache

from lib.i18n import current_language
from lib.settings import ROOT

PRODUCTS = ROOT / "sample_data" / "products.csv"
WRITTEN_IN = "en"  # the language of that file


def piece_name(name: str, inside: bool = False) -> str:
    """'Tamaris silk blouse' as 'Blouse en soie Tamaris' for a French reader. ``inside``: within a sentence."""
    said = _said(name, current_language()).title if _is_demo(name) else name
    return said[:1].lower() + said[1:] if inside and said != name else said


def piece_type(name: str) -> str:
    """What kind of piece it is, without its own first name: 'silk blouse'; '' for a piece of another house."""
    return _said(name, current_language()).kind if _is_demo(name) else ""


def own_name(name: str) -> str:
    """'Tamaris' of 'Tamaris silk blouse'; '' where ``piece_name`` says the name as it is given."""
    return _said(name, current_language()).own if _is_demo(name) else ""


@dataclass(frozen=True)
class _Said:
    """A name in one language: whole, what kind of piece it is, and its own first name."""

    title: str
    kind: str
    own: str


def _is_demo(name: str) -> bool:
    return current_language() != WRITTEN_IN and _plain(name) in _categories()


@lru_cache(maxsize=1_000)
def _said(name: str, language: str) -> _Said:
    from lib.commerce.product_descriptions.model import Product
    from lib.commerce.product_descriptions.writer.naming import naming

    read = naming(
        Product(sku="-", name=_plain(name), category=_categories()[_plain(name)], language=WRITTEN_IN), language
    )
    title = read.title(language) or name
    return _Said(title[:1].upper() + title[1:], read.kind.text, read.name)


@cache
def _categories() -> dict[str, str]:
    """The demo house's pieces by name, with the category that each stands in."""
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        return {_plain(row["name"]): row["category"] for row in csv.DictReader(file)}


def _plain(name: str) -> str:
    return " ".join(name.split())
