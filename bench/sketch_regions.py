"""Reading a sketch in a 12-megapixel photo, against decoding that photo and shrinking it alone."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.model import Result, alternate, median

TURNS = 5
SIZE = (3000, 4000)  # width, height


def photo() -> bytes:
    """The sample's photographed dress as a phone would have sent it: 12 megapixels, JPEG."""
    from PIL import Image

    from sample_data.generate import HERE

    with Image.open(HERE / "sketches" / "dress.jpg") as picture:
        large = picture.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)
    file = io.BytesIO()
    large.save(file, "JPEG", quality=88)
    return file.getvalue()


def decoded(content: bytes) -> NDArray[np.uint8]:
    """The photo's pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGB"))


def ours(content: bytes) -> Any:
    """Decode the photo and read the sketch in it."""
    from lib.vision.sketches import read_sketch

    return read_sketch(decoded(content))


def floor(content: bytes) -> Any:
    """Decode the photo and shrink it to the size at which a sketch is read."""
    import cv2

    return cv2.resize(decoded(content), (1200, 1600), interpolation=cv2.INTER_AREA)


def run() -> Result:
    """Both ``TURNS`` times in turn; the medians count."""
    content = photo()
    sketch = ours(content)  # fills caches: neither pays for being first
    floor(content)
    mine, theirs = alternate(lambda: ours(content), lambda: floor(content), TURNS)
    detail = {
        "ours": mine,
        "decode and resize": theirs,
        "megapixels": SIZE[0] * SIZE[1] / 1e6,
        "regions": len(sketch.parts),
    }
    return Result("sketch_regions", "sketch read in a 12-megapixel photo", median(mine), median(theirs), "s", detail)
