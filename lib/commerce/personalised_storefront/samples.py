"""The demo house's tables, read once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lib.commerce.personalised_storefront import columns, data
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.product_descriptions.data import products_from
from lib.files.columns import Column
from lib.files.intake import Parse
from lib.files.kept import open_sample
from lib.settings import ROOT

FOLDER = ROOT / "sample_data"
FILES = {
    "products": "products.csv",
    "shoppers": "customers.csv",
    "lines": "orders.csv",
    "returns": "returns.csv",
    "visits": "visits.csv",
    "costs": "costs.csv",
    "stock": "stock.csv",
    "comments": "comments.csv",
}
READERS: dict[str, tuple[tuple[Column, ...], Parse[Any]]] = {
    "products": (columns.PRODUCT_COLUMNS, products_from),
    "shoppers": (columns.CUSTOMER_COLUMNS, data.shoppers_from),
    "lines": (columns.ORDER_COLUMNS, data.orders_from),
    "returns": (columns.RETURN_COLUMNS, data.returns_from),
    "visits": (columns.VISIT_COLUMNS, data.visits_from),
    "costs": (columns.COST_COLUMNS, data.costs_from),
    "stock": (columns.STOCK_COLUMNS, data.stock_from),
    "comments": (columns.COMMENT_COLUMNS, data.comments_from),
}


def sample_tables() -> Tables:
    """All tables of the demo house."""
    return _tables(max((FOLDER / name).stat().st_mtime_ns for name in FILES.values()))


@lru_cache(maxsize=2)
def _tables(modified: int) -> Tables:
    return Tables(**{slot: open_sample(FOLDER / name, *READERS[slot]).items for slot, name in FILES.items()})
