"""``tile``: draws a fabric."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import knits, printed, prints, surfaces, weaves
from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid
from lib.errors import InputError
from lib.i18n import N_

#: A tile's largest side: what is larger is laid from tiles.
LARGEST: Final = 4096

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
    return np.rint(_drawn(fabric, pixels_per_cm, size_cm, seed)[0].clip(0, 255)).astype(np.uint8)


def cover(fabric: Fabric, pixels_per_cm: float = 64, size_cm: float | None = None, seed: int = 0) -> Field:
    """How much of what is behind the same tile hides, 0 to 1, shape (side, side): 1 everywhere but for lace.

    Raises:
        InputError: as ``tile``.
    """
    return _drawn(fabric, pixels_per_cm, size_cm, seed)[1]


def _drawn(fabric: Fabric, pixels_per_cm: float, size_cm: float | None, seed: int) -> tuple[Field, Field]:
    """The tile's colours, 0 to 255 and beyond, and its cover."""
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
    if fabric.kind == "lace":
        return printed.lace(grid, fabric)
    return _DRAWN[fabric.kind](grid, fabric), np.ones((pixels, pixels), dtype=np.float32)
