"""A product's picture, drawn by the atelier from its attributes: garment, cloth, print and colour."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours.names import find_name
from lib.commerce.personalised_storefront.model import Product

SIZE = (300, 380)  # pixels
MARGIN_CM = 5.0
MOST_PER_CM = 7.0
GROUND = (246, 243, 237)
UNKNOWN = "#B9B3A8"
#: Kinds of garment by words of name and category, the first that is found.
KINDS = (
    ("bag", r"\bbags?\b|tote|satchel|clutch|basket|pochette|\bsacs?\b|cabas|besace|hobo|crossbody|backpack"),
    ("shoe", r"shoes?|boots?|loafers?|pumps?|sandals?|trainers?|sneakers?|ballet|mules?|derb|oxfords|espadrille|chauss|bott"),
    ("jumpsuit", r"jumpsuit|playsuit|combinaison"),
    ("dress", r"dress|sundress|\brobes?\b|tunic dress"),
    ("jeans", r"jeans"),
    ("trousers", r"trousers|chinos|shorts|pantalon|culottes|leggings|jogg"),
    ("skirt", r"skirt|\bjupes?\b|kilt"),
    ("blazer", r"blazer|jacket|\bveste"),
    ("coat", r"coat|cape|trench|parka|manteau|peacoat|outerwear|cardigan coat|anorak|gilet"),
    ("knit", r"knit|jumper|sweater|cardigan|pull\b|\bmaille|roll neck|turtleneck|vest|twinset|polo"),
    ("t_shirt", r"t-shirt|tee\b|tank"),
    ("shirt", r"shirt|blouse|top|tunic|chemis"),
)  # fmt: skip
#: For each part: words of the product's attributes, details and name, and the atelier's value.
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "silhouette": (
        (r"tote|shopper|basket|cabas", "tote"), (r"bucket", "bucket"), (r"clutch|pochette|minaudi", "clutch"),
        (r"baguette|hobo|crescent|half[- ]moon", "baguette"), (r"satchel|briefcase|messenger|doctor|crossbody|saddle", "satchel"),
        (r"ballet|ballerina|mary jane", "ballet"), (r"loafer|moccasin|derb|oxford|brogue", "loafer"), (r"trainer|sneaker", "trainer"),
        (r"boot", "ankle_boot"), (r"sandal|mule|espadrille|slide", "sandal"), (r"pump|slingback|court", "pump"),
        (r"wide leg|palazzo|wide", "wide_leg"), (r"flared leg|flare|bootcut", "flared_leg"), (r"slim|cigarette|skinny", "slim_leg"),
        (r"tapered|carrot|balloon", "tapered_leg"), (r"pencil|tube", "pencil_cut"),
        (r"fitted bodice|full skirt|fit and flare|fitted at the waist, wide|circle|flat at the waist, full", "fit_and_flare"),
        (r"full|circle|flat at the waist, full|flared", "flared"), (r"a-line|trapeze|swing", "a_line"), (r"empire", "empire"),
        (r"oversized|boxy|relaxed|cocoon|loose", "oversized"), (r"fitted|close|slim|bodycon", "fitted"),
        (r"straight|column|regular|fluid|bias", "straight"), (r"straight", "straight_leg"),
    ),
    "length": (
        (r"maxi|floor", "maxi"), (r"midi|mid-calf|below the knee", "midi"), (r"mini", "mini"), (r"above the knee", "mini"),
        (r"mid-thigh", "mid_thigh"), (r"\bknee\b", "knee"), (r"cropped", "cropped"), (r"ankle", "ankle"),
        (r"full length", "full_length"), (r"tunic", "tunic_length"), (r"\bhip\b", "hip"),
        (r"\bsmall\b|mini", "small"), (r"large|xl|weekend", "large"),
    ),
    "neckline": (
        (r"halter", "halter_neck"), (r"strapless|straight neckline", "strapless"), (r"sweetheart", "sweetheart"),
        (r"square neck", "square_neck"), (r"boat|bateau", "boat_neck"), (r"cowl", "cowl_neck"),
        (r"off[- ]shoulder|one shoulder", "off_shoulder"), (r"v-neck|crossover", "v_neck"), (r"scoop", "scoop_neck"),
        (r"crew|round neck", "crew_neck"),
    ),
    "collar": (
        (r"roll neck|turtle", "roll_neck"), (r"mock|funnel|high neck|half-zip", "mock_neck"), (r"bow", "bow_collar"),
        (r"round collar|peter pan|claudine", "peter_pan"), (r"band collar|stand collar|mandarin", "band_collar"),
        (r"shawl", "shawl_collar"), (r"peak", "peak_lapels"), (r"lapel|notched", "notch_lapels"),
        (r"collarless", "collarless"), (r"pointed collar|button-down|open collar|cutaway|camp|polo|storm|shirt collar", "shirt_collar"),
    ),
    "sleeve": (
        (r"cap sleeves", "cap_sleeves"), (r"puff", "puff_sleeves"), (r"balloon|bishop", "balloon_sleeves"),
        (r"three-quarter|elbow", "three_quarter_sleeves"), (r"short sleeves", "short_sleeves"), (r"thin straps|adjustable straps", "thin_straps"),
        (r"sleeveless|wide straps|arm slits", "sleeveless"), (r"flared sleeves|kimono", "flared_sleeves"), (r"long|raglan|set-in|two-piece", "long_sleeves"),
    ),
    "closure": (
        (r"double-breasted", "double_breasted"), (r"wrap|tie at the waist", "wrap"), (r"lace", "lace_up"), (r"slip-on", "slip_on"),
        (r"buckle|mary jane", "buckle"), (r"turn[- ]lock", "turn_lock"), (r"flap", "flap"), (r"concealed (button )?placket", "concealed_placket"),
        (r"elastic|drawstring", "elastic_waist"), (r"side zip", "side_zip"), (r"back zip", "back_zip"), (r"button", "buttons"),
        (r"zip", "zip"), (r"open front|self-tie|none", "open_front"), (r"none|magnet|open", "none"), (r"open", "open"),
    ),
    "pockets": (
        (r"cargo", "cargo_pockets"), (r"five[- ]pocket", "five_pockets"), (r"two chest", "chest_pockets"), (r"chest|breast", "chest_pocket"),
        (r"patch", "patch_pockets"), (r"welt", "welt_pockets"), (r"flap", "flap_pockets"), (r"slant", "slanted_pockets"),
        (r"seam", "seam_pockets"), (r"outer", "outer_pocket"),
    ),
    "pleats": ((r"box pleat", "box"), (r"pleat", "knife"), (r"gather|smock|ruff", "gathers"), (r"crease", "crease")),
    "belt": ((r"buckled belt|leather belt", "buckle"), (r"belt", "tie_belt")),
    "handle": ((r"chain", "chain"), (r"shoulder|crossbody|removable strap|long strap", "shoulder_strap"), (r"handle", "top_handles"), (r"clutch", "none")),
    "heel": ((r"stiletto", "stiletto"), (r"\bflat\b|^[0-2](\.\d)? cm", "flat"), (r"cm", "block")),
}  # fmt: skip
#: Of which of a product's texts a part is read; the others' are only looked at where these tell nothing.
_READ_OF = {
    "silhouette": ("leg", "fit", "shape"), "length": ("length",), "neckline": ("neckline",), "collar": ("collar", "neckline"),
    "sleeve": ("sleeve", "strap"), "closure": ("closure",), "pockets": ("pockets",), "pleats": (), "belt": (),
    "handle": ("strap",), "heel": ("heel_height",),
}  # fmt: skip
_BY_NAME = ("silhouette", "pleats", "belt", "handle")
CLOTHS = (
    (r"denim", "denim"), (r"suede|nubuck", "velvet"), (r"leather|calf|nappa", "leather"), (r"velvet", "velvet"), (r"cord", "corduroy"),
    (r"satin|silk|crêpe de chine|cupro", "satin"), (r"linen|raffia|canvas", "linen"), (r"boucl|mohair|shearling", "boucle"),
    (r"tweed", "tweed"), (r"cable", "cable_knit"), (r"rib|lambswool|alpaca", "rib_knit"), (r"knit|jersey|cashmere|merino", "jersey"),
    (r"lace|broderie", "lace"), (r"oxford|chambray", "chambray"), (r"gabardine|flannel|wool|twill|melton|crêpe|cavalry", "twill"),
)  # fmt: skip
PRINTS = (
    (r"houndstooth", "houndstooth", 2.2), (r"gingham|vichy", "check", 2.0), (r"windowpane|tartan|prince|argyle|check", "tartan", None),
    (r"pinstripe|fine stripe", "stripe", 1.0), (r"stripe|breton", "stripe", 2.4), (r"dot", "dot", 2.6), (r"paisley", "paisley", None),
    (r"floral|leaves|botanical|flower", "floral", None), (r"geometric|ikat|colour block", "ikat", None), (r"camouflage", "camouflage", None),
)  # fmt: skip
_MORE = {
    "natural": "#DCCFB4", "sky": "#A9CBE2", "fir green": "#1F4433", "ink blue": "#22304F", "chestnut": "#6B3A23", "brick": "#9B4534",
    "grey melange": "#9A9A98", "cotton candy pink": "#F0B8CB", "washed blue": "#8FA9C4", "raw indigo": "#26314F", "cinnamon": "#9C5A33",
    "black": "#242427", "white": "#FDFDFB", "dusty blue": "#8FA6BC", "anthracite": "#3A3D42", "cream": "#F2EAD3", "champagne": "#E6D3B3",
    "sea blue": "#2E6A8E", "mint": "#B7DCC5", "pistachio": "#B7C98B", "apricot": "#EDB083", "lacquer red": "#A01C24", "khaki": "#7C7650",
    "natural and black": "#CFC1A4", "brown": "#5F4331", "light grey": "#C9C9C7", "charcoal": "#42464B", "navy": "#1F2B47",
}  # fmt: skip


def colour_hex(name: str) -> str:
    """A colour's value, '#RRGGBB'; a warm grey for one that nobody knows."""
    said = name.strip().casefold()
    found = _MORE.get(said) or (named.hex if (named := find_name(said)) else "")
    if found or " " not in said:
        return found or UNKNOWN
    return colour_hex(said.split()[-1])


