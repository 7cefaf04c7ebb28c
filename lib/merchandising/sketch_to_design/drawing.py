"""A design drawn: its picture in cloth, its plate of many, its layered SVG."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lib.atelier.drawing import Fill, Tile
from lib.atelier.fabrics import tile
from lib.atelier.garments import Garment, flat, svg
from lib.atelier.garments.model import Flat, View
from lib.atelier.rendering import render
from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.sketch_to_design.design import Design

Pixels = NDArray[np.uint8]
Side = Literal["front", "back"]

#: The page's pictures, width and height in pixels: 4 to 5, as a lookbook's.
SIZE: Final = (880, 1100)
#: What a taken-away PNG measures on its longer side.
LARGE: Final = 2400
#: The paper that a garment lies on, and how much of the picture stays free around it.
PAPER: Final = (246, 243, 237)
_AIR: Final = 0.06
_RENDER_AIR: Final = 3.0  # centimetres that ``render`` leaves around a garment


@lru_cache(maxsize=64)
def _made(garment: Garment) -> Flat:
    return flat(garment)


def _flat(design: Design) -> Flat:
    return _made(design.garment)


def cloth(design: Design, side: Side = "front", size: tuple[int, int] = SIZE) -> Pixels:
    """One side of a design as cloth, sRGB with alpha, shape (h, w, 4), in the middle of a picture of ``size``."""
    view = getattr(_flat(design), side)
    scale = _scale(view, size)
    drawn = render(view, {"fabric": design.fabric}, scale, seed=design.seed)
    return placed(drawn, size)


def _scale(view: View, size: tuple[int, int]) -> float:
    """Pixels per centimetre at which a side fills a picture."""
    left, top, right, bottom = view.bounds()
    wide, tall = (side * (1 - 2 * _AIR) for side in size)
    return min(wide / (right - left + 2), tall / (bottom - top + 2))


def placed(drawn: Pixels, size: tuple[int, int]) -> Pixels:
    """A drawing in the middle of a transparent picture; what is outside is air and is cut."""
    canvas = np.zeros((size[1], size[0], 4), dtype=np.uint8)
    down, across = (size[1] - drawn.shape[0]) // 2, (size[0] - drawn.shape[1]) // 2
    top, left = max(0, -down), max(0, -across)
    part = drawn[top : top + size[1], left : left + size[0]]
    down, across = max(0, down), max(0, across)
    canvas[down : down + part.shape[0], across : across + part.shape[1]] = part
    return canvas


def on_paper(drawn: Pixels, paper: tuple[int, int, int] = PAPER) -> Pixels:
    """A drawing laid on paper with the soft shadow of what lies there, shape (h, w, 3)."""
    import cv2

    alpha = drawn[..., 3].astype(np.float32) / 255
    soft = drawn.shape[0] / 90
    shadow = cv2.GaussianBlur(np.roll(alpha, (round(soft * 0.9), round(soft * 0.5)), (0, 1)), (0, 0), soft)
    ground = np.array(paper, dtype=np.float32) * (1 - 0.24 * shadow[..., None])
    laid = ground + alpha[..., None] * (drawn[..., :3].astype(np.float32) - ground)
    return laid.round().clip(0, 255).astype(np.uint8)


def picture(design: Design, side: Side = "front", size: tuple[int, int] = SIZE) -> Pixels:
    """One side of a design on paper, shape (h, w, 3)."""
    return on_paper(cloth(design, side, size))


def both(design: Design, size: tuple[int, int] = SIZE) -> Pixels:
    """Front and back side by side at one scale, shape (h, 2 w, 3)."""
    sides = _flat(design)
    scale = min(_scale(view, size) for view in (sides.front, sides.back))
    drawn = [render(view, {"fabric": design.fabric}, scale, seed=design.seed) for view in (sides.front, sides.back)]
    return np.hstack([on_paper(placed(one, size)) for one in drawn])


def vector(design: Design) -> str:
    """Front and back as layered, named SVG with the fabric as a pattern at its real scale."""
    fills: Mapping[str, Fill] = {"fabric": _tile(design)}
    return svg(_flat(design), fills)


def outline(design: Design, side: Side = "front", size: tuple[int, int] = SIZE) -> Pixels:
    """The flat's lines alone, dark on white, shape (h, w, 3): what an image model is guided by."""
    from PIL import Image

    from lib.atelier.garments import picture as flat_picture

    content = flat_picture(_flat(design), {"fabric": "#ffffff", "lining": "#ffffff"}, size[0], views=(side,))
    with Image.open(io.BytesIO(content)) as opened:
        drawn = opened.convert("RGBA")
        drawn.thumbnail(size)
    canvas = Image.new("RGB", size, "white")
    canvas.paste(drawn, ((size[0] - drawn.width) // 2, (size[1] - drawn.height) // 2), drawn)
    return np.asarray(canvas)


def _tile(design: Design) -> Tile:
    fabric = design.fabric
    from lib.atelier.fabrics import natural_size

    side = natural_size(fabric)
    per_cm = min(40.0, 1400 / side)
    return Tile(tile(fabric, per_cm, side, design.seed), side)


def swatch(design: Design, pixels: int = 360, centimetres: float = 9.0) -> Pixels:
    """A square of the fabric at real scale, shape (pixels, pixels, 3)."""
    from lib.atelier.fabrics import natural_size

    fabric = design.fabric
    side = max(natural_size(fabric), centimetres)
    per_cm = pixels / centimetres
    drawn = tile(fabric, min(per_cm, 3800 / side), side, design.seed)
    least = min(drawn.shape[0], pixels)
    return np.ascontiguousarray(drawn[:least, :least])


def plate(pictures: Sequence[Pixels], width: int = 1500) -> Pixels:
    """Many pictures on one sheet, numbered from 1 in their order, shape (h, width, 3).

    Raises:
        InputError: there is no picture.
    """
    import cv2

    if not pictures:
        raise InputError(N_("There is no design to show yet. Make variants first."))
    columns = 2 if len(pictures) <= 4 else 3 if len(pictures) <= 9 else 4
    gap = width // 100
    each = (width - gap * (columns - 1)) // columns
    tall = round(each * pictures[0].shape[0] / pictures[0].shape[1])
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * tall + (rows - 1) * gap, width, 3), 255, dtype=np.uint8)
    for number, one in enumerate(pictures):
        small = cv2.resize(one, (each, tall), interpolation=cv2.INTER_AREA)
        down, across = number // columns * (tall + gap), number % columns * (each + gap)
        sheet[down : down + tall, across : across + each] = _numbered(np.asarray(small, np.uint8), number + 1)
    return sheet


def _numbered(one: Pixels, number: int) -> Pixels:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.fromarray(one)
    size = max(16, one.shape[1] // 16)
    ImageDraw.Draw(image).text(
        (size * 0.7, size * 0.5), str(number), fill=(90, 84, 76), font=ImageFont.load_default(size)
    )
    return np.asarray(image)


def encoded(pixels: Pixels, kind: Literal["PNG", "WEBP"] = "WEBP", quality: int = 90) -> bytes:
    """Pixels as a file."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **({"quality": quality, "method": 4} if kind == "WEBP" else {}))
    return out.getvalue()
