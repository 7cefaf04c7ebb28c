"""A piece's words brought to those in which clients' comments are read, and what it can be worn for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from lib.commerce.stylist.model import Piece
from lib.commerce.stylist.reading.values import SHADES
from lib.vocabulary import concept, find, recognise
from lib.vocabulary.matching import bare

#: A product's concept -> the atelier's kind of garment.
KINDS = {
    "dress": "dress", "shift_dress": "dress", "sundress": "dress", "evening_dress": "dress", "shirt_dress": "dress",
    "wrap_dress": "dress", "slip_dress": "dress", "knit_dress": "dress", "jumpsuit": "jumpsuit", "coat": "coat",
    "car_coat": "coat", "trench": "coat", "parka": "coat", "peacoat": "coat", "duffle": "coat", "raincoat": "coat",
    "puffer": "coat", "cape": "coat", "jacket": "blazer", "blazer": "blazer", "bomber": "blazer", "waistcoat": "blazer",
    "jumper": "knit", "cardigan": "knit", "roll_neck_jumper": "knit", "knit_polo": "knit", "twinset": "knit",
    "knit_vest": "knit", "cat_knitwear": "knit", "shirt": "shirt", "blouse": "shirt", "overshirt": "shirt",
    "tunic": "shirt", "top": "t_shirt", "tshirt": "t_shirt", "trousers": "trousers", "chinos": "trousers",
    "culottes": "trousers", "shorts": "trousers", "bermuda": "trousers", "leggings": "trousers", "jeans": "jeans",
    "skirt": "skirt", "pencil_skirt": "skirt", "pleated_skirt": "skirt", "wrap_skirt": "skirt", "kilt": "skirt",
    "bag": "bag", "tote": "bag", "shoulder_bag": "bag", "crossbody": "bag", "bucket_bag": "bag", "clutch": "bag",
    "evening_clutch": "bag", "satchel": "bag", "backpack": "bag", "basket": "bag", "weekender": "bag", "hobo": "bag",
    "shoes": "shoe", "pumps": "shoe", "slingbacks": "shoe", "ballet_flats": "shoe", "loafers": "shoe",
    "derbies": "shoe", "oxfords": "shoe", "ankle_boots": "shoe", "boots": "shoe", "sandals": "shoe", "mules": "shoe",
    "espadrilles": "shoe", "trainers": "shoe", "mary_janes": "shoe",
}  # fmt: skip
#: Whole families as a category column names them, where no concept does.
FAMILIES = {
    "knits": "knit",
    "outerwear": "coat",
    "jackets": "blazer",
    "tops": "t_shirt",
    "blouses": "shirt",
    "pants": "trousers",
    "fine gauge": "knit",
    "sweaters": "knit",
    "lounge": "trousers",
    "legwear": "trousers",
    "bottoms": "trousers",
    "mailles": "knit",
    "maille": "knit",
    "vestes": "blazer",
    "hauts": "t_shirt",
    "manteaux": "coat",
}
#: The size of a client that a kind of garment takes.
SIZE_OF = {
    "trousers": "trouser", "jeans": "trouser", "skirt": "trouser", "shoe": "shoe", "bag": "",
}  # fmt: skip
_FITS = (
    ("loose", ("oversize", "relaxed", "boxy", "fluid", "full", "wide", "loose", "ample", "large", "flared", "palazzo",
               "evase", "fluide", "decontract", "cocoon", "generous", "a-line", "a line", "trapeze", "draped")),
    ("tight", ("close", "slim", "fitted", "skinny", "body", "pencil", "ajust", "cintr", "pres du corps", "tapered")),
    ("straight", ("straight", "regular", "column", "droit", "classic", "classique", "adjustable", "belted")),
)  # fmt: skip
_LENGTHS = (
    ("midi", ("midi", "mid-calf", "mi-mollet", "calf", "below the knee", "sous le genou")),
    ("short", ("mini", "above the knee", "mid-thigh", "mi-cuisse", "cropped", "court", "short")),
    ("midi", ("knee", "genou")),
    ("long", ("maxi", "floor", "ankle", "cheville", "full length", "long", "sol")),
)
_OCCASIONS = {
    "evening_dress": ("evening", "wedding", "party"),
    "slip_dress": ("evening", "dinner"),
    "sundress": ("beach", "weekend", "travel"),
    "shirt_dress": ("office", "everyday"),
    "shift_dress": ("office", "ceremony"),
    "wrap_dress": ("office", "dinner", "wedding"),
    "knit_dress": ("everyday", "office"),
    "dress": ("dinner", "party"),
    "jumpsuit": ("party", "evening"),
    "coat": ("everyday", "office"),
    "parka": ("weekend", "travel"),
    "trench": ("office", "travel"),
    "puffer": ("weekend", "travel"),
    "blazer": ("office", "interview"),
    "jacket": ("everyday", "weekend"),
    "bomber": ("weekend",),
    "shirt": ("office",),
    "blouse": ("office", "dinner"),
    "overshirt": ("weekend",),
    "tunic": ("beach", "weekend"),
    "tshirt": ("weekend", "everyday"),
    "jeans": ("everyday", "weekend"),
    "chinos": ("office", "weekend"),
    "shorts": ("beach", "weekend"),
    "trousers": ("office", "everyday"),
    "pencil_skirt": ("office", "interview"),
    "pleated_skirt": ("dinner", "ceremony"),
    "skirt": ("everyday", "dinner"),
    "tote": ("office", "travel"),
    "clutch": ("evening", "wedding"),
    "evening_clutch": ("evening", "wedding"),
    "weekender": ("travel", "weekend"),
    "backpack": ("travel", "everyday"),
    "pumps": ("office", "evening"),
    "slingbacks": ("evening", "wedding"),
    "sandals": ("beach", "party"),
    "trainers": ("everyday", "weekend", "travel"),
    "loafers": ("office", "everyday"),
    "derbies": ("office",),
    "ankle_boots": ("everyday", "office"),
    "espadrilles": ("beach", "weekend"),
    "ballet_flats": ("everyday", "office"),
}
_BY_KIND = {"knit": ("everyday", "weekend"), "bag": ("everyday",), "shoe": ("everyday",)}
_DRESSY = {"satin", "lace", "velvet", "sequins", "silk"}
_EASY = {"denim", "linen", "jersey"}
PLAIN = {"", "plain", "uni", "unie"}


def piece_of(
    sku: str,
    name: str,
    category: str,
    cells: Mapping[str, str],
    price: float | None,
    currency: str,
    department: str,
    sizes: Sequence[str],
    units: int = 1,
) -> Piece:
    """A piece from its cells. ``units`` of 0: none of its sizes is in stock."""
    product = product_of(name, category)
    kind = KINDS.get(product, "") or FAMILIES.get(bare(category).strip(), "")
    fabrics = fabrics_of(cells.get("fabric", ""))
    said = f"{cells.get('fit', '')} {cells.get('leg', '')}"
    return Piece(
        sku=sku,
        name=name,
        kind=kind,
        category=category,
        colour=colour_of(cells.get("colour", "")),
        colour_said=cells.get("colour", ""),
        fabrics=fabrics,
        fabric_said=cells.get("fabric", ""),
        fit=_first(said, _FITS),
        length=length_of(cells.get("length", ""), kind),
        pattern=pattern_of(cells.get("pattern", "")),
        neckline=cells.get("neckline", ""),
        sleeve=cells.get("sleeve", ""),
        closure=cells.get("closure", ""),
        occasions=_worn_for(product, kind, fabrics),
        price=price,
        currency=currency,
        department=department,
        sizes=tuple(sizes),
        stock=dict.fromkeys(sizes, units),
    )


@lru_cache(maxsize=4_000)
def product_of(name: str, category: str) -> str:
    """The product's concept, from its name where that tells, else from its category; '' where nothing does."""
    for text in (name, category):
        for language in ("en", "fr"):
            found = [one.concept for one in find(text, language, ("product",)) if one.concept in KINDS]
            if found:
                return found[-1] if language == "en" else found[0]
    known = recognise(category, ("product",))
    return known.id if known else ""


