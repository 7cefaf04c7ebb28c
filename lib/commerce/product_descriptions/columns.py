"""The two tables of the page, as templates: which columns, under which names, with which example."""

from __future__ import annotations

from lib.files.columns import Column
from lib.i18n import N_

ATTRIBUTE_COLUMNS = (
    Column(
        "fabric",
        N_("Fabric"),
        aliases=("matière principale", "tissu", "tissu principal", "cloth", "main fabric"),
        example="Double-faced wool",
    ),
    Column("neckline", N_("Neckline"), aliases=("encolure", "décolleté", "neck"), example="V-neck"),
    Column("collar", N_("Collar"), aliases=("col",), example="Notched lapels"),
    Column("sleeve", N_("Sleeve"), aliases=("manches", "manche", "sleeves", "sleeve length"), example="Long"),
    Column("length", N_("Length"), aliases=("longueur",), example="Midi"),
    Column("fit", N_("Fit"), aliases=("coupe", "silhouette", "cut"), example="Relaxed"),
    Column("rise", N_("Rise"), aliases=("hauteur de taille", "taille du pantalon", "waist"), example="High"),
    Column("leg", N_("Leg"), aliases=("jambe", "jambes", "leg shape"), example="Straight"),
    Column("closure", N_("Closure"), aliases=("fermeture", "fastening"), example="Hidden zip"),
    Column("pattern", N_("Pattern"), aliases=("motif", "imprimé", "print"), example="Plain"),
    Column("pockets", N_("Pockets"), aliases=("poches", "poche", "pocket"), example="Two side pockets"),
    Column("texture", N_("Texture"), aliases=("maille", "armure", "weave", "knit"), example="Ribbed"),
    Column("heel_height", N_("Heel height"), aliases=("hauteur de talon", "talon", "heel"), example="6 cm"),
    Column("sole", N_("Sole"), aliases=("semelle",), example="Leather"),
    Column("toe", N_("Toe"), aliases=("bout",), example="Almond"),
    Column("shape", N_("Shape"), aliases=("forme", "style"), example="Tote"),
    Column("strap", N_("Strap"), aliases=("bandoulière", "anse", "anses", "portage", "handle"), example="Removable"),
    Column("dimensions", N_("Dimensions"), aliases=("mesures", "measurements"), example="32 × 24 × 12 cm"),
)
ATTRIBUTE_NAMES = tuple(column.name for column in ATTRIBUTE_COLUMNS)

PRODUCT_COLUMNS = (
    Column(
        "sku",
        N_("Reference"),
        required=True,
        aliases=("référence", "réf", "ref", "sku", "code article", "article", "product id", "style code", "ean", "id"),
        example="SOL-1042",
    ),
    Column(
        "name",
        N_("Name"),
        required=True,
        aliases=("libellé", "nom", "désignation", "nom du produit", "product name", "title", "titre", "intitulé"),
        example="Aube coat",
    ),
    Column(
        "category",
        N_("Category"),
        required=True,
        aliases=("catégorie", "famille", "type", "product type", "type de produit", "classification"),
        example="Coats",
    ),
    Column("line", N_("Line"), aliases=("ligne", "collection", "gamme", "range"), example="Atelier"),
    Column(
        "department",
        N_("Department"),
        aliases=("département", "rayon", "genre", "gender", "univers", "sexe"),
        example="Women",
    ),
    Column("colour", N_("Colour"), aliases=("coloris", "couleur", "color", "teinte", "shade"), example="Camel"),
    Column(
        "materials",
        N_("Composition"),
        kind="composition",
        aliases=("composition", "matière", "matières", "material", "fabric composition", "content"),
        example="92% wool, 8% cashmere",
    ),
    Column("lining", N_("Lining"), kind="composition", aliases=("doublure",), example="100% cupro"),
    *ATTRIBUTE_COLUMNS,
    Column(
        "attributes",
        N_("Other attributes"),
        aliases=("attributs", "caractéristiques", "features", "specifications", "specs"),
        example="belt: removable; back: vented",
    ),
    Column(
        "details",
        N_("Details"),
        kind="list",
        aliases=("détails", "finitions", "points forts", "highlights", "selling points"),
        example="horn buttons; hand-finished hem",
    ),
    Column(
        "fit_note",
        N_("Fit note"),
        aliases=("note de coupe", "conseil taille", "fit advice", "size advice", "taillant", "conseil de taille"),
        example="Take your usual size",
    ),
    Column(
        "care",
        N_("Care"),
        kind="list",
        aliases=("entretien", "conseils d'entretien", "lavage", "care instructions", "washing"),
        example="dry clean; do not bleach",
    ),
    Column(
        "origin",
        N_("Made in"),
        aliases=("origine", "fabriqué en", "pays de fabrication", "pays d'origine", "country of origin", "origin"),
        example="Italy",
    ),
    Column(
        "price",
        N_("Price"),
        kind="number",
        aliases=("prix", "prix ttc", "pvp", "tarif", "prix de vente", "rrp", "retail price", "prix public"),
        example="1250",
    ),
    Column("currency", N_("Currency"), aliases=("devise", "monnaie"), example="EUR"),
    Column(
        "sizes",
        N_("Sizes"),
        kind="list",
        aliases=("tailles", "taille", "grille de tailles", "size run", "size", "pointures"),
        example="36, 38, 40, 42",
    ),
    Column("season", N_("Season"), aliases=("saison",), example="Autumn-winter 2024"),
    Column("language", N_("Language"), aliases=("langue", "lang", "locale"), example="en"),
)

POST_COLUMNS = (
    Column(
        "post_id",
        N_("Post"),
        required=True,
        aliases=("id", "post", "identifiant", "id du post", "publication", "message id", "content id", "annonce"),
        example="P-001",
    ),
    Column(
        "sku",
        N_("Product reference"),
        aliases=("référence", "réf", "ref", "sku", "référence produit", "code article", "product id", "product"),
        example="SOL-1042",
    ),
    Column(
        "channel",
        N_("Channel"),
        aliases=("canal", "plateforme", "platform", "support", "source", "média"),
        example="site",
    ),
    Column("category", N_("Category"), aliases=("catégorie", "famille", "rayon", "type de produit"), example="Coats"),
    Column("language", N_("Language"), aliases=("langue", "lang", "locale"), example="en"),
    Column("title", N_("Title"), aliases=("titre", "objet", "headline", "subject", "intitulé"), example="Aube coat"),
    Column(
        "text",
        N_("Text of the post"),
        required=True,
        aliases=("texte", "description", "contenu", "message", "copy", "body", "corps", "content", "text"),
        example="A wool coat that keeps its line.",
    ),
    Column(
        "published_on",
        N_("Published on"),
        kind="date",
        aliases=("date", "date de publication", "publié le", "published", "publication date", "mise en ligne"),
        example="2024-03-12",
    ),
    Column(
        "views",
        N_("Views"),
        required=True,
        kind="integer",
        aliases=("vues", "impressions", "visites", "pages vues", "page views", "sessions"),
        example="4200",
    ),
    Column(
        "carts",
        N_("Carts"),
        kind="integer",
        aliases=("paniers", "ajouts au panier", "add to cart", "add to carts", "mises au panier"),
        example="130",
    ),
    Column(
        "orders",
        N_("Orders"),
        required=True,
        kind="integer",
        aliases=("commandes", "ventes", "achats", "purchases", "sales", "conversions"),
        example="52",
    ),
    Column("returns", N_("Returns"), kind="integer", aliases=("retours", "returned"), example="6"),
)
