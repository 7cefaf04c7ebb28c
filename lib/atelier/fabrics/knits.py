"""Knitted cloth: stitches drawn as loops' two legs, ribs of them, cables crossing over a purl ground."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Final

import numpy as np

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, lay, relief

_FINE: Final = 48
#: Height of a course over the width of a wale, as a plain knit relaxes (Munden, 1959: about 1.3 courses a wale).
COURSE: Final = 0.77


@cache
def stitch() -> Field:
    """Height, 0 to 1, of one knit stitch, a V of two legs that lie over the V above; shape (48, 48)."""
    across, down = _plane(_FINE, _FINE)
    height = np.zeros_like(across)
    for side in (-1, 1):
        for course in (-1, 0, 1, 2):
            leg = _leg(across - 0.5 - side * 0.25, down - 0.5 - course, side * 0.30)
            height = np.maximum(height, leg)
    drawn: Field = height / height.max()
    return drawn


def _leg(across: Field, down: Field, lean: float) -> Field:
    """Height of a leg: an ellipse that leans, higher at its lower end so that it covers the one below."""
    turned = across + lean * down
    inside = 1 - (turned / 0.235) ** 2 - (down / 0.88) ** 2
    height: Field = np.sqrt(np.maximum(0, inside)) * (0.85 + 0.22 * down).astype(np.float32)
    return height


@cache
def purl() -> Field:
    """Height, 0 to 1, of one purl stitch: the loop's head as a bump across the wale; shape (48, 48)."""
    across, down = _plane(_FINE, _FINE)
    height = np.zeros_like(across)
    for course in (-1, 0, 1):
        for wale in (-1, 0, 1):
            arch = down - 0.5 - course + 0.16 * np.cos(2 * np.pi * across)
            bump = 1 - (arch / 0.36) ** 2 - ((across - 0.5 - wale) / 0.66) ** 2
            height = np.maximum(height, np.sqrt(np.maximum(0, bump)))
    drawn: Field = (height / height.max()).astype(np.float32)
    return drawn


def _plane(rows: int, columns: int) -> tuple[Field, Field]:
    """Places across and down one repeat, 0 to 1, each (rows, columns)."""
    down, across = np.mgrid[:rows, :columns].astype(np.float32)
    return (across + 0.5) / columns, (down + 0.5) / rows


def _knitted(grid: Grid, fabric: Fabric, light: Field, wales: int, hair: float) -> Field:
    """A knit of one colour from the light on a repeat of ``wales`` stitches, with uneven yarn."""
    across = grid.count(fabric.scale, wales)
    down = grid.count(fabric.scale * COURSE)
    laid = lay(light, down, across // wales, grid.pixels)
    uneven = 0.6 * grid.noise(down, across, "stitches") + 0.4 * grid.noise(down, grid.count(3.0), "courses")
    drawn: Field = (laid * (1 + np.float32(hair) * uneven))[..., None] * fabric.colours(1)[0]
    return drawn


def jersey(grid: Grid, fabric: Fabric) -> Field:
    """Plain knit, its face: columns of V."""
    light = relief(stitch(), 0.08, 0.62).clip(0.3, 1.5)
    return _knitted(grid, fabric, light, 1, 0.05)


@cache
def _rib() -> Field:
    """Light on two wales of knit, raised, and two of purl, sunk; shape (48, 192)."""
    columns = _FINE * 4
    place = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    raised = np.sqrt(np.maximum(0, 1 - ((place - 0.25) / 0.27) ** 2))
    stitches = np.hstack([np.tile(stitch(), 2), np.tile(purl() * 0.5, 2)])
    height = stitches * 0.6 + 1.5 * raised[None, :]
    return relief(height.astype(np.float32), 0.05, 0.42).clip(0.2, 1.5)


def rib_knit(grid: Grid, fabric: Fabric) -> Field:
    """Two wales of knit, two of purl: ridges that stand over furrows."""
    return _knitted(grid, fabric, _rib(), 4, 0.06)


def cable_knit(grid: Grid, fabric: Fabric) -> Field:
    """Two strands of six wales that cross on a purl ground, a ridge of twisted stitches beside them."""
    across, down = grid.count(fabric.scale), grid.count(fabric.scale * 0.8)
    rows, columns = ceil(grid.pixels / down), ceil(grid.pixels / across)
    height = _cable(2 * max(rows, 64), 2 * max(columns, 64))
    light = lay(relief(height, 0.012, 0.36).clip(0.15, 1.55), down, across, grid.pixels)
    hair = grid.noise(grid.count(0.12), grid.count(0.12), "hair")
    soft = (light * (1 + np.float32(0.05) * hair))[..., None] * fabric.colours(1)[0]
    drawn: Field = soft
    return drawn


def _cable(rows: int, columns: int) -> Field:
    """Height of one crossing and its ground; the repeat is 20 stitches wide and 20 courses high."""
    across, down = _plane(rows, columns)
    ground = _sampled(purl(), across * 20, down * 20) * 0.35
    height = ground
    turn = 2 * np.pi * down
    for sign in (-1.0, 1.0):
        middle = 0.38 + sign * 0.108 * np.sin(turn)
        depth = 0.45 + 0.4 * sign * np.cos(turn)
        height = np.maximum(height, _strand(across - middle, down, 0.118, sign * 0.125 * np.cos(turn), depth))
    for edge in (0.76, 0.92):
        height = np.maximum(height, _strand(across - edge, down, 0.045, np.zeros_like(down), np.full_like(down, 0.3)))
    return height.astype(np.float32)


def _strand(off: Field, down: Field, half: float, lean: Field, depth: Field) -> Field:
    """Height of a strand of knit stitches that follows its own direction; 0 beside it."""
    place = off / half
    round_ = np.sqrt(np.maximum(0, 1 - place**2))
    stitches = 4 if half > 0.1 else 2
    wale = (place * 0.5 + 0.5) * stitches
    face = _sampled(stitch(), wale, down * 20 + off * lean * 60)
    height: Field = np.where(np.abs(place) < 1, 0.55 + depth + 0.9 * round_ + 0.42 * face, 0).astype(np.float32)
    return height


def _sampled(repeat: Field, across: Field, down: Field) -> Field:
    """A repeat read at places counted in repeats."""
    rows, columns = repeat.shape
    drawn: Field = repeat[(down * rows).astype(np.int64) % rows, (across * columns).astype(np.int64) % columns]
    return drawn
