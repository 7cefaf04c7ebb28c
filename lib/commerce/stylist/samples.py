"""The demo house's tables, read once per process: comments, pieces with stock, clients, purchases with returns."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lib.commerce.stylist.columns import CLIENT_COLUMNS, COMMENT_COLUMNS, PIECE_COLUMNS, PURCHASE_COLUMNS
from lib.commerce.stylist.data import clients_from, comments_from, pieces_from, purchases_from
from lib.commerce.stylist.model import Client, Comment, Piece, Purchase
from lib.files.kept import open_sample
from lib.settings import ROOT

FOLDER = ROOT / "sample_data"
COMMENTS, PIECES, CLIENTS = (FOLDER / name for name in ("comments.csv", "products.csv", "customers.csv"))
PURCHASES, RETURNS, STOCK, STORES = (FOLDER / name for name in ("orders.csv", "returns.csv", "stock.csv", "stores.csv"))
SAMPLE_FILES = (COMMENTS, PIECES, CLIENTS, PURCHASES, RETURNS, STOCK)
SAMPLE = "sample"


@dataclass(frozen=True)
class House:
    """Everything that a stylist works on. ``places``: sku -> size -> places with units of it."""

    comments: tuple[Comment, ...] = ()
    pieces: tuple[Piece, ...] = ()
    clients: Mapping[str, Client] = field(default_factory=dict)
    purchases: tuple[Purchase, ...] = ()
    places: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    name: str = SAMPLE


def sample_house() -> House:
    """The demo house."""
    return _house(tuple(path.stat().st_mtime_ns for path in SAMPLE_FILES))


@lru_cache(maxsize=1)
def _house(modified: tuple[int, ...]) -> House:
    pieces = open_sample(PIECES, PIECE_COLUMNS, pieces_from).items
    stock, places = sample_stock()
    clients = open_sample(CLIENTS, CLIENT_COLUMNS, clients_from).items
    return House(
        comments=open_sample(COMMENTS, COMMENT_COLUMNS, comments_from).items,
        pieces=tuple(replace(piece, stock=stock.get(piece.sku, {})) for piece in pieces),
        clients={client.id: client for client in clients},
        purchases=sample_purchases(),
        places=places,
    )


def sample_purchases() -> tuple[Purchase, ...]:
    """The demo house's order lines with the reason of their return."""
    bought = open_sample(PURCHASES, PURCHASE_COLUMNS, purchases_from).items
    with RETURNS.open(encoding="utf-8", newline="") as file:
        reasons = {f"{row['order_id']} {row['line']}": row["reason"] or "?" for row in csv.DictReader(file)}
    return tuple(replace(one, returned=reasons.get(one.line, "")) for one in bought)


def sample_stock() -> tuple[dict[str, dict[str, int]], dict[str, dict[str, tuple[str, ...]]]]:
    """Units by reference and size, and where they are."""
    units: dict[str, dict[str, int]] = {}
    places: dict[str, dict[str, tuple[str, ...]]] = {}
    with STORES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row.get("store_id") or row.get("store") or "": row.get("name") or row.get("city") or "" for row in rows}
    with STOCK.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            count = int(row["units"] or 0)
            sizes = units.setdefault(row["sku"], {})
            sizes[row["size"]] = sizes.get(row["size"], 0) + count
            if count > 0:
                there = places.setdefault(row["sku"], {})
                there[row["size"]] = (*there.get(row["size"], ()), names.get(row["place"]) or row["place"])
    return units, places
