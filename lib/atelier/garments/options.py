"""What each kind of garment can be had with. The first value of a part is the usual one."""

from __future__ import annotations

from itertools import chain

TORSO = ("fitted", "straight", "oversized")
NECKLINES = (
    "crew_neck",
    "v_neck",
    "scoop_neck",
    "square_neck",
    "boat_neck",
    "sweetheart",
    "halter_neck",
    "off_shoulder",
    "strapless",
    "cowl_neck",
)
SLEEVES = (
    "sleeveless",
    "cap_sleeves",
    "short_sleeves",
    "three_quarter_sleeves",
    "long_sleeves",
    "puff_sleeves",
    "balloon_sleeves",
    "flared_sleeves",
    "thin_straps",
)
LAPELS = ("notch_lapels", "peak_lapels", "shawl_collar")
LEGS = ("straight_leg", "slim_leg", "tapered_leg", "wide_leg", "flared_leg")
LEG_LENGTHS = ("full_length", "ankle", "cropped", "knee", "mid_thigh")
SKIRT_LENGTHS = ("knee", "mini", "midi", "maxi")
PLEATS = ("none", "knife", "box", "gathers")
STITCHING = ("single", "double", "none")
HEMS = ("none", "asymmetric_hem")
BELTS = ("none", "tie_belt", "buckle")

OPTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "dress": {
        "silhouette": ("fit_and_flare", "fitted", "straight", "a_line", "empire", "oversized"),
        "length": SKIRT_LENGTHS,
        "neckline": NECKLINES,
        "collar": ("collarless", "shirt_collar", "band_collar", "peter_pan", "roll_neck", "bow_collar"),
        "sleeve": SLEEVES,
        "closure": ("back_zip", "buttons", "wrap", "none"),
        "pockets": ("none", "seam_pockets", "patch_pockets"),
        "pleats": PLEATS,
        "belt": BELTS,
        "stitching": ("none", "single", "double"),
        "hem": HEMS,
    },
    "coat": {
        "silhouette": ("straight", "fitted", "a_line", "oversized"),
        "length": ("knee", "hip", "mid_thigh", "midi", "maxi"),
        "collar": (*LAPELS, "shirt_collar", "band_collar", "collarless"),
        "sleeve": ("long_sleeves", "three_quarter_sleeves"),
        "closure": ("buttons", "double_breasted", "zip", "open_front"),
        "pockets": ("welt_pockets", "flap_pockets", "patch_pockets", "none"),
        "pleats": ("none", "box"),
        "belt": BELTS,
        "stitching": STITCHING,
    },
    "blazer": {
        "silhouette": TORSO,
        "length": ("hip", "cropped", "mid_thigh"),
        "collar": LAPELS,
        "sleeve": ("long_sleeves", "three_quarter_sleeves"),
        "closure": ("buttons", "double_breasted", "open_front"),
        "pockets": ("flap_pockets", "welt_pockets", "patch_pockets", "none"),
        "belt": BELTS,
        "stitching": ("none", "single", "double"),
    },
    "shirt": {
        "silhouette": ("straight", "fitted", "oversized"),
        "length": ("hip", "cropped", "tunic_length"),
        "collar": ("shirt_collar", "band_collar", "peter_pan", "bow_collar"),
        "sleeve": ("long_sleeves", "short_sleeves", "balloon_sleeves", "puff_sleeves", "sleeveless"),
        "closure": ("buttons", "concealed_placket"),
        "pockets": ("none", "chest_pocket", "chest_pockets"),
        "pleats": ("box", "none", "knife"),
        "stitching": STITCHING,
    },
    "t_shirt": {
        "silhouette": ("straight", "fitted", "oversized"),
        "length": ("hip", "cropped", "tunic_length"),
        "neckline": ("crew_neck", "v_neck", "scoop_neck", "boat_neck"),
        "sleeve": ("short_sleeves", "cap_sleeves", "elbow_sleeves", "long_sleeves", "sleeveless"),
        "pockets": ("none", "chest_pocket"),
        "stitching": ("double", "single", "none"),
    },
    "knit": {
        "silhouette": ("straight", "fitted", "oversized"),
        "length": ("hip", "cropped", "tunic_length"),
        "neckline": ("crew_neck", "v_neck", "boat_neck"),
        "collar": ("collarless", "roll_neck", "mock_neck"),
        "sleeve": ("long_sleeves", "three_quarter_sleeves", "short_sleeves", "balloon_sleeves", "sleeveless"),
        "closure": ("none", "buttons"),
        "pockets": ("none", "patch_pockets"),
        "stitching": ("none", "single"),
    },
    "trousers": {
        "silhouette": LEGS,
        "length": LEG_LENGTHS,
        "closure": ("zip", "side_zip", "elastic_waist"),
        "pockets": ("slanted_pockets", "seam_pockets", "cargo_pockets", "none"),
        "pleats": ("none", "single", "double", "crease"),
        "belt": BELTS,
        "stitching": ("none", "single", "double"),
    },
    "jeans": {
        "silhouette": LEGS,
        "length": LEG_LENGTHS,
        "closure": ("zip", "buttons"),
        "pockets": ("five_pockets", "patch_pockets"),
        "belt": ("none", "buckle"),
        "stitching": ("double", "single", "none"),
    },
    "skirt": {
        "silhouette": ("a_line", "pencil_cut", "straight", "flared"),
        "length": SKIRT_LENGTHS,
        "closure": ("side_zip", "back_zip", "buttons", "wrap", "elastic_waist"),
        "pockets": ("none", "seam_pockets", "slanted_pockets", "patch_pockets"),
        "pleats": PLEATS,
        "belt": BELTS,
        "stitching": ("single", "double", "none"),
        "hem": HEMS,
    },
    "jumpsuit": {
        "silhouette": LEGS,
        "length": LEG_LENGTHS,
        "neckline": NECKLINES,
        "collar": ("collarless", "shirt_collar", "band_collar"),
        "sleeve": SLEEVES,
        "closure": ("back_zip", "buttons", "zip", "wrap"),
        "pockets": ("none", "slanted_pockets", "seam_pockets"),
        "pleats": ("none", "single", "crease"),
        "belt": ("tie_belt", "buckle", "none"),
        "stitching": ("none", "single", "double"),
    },
    "bag": {
        "silhouette": ("tote", "satchel", "baguette", "bucket", "clutch"),
        "length": ("medium", "small", "large"),
        "closure": ("flap", "zip", "turn_lock", "open"),
        "pockets": ("none", "outer_pocket"),
        "handle": ("top_handles", "shoulder_strap", "chain", "none"),
        "stitching": STITCHING,
    },
    "shoe": {
        "silhouette": ("pump", "ballet", "loafer", "trainer", "ankle_boot", "sandal"),
        "closure": ("slip_on", "lace_up", "buckle", "zip"),
        "heel": ("block", "flat", "stiletto"),
        "stitching": ("none", "single", "double"),
    },
}

KINDS = tuple(OPTIONS)
VALUES = frozenset(chain.from_iterable(values for parts in OPTIONS.values() for values in parts.values()))
