"""A shaded picture of a piece, as a house would photograph it: pale ground, soft light, no perspective.

Metal is lit by an imagined studio of soft boxes mirrored in it (a function of the mirrored direction), wood and resin
by Lambert (1760) with a highlight after Blinn (1977), stones by their facets. Orthographic, in numpy alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.atelier.solids.files import read_glb, surface
from lib.atelier.solids.forms import Array
from lib.atelier.solids.materials import Material
from lib.atelier.solids.model import Piece
from lib.atelier.solids.mottle import IN_STILL, TORTOISE, mottled
from lib.atelier.solids.raster import Index, nearest

GROUND = np.array([0.972, 0.962, 0.944])
KEY = np.array([-0.45, -0.55, 0.80]) / np.linalg.norm([-0.45, -0.55, 0.80])
# Samples a side, averaged: edges without stairs. Small pictures show them more, and cost less.
SAMPLES, SMALL_SAMPLES, SMALL = 2, 3, 800 * 800
VIEWS = {"ring": (28, 18), "pendant": (14, 6), "earrings": (16, 8), "bracelet": (24, 38), "eyewear": (26, 14),
         "chair": (34, 14), "stool": (30, 14), "table": (32, 16), "lamp": (20, 8)}  # fmt: skip


Surfaces = tuple[Array, Array, Index]
# Pieces that hang: no floor, no shadow.
HANGING = ("pendant", "earrings")


@dataclass(frozen=True)
class _Scene:
    """All triangles of one kind of surface (opaque, or seen through), in the picture's frame."""

    corners: Array
    depth: Array
    normals: Array
    places: Array
    part: Index


def _camera(turn: float, lift: float) -> Array:
    """Rows: right, up, towards the viewer; the unturned viewer stands at -y and looks along +y."""
    a, e = np.radians(turn), np.radians(lift)
    right = np.array([np.cos(a), np.sin(a), 0.0])
    near = np.array([np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)])
    return np.stack([right, np.cross(near, right), near])


def picture(
    piece: Piece, width: int = 1024, height: int = 1024, turn: float | None = None, lift: float | None = None
) -> Array:
    """The piece as an RGB picture (h, w, 3) of values from 0 to 1.

    Args:
        turn, lift: the viewer's angles in degrees around and above the piece; where None, those that suit its kind.
    """
    usual = VIEWS.get(piece.kind, (25, 18))
    return drawn(
        [surface(part) for part in piece.parts],
        [part.material for part in piece.parts],
        (width, height),
        (usual[0] if turn is None else turn, usual[1] if lift is None else lift),
        piece.kind not in HANGING,
    )


def drawn(
    surfaces: Sequence[Surfaces],
    made_of: Sequence[Material],
    size: tuple[int, int],
    angles: tuple[float, float],
    standing: bool = True,
) -> Array:
    """Surfaces (vertices in millimetres, z up, normals, triangles) of these materials as an RGB picture (h, w, 3).

    Args:
        size: width and height in pixels.
        angles: the viewer's, in degrees around and above.
        standing: on a floor, which the shadow falls on.
    """
    width, height = size
    camera = _camera(*angles)
    samples = SMALL_SAMPLES if width * height <= SMALL else SAMPLES
    w, h = width * samples, height * samples
    fit = _fit(np.vstack([vertices for vertices, _n, _t in surfaces]) @ camera.T, w, h)
    image = np.broadcast_to(GROUND, (h * w, 3)).copy()
    solid = _scene(surfaces, [each.surface != "glass" for each in made_of], camera, fit)
    clear = _scene(surfaces, [each.surface == "glass" for each in made_of], camera, fit)
    if standing:
        image *= 1 - _shadow(solid, camera, fit, w, h)[:, None]
    shown, weights = nearest(solid.corners, solid.depth, w, h)
    _paint(image, shown, weights, solid, made_of, camera, 1.0)
    if len(clear.corners):
        shown2, weights2 = nearest(clear.corners, clear.depth, w, h)
        shown2 = np.where(_depth_at(shown2, weights2, clear) > _depth_at(shown, weights, solid), shown2, -1)
        _paint(image, shown2, weights2, clear, made_of, camera, 0.22)
    small = image.reshape(height, samples, width, samples, 3).mean(axis=(1, 3))
    shown_rgb: Array = np.clip(small, 0, 1)
    return shown_rgb


def png(
    piece: Piece, width: int = 1024, height: int = 1024, turn: float | None = None, lift: float | None = None
) -> bytes:
    """``picture`` as a PNG file."""
    return _encoded(picture(piece, width, height, turn, lift))


