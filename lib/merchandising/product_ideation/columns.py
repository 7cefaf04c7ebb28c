"""The tables of the page, as templates: the past line, and a brand's codes."""

from __future__ import annotations

from lib.files.columns import Column
from lib.i18n import N_

ATTRIBUTE_COLUMNS = (
    Column(
        "cut",
        N_("Cut"),
        aliases=("coupe", "fit", "silhouette", "forme", "shape", "jambe", "leg"),
        example="A-line",
        help=N_("Silhouette or leg"),
    ),
    Column("length", N_("Length"), aliases=("longueur",), example="Midi"),
    Column(
        "neckline",
        N_("Neckline"),
        aliases=("encolure", "décolleté", "col", "collar", "neck"),
        example="V-neck",
        help=N_("Neckline or collar"),
    ),
    Column("sleeve", N_("Sleeves"), aliases=("manches", "manche", "sleeve", "sleeve length"), example="Short sleeves"),
    Column("closure", N_("Closure"), aliases=("fermeture", "fastening"), example="Buttons"),
    Column(
        "fabric",
        N_("Fabric"),
        aliases=("tissu", "matière", "matière principale", "material", "main fabric", "cloth"),
        example="Linen",
    ),
    Column("colour", N_("Colour"), aliases=("couleur", "coloris", "color"), example="Sage"),
    Column("pattern", N_("Pattern"), aliases=("motif", "imprimé", "print"), example="Stripes"),
)
ATTRIBUTES = tuple(column.name for column in ATTRIBUTE_COLUMNS)

PAST_COLUMNS = (
    Column(
        "style",
        N_("Style"),
        required=True,
        aliases=("style", "référence", "réf", "modèle", "sku", "style code", "style no", "article", "id"),
        example="SS26-DR101",
        help=N_("One row a style and season"),
    ),
    Column(
        "season",
        N_("Season"),
        required=True,
        aliases=("saison", "collection", "drop"),
        example="SS26",
        help=N_("SS26, AW26, PE26, AH26 or the year and the half: 2026-1"),
    ),
    Column(
        "category",
        N_("Category"),
        required=True,
        aliases=("catégorie", "famille", "type", "rayon", "product type"),
        example="Dress",
    ),
    Column("name", N_("Name"), aliases=("nom", "libellé", "désignation"), example="Ondine"),
    *ATTRIBUTE_COLUMNS,
    Column("price", N_("Price"), kind="number", aliases=("prix", "prix ttc", "pvp", "retail price"), example="390"),
    Column(
        "bought",
        N_("Units bought"),
        required=True,
        kind="integer",
        aliases=("quantité achetée", "achats", "unités achetées", "units", "buy", "qté achetée", "stock initial"),
        example="120",
    ),
    Column(
        "sold",
        N_("Units sold at full price"),
        kind="integer",
        aliases=(
            "vendu plein tarif",
            "unités vendues",
            "ventes",
            "quantité vendue",
            "sold",
            "units sold",
            "qté vendue",
        ),
        example="78",
        help=N_("This or the sell-through is needed"),
    ),
    Column(
        "sell_through",
        N_("Sell-through"),
        kind="number",
        aliases=("taux d’écoulement", "écoulement", "sell through", "sellthrough", "st%"),
        example="65%",
        help=N_("Share of the units bought that sold at full price"),
    ),
    Column(
        "margin",
        N_("Gross margin"),
        kind="number",
        aliases=("marge", "marge brute", "taux de marge", "margin"),
        example="68%",
        help=N_("After markdown, as a share of net sales"),
    ),
    Column(
        "markdown",
        N_("Markdown"),
        kind="number",
        aliases=("démarque", "remise", "taux de démarque", "discount"),
        example="20%",
        help=N_("Mean price cut on the rest"),
    ),
)

CODE_COLUMNS = (
    Column(
        "attribute",
        N_("Attribute"),
        required=True,
        aliases=("attribut", "type", "kind", "dimension"),
        example="Colour",
        help=N_("Cut, length, neckline, sleeves, closure, fabric, colour or pattern"),
    ),
    Column("code", N_("Code"), required=True, aliases=("code", "valeur", "value", "name", "nom"), example="Sage"),
    Column(
        "weight",
        N_("Weight"),
        kind="number",
        aliases=("poids", "force", "strength", "importance"),
        example="2",
        help=N_("From −2 (never) to 2 (signature); 1 where it is empty"),
    ),
    Column("why", N_("Why"), aliases=("pourquoi", "raison", "reason", "note"), example="The garden behind the atelier"),
)
