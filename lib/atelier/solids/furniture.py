"""Chairs, stools, tables and lamps. Millimetres; the floor is z = 0, a chair faces -y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manifold3d import Manifold

from lib.atelier.solids.forms import Array, lathe, ring_of, slab, superellipse, sweep, union
from lib.atelier.solids.materials import material
from lib.atelier.solids.model import Part, Piece, between, one_of
from lib.atelier.solids.settings import smooth
from lib.i18n import N_

TOPS = ("round", "oval", "rectangle")
BASES = ("legs", "pedestal")
LAMPS = ("table", "floor")


@dataclass(frozen=True)
class Chair:
    """A chair; ``height`` to the top of its back, ``seat_height`` to the top of its seat."""

    width: float = 470.0
    depth: float = 460.0
    seat_height: float = 450.0
    height: float = 800.0
    leg: float = 36.0
    material: str = "white_oak"


@dataclass(frozen=True)
class Stool:
    """A stool with a round seat, and a ring for the feet where it is high."""

    height: float = 650.0
    seat: float = 340.0
    legs: int = 4
    leg: float = 32.0
    material: str = "white_oak"
    metal: str = "brass"


@dataclass(frozen=True)
class Table:
    """A table; a round one takes ``length`` as its diameter."""

    top: str = "oval"
    base: str = "legs"
    length: float = 1600.0
    width: float = 900.0
    height: float = 740.0
    thickness: float = 28.0
    material: str = "black_walnut"


@dataclass(frozen=True)
class Lamp:
    """A lamp with a turned foot and a conical shade; ``shade`` is its lower diameter."""

    kind: str = "table"
    height: float = 520.0
    shade: float = 320.0
    metal: str = "brass"


def _leg(foot: tuple[float, float], head: tuple[float, float, float], thick: float, thin: float = 0.62) -> Manifold:
    """A turned leg from the floor (cut level there) to ``head``, fullest at a third from the top."""
    start, end = np.array([*foot, 0.0]), np.array(head)
    path = start + (end - start) * np.linspace(-0.05, 1, 30)[:, None]
    along = np.linspace(-0.05, 1, 30)
    radius = thick / 2 * np.interp(along, [-0.05, 0, 0.68, 1], [thin, thin, 1.0, 0.86])
    shape = sweep(path, superellipse(2, 2, 2, 28), radius, up=(0, 1, 0.02))
    return shape.trim_by_plane((0, 0, 1), 0)


def chair(asked: Chair) -> Piece:
    """The chair as one solid of wood.

    Raises:
        InputError: a measure is outside what can be made, or the material is unknown.
    """
    between(N_("Width"), asked.width, 360, 700)
    between(N_("Depth"), asked.depth, 360, 650)
    between(N_("Seat height"), asked.seat_height, 300, 800)
    between(N_("Height"), asked.height, asked.seat_height + 200, asked.seat_height + 800)
    between(N_("Leg’s thickness"), asked.leg, 24, 60)
    seat = slab(superellipse(asked.width, asked.depth, 4.2, 120), 26, 8).translate((0, 0, asked.seat_height - 26))
    # Inside the seat's rounded corners, whatever the leg's thickness: the four would not hold otherwise.
    x, y = asked.width * 0.42, asked.depth * 0.42
    under = asked.seat_height - 14
    shapes = [seat]
    for side in (-1, 1):
        shapes.append(_leg((side * (x + 18), -y - 22), (side * (x - 12), -y + 10, under), asked.leg))
        shapes.append(_post(asked, side, x, y))
        shapes.append(_stretcher(asked, side * x, y))
    shapes += _rails(asked, x, y)
    parts = (Part(N_("Wood"), material(asked.material), union(shapes)),)
    return Piece("chair", parts, {"width": asked.width, "seat_height": asked.seat_height, "height": asked.height})


def _lean(asked: Chair, y: float, z: Array | float) -> Array:
    """How far back a post stands at height z: straight up to the seat, then leaning 11 degrees."""
    over = np.clip(np.asarray(z, dtype=float) - asked.seat_height, 0, None)
    under = np.clip(asked.seat_height - np.asarray(z, dtype=float), 0, None)
    return np.asarray(y - 6 + 0.19 * over * np.clip(over / 160, 0, 1) + 0.10 * under)


def _post(asked: Chair, side: int, x: float, y: float) -> Manifold:
    """A back leg that goes on upwards as the post of the back."""
    z = np.concatenate([[-20.0], np.linspace(0, asked.height - 34, 60)])
    path = np.column_stack([side * (x - 8 + 14 * np.clip(1 - z / asked.seat_height, 0, 1.05)), _lean(asked, y, z), z])
    share = z / asked.height
    radius = asked.leg / 2 * np.interp(share, [0, asked.seat_height / asked.height, 1], [0.66, 1.0, 0.62])
    post = sweep(path, superellipse(2, 2, 2.2, 28), radius, up=(0, 1, 0.02))
    return post.trim_by_plane((0, 0, 1), 0)


def _stretcher(asked: Chair, x: float, y: float) -> Manifold:
    level = asked.seat_height * 0.42
    ends = np.array([(x * 1.0, -y - 8, level), (x * 0.99, float(_lean(asked, y, level)), level + 10)])
    path = ends[0] + (ends[1] - ends[0]) * np.linspace(0, 1, 16)[:, None]
    bulge = 0.8 + 0.35 * np.sin(np.pi * np.linspace(0, 1, 16))
    return sweep(path, superellipse(asked.leg * 0.5, asked.leg * 0.5, 2, 20), bulge)


def _rails(asked: Chair, x: float, y: float) -> list[Manifold]:
    """A curved top rail, which ends at the asked height, and one below it."""
    shapes = []
    free = asked.height - asked.seat_height
    for tall, top in ((min(96.0, free * 0.3), asked.height), (min(46.0, free * 0.14), asked.seat_height + free * 0.52)):
        level = top - tall / 2
        at = float(_lean(asked, y, level))
        wide = np.linspace(-1, 1, 41)
        path = np.column_stack([wide * (x + 4), at + 26 * (1 - wide**2), np.full(41, level)])
        ends = np.clip((1 - np.abs(wide)) / 0.10, 0.0, 1)
        high = 0.62 + 0.38 * np.sqrt(1 - (1 - ends) ** 2)
        shapes.append(sweep(path, superellipse(18, tall, 3.4, 32), np.stack([np.ones(41), high], -1)))
    return shapes


def stool(asked: Stool) -> Piece:
    """The stool: wood, and a ring of metal for the feet from 550 mm up.

    Raises:
        InputError: a measure is outside what can be made, or a material is unknown.
    """
    between(N_("Height"), asked.height, 350, 850)
    between(N_("Seat"), asked.seat, 260, 450)
    between(N_("Number of legs"), asked.legs, 3, 5)
    between(N_("Leg’s thickness"), asked.leg, 22, 60)
    radius, spread = asked.seat * 0.34, asked.height * 0.085
    shapes = [slab(superellipse(asked.seat, asked.seat, 2, 120), 34, 12).translate((0, 0, asked.height - 34))]
    for k in range(int(asked.legs)):
        angle = 2 * np.pi * (k + 0.5) / int(asked.legs)
        out = np.array([np.cos(angle), np.sin(angle)])
        foot, head = out * (radius + spread), out * radius
        shapes.append(
            _leg((float(foot[0]), float(foot[1])), (float(head[0]), float(head[1]), asked.height - 20), asked.leg)
        )
    wood = union(shapes)
    parts = [Part(N_("Wood"), material(asked.material), wood)]
    if asked.height >= 550:
        level = asked.height * 0.33
        loop = ring_of(radius + spread * (1 - level / asked.height), 12, 96).translate((0, 0, level))
        parts.append(Part(N_("Foot ring"), material(asked.metal), loop - wood))
    return Piece("stool", tuple(parts), {"seat": asked.seat, "height": asked.height})


def table(asked: Table) -> Piece:
    """The table as one solid of wood.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Table top"), asked.top, TOPS)
    one_of(N_("Base"), asked.base, BASES)
    between(N_("Length"), asked.length, 400, 3000)
    between(N_("Width"), asked.width, 400, 1400)
    between(N_("Height"), asked.height, 300, 1100)
    between(N_("Thickness"), asked.thickness, 16, 60)
    width = asked.length if asked.top == "round" else asked.width
    power = {"round": 2.0, "oval": 2.5, "rectangle": 14.0}[asked.top]
    plate = slab(superellipse(asked.length, width, power, 200), asked.thickness, asked.thickness * 0.36)
    shapes = [plate.translate((0, 0, asked.height - asked.thickness))]
    shapes += _pedestal(asked, width) if asked.base == "pedestal" else _table_legs(asked, width)
    parts = (Part(N_("Wood"), material(asked.material), union(shapes)),)
    return Piece("table", parts, {"length": asked.length, "width": width, "height": asked.height})


