"""The tables of a house's own records, as templates: orders, returns, stores, stock, products."""

from __future__ import annotations

from typing import Final

from lib.files.columns import Column
from lib.i18n import N_

_ORDER: Final = Column(
    "order_id",
    N_("Order number"),
    required=True,
    aliases=("order_id", "order", "order no", "commande", "n° commande", "numéro de commande", "name"),
    example="MS255220",
)
_LINE: Final = Column(
    "line",
    N_("Line of the order"),
    kind="integer",
    aliases=("line", "ligne", "line number", "n° ligne", "position"),
    example="1",
    help=N_("Counted in the file’s order where the column is missing"),
)
_SKU: Final = Column(
    "sku",
    N_("SKU"),
    required=True,
    aliases=("sku", "lineitem sku", "référence", "ref", "article", "product code", "code article"),
    example="MS-DR1001",
)
_SIZE: Final = Column("size", N_("Size"), aliases=("size", "taille", "variant", "pointure"), example="38")

ORDERS: Final = (
    _ORDER,
    _LINE,
    _SKU,
    _SIZE,
    Column(
        "placed_on",
        N_("Ordered on"),
        required=True,
        kind="date",
        aliases=("placed_on", "created at", "order date", "date de commande", "date"),
        example="2026-10-17",
    ),
    Column(
        "status",
        N_("State of the line"),
        required=True,
        aliases=("status", "statut", "état", "fulfillment status", "lineitem fulfillment status"),
        example="shipped",
        help=N_("in preparation, shipped, delivered, collected or lost"),
    ),
    Column(
        "price",
        N_("Price in euros"),
        required=True,
        kind="number",
        aliases=("price", "prix", "lineitem price", "montant", "unit price", "prix unitaire"),
        example="230.00",
    ),
    Column(
        "email",
        N_("Client’s e-mail"),
        aliases=("email", "e-mail", "mail", "courriel", "customer email"),
        example="client@example.com",
        help=N_("Checks an identity; it is never told. The e-mail or the postcode is needed."),
    ),
    Column(
        "postcode",
        N_("Client’s postcode"),
        aliases=("postcode", "zip", "shipping zip", "code postal", "billing zip", "cp"),
        example="75011",
        help=N_("Checks an identity; it is never told. The e-mail or the postcode is needed."),
    ),
    Column("quantity", N_("Quantity"), kind="integer", aliases=("quantity", "qty", "quantité", "qté"), example="1"),
    Column(
        "shipped_on", N_("Shipped on"), kind="date", aliases=("shipped_on", "fulfilled at", "expédié le"), example=""
    ),
    Column(
        "delivered_on",
        N_("Delivered on"),
        kind="date",
        aliases=("delivered_on", "delivered at", "livré le"),
        example="",
    ),
    Column("carrier", N_("Carrier"), aliases=("carrier", "transporteur", "shipping method"), example="Colis Rapide"),
    Column(
        "parcel", N_("Parcel number"), aliases=("parcel", "tracking", "tracking number", "colis", "suivi"), example=""
    ),
    Column("country", N_("Country code"), aliases=("country", "pays", "shipping country"), example="FR"),
    Column("gift", N_("Gift"), aliases=("gift", "cadeau"), example="no", help=N_("yes or no")),
    Column(
        "note", N_("Note of the order"), aliases=("note", "notes", "commentaire", "remarque"), example="Please ring"
    ),
)
RETURNS: Final = (_ORDER, Column("line", _LINE.title, True, "integer", _LINE.aliases, "1"))
STORES: Final = (
    Column(
        "store_id",
        N_("Store’s short name"),
        required=True,
        aliases=("store_id", "id", "store code", "code boutique"),
        example="lyon",
        help=N_("As the table of stock names it"),
    ),
    Column("name", N_("Store"), required=True, aliases=("name", "store", "boutique", "nom", "magasin"), example="Lyon"),
    Column("country", N_("Country code"), aliases=("country", "pays"), example="FR"),
    Column(
        "hours",
        N_("Hours from Monday to Saturday"),
        required=True,
        aliases=("hours_mon_sat", "hours", "horaires", "opening hours"),
        example="10:30-19:00",
        help=N_("HH:MM-HH:MM; empty where it is closed"),
    ),
    Column(
        "sunday",
        N_("Hours on Sunday"),
        aliases=("hours_sunday", "sunday", "dimanche"),
        example="",
        help=N_("HH:MM-HH:MM; empty where it is closed"),
    ),
    Column(
        "holidays",
        N_("Hours on public holidays"),
        aliases=("hours_holidays", "holidays", "jours fériés"),
        example="",
        help=N_("HH:MM-HH:MM; empty where it is closed"),
    ),
    Column(
        "services",
        N_("Services"),
        kind="list",
        aliases=("services", "service"),
        example="appointments; alterations",
        help=N_("appointments, alterations"),
    ),
)
STOCK: Final = (
    Column(
        "place",
        N_("Store’s short name, or online"),
        required=True,
        aliases=("place", "store_id", "store", "lieu", "boutique", "location", "emplacement"),
        example="online",
    ),
    _SKU,
    _SIZE,
    Column(
        "units",
        N_("Units"),
        required=True,
        kind="integer",
        aliases=("units", "stock", "quantity", "unités", "quantité", "available"),
        example="4",
    ),
)
PRODUCTS: Final = (
    _SKU,
    Column(
        "name",
        N_("Name"),
        required=True,
        aliases=("name", "product", "title", "nom", "produit", "désignation", "libellé"),
        example="Garance wide-leg trousers",
    ),
    Column("category", N_("Category"), aliases=("category", "catégorie", "type", "famille"), example="trousers"),
    Column("colour", N_("Colour"), aliases=("colour", "color", "couleur", "coloris"), example="navy"),
)
