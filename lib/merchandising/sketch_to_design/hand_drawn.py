"""Sketches drawn as by hand from known forms, to measure on: the ink on the paper, and the regions that were meant.

The forms are the atelier's flats. A hand shifts them as a whole, then draws each edge in strokes that wobble, press
unevenly, overshoot or stop short, and are drawn twice; guide lines and writing lie around them. Whoever reads sketches
knows nothing of this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import Shape, View

Points = NDArray[np.float64]
Field = NDArray[np.float32]
Labels = NDArray[np.int32]
Tool = Literal["pencil", "pen", "marker"]
#: Width as a share of the sheet's longer side, darkness, and how much the pressure changes.
_TOOLS: Final[dict[str, tuple[float, float, float]]] = {
    "pencil": (0.0024, 0.62, 0.35),
    "pen": (0.0018, 0.88, 0.12),
    "marker": (0.0046, 0.92, 0.08),
}
#: How strongly each kind of line is drawn.
_PRESSED: Final = {"piece": 1.0, "seam": 0.85, "fold": 0.5, "stitch": 0.62}
#: A region that was meant covers at least this share of the garment.
_MEANT: Final = 0.0025
#: A seam that ends this near (cm) to another line is meant to meet it.
_MEETS: Final = 1.4


@dataclass(frozen=True)
class Hand:
    """How somebody draws.

    Args:
        tool: what with.
        wobble: cm by which a stroke leaves its line.
        sway: cm by which the whole form is off.
        gaps: chance that an edge is left open somewhere.
        gap: width of such a gap, in cm.
        restated: chance that a stroke is drawn twice.
        guides: faint lines for axis, waist and hem.
        writing: words beside the drawing.
        stitches: topstitching shown as dashes.
    """

    tool: Tool = "pencil"
    wobble: float = 0.18
    sway: float = 0.9
    gaps: float = 0.18
    gap: float = 1.6
    restated: float = 0.3
    guides: bool = True
    writing: bool = True
    stitches: bool = True


@dataclass(frozen=True, eq=False)
class Drawing:
    """Ink (h, w) 0 to 1 and the regions that were meant (h, w), 0 the ground."""

    ink: Field
    meant: Labels


def drawn(
    view: View, hand: Hand, seed: int, pixels_per_cm: float, shape: tuple[int, int], at: tuple[float, float]
) -> Drawing:
    """A view drawn on a sheet.

    Args:
        view: the garment's side.
        hand: how it is drawn.
        pixels_per_cm: pixels of the sheet to a centimetre of the garment.
        shape: height and width of the sheet in pixels.
        at: where the garment's own (0, 0) lies on the sheet, (x, y) in pixels.
    """
    chance = np.random.default_rng([seed, 11])
    sway = _Sway(chance, hand.sway, view.bounds())
    sheet = _Sheet(shape, pixels_per_cm, np.array(at), hand, chance)
    forms = [(one, sway(one.path.sampled(10))) for one in view.shapes]
    meant = _meant(forms, sheet, [sway(path.sampled(10)) for path in view.silhouette])
    for one, points in forms:
        if one.role == "stitch" and not hand.stitches:
            continue
        if one.role == "piece":
            sheet.hide(points)
        sheet.outline(one, points)
    if hand.guides:
        sheet.guides(view.bounds())
    if hand.writing:
        sheet.write(view.bounds())
    return Drawing(sheet.ink, meant)


class _Sway:
    """A smooth displacement of the plane: how a form drawn by eye is off."""

    def __init__(self, chance: np.random.Generator, size: float, bounds: tuple[float, float, float, float]) -> None:
        left, top, right, low = bounds
        reach = max(right - left, low - top)
        self.waves = chance.uniform(0.6, 2.2, (2, 4, 2)) * 2 * np.pi / reach
        self.phase = chance.uniform(0, 2 * np.pi, (2, 4))
        self.size = size * chance.uniform(0.2, 0.5, (2, 4))

    def __call__(self, points: Points) -> Points:
        moved = points.copy()
        for axis in (0, 1):
            turns = points @ self.waves[axis].T + self.phase[axis]
            moved[:, axis] += (np.sin(turns) * self.size[axis]).sum(axis=1)
        return moved


class _Sheet:
    """Ink as it comes onto the sheet."""

    def __init__(
        self, shape: tuple[int, int], pixels_per_cm: float, at: Points, hand: Hand, chance: np.random.Generator
    ) -> None:
        self.ink = np.zeros(shape, dtype=np.float32)
        self.scale, self.at, self.hand, self.chance = pixels_per_cm, at, hand, chance

    def on(self, points: Points) -> Points:
        return points * self.scale + self.at

    def hide(self, points: Points) -> None:
        """What lies below a piece isn't drawn."""
        import cv2

        cv2.fillPoly(self.ink, [np.rint(self.on(points)).astype(np.int32)], 0)  # type: ignore[call-overload]

    def outline(self, one: Shape, points: Points) -> None:
        """The line of a shape, in strokes."""
        strength = _PRESSED[one.role]
        if one.role == "stitch":
            for dash in _dashes(points):
                self.stroke(dash, strength, sure=True)
            return
        small = float(np.ptp(points, axis=0).max()) < 6
        closed = one.path.closed
        for part in [points] if small else _at_corners(points, closed):
            self.stroke(part, strength, sure=small or one.role != "piece")
            if one.role == "piece" and not small and self.chance.random() < self.hand.restated:
                self.stroke(part + self.chance.normal(0, 0.22, 2), strength * 0.75, sure=True)

    def stroke(self, points: Points, strength: float, *, sure: bool) -> None:
        """One stroke with its wobble, its pressure, and, where the hand isn't sure, a gap."""
        line = _even(points, 0.35)
        if len(line) < 2:
            return
        count = len(line)
        wobble = _smooth_noise(self.chance, count, 14)[:, None] * _normals(line)
        line = line + wobble * self.hand.wobble
        line = _overshot(line, self.chance, 0.35 if not sure else 0.1)
        wide, dark, uneven = _TOOLS[self.hand.tool]
        press = 1 + uneven * _smooth_noise(self.chance, len(line), 22)
        press *= np.interp(np.linspace(0, 1, len(line)), [0, 0.06, 0.92, 1], [0.75, 1, 1, 0.6])
        shown = np.ones(len(line), dtype=bool)
        if not sure and self.chance.random() < self.hand.gaps and len(line) > 30:
            middle = self.chance.integers(len(line) // 6, 5 * len(line) // 6)
            half = max(1, round(self.hand.gap / 0.35 / 2))
            shown[middle - half : middle + half] = False
        self._ink(self.on(line), press * strength * dark, wide * max(self.ink.shape) * (0.7 + 0.3 * press), shown)

    def _ink(self, line: Points, dark: Points, wide: Points, shown: NDArray[np.bool_]) -> None:
        import cv2

        margin = int(wide.max()) + 3
        left, top = (np.floor(line.min(axis=0)).astype(int) - margin).clip(0)
        right, low = (np.ceil(line.max(axis=0)).astype(int) + margin + 1).clip(0)
        part = self.ink[top:low, left:right]
        if not part.size:
            return
        canvas = np.zeros(part.shape, dtype=np.uint8)
        fixed = np.rint((line - (left, top)) * 16).astype(np.int32)
        for index in np.flatnonzero(shown[:-1] & shown[1:]):
            value = int(np.clip(dark[index] * 255, 12, 250))
            ends = tuple(fixed[index].tolist()), tuple(fixed[index + 1].tolist())
            cv2.line(canvas, ends[0], ends[1], value, max(1, round(float(wide[index]))), cv2.LINE_AA, 4)
        np.maximum(part, canvas.astype(np.float32) / 255, out=part)

    def guides(self, bounds: tuple[float, float, float, float]) -> None:
        """Faint lines beyond the form: its axis, its hem, a line across."""
        left, top, right, low = bounds
        tall = low - top
        across = [top + tall * float(self.chance.uniform(0.3, 0.5)), low - tall * 0.01]
        lines = [np.array([[0.0, top - 5], [0.0, low + 5]])]
        lines += [np.array([[left - 6, y], [right + 6, y + self.chance.normal(0, 0.5)]]) for y in across]
        for line in lines:
            self.stroke(line, 0.22, sure=True)

    def write(self, bounds: tuple[float, float, float, float]) -> None:
        """A few words beside the drawing, and a line from them to it."""
        import cv2

        _left, top, right, low = bounds
        words = ("lin 240 g", "doublure", "4 boutons", "revers 8 cm", "ourlet", "biais", "surpiqure", "poche")
        size, font = 0.00068 * max(self.ink.shape), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX
        edge = self.on(np.array([[right, 0.0]]))[0][0]
        for _turn in range(3):
            word = words[int(self.chance.integers(len(words)))]
            y = float(self.chance.uniform(top, low))
            wide = cv2.getTextSize(word, font, size, 2)[0][0]
            place = (
                int(self.ink.shape[1] - wide - 12 - self.chance.uniform(0, 20)),
                int(self.on(np.array([[0, y]]))[0][1]),
            )
            if place[0] < edge - 0.16 * self.ink.shape[1]:
                continue
            canvas = np.zeros(self.ink.shape, dtype=np.uint8)
            cv2.putText(canvas, word, place, font, size, 190, 2, cv2.LINE_AA)
            self.ink = np.maximum(self.ink, np.where(self.ink > 0.05, 0, canvas.astype(np.float32) / 255))
            start = (np.array([place[0] - 8.0, place[1] - 6.0]) - self.at) / self.scale
            self.stroke(np.array([start, start + np.array([-3.5, self.chance.normal(0, 1.5)])]), 0.6, sure=True)


def _meant(forms: list[tuple[Shape, Points]], sheet: _Sheet, silhouette: list[Points]) -> Labels:
    """The regions that edges and seams enclose where each is drawn through to the line that it nearly meets."""
    import cv2

    edges = np.zeros(sheet.ink.shape, dtype=np.uint8)
    whole = np.zeros(sheet.ink.shape, dtype=np.uint8)
    for points in silhouette:
        cv2.fillPoly(whole, [np.rint(sheet.on(points)).astype(np.int32)], 1)
    for one, points in forms:
        if one.role not in ("piece", "seam"):
            continue
        fixed = np.rint(sheet.on(points)).astype(np.int32)
        if one.role == "piece":
            cv2.fillPoly(edges, [fixed], 0)
            cv2.fillPoly(whole, [fixed], 1)
        elif not one.path.closed:
            fixed = np.rint(sheet.on(_drawn_on(points, sheet, edges))).astype(np.int32)
        cv2.polylines(edges, [fixed], one.path.closed, 255, 2)
    inside = ((edges == 0) & (whole > 0)).astype(np.uint8)
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(inside, connectivity=4)
    kept = stats[:, cv2.CC_STAT_AREA] >= _MEANT * whole.sum()
    kept[0] = False
    table = np.zeros(count, dtype=np.int32)
    table[kept] = np.arange(1, int(kept.sum()) + 1)
    return _spread(table[labels], whole > 0)


def _drawn_on(points: Points, sheet: _Sheet, edges: NDArray[np.uint8]) -> Points:
    """A seam with an end carried on where it stops just short of a line."""
    line = points
    for end in (0, -1):
        inner = line[min(3, len(line) - 1)] if end == 0 else line[-min(4, len(line))]
        way = line[end] - inner
        length = float(np.hypot(*way))
        if length < 1e-6:
            continue
        steps = np.arange(0.3, _MEETS, 0.1)[:, None]
        ahead = line[end] + way / length * steps
        places = np.rint(sheet.on(ahead)).astype(int)
        places = places.clip(0, np.array(edges.shape[::-1]) - 1)
        hit = np.flatnonzero(edges[places[:, 1], places[:, 0]])
        if len(hit):
            met = ahead[hit[0] : hit[0] + 1]
            line = np.concatenate([met, line]) if end == 0 else np.concatenate([line, met])
    return line


def _spread(labels: Labels, whole: NDArray[np.bool_]) -> Labels:
    """Lines and slips given to the nearest region, within the silhouette."""
    import cv2

    if not labels.any():
        return labels
    _far, cells = cv2.distanceTransformWithLabels(
        (labels == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(cells.max()) + 1, dtype=np.int32)
    table[cells[labels > 0]] = labels[labels > 0]
    return np.where(whole, table[cells], 0).astype(np.int32)


def _at_corners(points: Points, closed: bool) -> Iterator[Points]:
    """A line in the strokes that a hand makes of it: from corner to corner."""
    line = _even(np.concatenate([points, points[:1]]) if closed else points, 0.35)
    ahead = np.diff(line, axis=0)
    turn = np.abs(np.angle(np.exp(1j * np.diff(np.arctan2(ahead[:, 1], ahead[:, 0])))))
    corners = np.flatnonzero(turn > np.radians(38)) + 1
    cuts = [0, *corners.tolist(), len(line) - 1]
    for start, end in pairwise(cuts):
        if end - start >= 1:
            yield line[start : end + 1]


def _even(points: Points, step: float) -> Points:
    """The same line with points ``step`` cm apart."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if along[-1] < 1e-6:
        return points[:1]
    places = np.linspace(0, along[-1], max(2, round(along[-1] / step) + 1))
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1)


def _dashes(points: Points) -> list[Points]:
    line = _even(points, 0.35)
    return [line[start : start + 3] for start in range(0, len(line) - 2, 5)]


def _normals(line: Points) -> Points:
    ahead = np.gradient(line, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    return np.column_stack([-ahead[:, 1], ahead[:, 0]])


def _overshot(line: Points, chance: np.random.Generator, size: float) -> Points:
    """The line with its ends a little further on or back."""
    moved = line.copy()
    for end, inner in ((0, min(3, len(line) - 1)), (-1, -min(4, len(line)))):
        way = line[end] - line[inner]
        length = float(np.hypot(*way))
        if length > 1e-6:
            moved[end] = line[end] + way / length * chance.normal(0.1, size)
    return moved


def _smooth_noise(chance: np.random.Generator, count: int, step: int) -> NDArray[Any]:
    """``count`` values that change about every ``step`` of them, with a standard deviation near 1."""
    knots = chance.normal(0, 1.25, count // step + 4)
    places = np.arange(count) / step + chance.uniform(0, 1)
    low = np.floor(places).astype(int)
    share = places - low
    share = share * share * (3 - 2 * share)
    return np.asarray(knots[low] * (1 - share) + knots[low + 1] * share)
