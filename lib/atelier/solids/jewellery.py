"""Pendants and earrings. Millimetres; a pendant hangs along -z and is seen along -y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manifold3d import CrossSection, Manifold

from lib.atelier.solids.forms import (
    Array,
    brilliant,
    lathe,
    loft,
    ring_of,
    rod,
    slab,
    superellipse,
    turned,
    union,
)
from lib.atelier.solids.materials import material
from lib.atelier.solids.model import Part, Piece, between, one_of
from lib.atelier.solids.settings import bezel, prongs, smooth
from lib.i18n import N_

PENDANTS = ("drop", "disc", "heart", "bar", "stone")
EARRINGS = ("hoop", "stud", "drop")


@dataclass(frozen=True)
class Pendant:
    """A pendant's shape and its height in millimetres without the ring that it hangs from."""

    shape: str = "drop"
    height: float = 18.0
    metal: str = "gold_18k_yellow"
    stone: str = "diamond"


@dataclass(frozen=True)
class Earring:
    """A pair of earrings; ``size`` is a hoop's outer diameter, a stud's stone, a drop's length."""

    shape: str = "hoop"
    size: float = 22.0
    thickness: float = 2.4
    metal: str = "gold_18k_yellow"
    stone: str = "diamond"


def _upright(shape: Manifold) -> Manifold:
    """What was drawn in x and y stands up in x and z, its face towards -y."""
    return turned(shape, "x", 90)


def _piece(kind: str, metal: Manifold, stones: Manifold | None, asked: Pendant | Earring, **sizes: float) -> Piece:
    parts = [Part(N_("Metal"), material(asked.metal), metal if stones is None else metal - stones)]
    if stones is not None:
        parts.append(Part(N_("Stones"), material(asked.stone), stones))
    return Piece(kind, tuple(parts), sizes)


def _heart(height: float) -> Array:
    """A heart's outline in x and y (a plane curve by sines and cosines), of this height."""
    t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    scale = height / (y.max() - y.min())
    outline: Array = np.stack([x, y - (y.max() + y.min()) / 2], -1) * scale
    return outline


def _pillow(outline: Array, thickness: float) -> Manifold:
    """An outline puffed up: thickest in the middle, thin at the edge."""
    base = CrossSection([outline])
    reach = float(np.abs(outline).max())
    layers = []
    for angle in np.linspace(0.03, np.pi / 2, 14):
        inset, half = reach * 0.45 * (1 - np.sin(angle)), thickness / 2 * np.cos(angle)
        layers.append((inset, half))
    shape = [base.offset(-inset).extrude(2 * half).translate((0, 0, -half)) for inset, half in layers if half > 1e-3]
    return union(shape)


def pendant(asked: Pendant) -> Piece:
    """The pendant as solids.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Pendant"), asked.shape, PENDANTS)
    height = between(N_("Height"), asked.height, 8, 60)
    body, stones, top = _pendant_body(asked.shape, height)
    wire = max(0.8, height * 0.05)
    eye = _upright(ring_of(wire * 1.1, wire * 0.8)).translate((0, 0, top + wire * 0.75))
    bail = turned(_upright(ring_of(wire * 1.9, wire)), "z", 90).translate((0, 0, top + wire * 2.9))
    return _piece("pendant", union([body, eye, bail]), stones, asked, height=height)


def _pendant_body(shape: str, height: float) -> tuple[Manifold, Manifold | None, float]:
    """(metal, stones, where its top is); the body is ``height`` high around z = 0."""
    if shape == "drop":
        t = np.linspace(0, np.pi, 64)
        radius = np.sin(t) * np.sin(t / 2) ** 1.6 * height * 0.42
        profile = [(max(float(r), 0.0), float(z)) for r, z in zip(radius, np.cos(t) * height / 2, strict=True)]
        return lathe(profile[::-1]), None, height / 2
    if shape == "disc":
        body = slab(superellipse(height, height, 2, 160), height * 0.09, height * 0.02)
        well = Manifold.cylinder(height, height * 0.43, -1, 160).translate((0, 0, height * 0.07))
        star = brilliant(height * 0.13).translate((0, 0, height * 0.07 + 0.1))
        return _upright(body - well), _upright(star), height / 2
    if shape == "heart":
        return _upright(_puffed_heart(height)), None, height / 2 * 0.62
    if shape == "bar":
        outline = superellipse(height * 0.2, height, 7, 96)
        return _upright(slab(outline, height * 0.09, height * 0.018)), None, height / 2
    size = height / 1.18  # the collar adds 9% of the stone on each side
    stone = brilliant(size)
    metal = bezel(size, 0, -size * 0.34)
    return _upright(metal), _upright(stone), float(_upright(metal).bounding_box()[5])


def _puffed_heart(height: float) -> Manifold:
    """Sections of the heart's outline, shrinking towards front and back along a quarter ellipse."""
    outline = _heart(height)
    rings = []
    for angle in np.linspace(-np.pi / 2 + 0.12, np.pi / 2 - 0.12, 21):
        flat = outline * (np.cos(angle) ** 0.55) + np.array([0.0, 0.0])
        rings.append(np.column_stack([flat, np.full(len(flat), np.sin(angle) * height * 0.17)]))
    return loft(np.asarray(rings))


