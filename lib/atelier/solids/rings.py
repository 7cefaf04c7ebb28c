"""Rings: a band of a size and section, and what it carries.

Sizes are inner circumferences in millimetres (ISO 8653, 2016), which is also how France counts: size 52 has an inner
diameter of 52 / pi = 16.55 mm. The finger goes along y; the stone sits at the top of z.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manifold3d import Manifold

from lib.atelier.solids.forms import AROUND, Array, brilliant, loft, slab, superellipse, turned, union
from lib.atelier.solids.materials import material
from lib.atelier.solids.model import Part, Piece, between, one_of
from lib.atelier.solids.settings import bezel, halo, prongs
from lib.i18n import N_

SECTIONS = {"flat": 8.0, "court": 3.0, "round": 2.0}
SETTINGS = ("none", "solitaire", "bezel", "halo", "trilogy", "eternity", "signet")


@dataclass(frozen=True)
class Ring:
    """What a ring is asked to be; lengths in millimetres, ``size`` an inner circumference."""

    size: float = 52.0
    width: float = 2.4
    thickness: float = 1.7
    section: str = "court"
    setting: str = "solitaire"
    stone_mm: float = 6.0
    metal: str = "gold_18k_yellow"
    stone: str = "diamond"


def ring(asked: Ring) -> Piece:
    """The ring as solids.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    between(N_("Size"), asked.size, 40, 76)
    between(N_("Width"), asked.width, 1.2, 12)
    between(N_("Thickness"), asked.thickness, 1.0, 4)
    between(N_("Stone’s diameter"), asked.stone_mm, 1.2, 12)
    one_of(N_("Section"), asked.section, tuple(SECTIONS))
    one_of(N_("Setting"), asked.setting, SETTINGS)
    metal, stones = _body(asked)
    parts = [Part(N_("Metal"), material(asked.metal), metal)]
    if stones is not None:
        parts.append(Part(N_("Stones"), material(asked.stone), stones))
    sizes = {"inner_diameter": asked.size / np.pi, "width": asked.width, "thickness": asked.thickness}
    return Piece("ring", tuple(parts), sizes)


def _band(asked: Ring, taper: float = 0.0) -> Manifold:
    """The shank; ``taper`` narrows it towards the top, as goldsmiths do under a stone."""
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    middle = asked.size / (2 * np.pi) + asked.thickness / 2
    path = np.stack([middle * np.sin(angle), np.zeros(AROUND), middle * np.cos(angle)], -1)
    top = np.exp(-((np.minimum(angle, 2 * np.pi - angle) / 0.75) ** 2))
    scale = np.stack([1 - taper * top, np.ones(AROUND)], -1)
    section = superellipse(asked.width, asked.thickness, SECTIONS[asked.section], 40)
    # The section's second axis has to point away from the finger, so the frame is built here and not from one "up".
    out = np.stack([np.sin(angle), np.zeros(AROUND), np.cos(angle)], -1)
    rings: Array = (
        path[:, None]
        + section[None, :, :1] * scale[:, None, :1] * np.array([0.0, 1.0, 0.0])
        + section[None, :, 1:] * out[:, None]
    )
    return loft(rings, closed=True)


def _body(asked: Ring) -> tuple[Manifold, Manifold | None]:
    top = asked.size / (2 * np.pi) + asked.thickness
    if asked.setting == "none":
        return _band(asked), None
    if asked.setting == "signet":
        return _signet(asked, top), None
    if asked.setting == "eternity":
        return _eternity(asked)
    band = _band(asked, 0.35)
    if asked.setting == "trilogy":
        return _trilogy(asked, band, top)
    girdle = top + asked.stone_mm * 0.40
    stone = brilliant(asked.stone_mm).translate((0, 0, girdle))
    base = top - asked.thickness * 0.35
    if asked.setting == "bezel":
        return _clear(union([band, bezel(asked.stone_mm, girdle, base)]), stone, asked), stone
    metal = union([band, prongs(asked.stone_mm, girdle, base)])
    if asked.setting == "halo":
        around, small = halo(asked.stone_mm, girdle - 0.1 * asked.stone_mm, max(1.0, asked.stone_mm * 0.2))
        stones = union([stone, small - stone])
        return _clear(union([metal, around]), stones, asked), stones
    return _clear(metal, stone, asked), stone


def _clear(metal: Manifold, stones: Manifold | None, asked: Ring) -> Manifold:
    """Metal gives way to the stones, and nothing reaches into the finger's room."""
    room = turned(Manifold.cylinder(asked.width * 12, asked.size / (2 * np.pi), -1, 4 * AROUND, True), "x", 90)
    return (metal if stones is None else metal - stones) - room


def _trilogy(asked: Ring, band: Manifold, top: float) -> tuple[Manifold, Manifold]:
    metals, stones = [band], []
    for side, scale in ((-1, 0.72), (0, 1.0), (1, 0.72)):
        size = asked.stone_mm * scale
        reach = top + size * 0.40 + (0 if side else asked.stone_mm * 0.05)
        lean = side * np.degrees((asked.stone_mm * 0.5 + size * 0.55) / (top + asked.stone_mm * 0.4))
        metals.append(turned(prongs(size, reach, top - asked.thickness * 0.35, 4), "y", float(lean)))
        stones.append(turned(brilliant(size).translate((0, 0, reach)), "y", float(lean)))
    gems = union(stones)
    return _clear(union(metals), gems, asked), gems


def _eternity(asked: Ring) -> tuple[Manifold, Manifold]:
    """Stones all around, as many as the girth takes, each held by shared beads."""
    size = min(asked.stone_mm, asked.width * 0.82)
    radius = asked.size / (2 * np.pi) + asked.thickness
    size = min(size, asked.thickness * 1.9)
    count = int(2 * np.pi * radius / (size * 1.08))
    stones, beads = [], []
    for k in range(count):
        degrees = 360 * k / count
        stones.append(turned(brilliant(size).translate((0, 0, radius + size * 0.02)), "y", degrees))
        for side in (-0.38, 0.38):
            bead = Manifold.sphere(size * 0.15, 12).translate((0, side * size, radius + size * 0.02))
            beads.append(turned(bead, "y", degrees + 180 / count))
    gems = union(stones)
    return _clear(union([_band(asked), *beads]), gems, asked), gems


def _signet(asked: Ring, top: float) -> Manifold:
    """An oval plate that the shank grows into: the band itself widens towards it."""
    wide, tall = asked.stone_mm * 1.75, asked.stone_mm * 2.1
    face = slab(superellipse(wide, tall, 2.3, 96), 2.0, 0.5).translate((0, 0, top - 0.5))
    inner, cuts = asked.size / (2 * np.pi), []
    for degrees in np.linspace(-100, 100, 61):
        share = 0.5 + 0.5 * np.cos(np.radians(degrees * 1.8))
        width = asked.width + (tall * 0.86 - asked.width) * share**1.7
        thick = asked.thickness * (1 + 0.42 * share)
        flat = superellipse(thick, width, 2.6, 40)
        out = np.array([np.sin(np.radians(degrees)), 0.0, np.cos(np.radians(degrees))])
        reach = inner + thick / 2 + flat[:, :1]
        cuts.append(reach * out + flat[:, 1:] * np.array([0.0, 1.0, 0.0]))
    shoulders = [loft(np.asarray(cuts))]
    body = union([_band(asked), face, *shoulders])
    return _clear(body, None, asked)
