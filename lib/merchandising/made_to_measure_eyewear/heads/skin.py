"""What a head's surface looks like at a place: skin, brows, lashes, lips, nostrils, hair, eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.atelier.figures.tones import MONK, rgb
from lib.merchandising.made_to_measure_eyewear.heads.shape import EYEBALL, Array, Head, pupils


def hexed(colour: str) -> Array:
    """A hex colour as linear shares."""
    linear: Array = np.array(rgb(colour)) ** 2.2
    return linear


def noise(place: Array, scale: float, seed: float = 0.0) -> Array:
    """Smooth wavering between -1 and 1: sines of turned coordinates."""
    p = place / scale
    n: Array = (
        np.sin(p[:, 0] * 1.7 + 2.1 * np.sin(p[:, 1] * 1.3 + seed))
        + np.sin(p[:, 1] * 2.1 + 1.7 * np.sin(p[:, 2] * 1.1 + p[:, 0] * 0.7))
        + np.sin(p[:, 2] * 1.9 + p[:, 0] * 1.1 + seed)
    ) / 3
    return n


def soft(value: Array, edge: float) -> Array:
    """1 where ``value`` is well above zero, 0 well below, over about ``edge`` on either side."""
    s: Array = 1 / (1 + np.exp(np.clip(-value / max(edge, 1e-6) * 2, -40, 40)))
    return s


def opening(head: Head, place: Array) -> tuple[Array, Array, NDArray[np.int64]]:
    """(inside, upper, which): how far inside the nearer eye's opening in mm, the upper lid's height there, the eye."""
    right, left = pupils(head)
    which = np.where(np.abs(place[:, 0] - right) < np.abs(place[:, 0] - left), 0, 1)
    centre = np.where(which == 0, right, left)
    out = (place[:, 0] - centre) * np.where(which == 0, -1, 1)  # towards the temple
    u = np.clip((out + 0.8) / 14.2, -1, 1)
    upper = 5.3 * (1 - u**2) ** 0.75 + 0.9 * u
    lower = -5.2 * (1 - u**2) ** 0.95 + 0.9 * u
    side = 14.2 - np.abs(out + 0.8)
    inside: Array = np.minimum(np.minimum(upper - place[:, 1], place[:, 1] - lower), side)
    return inside, upper, which


def colours(head: Head, place: Array) -> tuple[Array, Array]:
    """(colour (n, 3) linear, gloss (n,)) of the head's surface at these places."""
    x, y = place[:, 0], place[:, 1]
    base = hexed(MONK[head.tone - 1])
    skin = base[None] * (1 + 0.05 * noise(place, 9) + 0.05 * noise(place, 2.4, 1.0))[:, None]
    tip = -head.length * 0.355
    rosy = sum(np.exp(-(((x - s * head.pd * 0.66) / 17) ** 2) - ((y + 33) / 14) ** 2) for s in (-1, 1))
    rosy = rosy + 0.8 * np.exp(-((x / 13) ** 2) - ((y - tip) / 9) ** 2)
    skin = skin * (1 - np.clip(rosy, 0, 1)[:, None] * np.array([0.02, 0.16, 0.15]))
    gloss = np.full(len(place), 0.16)
    skin = _lips(head, place, skin)
    skin = _brows(head, place, skin)
    skin = _nostrils(head, place, skin, tip)
    skin = _around_eyes(head, place, skin)
    return _hair(head, place, skin, gloss)


def _mixed(skin: Array, colour: Array, share: Array) -> Array:
    mixed: Array = skin * (1 - share[:, None]) + colour[None] * share[:, None]
    return mixed


def _lips(head: Head, place: Array, skin: Array) -> Array:
    x, y = place[:, 0], place[:, 1] + head.length * 0.60
    u = np.clip(np.abs(x) / 25.0, 0, 1)
    top = 8.0 * head.lips * (1 - u**1.6) * (1 - 0.16 * np.exp(-((x / 4.5) ** 2)))
    bottom = -9.6 * head.lips * (1 - u**2.2)
    inside = np.where(np.abs(x) < 25, np.minimum(top - y, y - bottom), -9.0)
    base = hexed(MONK[head.tone - 1])
    lips = base * np.array([0.80, 0.50, 0.50]) if head.tone < 7 else base * np.array([1.15, 0.85, 0.85]) + 0.006
    skin = _mixed(skin, lips, 0.85 * soft(inside - 0.3, 0.9))
    between = np.exp(-(((y + 0.3 * np.cos(x / 8)) / 0.9) ** 2)) * soft(24.5 - np.abs(x), 1.5)
    return _mixed(skin, base * 0.10, 0.85 * between)


def _brows(head: Head, place: Array, skin: Array) -> Array:
    right, left = pupils(head)
    for centre, side in ((right, -1), (left, 1)):
        out = (place[:, 0] - centre) * side
        u = (out + 17) / 41
        line = 16.5 + 5.5 * np.sin(np.pi * np.clip(u, 0, 1) ** 1.3 * 0.86) - 1.0
        thick = 3.1 * head.brow * (1 - 0.72 * np.clip(u, 0, 1) ** 2)
        hairs = 0.25 * np.sin(out * 3.1 + place[:, 1] * 2.2) * np.sin(out * 1.7 - place[:, 1] * 3.3)
        inside = np.minimum(thick - np.abs(place[:, 1] - line), np.minimum(out + 17, 24 - out) * 0.5)
        skin = _mixed(skin, hexed(head.hair) * 0.8 + 0.004, (0.88 + hairs * 0.3).clip(0, 1) * soft(inside, 1.1))
    return skin


