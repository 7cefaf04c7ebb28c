"""The tables of the page, as templates: comments, pieces with their stock, clients with their consent, purchases."""

from __future__ import annotations

from lib.files.columns import Column
from lib.i18n import N_

COMMENT_COLUMNS = (
    Column(
        "text",
        N_("Comment"),
        required=True,
        aliases=(
            "review text",
            "review",
            "comment",
            "commentaire",
            "avis",
            "texte",
            "text",
            "message",
            "verbatim",
            "body",
            "contenu",
            "reviewtext",
            "content",
        ),
        example="Love the navy, but it's too tight at the shoulders",
        help=N_("What was written, in French or English"),
    ),
    Column(
        "client",
        N_("Client"),
        aliases=(
            "customer_id",
            "customer",
            "client_id",
            "code client",
            "n° client",
            "user id",
            "reviewer id",
            "reviewerid",
            "account",
            "contact",
        ),
        example="C10042",
        help=N_("Without it, profiles are by product or for all"),
    ),
    Column(
        "id",
        N_("Reference of the comment"),
        aliases=("comment_id", "review id", "id", "référence du commentaire", "index"),
        example="K300007",
    ),
    Column(
        "title", N_("Heading"), aliases=("title", "titre", "objet", "subject", "summary", "headline"), example="Mixed"
    ),
    Column(
        "sku",
        N_("Product"),
        aliases=(
            "clothing id",
            "sku",
            "product id",
            "product",
            "asin",
            "référence",
            "article",
            "produit",
            "code article",
            "style",
        ),
        example="MS-DR1001",
    ),
    Column(
        "rating",
        N_("Rating"),
        kind="number",
        aliases=("rating", "note", "stars", "étoiles", "overall", "score"),
        example="4",
        help=N_("Not used to read the words; it checks the reading"),
    ),
    Column(
        "written_on",
        N_("Date"),
        kind="date",
        aliases=("written_on", "date", "review date", "écrit le", "posted", "created at", "date de l'avis"),
        example="2026-03-14",
    ),
    Column(
        "group",
        N_("Class of the product"),
        aliases=("class name", "class", "category", "catégorie", "classe", "famille", "rayon"),
        example="Dresses",
    ),
    Column("source", N_("Channel"), aliases=("source", "channel", "canal", "origine"), example="review"),
    Column("language", N_("Language"), aliases=("language", "langue", "lang", "locale"), example="en"),
)

PIECE_COLUMNS = (
    Column(
        "sku",
        N_("Reference"),
        required=True,
        aliases=("référence", "réf", "ref", "sku", "code article", "article", "product id", "clothing id", "style"),
        example="SOL-1042",
    ),
    Column(
        "name",
        N_("Name"),
        required=True,
        aliases=("libellé", "nom", "désignation", "product name", "title", "titre"),
        example="Aube coat",
    ),
    Column(
        "category",
        N_("Category"),
        required=True,
        aliases=("catégorie", "famille", "type", "product type", "class name"),
        example="Coats",
    ),
    Column("colour", N_("Colour"), aliases=("coloris", "couleur", "color", "teinte", "shade"), example="Camel"),
    Column(
        "fabric", N_("Fabric"), aliases=("matière", "tissu", "matière principale", "material"), example="Silk satin"
    ),
    Column("fit", N_("Fit"), aliases=("coupe", "silhouette", "cut"), example="Relaxed"),
    Column("leg", N_("Leg"), aliases=("jambe", "leg shape"), example="Straight"),
    Column("length", N_("Length"), aliases=("longueur",), example="Midi"),
    Column("pattern", N_("Pattern"), aliases=("motif", "imprimé", "print"), example="Plain"),
    Column("neckline", N_("Neckline"), aliases=("encolure", "décolleté", "neck"), example="V-neck"),
    Column("sleeve", N_("Sleeve"), aliases=("manches", "manche", "sleeves"), example="Long"),
    Column("closure", N_("Closure"), aliases=("fermeture", "fastening"), example="Hidden zip"),
    Column(
        "department", N_("Department"), aliases=("département", "rayon", "genre", "gender", "univers"), example="Women"
    ),
    Column("price", N_("Price"), kind="number", aliases=("prix", "prix ttc", "pvp", "retail price"), example="390"),
    Column("currency", N_("Currency"), aliases=("devise", "monnaie"), example="EUR"),
    Column(
        "sizes",
        N_("Sizes"),
        kind="list",
        aliases=("tailles", "taille", "grille de tailles", "size run", "pointures"),
        example="36; 38; 40",
        help=N_("Of your own file: the sizes in stock"),
    ),
    Column(
        "units",
        N_("Units in stock"),
        kind="integer",
        aliases=("stock", "quantité", "unités", "quantity", "on hand"),
        example="12",
        help=N_("0: not offered"),
    ),
)

CLIENT_COLUMNS = (
    Column(
        "client",
        N_("Client"),
        required=True,
        aliases=("customer_id", "customer", "client_id", "code client", "id", "n° client"),
        example="C10042",
    ),
    Column("first_name", N_("First name"), aliases=("prénom", "firstname"), example="Claire"),
    Column("last_name", N_("Last name"), aliases=("nom", "lastname", "surname"), example="Morel"),
    Column("language", N_("Language"), aliases=("langue", "lang"), example="fr"),
    Column(
        "purposes",
        N_("Allowed purposes"),
        kind="list",
        aliases=("allowed_purposes", "consent", "consentement", "finalités", "purposes", "accord", "opt-in"),
        example="orders; comments",
        help=N_("A client’s comments are read where “comments” is among them"),
    ),
    Column("top_size", N_("Size, tops"), aliases=("top_size", "taille haut", "taille"), example="38"),
    Column(
        "trouser_size", N_("Size, trousers"), aliases=("trouser_size", "taille pantalon", "taille bas"), example="38"
    ),
    Column("shoe_size", N_("Size, shoes"), aliases=("shoe_size", "pointure"), example="38"),
)

PURCHASE_COLUMNS = (
    Column(
        "client",
        N_("Client"),
        required=True,
        aliases=("customer_id", "customer", "client_id", "code client"),
        example="C10042",
    ),
    Column(
        "sku", N_("Reference"), required=True, aliases=("sku", "référence", "article", "product id"), example="SOL-1042"
    ),
    Column(
        "day",
        N_("Bought on"),
        required=True,
        kind="date",
        aliases=("placed_on", "date", "order date", "date de commande", "acheté le"),
        example="2026-03-14",
    ),
    Column("price", N_("Price paid"), kind="number", aliases=("price", "prix", "montant", "amount"), example="390"),
    Column("size", N_("Size"), aliases=("size", "taille"), example="38"),
    Column(
        "returned",
        N_("Returned because"),
        aliases=("reason", "motif", "return reason", "retour"),
        example="too large",
        help=N_("Empty where it was kept"),
    ),
    Column("gift", N_("Gift"), aliases=("gift", "cadeau"), example="yes", help=N_("Presents say nothing of the buyer")),
    Column("order", N_("Order"), aliases=("order_id", "commande", "n° commande"), example="MS204013"),
    Column("line", N_("Order line"), aliases=("line", "ligne"), example="1"),
)
