"""A drawing that comes as SVG: its pixels, and its own strokes kept as paths."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_
from lib.vision.sketches.model import Pixels

_UNREADABLE: Final = N_("This drawing isn’t a readable SVG. Save it again as plain SVG, then retry.")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SEGMENT: Final = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_MOST_PATHS: Final = 4000
Matrix = NDArray[np.float64]


def drawn(svg: str, longest: int) -> tuple[Pixels, tuple[str, ...]]:
    """An SVG on white, ``longest`` pixels on its longer side, and its strokes' path data in those pixels.

    Fills that hide what lies below them are drawn as they are; text, pictures and what is referred to are left out of
    the paths. Nothing is fetched and nothing is run: only shapes are read.

    Raises:
        InputError: it is no readable SVG.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(svg)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(_UNREADABLE) from error
    left, top, width, height = _view(root)
    scale = longest / max(width, height)
    pixels = _rasterised(svg, max(16, round(width * scale)))
    start = np.array([[scale, 0, -left * scale], [0, scale, -top * scale], [0, 0, 1.0]])
    paths: list[str] = []
    _collect(root, start, paths)
    return pixels, tuple(paths[:_MOST_PATHS])


def _view(root: Element) -> tuple[float, float, float, float]:
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4:
        sizes = [_NUMBER.search(root.get(side, "")) for side in ("width", "height")]
        if not all(sizes):
            raise InputError(_UNREADABLE)
        box = [0.0, 0.0, *(float(size.group()) for size in sizes if size)]
    if min(box[2:]) <= 0:
        raise InputError(_UNREADABLE)
    return box[0], box[1], box[2], box[3]


def _rasterised(svg: str, width: int) -> Pixels:
    import io

    import resvg_py
    from PIL import Image

    try:
        content = bytes(
            resvg_py.svg_to_bytes(svg_string=svg, width=width, background="#ffffff", skip_system_fonts=True)
        )
    except ValueError as error:
        raise InputError(_UNREADABLE) from error
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.uint8)


def _collect(element: Element, matrix: Matrix, paths: list[str]) -> None:
    """Path data of every shape below an element, in pixels."""
    tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
    if tag in ("defs", "clipPath", "mask", "pattern", "symbol", "text", "style", "script", "foreignObject", "marker"):
        return
    matrix = matrix @ _transform(element.get("transform", ""))
    data = _data(tag, element)
    if data and _stroked(element):
        moved = _moved(data, matrix)
        if moved:
            paths.append(moved)
    for child in element:
        _collect(child, matrix, paths)


def _stroked(element: Element) -> bool:
    return element.get("stroke", "") != "none" and "stroke:none" not in element.get("style", "").replace(" ", "")


def _data(tag: str, element: Element) -> str:
    """An element's form as path data in its own units; '' for what has none."""

    def number(name: str) -> float:
        found = _NUMBER.search(element.get(name, ""))
        return float(found.group()) if found else 0.0

    if tag == "path":
        return element.get("d", "")
    if tag == "line":
        return f"M{number('x1')} {number('y1')}L{number('x2')} {number('y2')}"
    if tag in ("polyline", "polygon"):
        values = _NUMBER.findall(element.get("points", ""))
        pairs = [f"{x} {y}" for x, y in zip(values[::2], values[1::2], strict=False)]
        return "M" + "L".join(pairs) + ("Z" if tag == "polygon" else "") if len(pairs) > 1 else ""
    if tag == "rect":
        x, y, wide, tall = number("x"), number("y"), number("width"), number("height")
        return f"M{x} {y}h{wide}v{tall}h{-wide}Z" if wide > 0 and tall > 0 else ""
    if tag in ("circle", "ellipse"):
        rx, ry = (number("r"),) * 2 if tag == "circle" else (number("rx"), number("ry"))
        x, y = number("cx"), number("cy")
        k, j = rx * 0.5523, ry * 0.5523  # handles of the closest cubic to a quarter circle
        return (
            f"M{x} {y - ry}C{x + k} {y - ry} {x + rx} {y - j} {x + rx} {y}"
            f"C{x + rx} {y + j} {x + k} {y + ry} {x} {y + ry}"
            f"C{x - k} {y + ry} {x - rx} {y + j} {x - rx} {y}C{x - rx} {y - j} {x - k} {y - ry} {x} {y - ry}Z"
        )
    return ""


