"""Where a sketched garment closes: its buttons, rivets and clasps, as circles.

Regions that were read as buttons count, and rings and dark discs where a piece of this kind closes. A spot that can't
be told from a stitch is none: what isn't clear in the sketch isn't counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lib.vision.sketches import Drawn, Sketch

Field = NDArray[np.float32]
#: A button's radius as a share of its garment's width, least and most.
_SMALL, _LARGE = 0.0085, 0.034
#: Up to this share of the width a button is drawn as a disc, beyond as a ring; a rivet of a bag is larger than this.
_DISC, _RIVET = 0.0105, 0.0135
#: How much darker it is than what lies beyond it, as a share of a full stroke (a ring) or of the darkest (a disc).
_CLEAR, _DARK = 0.42, 0.72
#: Of all directions, how many find ink at the rim at least, and beyond it at most.
_RIM, _BEYOND = 0.9, 0.4
#: A disc may stand between the two edges of a placket.
_PLACKET: Final = 0.6
#: What is metal on what: the rest are buttons.
_METAL: Final = ("bag", "shoe", "trousers", "jeans")


@dataclass(frozen=True)
class Fastening:
    """A circle in pixels; ``kind`` says what it is drawn as."""

    x: float
    y: float
    radius: float
    kind: Literal["button", "metal"] = "button"


@lru_cache(maxsize=8)
def fastenings(sketch: Sketch) -> tuple[Fastening, ...]:
    """All that are found on a sketch, from top to bottom."""
    found: list[Fastening] = []
    for drawn in sketch.garments:
        own = _paired(_alike(_apart([*_regions(sketch, drawn), *_circles(sketch, drawn)]), drawn), drawn)
        kind: Literal["button", "metal"] = "metal" if drawn.kind.value in _METAL else "button"
        found += [Fastening(one.x, one.y, one.radius, kind) for one in own]
    return tuple(sorted(found, key=lambda one: (one.y, one.x)))


def _limits(drawn: Drawn) -> tuple[float, float]:
    wide = drawn.box[2] - drawn.box[0]
    return _SMALL * wide, _LARGE * wide


def _regions(sketch: Sketch, drawn: Drawn) -> list[Fastening]:
    """Round regions that were read as buttons."""
    least, most = _limits(drawn)
    found = []
    for part in sketch.parts:
        if part.role != "button" or part.label not in drawn.labels:
            continue
        wide, tall = part.box[2] - part.box[0], part.box[3] - part.box[1]
        radius = float(np.sqrt(wide * tall) / 2)
        if 0.66 < wide / max(1, tall) < 1.5 and part.area > 0.6 * wide * tall and least < radius < most * 1.3:
            middle = (part.box[0] + part.box[2]) / 2, (part.box[1] + part.box[3]) / 2
            found.append(Fastening(*middle, radius + 1))
    return found


def _circles(sketch: Sketch, drawn: Drawn) -> list[Fastening]:
    """Rings and dark discs where the piece closes: ink all around a middle, and little beyond it."""
    import cv2

    left, top, right, low = drawn.box
    dark: Field = np.asarray(cv2.GaussianBlur(_darkness(sketch)[top:low, left:right], (0, 0), 0.8), dtype=np.float32)
    if not (dark > 0.15).any():
        return []
    full, deep = (float(one) for one in np.percentile(dark[dark > 0.15], (75, 92)))
    least, most = _limits(drawn)
    found: list[tuple[float, Fastening]] = []
    for radius in np.arange(least, most, max(1.0, least / 6)).tolist():
        disc = radius < _DISC * (right - left)
        clear = _standing_out(dark, radius, disc)
        for y, x in _peaks(clear, _DARK * deep if disc else _CLEAR * full, round(radius)):
            one = Fastening(float(x + left), float(y + top), radius)
            if _closes(drawn, one) and _all_around(dark, x, y, radius, 0.42 * full, _PLACKET if disc else _BEYOND):
                found.append((float(clear[y, x]) + disc, one))  # a full disc goes before a ring around it
    return [one for _score, one in sorted(found, key=lambda pair: -pair[0])]


def _standing_out(dark: Field, radius: float, disc: bool) -> Field:
    """How much darker a disc (or a ring) around each pixel is than what lies beyond it."""
    import cv2

    inner, outer = (0.0, radius - 1) if disc else (radius - 1.6, radius + 0.6)
    own, beyond = (cv2.filter2D(dark, -1, _annulus(*limits)) for limits in ((inner, outer), (radius + 2, radius + 4)))
    return np.asarray(np.asarray(own) - np.asarray(beyond), dtype=np.float32)


def _closes(drawn: Drawn, one: Fastening) -> bool:
    """Whether a circle lies where a piece of this kind closes."""
    left, top, right, low = drawn.box
    x, y = abs((one.x - left) / (right - left) - 0.5), (one.y - top) / (low - top)
    kind = drawn.kind.value
    if kind in ("trousers", "jeans", "skirt"):
        return x < 0.12 and y < 0.12 and one.radius > _DISC * (right - left)
    if kind in _METAL:
        return one.radius > _RIVET * (right - left) and y < 0.95
    return x < 0.2 and 0.14 < y < 0.94


def _annulus(inner: float, outer: float) -> Field:
    reach = int(np.ceil(outer))
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    far = np.hypot(rows, columns)
    ring = ((far >= inner) & (far <= outer)).astype(np.float32)
    return np.asarray(ring / ring.sum(), dtype=np.float32)


def _all_around(dark: Field, x: int, y: int, radius: float, ink: float, most: float) -> bool:
    """Whether the rim is inked in nearly every direction, and beyond it most are free."""
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    height, width = dark.shape

    def at(far: float) -> NDArray[np.float32]:
        columns = np.round(x + far * np.cos(angles)).astype(int).clip(0, width - 1)
        rows = np.round(y + far * np.sin(angles)).astype(int).clip(0, height - 1)
        return np.asarray(dark[rows, columns], dtype=np.float32)

    rim = np.maximum(at(radius - 0.8), np.maximum(at(radius - 1.8), at(radius + 0.2)))
    beyond = np.minimum(at(radius + 3.2), at(radius + 4.4))
    return float((rim > ink).mean()) >= _RIM and float((beyond > ink).mean()) <= most


def _darkness(sketch: Sketch) -> Field:
    dark = 1 - sketch.page.mean(axis=2, dtype=np.float32) / 255
    return np.asarray(dark * (sketch.lines > 0.05), dtype=np.float32)


def _peaks(field: Field, least: float, reach: int) -> list[tuple[int, int]]:
    """Rows and columns of the highest points, none within ``reach`` of a higher one."""
    import cv2

    size = 2 * max(2, reach) + 1
    top = cv2.dilate(field, np.ones((size, size), np.uint8))
    rows, columns = np.nonzero((field >= top) & (field > least))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _ring_mean(field: NDArray[np.generic], x: float, y: float, inner: float, outer: float) -> float:
    """The mean between two circles."""
    reach = int(np.ceil(outer)) + 1
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    part = field[top : int(y) + reach + 1, left : int(x) + reach + 1]
    rows, columns = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]]
    far = np.hypot(columns - x, rows - y)
    where = (far >= inner) & (far <= outer)
    return float(part[where].mean()) if where.any() else 0.0


def _apart(found: list[Fastening]) -> list[Fastening]:
    """Each once: of two circles that touch, the first."""
    kept: list[Fastening] = []
    for one in found:
        if all(np.hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius for other in kept):
            kept.append(one)
    return kept


def _paired(found: list[Fastening], drawn: Drawn) -> list[Fastening]:
    """Of a bag's circles those in its middle, and those with another one mirrored: one alone to the side is a blot."""
    if drawn.kind.value != "bag":
        return found
    left, top, right, low = drawn.box
    wide, tall = right - left, low - top

    def place(one: Fastening) -> tuple[float, float]:
        return (one.x - left) / wide - 0.5, (one.y - top) / tall

    def mirrored(one: Fastening, other: Fastening) -> bool:
        (x, y), (across, down) = place(one), place(other)
        return one is not other and abs(x + across) < 0.12 and abs(y - down) < 0.06

    return [one for one in found if abs(place(one)[0]) < 0.1 or any(mirrored(one, other) for other in found)]


def _alike(found: list[Fastening], drawn: Drawn) -> list[Fastening]:
    """Of a garment's circles those of one size, the size that most have: a row has one kind of button."""
    if drawn.kind.value in _METAL or drawn.view == "back":
        return found if drawn.view != "back" else []
    groups = [[other for other in found if 0.7 < other.radius / one.radius < 1.43] for one in found]
    return max(groups, key=len, default=[])
