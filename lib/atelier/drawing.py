"""Smooth paths in centimetres: what every drawing of the atelier is made of; its SVG is written by ``markup``.

x runs to the viewer's right and y down, as in SVG. Every curve is a cubic Bézier: what a designer opens in a drawing
tool has few, movable points. ``sampled`` gives the same path as a polygon for whoever computes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.markup import OVERLAP, Fill, Pixels, Tile, element, number, png, title

__all__ = [
    "OVERLAP",
    "Cubic",
    "Fill",
    "Path",
    "Pen",
    "Pixels",
    "Point",
    "Points",
    "Tile",
    "beyond",
    "box",
    "element",
    "ellipse",
    "inside",
    "line",
    "png",
    "smooth",
    "title",
    "whole",
]

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Path:
    """A start and the cubic Béziers that follow it, each as (first handle, second handle, end)."""

    start: Point
    cubics: tuple[Cubic, ...]
    closed: bool = False

    @property
    def end(self) -> Point:
        """Where the last curve ends."""
        return self.cubics[-1][2] if self.cubics else self.start

    def d(self) -> str:
        """SVG's path data, in tenths of a millimetre."""
        parts = [f"M{number(self.start[0])} {number(self.start[1])}"]
        at = self.start
        for one, two, end in self.cubics:
            parts.append(
                f"L{_pair(end)}" if _straight(at, one, two, end) else f"C{_pair(one)} {_pair(two)} {_pair(end)}"
            )
            at = end
        return "".join(parts) + ("Z" if self.closed else "")

    def sampled(self, steps: int = 12) -> Points:
        """Points along the path, (n, 2) in cm: ``steps`` to a curve, the start once."""
        t = np.linspace(0, 1, steps + 1)[1:, None]
        rows = [np.array([self.start])]
        at = np.array(self.start)
        for cubic in self.cubics:
            one, two, end = (np.array(point) for point in cubic)
            rows.append((1 - t) ** 3 * at + 3 * (1 - t) ** 2 * t * one + 3 * (1 - t) * t**2 * two + t**3 * end)
            at = end
        return np.concatenate(rows)

    def mirrored(self) -> Path:
        """The same path on the other side of x = 0."""
        flip = [((-a[0], a[1]), (-b[0], b[1]), (-c[0], c[1])) for a, b, c in self.cubics]
        return Path((-self.start[0], self.start[1]), tuple(flip), self.closed)

    def reversed(self) -> Path:
        """The same path, drawn from its end."""
        starts = [self.start, *(cubic[2] for cubic in self.cubics[:-1])]
        back = [(two, one, start) for start, (one, two, _end) in zip(starts, self.cubics, strict=True)]
        return Path(self.end, tuple(reversed(back)), self.closed)

    def joined(self, other: Path) -> Path:
        """This path and then the other; a gap between them is closed with a straight line."""
        gap = () if _near(self.end, other.start) else (_line(self.end, other.start),)
        return Path(self.start, (*self.cubics, *gap, *other.cubics))

    def close(self) -> Path:
        """The same path, closed with a straight line where its ends lie apart."""
        gap = () if _near(self.end, self.start) else (_line(self.end, self.start),)
        return Path(self.start, (*self.cubics, *gap), closed=True)

    def moved(self, x: float, y: float) -> Path:
        """The same path elsewhere."""
        cubics = [((a[0] + x, a[1] + y), (b[0] + x, b[1] + y), (c[0] + x, c[1] + y)) for a, b, c in self.cubics]
        return Path((self.start[0] + x, self.start[1] + y), tuple(cubics), self.closed)

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the curve itself, in cm."""
        points = self.sampled()
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def area(self) -> float:
        """Enclosed area in cm², by the shoelace formula."""
        x, y = self.sampled().T
        return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)

    def at(self, t: float) -> Point:
        """The point at share ``t`` of the path's length."""
        points = self.sampled(24)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        want = t * along[-1]
        return float(np.interp(want, along, points[:, 0])), float(np.interp(want, along, points[:, 1]))

    def part(self, low: float, high: float) -> Path:
        """The stretch between two shares of the length, redrawn smoothly."""
        count = max(3, round(2 + 3 * len(self.cubics) * (high - low)))
        return smooth([self.at(low + (high - low) * step / count) for step in range(count + 1)])

    def beside(self, distance: float) -> Path:
        """A parallel at ``distance`` cm, to the right of the drawing direction (in y-down terms: inwards of a
        clockwise outline)."""
        points = self.sampled(12)
        ahead = np.gradient(points, axis=0)
        ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
        moved = points + distance * np.column_stack([-ahead[:, 1], ahead[:, 0]])
        kept = [*range(0, len(moved) - 1, 3), len(moved) - 1]
        return smooth([(float(x), float(y)) for x, y in moved[kept]])


