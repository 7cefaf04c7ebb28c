"""The frame on the face in the picture: in the head's perspective, lit from where the face is lit, with its shadow.

The solid is set where the dispensing rules put it (lenses ``VERTEX`` mm before the corneas, pads on the nose, front
leaning ``LEAN`` degrees), projected through the same camera as the measurement, and hidden where a plain head (a stack
of superellipses as wide as this face) stands in front of it. Only the picture that comes back is made; nothing is
kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.atelier.solids.eyewear import FACE_RADIUS, lens_outline
from lib.atelier.solids.files import surface
from lib.atelier.solids.raster import nearest
from lib.merchandising.made_to_measure_eyewear.frames import TINTS, Design, finish_of, piece_of
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Sight
from lib.merchandising.made_to_measure_eyewear.sheen import Light, light_of, shaded, soft

if TYPE_CHECKING:
    from lib.vision.faces import Pose

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
VERTEX = 12.5
LEAN = 8.0
SHADOW_DROP = 5.0  # mm: how far below the frame its shadow falls
MOST_PIXELS = 900_000  # of the part that is drawn, finely


@dataclass(frozen=True)
class _Patch:
    """The part of the picture that is drawn: ``fine`` small pixels to one of the picture's."""

    left: int
    top: int
    width: int
    height: int
    fine: int

    @property
    def size(self) -> tuple[int, int]:
        return self.width * self.fine, self.height * self.fine

    def of(self, pixels: Array) -> Array:
        """Places in the picture as places in the patch's small pixels."""
        return np.asarray((pixels - np.array([self.left, self.top])) * self.fine)

    def averaged(self, values: Array) -> Array:
        """(h * w * fine², c) small pixels as (h, w, c)."""
        w, h = self.size
        blocks = values.reshape(self.height, self.fine, self.width, self.fine, -1)
        mean: Array = blocks.mean(axis=(1, 3))
        assert w * h == blocks.size // blocks.shape[-1]
        return mean


