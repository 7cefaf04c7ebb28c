"""A piece drawn by the atelier from its attributes: its garment, its cloth, its print, its colour."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.looks import PRINTS, cloth_of, hex_of
from lib.commerce.stylist.model import Piece
from lib.vocabulary import recognise
from lib.vocabulary.matching import bare

Pixels = NDArray[np.uint8]
PAGE = (440, 500)  # pixels
SMALL = (184, 209)  # of a piece beside a drawing
PAPER = (251, 250, 246)
MARGIN = 7.0  # cm about the garment
MOST_PER_CM = 9.0
CELL = 1.5  # cm of a silhouette's grid
GRID = (110, 90)  # cells, height and width: 165 by 135 cm
CELL_LAB = 14.0  # of the grid in which main colours are counted
STEP = 4  # every fourth pixel of each fourth line tells the main colours
TONE = 36.0  # in CIELAB's lightness, from a print's ground to its figure
SILHOUETTES = {
    "loose": ("oversized", "wide_leg", "flared", "a_line"),
    "tight": ("fitted", "slim_leg", "pencil_cut"),
    "straight": ("straight", "straight_leg"),
}
LENGTHS = {
    "dress": {"short": "mini", "midi": "midi", "long": "maxi"},
    "skirt": {"short": "mini", "midi": "midi", "long": "maxi"},
    "coat": {"short": "hip", "midi": "knee", "long": "maxi"},
    "blazer": {"short": "cropped", "midi": "hip", "long": "mid_thigh"},
    "trousers": {"short": "cropped", "midi": "ankle", "long": "full_length"},
    "jeans": {"short": "cropped", "midi": "ankle", "long": "full_length"},
    "jumpsuit": {"short": "cropped", "midi": "ankle", "long": "full_length"},
    "shirt": {"short": "cropped", "long": "tunic_length"},
    "knit": {"short": "cropped", "long": "tunic_length"},
    "t_shirt": {"short": "cropped", "long": "tunic_length"},
}
BAGS = (("tote", "tote"), ("bucket", "bucket"), ("clutch", "clutch"), ("satchel", "satchel"), ("baguette", "baguette"))
SHOES = (
    ("sandal", "sandal"),
    ("boot", "ankle_boot"),
    ("loafer", "loafer"),
    ("trainer", "trainer"),
    ("ballet", "ballet"),
    ("sneaker", "trainer"),
    ("mule", "sandal"),
    ("espadrille", "ballet"),
    ("derb", "loafer"),
)


def garment_of(piece: Piece) -> Any:
    """The atelier's garment for a piece; None where it draws no such kind.

    A value that the kind doesn't come with takes its usual one: the drawing then shows less than the piece is.
    """
    from lib.atelier.garments import KINDS

    if piece.kind not in KINDS:
        return None
    return _garment(piece.kind, piece.fit, piece.length, piece.neckline, piece.sleeve, piece.closure, bare(piece.name))


@lru_cache(maxsize=2_000)
def _garment(kind: str, fit: str, length: str, neckline: str, sleeve: str, closure: str, name: str) -> Any:
    from lib.atelier.garments import Garment, options

    offered = options(kind)
    wanted: dict[str, Any] = {}
    shapes = [shape for word, shape in (BAGS if kind == "bag" else SHOES if kind == "shoe" else ()) if word in name]
    for shape in (*shapes, *SILHOUETTES.get(fit, ())):
        if shape in offered.get("silhouette", ()):
            wanted["silhouette"] = shape
            break
    reach = LENGTHS.get(kind, {}).get(length, "")
    if reach in offered.get("length", ()):
        wanted["length"] = reach
    for part, said, kinds in (
        ("neckline", neckline, ("neckline",)),
        ("collar", neckline, ("neckline",)),
        ("sleeve", sleeve, ("sleeve",)),
        ("closure", closure, ("closure",)),
    ):
        value = _concept(said, kinds)
        if value in offered.get(part, ()):
            wanted[part] = value
    return Garment(kind, **wanted).settled()


def _concept(said: str, kinds: tuple[str, ...]) -> str:
    found = recognise(said, kinds) if said else None
    return found.id if found else said


def draw(piece: Piece, seed: int = 0, page: tuple[int, int] = PAGE) -> bytes | None:
    """A piece's front as a PNG of ``page`` (pixels); None where the atelier draws no such kind."""
    picture = picture_of(piece, seed, page)
    return None if picture is None else on_paper(picture, page)


