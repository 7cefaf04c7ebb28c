"""Stripes, checks, tartans, houndstooth and dots: colour laid in order, on a woven ground."""

from __future__ import annotations

from math import ceil

import numpy as np

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, inside, lay, over
from lib.atelier.fabrics.weaves import PLAIN, TWILL, Yarn, ground, spread, threads, woven

_EVEN = Yarn(0.02, 0.03)


def _threads_in(grid: Grid, repeat_cm: float, least: int, multiple: int) -> tuple[int, int]:
    """Threads in one repeat, near 16 a centimetre, and how many repeats lie across the tile."""
    inside_one = max(least, multiple * round(repeat_cm * 16 / multiple))
    return inside_one, grid.count(repeat_cm)


def stripe(grid: Grid, fabric: Fabric) -> Field:
    """Stripes along the warp, printed: each colour of the palette in turn and as wide as the next."""
    count = min(max(2, len(fabric.palette)), fabric.about.colours)
    each, repeats = _threads_in(grid, fabric.scale, count * 2, count * 2)
    sequence = np.tile(np.repeat(np.arange(count), each // count), repeats)
    warp = spread(sequence, fabric.colours(count))
    return threads(grid, warp, _EVEN, "stripe")[None] * ground(grid)[..., None]


def check(grid: Grid, fabric: Fabric) -> Field:
    """Gingham: two colours both ways in plain weave, so the squares where they meet are mixed."""
    each, repeats = _threads_in(grid, fabric.scale, 4, 4)
    sequence = np.tile(np.repeat([1, 0], each // 2), repeats)
    line = spread(sequence, fabric.colours(2))
    return woven(grid, PLAIN, line, line, _EVEN)


def tartan(grid: Grid, fabric: Fabric) -> Field:
    """A sett mirrored about its middle, the same in warp and weft, in 2/2 twill."""
    colours = fabric.colours(4)
    each, repeats = _threads_in(grid, fabric.scale, 32, 8)
    half = [(0, 10), (1, 1), (0, 2), (1, 7), (2, 2), (1, 1), (3, 1)]
    sett = half + half[::-1]
    widths = np.array([width for _colour, width in sett], dtype=float)
    ends = np.rint(np.cumsum(widths) / widths.sum() * each).astype(int)
    one = np.repeat([colour for colour, _width in sett], np.diff(ends, prepend=0))
    line = spread(np.tile(one, repeats), colours)
    return woven(grid, TWILL, line, line, Yarn(0.03, 0.06))


def houndstooth(grid: Grid, fabric: Fabric) -> Field:
    """Four dark, four light threads in 2/2 twill, at any size: two solid quarters, two of slanted bars."""
    repeats = grid.count(fabric.scale)
    side = min(2048, max(48, 3 * ceil(grid.pixels / repeats)))
    down, across = (np.mgrid[:side, :side].astype(np.float32) + 0.5) / side
    up = (2 * (across + down) - 0.125) % 1 < 0.5
    dark = np.where(up, across < 0.5, down < 0.5)
    mask = lay(dark.astype(np.float32), repeats, repeats, grid.pixels)
    ground_colour, tooth = fabric.colours(2)[0], fabric.colours(2)[1]
    flat = over(np.broadcast_to(ground_colour, (*mask.shape, 3)), mask, tooth)
    return flat * (ground(grid, TWILL, 0.08) * _uneven(grid))[..., None]


def _uneven(grid: Grid) -> Field:
    """The slight unevenness of a woollen ground."""
    return 1 + np.float32(0.05) * grid.noise(grid.count(0.1), grid.count(0.1), "uneven")


def dot(grid: Grid, fabric: Fabric) -> Field:
    """Dots in rows set off by half a step; each colour after the ground in turn."""
    count = min(max(2, len(fabric.palette)), fabric.about.colours)
    colours = fabric.colours(count)
    repeats = grid.count(fabric.scale)
    side = ceil(grid.pixels / repeats)
    down, across = (np.mgrid[:side, :side].astype(np.float32) + 0.5) / side
    cell = np.broadcast_to(colours[0], (side, side, 3)).astype(np.float32)
    for index, (middle_x, middle_y) in enumerate(((0.25, 0.25), (0.75, 0.75))):
        off_x, off_y = (across - middle_x + 0.5) % 1 - 0.5, (down - middle_y + 0.5) % 1 - 0.5
        colour = colours[1 + index % (count - 1)]
        cell = over(cell, inside(np.hypot(off_x, off_y) - 0.2, 1 / side), colour)
    return lay(cell, repeats, repeats, grid.pixels) * ground(grid)[..., None]
