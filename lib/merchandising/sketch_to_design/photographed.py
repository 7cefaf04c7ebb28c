"""A sheet of paper as a phone sees it: on a desk, at a tilt, in uneven light, with a hand's shadow and noise."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.sketch_to_design.hand_drawn import Drawing, Field, Labels

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
_INKS: Final[dict[str, Colour]] = {"pencil": (62, 60, 62), "pen": (28, 34, 78), "marker": (24, 22, 24)}


@dataclass(frozen=True)
class Scene:
    """How a sheet is photographed.

    Args:
        paper: sRGB of the sheet.
        ink: sRGB of the ink.
        desk: sRGB of what it lies on; '' of a scan is the sheet itself.
        grain: of a pencil on rough paper, 0 to 1.
        tilt: how far the corners are off, as a share of the picture.
        turn: degrees.
        uneven: how much darker the dark side of the sheet is, 0 to 1.
        shadow: darkness of a hand's shadow, 0 to 1.
        noise: of the sensor, standard deviation in 255ths.
        blur: of the lens, in pixels.
        zoom: how much of the picture's height the sheet takes; above 1 its edge is partly out.
        quality: of the JPEG.
    """

    paper: Colour = (244, 242, 236)
    ink: Colour = (62, 60, 62)
    desk: Colour = (118, 88, 62)
    grain: float = 0.5
    tilt: float = 0.05
    turn: float = 3.0
    uneven: float = 0.35
    shadow: float = 0.3
    noise: float = 3.0
    blur: float = 0.7
    zoom: float = 0.9
    quality: int = 82


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo and, at each of its pixels, the region that was meant."""

    pixels: Pixels
    meant: Labels


def photographed(drawing: Drawing, scene: Scene, seed: int, shape: tuple[int, int]) -> Photo:
    """The drawing on its sheet, photographed: ``shape`` is the photo's height and width."""
    import cv2

    chance = np.random.default_rng([seed, 23])
    sheet = _sheet(drawing.ink, scene, chance)
    to_photo = _view(drawing.ink.shape, shape, scene, chance)
    size = (shape[1], shape[0])
    desk = _desk(shape, scene.desk, chance)
    laid = cv2.warpPerspective(sheet, to_photo, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones(drawing.ink.shape, np.float32), to_photo, size, flags=cv2.INTER_LINEAR)
    desk *= (1 - 0.35 * _soft(np.roll(cover, (6, 7), (0, 1)), 9))[..., None]
    picture = desk * (1 - cover[..., None]) + laid * cover[..., None]
    picture *= _light(shape, scene, chance)[..., None]
    picture = cv2.GaussianBlur(picture, (0, 0), scene.blur) if scene.blur > 0 else picture
    picture += chance.normal(0, scene.noise, picture.shape)
    meant = cv2.warpPerspective(drawing.meant.astype(np.float32), to_photo, size, flags=cv2.INTER_NEAREST)
    pixels = picture.clip(0, 255).astype(np.uint8)
    return Photo(_as_jpeg(pixels, scene.quality), meant.astype(np.int32))


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """A JPEG file without any metadata."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling=2, optimize=True)
    return file.getvalue()


def _as_jpeg(pixels: Pixels, quality: int) -> Pixels:
    """The picture as its JPEG shows it."""
    from PIL import Image

    with Image.open(io.BytesIO(jpeg(pixels, quality))) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.uint8)


def _sheet(ink: Field, scene: Scene, chance: np.random.Generator) -> NDArray[np.float32]:
    """The paper with the ink on it, 0 to 255."""
    tooth = _soft(chance.normal(0, 1, ink.shape).astype(np.float32), 1.1)
    tooth /= max(float(tooth.std()), 1e-6)
    cloudy = _soft(chance.normal(0, 1, ink.shape).astype(np.float32), 25)
    cloudy /= max(float(cloudy.std()), 1e-6)
    shown = ink * np.clip(1 - scene.grain * 0.55 * np.clip(tooth + 0.2, -0.4, 1.5) * (1.2 - ink), 0, 1)
    paper = np.array(scene.paper, dtype=np.float32) * (1 + 0.008 * tooth + 0.006 * cloudy)[..., None]
    mark = np.array(scene.ink, dtype=np.float32)
    drawn: NDArray[np.float32] = (paper * (1 - shown[..., None]) + mark * shown[..., None]).astype(np.float32)
    return drawn


def _view(
    sheet: tuple[int, ...], shape: tuple[int, int], scene: Scene, chance: np.random.Generator
) -> NDArray[np.float64]:
    """Where the sheet's corners lie in the photo."""
    import cv2

    height, width = shape
    tall = scene.zoom * height
    wide = tall * sheet[1] / sheet[0]
    if wide > scene.zoom * width:
        wide = scene.zoom * width
        tall = wide * sheet[0] / sheet[1]
    corners = np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]]) / 2
    angle = np.radians(scene.turn * chance.choice([-1, 1]))
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    # A phone held at a slant: the far side is shorter, and each corner a little off.
    far = 1 - scene.tilt * 1.6 * (corners[:, 1] < 0)
    corners[:, 0] *= far
    corners += chance.uniform(-scene.tilt, scene.tilt, (4, 2)) * 0.35 * min(shape)
    corners += np.array([width, height]) / 2 + chance.uniform(-0.01, 0.01, 2) * min(shape)
    own = np.array([[0, 0], [sheet[1], 0], [sheet[1], sheet[0]], [0, sheet[0]]], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(own, corners.astype(np.float32)), dtype=np.float64)


