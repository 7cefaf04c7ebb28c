"""What parts and values are called for people, in the reader's language."""

from __future__ import annotations

from functools import cache

from lib.atelier.fabrics import KINDS as FABRICS
from lib.atelier.garments.sheet import KIND_TITLES
from lib.atelier.solids import MATERIALS
from lib.i18n import N_, current_language, translate
from lib.vocabulary import concepts

PARTS: dict[str, str] = {
    "kind": N_("Piece"),
    "silhouette": N_("Silhouette"),
    "length": N_("Length"),
    "neckline": N_("Neckline"),
    "collar": N_("Collar"),
    "sleeve": N_("Sleeves"),
    "closure": N_("Closure"),
    "pockets": N_("Pockets"),
    "pleats": N_("Pleats and gathers"),
    "hem": N_("Hem"),
    "belt": N_("Belt"),
    "handle": N_("Handle"),
    "heel": N_("Heel"),
    "stitching": N_("Topstitching"),
    "fabric": N_("Fabric"),
    "print": N_("Pattern"),
    "colour": N_("Colour"),
    "setting": N_("Setting"),
    "shape": N_("Shape"),
    "section": N_("Section"),
    "top": N_("Table top"),
    "base": N_("Base"),
    "stand": N_("Model"),
    "legs": N_("Legs"),
    "metal": N_("Metal"),
    "stone": N_("Stone"),
    "material": N_("Material"),
}
SOLID_TITLES: dict[str, str] = {
    "ring": N_("Finger ring"),
    "pendant": N_("Pendant"),
    "earring": N_("Earrings"),
    "bracelet": N_("Bracelet"),
    "frame": N_("Spectacle frame"),
    "chair": N_("Chair"),
    "stool": N_("Stool"),
    "table": N_("Table"),
    "lamp": N_("Lamp"),
}
_VALUES: dict[str, str] = {
    "none": N_("none"),
    "some": N_("yes, of any kind"),
    "straight": N_("straight"),
    "oversized": N_("oversized"),
    "fit_and_flare": N_("fit and flare"),
    "flared": N_("flared"),
    "wrap": N_("wrapped"),
    "knife": N_("knife pleats"),
    "box": N_("box pleats"),
    "gathers": N_("gathers"),
    "single": N_("single"),
    "double": N_("double"),
    "crease": N_("pressed crease"),
    "tie_belt": N_("tie belt"),
    "small": N_("small"),
    "medium": N_("medium"),
    "large": N_("large"),
    "baguette": N_("baguette"),
    "bucket": N_("bucket"),
    "top_handles": N_("top handles"),
    "chain": N_("chain"),
    "open": N_("open"),
    "pump": N_("pump"),
    "ballet": N_("ballet flat"),
    "loafer": N_("loafer"),
    "trainer": N_("trainer"),
    "ankle_boot": N_("ankle boot"),
    "sandal": N_("sandal"),
    "block": N_("block heel"),
    "flat": N_("flat"),
    "midi": N_("midi"),
    "mini": N_("mini"),
    "maxi": N_("long"),
    "knee": N_("to the knee"),
    "hip": N_("to the hip"),
    "mid_thigh": N_("to mid-thigh"),
    "cropped": N_("cropped"),
    "ankle": N_("to the ankle"),
    "full_length": N_("full length"),
    "tunic_length": N_("tunic length"),
    "sleeveless": N_("sleeveless"),
    "solitaire": N_("solitaire"),
    "bezel": N_("bezel"),
    "halo": N_("halo"),
    "trilogy": N_("trilogy"),
    "eternity": N_("eternity"),
    "signet": N_("signet"),
    "court": N_("domed"),
    "round": N_("round"),
    "drop": N_("drop"),
    "disc": N_("disc"),
    "heart": N_("heart"),
    "bar": N_("bar"),
    "stone": N_("single stone"),
    "hoop": N_("hoop"),
    "stud": N_("stud"),
    "bangle": N_("bangle"),
    "cuff": N_("cuff"),
    "tennis": N_("row of stones"),
    "panto": N_("panto"),
    "rectangle": N_("rectangular"),
    "aviator": N_("aviator"),
    "cat_eye": N_("cat-eye"),
    "oval": N_("oval"),
    "legs": N_("legs"),
    "pedestal": N_("pedestal"),
    "table": N_("table lamp"),
    "floor": N_("floor lamp"),
}


#: Fibres as a brief names them.
FIBRES: dict[str, str] = {
    "cashmere": N_("cashmere"),
    "wool": N_("wool"),
    "mohair": N_("mohair"),
    "alpaca": N_("alpaca"),
    "viscose": N_("viscose"),
    "polyester": N_("polyester"),
    "linen": N_("linen fibre"),
    "cotton": N_("cotton"),
    "silk": N_("silk"),
}


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    return {one.id: (one.en.noun, one.fr.noun) for one in concepts()}


def value_name(value: str, language: str | None = None) -> str:
    """An option's value, a fabric, a pattern or a material in words; what isn't known stays as it is."""
    if value in FABRICS:
        return translate(FABRICS[value].label, language)
    if value in MATERIALS:
        return translate(MATERIALS[value].name, language)
    if value in _VALUES:
        return translate(_VALUES[value], language)
    if value in _concepts():
        return _concepts()[value][(language or current_language()) == "fr"]
    return value.replace("_", " ")


def part_name(part: str) -> str:
    """What a part is called as a heading."""
    return translate(PARTS[part])


def piece_name(kind: str) -> str:
    """What a piece is called."""
    return translate(KIND_TITLES.get(kind) or SOLID_TITLES[kind])
