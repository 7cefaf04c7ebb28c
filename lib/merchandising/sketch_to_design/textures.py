"""What a picture's surface reminds of: the fabrics whose statistics are nearest to its own.

A picture is described by numbers that do not depend on its colours: contrast, the directions of its edges, how its
energy is spread over scales, how strongly it repeats itself, how many hues it mixes. The same numbers of our own
fabrics, at two scales in three palettes, stand in ``textures.json``; the nearest ones are proposed (a nearest neighbour
rule after Cover and Hart, 1967). It proposes and does not recognise: a photo of a leaf may remind of a paisley.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours import lab_from_rgb
from lib.atelier.fabrics import KINDS, Fabric, tile
from lib.atelier.palettes import Palette

FILE: Final = Path(__file__).with_name("textures.json")
SIDE: Final = 192
_BANDS: Final = (2, 4, 8, 16, 32, 96)  # cycles across the picture
_PALETTES: Final = (
    ("#9CAF88", "#FAF9F6", "#3B3C2A", "#D98695"),
    ("#1D2951", "#F4F1E8", "#B76E79", "#7BA4C7"),
    ("#B7410E", "#F3E5AB", "#5C4033", "#E1AD01"),
)
_REPEATS: Final = (5, 12)  # across the picture; threads are many times finer
Features = NDArray[np.float64]


@dataclass(frozen=True)
class Hint:
    """A fabric that a picture reminds of: ``likeness`` from 1 (the same statistics) towards 0."""

    kind: str
    likeness: float


def features(pixels: NDArray[np.uint8]) -> Features:
    """A picture's texture as numbers, shape (13,); from its middle square at 192 pixels."""
    import cv2

    side = min(pixels.shape[:2])
    top, left = (pixels.shape[0] - side) // 2, (pixels.shape[1] - side) // 2
    middle = np.ascontiguousarray(pixels[top : top + side, left : left + side, :3])
    small = cv2.resize(middle, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)
    lab = np.asarray(lab_from_rgb(small.reshape(-1, 3)), dtype=np.float64).reshape(SIDE, SIDE, 3)
    light = lab[..., 0] - lab[..., 0].mean()
    contrast = float(light.std())
    spectrum = np.abs(np.fft.fft2(light * np.outer(np.hanning(SIDE), np.hanning(SIDE)))) ** 2
    return np.array(
        [
            np.log1p(contrast),
            *_directions(light),
            *_bands(spectrum),
            _repeats(spectrum),
            float(np.log1p(lab[..., 1:].std(axis=(0, 1)).mean())),
            _skew(light, contrast),
        ]
    )


def _directions(light: NDArray[np.float64]) -> list[float]:
    """Shares of edges that run across, down, and on the two diagonals."""
    down, across = np.gradient(light)
    strength: Features = np.asarray(across**2 + down**2, dtype=np.float64)
    angle: Features = np.asarray(np.mod(np.degrees(np.arctan2(down, across)), 180), dtype=np.float64)
    bins = np.mod(np.round(angle / 45).astype(int), 4)
    shares = np.array([float(strength[bins == one].sum()) for one in range(4)])
    return [float(one) for one in shares / max(float(shares.sum()), 1e-9)]


def _bands(spectrum: NDArray[np.float64]) -> list[float]:
    """Shares of energy by octave, from broad forms to threads."""
    index = np.fft.fftfreq(SIDE) * SIDE
    across, down = np.meshgrid(index, index)
    radius: Features = np.asarray(np.hypot(across, down))
    edges = list(pairwise(_BANDS))
    energy: Features = np.array([spectrum[(radius >= low) & (radius < high)].sum() for low, high in edges])
    return list(energy / max(energy.sum(), 1e-9))


def _repeats(spectrum: NDArray[np.float64]) -> float:
    """How much of the energy lies in a few frequencies: a repeat has peaks, a chance texture has none."""
    flat = np.sort(spectrum.ravel())[::-1]
    return float(flat[: SIDE // 4].sum() / max(flat.sum(), 1e-9))


def _skew(light: NDArray[np.float64], contrast: float) -> float:
    """Dark spots on light ground or the other way round: sequins and satin have lights, lace has holes."""
    return float(np.clip((light**3).mean() / max(contrast, 1e-3) ** 3, -2, 2))


def hints(pixels: NDArray[np.uint8], count: int = 3) -> list[Hint]:
    """The fabrics that a picture reminds of, the likeliest first."""
    names, rows, spread = _references()
    apart = np.sqrt((((rows - features(pixels)) / spread) ** 2).mean(axis=1))
    best: dict[str, float] = {}
    for name, distance in zip(names, apart, strict=True):
        best[name] = min(best.get(name, np.inf), float(distance))
    order = sorted(best, key=best.__getitem__)[:count]
    return [Hint(name, float(np.exp(-best[name]))) for name in order]


def spread() -> Features:
    """How much each number of ``features`` differs over our own fabrics (standard deviation), shape (13,)."""
    return _references()[2]


@cache
def _references() -> tuple[tuple[str, ...], Features, Features]:
    data = json.loads(FILE.read_text("utf-8"))
    rows = np.array([row["features"] for row in data])
    return tuple(row["kind"] for row in data), rows, rows.std(axis=0)


def reference(kind: str, palette: tuple[str, ...], repeats: int) -> Features:
    """The numbers of one of our fabrics, with so many repeats across the picture (or ten times as many threads)."""
    about = KINDS[kind]
    across = about.scale_cm * (repeats if about.scale_cm > 0.5 else repeats * 6)
    drawn = tile(Fabric(kind, Palette.of(*palette)), 288 / across, across)
    return features(drawn)


def write_references() -> None:
    """Write ``textures.json`` again: ``python -m lib.merchandising.sketch_to_design.textures``."""
    rows = [
        {"kind": kind, "features": [round(float(value), 5) for value in reference(kind, palette, repeats)]}
        for kind in KINDS
        for palette in _PALETTES
        for repeats in _REPEATS
    ]
    FILE.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", "utf-8")


if __name__ == "__main__":
    write_references()