def _transform(text: str) -> Matrix:
    """An SVG transform list as one matrix."""
    matrix = np.eye(3)
    for name, inside in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        values = [float(number) for number in _NUMBER.findall(inside)]
        matrix = matrix @ _one_transform(name, values)
    return matrix


def _one_transform(name: str, values: list[float]) -> Matrix:
    step = np.eye(3)
    if name == "matrix" and len(values) == 6:
        step[:2] = np.array(values).reshape(3, 2).T
    elif name == "translate" and values:
        step[:2, 2] = values[0], values[1] if len(values) > 1 else 0.0
    elif name == "scale" and values:
        step[0, 0], step[1, 1] = values[0], values[-1]
    elif name == "rotate" and values:
        cosine, sine = np.cos(np.radians(values[0])), np.sin(np.radians(values[0]))
        step[:2, :2] = [[cosine, -sine], [sine, cosine]]
        if len(values) == 3:
            about = np.eye(3)
            about[:2, 2] = values[1:]
            back = np.eye(3)
            back[:2, 2] = -values[1], -values[2]
            step = about @ step @ back
    elif name in ("skewX", "skewY") and values:
        step[(0, 1) if name == "skewX" else (1, 0)] = np.tan(np.radians(values[0]))
    return np.asarray(step, dtype=np.float64)


def _moved(data: str, matrix: Matrix) -> str:
    """Path data with absolute points after a matrix; an arc becomes a straight line to its end."""
    at = start = np.zeros(2)
    out: list[str] = []

    def said(point: NDArray[np.float64]) -> str:
        x, y, _one = matrix @ np.array([point[0], point[1], 1.0])
        return f"{x:.2f} {y:.2f}"

    handle: NDArray[np.float64] | None = None
    for letter, inside in _SEGMENT.findall(data):
        values = [float(number) for number in _NUMBER.findall(inside)]
        kind, relative = letter.upper(), letter.islower()
        if kind == "Z":
            out.append("Z")
            at, handle = start, None
            continue
        size = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}[kind]
        for first in range(0, len(values) - size + 1, size):
            chunk = values[first : first + size]
            points = _points(kind, chunk, at, relative)
            handle_next: NDArray[np.float64] | None = None
            if kind == "M":
                out.append(("M" if first == 0 else "L") + said(points[-1]))
                start = points[-1] if first == 0 else start
            elif kind in "CS":
                one = points[0] if kind == "C" else (2 * at - handle if handle is not None else at)
                out.append(f"C{said(one)} {said(points[-2])} {said(points[-1])}")
                handle_next = points[-2]
            elif kind in "QT":
                one = points[0] if kind == "Q" else (2 * at - handle if handle is not None else at)
                out.append(f"Q{said(one)} {said(points[-1])}")
                handle_next = one
            else:
                out.append("L" + said(points[-1]))
            at, handle = points[-1], handle_next
    return "".join(out) if out and out[0].startswith("M") else ""


def _points(kind: str, chunk: list[float], at: NDArray[np.float64], relative: bool) -> list[NDArray[np.float64]]:
    """The points of one segment, absolute, its end last."""
    base = at if relative else np.zeros(2)
    if kind == "H":
        return [np.array([chunk[0] + base[0], at[1]])]
    if kind == "V":
        return [np.array([at[0], chunk[0] + base[1]])]
    if kind == "A":
        return [np.array(chunk[5:7]) + base]
    return [np.array(chunk[index : index + 2]) + base for index in range(0, len(chunk), 2)]
