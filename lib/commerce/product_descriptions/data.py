"""Rows of a house's tables turned into products and posts. One bad row is a problem to show, never the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lib.commerce.product_descriptions.columns import ATTRIBUTE_COLUMNS, ATTRIBUTE_NAMES, POST_COLUMNS, PRODUCT_COLUMNS
from lib.commerce.product_descriptions.model import Channel, Material, Post, Product
from lib.commerce.product_descriptions.prose import guess_language
from lib.commerce.product_descriptions.sizes import sizes_from
from lib.commerce.product_descriptions.values import (
    composition_from,
    currency_from,
    date_from,
    integer_from,
    list_from,
    number_from,
    pairs_from,
    plain,
)
from lib.files.cells import OWN_REFERENCE, BadCell, BadValue, Cells, Read, Row, read_rows
from lib.files.values import read_language
from lib.i18n import N_

__all__ = ["POST_COLUMNS", "PRODUCT_COLUMNS", "posts_from", "products_from"]

MOST_CHARACTERS = 20_000  # of one cell: longer ones are a broken export, and would slow every text method down
CHANNELS = {
    Channel.SITE: ("site", "web", "website", "e shop", "eshop", "e commerce", "ecommerce", "boutique en ligne", "shop"),
    Channel.MARKETPLACE: ("marketplace", "market place", "place de marche", "marketplaces"),
    Channel.SOCIAL: ("social", "reseaux sociaux", "social media", "instagram", "facebook", "tiktok", "pinterest"),
    Channel.EMAIL: ("email", "e mail", "mail", "courriel", "newsletter", "emailing", "crm"),
}
_CHANNEL_OF = {name: channel for channel, names in CHANNELS.items() for name in names}
_ATTRIBUTE_OF = {
    plain(alias): column.name for column in ATTRIBUTE_COLUMNS for alias in (column.name, column.title, *column.aliases)
}


def products_from(rows: Iterable[Row], lines: Sequence[int] | None = None, language: str = "") -> Read[Product]:
    """Products and the problems of the rows that give none.

    Args:
        rows: one mapping a row, from names in ``PRODUCT_COLUMNS`` to text; missing columns read as empty.
        lines: the line of each row in the person's file; 2, 3, ... when not given.
        language: in which the texts are written ('fr', 'en'); guessed row by row where it and the column are empty.
    """
    return read_rows(
        list(rows), lines, lambda cells: _product(cells, language), lambda one: one.sku, "sku", OWN_REFERENCE,
        MOST_CHARACTERS,
    )  # fmt: skip


def posts_from(rows: Iterable[Row], lines: Sequence[int] | None = None) -> Read[Post]:
    """Past posts and the problems of the rows that give none. Arguments as for ``products_from``."""
    return read_rows(list(rows), lines, _post, lambda one: one.post_id, "post_id", OWN_REFERENCE, MOST_CHARACTERS)


def _product(cells: Cells, language: str) -> Product:
    """One product from one row."""
    nothing: tuple[Material, ...] = ()
    main, of_lining = cells.read("materials", composition_from, (nothing, nothing))
    lining = cells.read("lining", lambda text: sum(composition_from(text), nothing), nothing)
    values: dict[str, Any] = {name: cells.text(name) for name in ("line", "department", "colour", "origin", "season")}
    price: float | None = cells.read("price", number_from, None)
    currency = currency_from(cells.text("currency")) or cells.text("currency").upper()
    none: tuple[str, ...] = ()
    care, details = cells.read("care", list_from, none), cells.read("details", list_from, none)
    sizes = cells.read("sizes", sizes_from, none)
    attributes = _attributes(cells)
    fit_note = cells.text("fit_note")
    code = cells.read("language", _language, "") or language
    sku, name, category = (cells.needed(column) for column in ("sku", "name", "category"))
    words = " . ".join((name, category, *values.values(), *care, *details, fit_note, *attributes.values()))
    return Product(
        sku=sku,
        name=name,
        category=category,
        **values,
        materials=main,
        lining=lining or of_lining,
        attributes=attributes,
        details=details,
        fit_note=fit_note,
        care=care,
        price=price,
        currency=currency or currency_from(cells.text("price")) or "EUR",
        sizes=sizes,
        language=code or guess_language(f"{words} {' '.join(m.name for m in main)}"),
    )


def _attributes(cells: Cells) -> dict[str, str]:
    """The attributes from their own columns, then from the column of named pairs, under our names where known."""
    found = {name: text for name in ATTRIBUTE_NAMES if (text := cells.text(name))}
    others: dict[str, str] = cells.read("attributes", pairs_from, {})
    for key, value in others.items():
        found.setdefault(_ATTRIBUTE_OF.get(plain(key), key.casefold()), value)
    return found


def _post(cells: Cells) -> Post:
    """One past post from one row; results that contradict each other are refused."""
    post_id = cells.needed("post_id")
    cells.needed("text")
    text = cells.prose("text")
    title, category, sku = (cells.text(name) for name in ("title", "category", "sku"))
    channel = cells.read("channel", _channel, Channel.SITE)
    language = cells.read("language", _language, "") or guess_language(f"{title}. {text}")
    published = cells.read("published_on", date_from, None)
    views, orders = _results(cells)
    return Post(
        post_id=post_id,
        sku=sku,
        channel=channel,
        category=category,
        language=language,
        title=title,
        text=text,
        published_on=published,
        views=views,
        carts=cells.read("carts", integer_from, 0),
        orders=orders,
        returns=cells.read("returns", integer_from, 0),
    )


def _results(cells: Cells) -> tuple[int, int]:
    """(views, orders), both given, and no more orders than views."""
    cells.needed("views")
    views = cells.read("views", integer_from, 0)
    cells.needed("orders")
    orders = cells.read("orders", integer_from, 0)
    if orders > views:
        raise BadCell(
            "orders",
            N_("The post has {orders} orders from {views} views. Check that the two columns are not swapped."),
            orders=orders,
            views=views,
        )
    return views, orders


def _channel(cell: str) -> Channel:
    """The channel that a cell names, in French or in English."""
    name = plain(cell).replace("-", " ").replace("_", " ")
    if name not in _CHANNEL_OF:
        raise BadValue(
            N_("“{cell}” is not a known channel. Use site, marketplace, social or email."),
            cell=cell[:80],
        )
    return _CHANNEL_OF[name]


def _language(cell: str) -> str:
    """The language that a cell names, as an ISO 639-1 code; another language's code is kept as it is."""
    code = read_language(cell)
    if code is None:
        raise BadValue(N_("“{cell}” is not a language. Use a code such as fr or en."), cell=cell[:80])
    return code
