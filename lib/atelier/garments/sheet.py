"""A flat as layered, named SVG: ids in English, titles in the reader's language, nothing referred to outside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.atelier.drawing import Fill, Tile, element, png, title
from lib.atelier.garments.model import LAYERS, Flat, Shape, View, ViewName
from lib.errors import InputError
from lib.i18n import N_, _

INK = "#1d1b1a"
PAPER_FABRIC = "#f8f6f2"
DEFAULTS = {"hardware": "#d9cfba", "sole": "#4a423b"}
HEX = re.compile(r"#[0-9a-fA-F]{6}")
TITLES: dict[str, str] = {
    "silhouette": N_("Silhouette"),
    "inside": N_("Inside"),
    "sleeves": N_("Sleeves"),
    "body": N_("Garment body"),
    "pleats": N_("Pleats and folds"),
    "seams": N_("Seams"),
    "stitching": N_("Topstitching"),
    "pockets": N_("Pockets"),
    "closure": N_("Closure"),
    "collar": N_("Collar"),
    "details": N_("Details"),
    "front": N_("Front"),
    "back": N_("Back"),
}
SHOE_TITLES = {"front": N_("Outer side"), "back": N_("Inner side")}
KIND_TITLES: dict[str, str] = {
    "dress": N_("Dress"),
    "coat": N_("Coat"),
    "blazer": N_("Blazer"),
    "shirt": N_("Shirt"),
    "t_shirt": N_("T-shirt"),
    "knit": N_("Knit"),
    "trousers": N_("Trousers"),
    "jeans": N_("Jeans"),
    "skirt": N_("Skirt"),
    "jumpsuit": N_("Jumpsuit"),
    "bag": N_("Bag"),
    "shoe": N_("Shoe"),
}
CLIPPED = ("pleats", "seams", "stitching", "pockets")
MARGIN, GAP = 0.05, 0.10  # of the drawing's height


@dataclass
class _Sheet:
    """What one SVG gathers while it is written: its line weight, fills and definitions."""

    unit: float
    fills: Mapping[str, Fill]
    defs: list[str] = field(default_factory=list)
    patterns: dict[tuple[int, float], str] = field(default_factory=dict)
    images: dict[int, str] = field(default_factory=dict)


def svg(flat: Flat, fills: Mapping[str, Fill] | None = None, *, views: Sequence[ViewName] = ("front", "back")) -> str:
    """The drawing as SVG in centimetres.

    Args:
        flat: what is drawn.
        fills: a colour '#rrggbb' or a ``Tile`` by a shape's id ('front-sleeve-left'), by its name in both views
            ('sleeve'), or by material ('fabric', 'lining', 'rib', 'trim', 'hardware', 'sole'); 'stitch' colours the
            topstitching. What is not named follows the fabric.
        views: the sides to draw, from left to right.

    Raises:
        InputError: a fill is neither a colour nor a tile.
    """
    fills = dict(fills or {})
    for fill in fills.values():
        if isinstance(fill, str) and not HEX.fullmatch(fill):
            raise InputError(N_("“{colour}” is no colour. Write it like #7a8b6f."), colour=fill)
    drawn = [getattr(flat, name) for name in views]
    boxes = [view.bounds() for view in drawn]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    tall = bottom - top
    wide = sum(box[2] - box[0] for box in boxes)
    extent = max(tall, wide * 0.7)
    margin, gap = MARGIN * extent, GAP * extent
    sheet = _Sheet(extent / 1000, fills)
    groups, x = [], margin
    for view, box in zip(drawn, boxes, strict=True):
        name = SHOE_TITLES[view.name] if flat.garment.kind == "shoe" else TITLES[view.name]
        groups.append(_view(sheet, view, x - box[0], margin - top, _(name)))
        x += box[2] - box[0] + gap
    width, height = x - gap + margin, tall + 2 * margin
    root: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:inkscape": "http://www.inkscape.org/namespaces/inkscape",
        "width": f"{width:.2f}cm",
        "height": f"{height:.2f}cm",
        "viewBox": f"0 0 {width:.2f} {height:.2f}",
        "role": "img",
    }
    defs = element("defs", {}, *sheet.defs) if sheet.defs else ""
    return element("svg", root, title(_(KIND_TITLES[flat.garment.kind])), defs, *groups)


def picture(
    flat: Flat, fills: Mapping[str, Fill] | None, width: int, *, views: Sequence[ViewName] = ("front", "back")
) -> bytes:
    """The drawing as a PNG of ``width`` pixels, each fabric averaged down to the picture's resolution first."""
    wide = float(re.search(r'viewBox="0 0 ([0-9.]+)', svg(flat, views=views))[1])  # type: ignore[index]
    scaled = {
        name: fill.at(1.5 * width / wide) if isinstance(fill, Tile) else fill for name, fill in (fills or {}).items()
    }
    return png(svg(flat, scaled, views=views), width)


