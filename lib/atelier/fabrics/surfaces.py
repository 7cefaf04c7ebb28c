"""Cloths whose surface is not threads in rows: bouclé, velvet, corduroy, leather, sequins."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, lay, relief, resample

Cells = NDArray[np.int32]
#: Pixels across a bouclé's loop at most; across a sequin below which its rim is drawn finer, up to so many on a side.
_LOOP: Final = 14
_RIM: Final = 48
_FINER: Final = 1440


def _neighbours(grid: Grid, count: int, name: str, jitter: float) -> list[tuple[Cells, Field, Field]]:
    """For each of the nine cells round a pixel: its number, and the way to its jittered middle in cells.

    Method: cellular texture (Worley, 1996) on a wrapped lattice of ``count`` x ``count``.
    """
    chance = grid.chance(name)
    middle = (0.5 + jitter * chance.uniform(-0.5, 0.5, (2, count * count))).astype(np.float32)
    at = grid.positions() * count
    cell = np.floor(at).astype(np.int32)
    part = (at - cell).astype(np.float32)
    found = []
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            number = ((cell + down) % count)[:, None] * np.int32(count) + ((cell + across) % count)[None, :]
            off_y = middle[0].take(number) + (np.float32(down) - part)[:, None]
            off_x = middle[1].take(number) + (np.float32(across) - part)[None, :]
            found.append((number, off_x, off_y))
    return found


def leather(grid: Grid, fabric: Fabric) -> Field:
    """Pebbled grain: cells that bulge between creases, pores, a tone that varies over the hide."""
    count = grid.count(fabric.scale)
    nearest = np.full((grid.pixels, grid.pixels), 9, dtype=np.float32)
    second = nearest.copy()
    for _number, off_x, off_y in _neighbours(grid, count, "grain", 0.95):
        far = off_x * off_x + off_y * off_y
        second = np.minimum(second, np.maximum(nearest, far))
        nearest = np.minimum(nearest, far)
    crease = np.sqrt(second) - np.sqrt(nearest)
    height = np.sqrt(np.clip(crease * 1.8, 0, 1))
    light = relief(height, 0.45 / count, 0.42)
    hide = grid.noise(grid.count(4.0), grid.count(4.0), "hide") + 0.5 * grid.noise(
        grid.count(0.5), grid.count(0.5), "fine"
    )
    gloss = np.maximum(light - 1.08, 0) * 90
    drawn: Field = (light * (1 + np.float32(0.05) * hide))[..., None] * fabric.colours(1)[0] + gloss[..., None]
    return drawn


def boucle(grid: Grid, fabric: Fabric) -> Field:
    """Loops of curled yarn that lie over each other in two layers, in up to three colours."""
    count = grid.count(fabric.scale)
    # Yarn is soft: more points than this in a loop show nothing, and cost time.
    working = replace(grid, pixels=min(grid.pixels, _LOOP * count))
    height = np.full((working.pixels, working.pixels), -0.4, dtype=np.float32)
    owner = np.zeros((working.pixels, working.pixels), dtype=np.int32)
    for layer in (0, 1):
        _loops(working, count, layer, height, owner)
    # Wool takes the light softly: bright rims and black gaps would read as sequins.
    light = relief(height, 0.16 / count, 0.34).clip(0.55, 1.14)
    mixed = grid.chance("colours").choice([0, 0, 0, 0, 1, 1, 2], count * count)
    colours = fabric.colours(3)[mixed if len(fabric.palette) > 1 else mixed * 0]
    own = np.float32(
        0.42 if len(fabric.palette) < 3 else 0.8
    )  # colours that nobody asked for stay near those asked for
    colours = colours * own + colours[:2].mean(axis=0) * (1 - own)
    loops = resample(colours[owner] * light[..., None], grid.pixels, grid.pixels)
    fuzz = grid.noise(grid.count(fabric.scale / 9), grid.count(fabric.scale / 9), "fuzz")
    return loops * (0.95 + np.float32(0.12) * fuzz)[..., None]


def _loops(grid: Grid, count: int, layer: int, height: Field, owner: Cells) -> None:
    """Raise ``height`` by one layer of loops, and say in ``owner`` which loop is on top."""
    chance = grid.chance(f"loops {layer}")
    radius, lift, stretch, slant = (
        chance.uniform(low, high, count * count).astype(np.float32)
        for low, high in ((0.16, 0.46), (0.0, 0.6), (0.55, 1.0), (0.0, np.pi))
    )
    lift += np.float32(0.25 * layer)
    turned_x, turned_y = np.cos(slant), np.sin(slant)
    for number, off_x, off_y in _neighbours(grid, count, f"bouclé {layer}", 1.0):
        cosine, sine = turned_x.take(number), turned_y.take(number)
        along = off_x * cosine + off_y * sine
        aside = (off_y * cosine - off_x * sine) / stretch.take(number)
        off = (np.sqrt(along * along + aside * aside) - radius.take(number)) * np.float32(1 / 0.21)
        loop = np.sqrt(np.maximum(0, 1 - off * off)) * 0.6 + lift.take(number)
        higher = (np.abs(off) < 1) & (loop > height)
        np.copyto(height, loop, where=higher)
        np.copyto(owner, number, where=higher)


def velvet(grid: Grid, fabric: Fabric) -> Field:
    """Dense, even pile. What makes it velvet is how it takes the light: ``lib.atelier.light``."""
    fine = grid.noise(grid.count(fabric.scale), grid.count(fabric.scale), "pile")
    drawn: Field = (1 + np.float32(0.05) * fine)[..., None] * fabric.colours(1)[0]
    return drawn


def corduroy(grid: Grid, fabric: Fabric) -> Field:
    """Ridges of cut pile along the warp with furrows between them."""
    across = grid.count(fabric.scale)
    place = (np.arange(64, dtype=np.float32) + 0.5) / 64 * 2 - 1
    ridge = np.sqrt(np.maximum(0, 1 - (place / 0.86) ** 2))[None, :].repeat(8, 0)
    light = lay(relief(ridge, 0.10, 0.50).clip(0.3, 1.4), across, across, grid.pixels)
    pile = grid.noise(grid.count(0.06), grid.count(0.05), "pile")
    leaning = grid.noise(grid.count(1.5), across, "leaning")
    drawn: Field = (light * (1 + np.float32(0.06) * pile + np.float32(0.05) * leaning))[..., None] * fabric.colours(1)[
        0
    ]
    return drawn


def sequins(grid: Grid, fabric: Fabric) -> Field:
    """Overlapping discs, each at its own tilt, a few of them catching the lamp."""
    across = grid.count(fabric.scale)
    finer = min(2 * grid.pixels, _FINER)
    if grid.pixels < _RIM * across and grid.pixels < finer:
        fine = replace(grid, pixels=finer)
        return resample(_sequins(fine, fabric, across), grid.pixels, grid.pixels)
    return _sequins(grid, fabric, across)


def _sequins(grid: Grid, fabric: Fabric, across: int) -> Field:
    """The discs, ``across`` of them in a row."""
    rows = grid.count(fabric.scale * 0.6, 2)
    chance = grid.chance("sequins")
    tilt = chance.uniform(-1, 1, (2, rows * across)).astype(np.float32)
    flash = (chance.random(rows * across) < 0.07).astype(np.float32)
    owner, off_x, off_y = _discs(grid, across, rows)
    far = off_x**2 + off_y**2
    tilt_x, tilt_y = tilt[0].take(owner), tilt[1].take(owner)
    light = 0.78 + 0.30 * tilt_x + 0.75 * (tilt_x * off_x + tilt_y * off_y) - 0.30 * off_y
    light *= 1 - 0.45 * np.clip((far - 0.80) * 6, 0, 1)
    light = np.where((off_x**2 + (off_y + 0.62) ** 2) < 0.02, 0.35, light)
    gleam = np.exp(-((off_x - 0.45 * tilt_x) ** 2 + (off_y - 0.4 * tilt_y) ** 2) * 9)
    gloss = (gleam * (28 + 120 * flash.take(owner))).astype(np.float32)
    second = chance.random(rows * across) < (0.3 if len(fabric.palette) > 1 else 0)
    colours = fabric.colours(2)[second.astype(int)]
    drawn: Field = colours[owner] * light.clip(0.2, 1.5)[..., None].astype(np.float32) + gloss[..., None]
    return drawn


def _discs(grid: Grid, across: int, rows: int) -> tuple[Cells, Field, Field]:
    """Which disc shows at each pixel, and where on it (-1 to 1); higher rows lie over lower ones."""
    down_at, across_at = grid.positions() * rows, grid.positions() * across
    row = np.floor(down_at).astype(np.int32)
    owner = np.zeros((grid.pixels, grid.pixels), dtype=np.int32)
    found = np.zeros((grid.pixels, grid.pixels), dtype=bool)
    kept_x, kept_y = np.zeros_like(owner, dtype=np.float32), np.zeros_like(owner, dtype=np.float32)
    ratio = np.float32(across / rows)
    for above in (-1, 0, 1, 2):
        line = row - 1 + above
        shifted = across_at[None, :] - (np.float32(0.5) * (line % 2).astype(np.float32))[:, None]
        column = np.round(shifted)
        off_x = ((shifted - column) * (2 / 1.08)).astype(np.float32)
        off_y = np.broadcast_to(
            ((down_at - line - 0.5).astype(np.float32) * ratio * np.float32(2 / 1.08))[:, None], off_x.shape
        )
        shows = ~found & (off_x**2 + off_y**2 < 1)
        number = (line % rows)[:, None] * np.int32(across) + column.astype(np.int32) % across
        for kept, value in ((owner, number), (kept_x, off_x), (kept_y, off_y)):
            np.copyto(kept, value, where=shows)
        found |= shows
    return owner, kept_x, kept_y
