"""Pictures on their way to a model: read as all pictures are, made small, and stripped of what they tell."""

from __future__ import annotations

import numpy as np

from lib.engines.text.model import Image
from lib.files.pictures import Picture, read_picture, written

LONGEST_SIDE = 1568  # pixels; providers scale larger ones down themselves and charge for them
JPEG_QUALITY = 88
FEW_COLOURS = 256


def prepare(data: bytes, longest_side: int = LONGEST_SIDE) -> Image:
    """The picture as it is sent: upright, at most ``longest_side`` pixels long, without metadata such as the place.

    Raises:
        InputError: see ``lib.files.pictures.read_picture``.
    """
    found = read_picture(data, longest_side=longest_side)
    if found.alpha is not None or (found.kind != "jpeg" and _few_colours(found)):
        return Image(written(found.pixels, found.alpha), "image/png")
    return Image(written(found.pixels, kind="jpeg", quality=JPEG_QUALITY), "image/jpeg")


def _few_colours(picture: Picture) -> bool:
    """Whether the picture is a drawing rather than a photo: a PNG is then smaller, and keeps its edges."""
    packed = picture.pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    return len(np.unique(packed)) <= FEW_COLOURS
