"""Eyewear frames in the boxing system's notation, such as 52-18-145.

The first number is the width of the box around one lens, the second the distance between the two boxes, the third the
length of a temple along its own line, bend included; all in millimetres (ISO 8624, 2020). The front stands in x and z,
its face towards -y; the temples go back along +y.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from manifold3d import CrossSection, Manifold

from lib.atelier.solids.forms import Array, loft, superellipse, sweep, turned, union, without_dust
from lib.atelier.solids.materials import material
from lib.atelier.solids.model import Part, Piece, between, one_of
from lib.atelier.solids.settings import smooth
from lib.errors import InputError
from lib.i18n import N_

SHAPES = {"round": 0.95, "panto": 0.90, "rectangle": 0.62, "cat_eye": 0.74, "aviator": 0.84}
NOTATION = re.compile(r"^\s*(\d{2}(?:[.,]\d)?)\s*[-□x/ ]\s*(\d{1,2}(?:[.,]\d)?)\s*[-/ ]\s*(\d{3})\s*$")
NO_NOTATION = N_("{given} is no frame size. Write lens width, bridge and temple in millimetres, as in 52-18-145.")
# A gentle face form: the front follows a circle of this radius, seen from above.
FACE_RADIUS = 240.0
DROP = 42.0


@dataclass(frozen=True)
class Frame:
    """What a frame is asked to be; ``height_ratio`` of the lens is the shape's own where it is None."""

    lens: float = 52.0
    bridge: float = 18.0
    temple: float = 145.0
    shape: str = "panto"
    height_ratio: float | None = None
    rim: float = 3.2
    thickness: float = 4.0
    material: str = "acetate_tortoise"

    @property
    def notation(self) -> str:
        return f"{self.lens:g}-{self.bridge:g}-{self.temple:g}"


def parse_notation(text: str) -> tuple[float, float, float]:
    """(lens, bridge, temple) in millimetres from a text such as ``52-18-145`` or ``52□18 145``.

    Raises:
        InputError: it is not such a text.
    """
    found = NOTATION.match(text)
    if found is None:
        raise InputError(NO_NOTATION, given=text)
    lens, bridge, temple = (float(part.replace(",", ".")) for part in found.groups())
    return lens, bridge, temple


def lens_outline(shape: str, width: float, ratio: float | None = None, count: int = 160) -> Array:
    """A lens's outline (n, 2), centred on its box of exactly ``width`` by ``width * ratio``; +x is the temple side."""
    power = {"round": 2.0, "panto": 2.25, "rectangle": 4.2, "cat_eye": 2.7, "aviator": 2.5}[shape]
    curve = superellipse(2, 2, power, count)
    x, y = curve[:, 0], curve[:, 1]
    if shape == "panto":
        x = x * (1 + 0.10 * y)
    elif shape == "rectangle":
        x = x * (1 + 0.04 * y)
    elif shape == "cat_eye":
        x = x * (1 + 0.16 * y) + 0.10 * np.clip(y, 0, 1) ** 2
        y = (
            y
            + 0.55 * np.clip(x, 0, None) ** 2.4 * np.clip(y + 0.35, 0, 1)
            - 0.12 * np.clip(-x, 0, 1) * np.clip(y, 0, 1)
        )
    elif shape == "aviator":
        x = x * (1 + 0.20 * y) + 0.08 * np.clip(-y, 0, 1)
        y = y - 0.30 * x * np.clip(-y, 0, 1) + 0.10 * np.clip(-x, 0, 1) * np.clip(y, 0, 1)
    ratio = SHAPES[shape] if ratio is None else ratio
    low, high = np.array([x.min(), y.min()]), np.array([x.max(), y.max()])
    box = np.stack([x, y], -1) - (low + high) / 2
    outline: Array = box / (high - low) * np.array([width, width * ratio])
    return outline