def png_of_glb(content: bytes, width: int = 1024, height: int = 1024) -> bytes:
    """A GLB file's still picture as PNG, in the atelier's light.

    Raises:
        InputError: it is no GLB file.
    """
    parts = read_glb(content)
    return _encoded(drawn([part[:3] for part in parts], [part[3] for part in parts], (width, height), (26, 18)))


def _encoded(shown: Array) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(np.round(shown * 255).astype(np.uint8)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fit(seen: Array, w: int, h: int) -> Array:
    """(scale, x, y): what turns the camera's millimetres into pixels with a margin all around."""
    low, high = seen[:, :2].min(axis=0), seen[:, :2].max(axis=0)
    span = np.maximum(high - low, 1e-9)
    scale = 0.80 * min(w / span[0], h / span[1])
    middle = (low + high) / 2
    return np.array([scale, w / 2 - middle[0] * scale, h * 0.485 + middle[1] * scale])


def _to_pixels(seen: Array, fit: Array) -> Array:
    return np.stack([seen[..., 0] * fit[0] + fit[1], -seen[..., 1] * fit[0] + fit[2]], -1)


def _scene(surfaces: Sequence[Surfaces], wanted: list[bool], camera: Array, fit: Array) -> _Scene:
    corners, depth, normals, places, part = [], [], [], [], []
    for number, ((vertices, normal, triangles), want) in enumerate(zip(surfaces, wanted, strict=True)):
        if not want:
            continue
        seen = vertices @ camera.T
        corners.append(_to_pixels(seen, fit)[triangles])
        depth.append(seen[:, 2][triangles])
        normals.append((normal @ camera.T)[triangles])
        places.append(vertices[triangles])
        part.append(np.full(len(triangles), number))
    if not corners:
        return _Scene(
            np.zeros((0, 3, 2)), np.zeros((0, 3)), np.zeros((0, 3, 3)), np.zeros((0, 3, 3)), np.zeros(0, np.int64)
        )
    stacked = (np.concatenate(each) for each in (corners, depth, normals, places, part))
    return _Scene(*stacked)


def _depth_at(shown: Index, weights: Array, scene: _Scene) -> Array:
    if not len(scene.depth):
        return np.full(len(shown), -np.inf)
    depth = np.einsum("ij,ij->i", weights, scene.depth[np.maximum(shown, 0)])
    return np.where(shown >= 0, depth, -np.inf)


def _shadow(scene: _Scene, camera: Array, fit: Array, w: int, h: int) -> Array:
    """How dark the ground is at each pixel: the piece's own plan on its floor, softened twice."""
    places = scene.places.reshape(-1, 3)
    if not len(places):
        return np.zeros(w * h)
    floor = places[:, 2].min()
    tall = np.ptp(places[:, 2])
    dark = np.zeros(w * h)
    for slant, blur, strength in ((0.10, 0.012, 0.16), (0.34, 0.05, 0.20)):
        flat = places.copy()
        flat[:, :2] -= KEY[:2] / KEY[2] * ((places[:, 2] - floor) * slant)[:, None]
        flat[:, 2] = floor
        on_floor = _to_pixels((flat @ camera.T), fit).reshape(-1, 3, 2)
        shown, _w = nearest(on_floor, np.zeros((len(on_floor), 3)), w, h)
        dark += strength * _soft((shown >= 0).astype(float).reshape(h, w), blur * w).ravel()
    # A shadow that reaches the picture's edge fades before it.
    across, down = (np.clip(np.minimum(np.arange(n), n - 1 - np.arange(n)) / (0.09 * n), 0, 1) for n in (w, h))
    faded: Array = (dark.reshape(h, w) * across[None, :] * down[:, None]).ravel()
    return faded if tall > 0 else np.zeros(w * h)


def _soft(mask: Array, reach: float) -> Array:
    """A Gaussian blur by three box blurs (Wells, 1986), in both directions."""
    k = max(int(reach), 1)
    for axis in (0, 1):
        for _again in range(3):
            pad = [(k + 1, k) if a == axis else (0, 0) for a in (0, 1)]
            total = np.cumsum(np.pad(mask, pad, mode="edge"), axis=axis)
            n = mask.shape[axis]
            upper = np.take(total, np.arange(2 * k + 1, 2 * k + 1 + n), axis=axis)
            mask = (upper - np.take(total, np.arange(n), axis=axis)) / (2 * k + 1)
    return mask


def _paint(
    image: Array, shown: Index, weights: Array, scene: _Scene, made_of: Sequence[Material], camera: Array, cover: float
) -> None:
    """Lay the colours of what is seen into the picture, part by part."""
    at = np.flatnonzero(shown >= 0)
    triangle, w = shown[at], weights[at][..., None]
    normal = (scene.normals[triangle] * w).sum(axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    place = (scene.places[triangle] * w).sum(axis=1)
    for number, material in enumerate(made_of):
        mine = scene.part[triangle] == number
        if not mine.any():
            continue
        colour = _shade(normal[mine], place[mine], material, camera)
        where = at[mine]
        image[where] = image[where] * (1 - cover) + colour * cover


def _base(made_of: Material) -> Array:
    return np.array([int(made_of.colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])


def _shade(normal: Array, place: Array, made_of: Material, camera: Array) -> Array:
    """Colours (n, 3) for unit normals in the camera's frame and places in the piece's."""
    base = _base(made_of)
    key = camera @ KEY
    if made_of.surface == "metal":
        return _metal(normal, base, camera)
    if made_of.surface in ("stone", "glass"):
        return _stone(normal, base, camera)
    tone = base[None] * _figure(place, made_of)[:, None] * mottled(place, made_of.key) ** (1 / 2.2)
    if made_of.key == TORTOISE:
        tone = tone * IN_STILL
    half = key + np.array([0, 0, 1.0])
    half /= np.linalg.norm(half)
    up = (normal @ camera)[:, 2]
    light = 0.42 + 0.16 * up + 0.55 * np.clip(normal @ key, 0, 1)
    shine = {"wood": (0.07, 18), "resin": (0.45, 60), "cloth": (0.0, 1)}[made_of.surface]
    gloss = shine[0] * np.clip(normal @ half, 0, 1) ** shine[1]
    if made_of.surface == "cloth":
        light = 0.86 + 0.10 * light
    rim = 0.10 * (1 - np.clip(normal[:, 2], 0, 1)) ** 3
    if made_of.surface == "resin":
        rim = rim * 2.0
    result: Array = tone * light[:, None] + (gloss + rim)[:, None]
    return result


def _figure(place: Array, made_of: Material) -> Array:
    """Grain of wood: a factor for each place, fixed in the piece."""
    x, y, z = place[:, 0], place[:, 1], place[:, 2]
    if made_of.surface == "wood":
        # Years as shells around a trunk that lies along x, well below the piece, and wander a little.
        drift = 7 * np.sin(x * 0.004 + 1.3) + 5 * np.sin(x * 0.011 + y * 0.006) + 2 * np.sin(z * 0.006)
        trunk = np.hypot(y * 0.55 + 90 + drift, z * 0.04 + 160)
        years = np.sin(trunk * 0.62 + 0.8 * np.sin(x * 0.009))
        pores = np.sin(x * 0.07 + 40 * np.sin(y * 0.9)) * np.sin(y * 1.7 + z * 0.05)
        return np.asarray(1 + 0.075 * years * np.abs(years) + 0.022 * pores)
    return np.ones(len(place))


def _studio(mirrored: Array) -> Array:
    """How bright the studio is in a direction (world frame): soft boxes above and to the left, a dark floor line."""
    x, y, z = mirrored[:, 0], mirrored[:, 1], mirrored[:, 2]
    sky = 0.70 + 0.26 * np.tanh(2.2 * z + 0.25)
    box = 0.62 / (1 + np.exp(-18 * (z - 0.42))) * np.exp(-((x + 0.55) ** 2) / 0.32)
    strip = 0.50 * np.exp(-((x - 0.72) ** 2) / 0.02) / (1 + np.exp(-9 * (z + 0.15)))
    flag = 0.40 * np.exp(-((z + 0.30) ** 2) / 0.022)
    front = 0.22 * np.clip(-y, 0, 1) ** 2 * np.exp(-((z - 0.12) ** 2) / 0.2)
    return np.asarray(sky + box + strip - flag + front)


def _metal(normal: Array, base: Array, camera: Array) -> Array:
    mirrored = 2 * normal[:, 2:3] * normal - np.array([0, 0, 1.0])
    bright = _studio(mirrored @ camera)[:, None]
    # A metal tints what it mirrors; near grazing it tints less (Schlick, 1994).
    tint = base + (1 - base) * ((1 - np.clip(normal[:, 2:3], 0, 1)) ** 5)
    deep = np.clip(bright, 0, 1.0)
    result: Array = tint ** (1.55 - 0.75 * deep) * bright
    return result


def _stone(normal: Array, base: Array, camera: Array) -> Array:
    """Facets: each mirrors the studio, and the light that went through comes back in flashes that differ by facet."""
    mirrored = (2 * normal[:, 2:3] * normal - np.array([0, 0, 1.0])) @ camera
    inner = np.sin(normal[:, 0] * 19 + 1) * np.sin(normal[:, 1] * 23 + 2) * 0.5 + 0.5
    flash = np.clip(_studio(mirrored), 0, 1.4) ** 2
    body = base[None] * (0.55 + 0.6 * inner[:, None])
    result: Array = body + 0.38 * (flash[:, None] - 0.4)
    return result