def _desk(shape: tuple[int, int], colour: Colour, chance: np.random.Generator) -> NDArray[np.float32]:
    """Wood, stone or cloth: a colour with streaks."""
    import cv2

    long = chance.normal(0, 1, (shape[0], max(8, shape[1] // 40))).astype(np.float32)
    wide = cv2.resize(_soft(long, 1.6), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    streaks = np.asarray(wide, dtype=np.float32)
    streaks /= max(float(streaks.std()), 1e-6)
    fine = chance.normal(0, 1, shape).astype(np.float32)
    surface = 1 + 0.07 * streaks + 0.02 * fine
    desk: NDArray[np.float32] = (np.array(colour, dtype=np.float32) * surface[..., None]).astype(np.float32)
    return desk


def _light(shape: tuple[int, int], scene: Scene, chance: np.random.Generator) -> NDArray[np.float32]:
    """A window at one side, the lens's dark corners, a hand's shadow."""
    down, across = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    down, across = down / shape[0] - 0.5, across / shape[1] - 0.5
    angle = float(chance.uniform(0, 2 * np.pi))
    slope = np.cos(angle) * across + np.sin(angle) * down + 0.5
    light = 1.04 - scene.uneven * np.clip(slope, 0, 1) ** 1.3 - 0.12 * (down**2 + across**2)
    if scene.shadow > 0:
        light *= 1 - scene.shadow * _hand(shape, chance)
    return np.asarray(light, dtype=np.float32)


def _hand(shape: tuple[int, int], chance: np.random.Generator) -> Field:
    """The soft shadow of a hand and a phone that come in from the lower edge."""
    import cv2

    mask = np.zeros(shape, dtype=np.uint8)
    height, width = shape
    x, y = float(chance.uniform(0.15, 0.85)) * width, float(chance.uniform(0.6, 0.85)) * height
    lean = float(chance.uniform(-0.25, 0.25)) * width
    cv2.ellipse(mask, (int(x), int(y)), (int(0.13 * width), int(0.12 * height)), 20, 0, 360, 255, -1)
    arm = [[x - 0.1 * width, y], [x + 0.1 * width, y], [x + lean + 0.16 * width, height], [x + lean, height]]
    cv2.fillPoly(mask, [np.array(arm, dtype=np.int32)], 255)
    for finger in range(4):
        turn = -1.9 + 0.28 * finger + float(chance.normal(0, 0.05))
        tip = (int(x + np.cos(turn) * 0.22 * width), int(y + np.sin(turn) * 0.22 * width))
        cv2.line(mask, (int(x), int(y)), tip, 255, max(2, int(0.035 * width)))
    return _soft(mask.astype(np.float32) / np.float32(255), 0.022 * max(shape))


def _soft(field: Field, size: float) -> Field:
    """A Gaussian blur; a wide one is done small and enlarged."""
    import cv2

    if size < 6:
        return np.asarray(cv2.GaussianBlur(field, (0, 0), size), dtype=np.float32)
    shrink = int(size // 3)
    small_size = (max(2, field.shape[1] // shrink), max(2, field.shape[0] // shrink))
    small = cv2.GaussianBlur(cv2.resize(field, small_size, interpolation=cv2.INTER_AREA), (0, 0), 3)
    return np.asarray(
        cv2.resize(small, (field.shape[1], field.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32
    )