def _view(sheet: _Sheet, view: View, x: float, y: float, name: str) -> str:
    clip = f"{view.name}-cloth"
    outlines = [shape for shape in view.shapes if shape.outline]
    sheet.defs.append(
        element("clipPath", {"id": clip}, *(element("path", {"d": shape.path.d()}) for shape in outlines))
    )
    contour = [element("path", {"d": shape.path.d()}) for shape in outlines]
    line: dict[str, str | float] = {
        "fill": "none",
        "stroke": INK,
        "stroke-width": 6.0 * sheet.unit,
        "stroke-linejoin": "round",
    }
    layers = [_layer(f"{view.name}-layer-silhouette", "silhouette", contour, _rounded(line))]
    for layer in LAYERS:
        shapes = [_shape(sheet, view, shape) for shape in view.shapes if shape.layer == layer]
        if shapes:
            extra: dict[str, str | float] = {"clip-path": f"url(#{clip})"} if layer in CLIPPED else {}
            layers.append(_layer(f"{view.name}-layer-{layer}", layer, shapes, extra))
    return element(
        "g",
        {
            "id": view.name,
            "transform": f"translate({x:.2f} {y:.2f})",
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
        },
        title(name),
        *layers,
    )


def _layer(id: str, name: str, shapes: list[str], extra: Mapping[str, str | float]) -> str:
    label = _(TITLES[name])
    return element(
        "g", {"id": id, "inkscape:groupmode": "layer", "inkscape:label": label, **extra}, title(label), *shapes
    )


def _shape(sheet: _Sheet, view: View, shape: Shape) -> str:
    attributes: dict[str, str | float] = {"id": shape.id, "d": shape.path.d(), **_style(sheet, view, shape)}
    return element("path", _rounded(attributes), title(_title(shape)))


def _title(shape: Shape) -> str:
    if shape.side == "left":
        return _("{part}, left", part=_(shape.name))
    if shape.side == "right":
        return _("{part}, right", part=_(shape.name))
    return _(shape.name)


def _style(sheet: _Sheet, view: View, shape: Shape) -> dict[str, str | float]:
    fill = _fill(sheet, view, shape)
    unit = sheet.unit * (1.6 if isinstance(fill, Tile) else 1.0)  # a line must be found on a print too
    ink = _line_colour(fill)
    if shape.role == "piece":
        paint = fill if isinstance(fill, str) else _pattern(sheet, fill, shape.grain)
        return {"fill": paint, "stroke": ink, "stroke-width": 1.8 * unit}
    if shape.role == "stitch":
        colour = sheet.fills.get("stitch", ink)
        dash = f"{max(0.32, 3 * unit):.2f} {max(0.2, 2.6 * unit):.2f}"
        stroke = colour if isinstance(colour, str) else colour.mean()
        return {"fill": "none", "stroke": stroke, "stroke-width": 1.2 * unit, "stroke-dasharray": dash}
    if shape.role == "fold":
        return {"fill": "none", "stroke": ink, "stroke-width": 1.0 * unit, "stroke-opacity": "0.5"}
    return {"fill": "none", "stroke": ink, "stroke-width": 1.7 * unit}


def _fill(sheet: _Sheet, view: View, shape: Shape) -> Fill:
    """The fill that was asked for, from the most exact name to the material, or one that follows the fabric."""
    short = shape.id.removeprefix(f"{view.name}-")
    bare = re.sub(r"(-(left|right))?(-\d+)?$", "", short)
    for name in (shape.id, short, bare, shape.material):
        if name in sheet.fills:
            return sheet.fills[name]
    fabric = sheet.fills.get("fabric", PAPER_FABRIC)
    if shape.material in DEFAULTS:
        return DEFAULTS[shape.material]
    if shape.material == "lining":
        return _mixed(_mean(fabric), "#000000", 0.2)
    if shape.material == "trim":
        return _mixed(_mean(fabric), "#3a2c22", 0.45)
    return fabric


def _pattern(sheet: _Sheet, tile: Tile, grain: float) -> str:
    key = (id(tile), round(grain, 1))
    if id(tile) not in sheet.images:
        sheet.images[id(tile)] = f"tile-{len(sheet.images) + 1}"
        placed = dict(zip(("x", "y", "width", "height"), (f"{value:.4f}" for value in tile.box()), strict=True))
        sheet.defs.append(
            element(
                "image", {"id": sheet.images[id(tile)], **placed, "preserveAspectRatio": "none", "href": tile.uri()}
            )
        )
    if key not in sheet.patterns:
        name = f"fabric-{len(sheet.patterns) + 1}"
        sheet.patterns[key] = name
        attributes: dict[str, str | float] = {
            "id": name,
            "patternUnits": "userSpaceOnUse",
            "width": f"{tile.width_cm:.4f}",
            "height": f"{tile.height_cm:.4f}",
            "patternTransform": f"rotate({grain:.1f})",
        }
        sheet.defs.append(element("pattern", attributes, element("use", {"href": f"#{sheet.images[id(tile)]}"})))
    return f"url(#{sheet.patterns[key]})"


def _mean(fill: Fill) -> str:
    return fill if isinstance(fill, str) else fill.mean()


def _line_colour(fill: Fill) -> str:
    """Ink on light cloth, a light line on dark cloth, so that seams can be read on both."""
    colour = _mean(fill)
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    if 0.2126 * red + 0.7152 * green + 0.0722 * blue < (0.34 if isinstance(fill, str) else 0.22):
        return _mixed(colour, "#ffffff", 0.45)
    return _mixed(colour, INK, 0.86 if isinstance(fill, str) else 1.0)


def _mixed(colour: str, other: str, share: float) -> str:
    a, b = (tuple(int(value[place : place + 2], 16) for place in (1, 3, 5)) for value in (colour, other))
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _rounded(attributes: Mapping[str, str | float]) -> dict[str, str | float]:
    """Widths need more digits than centimetres do."""
    return {
        name: value if isinstance(value, str) else f"{value:.4f}".rstrip("0").rstrip(".")
        for name, value in attributes.items()
    }
