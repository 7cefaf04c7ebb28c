"""Which fashion concept is a kind of which other: merino is wool, navy is blue, patch pockets are pockets.

A product that has the narrower one supports a text that names the broader one, never the other way round. Keys are
concepts of ``lib.vocabulary``. Textile names follow Regulation (EU) 1007/2011: 'wool' is the fleece of sheep, so
cashmere, mohair and alpaca aren't wool.
"""

from __future__ import annotations

from functools import cache

_WOOLS = "virgin_wool merino lambswool shetland recycled_wool double_faced_wool wool_cloth"
_LEATHERS = (
    "calfskin grained_leather smooth_leather patent_leather nappa lambskin goatskin vegetable_tanned suede nubuck"
    " shearling"
)
_ZIPS = "concealed_zip side_zip back_zip inside_zip two_way_zip"
_BUTTONS = (
    "button_placket concealed_placket double_breasted_buttons horn_buttons corozo_buttons pearl_buttons "
    "covered_buttons gold_buttons leather_buttons wood_buttons contrast_buttons tone_on_tone"
)
_POCKETS = (
    "side_pockets seam_pockets slanted_pockets patch_pockets flap_pockets welt_pockets chest_pocket chest_pockets "
    "back_pockets five_pockets inner_pocket inner_pockets inner_zip_pocket outer_pocket cargo_pockets"
)
_BLUES = (
    "navy midnight ink royal_blue sky_blue light_blue ice_blue indigo denim_blue petrol duck_blue turquoise aqua "
    "cobalt storm_blue"
)
_GREENS = (
    "forest_green fir_green bottle_green emerald olive khaki sage mint pistachio almond_green lichen moss celadon"
    " lime anise duck_blue"
)
_REDS = "cherry poppy scarlet carmine burgundy garnet oxblood brick raspberry coral"
_PINKS = "rose powder_pink blush dusty_rose cotton_candy fuchsia raspberry salmon coral"
_BROWNS = (
    "chestnut chocolate coffee espresso mocha tobacco hazelnut caramel cognac tan camel cinnamon mink rust "
    "terracotta brick"
)
_WHITES = "optic_white off_white ivory cream ecru milk wool_white pearl chalk"
_GREYS = "light_grey pearl_grey grey_melange charcoal slate graphite smoke stone pebble gunmetal"
_BEIGES = "sand oatmeal linen_colour camel nude champagne ecru"
_YELLOWS = "butter straw_yellow mustard saffron ochre amber lemon vanilla honey"
_VIOLETS = "plum aubergine lilac lavender mauve parma fig"

_FAMILIES: tuple[tuple[str, str], ...] = (
    ("wool", _WOOLS + " recycled_wool"),
    ("leather", _LEATHERS),
    ("calfskin", "grained_leather smooth_leather patent_leather"),
    ("lambskin", "nappa shearling"),
    ("cotton", "organic_cotton pima egyptian_cotton recycled_cotton cotton_voile"),
    ("cashmere", "recycled_cashmere"),
    ("silk", "wild_silk silk_satin silk_crepe silk_twill silk_chiffon"),
    ("satin", "silk_satin"),
    ("crepe", "silk_crepe"),
    ("twill", "silk_twill"),
    ("chiffon", "silk_chiffon"),
    ("velvet", "corduroy"),
    ("viscose", "ecovero"),
    ("polyester", "recycled_polyester"),
    ("polyamide", "recycled_polyamide"),
    ("rubber", "natural_rubber"),
    ("zip", _ZIPS),
    ("buttons", _BUTTONS),
    ("double_breasted", "double_breasted_buttons"),
    ("pockets", _POCKETS),
    ("inner_pocket", "inner_pockets inner_zip_pocket"),
    ("chest_pocket", "chest_pockets"),
    ("tie_belt", "removable_belt belted waist_tie"),
    ("removable_belt", "tie_belt"),
    ("belted", "tie_belt removable_belt leather_belt belted_waist"),
    ("belted_waist", "tie_belt removable_belt belted"),
    ("stripes", "breton pinstripes"),
    ("check", "windowpane tartan gingham prince_of_wales houndstooth"),
    ("fully_lined", "silk_lining cotton_lining cupro_lining leather_lining suede_lining contrast_lining"),
    ("pleats", "box_pleats"),
    ("adjustable_strap", "adj_det_strap"),
    ("detachable_strap", "adj_det_strap"),
    ("shoulder_strap", "adj_det_strap adjustable_strap detachable_strap chain_strap"),
    ("hand_wash", "hand_wash_cold"),
    ("machine_wash", "machine_30 machine_30_delicate machine_40"),
    ("machine_30", "machine_30_delicate"),
    ("topstitching", "contrast_stitching saddle_stitch"),
    ("hand_sewn", "saddle_stitch"),
    ("flared_fit", "a_line"),
    ("wide_fit", "wide_leg oversized_fit"),
    ("oversized_fit", "cocoon"),
    ("roll_neck", "roll_neck_jumper"),
    ("wrap_cut", "wrap_dress wrap_skirt"),
    ("pleats", "pleated_skirt"),
    ("pencil_cut", "pencil_skirt"),
    ("relaxed_fit", "oversized_fit wide_fit boxy_fit"),
    ("wide_fit", "wide_leg"),
    ("straight_fit", "straight_leg"),
    ("slim_fit", "slim_leg"),
    ("fitted", "slim_fit defined_waist"),
    ("blue", _BLUES),
    ("green", _GREENS),
    ("red", _REDS),
    ("pink", _PINKS),
    ("brown", _BROWNS),
    ("white", _WHITES),
    ("grey", _GREYS),
    ("beige", _BEIGES),
    ("yellow", _YELLOWS),
    ("violet", _VIOLETS),
    ("gold", "rose_gold gold_hardware gold_buttons"),
    ("silver", "silver_hardware palladium"),
    ("orange", "apricot peach rust terracotta"),
)  # fmt: skip

# The same thing under two concepts: either supports the other. Colours alike to the eye aren't listed: a reader who
# expects navy and gets midnight blue returns it.
_ALIKE: tuple[tuple[str, ...], ...] = (
    ("side_pockets", "seam_pockets"),
    ("pink", "rose"),
    ("maxi", "long_length"),
    ("forest_green", "fir_green"),
)


@cache
def broader(concept: str) -> frozenset[str]:
    """``concept`` and all that it is a kind of."""
    found, waiting = {concept}, [concept]
    while waiting:
        narrow = waiting.pop()
        for wide in _parents().get(narrow, ()):
            if wide not in found:
                found.add(wide)
                waiting.append(wide)
    return frozenset(found)


@cache
def _parents() -> dict[str, frozenset[str]]:
    parents: dict[str, set[str]] = {}
    for wide, narrow in _FAMILIES:
        for concept in narrow.split():
            parents.setdefault(concept, set()).add(wide)
    for group in _ALIKE:
        for concept in group:
            parents.setdefault(concept, set()).update(set(group) - {concept})
    return {concept: frozenset(wide) for concept, wide in parents.items()}
