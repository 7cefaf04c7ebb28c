"""Thin-plate splines: the smoothest warp that takes given points to given places (Bookstein, 1989)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
TOO_FEW = N_("A warp needs at least three points that don’t lie on one line. Place more points.")
STEP = 6  # pixels between two places at which the warp is computed; between them it is linear


@dataclass(frozen=True)
class Spline:
    """A map from the plane to the plane: x -> affine(x) + sum of weights * U(|x - knot|), U(r) = r² log r²."""

    knots: Array
    weights: Array
    affine: Array
    centre: Array
    size: float

    @classmethod
    def through(cls, knots: Array, places: Array, smooth: float = 0.0) -> Spline:
        """The spline that takes ``knots`` (n, 2) to ``places`` (n, 2).

        Args:
            smooth: 0 passes through all points; larger ones trade exactness for less bending (Wahba, 1990).

        Raises:
            InputError: fewer than three points, or all of them on a line.
        """
        centre = knots.mean(axis=0) if len(knots) else np.zeros(2)
        size = max(float(np.abs(knots - centre).max()), 1e-9) if len(knots) else 1.0
        at = (knots - centre) / size
        if len(at) < 3 or np.linalg.matrix_rank(np.column_stack([np.ones(len(at)), at]), tol=1e-6) < 3:
            raise InputError(TOO_FEW)
        n = len(at)
        left = np.zeros((n + 3, n + 3))
        left[:n, :n] = _bending(at, at) + smooth * np.eye(n)
        left[:n, n:] = np.column_stack([np.ones(n), at])
        left[n:, :n] = left[:n, n:].T
        solved = np.linalg.lstsq(left, np.vstack([places, np.zeros((3, 2))]), rcond=None)[0]
        return cls(at, np.asarray(solved[:n], float), np.asarray(solved[n:], float), centre, size)

    def __call__(self, points: Array) -> Array:
        """Where points (n, 2) go, (n, 2)."""
        at = (points - self.centre) / self.size
        bent = _bending(at, self.knots) @ self.weights
        return np.asarray(bent + np.column_stack([np.ones(len(at)), at]) @ self.affine)


def _bending(points: Array, knots: Array) -> Array:
    squared = ((points[:, None] - knots[None]) ** 2).sum(-1)
    return np.asarray(squared * np.log(np.maximum(squared, 1e-12)))


def warped(picture: Pixels, back: Spline, shape: tuple[int, int], origin: tuple[float, float] = (0, 0)) -> Pixels:
    """A picture with alpha (h, w, 4) as it looks through a warp, shape (*shape, 4).

    Args:
        back: from places of the result to places of ``picture``, in pixels.
        origin: left and top of the result in ``back``'s places.
    """
    import cv2

    rows, columns = (np.arange(0, side + STEP, STEP, dtype=float) for side in shape)
    places = np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2) + np.array(origin)
    coarse = back(places).reshape(len(rows), len(columns), 2).astype(np.float32)
    # Every result pixel asks the coarse grid where it comes from.
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32) / STEP, np.arange(shape[0], dtype=np.float32) / STEP)
    fine = cv2.remap(coarse, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    own = picture.astype(np.float32)
    own[..., :3] *= own[..., 3:] / 255
    drawn: NDArray[Any] = cv2.remap(
        own, fine[..., 0], fine[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )
    drawn[..., :3] /= np.maximum(drawn[..., 3:], 1.0) / 255
    return np.asarray(np.rint(drawn.clip(0, 255)), np.uint8)
