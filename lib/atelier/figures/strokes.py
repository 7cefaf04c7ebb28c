"""Lines with a beginning, a pressure and an end, as an illustrator's pen leaves them: filled outlines, not strokes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def curve(points: ArrayLike, steps: int = 8, closed: bool = False) -> Array:
    """Dense points on a smooth curve through the points (n, 2): centripetal Catmull-Rom (Yuksel and others, 2011)."""
    p = np.asarray(points, dtype=float)
    p = np.vstack([p[-1:], p, p[:2]] if closed else [2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    gaps = np.maximum(np.linalg.norm(np.diff(p, axis=0), axis=1), 1e-6) ** 0.5
    knots = np.concatenate([[0], np.cumsum(gaps)])
    rows = []
    for k in range(1, len(p) - 2):
        t = np.linspace(knots[k], knots[k + 1], steps, endpoint=False)[:, None]
        rows.append(_between(p[k - 1 : k + 3], knots[k - 1 : k + 3], t))
    if not closed:
        rows.append(p[-2:-1])
    return np.vstack(rows)


def _between(p: Array, k: Array, t: Array) -> Array:
    """Barry and Goldman's pyramid (1988) on four points and knots."""
    a1 = (k[1] - t) / (k[1] - k[0]) * p[0] + (t - k[0]) / (k[1] - k[0]) * p[1]
    a2 = (k[2] - t) / (k[2] - k[1]) * p[1] + (t - k[1]) / (k[2] - k[1]) * p[2]
    a3 = (k[3] - t) / (k[3] - k[2]) * p[2] + (t - k[2]) / (k[3] - k[2]) * p[3]
    b1 = (k[2] - t) / (k[2] - k[0]) * a1 + (t - k[0]) / (k[2] - k[0]) * a2
    b2 = (k[3] - t) / (k[3] - k[1]) * a2 + (t - k[1]) / (k[3] - k[1]) * a3
    result: Array = (k[2] - t) / (k[2] - k[1]) * b1 + (t - k[1]) / (k[2] - k[1]) * b2
    return result


def normals(line: Array) -> Array:
    """Unit normals (n, 2), to the right of the direction as seen with y down."""
    step = np.gradient(line, axis=0)
    step /= np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9)
    return np.stack([-step[:, 1], step[:, 0]], -1)


def pen(line: Array, width: float, start: float = 0.0, end: float = 0.0, swell: float = 0.55) -> Array:
    """A pen's line as an outline: ``width`` cm at its fullest (at share ``swell``), shares of it at its tips."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    t = length / max(length[-1], 1e-9)
    rise = np.clip(t / swell, 0, 1)
    fall = np.clip((1 - t) / (1 - swell), 0, 1)
    press = np.minimum(
        start + (1 - start) * np.sin(rise * np.pi / 2) ** 0.8, end + (1 - end) * np.sin(fall * np.pi / 2) ** 0.8
    )
    side = normals(line) * (press * width / 2)[:, None]
    return np.vstack([line + side, (line - side)[::-1]])


def tube(line: Array, radii: ArrayLike, tip: bool = True) -> Array:
    """The outline of a soft form along a line, with these half-widths spread evenly over it; ``tip`` rounds its end."""
    given = np.asarray(radii, dtype=float)
    half = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(given)), given)
    side = normals(line) * half[:, None]
    right, left = line + side, line - side
    if not tip:
        return np.vstack([right, left[::-1]])
    ahead = line[-1] - line[-2]
    ahead /= max(float(np.linalg.norm(ahead)), 1e-9)
    turn = np.linspace(0, np.pi, 9)[1:-1]
    across = side[-1]
    cap = line[-1] + np.cos(turn)[:, None] * across + np.sin(turn)[:, None] * ahead * half[-1]
    return np.vstack([right, cap, left[::-1]])


def edge_tone(edge: Array, other: Array, share: float) -> Array:
    """A strip along an edge, ``share`` of the way to the other edge at its middle, none at its ends."""
    t = np.linspace(0, 1, len(edge))
    across = np.stack([np.interp(t, np.linspace(0, 1, len(other)), other[:, k]) for k in (0, 1)], -1)
    depth = (share * np.sin(np.pi * t) ** 0.6)[:, None]
    return np.vstack([edge, (edge + (across - edge) * depth)[::-1]])


def data(points: Array, closed: bool = True) -> str:
    """SVG path data of a polygon, in tenths of a millimetre."""
    pairs = "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return f"M{pairs}" + ("Z" if closed else "")


def filled(points: Array | Sequence[tuple[float, float]], colour: str, opacity: float = 1.0) -> str:
    """A filled polygon as an SVG element."""
    faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return f'<path d="{data(np.asarray(points, dtype=float))}" fill="{colour}"{faint}/>'
