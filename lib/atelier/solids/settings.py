"""How stones are held: prongs, bezel, halo, beads. The girdle of the stone lies at the height given; z is up."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from lib.atelier.solids.forms import brilliant, lathe, ring_of, rod, union


def prongs(stone_mm: float, girdle: float, base: float, count: int = 6) -> Manifold:
    """A basket: prongs that rise from one point at ``base`` and bend over the stone, with a gallery between."""
    radius, wire = stone_mm / 2, max(0.45, stone_mm * 0.085)
    posts = []
    for k in range(count):
        angle = 2 * np.pi * (k + 0.5) / count
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        foot = np.array([0.0, 0.0, base])
        path = [
            foot + out * radius * 0.22,
            foot + out * radius * 0.62 + (0, 0, (girdle - base) * 0.45),
            np.array([0, 0, girdle - 0.02 * stone_mm]) + out * (radius + wire * 0.15),
            np.array([0, 0, girdle + 0.07 * stone_mm]) + out * (radius + wire * 0.05),
            np.array([0, 0, girdle + 0.125 * stone_mm]) + out * (radius * 0.86),
        ]
        posts.append(rod(_rounded(np.asarray(path)), wire / 2, up=np.cross(out, (0, 0, 1)), segments=14))
    level = base + (girdle - base) * 0.5
    return union([*posts, ring_of(radius * 0.66, wire * 0.9).translate((0, 0, level))])


def _rounded(path: np.ndarray, count: int = 24) -> np.ndarray:
    """A smooth curve through the points (Catmull and Rom, 1974)."""
    ends = np.vstack([2 * path[0] - path[1], path, 2 * path[-1] - path[-2]])
    pieces = []
    t = np.linspace(0, 1, max(count // (len(path) - 1), 2), endpoint=False)[:, None]
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    curve: np.ndarray = np.vstack([*pieces, path[-1:]])
    return curve


smooth = _rounded


def bezel(stone_mm: float, girdle: float, base: float, segments: int = 72) -> Manifold:
    """A collar around the stone, open below, whose lip lies on the crown."""
    radius, wall = stone_mm / 2, max(0.5, stone_mm * 0.09)
    lip = girdle + stone_mm * 0.06
    profile = [
        (radius * 0.45, base), (radius * 0.45 + wall, base), (radius + wall, girdle - stone_mm * 0.1),
        (radius + wall, lip - 0.15), (radius + wall * 0.7, lip), (radius * 0.93, lip), (radius * 0.93, girdle),
    ]  # fmt: skip
    return lathe(profile, segments)


def halo(stone_mm: float, girdle: float, small_mm: float) -> tuple[Manifold, Manifold]:
    """(metal, stones): a ring of small stones around the middle one, each in its seat."""
    radius = stone_mm / 2 + small_mm * 0.68
    count = int(2 * np.pi * radius / (small_mm * 1.12))
    plate = lathe([
        (stone_mm / 2 + 0.05, girdle - small_mm * 0.75), (radius + small_mm * 0.66, girdle - small_mm * 0.75),
        (radius + small_mm * 0.66, girdle + 0.02), (stone_mm / 2 + 0.05, girdle + 0.02),
    ])  # fmt: skip
    stones = []
    beads = []
    for k in range(count):
        angle = 2 * np.pi * k / count
        stones.append(brilliant(small_mm).translate((radius * np.cos(angle), radius * np.sin(angle), girdle)))
        for side in (-0.42, 0.42):
            half, reach = angle + np.pi / count, radius + side * small_mm
            beads.append(
                Manifold.sphere(small_mm * 0.13, 12).translate(
                    (reach * np.cos(half), reach * np.sin(half), girdle + 0.03)
                )
            )
    gems = union(stones)
    return union([plate, *beads]) - gems, gems
