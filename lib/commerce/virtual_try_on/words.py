"""What the words of a product file say of a garment's options, its cloth and its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lib.atelier.colours import find_name

Rules = Sequence[tuple[str, str]]  # a word, and the option that it means; the first that is found counts
#: Kinds of garment by the type at a name's end, then by category.
KINDS: Final[Rules] = (
    ("jean", "jeans"), ("jumpsuit", "jumpsuit"), ("blazer", "blazer"), ("pea coat", "coat"), ("t-shirt", "t_shirt"),
    ("tee", "t_shirt"), ("shirt dress", "dress"), ("overshirt", "shirt"),
)  # fmt: skip
CATEGORIES: Final[Mapping[str, str]] = {
    "dresses": "dress", "coats": "coat", "knitwear": "knit", "shirts": "shirt", "trousers": "trousers",
    "skirts": "skirt", "bags": "bag", "shoes": "shoe",
    "robes": "dress", "manteaux": "coat", "maille": "knit", "chemises": "shirt", "pantalons": "trousers",
    "jupes": "skirt", "sacs": "bag", "chaussures": "shoe",
}  # fmt: skip
LENGTHS: Final[Rules] = (
    ("above the knee", "mini"), ("below the knee", "midi"), ("mid-thigh", "mid_thigh"), ("mid-calf", "midi"),
    ("mini", "mini"), ("midi", "midi"), ("maxi", "maxi"), ("floor", "maxi"), ("knee", "knee"), ("hip", "hip"),
    ("tunic", "tunic_length"), ("cropped", "cropped"), ("ankle", "ankle"), ("full", "full_length"),
)  # fmt: skip
NECKS: Final[Rules] = (
    ("v-neck", "v_neck"), ("round", "crew_neck"), ("crew", "crew_neck"), ("sweetheart", "sweetheart"),
    ("halter", "halter_neck"), ("strapless", "strapless"), ("square", "square_neck"), ("straight", "square_neck"),
    ("bateau", "boat_neck"), ("boat", "boat_neck"), ("cowl", "cowl_neck"), ("one shoulder", "off_shoulder"),
)  # fmt: skip
COLLARS: Final[Rules] = (
    ("broad lapel", "peak_lapels"), ("peak", "peak_lapels"), ("lapel", "notch_lapels"), ("shawl", "shawl_collar"),
    ("roll neck", "roll_neck"), ("funnel", "mock_neck"), ("high neck", "mock_neck"), ("pussy", "bow_collar"),
    ("bow", "bow_collar"), ("band", "band_collar"), ("stand", "band_collar"), ("round collar", "peter_pan"),
    ("collarless", "collarless"), ("storm", "shirt_collar"), ("collar", "shirt_collar"),
)  # fmt: skip
SLEEVES: Final[Rules] = (
    ("sleeveless", "sleeveless"), ("short puff", "short_sleeves"), ("puff", "puff_sleeves"),
    ("bishop", "balloon_sleeves"), ("balloon", "balloon_sleeves"), ("three-quarter", "three_quarter_sleeves"),
    ("elbow", "three_quarter_sleeves"), ("wide straps", "sleeveless"), ("strap", "thin_straps"),
    ("short", "short_sleeves"), ("cap", "cap_sleeves"), ("sleeve", "long_sleeves"),
)  # fmt: skip
FITS: Final[Rules] = (
    ("fitted bodice", "fit_and_flare"), ("a-line", "a_line"), ("oversize", "oversized"), ("boxy", "oversized"),
    ("cocoon", "oversized"), ("full circle", "flared"), ("full below", "flared"), ("full", "flared"),
    ("slim", "fitted"), ("close", "fitted"), ("fitted", "fitted"), ("column", "fitted"), ("bias", "a_line"),
    ("straight", "straight"), ("fluid", "straight"), ("relaxed", "straight"), ("wrap", "a_line"),
)  # fmt: skip
LEGS: Final[Rules] = (
    ("palazzo", "wide_leg"), ("wide", "wide_leg"), ("slim", "slim_leg"), ("tapered", "tapered_leg"),
    ("flared", "flared_leg"), ("straight", "straight_leg"),
)  # fmt: skip
CLOSURES: Final[Rules] = (
    ("open front", "open_front"), ("double-breasted", "double_breasted"), ("concealed button", "concealed_placket"),
    ("buttonless", "concealed_placket"), ("back zip", "back_zip"), ("hook and eye", "back_zip"),
    ("side zip", "side_zip"), ("elastic", "elastic_waist"), ("drawstring", "elastic_waist"), ("tie at", "wrap"),
    ("buckles", "wrap"), ("belt", "buttons"), ("two-way zip", "zip"), ("zip", "zip"), ("button", "buttons"),
    ("stud", "buttons"), ("flap", "flap"), ("turn lock", "turn_lock"), ("open top", "open"), ("placket", "buttons"),
)  # fmt: skip
POCKETS: Final[Rules] = (
    ("five", "five_pockets"), ("chest and", "chest_pockets"), ("two chest", "chest_pockets"), ("chest", "chest_pocket"),
    ("patch", "patch_pockets"), ("flap", "flap_pockets"), ("welt", "welt_pockets"), ("slanted", "slanted_pockets"),
    ("seam", "seam_pockets"), ("cargo", "cargo_pockets"), ("outer", "outer_pocket"), ("handwarmer", "welt_pockets"),
)  # fmt: skip
CLOTHS: Final[Rules] = (
    ("satin", "satin"), ("crêpe de chine", "satin"), ("denim", "denim"), ("poplin", "plain_weave"),
    ("oxford", "chambray"), ("linen", "linen"),
    ("needlecord", "corduroy"), ("corduroy", "corduroy"), ("velvet", "velvet"), ("tweed", "tweed"),
    ("bouclé", "boucle"), ("rib knit", "rib_knit"), ("mohair", "boucle"), ("knit", "jersey"), ("jersey", "jersey"),
    ("leather", "leather"), ("suede", "velvet"), ("gabardine", "twill"), ("twill", "twill"), ("flannel", "twill"),
    ("lace", "lace"), ("raffia", "tweed"), ("melton", "twill"), ("wool", "twill"),
    ("popeline", "plain_weave"), ("velours côtelé", "corduroy"), ("velours", "velvet"), ("bord-côte", "rib_knit"),
    ("maille", "jersey"), ("cuir", "leather"), ("daim", "velvet"), ("dentelle", "lace"), ("flanelle", "twill"),
    ("laine", "twill"), ("silk", "satin"), ("soie", "satin"),
)  # fmt: skip
PATTERNS: Final[Rules] = (
    ("houndstooth", "houndstooth"), ("gingham", "check"), ("windowpane", "tartan"), ("tartan", "tartan"),
    ("polka", "dot"), ("floral", "floral"), ("botanical", "floral"), ("leaves", "floral"), ("geometric", "ikat"),
    ("argyle", "ikat"), ("cable", "cable_knit"), ("ribbed", "rib_knit"), ("stripe", "stripe"),
    ("herringbone", "tweed"), ("camouflage", "camouflage"), ("paisley", "paisley"),
)  # fmt: skip
#: Colours that the colour list doesn't name, or names otherwise.
COLOURS: Final[Mapping[str, str]] = {
    "natural": "#D9CBB0", "grey melange": "#9A9A9C", "brick": "#9B4A34", "anthracite": "#3A3D42",
    "washed blue": "#7C98B5", "sky": "#9CC3DE", "fir green": "#27452F", "cotton candy pink": "#F2B7C8",
    "natural and black": "#CDBE9F", "lacquer red": "#A31D22", "yellow ochre": "#C48A2B", "sea blue": "#2F6C86",
    "chestnut": "#6B4030", "cream": "#F2E8D2", "olive": "#6B6B3A", "petrol": "#1D5560", "white": "#F7F5F0",
    "bottle green": "#1D4634", "camel": "#BD9062", "tobacco": "#80593A",
}  # fmt: skip
PLAIN_COLOUR: Final = "#8B8680"  # where the file names no colour


def found(text: str, rules: Rules, offered: Sequence[str] = ()) -> str:
    """The first option whose word stands in the text, and that is on offer where that is given; '' without one."""
    said = text.casefold()
    return next((value for word, value in rules if word in said and (not offered or value in offered)), "")


def colour_of(name: str) -> str:
    """The hex value of a colour's name; of the nearest part of it that is known; grey where nothing is."""
    said = name.casefold().strip()
    if not said:
        return PLAIN_COLOUR
    if said in COLOURS:
        return COLOURS[said]
    parts = said.split()
    for words in (parts, parts[1:], parts[:1]):
        one = find_name(" ".join(words))
        if one is not None:
            return one.hex
        if " ".join(words) in COLOURS:
            return COLOURS[" ".join(words)]
    return PLAIN_COLOUR