def kind_of(product: Product) -> str:
    """The atelier's kind of garment; '' where no word of name or category names one."""
    for text in (product.name, product.category):
        for kind, pattern in KINDS:
            if re.search(pattern, text.casefold()):
                return kind
    return ""


def garment_of(product: Product) -> Any | None:
    """The garment that the atelier draws; a value that it doesn't know takes the kind's usual one."""
    from lib.atelier.garments import Garment, options

    kind = kind_of(product)
    if not kind:
        return None
    wanted = {}
    for part, offered in options(kind).items():
        found = _part(product, part, offered)
        if found:
            wanted[part] = found
    return Garment(kind, **wanted).settled()


def _part(product: Product, part: str, offered: tuple[str, ...]) -> str:
    texts = [product.attributes.get(name, "") for name in _READ_OF.get(part, ())]
    if part in _BY_NAME:
        texts = [product.name, *texts, *product.details, product.attributes.get("fit", "")]
    for text in texts:
        for pattern, value in PARTS.get(part, ()):
            if value in offered and text and re.search(pattern, text.casefold()):
                return value
    return "none" if part in ("pleats", "belt") and "none" in offered else ""


def _cloth(product: Product) -> str:
    said = f"{product.attributes.get('fabric', '')} {' '.join(item.name for item in product.materials)}".casefold()
    if "cable" in product.attributes.get("pattern", "").casefold():
        return "cable_knit"
    return next((cloth for pattern, cloth in CLOTHS if re.search(pattern, said)), "plain_weave")


