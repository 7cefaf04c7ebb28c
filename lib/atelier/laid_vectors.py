"""A sketch in its fabrics as layered, named SVG: regions as paths with patterns, light as a layer, lines as paths."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from lib.atelier.drawing import Path, Tile, element, title
from lib.atelier.fabrics import Fabric
from lib.atelier.folds import Field, Mask
from lib.atelier.laying import Labels, lay, stacked
from lib.atelier.palettes import Palette
from lib.atelier.trimmings import Circle
from lib.i18n import N_, _

_LAYERS: Final = {
    "fabric": N_("Fabric"),
    "light": N_("Light and shadow"),
    "lines": N_("Lines of the sketch"),
    "fastenings": N_("Fastenings"),
}
#: How far (pixels) a traced outline may leave the pixels it was traced from.
_TOLERANCE: Final = 0.7
_TILE: Final = 256
#: Radians by which an outline turns at a corner.
_CORNER: Final = 0.9


class Part(Protocol):
    """A region of a sketch."""

    @property
    def label(self) -> int: ...

    @property
    def name(self) -> str: ...


class Readable(Protocol):
    """What ``vector`` needs of a sketch: ``lib.vision.sketches.Sketch`` is one."""

    @property
    def lines(self) -> NDArray[np.float32]: ...

    @property
    def regions(self) -> Labels: ...

    @property
    def parts(self) -> Sequence[Part]: ...

    @property
    def pixels_per_cm(self) -> float: ...

    @property
    def paths(self) -> Sequence[str]: ...

    @property
    def grains(self) -> Mapping[int, float]: ...

    @property
    def roles(self) -> Mapping[int, str]: ...


def vector(sketch: Readable, fills: Mapping[int, Fabric], *, seed: int = 0, fastenings: Sequence[Circle] = ()) -> str:
    """The sketch in its fabrics as SVG in centimetres of the garment: what a designer opens in a drawing tool.

    Layers, from the lowest: ``fabric`` (a path for each region, filled with a seamless pattern at real scale),
    ``light`` (folds and shadow as one transparent picture over them), ``lines`` (the sketch's own: the paths that it
    came with, or its strokes traced as closed outlines), and ``fastenings`` where there are any. Nothing outside of the
    file is referred to.

    Raises:
        InputError: as ``lay``.
    """
    height, width = sketch.regions.shape
    light = _light(sketch, fills, seed)
    drawn: dict[Fabric, str] = {}
    defs: list[str] = []
    pieces = []
    names = {part.label: part.name for part in sketch.parts}
    taken: dict[str, int] = {}
    for label in stacked(sketch.regions, sketch.roles):
        name = names.get(label, "region")
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        fill = "#faf8f4"
        if label in fills:
            fill = _pattern(fills[label], sketch.pixels_per_cm, sketch.grains.get(label, 0.0), unique, drawn, defs)
        data = "".join(path.d() for path in traced(sketch.regions == label))
        pieces.append(element("path", {"id": unique, "d": data, "fill": fill, "fill-rule": "evenodd"}, title(name)))
    layers = [
        _layer("fabric", *pieces),
        _layer("light", element("image", {"x": 0, "y": 0, "width": width, "height": height, "href": light})),
        _layer("lines", *_lines(sketch)),
    ]
    if fastenings:
        layers.append(_layer("fastenings", *(_fastening(one) for one in fastenings)))
    root: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:inkscape": "http://www.inkscape.org/namespaces/inkscape",
        "width": f"{width / sketch.pixels_per_cm:.2f}cm",
        "height": f"{height / sketch.pixels_per_cm:.2f}cm",
        "viewBox": f"0 0 {width} {height}",
        "role": "img",
    }
    return element("svg", root, element("defs", {}, *defs), *layers)


def _fastening(one: Circle) -> str:
    """A button's or rivet's rim and its middle."""
    colour = "#c69e54" if one.kind == "metal" else "#f0eade"
    place: dict[str, str | float] = {"cx": one.x, "cy": one.y}
    body = element(
        "circle", {**place, "r": one.radius, "fill": colour, "stroke": "#221e1c", "stroke-width": one.radius * 0.12}
    )
    inner = {**place, "r": one.radius * 0.62, "fill": "none", "stroke": "#221e1c", "stroke-opacity": 0.5}
    return element("g", {}, body, element("circle", {**inner, "stroke-width": one.radius * 0.1}))


def _layer(name: str, *children: str) -> str:
    attributes: dict[str, str | float] = {"id": name, "inkscape:groupmode": "layer", "inkscape:label": _(_LAYERS[name])}
    return element("g", attributes, title(_(_LAYERS[name])), *children)


def _pattern(
    fabric: Fabric, pixels_per_cm: float, grain: float, name: str, drawn: dict[Fabric, str], defs: list[str]
) -> str:
    """A pattern of the fabric's tile, turned with the grain; the tile's picture is written once."""
    from lib.atelier.fabrics import natural_size, tile
    from lib.atelier.shading import readable

    shown = readable(fabric, pixels_per_cm)
    size = natural_size(shown)
    made = Tile(tile(shown, min(max(_TILE / size, pixels_per_cm * 1.5), 900 / size), size), size)
    if fabric not in drawn:
        drawn[fabric] = f"cloth-{len(drawn) + 1}"
        x, y, wide, tall = made.box()
        box: dict[str, str | float] = {"id": drawn[fabric], "x": x, "y": y, "width": wide, "height": tall}
        defs.append(element("image", {**box, "href": made.uri(), "preserveAspectRatio": "none"}))
    pattern = f"{name}-fabric"
    attributes: dict[str, str | float] = {
        "id": pattern,
        "patternUnits": "userSpaceOnUse",
        "width": size,
        "height": size,
        "patternTransform": f"scale({pixels_per_cm:.4f}) rotate({grain:.1f})",
    }
    defs.append(element("pattern", attributes, element("use", {"href": f"#{drawn[fabric]}"})))
    return f"url(#{pattern})"


def _light(sketch: Readable, fills: Mapping[int, Fabric], seed: int) -> str:
    """Folds and shadow as a transparent PNG: black where cloth lies in shadow, white where it shines."""
    from PIL import Image

    bare = {label: Fabric("plain_weave", Palette.of("#b4b4b4"), 0.3) for label in fills}
    about = {label: Fabric(fabric.kind, Palette.of("#b4b4b4")) for label, fabric in fills.items()}
    flat = np.zeros_like(sketch.lines)
    shaded = _grey(
        sketch,
        flat,
        {label: about[label] if about[label].about.family == "weave" else bare[label] for label in fills},
        seed,
    )
    ratio = shaded / 180.0
    dark, bright = np.clip(1 - ratio, 0, 0.75), np.clip((ratio - 1) * 0.8, 0, 0.5)
    alpha = np.maximum(dark, bright) * (sketch.regions > 0)
    picture = np.zeros((*alpha.shape, 2), dtype=np.uint8)
    picture[..., 0] = np.where(bright > dark, 255, 0)
    picture[..., 1] = (alpha * 255).round().astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(picture, "LA").save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _grey(sketch: Readable, lines: Field, fills: Mapping[int, Fabric], seed: int) -> NDArray[np.float32]:
    """The sketch in grey cloth without its lines: its light alone."""
    import cv2

    laid = lay(lines, sketch.regions, fills, sketch.pixels_per_cm, seed=seed, grains=sketch.grains, roles=sketch.roles)
    grey = cv2.cvtColor(laid, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), max(1.0, 0.12 * sketch.pixels_per_cm)), dtype=np.float32)


def _lines(sketch: Readable) -> list[str]:
    """The sketch's lines: its own paths where it came with them, else its strokes traced."""
    if sketch.paths:
        wide = max(1.0, 0.0018 * max(sketch.regions.shape))
        attributes = {"fill": "none", "stroke": "#221e1c", "stroke-width": wide, "stroke-linecap": "round"}
        return [element("path", {"d": data, **attributes}) for data in sketch.paths]
    import cv2

    twice = cv2.resize(sketch.lines, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    data = "".join(path.d() for path in traced(twice > 0.42, 0.5))
    return [element("path", {"d": data, "fill": "#221e1c", "fill-rule": "evenodd", "fill-opacity": 0.85})]


def traced(mask: Mask, scale: float = 1.0) -> list[Path]:
    """The outlines of a mask, outer ones and holes, as smooth closed paths in pixels times ``scale``."""
    import cv2

    contours, _tree = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        if len(contour) < 8:
            continue
        corners = cv2.approxPolyDP(contour, _TOLERANCE / scale if scale < 1 else _TOLERANCE, True)[:, 0]
        if len(corners) < 3:
            continue
        points = [(float(x + 0.5) * scale, float(y + 0.5) * scale) for x, y in corners]
        found.append(_ring(points))
    return found


def _ring(points: list[tuple[float, float]]) -> Path:
    """A smooth closed curve through points (Catmull and Rom, 1974); sharp corners stay corners."""
    at = np.array(points)
    before, after = np.roll(at, 1, axis=0), np.roll(at, -1, axis=0)
    come, go = at - before, after - at
    turn = np.abs(np.arctan2(come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0], (come * go).sum(axis=1)))
    slope = np.where((turn < _CORNER)[:, None], (after - before) / 6, 0.0)
    far = np.hypot(*go.T)[:, None] / 3  # a long handle on a short stretch would swing out
    size = np.hypot(*slope.T)[:, None]
    out = slope * np.minimum(1, far / np.maximum(size, 1e-9))
    back = slope * np.minimum(1, np.roll(far, 1, axis=0) / np.maximum(size, 1e-9))
    ends = np.roll(at, -1, axis=0)
    handles = np.concatenate([at + out, ends - np.roll(back, -1, axis=0), ends], axis=1)
    cubics = tuple(((a, b), (c, d), (e, f)) for a, b, c, d, e, f in handles.tolist())
    return Path(points[0], cubics, closed=True)
