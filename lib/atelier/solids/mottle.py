"""Tortoiseshell's clouds: the one source for the 3D file, the still picture and the frame on a photo."""

from __future__ import annotations

import numpy as np

from lib.atelier.solids.forms import Array

TORTOISE = "acetate_tortoise"
# Where the acetate is thick with colour it is redder: the shares of red, green and blue that a cloud of 1 takes away.
REDDER = np.array([1.0, 0.86, 0.66])
LIGHTEST = 2.25  # more than any factor
# A 3D viewer's studio lights a matt colour more than the atelier's still picture, which is printed. Set by eye, side by
# side: what each multiplies tortoiseshell's colour by (linear light, and a picture's own values).
IN_VIEWER, IN_STILL = 0.66, 1.20


def mottled(places: Array, key: str) -> Array:
    """What the material's colour is multiplied by in linear light, (n, 3), at places (n, 3) in the piece's own axes.

    Fixed in the material: it turns with the piece. 1 everywhere but in tortoiseshell, where it lies between 0.3 and
    ``LIGHTEST``.
    """
    if key != TORTOISE:
        return np.ones((len(places), 3))
    x, y, z = np.abs(places[:, 0] + 3.0), places[:, 1], places[:, 2]
    cloud = (
        np.sin(x * 0.34 + 2 * np.sin(z * 0.25 + y * 0.06))
        + np.sin(z * 0.47 + 1.7 * np.sin(x * 0.17 + y * 0.08))
        + np.sin(y * 0.24 + x * 0.10)
        + 0.5 * np.sin(x * 0.85 + y * 0.35 + z * 0.6)
    )
    strength = (1.25 + 0.95 * np.tanh(cloud * 1.1))[:, None]
    factor: Array = strength * REDDER ** (strength - 1)
    return factor
