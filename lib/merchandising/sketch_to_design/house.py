"""What the house does where nobody asks: cloths that suit a garment, patterns that a cloth takes, seasonal palettes."""

from __future__ import annotations

from typing import Final

#: Cloths that a garment is usually sewn from, the usual one first.
CLOTHS: Final[dict[str, tuple[str, ...]]] = {
    "dress": ("satin", "linen", "jersey", "plain_weave", "velvet", "lace", "chambray", "sequins"),
    "coat": ("twill", "tweed", "boucle", "leather", "corduroy", "velvet"),
    "blazer": ("twill", "tweed", "velvet", "linen", "corduroy", "boucle"),
    "shirt": ("plain_weave", "linen", "satin", "chambray", "denim", "lace"),
    "t_shirt": ("jersey", "rib_knit", "linen", "satin"),
    "knit": ("jersey", "rib_knit", "cable_knit", "boucle"),
    "trousers": ("twill", "linen", "satin", "corduroy", "velvet", "leather"),
    "jeans": ("denim", "corduroy", "twill"),
    "skirt": ("satin", "twill", "tweed", "leather", "denim", "linen", "velvet"),
    "jumpsuit": ("satin", "twill", "denim", "velvet", "linen", "jersey"),
    "bag": ("leather", "twill", "tweed", "denim"),
    "shoe": ("leather", "satin", "velvet", "tweed"),
}
#: Cloths that stand for another one where it is to be varied a little.
NEAR: Final[dict[str, tuple[str, ...]]] = {
    "linen": ("chambray", "plain_weave", "twill"),
    "plain_weave": ("linen", "chambray", "satin"),
    "chambray": ("denim", "linen", "plain_weave"),
    "twill": ("tweed", "corduroy", "plain_weave"),
    "denim": ("chambray", "twill", "corduroy"),
    "satin": ("velvet", "plain_weave", "jersey"),
    "tweed": ("boucle", "twill"),
    "jersey": ("rib_knit", "satin"),
    "rib_knit": ("jersey", "cable_knit"),
    "cable_knit": ("rib_knit", "boucle"),
    "boucle": ("tweed", "cable_knit"),
    "velvet": ("satin", "corduroy"),
    "corduroy": ("velvet", "twill"),
    "lace": ("satin", "plain_weave"),
    "leather": ("twill", "denim", "tweed"),
    "sequins": ("satin", "velvet"),
}
#: Cloths that are sewn from a fibre, where a brief names the fibre alone.
OF_FIBRE: Final[dict[str, tuple[str, ...]]] = {
    "wool": ("twill", "tweed", "boucle", "plain_weave", "jersey", "rib_knit", "cable_knit"),
    "cashmere": ("twill", "jersey", "rib_knit", "cable_knit"),
    "mohair": ("boucle", "tweed", "cable_knit", "rib_knit"),
    "alpaca": ("boucle", "tweed", "cable_knit", "rib_knit"),
    "silk": ("satin", "plain_weave", "twill", "velvet"),
    "viscose": ("plain_weave", "satin", "jersey", "twill", "velvet"),
    "cotton": ("plain_weave", "twill", "chambray", "jersey", "corduroy", "velvet", "denim", "lace"),
    "linen": ("linen",),
    "polyester": ("satin", "plain_weave", "twill", "jersey"),
}
#: Patterns that a cloth takes without becoming another one.
PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "linen": ("stripe", "check", "dot", "floral", "ikat"),
    "plain_weave": ("stripe", "check", "dot", "floral", "paisley", "ikat"),
    "chambray": ("stripe", "dot", "check"),
    "twill": ("houndstooth", "tartan", "stripe"),
    "denim": ("stripe",),
    "satin": ("floral", "dot", "paisley", "stripe", "ikat"),
    "tweed": ("houndstooth", "tartan"),
    "jersey": ("stripe", "dot", "floral"),
    "boucle": ("houndstooth", "tartan"),
    "corduroy": (),
}
#: The demo house's palettes, hex values with the ground first: each is one evening, place or season of its lines.
PALETTES: Final[tuple[tuple[str, ...], ...]] = (
    ("#EFE6D5", "#1C2126", "#C19A6B", "#722F37"),
    ("#1D2951", "#F4F1E8", "#B76E79", "#7BA4C7"),
    ("#9CAF88", "#FAF9F6", "#D98695", "#0B3D2E"),
    ("#B7410E", "#F3E5AB", "#5C4033", "#E1AD01"),
    ("#722F37", "#E8C4B8", "#2A2B2D", "#C99A2E"),
    ("#2A2B2D", "#EFE6D5", "#8A9097", "#A6192E"),
    ("#0047AB", "#FAF9F6", "#FF7F50", "#14213D"),
    ("#C8B6E2", "#472C4C", "#F4F1E8", "#7F5AA2"),
    ("#E8A15C", "#7C0A02", "#FAF9F6", "#2F6F73"),
    ("#004D40", "#E6D3B3", "#C35A4A", "#ACE1AF"),
)
