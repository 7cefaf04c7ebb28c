"""A picture brought to a size that a model takes, and what it drew brought back to the size that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.engines.images.model import Pixels


@dataclass(frozen=True)
class Fit:
    """How the wanted size lies within the size at which a model draws: centred, as large as it can be.

    All sizes are width and height in pixels.
    """

    wanted: tuple[int, int]
    drawn: tuple[int, int]

    @property
    def inner(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the wanted picture in the drawn one."""
        (width, height), (across, down) = self.wanted, self.drawn
        scale = min(across / width, down / height)
        inner = (min(across, round(width * scale)), min(down, round(height * scale)))
        left, top = (across - inner[0]) // 2, (down - inner[1]) // 2
        return left, top, left + inner[0], top + inner[1]

    def into(self, pixels: Pixels) -> Pixels:
        """A picture of any size at the model's: scaled to the wanted size's place, its edges carried on around it."""
        left, top, right, bottom = self.inner
        scaled = resized(pixels, (right - left, bottom - top))
        around = [(top, self.drawn[1] - bottom), (left, self.drawn[0] - right)]
        return np.pad(scaled, around + [(0, 0)] * (pixels.ndim - 2), mode="edge")

    def back(self, pixels: Pixels) -> Pixels:
        """The wanted part of what was drawn, at the wanted size."""
        left, top, right, bottom = self.inner
        across, down = pixels.shape[1] / self.drawn[0], pixels.shape[0] / self.drawn[1]
        rows = slice(round(top * down), round(bottom * down))
        columns = slice(round(left * across), round(right * across))
        return resized(pixels[rows, columns], self.wanted)


def nearest(wanted: tuple[int, int], offered: Sequence[tuple[int, int]]) -> Fit:
    """The offered size that wastes least: nearest in shape, then the smallest that is no smaller than wanted."""

    def waste(size: tuple[int, int]) -> tuple[float, float]:
        shape = abs(np.log((size[0] / size[1]) / (wanted[0] / wanted[1])))
        short = max(0.0, wanted[0] * wanted[1] - size[0] * size[1])
        return round(float(shape), 3), short or size[0] * size[1] / 1e9

    return Fit(wanted, min(offered, key=waste))


def rounded_up(wanted: tuple[int, int], multiple: int) -> Fit:
    """The smallest size whose sides are multiples of ``multiple`` and that holds the wanted one."""
    width, height = (-(-side // multiple) * multiple for side in wanted)
    return Fit(wanted, (width, height))


def resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """``pixels`` at another width and height (Lanczos)."""
    from PIL import Image

    if pixels.shape[1::-1] == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def blended(before: Pixels, after: Pixels, mask: Pixels) -> Pixels:
    """``after`` where the mask is 255, ``before`` where it is 0, in between in between; all of one size."""
    share = mask[..., None].astype(np.float32) / 255
    return (after * share + before * (1 - share)).round().astype(np.uint8)
