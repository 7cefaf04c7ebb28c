"""Closed solids to build pieces from: lofts, tubes, lathes, slabs, stones. Millimetres; z is up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import CrossSection, Manifold, Mesh, OpType
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
AROUND = 128
SECTION = 24


def union(shapes: Sequence[Manifold]) -> Manifold:
    """All shapes as one solid."""
    return Manifold.batch_boolean(list(shapes), OpType.Add)


def without_dust(shape: Manifold, least_mm3: float = 0.1) -> Manifold:
    """The shape without the slivers, thinner than a rounding, that are left where two surfaces nearly meet."""
    pieces = shape.decompose()
    kept = [piece for piece in pieces if piece.volume() >= least_mm3]
    return shape if len(kept) == len(pieces) else Manifold.compose(kept)


def solid(vertices: Array, triangles: NDArray[np.int64]) -> Manifold:
    """A solid from vertices (n, 3) and triangles (m, 3), turned right side out."""
    for order in (triangles, triangles[:, ::-1]):
        mesh = Mesh(
            vert_properties=np.ascontiguousarray(vertices, dtype=np.float32),
            tri_verts=np.ascontiguousarray(order, dtype=np.uint32),
        )
        shape = Manifold(mesh)
        if shape.volume() > 0:
            return shape
    return shape


def loft(rings: Array, closed: bool = False) -> Manifold:
    """A skin over rings of points (n, m, 3); ``closed`` joins the last ring to the first, else both ends get a lid."""
    count, around, _xyz = rings.shape
    index = np.arange(count * around).reshape(count, around)
    lower = index if closed else index[:-1]
    upper = np.roll(index, -1, axis=0) if closed else index[1:]
    a, b, c, d = lower, np.roll(lower, -1, axis=1), np.roll(upper, -1, axis=1), upper
    triangles = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    vertices = rings.reshape(-1, 3)
    if not closed:
        for ring, flip in ((0, True), (count - 1, False)):
            centre = len(vertices)
            vertices = np.vstack([vertices, rings[ring].mean(axis=0)])
            first, second = index[ring], np.roll(index[ring], -1)
            order = [second, first] if flip else [first, second]
            triangles.append(np.stack([*order, np.full(around, centre)], -1))
    return solid(vertices, np.concatenate(triangles))


def superellipse(width: float, height: float, power: float = 2.0, count: int = SECTION) -> Array:
    """Points (count, 2) on |x/a|^p + |y/b|^p = 1: 2 is an ellipse, 6 nearly a box (Lamé, 1818)."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    x = np.sign(cos) * np.abs(cos) ** (2 / power) * width / 2
    y = np.sign(sin) * np.abs(sin) ** (2 / power) * height / 2
    return np.stack([x, y], -1)


def directions(path: Array, closed: bool) -> Array:
    """Unit tangents (n, 3) of a path (n, 3), by central differences."""
    step = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0) if closed else np.gradient(path, axis=0)
    length = np.linalg.norm(step, axis=1, keepdims=True)
    tangents: Array = step / np.maximum(length, 1e-12)
    return tangents


def sweep(
    path: ArrayLike, section: Array, scale: ArrayLike = 1.0, up: ArrayLike = (0, 0, 1), closed: bool = False
) -> Manifold:
    """A section (m, 2) carried along a path (n, 3); its second axis stays as near to ``up`` as the path lets it.

    ``scale`` is one number, one a point (n,), or one a point and axis (n, 2).
    """
    line = np.asarray(path, dtype=float)
    tangent = directions(line, closed)
    side = np.cross(tangent, np.asarray(up, dtype=float))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-12)
    rise = np.cross(side, tangent)
    grow = np.asarray(scale, dtype=float)
    grow = np.broadcast_to(grow[:, None] if grow.ndim == 1 else grow, (len(line), 2))
    flat = section[None] * grow[:, None, :]
    rings = line[:, None] + flat[..., :1] * side[:, None] + flat[..., 1:] * rise[:, None]
    return loft(rings, closed)


def rod(path: ArrayLike, radius: ArrayLike, up: ArrayLike = (0, 0, 1), segments: int = 20) -> Manifold:
    """A round rod along a path (n, 3), with rounded ends; ``radius`` is one number or one a point."""
    line = np.asarray(path, dtype=float)
    thick = np.broadcast_to(np.asarray(radius, dtype=float), (len(line),))
    tangent = directions(line, False)
    turn = np.linspace(0.06, np.pi / 2, 6)[:-1]
    head = line[0] - tangent[0] * (thick[0] * np.cos(turn))[:, None]
    tail = line[-1] + tangent[-1] * (thick[-1] * np.cos(turn[::-1]))[:, None]
    around = np.concatenate([thick[0] * np.sin(turn), thick, thick[-1] * np.sin(turn[::-1])])
    return sweep(np.vstack([head, line, tail]), superellipse(2, 2, 2, segments), around, up)


def lathe(profile: Sequence[tuple[float, float]], segments: int = AROUND) -> Manifold:
    """A profile of (radius, height) turned around z. It is closed by its own last line."""
    return CrossSection([np.asarray(profile, dtype=float)]).revolve(segments)


def ring_of(radius: float, thickness: float, segments: int = 64) -> Manifold:
    """A torus around z: ``radius`` to the middle of a wire of this thickness."""
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    path = np.stack([radius * np.cos(angle), radius * np.sin(angle), np.zeros(segments)], -1)
    return sweep(path, superellipse(thickness, thickness, 2, 16), closed=True)


def slab(outline: ArrayLike, thickness: float, bevel: float) -> Manifold:
    """A convex outline (n, 2) as a slab from z = 0 up, with edges rounded by ``bevel``."""
    base = CrossSection([np.asarray(outline, dtype=float)])
    layers = []
    for angle in np.linspace(0, np.pi / 2, 5):
        inset, rise = bevel * (1 - np.cos(angle)), bevel * (1 - np.sin(angle))
        ring = base.offset(-inset) if inset > 1e-9 else base
        layers.append(ring.extrude(max(thickness - 2 * rise, 1e-3)).translate((0, 0, rise)))
    return Manifold.batch_hull(layers)


def brilliant(diameter: float) -> Manifold:
    """A round brilliant with its girdle at z = 0: 57% table, crown 34 degrees, pavilion 41 (Tolkowsky, 1919, about)."""
    points: list[tuple[float, float, float]] = [(0.0, 0.0, -0.431)]
    for count, radius, height, shift in (
        (8, 0.285, 0.162, 0.5),
        (8, 0.425, 0.078, 0),
        (16, 0.5, 0.012, 0),
        (16, 0.5, -0.012, 0),
        (8, 0.27, -0.235, 0.5),
    ):
        for k in range(count):
            angle = 2 * np.pi * (k + shift) / count
            points.append((radius * np.cos(angle), radius * np.sin(angle), height))
    return Manifold.hull_points(np.asarray(points) * diameter)


def turned(shape: Manifold, axis: str, degrees: float) -> Manifold:
    """The shape turned around ``x``, ``y`` or ``z``."""
    return shape.rotate(tuple(degrees if name == axis else 0.0 for name in "xyz"))
