"""What can be made: an idea as one of the atelier's garments, and combinations that exclude each other."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lib.atelier.garments import KINDS, Garment, options
from lib.merchandising.product_ideation.cloth import FABRICS, PRINTS
from lib.merchandising.product_ideation.model import Genome
from lib.vocabulary import recognise

# A category's concept -> the atelier's kind of garment.
GARMENTS = {
    "dress": "dress", "shift_dress": "dress", "sundress": "dress", "evening_dress": "dress", "shirt_dress": "dress",
    "wrap_dress": "dress", "slip_dress": "dress", "knit_dress": "dress", "jumpsuit": "jumpsuit", "coat": "coat",
    "car_coat": "coat", "trench": "coat", "parka": "coat", "peacoat": "coat", "duffle": "coat", "raincoat": "coat",
    "puffer": "coat", "cape": "coat", "jacket": "blazer", "blazer": "blazer", "bomber": "blazer", "jumper": "knit",
    "cardigan": "knit", "roll_neck_jumper": "knit", "knit_polo": "knit", "twinset": "knit", "knit_vest": "knit",
    "cat_knitwear": "knit", "shirt": "shirt", "blouse": "shirt", "overshirt": "shirt", "tunic": "shirt",
    "top": "t_shirt", "tshirt": "t_shirt", "trousers": "trousers", "chinos": "trousers", "culottes": "trousers",
    "shorts": "trousers",
    "bermuda": "trousers", "leggings": "trousers", "jeans": "jeans", "skirt": "skirt", "pencil_skirt": "skirt",
    "pleated_skirt": "skirt", "wrap_skirt": "skirt", "kilt": "skirt", "bag": "bag", "tote": "bag",
    "shoulder_bag": "bag", "crossbody": "bag", "bucket_bag": "bag", "clutch": "bag", "satchel": "bag",
    "shoes": "shoe", "pumps": "shoe",
    "ballet_flats": "shoe", "loafers": "shoe", "ankle_boots": "shoe", "boots": "shoe", "sandals": "shoe",
    "trainers": "shoe",
}  # fmt: skip
# A value's concept -> the atelier's word, where they differ; what a kind doesn't come with takes its usual one.
CUTS = {
    "straight_fit": ("straight", "straight_leg"), "regular_fit": ("straight", "straight_leg"),
    "oversized_fit": ("oversized", "wide_leg"), "relaxed_fit": ("oversized", "wide_leg"),
    "wide_fit": ("oversized", "wide_leg"), "boxy_fit": ("straight", "oversized"), "slim_fit": ("fitted", "slim_leg"),
    "flared_fit": ("flared", "fit_and_flare", "flared_leg"), "wrap_cut": ("fit_and_flare", "a_line"),
    "structured": ("fitted",), "cocoon": ("oversized",), "bias_cut": ("a_line",),
}  # fmt: skip
KNITTED = ("jersey", "rib_knit", "cable_knit", "boucle")
CLOSURES = {
    "concealed_zip": ("back_zip", "side_zip"), "button_placket": ("buttons",),
    "double_breasted_buttons": ("double_breasted",),
    "press_studs": ("buttons",), "tie_belt": ("wrap",), "toggles": ("buttons",), "elastic_side": ("slip_on",),
}  # fmt: skip
LENGTHS = {
    "mid_calf": ("midi",), "below_knee": ("knee",), "above_knee": ("mini", "mid_thigh"), "floor": ("maxi",),
    "long_length": ("maxi", "full_length"), "waist_length": ("cropped",), "regular_length": ("hip", "full_length"),
    "mini": ("mid_thigh",), "three_quarter_length": ("cropped",),
}  # fmt: skip


def kind_of(category: str) -> str:
    """The atelier's garment for a category; '' where it draws none."""
    if category in GARMENTS:
        return GARMENTS[category]
    found = recognise(category, ("product",))
    named = GARMENTS.get(found.id, "") if found else ""
    return named or (category if category in KINDS else "")


def garment_of(genome: Genome) -> Garment | None:
    """The garment that the atelier draws for an idea; None where it knows no such category.

    A value that the kind doesn't come with takes the kind's usual one: the drawing then shows less than the idea says.
    """
    return _garment(tuple(sorted(genome.items())))


@lru_cache(maxsize=4_000)
def _garment(items: tuple[tuple[str, str], ...]) -> Garment | None:
    genome = dict(items)
    kind = kind_of(genome["category"])
    if not kind:
        return None
    offered = options(kind)
    wanted: dict[str, Any] = {}
    for part, name, turns in (
        ("silhouette", "cut", CUTS),
        ("length", "length", LENGTHS),
        ("sleeve", "sleeve", {}),
        ("closure", "closure", CLOSURES),
        ("neckline", "neckline", {}),
        ("collar", "neckline", {}),
    ):
        value = genome.get(name, "")
        for word in (value, *turns.get(value, ())):
            if word in offered.get(part, ()):
                wanted[part] = word
                break
    if genome.get("cut") == "wrap_cut" and "wrap" in offered.get("closure", ()):
        wanted["closure"] = "wrap"
    return Garment(kind, **wanted)


def can_be_made(genome: Genome) -> bool:
    """Whether no two of an idea's values exclude each other, as far as the atelier's garments know."""
    garment = garment_of(genome)
    if garment is None:
        return True
    made = garment.settled()
    neck = genome.get("neckline")  # a neckline or a collar
    asked = {"neckline": neck, "collar": neck, "closure": genome.get("closure"), "sleeve": genome.get("sleeve")}
    return all(
        getattr(made, part) == getattr(garment, part)
        for part, value in asked.items()
        if value and value == getattr(garment, part)
    )


def suits(category: str, attribute: str, value: str) -> bool:
    """Whether a value that the house never made in a category could be: a partner's smock fabric is no jumper.

    Cuts, lengths, necklines, sleeves and closures have to be among the garment's options; a knitted garment takes
    knitted cloths only, and no other takes them.
    """
    kind = kind_of(category)
    if not kind:
        return True
    if attribute == "fabric":
        return (FABRICS.get(value, "plain_weave") in KNITTED) == (kind in ("knit", "t_shirt"))
    if attribute == "pattern":
        return (PRINTS.get(value, "") in KNITTED) <= (kind == "knit")
    parts = {"cut": ("silhouette",), "neckline": ("neckline", "collar")}.get(attribute, (attribute,))
    if attribute == "colour":
        return True
    offered = {word for part in parts for word in options(kind).get(part, ())}
    return bool(offered & {value, *CUTS.get(value, ()), *LENGTHS.get(value, ()), *CLOSURES.get(value, ())})
