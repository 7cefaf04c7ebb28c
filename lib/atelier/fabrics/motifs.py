"""Drawn motifs that wrap round one repeat: blossoms, leaves, paisley drops.

A motif is painted on a square canvas whose side is 1 and whose edges meet. Shapes are signed distances, so an edge is
one pixel soft at any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics.grid import Field, inside


@dataclass
class Canvas:
    """One repeat being painted: ``rgb`` (side, side, 3) and ``cover`` (side, side), what is covered by a motif."""

    rgb: Field
    cover: Field

    @classmethod
    def of(cls, side: int, colour: Field) -> Canvas:
        """An empty repeat of one colour."""
        return cls(np.tile(colour.astype(np.float32), (side, side, 1)), np.zeros((side, side), dtype=np.float32))

    @property
    def side(self) -> int:
        """Pixels on a side."""
        return len(self.rgb)

    def window(self, middle: tuple[float, float], radius: float) -> tuple[tuple[NDArray[np.intp], ...], Field, Field]:
        """Wrapped pixels round a place, and their ways from it across and down; radius up to half the side."""
        reach = min(ceil(radius * self.side) + 1, self.side // 2)
        first_x, first_y = int(middle[0] * self.side) - reach, int(middle[1] * self.side) - reach
        steps = np.arange(2 * reach)
        across = ((first_x + steps + 0.5) / self.side - middle[0]).astype(np.float32)
        down = ((first_y + steps + 0.5) / self.side - middle[1]).astype(np.float32)
        place = np.ix_((first_y + steps) % self.side, (first_x + steps) % self.side)
        grid_x, grid_y = np.broadcast_arrays(across[None, :], down[:, None])
        return place, grid_x, grid_y

    def paint(
        self, place: tuple[NDArray[np.intp], ...], distance: Field, colour: Field, shade: Field | float = 1
    ) -> None:
        """Lay a colour, times ``shade``, where a signed distance is negative."""
        mask = inside(distance, 1 / self.side)
        painted = colour * (shade[..., None] if isinstance(shade, np.ndarray) else shade)
        self.rgb[place] += mask[..., None] * (painted - self.rgb[place])
        self.cover[place] = np.maximum(self.cover[place], mask)


def scatter(
    chance: np.random.Generator, count: int, taken: list[tuple[float, float]] | None = None
) -> list[tuple[float, float]]:
    """Places spread evenly over a wrapped square: best of many candidates (Mitchell, 1991); ``taken`` keep away."""
    places = list(taken or [])
    start = len(places)
    for _index in range(count):
        tried = chance.random((24, 2))
        if not places:
            places.append((float(tried[0, 0]), float(tried[0, 1])))
            continue
        apart = np.abs(tried[:, None] - np.array(places)[None])
        apart = np.minimum(apart, 1 - apart)
        best = tried[np.argmax((apart**2).sum(-1).min(1))]
        places.append((float(best[0]), float(best[1])))
    return places[start:]


def blossom(canvas: Canvas, middle: tuple[float, float], radius: float, petals: int, turn: float, tones: Field) -> None:
    """An open flower: two rings of shaded petals and a dotted heart. ``tones``: outer, inner, heart; (3, 3)."""
    place, across, down = canvas.window(middle, radius * 1.05)
    far, angle = np.hypot(across, down), np.arctan2(down, across)
    for ring, (size, twist) in enumerate(((1.0, 0.0), (0.62, pi / petals))):
        wave = np.abs(np.cos((angle - turn - twist) * petals / 2))
        edge = radius * size * (0.50 + 0.50 * wave**0.55)
        veins = 0.035 * np.cos(angle * petals * 7)
        shade = 0.72 + 0.36 * np.clip(far / edge, 0, 1) - 0.22 * np.exp(-((wave / 0.22) ** 2)) + veins
        canvas.paint(place, far - edge, tones[ring], shade.astype(np.float32))
    canvas.paint(place, far - radius * 0.17, tones[2] * 0.72)
    dots = np.cos(angle * 9) * 0.018 * radius * 4
    canvas.paint(place, np.abs(far - radius * 0.20) - dots - radius * 0.02, tones[2])
    canvas.paint(place, far - radius * 0.09, tones[2])


def leaf(
    canvas: Canvas, foot: tuple[float, float], length: float, angle: float, colour: Field, full: float = 0.24
) -> None:
    """A pointed leaf with a midrib, from its foot along ``angle`` (radians)."""
    middle = (foot[0] + cos(angle) * length / 2, foot[1] + sin(angle) * length / 2)
    place, across, down = canvas.window(middle, length * 0.56)
    along = across * cos(angle) + down * sin(angle) + length / 2
    aside = -across * sin(angle) + down * cos(angle)
    aside = aside - 0.10 * length * np.sin(np.clip(along / length, 0, 1) * pi)
    part = np.clip(along / length, 0, 1)
    half = full * length * np.maximum(np.sin(part**0.8 * pi), 0) ** 0.9
    shade = np.where(aside < 0, 1.0, 0.84) + 0.05 * np.cos(part * 40 + np.abs(aside) / length * 60)
    canvas.paint(place, np.abs(aside) - half, colour, shade.astype(np.float32))
    rib = np.abs(aside) - length * 0.012
    canvas.paint(place, np.maximum(rib, np.abs(along - length / 2) - length * 0.44), colour * 0.66)


def sprig(canvas: Canvas, foot: tuple[float, float], size: float, angle: float, stem: Field, bud: Field) -> None:
    """A curved stem with small leaves and a bud at its end."""
    heading, place = angle, foot
    for step in range(7):
        heading += 0.16
        place = (place[0] + cos(heading) * size / 7, place[1] + sin(heading) * size / 7)
        pixels, across, down = canvas.window((place[0] % 1, place[1] % 1), size * 0.12)
        canvas.paint(pixels, np.hypot(across, down) - size * 0.035, stem * 0.8)
        if step in (1, 3, 5):
            side = 0.9 if step % 4 == 1 else -0.9
            leaf(canvas, (place[0] % 1, place[1] % 1), size * 0.32, heading + side, stem, 0.2)
    leaf(canvas, (place[0] % 1, place[1] % 1), size * 0.34, heading, bud, 0.34)


def drop(canvas: Canvas, middle: tuple[float, float], size: float, turn: float, mirror: int, tones: Field) -> None:
    """A paisley drop: a round foot whose tip curls, with a border, scallops and a flower. ``tones``: (4, 3)."""
    place, across, down = canvas.window(middle, size * 1.6)
    local_x = (across * cos(turn) + down * sin(turn)) * mirror / size
    local_y = (-across * sin(turn) + down * cos(turn)) / size
    distance, along = _teardrop(local_x, local_y)
    around = np.arctan2(local_y - 0.35, local_x)
    scallop = 0.035 * np.cos(around * 26)
    canvas.paint(place, (distance - 0.06 - scallop) * size, tones[0])
    canvas.paint(place, (distance + 0.02) * size, tones[1])
    ring = np.abs(distance + 0.12) - 0.05
    canvas.paint(place, ring * size, tones[2])
    beads = np.abs(distance + 0.12) - 0.034 + 0.05 * (np.cos(along * 58 + around * 12) < -0.1)
    canvas.paint(place, beads * size, tones[0])
    canvas.paint(place, (distance + 0.22) * size, tones[3], 0.9)
    canvas.paint(place, (distance + 0.30) * size, tones[1], 1.06)
    far = np.hypot(local_x, local_y - 0.35)
    for radius, tone, petals in ((0.24, 2, 8), (0.14, 0, 6)):
        edge = radius * (0.6 + 0.4 * np.abs(np.cos(around * petals / 2)))
        canvas.paint(place, (far - edge) * size, tones[tone])
    canvas.paint(place, (far - 0.055) * size, tones[1])


def _teardrop(across: Field, down: Field) -> tuple[Field, Field]:
    """Signed distance to the drop, of foot radius about 0.6, and the nearest place along its curling spine, 0 to 1."""
    nearest = np.full(across.shape, 9, dtype=np.float32)
    along = np.zeros(across.shape, dtype=np.float32)
    for part in np.linspace(0, 1, 26):
        spine_x = 0.62 * part**2.4 - 0.16 * sin(pi * part)
        spine_y = 0.38 - 1.42 * part + 0.32 * part**3
        distance = np.hypot(across - spine_x, down - spine_y) - 0.62 * (1 - part) ** 0.82
        closer = distance < nearest
        nearest, along = np.where(closer, distance, nearest), np.where(closer, np.float32(part), along)
    return nearest.astype(np.float32), along
