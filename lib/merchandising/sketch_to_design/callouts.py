"""A flat with numbered callouts: what each part is, beside the drawing's lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lib.atelier.garments import Flat, View, flat, picture
from lib.atelier.garments.sheet import MARGIN
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.names import part_name, value_name

#: Where a part is looked for in a drawing: the layers that hold it, in order.
_LAYERS: Final[dict[str, tuple[str, ...]]] = {
    "collar": ("collar",),
    "closure": ("closure",),
    "sleeve": ("sleeves",),
    "pockets": ("pockets",),
    "pleats": ("pleats",),
    "stitching": ("stitching",),
    "belt": ("details",),
    "handle": ("details",),
}
_MARKS: Final[dict[str, str]] = {"neckline": "neck", "silhouette": "waist", "length": "hem", "heel": "heel"}
_NOTHING: Final = ("none", "collarless", "sleeveless")
Point = tuple[float, float]
_INK, _ACCENT = (31, 27, 24), (110, 31, 58)


@dataclass(frozen=True)
class Callout:
    """A number, what stands behind it, and the point that it shows, in the drawing's centimetres."""

    number: int
    part: str
    text: str
    side: str  # 'front' or 'back'
    at: tuple[float, float]


def callouts(design: Design) -> list[Callout]:
    """The parts that can be pointed at, front first, from top to bottom."""
    drawn = flat(design.garment)
    found: list[tuple[str, str, tuple[float, float]]] = []
    for part in (*_MARKS, *_LAYERS):
        value = getattr(design.garment, part)
        if not value or value in _NOTHING:
            continue
        for side in ("front", "back"):
            point = _point(getattr(drawn, side), part)
            if point is not None:
                found.append((part, side, point))
                break
    found.sort(key=lambda one: (one[1] != "front", one[2][1]))
    return [
        Callout(number, part, f"{part_name(part)}: {value_name(getattr(design.garment, part))}", side, point)
        for number, (part, side, point) in enumerate(found, 1)
    ]


def _point(view: View, part: str) -> tuple[float, float] | None:
    """Where a part is in one side."""
    if part in _MARKS:
        mark = view.landmarks.get(_MARKS[part])
        return None if mark is None or view.name == "back" else (float(mark[0]), float(mark[1]))
    shapes = [shape for shape in view.shapes if shape.layer in _LAYERS[part]]
    if part in ("belt", "handle"):
        names = {"belt": ("Belt", "Buckle", "Bow", "Knot", "Tie end"), "handle": ("Handle", "Chain link", "Strap")}[
            part
        ]
        shapes = [shape for shape in shapes if shape.name in names]
    if not shapes:
        return None
    right = [shape for shape in shapes if shape.path.bounds()[2] > 0] or shapes
    box = right[-1].path.bounds()
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def drawn_with(design: Design, side: Any, numbers: Sequence[Callout], width: int = 1100) -> bytes:
    """One side's flat with its numbers in circles at the margins and lines to what they show, as a PNG."""
    from PIL import Image, ImageDraw

    made: Flat = flat(design.garment)
    view: View = getattr(made, side)
    left, top, right, bottom = view.bounds()
    extent = max(bottom - top, (right - left) * 0.7)
    margin = MARGIN * extent
    inner = round(width * 0.76)
    scale = inner / (right - left + 2 * margin)
    with Image.open(io.BytesIO(picture(made, None, inner, views=(side,)))) as opened:
        lines = opened.convert("RGBA")
    sheet = Image.new("RGB", (width, lines.height), "white")
    off = (width - inner) // 2
    sheet.paste(lines, (off, 0), lines)
    draw = ImageDraw.Draw(sheet)
    points = [((off + (one.at[0] - left + margin) * scale, (one.at[1] - top + margin) * scale), one) for one in numbers]
    for one, to, place in places(points, sheet.size, width // 34):
        mark(draw, one.number, place, to, width)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def mark(draw: Any, number: int, place: Point, to: Point, width: int) -> None:
    """A number in its circle and the line to what it shows, on a sheet of this width."""
    from PIL import ImageFont

    size, (x, y) = width // 34, place
    draw.line([(x, y), to], fill=_ACCENT, width=max(2, width // 500))
    draw.ellipse([to[0] - 5, to[1] - 5, to[0] + 5, to[1] + 5], fill=_ACCENT)
    draw.ellipse([x - size, y - size, x + size, y + size], fill="white", outline=_ACCENT, width=max(2, width // 450))
    draw.text((x, y), str(number), fill=_INK, font=ImageFont.load_default(size), anchor="mm")


def places(
    points: Sequence[tuple[Point, Callout]], sheet: tuple[int, int], size: int
) -> list[tuple[Callout, Point, Point]]:
    """Each callout, the point that it shows, the place of its circle: at the nearer margin, none over another."""
    found = []
    for edge in ("left", "right"):
        own = sorted(
            (one for one in points if (one[0][0] < sheet[0] / 2) == (edge == "left")), key=lambda one: one[0][1]
        )
        x = size * 1.6 if edge == "left" else sheet[0] - size * 1.6
        heights = np.array([to[1] for to, _one in own])
        for at in range(1, len(own)):
            heights[at] = max(heights[at], heights[at - 1] + size * 2.6)
        heights = np.clip(heights, size * 1.5, sheet[1] - size * 1.5)
        for at in range(len(own) - 2, -1, -1):  # those that were pushed together at the foot go up again
            heights[at] = min(heights[at], heights[at + 1] - size * 2.6)
        found += [(one, to, (x, float(y))) for (to, one), y in zip(own, heights, strict=True)]
    return found
