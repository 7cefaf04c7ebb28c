"""Pieces to try on: a product of the catalogue as a garment of the atelier, drawn from its attributes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from lib.atelier.colours import Colour
from lib.atelier.fabrics import Fabric
from lib.atelier.garments import Garment
from lib.atelier.garments.options import OPTIONS
from lib.atelier.palettes import Palette
from lib.commerce.virtual_try_on import words
from lib.settings import ROOT

PRODUCTS: Final = ROOT / "sample_data" / "products.csv"
TOPS: Final = ("shirt", "t_shirt", "knit")
BOTTOMS: Final = ("trousers", "jeans", "skirt")
WHOLE: Final = ("dress", "jumpsuit")
OUTER: Final = ("coat", "blazer")
WORN: Final = (*TOPS, *BOTTOMS, *WHOLE, *OUTER)
#: Prints whose second colour is paper white where the file names one colour alone.
_TWO_COLOURS: Final = ("stripe", "check", "houndstooth", "dot", "tartan", "floral", "ikat", "paisley")


@dataclass(frozen=True)
class Piece:
    """A product that can be tried on.

    Attributes:
        garment: as the atelier draws it: options of the nearest kind that it knows, not a photo of the piece.
        sizes: as the file gives them.
    """

    sku: str
    name: str
    garment: Garment
    cloth: str
    colours: tuple[str, ...]
    category: str
    price: float = 0.0
    currency: str = "EUR"
    sizes: tuple[str, ...] = ()
    fit: str = ""
    fit_note: str = ""
    stretch: bool = False
    department: str = ""

    @property
    def kind(self) -> str:
        return self.garment.kind

    @property
    def fabric(self) -> Fabric:
        return Fabric(self.cloth, Palette.of(*self.colours))

    @property
    def colour(self) -> Colour:
        return Colour(self.colours[0])

    @property
    def is_worn(self) -> bool:
        """Whether a figure can wear it; bags are carried, shoes are drawn from their side."""
        return self.kind in WORN

    def sized(self, size: int) -> Piece:
        """The same piece in another size."""
        return replace(self, garment=replace(self.garment, size=size))


def piece_of(row: Mapping[str, str]) -> Piece | None:
    """A row of a product file as a piece; None where its category is none that is worn or carried."""
    name = " ".join(row.get("name", "").split())
    category = row.get("category", "").strip().casefold()
    kind = words.found(name, words.KINDS) or words.CATEGORIES.get(category, "")
    if not kind or not row.get("sku", "").strip():
        return None
    cloth, colours = _cloth(row, kind)
    price = re.sub(r"[^\d.,]", "", row.get("price", "")).replace(",", ".")
    material = f"{row.get('materials', '')} {row.get('fabric', '')}".casefold()
    return Piece(
        row["sku"].strip().upper(), name, _garment(kind, _options(row, kind, name)), cloth, colours,
        category, float(price) if re.fullmatch(r"\d+(\.\d+)?", price) else 0.0, row.get("currency", "") or "EUR",
        tuple(part.strip() for part in re.split(r"[;/]", row.get("sizes", "")) if part.strip()),
        row.get("fit", "").strip(), row.get("fit_note", "").strip(),
        any(word in material for word in ("elastane", "knit", "jersey", "rib")), row.get("department", "").strip(),
    )  # fmt: skip


def _garment(kind: str, options: Mapping[str, str]) -> Garment:
    chosen: dict[str, Any] = dict(options)
    return Garment(kind, **chosen).settled()


def _options(row: Mapping[str, str], kind: str, name: str) -> dict[str, str]:
    """The options that the row's words name, of those that the kind comes with."""
    offered = OPTIONS[kind]
    told = {
        "silhouette": (row.get("fit", "") + " " + name, words.FITS),
        "length": (row.get("length", ""), words.LENGTHS),
        "neckline": (row.get("neckline", ""), words.NECKS),
        "collar": (f"{row.get('collar', '')} {row.get('neckline', '')}", words.COLLARS),
        "sleeve": (row.get("sleeve", ""), words.SLEEVES),
        "closure": (row.get("closure", ""), words.CLOSURES),
        "pockets": (row.get("pockets", ""), words.POCKETS),
    }
    if kind in ("trousers", "jeans", "jumpsuit"):
        told["silhouette"] = (row.get("leg", ""), words.LEGS)
    chosen = {part: words.found(text, rules, offered[part]) for part, (text, rules) in told.items() if part in offered}
    said = f"{name} {row.get('details', '')} {row.get('fit', '')} {row.get('closure', '')}".casefold()
    if "pleated skirt" in said or "kilt" in said:
        chosen["pleats"] = "knife"
    if kind == "skirt" and "pencil" in said:
        chosen["silhouette"] = "pencil_cut"
    if "pressed crease" in said or "pleated trousers" in said:
        chosen["pleats"] = "crease" if "pressed" in said else "double"
    if "belt" in said and "tie_belt" in offered.get("belt", ()) and "removable" not in said:
        chosen["belt"] = "tie_belt"
    if kind == "knit" and "cardigan" in said:
        chosen["closure"] = "buttons"
    if kind == "bag":
        chosen |= _bag(said, row.get("strap", ""))
    return {part: value for part, value in chosen.items() if value in offered.get(part, ())}


def _bag(said: str, strap: str) -> dict[str, str]:
    shapes = (
        ("tote", "tote"),
        ("weekend", "tote"),
        ("bucket", "bucket"),
        ("clutch", "clutch"),
        ("shoulder", "baguette"),
    )
    shape = next((value for word, value in shapes if word in said), "satchel")
    handle = "shoulder_strap" if "strap" in strap and "handle" not in strap else "top_handles"
    handle = "chain" if "chain" in strap else "none" if shape == "clutch" else handle
    return {"silhouette": shape, "handle": handle}


def _cloth(row: Mapping[str, str], kind: str) -> tuple[str, tuple[str, ...]]:
    """The cloth that is drawn and its colours."""
    colour = words.colour_of(row.get("colour", ""))
    base = words.found(row.get("fabric", ""), words.CLOTHS) or "plain_weave"
    pattern = words.found(row.get("pattern", ""), words.PATTERNS)
    if pattern == "cable_knit" and kind != "knit":
        pattern = ""
    cloth = pattern or base
    if cloth in _TWO_COLOURS:
        light = sum(Colour(colour).rgb) > 600
        other = "#4E5A66" if light else "#F4F0E6"
        return cloth, (colour, other) if cloth != "stripe" else (other, colour)
    return cloth, (colour,)


@cache
def house_pieces() -> tuple[Piece, ...]:
    """The demo house's women's and unisex pieces that are worn or carried, in the file's order."""
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        return pieces_of(csv.DictReader(file))


def pieces_of(rows: Iterable[Mapping[str, str]]) -> tuple[Piece, ...]:
    """All rows that are pieces; men's are left out, for the figures are cut to women's sizes, and so are shoes."""
    made = (piece_of(row) for row in rows)
    kept = {one.sku: one for one in made if one and one.department.casefold() != "men" and one.kind != "shoe"}
    return tuple(kept.values())
