"""The folds of a cloth over a region: where they lie, how tall they stand, how they open towards the hem."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Kind

Field = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
#: How a region's cloth falls: hanging free (skirt, sleeve, coat), lying close (bodice, collar), or without folds.
Folds = Literal["hang", "close", "none"]


def fold_height(mask: Mask, scale: float, kind: Kind, folds: Folds, seed: int) -> Field:
    """Height of the cloth's folds in centimetres, shape (h, w)."""
    chance = np.random.default_rng([seed & 0xFFFFFFFF, 7])
    if folds == "none":
        return np.zeros(mask.shape, dtype=np.float32)
    across, down, widths = _inside(mask)
    broad = (3.0 + 6.0 * (1 - kind.fall)) * (0.85 + kind.weight / 2000)
    count = int(np.clip(round(widths.max() / scale / broad), 2, 16))
    flare = float(np.clip(widths[-max(1, len(widths) // 12) :].mean() / max(1.0, np.median(widths)), 0.7, 1.6))
    tall = {"hang": 0.95 * flare, "close": 0.30}[folds] * (0.5 + 0.7 * kind.fall)
    height = np.zeros(mask.shape, dtype=np.float32)
    places = (np.arange(count) + 0.5 + chance.uniform(-0.35, 0.35, count)) / count
    sizes, starts = chance.uniform(0.55, 1.15, count), chance.uniform(0, 0.45, count)
    drifts = chance.normal(0, 0.025, count)
    line = down[:, 0]
    # Python's floats: numpy's would turn every picture-sized array into one of double precision.
    for place, size, start, drift in zip(*(each.tolist() for each in (places, sizes, starts, drifts)), strict=True):
        rise = np.clip((line - start) / (1.05 - start), 0, 1) ** (1.1 if folds == "hang" else 0.4)
        spread = (0.30 + 0.22 * rise) / count
        off = (across - (place + drift * line)[:, None]) / spread[:, None]
        np.multiply(off, off, out=off)
        np.negative(off, out=off)
        np.exp(off, out=off)
        off *= (rise * size)[:, None]
        height += off
    return (height * np.float32(tall * broad * 0.34) + _creases(mask, scale, kind, folds, chance)).astype(np.float32)


def _inside(mask: Mask) -> tuple[Field, Field, Field]:
    """Places across (0 to 1 between each row's ends) and down the region, (h, w) each, and its rows' widths."""
    filled = np.flatnonzero(mask.any(axis=1))
    rows = np.arange(mask.shape[0]).clip(filled[0], filled[-1])
    rows = filled[np.searchsorted(filled, rows).clip(0, len(filled) - 1)]
    left = mask.argmax(axis=1)[rows].astype(np.float32)
    right = (mask.shape[1] - mask[:, ::-1].argmax(axis=1))[rows].astype(np.float32)
    left, right = _carried_on(left, right, int(filled[-1]))
    across = (np.arange(mask.shape[1])[None, :] + 0.5 - left[:, None]) / np.maximum(right - left, 1)[:, None]
    down = (np.arange(mask.shape[0]) - filled[0]) / max(1, filled[-1] - filled[0])
    down_field = np.broadcast_to(down.astype(np.float32)[:, None], mask.shape)
    widths = (right - left)[filled[0] : filled[-1] + 1]
    return across.astype(np.float32), down_field, widths


def _carried_on(left: Field, right: Field, last: int) -> tuple[Field, Field]:
    """A region's side lines, smooth, and carried straight on past where a slanted hem cuts them off."""
    left, right = _smoothed(left), _smoothed(right)
    width = (right - left)[: last + 1]
    widest = int(np.flatnonzero(width >= 0.97 * width.max())[-1])
    back = max(0, widest - max(2, (last + 1) // 5))
    if widest < 0.7 * last or back == widest:
        return left, right
    steps = np.arange(1, len(left) - widest)
    for line in (left, right):
        line[widest + 1 :] = line[widest] + (line[widest] - line[back]) / (widest - back) * steps
    return _smoothed(left, True), _smoothed(right, True)


def _smoothed(line: Field, straight_on: bool = False) -> Field:
    """A line without the steps of notches and corners: folds do not jump; ``straight_on`` past its ends."""
    width = max(3, len(line) // 12) | 1
    if straight_on:
        padded = np.pad(line, width // 2, mode="reflect", reflect_type="odd")
    else:
        padded = np.pad(line, width // 2, mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid").astype(np.float32)


def _creases(mask: Mask, scale: float, kind: Kind, folds: Folds, chance: np.random.Generator) -> Field:
    """Small slanting creases, in centimetres: sharper in stiff cloth, softer in fluid cloth."""
    rows, columns = (max(2, round(side / scale / step)) for side, step in zip(mask.shape, (3.2, 7.0), strict=True))
    coarse = chance.uniform(-1, 1, (rows + 3, columns + 3)).astype(np.float32)
    down, across = np.mgrid[: mask.shape[0], : mask.shape[1]].astype(np.float32)
    slanted = (down + 0.45 * across) / (mask.shape[0] + 0.45 * mask.shape[1])
    import cv2

    noise = cv2.remap(coarse, across / mask.shape[1] * columns + 1, slanted * rows + 1, cv2.INTER_CUBIC)
    ridged = 1 - np.sqrt(noise * noise + 0.12) if kind.fall < 0.35 else noise
    amount = {"hang": 0.10, "close": 0.16, "none": 0.0}[folds]
    return np.asarray(ridged * np.float32(amount), dtype=np.float32)
