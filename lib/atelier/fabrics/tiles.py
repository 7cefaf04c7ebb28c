"""``tile``: draws a fabric."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import knits, printed, prints, surfaces, weaves
from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, over
from lib.atelier.palettes import Palette
from lib.errors import InputError
from lib.i18n import N_

#: A tile's largest side: what is larger is laid from tiles.
LARGEST: Final = 4096
#: A cloth before it is printed, and how much of its light and shadow is left then.
_UNDYED: Final = Palette.of("#B4B4B4", "#B4B4B4", "#B4B4B4", "#B4B4B4")
_SHOWS: Final = 0.6

_DRAWN: Final[dict[str, Callable[[Grid, Fabric], Field]]] = {
    "plain_weave": weaves.plain_weave,
    "chambray": weaves.chambray,
    "linen": weaves.linen,
    "twill": weaves.twill,
    "denim": weaves.denim,
    "satin": weaves.satin,
    "tweed": weaves.tweed,
    "jersey": knits.jersey,
    "rib_knit": knits.rib_knit,
    "cable_knit": knits.cable_knit,
    "boucle": surfaces.boucle,
    "velvet": surfaces.velvet,
    "corduroy": surfaces.corduroy,
    "leather": surfaces.leather,
    "sequins": surfaces.sequins,
    "stripe": prints.stripe,
    "check": prints.check,
    "tartan": prints.tartan,
    "houndstooth": prints.houndstooth,
    "dot": prints.dot,
    "floral": printed.floral,
    "paisley": printed.paisley,
    "camouflage": printed.camouflage,
    "ikat": printed.ikat,
}


def natural_size(fabric: Fabric) -> float:
    """A tile's side in centimetres at which nobody sees it repeat too soon: two repeats, at least 16 cm."""
    repeats = max(2, round(16 / fabric.scale)) if fabric.scale > 1 else round(16 / fabric.scale)
    return repeats * fabric.scale


def tile(fabric: Fabric, pixels_per_cm: float = 64, size_cm: float | None = None, seed: int = 0) -> NDArray[np.uint8]:
    """A square of the fabric that continues itself on all sides.

    A whole number of repeats fits in a tile, so the scale is kept to within what rounding ``size_cm / scale`` costs:
    nothing where the size is a multiple of the scale.

    Args:
        fabric: what to draw.
        pixels_per_cm: resolution.
        size_cm: the side; ``natural_size`` where None.
        seed: of all chance in it.

    Returns:
        sRGB, shape (side, side, 3).

    Raises:
        InputError: the tile would have fewer than 8 or more than 4096 pixels on a side, or hold less than a repeat.
    """
    thread, hidden = _drawn(fabric, pixels_per_cm, size_cm, seed)
    return _bytes(thread if hidden is None else over(np.broadcast_to(_backing(fabric), thread.shape), hidden, thread))


def open_tile(
    fabric: Fabric, pixels_per_cm: float = 64, size_cm: float | None = None, seed: int = 0
) -> NDArray[np.uint8]:
    """The same tile with alpha, shape (side, side, 4): see-through where lace is open, opaque for every other kind.

    Raises:
        InputError: as ``tile``.
    """
    thread, hidden = _drawn(fabric, pixels_per_cm, size_cm, seed)
    alpha = np.ones(thread.shape[:2], dtype=np.float32) if hidden is None else hidden
    return np.dstack([_bytes(thread), _bytes(alpha * 255)])


def _bytes(values: Field) -> NDArray[np.uint8]:
    drawn: NDArray[np.uint8] = np.rint(values.clip(0, 255)).astype(np.uint8)
    return drawn


def _backing(fabric: Fabric) -> Field:
    """What lies behind lace in a tile: the second colour, or a shadow of the only one."""
    own = fabric.palette.rgb
    drawn: Field = own[1] if len(own) > 1 else own[0] * np.float32(0.42) + np.float32(60)
    return drawn


def _drawn(fabric: Fabric, pixels_per_cm: float, size_cm: float | None, seed: int) -> tuple[Field, Field | None]:
    """The threads' colours, 0 to 255 and beyond, and how much they hide, 0 to 1; None where that is everything."""
    size = natural_size(fabric) if size_cm is None else size_cm
    pixels = round(size * pixels_per_cm)
    if not 8 <= pixels <= LARGEST:
        raise InputError(
            N_(
                "A tile of {size} cm at {resolution} pixels a centimetre has {pixels} pixels on a side; it needs 8 to "
                "{most}. Choose another size or resolution."
            ),
            size=f"{size:g}",
            resolution=f"{pixels_per_cm:g}",
            pixels=pixels,
            most=LARGEST,
        )
    if size < fabric.scale * 0.75:
        raise InputError(
            N_("A tile of {size} cm cannot hold a repeat of {scale} cm. Choose a larger tile or a smaller scale."),
            size=f"{size:g}",
            scale=f"{fabric.scale:g}",
        )
    grid = Grid(size, pixels, seed)
    thread, hidden = _of_kind(grid, fabric)
    return (thread, hidden) if fabric.on is None else _printed(thread, grid, fabric.on)


def _of_kind(grid: Grid, fabric: Fabric) -> tuple[Field, Field | None]:
    return printed.lace(grid, fabric) if fabric.kind == "lace" else (_DRAWN[fabric.kind](grid, fabric), None)


def _printed(motif: Field, grid: Grid, cloth: Fabric) -> tuple[Field, Field | None]:
    """A motif on a cloth: dyed into its threads, whose light and shadow stay."""
    threads, hidden = _of_kind(grid, replace(cloth, palette=_UNDYED, on=None))
    light = threads.mean(axis=2, keepdims=True)
    return motif * (light / max(1.0, float(light.mean()))) ** np.float32(_SHOWS), hidden
