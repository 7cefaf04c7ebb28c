"""Buttons and rivets on a picture: a rim, light on it, holes and thread, the shadow that they throw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
#: Light of a cloth (0 to 255) from which on its buttons are mother of pearl, and below which they are of its own tone.
_PALE, _DEEP = 188.0, 62.0
_HORN, _SHELL = np.array((62.0, 44.0, 33.0)), np.array((188.0, 184.0, 176.0))
#: How much lighter than dark cloth its own buttons are.
_TONAL: Final = 78.0
_STEEL, _BRASS = (176.0, 174.0, 170.0), (198.0, 158.0, 84.0)
#: Pixels of radius below which holes would only be dirt.
_HOLES: Final = 5.0
_LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


class Circle(Protocol):
    """Where a fastening is, in pixels; ``kind`` is 'button' or 'metal'."""

    @property
    def x(self) -> float: ...

    @property
    def y(self) -> float: ...

    @property
    def radius(self) -> float: ...

    @property
    def kind(self) -> str: ...


def fastened(picture: NDArray[np.float32], circles: Sequence[Circle]) -> None:
    """Draw each onto the picture (h, w, 3), 0 to 255, in place; all of one kind in one colour."""
    for kind in ("button", "metal"):
        own = [one for one in circles if one.kind == kind]
        if not own:
            continue
        beside = np.median([_around(picture, one) for one in own], axis=0)
        radius = float(np.median([one.radius for one in own]))
        for one in own:
            # Buttons of a row are of one size, however large each was drawn.
            _one(picture, one, radius if kind == "button" else one.radius, _colour(kind, beside))


def _colour(kind: str, cloth: Field) -> NDArray[np.float32]:
    light = float(cloth @ _LUMINANCE)
    if kind == "metal":
        warm = float(cloth[0] - cloth[2]) > 12
        return np.array(_BRASS if warm else _STEEL, dtype=np.float32)
    if light < _DEEP:
        own = cloth + _TONAL
        return np.asarray(own + 0.25 * (own.mean() - own), dtype=np.float32)
    return np.asarray(_SHELL if light > _PALE else _HORN, dtype=np.float32)


def _around(picture: Field, one: Circle) -> Field:
    """The colour beside a circle, (3,)."""
    far = one.radius * 1.7
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rows = np.round(one.y + far * np.sin(angles)).astype(int).clip(0, picture.shape[0] - 1)
    columns = np.round(one.x + far * np.cos(angles)).astype(int).clip(0, picture.shape[1] - 1)
    found = picture[rows, columns]
    # Of a stripe the paler colour: buttons are chosen to its ground.
    return np.asarray(found[np.argsort(found @ _LUMINANCE)[round(0.85 * (len(found) - 1))]])


def _one(picture: NDArray[np.float32], circle: Circle, radius: float, colour: NDArray[np.float32]) -> None:
    """One disc: shadow to its lower right, body, rim, four holes."""
    reach = int(np.ceil(2.2 * radius)) + 2
    top, left = max(0, int(circle.y) - reach), max(0, int(circle.x) - reach)
    part = picture[top : int(circle.y) + reach + 1, left : int(circle.x) + reach + 1]
    rows, columns = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]].astype(np.float32)
    x, y = (columns - circle.x) / radius, (rows - circle.y) / radius
    far = np.hypot(x, y)
    fallen = np.hypot(x - 0.28, y - 0.36)
    part *= (1 - 0.5 * np.clip(1.35 - fallen, 0, 0.5) / 0.5)[..., None]
    edge = np.clip((1 - far) * radius + 0.5, 0, 1)[..., None]
    part[:] = part * (1 - edge) + _face(x, y, far, radius, colour) * edge


def _face(x: Field, y: Field, far: Field, radius: float, colour: NDArray[np.float32]) -> NDArray[np.float32]:
    """The light on a button's face, lit from the upper left, (h, w, 3)."""
    towards = -(0.62 * x + 0.78 * y) / np.maximum(far, 1e-3)
    rim = np.exp(-(((far - 0.84) / 0.13) ** 2))
    hollow = np.exp(-(((far - 0.62) / 0.10) ** 2))
    light = 0.92 + 0.34 * rim * towards - 0.30 * hollow * towards + 0.10 * (-(x + y) * 0.5)
    light -= 0.5 * np.clip((far - 0.92) / 0.08, 0, 1)
    gloss = (60 if colour.mean() < 100 else 90) * np.exp(-(((x + 0.36) ** 2 + (y + 0.46) ** 2) / 0.035))
    face = colour * light[..., None] + gloss[..., None]
    if radius >= _HOLES and colour[0] not in (_STEEL[0], _BRASS[0]):
        for across, down in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            hole = np.clip((0.115 - np.hypot(x - 0.2 * across, y - 0.2 * down)) * radius + 0.5, 0, 1)[..., None]
            dark = colour * np.float32(0.25) if colour[0] > 70 else np.full(3, 12, np.float32)
            face = face * (1 - hole) + dark * hole
    return np.asarray(face.clip(0, 255), dtype=np.float32)