class Pen:
    """Draws a path step by step: ``Pen(0, 0).line(1, 0).curve((2, 0), (2, 1), (2, 2)).path()``."""

    def __init__(self, x: float, y: float) -> None:
        self.start: Point = (x, y)
        self.at: Point = (x, y)
        self.cubics: list[Cubic] = []

    def line(self, x: float, y: float) -> Pen:
        """A straight line."""
        self.cubics.append(_line(self.at, (x, y)))
        self.at = (x, y)
        return self

    def curve(self, one: Point, two: Point, end: Point) -> Pen:
        """A cubic Bézier with its two handles."""
        self.cubics.append((one, two, end))
        self.at = end
        return self

    def bow(self, x: float, y: float, sag: float) -> Pen:
        """An arc-like curve that leaves the straight line by ``sag`` cm, to the right of the direction."""
        dx, dy = x - self.at[0], y - self.at[1]
        length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
        ox, oy = -dy / length * sag * 4 / 3, dx / length * sag * 4 / 3
        one = (self.at[0] + dx / 3 + ox, self.at[1] + dy / 3 + oy)
        return self.curve(one, (self.at[0] + 2 * dx / 3 + ox, self.at[1] + 2 * dy / 3 + oy), (x, y))

    def follow(self, other: Path) -> Pen:
        """Another path's curves, with a line to its start where it lies apart."""
        if not _near(self.at, other.start):
            self.line(*other.start)
        self.cubics.extend(other.cubics)
        self.at = other.end
        return self

    def path(self) -> Path:
        """What was drawn, open."""
        return Path(self.start, tuple(self.cubics))

    def closed(self) -> Path:
        """What was drawn, closed."""
        return self.path().close()


def smooth(points: Sequence[Point]) -> Path:
    """A smooth curve through the points (Catmull and Rom, 1974, as cubic Béziers)."""
    cubics: list[Cubic] = []
    for index in range(len(points) - 1):
        before, here = points[max(index - 1, 0)], points[index]
        there, after = points[index + 1], points[min(index + 2, len(points) - 1)]
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        cubics.append((one, two, there))
    return Path(points[0], tuple(cubics))


def line(*points: Point) -> Path:
    """Straight lines through the points."""
    pen = Pen(*points[0])
    for x, y in points[1:]:
        pen.line(x, y)
    return pen.path()


def ellipse(x: float, y: float, rx: float, ry: float | None = None) -> Path:
    """An ellipse around (x, y)."""
    ry = rx if ry is None else ry
    k, j = rx * 0.5523, ry * 0.5523  # handles of the closest cubic to a quarter circle
    pen = Pen(x, y - ry).curve((x + k, y - ry), (x + rx, y - j), (x + rx, y))
    pen.curve((x + rx, y + j), (x + k, y + ry), (x, y + ry)).curve((x - k, y + ry), (x - rx, y + j), (x - rx, y))
    return pen.curve((x - rx, y - j), (x - k, y - ry), (x, y - ry)).closed()


def box(x: float, y: float, width: float, height: float, corner: float = 0.0) -> Path:
    """A rectangle with its top left at (x, y), its corners rounded by ``corner`` cm."""
    r = min(corner, width / 2, height / 2)
    if r <= 0:
        return line((x, y), (x + width, y), (x + width, y + height), (x, y + height)).close()
    k, right, low = r * 0.4477, x + width, y + height
    pen = Pen(x + r, y).line(right - r, y).curve((right - k, y), (right, y + k), (right, y + r))
    pen.line(right, low - r).curve((right, low - k), (right - k, low), (right - r, low)).line(x + r, low)
    pen.curve((x + k, low), (x, low - k), (x, low - r)).line(x, y + r)
    return pen.curve((x, y + k), (x + k, y), (x + r, y)).closed()


def whole(half: Path) -> Path:
    """The closed outline whose right half, from x = 0 back to x = 0, is ``half``."""
    return half.joined(half.mirrored().reversed()).close()


def inside(points: Points, polygon: Points) -> NDArray[np.bool_]:
    """Which of the points, (n, 2), lie in the polygon, (m, 2): the even-odd rule."""
    x, y = points[:, 0][:, None], points[:, 1][:, None]
    ax, ay = polygon[:, 0][None], polygon[:, 1][None]
    bx, by = np.roll(ax, -1, axis=1), np.roll(ay, -1, axis=1)
    rise = np.where(by == ay, 1.0, by - ay)
    crosses = ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / rise)
    return np.asarray(crosses.sum(axis=1) % 2 == 1)


def beyond(points: Points, polygons: Sequence[Points]) -> Points:
    """How far each point, (n, 2), lies outside the union of the polygons, in cm; 0 inside."""
    away = np.zeros(len(points))
    out = ~np.any([inside(points, polygon) for polygon in polygons], axis=0)
    if out.any():
        edges = np.concatenate(polygons)
        along = np.concatenate([np.roll(polygon, -1, axis=0) for polygon in polygons]) - edges
        start = points[out][:, None] - edges[None]
        share = np.einsum("ijk,jk->ij", start, along) / np.maximum((along**2).sum(axis=1), 1e-12)
        gaps = start - np.clip(share, 0, 1)[..., None] * along[None]
        away[out] = np.hypot(gaps[..., 0], gaps[..., 1]).min(axis=1)
    return away


def _line(start: Point, end: Point) -> Cubic:
    dx, dy = (end[0] - start[0]) / 3, (end[1] - start[1]) / 3
    return (start[0] + dx, start[1] + dy), (end[0] - dx, end[1] - dy), end


def _straight(start: Point, one: Point, two: Point, end: Point) -> bool:
    made = _line(start, end)
    return _near(made[0], one) and _near(made[1], two)


def _near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 1e-6 and abs(a[1] - b[1]) < 1e-6


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
