"""A triangle of three ingredients with the others held: predicted response or its uncertainty, and the trials on it.

Drawn in lower-bound pseudo-components (Cornell, 2002), zoomed to what is allowed, so that a constrained mixture fills
the picture. Bands are cut out of a fine triangulation by linear interpolation.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.beauty_formulation.slices import ends, filler
from lib.merchandising.beauty_formulation.space import Array, Polytope

Point = tuple[float, float]
Ring = list[Point]
Mark = tuple[str, Array, bool, bool]  # name, mixture, whether it is proposed, whether it is the best
CUTS = 22  # small triangles along a side
BANDS = 7
HEIGHT = float(np.sqrt(3) / 2)


@dataclass(frozen=True)
class Band:
    """All places whose value lies between ``low`` and ``high``, as polygons in the unit triangle."""

    low: float
    high: float
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Dot:
    """A trial or a proposal on the picture. ``near`` is 1 where what is held is the same, towards 0 where it isn't."""

    name: str
    place: Point
    near: float
    proposed: bool = False
    best: bool = False


@dataclass(frozen=True)
class Ternary:
    """The picture. Corner k is ingredient k at its most; ``low`` and ``high`` are its percent on the opposite side and
    at the corner."""

    three: tuple[int, int, int]
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    bands: tuple[Band, ...]
    outline: tuple[Point, ...]
    dots: tuple[Dot, ...]
    outside: int  # trials beyond the triangle


def clip(ring: Sequence[Array], weights: Array, most: float) -> list[Array]:
    """The part of a convex ring where ``weights`` @ point <= ``most`` (Sutherland and Hodgman, 1974)."""
    found: list[Array] = []
    for at, point in enumerate(ring):
        before = ring[at - 1]
        here, there = most - float(weights @ point), most - float(weights @ before)
        if (here >= 0) != (there >= 0):
            found.append(before + (point - before) * (there / (there - here)))
        if here >= 0:
            found.append(point)
    return found


def allowed(part: Polytope, centre: Array, three: Sequence[int]) -> list[Array]:
    """The corners (in percent of the three) of what is allowed while the other ingredients stay as in ``centre``."""
    total = float(centre[list(three)].sum())
    ring = [total * np.eye(3)[at] for at in range(3)]
    held = part.a @ centre - part.a[:, three] @ centre[list(three)]
    for row, most in zip(part.a[:, three], part.b - held, strict=True):
        if np.any(row):
            ring = clip(ring, row, float(most) + 1e-9)
    return ring


def picture(
    part: Polytope,
    centre: Array,
    three: tuple[int, int, int],
    value: Callable[[Array], Array],
    marks: Sequence[Mark],
) -> Ternary:
    """The picture of ``value`` (of mixtures (n, p)) around ``centre``.

    Args:
        marks: name, mixture, whether it is proposed, whether it is the best.

    Raises:
        InputError: the three can't be exchanged for each other.
    """
    ring = allowed(part, centre, three)
    corners = np.array(ring).reshape(-1, 3)
    low = corners.min(axis=0) if len(corners) else np.zeros(3)
    room = float(centre[list(three)].sum() - low.sum())
    if len(corners) < 3 or room < 0.02:
        raise InputError(
            N_("These three can’t be exchanged for each other within the limits. Choose others for the picture.")
        )
    outline = tuple(_flat((point - low) / room) for point in ring)
    bands = _bands(centre, three, low, room, value, _halves(outline))
    dots, outside = _dots(marks, centre, three, low, room)
    return Ternary(three, _three(low), _three(low + room), bands, outline, dots, outside)


def _three(values: Array) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])


def _flat(shares: Array) -> Point:
    """Shares of the triangle (adding up to 1) as x and y: the first corner left, the second right, the third above."""
    return float(shares[1] + shares[2] / 2), float(shares[2] * HEIGHT)


def _halves(outline: Sequence[Point]) -> list[tuple[Array, float]]:
    """The outline's inside as half-planes."""
    points = np.array(outline)
    middle = points.mean(axis=0)
    found = []
    for at, point in enumerate(points):
        side = points[(at + 1) % len(points)] - point
        normal = np.array([side[1], -side[0]])
        if np.linalg.norm(normal) < 1e-9:
            continue
        if normal @ (middle - point) > 0:
            normal = -normal
        found.append((normal, float(normal @ point)))
    return found


def _bands(
    centre: Array,
    three: Sequence[int],
    low: Array,
    room: float,
    value: Callable[[Array], Array],
    halves: list[tuple[Array, float]],
) -> tuple[Band, ...]:
    grid = [(a, b) for a in range(CUTS + 1) for b in range(CUTS + 1 - a)]
    shares = np.array([(CUTS - a - b, a, b) for a, b in grid]) / CUTS
    mixtures = np.repeat(centre[None], len(grid), axis=0)
    mixtures[:, list(three)] = low + room * shares
    values = value(mixtures)
    place = {pair: at for at, pair in enumerate(grid)}
    flat = np.column_stack([shares[:, 1] + shares[:, 2] / 2, shares[:, 2] * HEIGHT, values])
    triangles = []
    for a, b in grid:
        if a + b < CUTS:
            triangles.append(flat[[place[a, b], place[a + 1, b], place[a, b + 1]]])
        if a + b < CUTS - 1:
            triangles.append(flat[[place[a + 1, b], place[a, b + 1], place[a + 1, b + 1]]])
    kept = [cut for triangle in triangles if len(cut := _inside(list(triangle), halves)) >= 3]
    if not kept:
        return ()
    seen = np.concatenate([np.array(cut)[:, 2] for cut in kept])
    edges = np.linspace(float(seen.min()), float(seen.max()) + 1e-12, BANDS + 1)
    return tuple(_band(kept, low_end, high_end) for low_end, high_end in itertools.pairwise(edges))