@lru_cache(maxsize=2_000)
def colour_of(said: str) -> str:
    """The colour's concept; a shade of ours; else the words themselves with underscores."""
    if not said.strip():
        return ""
    plain = bare(said).strip()
    for shade, names in SHADES.items():
        if plain in (bare(names[0]), bare(names[1])):
            return shade
    known = recognise(said, ("colour",))
    if known:
        return known.id
    for language in ("en", "fr"):
        found = find(said, language, ("colour",))
        if found:
            return found[0].concept
    return plain.replace(" ", "_")


@lru_cache(maxsize=2_000)
def fabrics_of(said: str) -> tuple[str, ...]:
    """The fabric's concepts: 'silk satin' is silk and satin, and the whole where the vocabulary has one."""
    found: dict[str, None] = {}
    for language in ("en", "fr"):
        for one in find(said, language, ("material",)):
            found.setdefault(one.concept)
        if found:
            break
    for word in said.split():
        known = recognise(word, ("material",)) if len(word) > 3 else None
        if known:
            found.setdefault(known.id)
    return tuple(found)


@lru_cache(maxsize=500)
def pattern_of(said: str) -> str:
    """The pattern's concept; '' for a plain cloth, the words where nothing is known."""
    if bare(said).strip() in PLAIN:
        return ""
    known = recognise(said, ("pattern",))
    if known:
        return "" if known.id == "plain" else known.id
    for language in ("en", "fr"):
        found = find(said, language, ("pattern",))
        if found:
            return found[0].concept
    return "floral" if any(word in bare(said) for word in ("leaves", "botanical", "fleur", "feuill")) else ""


def length_of(said: str, kind: str) -> str:
    """short, midi or long; '' for what reaches the hip as tops do."""
    plain = bare(said)
    if plain in ("hip", "hanche", "hanches"):
        return "short" if kind == "coat" else ""
    return _first(plain, _LENGTHS)


def _first(said: str, rules: Sequence[tuple[str, Sequence[str]]]) -> str:
    plain = bare(said)
    return next((value for value, words in rules if any(word in plain for word in words)), "")


def _worn_for(product: str, kind: str, fabrics: Sequence[str]) -> tuple[str, ...]:
    """What such a piece is usually worn for: a rule of thumb by kind and cloth, no fact of the house."""
    found = list(_OCCASIONS.get(product, _BY_KIND.get(kind, ())))
    if _DRESSY & set(fabrics) and kind not in ("shoe", "bag", "trousers"):
        found += ["evening", "party"]
    if _EASY & set(fabrics):
        found += ["weekend", "travel"]
    return tuple(dict.fromkeys(found))


def colour_name(colour: str, language: str) -> str:
    """A colour's name in a language."""
    if colour in SHADES:
        return SHADES[colour][0 if language == "en" else 1]
    return concept_name(colour, language)


@lru_cache(maxsize=4_000)
def concept_name(identifier: str, language: str) -> str:
    """A concept's noun in a language; its own words where the vocabulary doesn't know it."""
    from lib.errors import NotFound

    try:
        return concept(identifier).forms[language if language in ("fr", "en") else "en"].noun
    except NotFound:
        return identifier.replace("_", " ")
