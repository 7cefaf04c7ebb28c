"""A house's own product file as a catalogue to try on: each row a piece, or the reason why it can't be drawn worn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.commerce.virtual_try_on.pieces import Piece, piece_of
from lib.files.columns import Column, RowProblem
from lib.i18n import N_

MEN: Final = ("men", "man", "homme", "hommes", "mens", "male")
NO_CATEGORY = N_("The category “{category}” is none that is worn or carried here.")
FOR_MEN = N_("Men’s pieces aren’t drawn: the figures are cut to women’s sizes.")
SHOES = N_("Shoes are drawn from their side, so no figure wears them.")
EMPTY = N_("The cell is empty. Fill it in.")
AGAIN = N_("“{key}” already stands on line {first}. The first one is used.")
#: What files call the categories that pieces are read from.
_CATEGORIES: Final[Mapping[str, str]] = {
    "dress": "dresses", "robe": "dresses", "coat": "coats", "jackets": "coats", "jacket": "coats", "manteau": "coats",
    "veste": "coats", "vestes": "coats", "knit": "knitwear", "pull": "knitwear", "pulls": "knitwear",
    "sweaters": "knitwear", "shirt": "shirts", "chemise": "shirts", "chemisier": "shirts", "chemisiers": "shirts",
    "blouses": "shirts", "blouse": "shirts", "tops": "shirts", "top": "shirts", "pants": "trousers",
    "trouser": "trousers", "pantalon": "trousers", "skirt": "skirts", "jupe": "skirts", "bag": "bags", "sac": "bags",
    "shoe": "shoes", "chaussure": "shoes",
}  # fmt: skip
COLUMNS: Final = (
    Column("sku", N_("Reference"), required=True, example="MS-DR1001",
           aliases=("référence", "réf", "ref", "sku", "code article", "article", "product id", "style")),
    Column("name", N_("Name"), required=True, example="Aube shirt dress",
           aliases=("libellé", "nom", "désignation", "product name", "title", "titre")),
    Column("category", N_("Category"), required=True, example="Dresses",
           aliases=("catégorie", "famille", "type", "product type", "class name")),
    Column("colour", N_("Colour"), example="Camel", aliases=("coloris", "couleur", "color", "teinte", "shade")),
    Column("fabric", N_("Fabric"), example="Silk satin",
           aliases=("matière", "tissu", "matière principale", "material")),
    Column("fit", N_("Fit"), example="Relaxed", aliases=("coupe", "silhouette", "cut")),
    Column("leg", N_("Leg"), example="Wide", aliases=("jambe", "leg shape")),
    Column("length", N_("Length"), example="Midi", aliases=("longueur",)),
    Column("pattern", N_("Pattern"), example="Stripe", aliases=("motif", "imprimé", "print")),
    Column("neckline", N_("Neckline"), example="V-neck", aliases=("encolure", "décolleté", "neck")),
    Column("collar", N_("Collar"), example="Shawl collar", aliases=("col", "lapel")),
    Column("sleeve", N_("Sleeve"), example="Long sleeves", aliases=("manches", "manche", "sleeves")),
    Column("closure", N_("Closure"), example="Buttons", aliases=("fermeture", "fastening")),
    Column("pockets", N_("Pockets"), example="Patch pockets", aliases=("poches", "pocket")),
    Column("details", N_("Details"), example="Tie belt", aliases=("détails", "finishing", "finitions")),
    Column("fit_note", N_("Fit note"), example="Take your usual size", aliases=("conseil taille", "size note")),
    Column("department", N_("Department"), example="Women",
           aliases=("département", "rayon", "genre", "gender", "univers")),
    Column("price", N_("Price"), kind="number", example="390", aliases=("prix", "prix ttc", "pvp", "retail price")),
    Column("currency", N_("Currency"), example="EUR", aliases=("devise", "monnaie")),
    Column("sizes", N_("Sizes"), kind="list", example="36; 38; 40",
           aliases=("tailles", "taille", "grille de tailles", "size run")),
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A row of a product file: a piece, or why it isn't one. ``reason`` is a message id that ``values`` fills."""

    sku: str
    name: str
    piece: Piece | None
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def listed_from(
    rows: Sequence[dict[str, str]], lines: Sequence[int]
) -> tuple[tuple[Listed, ...], tuple[RowProblem, ...]]:
    """Every row as a piece or with the reason why it is none, and the rows that can't be read."""
    found: dict[str, Listed] = {}
    first: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, row in zip(lines, rows, strict=True):
        empty = next((name for name in ("sku", "name") if not str(row.get(name) or "").strip()), "")
        if empty:
            problems.append(RowProblem(line, empty, EMPTY))
            continue
        one = listed(row)
        if one.sku in found:
            problems.append(RowProblem(line, "sku", AGAIN, {"key": one.sku[:80], "first": first[one.sku]}))
            continue
        found[one.sku], first[one.sku] = one, line
    return tuple(found.values()), tuple(problems)


def listed(row: Mapping[str, str]) -> Listed:
    """One row with its reference and name."""
    said = {name: str(value or "").replace("\x00", "") for name, value in row.items()}
    category = said.get("category", "").strip().casefold()
    said["category"] = _CATEGORIES.get(category, category)
    said["sizes"] = said.get("sizes", "").replace(",", ";")
    sku, name = said["sku"].strip().upper(), " ".join(said["name"].split())
    piece = piece_of(said)
    if piece is None:
        return Listed(sku, name, None, NO_CATEGORY, {"category": category[:60]})
    if piece.kind == "shoe":
        return Listed(sku, name, None, SHOES)
    if piece.department.casefold() in MEN:
        return Listed(sku, name, None, FOR_MEN)
    return Listed(sku, name, piece)