def on_paper(picture: Pixels, page: tuple[int, int] = PAGE) -> bytes:
    """A drawing in the middle of a page, as PNG."""
    from PIL import Image

    sheet = Image.new("RGB", page, PAPER)
    drawn = Image.fromarray(picture)
    drawn.thumbnail((page[0] - page[0] // 22, page[1] - page[1] // 22))
    sheet.paste(drawn, ((page[0] - drawn.width) // 2, (page[1] - drawn.height) // 2), drawn)
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=4)
    return out.getvalue()


def picture_of(piece: Piece, seed: int = 0, page: tuple[int, int] = PAGE) -> Pixels | None:
    """sRGB with alpha, (h, w, 4): the front of a piece in its cloth and print, to fit a page."""
    from lib.atelier.fabrics import Fabric
    from lib.atelier.garments import flat
    from lib.atelier.rendering import render

    garment = garment_of(piece)
    if garment is None:
        return None
    view = flat(garment).front
    left, top, right, bottom = view.bounds()
    per_cm = min(MOST_PER_CM, page[0] / (right - left + MARGIN), page[1] / (bottom - top + MARGIN))
    printed = PRINTS.get(piece.pattern, "")
    kind = printed or cloth_of(piece.fabrics)
    fabric = Fabric(kind, _palette(piece.colour, bool(printed)))
    return np.asarray(render(view, {"fabric": fabric}, per_cm, seed=seed))


def _palette(colour: str, printed: bool) -> Any:
    """A piece's colour, and for a print a lighter or darker tone beside it."""
    from lib.atelier.colours import Colour, lch_from_lab, rgb_from_lab
    from lib.atelier.colours.spaces import lab_from_lch
    from lib.atelier.palettes import Palette

    main = Colour(hex_of(colour))
    if not printed:
        return Palette((main,))
    lightness, chroma, hue = (float(value) for value in lch_from_lab(main.lab))
    side = 1 if lightness < 60 else -1
    other = lab_from_lch([min(max(lightness + side * TONE, 8.0), 96.0), 0.7 * chroma, hue])
    return Palette((main, Colour.of(rgb_from_lab(other))))


@lru_cache(maxsize=2_000)
def silhouette(garment: Any) -> NDArray[np.bool_]:
    """A garment's outline filled on a grid of ``CELL`` cm, hung from one line, shape ``GRID``."""
    from PIL import Image, ImageDraw

    from lib.atelier.garments import flat

    view = flat(garment).front
    _left, top, _right, _bottom = view.bounds()
    sheet = Image.new("1", (GRID[1], GRID[0]))
    pen = ImageDraw.Draw(sheet)
    for path in view.silhouette:
        points = [(GRID[1] / 2 + x / CELL, (y - top) / CELL) for x, y in path.sampled(6)]
        if len(points) > 2:
            pen.polygon(points, fill=1)
    return np.array(sheet, dtype=bool)


def overlap(one: NDArray[np.bool_], two: NDArray[np.bool_]) -> float:
    """What two silhouettes share of what both cover (Jaccard 1912)."""
    union = float((one | two).sum())
    return float((one & two).sum()) / union if union else 0.0


def tones(picture: Pixels, count: int = 3) -> tuple[tuple[tuple[float, float, float], float], ...]:
    """The main colours of a drawing in CIELAB with their shares, lightest shadows and outlines included.

    The fullest cells of a grid over CIELAB (the popularity algorithm; Heckbert 1982): a drawing has few colours, and
    k-means over them took longer than drawing it.
    """
    from lib.atelier.colours import lab_from_rgb

    sparse = picture[::STEP, ::STEP]
    pixels = np.asarray(lab_from_rgb(sparse[..., :3][sparse[..., 3] > 200].reshape(-1, 3)))
    if not len(pixels):
        return ()
    _cells, of, sizes = np.unique(np.round(pixels / CELL_LAB), axis=0, return_inverse=True, return_counts=True)
    fullest = np.argsort(-sizes, kind="stable")[:count]
    labs = [pixels[of.reshape(-1) == cell].mean(axis=0) for cell in fullest]
    shares = sizes[fullest] / sizes[fullest].sum()
    return tuple(((float(a), float(b), float(c)), float(n)) for (a, b, c), n in zip(labs, shares, strict=True))


def tone_likeness(of: tuple[tuple[tuple[float, float, float], float], ...], lab: Mapping[int, float] | Any) -> float:
    """How near a colour is to the main colours of a drawing: 1 for the same, falling with CIEDE2000."""
    from lib.atelier.colours import difference

    near = [
        share * float(np.exp(-((float(difference(np.array(one), np.array(lab))) / 15.0) ** 2) / 2)) for one, share in of
    ]
    return min(sum(near) * 1.2, 1.0)