def _nostrils(head: Head, place: Array, skin: Array, tip: float) -> Array:
    dark = hexed(MONK[head.tone - 1]) * 0.05
    for side in (-1, 1):
        d = ((place[:, 0] - side * head.nose * 0.40) / 3.8) ** 2 + ((place[:, 1] - tip + 6.8) / 1.9) ** 2
        skin = _mixed(skin, dark, 0.92 * soft(1.0 - d, 0.35))
        # The wing's crease against the cheek.
        r = np.hypot((place[:, 0] - side * head.nose * 0.86) / 1.0, (place[:, 1] - tip + 2.5) / 1.25)
        crease = np.exp(-(((r - 6.0) / 1.2) ** 2)) * soft(side * place[:, 0] - head.nose * 0.88, 1.5)
        skin = skin * (1 - 0.35 * crease)[:, None]
    return skin


def _around_eyes(head: Head, place: Array, skin: Array) -> Array:
    """Lashes along the lids, the upper lid's fold, a shade in the socket."""
    inside, upper, which = opening(head, place)
    right, left = pupils(head)
    centre = np.where(which == 0, right, left)
    out = (place[:, 0] - centre) * np.where(which == 0, -1, 1)
    reach = soft(15.5 - np.abs(out + 0.4), 1.0)
    above = place[:, 1] - upper
    socket = np.exp(-(((out) / 17) ** 2) - ((place[:, 1] - 5) / 11) ** 2)
    skin = skin * (1 - 0.20 * socket)[:, None]
    fold = np.exp(-(((above - 4.2 - 0.02 * out) / 0.9) ** 2)) * reach
    skin = skin * (1 - 0.50 * fold)[:, None]
    lash = np.exp(-(((above - 0.5) / 0.85) ** 2)) * reach
    skin = _mixed(skin, hexed(head.hair) * 0.35, 0.92 * lash)
    low = np.exp(-((np.clip(-inside, 0, None) / 0.7) ** 2)) * (place[:, 1] < 0) * reach
    return _mixed(skin, hexed(MONK[head.tone - 1]) * 0.30, 0.5 * low)


def _hair(head: Head, place: Array, skin: Array, gloss: Array) -> tuple[Array, Array]:
    x, y, z = place.T
    line = 72 - 22 * (np.abs(x) / (head.temples / 2)) ** 4 + 0.8 * np.sin(x * 0.9) * np.sin(x * 0.31)
    side = (-z - 62 - 0.10 * np.clip(-y, 0, None)) * 0.8
    inside = np.maximum(y - line, np.where(y > -25, side, -9.0))
    share = soft(inside, 2.5)
    strand = 1 + 0.35 * np.sin(x * 0.9 + 3 * np.sin(z * 0.05) + 2 * np.sin(y * 0.06)) + 0.2 * np.sin(x * 2.3 + z * 0.2)
    hair = hexed(head.hair)[None] * np.clip(strand, 0.4, None)[:, None] * 1.1
    return skin * (1 - share[:, None]) + hair * share[:, None], gloss * (1 - share) + 0.10 * share


def eye_colours(head: Head, ray_from: Array, ray: Array, centres: Array, gaze: Array) -> Array:
    """What is seen of an eyeball along rays (n, 3) from a point: sclera, iris, pupil (n, 3), linear, unlit.

    Args:
        centres: (n, 3) of the eyeball that each ray meets. gaze: (n, 3), where that eye looks.
    """
    to = centres - ray_from
    along = np.einsum("ij,ij->i", to, ray)
    miss = np.einsum("ij,ij->i", to, to) - along**2
    hit = ray_from + ray * (along - np.sqrt(np.clip(EYEBALL**2 - miss, 0, None)))[:, None]
    unit = (hit - centres) / EYEBALL
    facing = np.clip(np.einsum("ij,ij->i", unit, gaze), -1, 1)
    off = EYEBALL * np.sqrt(1 - facing**2)  # distance from the gaze's axis, mm
    radius = head.iris / 2
    white = np.array([0.78, 0.74, 0.72]) * (1 - 0.25 * np.clip(off - 8, 0, 4)[:, None] / 4)
    around = np.arctan2(unit[:, 1] - gaze[:, 1], unit[:, 0] - gaze[:, 0])
    fibres = 1 + 0.18 * np.sin(around * 37) * np.sin(around * 23 + off * 2)
    iris = hexed(head.eyes)[None] * (fibres * (1.25 - 0.09 * off))[:, None]
    limbus = np.exp(-(((off - radius + 0.25) / 0.55) ** 2))
    iris = iris * (1 - 0.75 * limbus)[:, None]
    colour = _mixed_rows(white, iris, soft(radius - off, 0.35))
    colour = _mixed_rows(colour, np.full_like(colour, 0.004), soft(1.9 - off, 0.3))
    glint = np.exp(-(((unit[:, 0] - gaze[:, 0] + 0.13) / 0.06) ** 2) - ((unit[:, 1] - gaze[:, 1] - 0.15) / 0.06) ** 2)
    lit: Array = colour + 0.85 * glint[:, None]
    return lit


def _mixed_rows(one: Array, other: Array, share: Array) -> Array:
    mixed: Array = one * (1 - share[:, None]) + other * share[:, None]
    return mixed
