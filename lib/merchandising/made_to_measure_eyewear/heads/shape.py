"""The surface of an invented head, in millimetres: x to the viewer's right, y up, z towards the viewer.

The origin lies between the two corneas. The head is a stack of horizontal sections (superellipses, as wide as the face
is at that height) from chin to crown, pushed in and out along z by smooth bumps for brow, sockets, nose, lips and chin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EYEBALL = 12.0  # radius; the cornea's apex stands at z = 0
BEHIND = 10.5  # from the pupil's plane back to the eye's centre of rotation
LEVELS, AROUND = 300, 320


@dataclass(frozen=True)
class Head:
    """The measurements in millimetres that an invented head is built to, and its colours.

    ``pd`` is the distance between the pupils of eyes that look far away, ``temples`` the breadth of the face beside
    the eyes, ``nose`` the width of the nose halfway down its bridge's flank, ``length`` from the eyes' line to the
    chin, ``ear`` from the corneas' plane back to where a temple bends, ``iris`` the iris's diameter, ``tone`` on
    Monk's scale.
    """

    pd: float = 63.0
    temples: float = 142.0
    nose: float = 18.0
    length: float = 114.0
    ear: float = 100.0
    iris: float = 11.7
    jaw: float = 0.80  # breadth at the jaw's corner over the breadth at the temples
    nose_high: float = 1.0  # how far the nose stands out, 1 is usual
    lips: float = 1.0
    tone: int = 4
    hair: str = "#2a1d16"
    eyes: str = "#5b3d26"
    brow: float = 1.0
    longer: float = 0.0  # asymmetry: how many millimetres the left pupil stands further out than the right


def _curve(at: Array, points: tuple[tuple[float, float], ...]) -> Array:
    """A smooth curve through (place, value) points: monotone cubic between them (Fritsch and Carlson, 1980)."""
    from scipy.interpolate import PchipInterpolator

    x, y = np.array(points, dtype=float).T
    curve: Array = PchipInterpolator(x, y, extrapolate=True)(np.clip(at, x[0], x[-1]))
    return curve


def half_width(head: Head, y: Array) -> Array:
    """Half the head's breadth at the height ``y``."""
    low = -head.length
    shares = (
        (low - 2, 0.10), (low + 3, 0.33), (low + 14, 0.56), (low + 38, head.jaw), (-42, 0.945), (-20, 0.99),
        (0, 1.0), (18, 0.985), (45, 1.0), (75, 0.96), (100, 0.80), (118, 0.52), (128, 0.12),
    )  # fmt: skip
    widths: Array = head.temples / 2 * _curve(y, shares)
    return widths


def _midline(head: Head, y: Array) -> Array:
    """How far forward the middle of the face stands at ``y``, without nose, lips and chin."""
    low = -head.length
    points = (
        (low - 2, -16.0), (low + 4, -3.0), (low + 16, 3.0), (low + 30, 1.0), (-62, 5.0), (-40, 4.0), (-15, 2.0),
        (0, 4.0), (16, 9.0), (40, 9.0), (70, 1.0), (95, -18.0), (115, -48.0), (128, -85.0),
    )  # fmt: skip
    return _curve(y, points)


def _bump(x: Array, y: Array, at: tuple[float, float], size: tuple[float, float]) -> Array:
    bump: Array = np.exp(-0.5 * (((x - at[0]) / size[0]) ** 2 + ((y - at[1]) / size[1]) ** 2))
    return bump


def pupils(head: Head) -> tuple[float, float]:
    """x of the right eye (at the viewer's left) and of the left one."""
    return -head.pd / 2 + head.longer / 2, head.pd / 2 + head.longer / 2


def relief(head: Head, x: Array, y: Array) -> Array:
    """What is added along z to the smooth head at (x, y): everything that makes it a face."""
    z = np.zeros_like(x)
    for centre in pupils(head):
        z -= 10.0 * _bump(x, y, (centre * 0.97, -1.0), (14.5, 10.0))
        z += 3.5 * _bump(x, y, (centre * 1.0, 17.0), (19.0, 6.0))
        z += 5.0 * _bump(x, y, (centre * 1.42, -27.0), (15.0, 13.0))
        z -= 2.5 * _bump(x, y, (centre * 1.15, -58.0), (14.0, 18.0))
    z += _nose(head, x, y)
    mouth = -head.length * 0.60
    z += 6.0 * _bump(x, y, (0, mouth), (19.0, 13.0))
    z += head.lips * 3.4 * _bump(x, y, (0, mouth + 4.6), (14.0, 3.0))
    z += head.lips * 4.2 * _bump(x, y, (0, mouth - 5.2), (12.0, 3.6))
    z -= 2.6 * _bump(x, y, (0, mouth), (12.0, 1.6))
    z -= 3.0 * _bump(x, y, (0, mouth - 13.5), (13.0, 4.0))
    z += 5.0 * _bump(x, y, (0, -head.length + 13.0), (13.0, 8.5))
    z += 2.0 * _bump(x, y, (0, 30.0), (40.0, 20.0))
    return z


