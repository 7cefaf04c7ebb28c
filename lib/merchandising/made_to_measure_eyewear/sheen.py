"""How a frame looks under the picture's own light: acetate with depth and gloss, metal that mirrors a room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.solids.mottle import mottled
from lib.merchandising.made_to_measure_eyewear.frames import Finish

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Light:
    """The picture's light: how bright it is (linear, 0 to 1), its colour, and where it comes from."""

    level: float
    colour: Array
    towards: Array


def light_of(image: Array) -> Light:
    """Guessed from the part of the picture around the eyes (linear): brighter on one side means light from there."""
    bright = image.mean(axis=2)
    level = float(np.clip(np.percentile(bright, 80) * 1.7, 0.15, 1.15))
    width = bright.shape[1]
    sides = bright[:, : width // 3].mean(), bright[:, -width // 3 :].mean()
    lean = float(np.clip((sides[1] - sides[0]) / max(sum(sides), 1e-6) * 2.0, -0.6, 0.6))
    lit = np.percentile(image.reshape(-1, 3), 92, axis=0)
    colour = 0.7 + 0.3 * lit / max(float(lit.mean()), 1e-6)
    towards = np.array([lean if abs(lean) > 0.03 else -0.15, 0.62, 0.72])
    return Light(level, colour, towards / np.linalg.norm(towards))


def soft(mask: Array, reach: float) -> Array:
    """A Gaussian blur of ``reach`` pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(np.ascontiguousarray(mask), (0, 0), max(reach, 0.3)), dtype=float)


def linear(colour: str) -> Array:
    """A hex colour as linear light."""
    shares: Array = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]) ** 2.2
    return shares


def shaded(normal: Array, view: Array, place: Array, finish: Finish, light: Light) -> Array:
    """Colours (n, 3) of a surface with these normals, seen along ``view``; ``place`` in the frame's own axes."""
    facing = np.clip(np.einsum("ij,ij->i", normal, view), 0, 1)
    mirrored = 2 * facing[:, None] * normal - view
    lamp = np.clip(normal @ light.towards, 0, 1)
    room = _room(mirrored, light)
    grazing = (1 - facing) ** 5
    if finish.metal:
        return _metal(linear(finish.colour), lamp, room, grazing, light)
    base = linear(finish.colour)[None] * mottled(place, finish.material)
    up = 0.5 + 0.5 * normal[:, 1]
    glow = 0.22 + 0.16 * up + 0.46 * lamp
    # Fresnel after Schlick (1994), refractive index 1.5: 4% straight on.
    mirror = 0.04 + 0.96 * grazing
    colour: Array = light.level * (base * glow[:, None] * light.colour + (mirror * room)[:, None] * light.colour)
    return colour


def _metal(base: Array, lamp: Array, room: Array, grazing: Array, light: Light) -> Array:
    reflect = base[None] + (1 - base[None]) * grazing[:, None]
    colour: Array = light.level * reflect * (0.16 + 0.20 * lamp + 0.92 * room)[:, None] * light.colour
    return colour


def _room(mirrored: Array, light: Light) -> Array:
    """How bright the surroundings are in a direction: a window towards the light, a pale ceiling, a darker floor."""
    towards = np.clip(mirrored @ light.towards, -1, 1)
    window = 2.6 / (1 + np.exp(-(towards - 0.90) * 46))
    ceiling = 0.55 / (1 + np.exp(-(mirrored[:, 1] - 0.15) * 7))
    room: Array = 0.14 + ceiling + window + 0.10 * np.exp(-((mirrored[:, 0] - 0.7) ** 2) / 0.02)
    return room