def worn(pixels: Pixels, measured: Measured, sight: Sight, design: Design, centre: float = 0.0) -> Pixels:
    """The picture (h, w, 3) with the frame on the face.

    Args:
        centre: x of the nose's middle in the head's frame, mm.

    Raises:
        InputError: the frame has a measure that can't be made.
    """
    piece = piece_of(design)
    own, normals, corners = surface(piece.parts[0])
    triangles = np.asarray(corners, dtype=np.int64)
    low = float(piece.dimensions["lens_height"])
    placed = (_on_head(own, measured, low, centre), _turned(normals), triangles)
    image = (pixels.astype(float) / 255) ** 2.2
    patch = _patch(placed[0], sight, pixels.shape)
    if patch is None:
        return pixels
    head, head_triangles = _plain_head(measured)
    hidden = _seen(head, head_triangles, sight, patch)[2]
    cut = np.s_[patch.top : patch.top + patch.height, patch.left : patch.left + patch.width]
    light = light_of(image[cut])
    part = _with_shadow(image[cut], placed, sight, patch, hidden)
    part = _with_lenses(part, _panes(design, low, measured, centre), sight, patch, design, light)
    part = _with_frame(part, placed, own, sight, patch, hidden, design, measured, light)
    image[cut] = part
    result: Pixels = np.round(np.clip(image, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)
    return result


def _on_head(places: Array, measured: Measured, lens_height: float, centre: float) -> Array:
    """The frame's own axes (x, depth, up) as the head's; the front leans, the temples don't."""
    pads = -0.17 * lens_height
    up = float(np.clip(-measured.eye_height.mm - pads, -6.0, 1.5))
    depth = places[:, 1]
    front = np.clip(1 - (depth - 12) / 25, 0, 1)
    z = VERTEX + 2.5 - depth + np.tan(np.radians(LEAN)) * places[:, 2] * front
    return np.stack([places[:, 0] + centre, places[:, 2] + up, z], -1)


def _turned(normals: Array) -> Array:
    return np.stack([normals[:, 0], normals[:, 2], -normals[:, 1]], -1)


def _patch(places: Array, sight: Sight, shape: tuple[int, ...]) -> _Patch | None:
    flat = sight.pose.pixels(places, sight.distance)
    low = np.maximum(np.floor(flat.min(axis=0)).astype(int) - 24, 0)
    high = np.minimum(np.ceil(flat.max(axis=0)).astype(int) + 24, [shape[1], shape[0]])
    if (high - low < 8).any():
        return None
    width, height = (int(each) for each in high - low)
    fine = int(np.clip(np.sqrt(MOST_PIXELS / (width * height)), 1, 3))
    return _Patch(int(low[0]), int(low[1]), width, height, fine)


def _nearness(places: Array, pose: Pose, distance: float) -> Array:
    """Larger is nearer, and linear across the picture."""
    return 1 / -((places @ pose.rotation.T + pose.direction * distance)[:, 2])


def _seen(
    places: Array, triangles: NDArray[np.int64], sight: Sight, patch: _Patch
) -> tuple[NDArray[np.int64], Array, Array]:
    """(triangle or -1, weights, nearness) at each small pixel."""
    flat = patch.of(sight.pose.pixels(places, sight.distance))
    near = _nearness(places, sight.pose, sight.distance)
    shown, weights = nearest(flat[triangles], near[triangles], *patch.size)
    depth = np.einsum("ij,ij->i", weights, near[triangles[np.maximum(shown, 0)]])
    return shown, weights, np.where(shown >= 0, depth, -np.inf)


def _plain_head(measured: Measured) -> tuple[Array, NDArray[np.int64]]:
    """A head as wide as this face, without features: what temples go behind."""
    rows, columns = 40, 60
    y = np.linspace(-measured.length.mm, 95.0, rows)[:, None]
    share = np.interp(y, [-measured.length.mm, -85, -45, 0, 50, 95], [0.35, 0.72, 0.94, 1.0, 0.98, 0.75])
    turn = np.linspace(-np.pi / 2, np.pi / 2, columns)[None]
    half = measured.width.mm / 2 * share
    u = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** (2 / 2.4)
    v = np.cos(turn) ** (2 / 2.4)
    back = -measured.ear.mm + 8
    front = np.interp(y, [-measured.length.mm, -60, -20, 0, 20, 60, 95], [-6, 0, -6, -8, -2, 2, -30])
    points = np.stack([half * u + 0 * y, y + 0 * turn, back + (front - back) * v], -1).reshape(-1, 3)
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (each.ravel() for each in (at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]))
    return points, np.concatenate([np.stack([a, b, c], -1), np.stack([b, d, c], -1)])


def _with_shadow(
    image: Array,
    frame: tuple[Array, Array, NDArray[np.int64]],
    sight: Sight,
    patch: _Patch,
    hidden: Array,
) -> Array:
    """A soft shadow on the face below the front and beside the temples."""
    places, _normals, triangles = frame
    scale = sight.pose.focal / sight.distance
    strength = np.zeros((patch.height, patch.width))
    on_face = patch.averaged((hidden > -np.inf).astype(float)[:, None])[..., 0]
    coarse = replace(patch, fine=1)  # a shadow is soft
    for drop, back, blur, dark in ((2.0, 8.0, 1.2, 0.34), (SHADOW_DROP, 12.0, 3.4, 0.28)):
        fallen = places + np.array([1.2, -drop, -back])
        shown = _seen(fallen, triangles, sight, coarse)[0]
        mask = coarse.averaged((shown >= 0).astype(float)[:, None])[..., 0]
        strength += dark * soft(mask, blur * scale)
    keep = soft(on_face, 1.5 * scale)
    shadow: Array = image * (1 - (strength * keep)[..., None] * np.array([0.82, 0.95, 1.0]))
    return shadow