def frame(asked: Frame) -> Piece:
    """The frame, open, with its two lenses.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Lens shape"), asked.shape, tuple(SHAPES))
    between(N_("Lens width"), asked.lens, 38, 64)
    between(N_("Bridge"), asked.bridge, 12, 28)
    between(N_("Temple"), asked.temple, 120, 160)
    between(N_("Rim"), asked.rim, 1.4, 6)
    between(N_("Thickness"), asked.thickness, 2, 7)
    if asked.height_ratio is not None:
        between(N_("Lens height over width"), asked.height_ratio, 0.5, 1.05)
    outline = lens_outline(asked.shape, asked.lens, asked.height_ratio)
    front, lenses = _front(asked, outline)
    body = without_dust(union([front, *_temples(asked, outline)]))
    parts = (
        Part(N_("Frame"), material(asked.material), body),
        Part(N_("Lenses"), material("lens_cr39"), lenses),
    )
    half = _hinge(asked, outline)[0]
    sizes = {
        "lens_width": asked.lens, "bridge": asked.bridge, "temple": asked.temple,
        "lens_height": float(np.ptp(outline[:, 1])), "frame_width": 2 * half + 3.4,
    }  # fmt: skip
    return Piece("eyewear", parts, sizes)


def _normals(outline: Array) -> Array:
    tangent = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], -1)
    unit: Array = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    return unit


def _stand(flat: Array, depth: Array) -> Array:
    """(x, z) and depth as (x, y, z)."""
    return np.stack([flat[..., 0], depth, flat[..., 1]], -1)


def _bent(shape: Manifold) -> Manifold:
    """The face form: y grows with x squared; x and z, in which boxes are measured, stay as they are."""

    def bend(points: Array) -> Array:
        moved = np.array(points)
        moved[:, 1] += moved[:, 0] ** 2 / (2 * FACE_RADIUS)
        return moved

    return shape.warp_batch(bend)


def _rim(asked: Frame, outline: Array) -> Manifold:
    """A rounded section around the lens, stronger at the brow."""
    # Between the outline's points: where the cut's corners met the section's own, vertices would come out doubled.
    outline = (outline + np.roll(outline, -1, axis=0)) / 2
    normal = _normals(outline)
    strong = asked.rim * (1 + 0.35 * np.clip(outline[:, 1] / (np.ptp(outline[:, 1]) / 2), 0, 1))
    section = superellipse(1, asked.thickness, 3.2, 28)
    # It starts a little inside the lens's outline, which is then cut out: the opening is exactly the asked one.
    out = (section[None, :, 0] + 0.5) * (strong[:, None] + 0.6) - 0.6
    flat = outline[:, None] + out[..., None] * normal[:, None]
    depth = np.broadcast_to(section[None, :, 1], flat.shape[:2])
    return loft(_stand(flat, depth), closed=True)


def _nearest(outline: Array, degrees: float, side: int) -> Array:
    """The outline's point in this direction from its centre; ``side`` -1 is the nose."""
    want = np.array([side * np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    unit = outline / np.linalg.norm(outline, axis=1, keepdims=True)
    point: Array = outline[int(np.argmax(unit @ want))]
    return point


def _bridge(asked: Frame, outline: Array, centre: float) -> list[Manifold]:
    """A saddle between the rims, and two pads that rest on the nose."""
    inner = _nearest(outline, 20, -1)
    start = np.array([centre + inner[0] - asked.rim * 0.55, inner[1]])
    arch = asked.bridge * 0.16 + 1.2
    line = np.array([(start[0], start[1]), (start[0] * 0.5, start[1] + arch), (0, start[1] + arch * 1.25)])
    path2 = smooth(np.vstack([line, line[-2::-1] * np.array([-1, 1])]), 48)
    path = _stand(path2, np.zeros(len(path2)))
    t = np.abs(np.linspace(-1, 1, len(path)))
    scale = np.stack([np.ones(len(path)) * (0.9 + 0.1 * t), 0.86 + 0.75 * t**2], -1)
    height = max(3.2, asked.rim * 1.25)
    saddle = sweep(path, superellipse(asked.thickness, height, 3, 28), scale, up=(0, 0, 1))
    low = _nearest(outline, -18, -1)
    pads = []
    for side in (-1, 1):
        pad = turned(Manifold.sphere(1.0, 32).scale((2.0, 4.6, 6.2)), "y", side * 16.0)
        pads.append(pad.translate((side * (centre + low[0] - asked.rim * 0.55), 3.2, float(low[1]))))
    return [saddle, *pads]


def _hinge(asked: Frame, outline: Array) -> tuple[float, float]:
    """(x, z) of the temple's start."""
    centre = (asked.lens + asked.bridge) / 2
    corner = _nearest(outline, 30, 1)
    return centre + asked.lens / 2 + asked.rim + 2.4, float(corner[1])


def _plate(outline: Array, thickness: float) -> Manifold:
    """The lens's outline as an upright plate around y = 0."""
    return turned(CrossSection([outline]).extrude(thickness).translate((0, 0, -thickness / 2)), "x", 90)


def _front(asked: Frame, outline: Array) -> tuple[Manifold, Manifold]:
    """(frame front, both lenses), bent to the face."""
    centre = (asked.lens + asked.bridge) / 2
    half, rise = _hinge(asked, outline)
    corner = _nearest(outline, 30, 1)
    rim = _rim(asked, outline)
    path = np.array(
        [
            (corner[0] + centre + 0.6, 0, corner[1]),
            ((corner[0] + centre + half) / 2, 0, rise + 0.3),
            (half, 0, rise),
            (half + 0.1, 2.0, rise),
        ]
    )
    end = sweep(smooth(path, 30), superellipse(asked.thickness, 6.4, 3.4, 28), up=(0, 0, 1))
    pane = _plate(outline, 40.0)
    glass = _plate(outline, 2.0)
    right = union([rim.translate((centre, 0, 0)), end])
    whole = union([right, right.mirror((1, 0, 0)), *_bridge(asked, outline, centre)])
    panes, glasses = pane.translate((centre, 0, 0)), glass.translate((centre, 0, 0))
    openings = union([panes, panes.mirror((1, 0, 0))])
    return _bent(whole - openings), _bent(union([glasses, glasses.mirror((1, 0, 0))]))


def temple_path(length: float, count: int = 90) -> Array:
    """(n, 2): back and down. Straight to the ear, then ``DROP`` mm that bend down by 42 degrees; ``length`` in all."""
    along = np.linspace(0, length, count)
    over = np.clip((along - (length - DROP)) / 16.0, 0, 1)
    slope = np.radians(42) * (3 * over**2 - 2 * over**3)
    step = np.diff(along)
    middle = (slope[:-1] + slope[1:]) / 2
    back = np.concatenate([[0], np.cumsum(step * np.cos(middle))])
    down = np.concatenate([[0], np.cumsum(step * np.sin(middle))])
    return np.stack([back, -down], -1)


def _temples(asked: Frame, outline: Array) -> list[Manifold]:
    half, rise = _hinge(asked, outline)
    start = half**2 / (2 * FACE_RADIUS)
    line = temple_path(asked.temple)
    along = np.linspace(0, 1, len(line))
    # Temples bow in a little towards the head.
    inward = -3.0 * np.sin(np.pi * along * 0.9) * along
    path = np.column_stack([half + inward, start + line[:, 0], rise + line[:, 1]])
    height = np.interp(along, [0, 0.1, 0.6, 0.9, 0.97, 0.99, 1], [1.3, 1.0, 0.85, 1.05, 0.9, 0.65, 0.2])
    thick = np.interp(along, [0, 0.1, 0.97, 1], [1.15, 1.0, 0.85, 0.2])
    arm = sweep(path, superellipse(3.0, 5.0, 3, 28), np.stack([thick, height], -1), up=(0, 0, 1))
    return [arm, arm.mirror((1, 0, 0))]
