"""An invented head as a photograph: a pinhole camera, soft daylight, a plain wall; with or without a bank card."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.solids.raster import nearest
from lib.merchandising.made_to_measure_eyewear.heads.shape import BEHIND, EYEBALL, Array, Head, normals, pupils, surface
from lib.merchandising.made_to_measure_eyewear.heads.skin import colours, eye_colours, hexed, opening, soft

CARD = (85.60, 53.98)  # ISO/IEC 7810 ID-1
PIVOT = np.array([0.0, -20.0, -85.0])  # what a head turns around
KEY = np.array([-0.42, 0.50, 0.76]) / np.linalg.norm([-0.42, 0.50, 0.76])
FILL = np.array([0.75, 0.10, 0.65]) / np.linalg.norm([0.75, 0.10, 0.65])
WALL = ("#cfc9c0", "#b3aca2")
RISE = 26.0  # mm: the eyes stand this far above the picture's middle


@dataclass(frozen=True)
class Shot:
    """How the picture is taken. Angles in degrees; ``distance`` from the eyes to the lens in millimetres.

    ``focal`` is the focal length as for a 35 mm film, along the picture's longer side. ``card``: whether a bank card is
    held flat against the forehead. ``grain``: noise of the sensor, of 255.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    distance: float = 560.0
    focal: float = 45.0
    width: int = 840
    height: int = 1000
    card: bool = False
    grain: float = 2.0
    light: float = 1.0
    seed: int = 0


def turned(shot: Shot) -> Array:
    """The head's rotation (3, 3): roll, then pitch, then yaw."""
    yaw, pitch, roll = np.radians([shot.yaw, shot.pitch, shot.roll])
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    rotation: Array = about_z @ about_x @ about_y
    return rotation


def in_camera(points: Array, shot: Shot) -> Array:
    """Points of the head's frame in the camera's (x right, y up, z towards the camera, which stands at 0)."""
    seen: Array = (points - PIVOT) @ turned(shot).T + PIVOT + np.array([0, RISE, -shot.distance])
    return seen


def focal_pixels(shot: Shot) -> float:
    """The focal length in pixels: 36 mm of film are the longer side."""
    return shot.focal / 36.0 * max(shot.width, shot.height)


def projected(seen: Array, shot: Shot) -> Array:
    """Pixels (..., 2) of points in the camera's frame."""
    scale = focal_pixels(shot) / -seen[..., 2]
    return np.stack([shot.width / 2 + seen[..., 0] * scale, shot.height / 2 - seen[..., 1] * scale], -1)


def card_corners(head: Head) -> Array:
    """(4, 3): a card held level against the forehead, from its upper left corner clockwise."""
    w, h = CARD[0] / 2, CARD[1] / 2
    y, z = 60.0, 13.5
    lean = -0.16  # a forehead falls back a little
    return np.array([(-w, y + h, z + lean * h), (w, y + h, z + lean * h), (w, y - h, z - lean * h),
                     (-w, y - h, z - lean * h)])  # fmt: skip


def photograph(head: Head, shot: Shot | None = None) -> NDArray[np.uint8]:
    """The picture (h, w, 3), sRGB."""
    shot = shot or Shot()
    points, triangles = surface(head)
    light = _light(points, triangles, shot)
    extra, extra_triangles = _neck(head)
    every = np.vstack([points, extra])
    corners = np.concatenate([triangles, extra_triangles + len(points)])
    light = np.concatenate([light, _light(extra, extra_triangles, shot)])
    seen = in_camera(every, shot)
    pixels = projected(seen, shot)
    shown, weights = nearest(pixels[corners], (1 / -seen[:, 2])[corners], shot.width, shot.height)
    image = _wall(shot)
    at = np.flatnonzero(shown >= 0)
    triangle, w = corners[shown[at]], weights[at][..., None]
    place = (every[triangle] * w).sum(axis=1)
    lit = (light[triangle] * weights[at][..., None]).sum(axis=1)
    image[at] = _skin(head, shot, place, lit, at, shown[at] >= len(triangles))
    if shot.card:
        _lay_card(image, head, shot)
    return _developed(image.reshape(shot.height, shot.width, 3), shot)