def picture(product: Product) -> bytes:
    """The product as WebP of ``SIZE``, in one scale for each kind of garment; an empty ground where none is known."""
    return _picture(
        product.model_dump_json(include={"name", "category", "colour", "attributes", "details", "materials"})
    )


@lru_cache(maxsize=1_000)
def _picture(content: str) -> bytes:
    from PIL import Image

    product = Product.model_validate_json(content[:-1] + ',"sku":"-"}')
    page = Image.new("RGB", SIZE, GROUND)
    garment = garment_of(product)
    if garment is not None:
        drawn = Image.fromarray(_drawn(product, garment))
        page.paste(drawn, ((SIZE[0] - drawn.width) // 2, (SIZE[1] - drawn.height) // 2), drawn)
    out = io.BytesIO()
    page.save(out, "WEBP", quality=82)
    return out.getvalue()


def _drawn(product: Product, garment: Any) -> NDArray[np.uint8]:
    """sRGB with alpha, (h, w, 4), at most ``SIZE``."""
    from lib.atelier.colours import Colour
    from lib.atelier.fabrics import Fabric
    from lib.atelier.garments import flat
    from lib.atelier.palettes import Palette
    from lib.atelier.rendering import render

    view = flat(garment).front
    left, top, right, bottom = view.bounds()
    per_cm = min(
        MOST_PER_CM, (SIZE[0] - 24) / (right - left + 2 * MARGIN_CM), (SIZE[1] - 24) / (bottom - top + 2 * MARGIN_CM)
    )
    if garment.kind in ("bag", "shoe"):
        per_cm = min((SIZE[0] - 40) / (right - left + 6), (SIZE[1] - 60) / (bottom - top + 6))
    main = Colour(colour_hex(product.colour))
    pattern = product.attributes.get("pattern", "").casefold()
    for words, printed, scale in PRINTS:
        if pattern and re.search(words, pattern):
            other = Colour("#F5F0E6") if float(main.lab[0]) < 62 else Colour("#3C3A3C")
            return np.asarray(render(view, {"fabric": Fabric(printed, Palette((main, other)), scale)}, per_cm, seed=1))
    return np.asarray(render(view, {"fabric": Fabric(_cloth(product), Palette((main,)))}, per_cm, seed=1))
