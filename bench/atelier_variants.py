"""Nine variants of one garment at 1024 x 1024, drawn, laid on their ground and encoded as PNG.

The floor is what no renderer can be faster than: Pillow pastes and encodes the same nine finished pictures. Pictures
are made anew: what earlier variants left in the atelier's caches is dropped before each round.
"""

from __future__ import annotations

import io
import time

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.model import Result
from lib.atelier import shading
from lib.atelier.fabrics import Fabric
from lib.atelier.garments import Garment, flat
from lib.atelier.palettes import Palette
from lib.atelier.rendering import render

SIDE = 1024
ROUNDS = 3
GROUND = (248, 246, 242)
GARMENT = Garment("dress", sleeve="long_sleeves", length="midi", neckline="v_neck")
FABRICS = (
    Fabric("satin", Palette.of("#F3E9DC")), Fabric("satin", Palette.of("#5B2238")),
    Fabric("linen", Palette.of("#9CAF88")),
    Fabric("floral", Palette.of("#F4EFE6", "#C2515A", "#3F6B4F", "#E6B45C")),
    Fabric("floral", Palette.of("#1F2C52", "#E6B45C", "#F4EFE6", "#9CAF88")),
    Fabric("denim", Palette.of("#2B3F66")), Fabric("lace", Palette.of("#FFFFFF")),
    Fabric("tweed", Palette.of("#8A7F70", "#B9A88F", "#3D3A35")), Fabric("dot", Palette.of("#1D2440", "#F3EFE6")),
)  # fmt: skip


def variants() -> list[NDArray[np.uint8]]:
    """The garment in each fabric, sRGB with alpha, no larger than the side."""
    view = flat(GARMENT).front
    left, top, right, bottom = view.bounds()
    scale = SIDE / (max(right - left, bottom - top) + 6.5)
    return [render(view, {"fabric": fabric}, scale) for fabric in FABRICS]


def encoded(pictures: list[NDArray[np.uint8]]) -> list[bytes]:
    """Each pasted in the middle of its ground and encoded as PNG, by Pillow alone."""
    files = []
    for picture in pictures:
        sheet = Image.new("RGB", (SIDE, SIDE), GROUND)
        garment = Image.fromarray(picture)
        sheet.paste(garment, ((SIDE - garment.width) // 2, (SIDE - garment.height) // 2), garment)
        out = io.BytesIO()
        sheet.save(out, "PNG")
        files.append(out.getvalue())
    return files


def run() -> Result:
    """Seconds for nine variants, the best of three rounds, beside the floor."""
    variants()  # imports
    ours, floor = [], []
    for _round in range(ROUNDS):
        shading.forget()
        start = time.perf_counter()
        pictures = variants()
        drawn = time.perf_counter()
        encoded(pictures)
        done = time.perf_counter()
        ours.append(done - start)
        floor.append(done - drawn)
    detail = {"rounds": ROUNDS, "variants": len(FABRICS), "side": SIDE, "seconds": ours, "floor": floor}
    return Result("atelier_variants", "nine variants at 1024 x 1024", min(ours), min(floor), "s", detail)