def _nose(head: Head, x: Array, y: Array) -> Array:
    """Bridge, tip and wings. Halfway down the flank, at the height of a frame's pads, the nose is ``nose`` wide."""
    tip = -head.length * 0.355
    high = _curve(y, ((tip - 13, 0.0), (tip - 8, 4.0), (tip - 3.5, 17.0), (tip, 21.5), (tip + 5, 20.5),
                      (tip + 20, 14.0), (-7, 9.0), (3, 6.0), (16, 2.0), (30, 0.0)))  # fmt: skip
    half = _curve(y, ((tip - 9, head.nose * 0.62), (tip + 4, head.nose * 0.66), (tip + 14, head.nose * 0.56),
                      (-9, head.nose * 0.5), (6, head.nose * 0.47), (20, head.nose * 0.9)))  # fmt: skip
    ridge = head.nose_high * high * np.exp(-np.log(2) * np.abs(x / half) ** 2.2)
    wings = sum(7.5 * _bump(x, y, (side * head.nose * 0.80, tip - 3.0), (head.nose * 0.22, 5.4)) for side in (-1, 1))
    both: Array = np.asarray(ridge + wings)
    return both


def surface(head: Head) -> tuple[Array, NDArray[np.int64]]:
    """(vertices (n, 3), triangles (m, 3)): chin to crown, all around; finer where the face is."""
    t = np.linspace(0, 1, LEVELS)
    y = -head.length - 2 + (head.length + 130) * t
    turn = np.linspace(-1, 1, AROUND)
    angle = np.pi / 2 * (1.0 * turn + 1.0 * turn**3)  # 0 is straight ahead; denser in front
    power = 2.35
    c, s = np.cos(angle), np.sin(angle)
    u = np.sign(s) * np.abs(s) ** (2 / power)
    v = np.sign(c) * np.abs(c) ** (2 / power)
    half = half_width(head, y)[:, None]
    middle = _midline(head, y)[:, None]
    sides = -head.ear + 12.0
    back = _curve(y, ((-head.length - 2, -30.0), (-head.length + 20, 10.0), (-40, 55.0), (0, 82.0), (50, 90.0),
                      (100, 55.0), (128, 5.0)))[:, None]  # fmt: skip
    depth = np.where(v[None] >= 0, np.maximum(middle - sides, 5.0), np.maximum(back, 2.0))
    x = half * u[None]
    z = np.minimum(middle, sides + np.maximum(middle - sides, 5.0)) * 0 + sides + depth * v[None]
    yy = np.broadcast_to(y[:, None], x.shape)
    front = np.clip(v[None] / 0.35, 0, 1)
    z = z + relief(head, x, yy) * front
    z = _lids(head, x, yy, z)
    points = np.stack([x, yy, z], -1).reshape(-1, 3)
    return points, _grid(LEVELS, AROUND)


def _lids(head: Head, x: Array, y: Array, z: Array) -> Array:
    """Where the eyeball stands further out than the socket, its lids lie on it."""
    for centre in pupils(head):
        r2 = (EYEBALL + 1.1) ** 2 - (x - centre) ** 2 - y**2
        ball = np.where(r2 > 0, -EYEBALL + np.sqrt(np.maximum(r2, 0)), -np.inf)
        k = 2.2
        near = np.isfinite(ball) & (z > -60)
        raised = np.where(near, np.maximum(z, ball) + 0.5 * k * np.exp(-np.abs(z - np.where(near, ball, 0)) / k), z)
        z = np.where(near & (ball > z - 3 * k), np.maximum(raised - 0.5, z), z)
    return z


def _grid(rows: int, columns: int) -> NDArray[np.int64]:
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (each.ravel() for each in (at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]))
    return np.concatenate([np.stack([a, b, c], -1), np.stack([b, d, c], -1)])


def normals(points: Array, triangles: NDArray[np.int64]) -> Array:
    """Unit normals (n, 3) of the vertices, weighted by area."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for k in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(triangles[:, k], face[:, axis], len(points))
    unit: Array = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return unit
