"""The tables of the page, as templates."""

from __future__ import annotations

from lib.commerce.product_descriptions.columns import PRODUCT_COLUMNS
from lib.files.columns import Column
from lib.i18n import N_

__all__ = [
    "COMMENT_COLUMNS",
    "COST_COLUMNS",
    "CUSTOMER_COLUMNS",
    "ORDER_COLUMNS",
    "PRODUCT_COLUMNS",
    "RETURN_COLUMNS",
    "STOCK_COLUMNS",
    "VISIT_COLUMNS",
]

_CUSTOMER = Column(
    "customer_id",
    N_("Customer"),
    required=True,
    aliases=("client", "numéro client", "id client", "customer", "customer id", "shopper", "user id", "user"),
    example="C10007",
)
_ORDER = Column(
    "order_id",
    N_("Order"),
    required=True,
    aliases=("commande", "numéro de commande", "order", "order id", "order number"),
    example="MS204000",
)
_LINE = Column("line", N_("Order line"), aliases=("ligne", "ligne de commande", "line", "item"), example="1")
_SKU = Column(
    "sku",
    N_("Product reference"),
    required=True,
    aliases=("référence", "réf", "ref", "code article", "article", "product id", "product", "item id"),
    example="MS-DR1001",
)
_SIZE = Column("size", N_("Size"), aliases=("taille", "pointure"), example="38")

CUSTOMER_COLUMNS = (
    _CUSTOMER,
    Column("first_name", N_("First name"), aliases=("prénom", "first name", "given name"), example="Ilse"),
    Column("language", N_("Language"), aliases=("langue", "locale", "lang"), example="fr"),
    Column("country", N_("Country"), aliases=("pays", "country code"), example="FR"),
    Column("top_size", N_("Size of tops"), aliases=("taille haut", "taille", "size"), example="38"),
    Column("trouser_size", N_("Size of trousers"), aliases=("taille pantalon", "taille bas"), example="38"),
    Column("shoe_size", N_("Shoe size"), aliases=("pointure",), example="39"),
    Column(
        "allowed_purposes",
        N_("Agreed to"),
        kind="list",
        aliases=("consentements", "consentement", "finalités", "consent", "consents", "purposes", "opt-in"),
        example="orders; browsing",
        help=N_("orders, browsing, comments; empty or unreadable means nothing was agreed to"),
    ),
)
ORDER_COLUMNS = (
    _ORDER,
    _LINE,
    _CUSTOMER,
    Column(
        "placed_on",
        N_("Date"),
        required=True,
        kind="date",
        aliases=("date", "date de commande", "order date", "passée le", "created at"),
        example="2026-03-12",
    ),
    _SKU,
    _SIZE,
    Column("quantity", N_("Quantity"), kind="integer", aliases=("quantité", "qté", "qty", "units"), example="1"),
    Column("gift", N_("Gift"), aliases=("cadeau", "is gift"), example="yes", help=N_("Presents say nothing of taste")),
)
RETURN_COLUMNS = (
    _ORDER,
    _LINE,
    _SKU,
    Column("reason", N_("Reason"), aliases=("motif", "raison", "return reason"), example="too large"),
)
VISIT_COLUMNS = (
    Column(
        "visit_id", N_("Visit"), required=True, aliases=("visite", "session", "session id", "page view"), example="V1"
    ),
    Column(
        "customer_id",
        N_("Customer"),
        aliases=("client", "numéro client", "customer", "shopper", "user id", "user"),
        example="C10007",
        help=N_("Empty where nobody was signed in"),
    ),
    Column("at", N_("Time"), required=True, aliases=("date", "heure", "time", "timestamp", "horodatage"), example=""),
    Column("device", N_("Device"), aliases=("appareil", "terminal"), example="phone"),
    Column("page", N_("Page"), required=True, aliases=("rubrique", "category", "catégorie", "list"), example="dresses"),
    Column(
        "position",
        N_("Place"),
        required=True,
        kind="integer",
        aliases=("position", "rang", "rank", "slot"),
        example="1",
    ),
    _SKU,
    Column(
        "chance",
        N_("Chance of this place"),
        kind="number",
        aliases=("probabilité", "propension", "propensity", "probability"),
        example="0.12",
        help=N_("With which chance the shop put this product there, given those above; the replay can’t do without"),
    ),
    Column("clicked", N_("Clicked"), required=True, aliases=("clic", "clics", "click", "clicks"), example="1"),
    Column("in_cart", N_("In the cart"), aliases=("panier", "ajout panier", "cart", "add to cart"), example="0"),
    Column("ordered", N_("Ordered"), aliases=("commandé", "achat", "order", "purchase", "conversion"), example="0"),
)
COST_COLUMNS = (
    _SKU,
    Column(
        "landed_cost",
        N_("Landed cost"),
        kind="number",
        aliases=("coût", "coût de revient", "prix de revient", "cost"),
        example="114.76",
    ),
    Column(
        "lowest_margin",
        N_("Lowest margin"),
        kind="number",
        aliases=("marge plancher", "marge minimale", "margin floor", "floor"),
        example="0.50",
        help=N_("Share of the price without tax"),
    ),
)
STOCK_COLUMNS = (
    Column("place", N_("Stock place"), aliases=("lieu", "magasin", "entrepôt", "store", "location"), example="online"),
    _SKU,
    _SIZE,
    Column(
        "units", N_("Units"), required=True, kind="integer", aliases=("unités", "quantité", "stock", "qty"), example="4"
    ),
)
COMMENT_COLUMNS = (
    _CUSTOMER,
    Column("sku", N_("Product reference"), aliases=_SKU.aliases, example="MS-DR1001"),
    Column("rating", N_("Rating"), kind="number", aliases=("note", "étoiles", "stars", "score"), example="4"),
    Column(
        "written_on", N_("Written on"), kind="date", aliases=("date", "écrit le", "written on"), example="2026-03-12"
    ),
)
