"""The two tables of the page, as templates. The trials' columns follow the ingredient table."""

from __future__ import annotations

from collections.abc import Sequence

from lib.files.columns import Column
from lib.i18n import N_
from lib.merchandising.beauty_formulation.model import MEASURED, Ingredient

INGREDIENT_COLUMNS = (
    Column(
        "inci",
        N_("INCI name"),
        True,
        "text",
        ("inci", "nom inci", "ingredient", "ingrédient", "matière première", "raw material", "dénomination inci"),
        "Glycerin",
        N_("The name on the label. One row for each raw material."),
    ),
    Column(
        "function",
        N_("Function"),
        True,
        "text",
        ("fonction", "role", "rôle", "function"),
        "Humectant",
        N_("Humectant, emollient, emulsifier, preservative, UV filter, fragrance, colourant…"),
    ),
    Column(
        "cost",
        N_("Cost per kg"),
        True,
        "number",
        ("coût", "coût au kg", "prix", "prix au kg", "cost", "price", "price per kg", "cost (€/kg)", "€/kg"),
        "1.20",
        N_("Euros per kilogram of the raw material."),
    ),
    Column(
        "low",
        N_("Lower bound (%)"),
        True,
        "number",
        ("minimum", "min", "borne basse", "borne inférieure", "mini", "lower", "lower bound", "low"),
        "2",
        N_("The least that any trial may hold, in percent of the formula. 0 where it may be left out."),
    ),
    Column(
        "high",
        N_("Upper bound (%)"),
        True,
        "number",
        ("maximum", "max", "borne haute", "borne supérieure", "maxi", "upper", "upper bound", "high"),
        "6",
        N_("The most that any trial may hold, in percent of the formula."),
    ),
    Column(
        "natural",
        N_("Natural origin (%)"),
        False,
        "number",
        ("origine naturelle", "naturalité", "natural", "natural origin", "iso 16128", "indice d'origine naturelle"),
        "100",
        N_("Natural origin index of ISO 16128, from 0 to 100; water counts as 100."),
    ),
    Column("phase", N_("Phase"), False, "text", ("phase",), "A", N_("In which it is weighed, in this order.")),
    Column(
        "group",
        N_("Group"),
        False,
        "text",
        ("groupe", "famille", "group"),
        "Emulsifiers",
        N_("Ingredients whose sum is bounded together."),
    ),
    Column(
        "group_low",
        N_("Group at least (%)"),
        False,
        "number",
        ("groupe min", "groupe minimum", "group min"),
        "3",
        N_("Once per group, on any of its rows."),
    ),
    Column(
        "group_high",
        N_("Group at most (%)"),
        False,
        "number",
        ("groupe max", "groupe maximum", "group max"),
        "6",
        N_("Once per group, on any of its rows."),
    ),
    Column(
        "not_with",
        N_("Not together with"),
        False,
        "list",
        ("incompatible avec", "incompatibilités", "incompatibilité", "incompatible with", "not with"),
        "Carbomer",
        N_("INCI names of this table, separated by semicolons: a formula holds one or the other."),
    ),
    Column(
        "legal_max",
        N_("Legal maximum (%)"),
        False,
        "number",
        ("maximum légal", "limite légale", "limite réglementaire", "legal limit", "legal max", "regulatory limit"),
        "1",
        N_("Your own knowledge of the law; what the page knows itself is added to it."),
    ),
    Column(
        "legal_source",
        N_("Source of the limit"),
        False,
        "text",
        ("source", "source de la limite", "annexe", "annex", "reference", "référence réglementaire"),
        "Annex V/29",
        N_("Annex and entry. A limit without a source is marked for checking."),
    ),
    Column(
        "allergens",
        N_("Allergens (% of the material)"),
        False,
        "list",
        ("allergènes", "allergens", "allergènes (% de la matière)"),
        "Linalool 6; Limonene 3",
        N_("Name and percent in this raw material, separated by semicolons, from the supplier’s certificate."),
    ),
    Column(
        "composition",
        N_("Composition of a blend (%)"),
        False,
        "list",
        ("composition", "mélange", "blend", "composition du mélange"),
        "Cetearyl Olivate 60; Sorbitan Olivate 40",
        N_("For raw materials of several INCI names: each with its percent."),
    ),
    Column("ph_low", N_("pH from"), False, "number", ("ph min", "ph mini", "ph de"), "4", N_("Where it works best.")),
    Column("ph_high", N_("pH to"), False, "number", ("ph max", "ph maxi", "ph à"), "5.5", N_("Where it works best.")),
)

TRIAL = Column(
    "trial",
    N_("Trial"),
    True,
    "text",
    ("essai", "lot", "n° essai", "batch", "run", "trial", "id", "référence"),
    "T-01",
    N_("A name of its own for each batch."),
)
NOTE = Column("note", N_("Laboratory note"), False, "text", ("remarque", "note", "commentaire", "comment"), "")
ALIASES = {
    "viscosity": ("viscosité", "viscosity (pa·s)", "viscosité (pa·s)", "viscosity pa.s", "viscosity"),
    "spreading": ("étalement", "spreading (mm)", "étalement (mm)", "spreadability", "spreading"),
    "stability": ("stabilité", "stability (of 100)", "stabilité (sur 100)", "stability"),
}
EXAMPLES = {"viscosity": "14.2", "spreading": "61", "stability": "88"}


def share_column(place: int) -> str:
    """The name of the column that holds an ingredient's percent."""
    return f"i{place}"


def trial_columns(ingredients: Sequence[Ingredient], example: Sequence[float] = ()) -> tuple[Column, ...]:
    """The template of the trials: a column for each ingredient's percent, then what was measured.

    ``example`` is a formula that the bounds allow, so that the template is a table that can be read.
    """
    shares = tuple(
        Column(
            share_column(place),
            one.inci,
            False,
            "number",
            (one.inci, f"{one.inci} (%)", f"{one.inci} %"),
            f"{example[place]:g}" if example else "",
            N_("Percent by weight; empty is 0, “qs” is what is missing to 100."),
        )
        for place, one in enumerate(ingredients)
    )
    measured = tuple(
        Column(one.key, one.title, False, "number", ALIASES[one.key], EXAMPLES[one.key], one.help) for one in MEASURED
    )
    return (TRIAL, *shares, *measured, NOTE)