def _table_legs(asked: Table, width: float) -> list[Manifold]:
    inset = {"round": 0.33, "oval": 0.36, "rectangle": 0.44}[asked.top]
    thick, under = 44 + asked.length / 80, asked.height - asked.thickness
    # Legs splay outwards, but never beyond the top.
    out_x, out_y = min(34.0, asked.length * 0.03), min(24.0, width * 0.03)
    x = min(asked.length * inset, asked.length / 2 - out_x - thick * 0.55)
    y = min(width * (inset if asked.top != "oval" else 0.32), width / 2 - out_y - thick * 0.55)
    legs = [
        _leg((a * (x + out_x), b * (y + out_y)), (a * x, b * y, under + 6), thick, 0.5)
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    apron = superellipse(2 * x, 2 * y, 8, 80)
    path = np.column_stack([apron, np.full(80, under - 30)])
    return [*legs, sweep(path, superellipse(20, 62, 8, 24), closed=True)]


def _pedestal(asked: Table, width: float) -> list[Manifold]:
    """A turned column that flares into its foot and into the top."""
    under, reach = asked.height - asked.thickness + 4, min(asked.length, width) * 0.30
    z = np.linspace(0, 1, 60)
    radius = reach * (0.18 + 0.82 * np.exp(-z / 0.07) + 0.42 * np.exp(-(1 - z) / 0.09))
    return [lathe([(0, 0), *zip(radius.tolist(), (z * under).tolist(), strict=True), (0, under)])]


def lamp(asked: Lamp) -> Piece:
    """The lamp: a metal foot and stem, and a shade of opal glass, 2 mm thick.

    Raises:
        InputError: a measure is outside what can be made, or a name is unknown.
    """
    one_of(N_("Lamp"), asked.kind, LAMPS)
    low, high = {"table": (280, 900), "floor": (1100, 2000)}[asked.kind]
    height = between(N_("Height"), asked.height, low, high)
    between(N_("Shade’s diameter"), asked.shade, 140, 700)
    drop = min(asked.shade * 0.62, height * 0.42)
    shade = _shade(asked.shade / 2, drop, height)
    parts = (
        Part(N_("Foot and stem"), material(asked.metal), _foot(height, asked.shade, drop) - shade),
        Part(N_("Shade"), material("opal_glass"), shade),
    )
    return Piece("lamp", parts, {"height": height, "shade": asked.shade})


def _shade(radius: float, drop: float, height: float) -> Manifold:
    """A dome: thin, open below, closed above but for the stem."""
    turn = np.linspace(0, np.pi / 2, 40)
    outer = [(radius * float(np.cos(t)) ** 0.62, height - drop + drop * float(np.sin(t))) for t in turn[:-1]]
    inner = [(max(r - 2.0, 1.0), z - (2.0 if k else 0.0)) for k, (r, z) in enumerate(outer)]
    cap = [(4.0, height), (4.0, height - 2.0)]
    return lathe([*outer, *cap, *[(max(r, 4.0), z) for r, z in inner[::-1] if r > 4.0]])


def _foot(height: float, shade: float, drop: float) -> Manifold:
    """A weighted base, a collar, and the stem up to a small knob under the shade's crown."""
    base, stem = max(shade * 0.30, height * 0.075), max(5.0, height * 0.009)
    top = height - 2.5
    profile = smooth(
        np.array([(base, 0), (base, 8), (base * 0.92, 15), (base * 0.35, 22), (stem * 2.0, 34), (stem, 60)]), 60
    )
    knob = height - drop - 6
    turned_profile = [
        *profile.tolist(),
        (stem, knob - 14),
        (stem * 2.2, knob - 6),
        (stem * 2.2, knob + 6),
        (stem, knob + 14),
        (stem, top),
        (0, top),
    ]
    return lathe([(0.0, 0.0), *[(float(r), float(z)) for r, z in turned_profile]])