def _light(points: Array, triangles: NDArray[np.int64], shot: Shot) -> Array:
    """(light, highlight) of each vertex: soft key from the upper left, fill, sky; the head turns, the lamps don't."""
    n = normals(points, triangles) @ turned(shot).T
    key = np.clip(n @ KEY * 0.85 + 0.15, 0, None)
    light: Array = 0.30 + 0.13 * n[:, 1] + 0.66 * key + 0.20 * np.clip(n @ FILL, 0, None)
    to_lens = -in_camera(points, shot)
    half = KEY + to_lens / np.linalg.norm(to_lens, axis=1, keepdims=True)
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    shine = np.clip(np.einsum("ij,ij->i", n, half), 0, 1) ** 18
    return np.stack([np.clip(light, 0.10, None), 0.05 * shine], -1) * shot.light


def _neck(head: Head) -> tuple[Array, NDArray[np.int64]]:
    """A neck and shoulders under the chin, and ears, so that the head doesn't float."""
    rings, around = 40, 90
    t = np.linspace(0, 1, rings)[:, None]
    angle = np.linspace(0, 2 * np.pi, around)[None]
    y = -head.length + 22 - 150 * t - 240 * np.clip(t - 0.70, 0, 1) + 0 * angle
    wide = 54 + 6 * t + 200 * np.clip((t - 0.42) / 0.58, 0, 1) ** 1.25
    deep = 50 + 30 * np.clip((t - 0.50) / 0.5, 0, 1)
    neck = np.stack([wide * np.cos(angle), y, -80 + deep * np.sin(angle)], -1).reshape(-1, 3)
    at = np.arange(rings * around).reshape(rings, around)
    a, b, c, d = (each.ravel() for each in (at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]))
    grid = np.concatenate([np.stack([a, b, c], -1), np.stack([b, d, c], -1)])
    parts, triangles, start = [neck], [grid], len(neck)
    u, v = np.meshgrid(np.linspace(0, np.pi, 24), np.linspace(0, 2 * np.pi, 24), indexing="ij")
    for side in (-1, 1):
        ball = np.stack([np.sin(u) * np.cos(v) * 6, np.cos(u) * 30, np.sin(u) * np.sin(v) * 15], -1).reshape(-1, 3)
        ear = ball + np.array([side * (head.temples / 2 + 3.5), -12.0, -head.ear + 2])
        at = np.arange(len(ear)).reshape(24, 24)
        a, b, c, d = (each.ravel() for each in (at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]))
        parts.append(ear)
        triangles.append(np.concatenate([np.stack([a, c, b], -1), np.stack([b, c, d], -1)]) + start)
        start += len(ear)
    return np.vstack(parts), np.concatenate(triangles)


def _wall(shot: Shot) -> Array:
    y = np.linspace(0, 1, shot.height)[:, None, None]
    x = np.linspace(0, 1, shot.width)[None, :, None]
    shade = np.clip(0.55 * y + 0.35 * np.abs(x - 0.35), 0, 1)
    wall: Array = (hexed(WALL[0]) * (1 - shade) + hexed(WALL[1]) * shade) * shot.light
    return wall.reshape(-1, 3)