def _inside(ring: list[Array], halves: list[tuple[Array, float]]) -> list[Array]:
    for normal, most in halves:
        if not ring:
            break
        weights = np.append(normal, 0.0)
        if max(float(weights @ point) for point in ring) > most + 1e-9:
            ring = clip(ring, weights, most + 1e-9)
    return ring


def _band(kept: Sequence[list[Array]], low: float, high: float) -> Band:
    up = np.array([0.0, 0.0, 1.0])
    rings = []
    for ring in kept:
        values = [point[2] for point in ring]
        if max(values) < low or min(values) > high:
            continue
        cut = clip(clip(ring, up, high), -up, -low) if min(values) < low or max(values) > high else ring
        if len(cut) >= 3:
            rings.append(tuple((float(point[0]), float(point[1])) for point in cut))
    return Band(low, high, tuple(rings))


def _dots(
    marks: Sequence[Mark], centre: Array, three: Sequence[int], low: Array, room: float
) -> tuple[tuple[Dot, ...], int]:
    """A mixture stands where its amounts of the two smaller ingredients are; the largest takes the rest."""
    others = [at for at in range(len(centre)) if at not in three]
    total = float(centre[list(three)].sum())
    rest = int(np.argmax(centre[list(three)]))
    found, outside = [], 0
    for name, mixture, proposed, best in marks:
        own = mixture[list(three)].copy()
        own[rest] += total - own.sum()
        shares = (own - low) / room
        if shares.min() < -0.02:
            outside += 1
            continue
        away = float(np.abs(mixture[others] - centre[others]).sum()) / 2
        found.append(Dot(name, _flat(shares), float(np.exp(-away / 3)), proposed, best))
    return tuple(found), outside


def most_telling(part: Polytope, centre: Array, value: Callable[[Array], Array]) -> tuple[int, int, int]:
    """The three ingredients for the picture to begin with: they move the response, and the triangle is well filled.

    Each is moved against the filler from end to end of what is allowed. With the filler go the two whose changes,
    weighed by the share of the triangle that is allowed, add up to most.
    """
    change = _changes(part, centre, value)
    rest = filler(part, centre)
    strong = sorted(change.keys() - {rest}, key=lambda at: -change[at])[:7]
    best, worth = (0, 1, 2), -1.0
    for pair in itertools.combinations(strong, 2):
        three = (pair[0], pair[1], rest)
        found = _filled(part, centre, three) * (sum(change[at] for at in pair) + 1e-9)
        if found > worth:
            best, worth = three, found
    return best


def most_apart(part: Polytope, centre: Array, proposed: Array) -> tuple[int, int, int] | None:
    """The three ingredients in which the proposals (n, p) differ most, of those whose triangle shows most of them.

    One proposal alone is set against the centre. None where they don't differ.
    """
    shown = proposed if len(proposed) > 1 else np.vstack([centre[None], proposed])
    spread = np.ptp(shown, axis=0)
    free = [int(at) for at in np.argsort(-spread) if part.high[at] - part.low[at] > 0.02][:7]
    marks = [(str(at), mixture, True, False) for at, mixture in enumerate(proposed)]
    usable = [
        (_seen(part, centre, three, marks), float(spread[list(three)].sum()), three)
        for three in itertools.combinations(free, 3)
        if _filled(part, centre, three) > 0
    ]
    _count, apart, found = max(usable, default=(0, 0.0, None))
    return None if apart < 0.02 else found


def _seen(part: Polytope, centre: Array, three: Sequence[int], marks: Sequence[Mark]) -> int:
    """How many of the marks lie within the triangle."""
    low = np.array(allowed(part, centre, three)).reshape(-1, 3).min(axis=0)
    dots, _outside = _dots(marks, centre, three, low, float(centre[list(three)].sum() - low.sum()))
    return len(dots)


def _changes(part: Polytope, centre: Array, value: Callable[[Array], Array]) -> dict[int, float]:
    """How much each ingredient that may vary changes the response."""
    rest = filler(part, centre)
    change: dict[int, float] = {}
    for at in range(len(centre)):
        low, high = ends(part, centre, at, rest) if at != rest else (0.0, 0.0)
        if high - low < 0.02:
            continue
        path = np.repeat(centre[None], 9, axis=0)
        steps = np.linspace(low, high, 9)
        path[:, at] += steps
        path[:, rest] -= steps
        change[at] = float(np.ptp(value(path)))
    return change


def _filled(part: Polytope, centre: Array, three: Sequence[int]) -> float:
    """The share of the zoomed triangle that is allowed."""
    corners = np.array(allowed(part, centre, three)).reshape(-1, 3)
    if len(corners) < 3:
        return 0.0
    low = corners.min(axis=0)
    room = float(centre[list(three)].sum() - low.sum())
    if room < 0.02:
        return 0.0
    flat = np.array([_flat((corner - low) / room) for corner in corners])
    x, y = flat[:, 0], flat[:, 1]
    return float(abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2 / (HEIGHT / 2))
