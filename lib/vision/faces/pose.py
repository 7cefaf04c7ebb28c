"""How a head is turned towards the camera, from a few named points and a general face.

A pinhole camera whose axis goes through the picture's middle. The general face's proportions are those of adults in
anthropometric surveys (Farkas, 1994; Zhuang and Bradtmiller, 2005), rounded; its breadths are replaced by the measured
ones and the pose is found again, so that a wide face isn't taken for a near one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_

Array = NDArray[np.float64]
Point = tuple[float, float]
# Millimetres in the head's frame: x to the viewer's right, y up, z towards the viewer; between the corneas is the
# origin.
GENERAL_FACE: Mapping[str, tuple[float, float, float]] = {
    "pupil_right": (-31.7, 0.0, -2.0),
    "pupil_left": (31.7, 0.0, -2.0),
    "temple_right": (-70.0, 0.0, -62.0),
    "temple_left": (70.0, 0.0, -62.0),
    "bridge": (0.0, 3.0, 8.0),
    "nose_right": (-9.0, -9.0, 3.0),
    "nose_left": (9.0, -9.0, 3.0),
    "nose_tip": (0.0, -40.0, 24.0),
    "chin": (0.0, -114.0, 2.0),
}
FILM = 36.0
PROFILE = 35.0  # degrees beyond which one eye is too foreshortened to be measured
TOO_STRAIGHT = N_(
    "The points lie on one line, or on top of each other. Place them again, beginning with the two pupils."
)


@dataclass(frozen=True)
class Pose:
    """The head in the camera's frame (x right, y up, z towards the camera, which stands at 0).

    ``rotation`` (3, 3) turns the head's frame into the camera's. ``direction`` points from the camera to the middle
    between the corneas, with z = -1: times the distance in millimetres it is the head's place.
    """

    rotation: Array
    direction: Array
    focal: float  # pixels
    middle: tuple[float, float]  # of the picture, pixels

    @property
    def yaw(self) -> float:
        """Degrees to the viewer's right."""
        return float(np.degrees(np.arctan2(self.rotation[0, 2], self.rotation[2, 2])))

    @property
    def pitch(self) -> float:
        """Degrees upwards."""
        return float(np.degrees(np.arcsin(np.clip(self.rotation[1, 2], -1, 1))))

    @property
    def roll(self) -> float:
        """Degrees counter-clockwise in the picture."""
        return float(np.degrees(np.arctan2(self.rotation[1, 0], self.rotation[0, 0])))

    def ray(self, point: Point) -> Array:
        """From the camera through a pixel, with z = -1."""
        return np.array([(point[0] - self.middle[0]) / self.focal, -(point[1] - self.middle[1]) / self.focal, -1.0])

    def in_head(self, point: Point, depth: float, distance: float) -> Array:
        """The place (x, y, ``depth``) in the head's frame that is seen at a pixel, the corneas ``distance`` mm away."""
        place = self.direction * distance
        ray, origin = self.rotation.T @ self.ray(point), self.rotation.T @ place
        return np.asarray(ray * (depth + origin[2]) / ray[2] - origin)

    def pixels(self, places: Array, distance: float) -> Array:
        """Pixels (..., 2) of places (..., 3) in the head's frame."""
        seen = places @ self.rotation.T + self.direction * distance
        scale = self.focal / -seen[..., 2]
        flat: Array = np.stack([self.middle[0] + seen[..., 0] * scale, self.middle[1] - seen[..., 1] * scale], -1)
        return flat


def focal_pixels(width: int, height: int, film: float) -> float:
    """The focal length in pixels from that of a 35 mm film, whose 36 mm are the picture's longer side."""
    return film / FILM * max(width, height)


def head_pose(points: Mapping[str, Point], width: int, height: int, film: float) -> Pose:
    """The pose from named points in pixels.

    Raises:
        InputError: the points lie so that no pose follows from them.
    """
    names = [name for name in GENERAL_FACE if name in points]
    image = np.array([points[name] for name in names])
    if np.linalg.svd(image - image.mean(axis=0), compute_uv=False)[1] <= 0.02 * np.ptp(image, axis=0).max():
        raise InputError(TOO_STRAIGHT)
    model = np.array([GENERAL_FACE[name] for name in names])
    focal, middle = focal_pixels(width, height, film), (width / 2, height / 2)
    pose = _solved(model, image, focal, middle)
    for _again in range(3):
        model = _widened(model, names, points, pose)
        pose = _solved(model, image, focal, middle)
    return pose


def _widened(model: Array, names: list[str], points: Mapping[str, Point], pose: Pose) -> Array:
    """The general face with this one's breadths and heights, seen so far, at the distance of average pupils."""
    changed = model.copy()
    at = {name: pose.in_head(points[name], model[k, 2], 1000.0) for k, name in enumerate(names)}
    # in_head is exact for a distance; lengths of the flat parts grow with it, so the pupils' own sets the scale
    scale = 63.4 / max(abs(at["pupil_left"][0] - at["pupil_right"][0]), 1e-6)
    for k, name in enumerate(names):
        place = pose.in_head(points[name], model[k, 2], 1000.0 * scale)
        if name.endswith(("_left", "_right")):
            other = pose.in_head(
                points[name.replace("_left", "_*").replace("_right", "_left").replace("_*", "_right")],
                model[k, 2],
                1000.0 * scale,
            )
            changed[k, 0] = np.sign(model[k, 0]) * abs(place[0] - other[0]) / 2
        if name in ("chin", "nose_tip"):
            changed[k, 1] = 0.5 * model[k, 1] + 0.5 * place[1]
    return changed


def _solved(model: Array, image: Array, focal: float, middle: tuple[float, float]) -> Pose:
    """Least squares on the pixels (Levenberg-Marquardt in OpenCV's solvePnP), from an upright start."""
    import cv2

    camera = np.array([[focal, 0, middle[0]], [0, focal, middle[1]], [0, 0, 1.0]])
    flip = np.diag([1.0, -1.0, -1.0])  # OpenCV looks along +z with y down
    span = np.linalg.norm(image.max(axis=0) - image.min(axis=0))
    far = focal * np.linalg.norm(np.ptp(model[:, :2], axis=0)) / max(float(span), 1e-6)
    centre = (image.mean(axis=0) - middle) / focal * far
    start = np.array([centre[0], centre[1], far])
    _ok, turn, place = cv2.solvePnP(
        model, image, camera, None, cv2.Rodrigues(flip)[0], start.reshape(3, 1).copy(), True, cv2.SOLVEPNP_ITERATIVE
    )
    rotation = np.asarray(flip @ cv2.Rodrigues(turn)[0], dtype=float)
    origin = flip @ place.ravel()
    if origin[2] >= -1e-6 or not np.isfinite(rotation).all():
        raise InputError(TOO_STRAIGHT)
    return Pose(rotation, origin / -origin[2], focal, middle)