def _skin(head: Head, shot: Shot, place: Array, lit: Array, at: NDArray[np.int64], body: NDArray[np.bool_]) -> Array:
    """Colours of the pixels ``at`` that show the head at ``place``."""
    lit, gleam = lit.T
    colour, gloss = colours(head, place)
    gleam = gleam * gloss / 0.16
    plain, _g = colours(head, np.column_stack([place[:, 0] * 0 + 40, place[:, 1] * 0 - 80, place[:, 2] * 0 - 20]))
    shirt = hexed("#3d4650")
    ear = np.abs(place[:, 0]) > head.temples / 2 - 6
    below = place[:, 1] < -head.length - 55 - 0.0006 * place[:, 0] ** 2
    neck = np.where(below[:, None], shirt[None], plain * np.where(ear, 0.92, 1.0)[:, None])
    colour = np.where(body[:, None], neck, colour)
    # The chin's shadow on the neck, and red light that skin sends on where it turns away.
    under = body & (place[:, 1] < -head.length + 30)
    lit = lit * np.where(under, 0.62 + 0.38 * np.clip((-head.length + 20 - place[:, 1]) / 60, 0, 1), 1.0)
    tint = np.array([1.0, 0.93, 0.90])[None] ** np.clip(1.0 - lit, 0, 1)[:, None]
    colour = colour * lit[:, None] * tint + gleam[:, None] * np.where(body, 0.3, 1.0)[:, None]
    inside, _upper, which = opening(head, place)
    open_ = soft(inside, 0.30) * (~body) * (place[:, 2] > -30)
    eye = np.flatnonzero(open_ > 0.01)
    if len(eye):
        seen = _eyes(head, shot, at[eye], which[eye])
        lid = 1 - 0.55 * np.exp(-np.clip(_upper[eye] - place[eye, 1], 0, None) / 1.6)
        seen = seen * (0.25 + 0.72 * lit[eye] * lid)[:, None]
        colour[eye] = colour[eye] * (1 - open_[eye][:, None]) + seen * open_[eye][:, None]
    return np.asarray(colour)


def _eyes(head: Head, shot: Shot, pixel: NDArray[np.int64], which: NDArray[np.int64]) -> Array:
    """Both eyes look into the lens."""
    rotation = turned(shot)
    u = pixel % shot.width + 0.5 - shot.width / 2
    v = shot.height / 2 - (pixel // shot.width + 0.5)
    ray = np.stack([u, v, np.full(len(u), -focal_pixels(shot))], -1)
    ray /= np.linalg.norm(ray, axis=1, keepdims=True)
    lens = (-(PIVOT + np.array([0, RISE, -shot.distance]))) @ rotation + PIVOT
    x = np.array(pupils(head))
    # The eye's centre of rotation lies on the far-looking pupil's axis.
    centres = np.stack([x, np.zeros(2), np.full(2, -EYEBALL)], -1)
    gaze = lens[None] - centres
    gaze /= np.linalg.norm(gaze, axis=1, keepdims=True)
    return eye_colours(head, lens[None], ray @ rotation, centres[which], gaze[which])


def _lay_card(image: Array, head: Head, shot: Shot) -> None:
    quad = card_corners(head)
    seen = in_camera(quad, shot)
    pixels = projected(seen, shot)
    corners = np.array([[0, 1, 2], [0, 2, 3]])
    shown, weights = nearest(pixels[corners], (1 / -seen[:, 2])[corners], shot.width, shot.height)
    at = np.flatnonzero(shown >= 0)
    uv = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)[corners[shown[at]]]
    u, v = (uv * weights[at][..., None]).sum(axis=1).T
    colour = np.tile(hexed("#23496b"), (len(at), 1)) * (1 + 0.25 * u)[:, None]
    stripe = (v > 0.10) & (v < 0.28)
    colour[stripe] = hexed("#15181b")
    chip = (np.abs(u - 0.16) < 0.07) & (np.abs(v - 0.50) < 0.09)
    colour[chip] = hexed("#c9a95b")
    number = (np.abs(v - 0.70) < 0.035) & (u > 0.08) & (u < 0.8) & (np.sin(u * 190) > -0.2)
    colour[number] = hexed("#c8d2da")
    image[at] = colour * 0.95 * shot.light


def _developed(image: Array, shot: Shot) -> NDArray[np.uint8]:
    """Highlights rolled off, sRGB, a lens's slight softness, the sensor's noise."""
    image = 1 - np.exp(-1.55 * np.clip(image, 0, None))
    image = np.where(image <= 0.0031308, image * 12.92, 1.055 * np.power(image, 1 / 2.4) - 0.055)
    soft_ = image.copy()
    for axis in (0, 1):
        soft_ = (np.roll(soft_, 1, axis) + 2 * soft_ + np.roll(soft_, -1, axis)) / 4
    grain = np.random.default_rng(shot.seed).normal(0, shot.grain / 255, image.shape)
    pixels: NDArray[np.uint8] = np.round(np.clip(soft_ + grain, 0, 1) * 255).astype(np.uint8)
    return pixels


assert BEHIND < EYEBALL
