"""Fabric laid into the regions of a sketch, shaded along its own lines; the lines stay on top, in ink that reads.

A sketch is given by its arrays: ``lines`` (h, w), 0 paper to 1 ink, and ``regions`` (h, w), 0 the ground, so that
whoever reads sketches and whoever lays fabric do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric
from lib.atelier.folds import Field, Folds, Mask
from lib.atelier.shading import lay as cut
from lib.atelier.topstitching import faded, is_denim, topstitched
from lib.atelier.trimmings import Circle, fastened
from lib.errors import InputError
from lib.i18n import N_

Labels = NDArray[np.integer[Any]]
#: The ground behind a garment where nobody chooses one: warm, nearly white.
GROUND: Final = (243, 240, 234)
#: What a region without a fabric looks like: the paper of a sketch.
_PAPER: Final = (250, 248, 244)
_INK: Final = (34, 30, 28)
#: How much of the light falls on what is seen of a garment's inside.
_INSIDE: Final = 0.6
#: Light of a cloth (0 to 255) below which ink alone can no longer be told from it.
_DARK: Final = 84.0
#: The mean sRGB (0 to 255) of black leather as it is drawn: CIELAB's L about 14.
_HIDE: Final = 37.0
#: How cloth falls by what a region is; what is not named hangs where it is long and lies close where it isn't.
_FALLS: Final[dict[str, Folds]] = {
    "skirt": "hang",
    "body": "hang",
    "trouser_leg": "hang",
    "sleeve": "hang",
    "bodice": "close",
    "collar": "close",
    "cuff": "close",
    "pocket": "close",
    "flap": "close",
    "waistband": "close",
    "hem": "close",
    "strap": "none",
    "handle": "none",
    "button": "none",
}
#: What lies on top of what: later ones throw a shadow on earlier ones.
_ORDER: Final = ("inside", "body", "bodice", "skirt", "trouser_leg", "panel", "sleeve", "cuff", "hem", "waistband")


def lay(
    sketch_lines: Field,
    regions: Labels,
    fills: Mapping[int, Fabric],
    pixels_per_cm: float,
    *,
    seed: int = 0,
    grains: Mapping[int, float] | None = None,
    roles: Mapping[int, str] | None = None,
    ground: tuple[int, int, int] = GROUND,
    fastenings: Sequence[Circle] = (),
) -> NDArray[np.uint8]:
    """The sketch as a garment in cloth.

    Each region is cut from its fabric at real scale, its cloth turned with the region, and shaded as
    ``lib.atelier.shading`` does; strokes inside a region (folds, seams, buttons) press into the cloth, which rises
    beside them; pieces that lie on others and the garment itself throw a shadow; what is seen of the inside lies in
    shade. The sketch's own lines stay on top, darker than the cloth, with a light beside them where the cloth is dark.

    Args:
        sketch_lines: (h, w), 0 paper to 1 ink.
        regions: (h, w) integers, 0 the ground.
        fills: fabric by a region's label; a region without one keeps the paper.
        pixels_per_cm: of the garment, at these pixels.
        seed: of the folds: the same seed gives the same picture.
        grains: how far the cloth is turned in a region, in degrees clockwise from the vertical.
        roles: what a region is ('sleeve', 'collar', ...); it decides how the cloth falls and what lies on top.
        ground: sRGB of what lies behind.
        fastenings: buttons and rivets, drawn over all.

    Returns:
        sRGB, (h, w, 3).

    Raises:
        InputError: the arrays differ in shape, or no region of the sketch is among ``fills``.
    """
    _agree(sketch_lines, regions, fills)
    lines = np.asarray(sketch_lines, dtype=np.float32).clip(0, 1)
    picture = _cloth(lines, regions, fills, pixels_per_cm, seed, grains or {}, roles or {})
    backed = _behind(picture[..., 3] / 255, pixels_per_cm, ground)
    alpha = picture[..., 3:] / 255
    whole = picture[..., :3] * alpha + backed * (1 - alpha)
    inked = _inked(whole, lines, regions, fills, picture)
    topstitched(inked, regions, stacked(regions, roles or {}), fills, roles or {}, pixels_per_cm)
    fastened(inked, fastenings)
    return inked.round().clip(0, 255).astype(np.uint8)


def _agree(lines: Field, regions: Labels, fills: Mapping[int, Fabric]) -> None:
    if lines.ndim != 2 or lines.shape != regions.shape:
        raise InputError(
            N_("The sketch’s lines and its regions differ in size. Read the sketch again, then lay the fabric.")
        )
    here = np.unique(regions)
    if not any(label in fills for label in here.tolist() if label > 0):
        raise InputError(N_("No region of the drawing has a fabric. Give one of them a fabric."))


def _cloth(
    lines: Field,
    regions: Labels,
    fills: Mapping[int, Fabric],
    pixels_per_cm: float,
    seed: int,
    grains: Mapping[int, float],
    roles: Mapping[int, str],
) -> NDArray[np.float32]:
    """All regions in their cloth or paper, with the light of drawn lines; (h, w, 4), 0 to 255."""
    picture = np.zeros((*regions.shape, 4), dtype=np.float32)
    relief = pressed(lines, regions > 0, pixels_per_cm)
    for label in stacked(regions, roles):
        mask = regions == label
        box = _box(mask, round(1.5 * pixels_per_cm) + 2)
        part = mask[box]
        role = roles.get(label, "")
        if role in ("collar", "pocket", "flap", "button", "waistband", "cuff", "handle", "strap"):
            picture[box][..., :3] *= 1 - _thrown(part, pixels_per_cm, 0.46)[..., None]
        if label in fills:
            piece = cut(
                part,
                fills[label],
                pixels_per_cm,
                folds=_falls(part, role, pixels_per_cm),
                seed=seed * 1009 + label,
                depth=0.85 if role != "button" else 0.4,
                grain=grains.get(label, 0.0),
            ).astype(np.float32)
            if is_denim(fills[label]):
                faded(piece, part, fills[label], pixels_per_cm, seed * 1009 + label)
        else:
            piece = np.dstack([np.full((*part.shape, 3), _PAPER, np.float32), part.astype(np.float32) * 255])
        piece[..., :3] *= relief[box][..., None]
        if role == "inside":
            piece[..., :3] *= np.float32(_INSIDE)
        picture[box] = np.where(part[..., None], piece, picture[box])
    _kept(picture, regions, fills, roles)
    _edged(picture, regions, roles, pixels_per_cm)
    return picture


def _kept(picture: NDArray[np.float32], regions: Labels, fills: Mapping[int, Fabric], roles: Mapping[int, str]) -> None:
    """Light and shade without a tint: what is cut from a cloth of one colour has that colour in the mean, in place.

    Black leather alone is lifted, since nothing is seen of a hide that is darker than the shade on it.
    """
    for fabric in set(fills.values()):
        if fabric.on is not None or fabric.about.colours != 1:
            continue
        own = [label for label, cloth in fills.items() if cloth == fabric]
        seen = np.isin(regions, [label for label in own if roles.get(label) != "inside"])
        if not seen.any():
            continue
        asked = fabric.colours(1)[0]
        if fabric.kind == "leather":
            asked = asked + np.float32(max(0.0, _HIDE - float(asked.mean())))
        for _again in range(3):  # what shines is cut off at white, so that one step falls short
            ratio = (asked + 1) / (picture[..., :3][seen].mean(axis=0) + 1)
            every = np.isin(regions, own)[..., None]
            picture[..., :3] = np.where(every, (picture[..., :3] * ratio.clip(0.5, 2.2)).clip(0, 252), picture[..., :3])


def _edged(picture: NDArray[np.float32], regions: Labels, roles: Mapping[int, str], pixels_per_cm: float) -> None:
    """The edge of an opening: cloth turned in rises and catches light, and throws a shadow on the inside behind it."""
    import cv2

    inside = np.isin(regions, [label for label, role in roles.items() if role == "inside"])
    if not inside.any():
        return
    box = _box(inside, round(4 * pixels_per_cm) + 4)
    part, inside = picture[box], inside[box]
    front = (regions[box] > 0) & ~inside
    reach = np.float32(max(2.0, 0.55 * pixels_per_cm))
    far = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 5)
    band = (front & (far < reach)) * (1 - np.abs(far / reach * 2 - 1)) * np.float32(0.26)
    part[..., :3] += band[..., None] * (255 - part[..., :3])
    shade = _thrown(front, 1.6 * pixels_per_cm, 0.5) * inside
    part[..., :3] *= 1 - shade[..., None]


def stacked(regions: Labels, roles: Mapping[int, str]) -> list[int]:
    """Labels from what lies lowest to what lies on top: by role, then large before small."""
    labels, sizes = np.unique(regions[regions > 0], return_counts=True)
    rank = {role: place for place, role in enumerate(_ORDER)}
    found = zip(labels.tolist(), sizes.tolist(), strict=True)
    return [label for label, _size in sorted(found, key=lambda one: (rank.get(roles.get(one[0], ""), 99), -one[1]))]


def _box(mask: Mask, margin: int) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + 1 + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + 1 + margin),
    )


def _falls(mask: Mask, role: str, pixels_per_cm: float) -> Folds:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    tall, wide = (rows[-1] - rows[0]) / pixels_per_cm, (columns[-1] - columns[0]) / pixels_per_cm
    if min(tall, wide) < 4:
        return "none"
    if role in _FALLS:
        return _FALLS[role]
    return "hang" if tall > 30 else "close"


def pressed(lines: Field, cloth: Mask, pixels_per_cm: float) -> NDArray[np.float32]:
    """Light on cloth that drawn lines press into: (h, w), about 1; a furrow along each stroke, cloth rising beside it.

    The strokes are furrows in a height map at two widths, a seam's and a fold's, lit from the upper left (Lambert).
    The outline itself presses nothing: beyond it there is no cloth.
    """
    import cv2

    inner = cv2.erode(cloth.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=max(1, round(pixels_per_cm * 0.25)))
    drawn = cv2.dilate(lines, np.ones((wide := max(1, round(0.22 * pixels_per_cm)), wide), np.uint8))
    ink = (drawn * inner).astype(np.float32)
    seam = cv2.GaussianBlur(ink, (0, 0), max(0.8, 0.22 * pixels_per_cm))
    fold = cv2.GaussianBlur(ink, (0, 0), max(1.5, 1.3 * pixels_per_cm))
    light = np.ones(lines.shape, dtype=np.float32)
    for furrow, tall, deep in ((seam, 0.30, 0.34), (fold, 2.4, 0.9)):
        down, across = np.gradient(-furrow * tall * pixels_per_cm)
        light += np.float32(0.5) * (0.62 * across + 0.46 * down).clip(-0.4, 0.4) - deep * 0.35 * furrow
    return light.clip(0.5, 1.22).astype(np.float32)


def _thrown(mask: Mask, pixels_per_cm: float, strength: float) -> NDArray[np.float32]:
    """The shadow of a piece to its lower right, 0 to 1."""
    import cv2

    far = 0.35 * pixels_per_cm
    moved = np.array([[1, 0, far], [0, 1, far * 1.2]], dtype=np.float32)
    shadow = cv2.warpAffine(mask.astype(np.float32), moved, (mask.shape[1], mask.shape[0]))
    return np.asarray(cv2.GaussianBlur(shadow, (0, 0), max(0.7, far)) * strength, dtype=np.float32)


def _behind(alpha: Field, pixels_per_cm: float, ground: tuple[int, int, int]) -> NDArray[np.float32]:
    """The ground: a soft light from above, and the garment's shadow on it."""
    import cv2

    height, width = alpha.shape
    down = np.linspace(1.012, 0.965, height, dtype=np.float32)[:, None]
    shrink = 4
    small = cv2.resize(
        alpha.astype(np.float32), (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA
    )
    shadow = np.zeros_like(small)
    for far, soft, strength in ((0.5, 0.7, 0.20), (2.0, 3.0, 0.22)):
        step = far * pixels_per_cm / shrink
        moved = np.array([[1, 0, step], [0, 1, step * 1.3]], dtype=np.float32)
        thrown = cv2.warpAffine(small, moved, (small.shape[1], small.shape[0]))
        shadow = np.maximum(
            shadow, strength * cv2.GaussianBlur(thrown, (0, 0), max(0.8, soft * pixels_per_cm / shrink))
        )
    full = cv2.resize(shadow, (width, height), interpolation=cv2.INTER_LINEAR)
    light = (down * (1 - full))[..., None]
    return np.asarray(np.array(ground, dtype=np.float32) * light, dtype=np.float32)


@dataclass(frozen=True)
class _Tone:
    """The ink on one cloth: its colour, and how much light lies beside it."""

    colour: NDArray[np.float32]
    light: NDArray[np.float32]
    beside: float


def _inked(
    whole: Field, lines: Field, regions: Labels, fills: Mapping[int, Fabric], cloth: Field
) -> NDArray[np.float32]:
    """The sketch's lines over the picture, in one tone on all that is cut from one cloth."""
    import cv2

    ink = np.clip((lines - 0.1) / 0.8, 0, 1)
    colours = np.empty((*lines.shape, 3), dtype=np.float32)
    colours[:] = _INK
    light = np.zeros((*lines.shape, 3), dtype=np.float32)
    beside = np.zeros(lines.shape, dtype=np.float32)
    pieces: dict[Fabric | None, list[int]] = {}
    for label in np.unique(regions[regions > 0]).tolist():
        pieces.setdefault(fills.get(label), []).append(label)
    for labels in pieces.values():
        mask = np.isin(regions, labels)
        tone = tone_on(cloth[..., :3][mask])
        colours[mask], light[mask], beside[mask] = tone.colour, tone.light, tone.beside
    # An outline stands against the ground, which is light.
    width = max(3, round(0.003 * max(lines.shape))) | 1
    rim = cv2.dilate((regions == 0).astype(np.uint8), np.ones((width, width), np.uint8)) > 0
    colours[rim] = 0.55 * colours[rim] + 0.45 * np.array(_INK, dtype=np.float32)
    beside[rim] = 0
    step = max(1.2, 0.0012 * max(lines.shape))
    moved = np.array([[1, 0, step], [0, 1, step]], dtype=np.float32)
    soft = cv2.GaussianBlur(cv2.warpAffine(ink, moved, ink.shape[::-1]), (0, 0), 0.7 * step)
    shine = (np.clip(1.3 * soft, 0, 1) * beside)[..., None]
    lit = whole * (1 - shine) + light * shine
    amount = (ink * np.float32(0.82))[..., None]
    return np.asarray(lit * (1 - amount) + colours * amount, dtype=np.float32)


def tone_on(cloth: Field) -> _Tone:
    """The ink that reads on a cloth, given its pixels (n, 3): a deep shade of its own.

    On dark cloth that shade alone is lost, so that the turned edge beside it catches light.
    """
    own = np.median(cloth, axis=0).astype(np.float32)
    luminance = float(own @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32))
    dark = np.clip((_DARK - luminance) / (0.7 * _DARK), 0, 1)
    deep = own * np.float32(0.28) + np.array(_INK, dtype=np.float32) * np.float32(0.4 * (1 - 0.7 * dark))
    return _Tone(deep.astype(np.float32), own + (255 - own) * np.float32(0.5), float(0.12 + 0.62 * dark))
