"""Lines on paper: uneven light and the paper's colour taken out, what is darker than the paper kept as ink."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.colouring import FLAT, coloured_in, without_colour
from lib.vision.sketches.model import Field, Mask, Pixels
from lib.vision.sketches.thinning import thinned

#: Widest stroke that counts as a line, as a share of the page's longer side.
_STROKE: Final = 0.022
#: Ink is at least this many times the paper's own unevenness (its noise) ...
_ABOVE_NOISE: Final = 5.0
#: ... and at least this much darker than the paper, as a share of its light.
_DARKER: Final = 0.045
#: Faint strokes are looked for at this size.
_RIDGED: Final = 800


@dataclass(frozen=True, eq=False)
class Ink:
    """What is drawn on a page.

    Args:
        darkness: (h, w) float32, how much light the ink takes away, 0 to 1.
        page: (h, w, 3) uint8, the paper white, the light even.
        paper: (h, w, 3) float32, the light on the bare paper, 0 to 255.
        noise: how uneven the paper's darkness is (standard deviation).
        level: the darkness of a full stroke of this drawing.
        light_on_dark: whether the lines are lighter than the page; darkness is turned round then.
        coloured: whether the drawing was coloured in; the colour is taken out of darkness then, not out of the page.
    """

    darkness: NDArray[np.float32]
    page: Pixels
    paper: NDArray[np.float32]
    noise: float
    level: float
    light_on_dark: bool = False
    coloured: bool = False

    @property
    def threshold(self) -> float:
        """What is darker than this belongs to a stroke."""
        return max(_ABOVE_NOISE * self.noise, _DARKER, 0.28 * self.level)


def ink_of(pixels: Pixels) -> Ink:
    """The ink on a page, whatever the light on it.

    The paper's light is a morphological closing wider than any stroke (Serra, 1982; as in document images: Gatos et
    al., 2006), each channel divided by it, so that a shadow and the paper's colour fall away and a coloured pen does
    not. Channels count by how far ink stands out of noise in them.
    """
    import cv2

    dark_page = float(np.median(pixels)) < 70
    source: Pixels = 255 - pixels if dark_page else pixels
    smooth = cv2.GaussianBlur(source, (0, 0), 0.9).astype(np.float32)
    paper = _paper(smooth)
    fill = coloured_in(smooth, paper)
    darkness, coloured = _lack(smooth, paper), False
    if fill is not None:
        lines, uneven = without_colour(smooth, fill, _lack(smooth, fill.paper))
        if uneven < FLAT:
            darkness, paper, coloured = lines, fill.paper, True
    noise = float(1.4826 * np.median(np.abs(darkness - np.median(darkness)))) + 0.002
    level = _full(darkness, noise)
    fresh = source.astype(np.float32) / paper * 255
    return Ink(darkness, fresh.clip(0, 255).astype(np.uint8), paper, noise, level, dark_page, coloured)


def _lack(smooth: NDArray[np.float32], paper: NDArray[np.float32]) -> NDArray[np.float32]:
    """The light that ink takes away, all channels together."""
    lack = 1 - np.clip(smooth / paper, 0, 1.15)
    weights = np.array([_weight(lack[..., channel]) for channel in range(3)], dtype=np.float32)
    return np.asarray(np.clip(lack @ (weights / weights.sum()), 0, 1), dtype=np.float32)


def _paper(smooth: NDArray[np.float32]) -> NDArray[np.float32]:
    """The light of the bare paper at each pixel, (h, w, 3)."""
    import cv2

    height, width = smooth.shape[:2]
    shrink = min(1.0, 400 / max(height, width))
    size = (max(8, round(width * shrink)), max(8, round(height * shrink)))
    small = cv2.resize(smooth, size, interpolation=cv2.INTER_AREA)
    reach = max(3, 2 * round(_STROKE * max(size) / 2) + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REFLECT_101)
    closed = cv2.GaussianBlur(cv2.medianBlur(closed, 5), (0, 0), reach * 0.5)
    return np.maximum(cv2.resize(closed, (width, height), interpolation=cv2.INTER_LINEAR), 12).astype(np.float32)


def _weight(lack: Field) -> float:
    """How far ink stands out of the noise in a channel."""
    sample = lack[::3, ::3]
    noise = float(np.median(np.abs(sample - np.median(sample)))) + 0.004
    return float((max(0.0, float(np.percentile(sample, 99.3))) / noise) ** 2) + 1e-3


def _full(darkness: Field, noise: float) -> float:
    """The darkness of a full stroke: the upper quarter of what stands clearly out of the paper."""
    sample = darkness[::2, ::2]
    drawn = sample[sample > max(_ABOVE_NOISE * noise, _DARKER)]
    return float(np.percentile(drawn, 75)) if len(drawn) > 50 else 0.0


def strokes(ink: Ink) -> Mask:
    """Which pixels belong to a stroke: hysteresis (Canny, 1986) and a local threshold (Sauvola and Pietikäinen, 2000).

    What is only just darker than the paper counts where it is joined to what clearly is, so that a stroke that fades
    stays whole and the paper's grain does not appear.
    """
    import cv2

    darkness = ink.darkness
    window = max(15, 2 * (round(0.02 * max(darkness.shape)) // 2) + 1)
    mean = cv2.boxFilter(darkness, -1, (window, window))
    square = cv2.boxFilter(darkness * darkness, -1, (window, window))
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    local = mean + 0.4 * spread
    low = np.maximum(ink.threshold * 0.62, local)
    weak = (darkness > low).astype(np.uint8)
    strong = darkness > np.maximum(ink.threshold, local)
    clear = _reaching(weak, strong)
    return clear | _faint(ink, clear)


def _reaching(weak: NDArray[np.uint8], strong: Mask) -> Mask:
    """The pieces of ``weak`` that hold something of ``strong``."""
    import cv2

    _count, labels = cv2.connectedComponents(weak, connectivity=8)
    kept = np.zeros(int(labels.max()) + 1, dtype=bool)
    kept[np.unique(labels[strong & (weak > 0)])] = True
    kept[0] = False
    return np.asarray(kept[labels])


def _faint(ink: Ink, clear: Mask) -> Mask:
    """Strokes too faint for a threshold, seen because they go on: matched filters in twelve directions.

    Each filter is long along a stroke and takes its surroundings off across it (Chaudhuri et al., 1989), so that noise
    averages out and a shadow's edge gives nothing. Only what is long counts, and only away from clear strokes, which
    would grow thick.
    """
    import cv2

    height, width = ink.darkness.shape
    shrink = min(1.0, _RIDGED / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    small = cv2.resize(ink.darkness, size, interpolation=cv2.INTER_AREA)
    answer = np.max([cv2.filter2D(small, -1, kernel) for kernel in _kernels()], axis=0)
    noise = float(1.4826 * np.median(np.abs(answer - np.median(answer)))) + 1e-4
    base = float(np.median(answer))
    weak = (answer > base + 4.5 * noise) & (answer > 0.007)
    found = _reaching(weak.astype(np.uint8), answer > max(base + 8 * noise, 0.011))
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    long = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > 0.035 * max(size)
    long[0] = False
    del count
    drawn = cv2.resize(clear.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.3
    beside = cv2.dilate(drawn.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))) > 0
    line = thinned(long[labels]) & ~beside
    grown = cv2.dilate(line.astype(np.uint8), np.ones((2, 2), np.uint8))
    return np.asarray(cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST) > 0)


@lru_cache(maxsize=1)
def _kernels() -> tuple[NDArray[np.float32], ...]:
    """Twelve filters of 19 pixels, each of sum 0."""
    down, across = np.mgrid[-9:10, -9:10].astype(np.float32)
    found = []
    for angle in np.arange(12) * np.pi / 12:
        along = across * np.cos(angle) + down * np.sin(angle)
        off = down * np.cos(angle) - across * np.sin(angle)
        shape = np.exp(-((along / 5.5) ** 2)).astype(np.float32)
        line, beside = np.exp(-((off / 1.3) ** 2)) * shape, np.exp(-((off / 4.0) ** 2)) * shape
        found.append((line / line.sum() - beside / beside.sum()).astype(np.float32))
    return tuple(found)


def soft(ink: Ink, mask: Mask) -> NDArray[np.float32]:
    """The lines as ink, 0 to 1, as smooth as they were drawn, and nothing beside them."""
    import cv2

    around = cv2.GaussianBlur(cv2.dilate(mask.astype(np.float32), np.ones((3, 3), np.uint8)), (0, 0), 0.8)
    low = 0.35 * ink.threshold
    full = max(ink.level * 1.05, ink.threshold * 1.5)
    shown = np.clip((ink.darkness - low) / (full - low), 0, 1) * np.minimum(around * 1.2, 1)
    return np.asarray(shown, dtype=np.float32)
