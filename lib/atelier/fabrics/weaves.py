"""Woven cloth: drafts of warp over weft, thread by thread.

A draft is a small matrix, 1 where the warp lies on top. Its threads' cross-sections and floats make a height map; the
light on it and the colour of each thread make the cloth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, lay, relief, resample

#: Points across one thread in a draft's height map.
_FINE: Final = 16

PLAIN: Final = ((1, 0), (0, 1))
#: 2/2 twill rising to the right; 3/1 as in denim, its lines rising to the right too.
TWILL: Final = ((0, 0, 1, 1), (0, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, 1))
DENIM: Final = ((1, 1, 1, 0), (1, 1, 0, 1), (1, 0, 1, 1), (0, 1, 1, 1))
#: Eight-end satin with a step of three: floats of seven, bindings that never touch.
SATIN: Final = tuple(tuple(int((column - 3 * row) % 8 != 0) for column in range(8)) for row in range(8))
#: Twill that turns every eight threads.
HERRINGBONE: Final = tuple(
    tuple(int((row + (column if column < 8 else 15 - column)) % 4 < 2) for column in range(16)) for row in range(4)
)


@dataclass(frozen=True)
class Yarn:
    """How even threads are.

    Args:
        tone: spread of brightness from thread to thread.
        slub: spread of brightness along one thread.
        slub_cm: length over which a thread changes.
    """

    tone: float = 0.03
    slub: float = 0.04
    slub_cm: float = 1.0


@cache
def structure(draft: tuple[tuple[int, ...], ...], fullness: float = 0.95, depth: float = 0.5) -> tuple[Field, Field]:
    """Light on one repeat of a draft, split by the thread that is on top (warp, weft); each (rows, columns) x 16.

    ``fullness`` is a thread's width over its distance from the next, ``depth`` how dark the gaps are.
    """
    up = np.kron(np.array(draft, dtype=np.float32), np.ones((_FINE, _FINE), dtype=np.float32))
    place = (np.arange(_FINE, dtype=np.float32) + 0.5) / _FINE * 2 - 1
    section = np.sqrt(np.maximum(0, 1 - (place / fullness) ** 2))
    warp = _blurred(up, 0) + 0.5 * np.tile(section, len(draft[0]))[None, :]
    weft = _blurred(1 - up, 1) + 0.5 * np.tile(section, len(draft))[:, None]
    height = np.maximum(warp, weft)
    light = relief(height, 0.05 / len(draft), depth).clip(0.2, 1.6)
    top = (warp >= weft).astype(np.float32)
    return light * top, light * (1 - top)


def _blurred(field: NDArray[Any], axis: int) -> Field:
    """A wrapped field averaged over one thread along an axis: a thread bends, it does not jump."""
    total = sum(np.roll(field, shift, axis) for shift in range(-_FINE // 2, _FINE // 2))
    return np.asarray(total, dtype=np.float32) / _FINE


def threads(grid: Grid, colours: Field, yarn: Yarn, name: str) -> Field:
    """Colours of the threads across the tile, one a pixel, shape (pixels, 3), from one a thread, shape (n, 3)."""
    tone = 1 + yarn.tone * grid.chance(f"{name} tone").standard_normal(len(colours)).astype(np.float32)
    line = (colours * tone[:, None])[None]
    fine = np.repeat(line, max(1, -(-grid.pixels // len(colours))), axis=1)
    drawn: Field = resample(fine.astype(np.float32), 1, grid.pixels)[0]
    return drawn


def woven(grid: Grid, draft: tuple[tuple[int, ...], ...], warp: Field, weft: Field, yarn: Yarn) -> Field:
    """A cloth of ``draft`` with one colour for each warp and each weft thread, shapes (n, 3) and (m, 3)."""
    light = structure(draft)
    down, across = len(weft) // len(draft), len(warp) // len(draft[0])
    along = grid.count(yarn.slub_cm)
    slub = np.float32(yarn.slub)
    on_warp = lay(light[0], down, across, grid.pixels) * (1 + slub * grid.noise(along, len(warp), "warp slub"))
    on_weft = lay(light[1], down, across, grid.pixels) * (1 + slub * grid.noise(len(weft), along, "weft slub"))
    across_colours, down_colours = threads(grid, warp, yarn, "warp"), threads(grid, weft, yarn, "weft")
    return on_warp[..., None] * across_colours[None] + on_weft[..., None] * down_colours[:, None]


def _solid(colour: Field, count: int) -> Field:
    return np.tile(colour[None], (count, 1)).astype(np.float32)


def _cloth(grid: Grid, fabric: Fabric, draft: tuple[tuple[int, ...], ...], yarn: Yarn, weft: int = 0) -> Field:
    """A cloth whose warp is the first colour and whose weft is the colour at ``weft``."""
    colours = fabric.colours(2)
    across, down = grid.count(fabric.scale, len(draft[0])), grid.count(fabric.scale, len(draft))
    return woven(grid, draft, _solid(colours[0], across), _solid(colours[weft], down), yarn)


def plain_weave(grid: Grid, fabric: Fabric) -> Field:
    """One over, one under."""
    return _cloth(grid, fabric, PLAIN, Yarn(0.02, 0.04))


def chambray(grid: Grid, fabric: Fabric) -> Field:
    """Plain weave with a coloured warp and another weft."""
    return _cloth(grid, fabric, PLAIN, Yarn(0.05, 0.10), weft=1)


def linen(grid: Grid, fabric: Fabric) -> Field:
    """Plain weave of uneven yarn: thick places run along the threads both ways."""
    return _cloth(grid, fabric, PLAIN, Yarn(0.09, 0.16, 2.5))


def twill(grid: Grid, fabric: Fabric) -> Field:
    """Two over, two under, one thread further each row."""
    return _cloth(grid, fabric, TWILL, Yarn(0.02, 0.03))


def denim(grid: Grid, fabric: Fabric) -> Field:
    """Warp-faced 3/1 twill; the dyed warp wears uneven, the weft stays pale."""
    dyed, undyed = fabric.colours(2)
    across, down = grid.count(fabric.scale, 4), grid.count(fabric.scale, 4)
    cloth = woven(grid, DENIM, _solid(dyed, across), _solid(undyed * 0.94, down), Yarn(0.07, 0.10, 1.6))
    worn = 1 + np.float32(0.03) * grid.noise(grid.count(3.0), grid.count(3.0), "wear")
    return cloth * worn[..., None]


def satin(grid: Grid, fabric: Fabric) -> Field:
    """Long floats that hide their bindings: light runs along the warp."""
    cloth = _cloth(grid, fabric, SATIN, Yarn(0.02, 0.03, 3.0))
    sheen = (
        grid.noise(grid.count(9.0), grid.count(2.6), "sheen")
        + 0.5 * grid.noise(grid.count(6.0), grid.count(0.9), "finer sheen")
        + 0.25 * grid.noise(grid.count(4.0), grid.count(0.25), "finest sheen")
    )
    bright: Field = cloth * (1 + np.float32(0.045) * sheen)[..., None] + 4 * np.maximum(sheen, 0)[..., None]
    return bright


def tweed(grid: Grid, fabric: Fabric) -> Field:
    """Herringbone of rough wool in mixed colours, with flecks."""
    colours = fabric.colours(4)
    chance = grid.chance("tweed")
    across, down = grid.count(fabric.scale, 16), grid.count(fabric.scale, 4)
    warp = colours[chance.choice([0] * 11 + [2], across)]
    weft = colours[chance.choice([1] * 11 + [0], down)]
    cloth = woven(grid, HERRINGBONE, warp, weft, Yarn(0.06, 0.14, fabric.scale * 4))
    fuzz = grid.noise(grid.count(fabric.scale / 3), grid.count(fabric.scale / 3), "fuzz")
    cloth = cloth * (1 + np.float32(0.16) * fuzz)[..., None]
    return _flecked(grid, cloth, fabric.scale, colours[2:])


def _flecked(grid: Grid, cloth: Field, scale_cm: float, colours: Field) -> Field:
    """Short flecks of each colour along the weft."""
    for index, colour in enumerate(colours):
        spots = grid.noise(grid.count(scale_cm * 0.8), grid.count(scale_cm * 1.5), f"fleck {index}")
        rare = grid.noise(grid.count(scale_cm * 7), grid.count(scale_cm * 7), f"where {index}")
        mask = np.clip((spots + 0.30 * rare - 0.86) * 7, 0, 0.85).astype(np.float32)
        cloth = cloth + mask[..., None] * (colour - cloth)
    return cloth


def ground(grid: Grid, draft: tuple[tuple[int, ...], ...] = PLAIN, scale_cm: float = 0.05) -> Field:
    """Light of the cloth under a print, mean 1, shape (pixels, pixels)."""
    light = structure(draft)
    down, across = grid.count(scale_cm, len(draft)), grid.count(scale_cm, len(draft[0]))
    laid: Field = lay(light[0] + light[1], down // len(draft), across // len(draft[0]), grid.pixels)
    return laid


def spread(sequence: NDArray[np.integer], colours: Field) -> Field:
    """Colours of threads from the index of each, shape (n, 3)."""
    drawn: Field = colours[sequence].astype(np.float32)
    return drawn