def earrings(asked: Earring) -> Piece:
    """A pair of earrings, side by side.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Earrings"), asked.shape, EARRINGS)
    low, high = {"hoop": (8, 80), "stud": (2, 12), "drop": (12, 90)}[asked.shape]
    between(N_("Size"), asked.size, low, high)
    between(N_("Thickness"), asked.thickness, 1, min(8, asked.size / 2.5) if asked.shape == "hoop" else 8)
    metal, stones = {"hoop": _hoop, "stud": _stud, "drop": _drop}[asked.shape](asked)
    apart = float(metal.bounding_box()[3] - metal.bounding_box()[0]) * 0.5 + 5
    pair = union([metal.translate((-apart, 0, 0)), metal.translate((apart, 0, 0))])
    gems = None if stones is None else union([stones.translate((-apart, 0, 0)), stones.translate((apart, 0, 0))])
    return _piece("earrings", pair, gems, asked, size=asked.size, thickness=asked.thickness)


def _hoop(asked: Earring) -> tuple[Manifold, Manifold | None]:
    """A tube that is full below and fine at the ear, with a post across the gap."""
    angle = np.linspace(np.radians(18), np.radians(342), 120)
    fine = 0.55 + 0.45 * (0.5 - 0.5 * np.cos(angle))
    wire = asked.thickness / 2 * fine
    radius = asked.size / 2 - wire
    path = np.stack([radius * np.sin(angle), np.zeros(120), radius * np.cos(angle)], -1)
    # One plane: "up" across it keeps the section from twisting.
    tube = rod(path, wire, up=(0, 1, 0), segments=28)
    post = rod(
        smooth(np.array([path[-1], path[-1] * 1.0 + (radius.mean() * 0.15, 0, radius.mean() * 0.06), path[0]])),
        0.4,
        up=(0, 1, 0),
        segments=14,
    )
    return turned(union([tube, post]), "z", 50), None


def _stud(asked: Earring) -> tuple[Manifold, Manifold | None]:
    stone = brilliant(asked.size)
    base = -asked.size * 0.55
    post = Manifold.cylinder(9.5, 0.42, -1, 24).translate((0, 0, base - 9.2))
    metal = union(
        [
            prongs(asked.size, 0, base, 4),
            post,
            Manifold.cylinder(0.7, asked.size * 0.16, -1, 32).translate((0, 0, base - 0.4)),
        ]
    )
    return _upright(metal), _upright(stone)


def _drop(asked: Earring) -> tuple[Manifold, Manifold | None]:
    """A shepherd's hook, and a long drop with a stone between."""
    length = asked.size
    stone_mm = max(2.0, length * 0.14)
    body, _none, top = _pendant_body("drop", length * 0.5)
    place = -length + length * 0.25
    neck = place + top
    set_stone = bezel(stone_mm, 0, -stone_mm * 0.34)
    collar = float(stone_mm / 2 + max(0.5, stone_mm * 0.09))
    middle = neck + collar + 0.2
    bend = np.array([(0, 0, middle + collar * 0.85), (0, 0, 3.0), (0, 4.0, 9.0), (0, 8.5, 7.0), (0, 9.5, -4.0)])
    hook = rod(smooth(bend, 60), 0.42, up=(1, 0, 0), segments=14)
    link = rod([(0, 0, neck - 1.2), (0, 0, middle - collar * 0.8)], 0.5, up=(1, 0, 0))
    metal = union([body.translate((0, 0, place)), link, _upright(set_stone).translate((0, 0, middle)), hook])
    return metal, _upright(brilliant(stone_mm)).translate((0, 0, middle))
