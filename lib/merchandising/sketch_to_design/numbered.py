"""A sketch with its parts numbered, so that somebody can say which of them take no cloth."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

#: Washes that part neighbours; a part that is left out stays paper and its number is struck through.
_WASHES: Final = ((214, 226, 222), (232, 222, 206), (218, 218, 232), (230, 214, 214))
_INK: Final = (28, 33, 38)
#: Width of the picture in pixels, at least.
_WIDE: Final = 900


def numbered(sketch: Sketch, left_out: Collection[int] = ()) -> NDArray[np.uint8]:
    """The drawing with each part washed in a colour and numbered by its label, shape (h, w, 3).

    It is cut to what is drawn and at least ``_WIDE`` pixels wide, so that its numbers can be read.
    """
    washes = np.full((len(sketch.parts) + 1, 3), 255, dtype=np.float32)
    for part in sketch.parts:
        if part.label not in left_out:
            washes[part.label] = _WASHES[part.label % len(_WASHES)]
    shown = washes[sketch.regions] * (1 - 0.8 * sketch.lines[..., None])
    window = _drawn(sketch)
    return _with_numbers(np.ascontiguousarray(shown.astype(np.uint8)[window]), sketch, left_out, window)


def _drawn(sketch: Sketch) -> tuple[slice, slice]:
    """The rows and columns of what is drawn, with a little air."""
    down, across = np.nonzero(sketch.regions)
    air = max(sketch.shape) // 50
    return (
        slice(max(0, int(down.min()) - air), int(down.max()) + air),
        slice(max(0, int(across.min()) - air), int(across.max()) + air),
    )


def _with_numbers(
    shown: NDArray[np.uint8], sketch: Sketch, left_out: Collection[int], window: tuple[slice, slice]
) -> NDArray[np.uint8]:
    from PIL import Image, ImageDraw, ImageFont

    from lib.vision.sketches.correcting import innermost

    image = Image.fromarray(shown)
    scale = max(1.0, _WIDE / image.width)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(image)
    font: Any = ImageFont.load_default(image.width // 26)
    for part in sketch.parts:
        row, column = innermost(sketch.regions == part.label)
        row, column = round((row - window[0].start) * scale), round((column - window[1].start) * scale)
        place = (column, row)
        pen.text(place, str(part.label), fill=_INK, font=font, anchor="mm", stroke_width=4, stroke_fill=(255, 255, 255))
        if part.label in left_out:
            left, _top, right, _low = pen.textbbox(place, str(part.label), font=font, anchor="mm")
            pen.line([(left - 6, row), (right + 6, row)], fill=(160, 40, 40), width=4)
    return np.asarray(image)
