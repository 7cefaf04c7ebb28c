"""Four garments tried on at 1024 x 1536, against decoding, warping and encoding a picture of that size alone.

The lower side is what any try-on of pictures has to do at least: open four photos, send each through one thin-plate
spline, and write one picture.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from bench.model import Result, alternate, median
from lib.atelier.garments import flat
from lib.atelier.rendering import render
from lib.commerce.virtual_try_on import try_run
from lib.commerce.virtual_try_on.dressing import SIZE, dressed
from lib.commerce.virtual_try_on.models import MODELS
from lib.commerce.virtual_try_on.pieces import Piece, house_pieces
from lib.vision.bodies.splines import Spline, warped

TURNS = 5
TYPES = ("silk blouse", "wide-leg trousers", "wrap coat", "tote bag")


def _outfit() -> list[Piece]:
    return [next(one for one in house_pieces() if one.name.endswith(ending)) for ending in TYPES]


def _photos(outfit: list[Piece]) -> list[bytes]:
    """Each garment as a PNG of 1024 x 1536."""
    found = []
    for piece in outfit:
        canvas = Image.new("RGBA", SIZE)
        canvas.paste(Image.fromarray(render(flat(piece.garment).front, {"fabric": piece.fabric}, 8)))
        out = io.BytesIO()
        canvas.save(out, "PNG", compress_level=3)
        found.append(out.getvalue())
    return found


def _moved() -> Spline:
    """A spline through forty points that are moved by a few pixels."""
    generator = np.random.default_rng(0)
    knots = generator.uniform((0, 0), SIZE, (40, 2))
    return Spline.through(knots, knots + generator.normal(0, 12, (40, 2)), 1e-4)


def run() -> Result:
    """Pictures per second; the ratio is the share of the time that decode, warp and encode would take alone."""
    outfit, person, spline = _outfit(), MODELS["binta"].person, _moved()
    photos = _photos(outfit)

    def ours() -> object:
        return try_run.png_of(dressed(person, outfit))

    def theirs() -> object:
        layer = None
        for photo in photos:
            with Image.open(io.BytesIO(photo)) as opened:
                layer = warped(np.asarray(opened), spline, (SIZE[1], SIZE[0]))
        assert layer is not None
        return try_run.png_of(np.ascontiguousarray(layer[..., :3]))

    ours()  # fabrics are imported and tiles are drawn once
    own, least = alternate(ours, theirs, TURNS)
    return Result(
        "try_on", "four garments on a figure at 1024 x 1536", 1 / median(own), 1 / median(least), "pictures per second",
        {"seconds": median(own), "decode_warp_encode_seconds": median(least), "width": SIZE[0], "height": SIZE[1]},
    )  # fmt: skip