def _panes(design: Design, lens_height: float, measured: Measured, centre: float) -> list[tuple[Array, Array]]:
    """Each lens's outline: (places in its own plane (n, 2), places in the head's frame (n, 3))."""
    outline = lens_outline(design.shape, design.lens)
    found = []
    for side in (-1, 1):
        flat = np.stack([side * (outline[:, 0] + (design.lens + design.bridge) / 2), outline[:, 1]], -1)
        own = np.stack([flat[:, 0], flat[:, 0] ** 2 / (2 * FACE_RADIUS), flat[:, 1]], -1)
        found.append((outline, _on_head(own, measured, lens_height, centre)))
    return found


def _with_lenses(
    image: Array, panes: list[tuple[Array, Array]], sight: Sight, patch: _Patch, design: Design, light: Light
) -> Array:
    """Tint by height, a mirrored window, a little more mirror towards the edge."""
    import cv2

    w, h = patch.size
    _title, top, bottom = TINTS[design.tint]
    for own, places in panes:
        flat = patch.of(sight.pose.pixels(places, sight.distance))
        mask = np.zeros((h, w), np.uint8)
        cv2.fillPoly(mask, [np.round(flat * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        at = np.flatnonzero(mask)
        back = np.linalg.lstsq(np.column_stack([flat, np.ones(len(flat))]), own, rcond=None)[0]
        x, y = (np.column_stack([at % w, at // w, np.ones(len(at))]) @ back).T
        share = np.clip(y / np.ptp(own[:, 1]) + 0.5, 0, 1)[:, None]
        through = np.array(bottom) * (1 - share) + np.array(top) * share
        streak = np.exp(-(((x * 0.8 + y + 4) / 4.5) ** 2)) + 0.6 * np.exp(-(((x * 0.8 + y - 8) / 2.0) ** 2))
        edge = (np.hypot(x / np.ptp(own[:, 0]), y / np.ptp(own[:, 1])) * 2) ** 4
        mirror = (0.002 + 0.028 * streak * np.clip((share[:, 0] - 0.3) * 1.5, 0, 1) + 0.006 * edge) * light.level
        cover = (mask.ravel()[at] / 255.0)[:, None]
        factor, added = np.ones((w * h, 3)), np.zeros((w * h, 3))
        factor[at] = 1 - cover * (1 - through)
        added[at] = cover * mirror[:, None] * np.array([0.93, 0.97, 1.0])
        image = image * patch.averaged(factor) + patch.averaged(added)
    return image


def _with_frame(
    image: Array,
    frame: tuple[Array, Array, NDArray[np.int64]],
    own: Array,
    sight: Sight,
    patch: _Patch,
    hidden: Array,
    design: Design,
    measured: Measured,
    light: Light,
) -> Array:
    places, normals, triangles = frame
    shown, weights, near = _seen(places, triangles, sight, patch)
    at = np.flatnonzero((shown >= 0) & (near >= hidden))
    corner, w = triangles[shown[at]], weights[at][..., None]
    place = (places[corner] * w).sum(axis=1)
    normal = (normals[corner] * w).sum(axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    ray = place @ sight.pose.rotation.T + sight.pose.direction * sight.distance
    view = -ray / np.linalg.norm(ray, axis=1, keepdims=True)
    colour = shaded(
        normal @ sight.pose.rotation.T, view, (own[corner] * w).sum(axis=1), finish_of(design.finish), light
    )
    # Behind the ear the temple is out of sight: hair and ear cover it.
    seen = np.clip((place[:, 2] + measured.ear.mm - 6) / 5, 0, 1)
    layer, cover = np.zeros((patch.size[0] * patch.size[1], 3)), np.zeros((patch.size[0] * patch.size[1], 1))
    layer[at], cover[at, 0] = colour * seen[:, None], seen
    framed: Array = image * (1 - patch.averaged(cover)) + patch.averaged(layer)
    return framed
