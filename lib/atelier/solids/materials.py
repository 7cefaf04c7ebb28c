"""What a piece is made of: density, colour and kind of surface.

Densities in g/cm³. Those of alloys are computed from the elements by the rule of mixtures, 1 / rho = sum(w_i / rho_i),
with the elements' densities from the CRC Handbook of Chemistry and Physics (Haynes, 97th edition, 2016, section 4);
alloys are taken as if mixing changed no volume, which lies in the ranges that refiners publish, but for brass. Woods:
specific gravity at 12% moisture from the Wood Handbook (USDA Forest Products Laboratory, FPL-GTR-282, 2021, table 5-3),
times 1.12 for the water in it. Stones: the Gemological Institute of America's Gem Reference Guide (1995). Others: named
at their entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lib.errors import InputError
from lib.i18n import N_

Surface = Literal["metal", "wood", "stone", "glass", "resin", "cloth"]
MOISTURE = 1.12
BRYDSON = "Brydson, Plastics Materials, 1999"
ELEMENTS: Mapping[str, float] = {
    "Ag": 10.50, "Au": 19.30, "Cu": 8.96, "Pd": 12.0, "Pt": 21.5, "Ru": 12.1, "Zn": 7.134,
    "Ti": 4.506, "Al": 2.70, "V": 6.0, "Fe": 7.87, "Cr": 7.15, "Ni": 8.90, "Mo": 10.2,
}  # fmt: skip
UNKNOWN_MATERIAL = N_("The atelier knows no material {material}. Choose one of: {known}.")


@dataclass(frozen=True)
class Material:
    """A material: its name (a message), density in g/cm³, colour as hex, surface, and where the density is from."""

    key: str
    name: str
    density: float
    colour: str
    surface: Surface
    source: str


def alloy_density(shares: Mapping[str, float]) -> float:
    """Density in g/cm³ of an alloy of elements with these shares of its mass (they add up to 1)."""
    return sum(shares.values()) / sum(share / ELEMENTS[element] for element, share in shares.items())


def _alloy(key: str, name: str, colour: str, **shares: float) -> Material:
    return Material(key, name, round(alloy_density(shares), 3), colour, "metal", "CRC Handbook, rule of mixtures")


def _wood(key: str, name: str, gravity: float, colour: str) -> Material:
    return Material(key, name, round(gravity * MOISTURE, 3), colour, "wood", "FPL-GTR-282, table 5-3")


def _stone(key: str, name: str, density: float, colour: str) -> Material:
    return Material(key, name, density, colour, "stone", "GIA Gem Reference Guide")


_ALL = (
    _alloy("gold_18k_yellow", N_("18-carat yellow gold"), "#d9b25f", Au=0.75, Ag=0.125, Cu=0.125),
    _alloy("gold_18k_rose", N_("18-carat rose gold"), "#d8a184", Au=0.75, Ag=0.05, Cu=0.20),
    _alloy("gold_18k_white", N_("18-carat white gold"), "#d6d3cb", Au=0.75, Ag=0.12, Pd=0.13),
    _alloy("gold_14k_yellow", N_("14-carat yellow gold"), "#d8b872", Au=0.585, Ag=0.20, Cu=0.215),
    _alloy("gold_9k_yellow", N_("9-carat yellow gold"), "#d5bd86", Au=0.375, Ag=0.11, Cu=0.455, Zn=0.06),
    _alloy("platinum_950", N_("platinum 950"), "#cfcfce", Pt=0.95, Ru=0.05),
    _alloy("silver_925", N_("silver 925"), "#d9dadb", Ag=0.925, Cu=0.075),
    # The rule of mixtures is 3% low here: copper and zinc shrink when they are mixed.
    Material("brass", N_("brass"), 8.44, "#c9a55a", "metal", "Copper Development Association, CuZn37 (CW508L)"),
    _alloy("steel_316l", N_("stainless steel 316L"), "#b9bcc0", Fe=0.655, Cr=0.17, Ni=0.12, Mo=0.025),
    _alloy("titanium_5", N_("titanium grade 5"), "#a5a29d", Ti=0.90, Al=0.06, V=0.04),
    _alloy("aluminium", N_("aluminium"), "#c6c9cc", Al=1.0),
    _wood("white_oak", N_("white oak"), 0.68, "#c2a378"),
    _wood("white_ash", N_("white ash"), 0.60, "#d6c09a"),
    _wood("beech", N_("beech"), 0.64, "#d0a981"),
    _wood("sugar_maple", N_("sugar maple"), 0.63, "#dfc9a6"),
    _wood("black_cherry", N_("black cherry"), 0.50, "#a9714c"),
    _wood("black_walnut", N_("black walnut"), 0.55, "#6d4d37"),
    _stone("diamond", N_("diamond"), 3.52, "#eef4f7"),
    _stone("sapphire", N_("sapphire"), 4.00, "#2a4a9b"),
    _stone("ruby", N_("ruby"), 4.00, "#9d1836"),
    _stone("emerald", N_("emerald"), 2.72, "#1c7a55"),
    _stone("amethyst", N_("amethyst"), 2.66, "#7b4fa3"),
    _stone("onyx", N_("onyx"), 2.60, "#1e1c1e"),
    Material("acetate_tortoise", N_("tortoiseshell acetate"), 1.30, "#6b3f22", "resin", BRYDSON),
    Material("acetate_black", N_("black acetate"), 1.30, "#201e1f", "resin", BRYDSON),
    Material("acetate_honey", N_("honey acetate"), 1.30, "#b97b36", "resin", BRYDSON),
    Material("lens_cr39", N_("CR-39 lens"), 1.32, "#c8d3d6", "glass", "PPG, CR-39 monomer data sheet"),
    Material("opal_glass", N_("opal glass"), 2.50, "#f2ede2", "cloth", "CRC Handbook, soda-lime glass"),
)  # fmt: skip
MATERIALS: Mapping[str, Material] = {material.key: material for material in _ALL}


def material(key: str) -> Material:
    """The material of this key.

    Raises:
        InputError: it is none of ``MATERIALS``.
    """
    if key not in MATERIALS:
        raise InputError(UNKNOWN_MATERIAL, material=key, known=", ".join(MATERIALS))
    return MATERIALS[key]
