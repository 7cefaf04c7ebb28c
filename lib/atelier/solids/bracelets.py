"""Bracelets: bangle, cuff, chain and a row of stones. Millimetres; the wrist goes along z."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manifold3d import Manifold
from numpy.typing import NDArray

from lib.atelier.solids.forms import Array, brilliant, loft, superellipse, sweep, turned, union
from lib.atelier.solids.materials import material
from lib.atelier.solids.model import Part, Piece, between, one_of
from lib.atelier.solids.settings import bezel
from lib.i18n import N_

BRACELETS = ("bangle", "cuff", "chain", "tennis")


@dataclass(frozen=True)
class Bracelet:
    """A bracelet for a wrist of ``girth`` mm inside; ``width`` along the arm, ``thickness`` away from it."""

    shape: str = "bangle"
    girth: float = 180.0
    width: float = 8.0
    thickness: float = 3.0
    metal: str = "gold_18k_yellow"
    stone: str = "diamond"


def bracelet(asked: Bracelet) -> Piece:
    """The bracelet as solids, lying flat.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Bracelet"), asked.shape, BRACELETS)
    between(N_("Girth"), asked.girth, 120, 260)
    between(N_("Width"), asked.width, 2, 40)
    between(N_("Thickness"), asked.thickness, 1.2, 8)
    maker = {"bangle": _bangle, "cuff": _cuff, "chain": _chain, "tennis": _tennis}[asked.shape]
    metal, stones = maker(asked)
    parts = [Part(N_("Metal"), material(asked.metal), metal if stones is None else metal - stones)]
    if stones is not None:
        parts.append(Part(N_("Stones"), material(asked.stone), stones))
    return Piece("bracelet", tuple(parts), {"girth": asked.girth, "width": asked.width, "thickness": asked.thickness})


def oval(girth: float, ratio: float = 0.82, count: int = 200) -> tuple[Array, Array]:
    """(points, outward normals) of an ellipse of this circumference, evenly spaced by length."""
    angle = np.linspace(0, 2 * np.pi, 4001)
    curve = np.stack([np.cos(angle), ratio * np.sin(angle)], -1)
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    even = np.interp(np.linspace(0, length[-1], count, endpoint=False), length, angle)
    points = np.stack([np.cos(even), ratio * np.sin(even)], -1) * girth / length[-1]
    normal = np.stack([ratio * np.cos(even), np.sin(even)], -1)
    return points, normal / np.linalg.norm(normal, axis=1, keepdims=True)


def _around(
    asked: Bracelet, keep: NDArray[np.int64] | None = None, scale: Array | None = None, power: float = 2.6
) -> Manifold:
    points, normal = oval(asked.girth)
    if keep is not None:
        points, normal = points[keep], normal[keep]
    grow = np.ones(len(points)) if scale is None else scale
    section = superellipse(asked.thickness, asked.width, power, 40)
    out = section[None, :, :1] * grow[:, None, None] + asked.thickness / 2
    flat = points[:, None] + out * normal[:, None]
    up = np.broadcast_to(section[None, :, 1] * grow[:, None], flat.shape[:2])
    return loft(np.concatenate([flat, up[..., None]], -1), closed=keep is None)


def _bangle(asked: Bracelet) -> tuple[Manifold, Manifold | None]:
    return _around(asked), None


def _cuff(asked: Bracelet) -> tuple[Manifold, Manifold | None]:
    """Open at the inner wrist by about a sixth of its girth, with rounded ends."""
    keep = np.roll(np.arange(200), 50)[17:184]
    along = np.linspace(0, 1, len(keep))
    edge = np.minimum(along, 1 - along) / 0.035
    scale = np.sqrt(1 - (1 - np.clip(edge, 0.02, 1)) ** 2)
    return _around(asked, keep, scale), None


def _chain(asked: Bracelet) -> tuple[Manifold, Manifold | None]:
    """Links, each through the next one and none touching it: an even number, so that the last fits the first."""
    wire = asked.thickness / 2.2
    length = max(asked.width * 1.3, wire * 6)
    width = max(asked.width, wire * 4.2)
    pitch = length - 2.2 * wire
    count = max(2 * round((asked.girth + np.pi * width) / pitch / 2), 8)
    points, normal = oval(count * pitch * 1.004, count=count)
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    stadium = superellipse(length - wire, width - wire, 2.8, 72)
    path = np.column_stack([stadium, np.zeros(len(angle))])
    link = sweep(path, superellipse(wire, wire, 2, 16), closed=True)
    links = []
    for k, (point, out) in enumerate(zip(points, normal, strict=True)):
        heading = float(np.degrees(np.arctan2(out[0], -out[1])))
        roll = 45.0 if k % 2 else -45.0
        links.append(turned(turned(link, "x", roll), "z", heading).translate((float(point[0]), float(point[1]), 0.0)))
    return Manifold.compose(links), None


def _tennis(asked: Bracelet) -> tuple[Manifold, Manifold | None]:
    """Stones in a row, each in its bezel, on a flexible core."""
    size = min(asked.width * 0.8, 6.0)
    pitch = size * 1.24
    count = int(asked.girth / pitch)
    points, normal = oval(asked.girth + 2 * np.pi * size * 0.4, count=count)
    setting, stone = bezel(size, 0, -size * 0.4, 36), brilliant(size)
    metals, stones = [], []
    for point, out in zip(points, normal, strict=True):
        place = (float(point[0]), float(point[1]), 0.0)
        heading = float(np.degrees(np.arctan2(out[1], out[0])))
        metals.append(turned(turned(setting, "y", 90), "z", heading).translate(place))
        stones.append(turned(turned(stone, "y", 90), "z", heading).translate(place))
    core_points, core_normal = oval(asked.girth + 2 * np.pi * size * 0.4, count=200)
    core = np.column_stack([core_points - core_normal * size * 0.27, np.zeros(200)])
    metals.append(sweep(core, superellipse(size * 0.22, size * 0.5, 4, 20), closed=True))
    return union(metals), union(stones)
