"""What is no sketch: too dark, blank, a photo of something else, writing."""

from __future__ import annotations

from typing import Final

import numpy as np

from lib.errors import InputError
from lib.i18n import N_
from lib.vision.sketches.lines import Ink
from lib.vision.sketches.model import Field, Labels, Mask, Pixels

#: Light below which nothing can be told apart, of 255, and the spread that a dark page with chalk lines still has.
_BLACK, _FLAT = 40.0, 9.0
#: How much of a page can differ from its paper in colour or light before it is a picture and no drawing on paper.
_PICTURE: Final = 0.30
#: Colour (CIELAB chroma) and light that paper keeps to, whatever the lamp.
_COLOUR, _LIGHT = 17.0, 0.50
#: Unevenness of the paper (of 1) beyond which it is none.
_GRAINY: Final = 0.06
#: Light of 255 below which a bare page isn't taken for paper.
_CLOTH: Final = 118.0
#: Strokes on a page of writing are this small, as a share of its longer side.
_LETTER: Final = 0.06
#: A page of writing has more of its ink than this in such strokes.
_OF_INK: Final = 0.75


class NoDrawing(InputError):
    """A picture that looks like no drawing; whoever knows better may insist."""


def refuse_page(pixels: Pixels, ink: Ink, insisted: bool = False) -> None:
    """Refuse a page on which no drawing can be.

    Args:
        pixels: the page.
        ink: what is drawn on it.
        insisted: a person says that it is a drawing: how it looks is no reason then.

    Raises:
        NoDrawing: it looks like a picture of something else.
        InputError: it is black or blank.
    """
    small = pixels[::4, ::4].astype(np.float32)
    if float(np.percentile(small, 90)) < _BLACK and float(small.std()) < _FLAT:
        raise InputError(N_("The picture is nearly black: no line can be seen. Take it again with more light."))
    blank = ink.level <= 0
    unlike = _unlike_paper(ink) > _PICTURE or ink.noise > _GRAINY or (blank and _coloured_through(ink))
    if unlike and not insisted:
        raise NoDrawing(
            N_(
                "This looks like a photo of a garment or a place, not like a drawing on paper. "
                "Bring a photo or a scan of a sketch, or say that it is one; for a photo, use the mood board."
            )
        )
    if blank:
        raise InputError(
            N_("No line was found: the page looks blank. Draw with a darker pencil, or take the photo nearer.")
        )


def _unlike_paper(ink: Ink) -> float:
    """The share of a page that paper in uneven light does not explain."""
    import cv2

    paper = cv2.resize(ink.paper, (200, 200), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(paper / 255, cv2.COLOR_RGB2Lab)
    light = lab[..., 0]
    bright = light >= np.percentile(light, 55)
    usual = np.median(lab[bright], axis=0)
    colour = np.hypot(lab[..., 1] - usual[1], lab[..., 2] - usual[2])
    strange = (colour > _COLOUR) | (light < _LIGHT * float(np.percentile(light, 80)))
    return float(np.mean(strange) + _texture(ink))


def _coloured_through(ink: Ink) -> bool:
    """Whether what was taken for a bare page is darker than paper in bad light: cloth, a wall."""
    return float(np.median(ink.paper)) < _CLOTH


def _texture(ink: Ink) -> float:
    """The share of a page on which something small is everywhere, as in foliage or cloth."""
    import cv2

    busy = (ink.darkness > ink.threshold).astype(np.float32)
    side = max(8, round(0.04 * max(busy.shape)))
    cells = cv2.resize(busy, (busy.shape[1] // side, busy.shape[0] // side), interpolation=cv2.INTER_AREA)
    return float((cells > 0.38).mean())


def refuse_unread(mask: Mask, labels: Labels) -> None:
    """Refuse a page whose strokes enclose nothing, or are letters.

    Args:
        mask: all strokes.
        labels: the regions that were found.

    Raises:
        InputError: there is only writing, or no closed outline.
    """
    if _written(mask):
        raise InputError(
            N_("This page holds writing, but no drawing was found on it. Bring a sketch, or type the text as a brief.")
        )
    if not labels.any():
        raise InputError(
            N_(
                "Lines were found, but they enclose no garment. "
                "Close the outline, or take the photo nearer to the sketch."
            )
        )


def _written(mask: Mask) -> bool:
    """Whether nearly all of the ink is in many strokes as small as letters and words; outlines are longer."""
    import cv2

    count, _labels, stats, _middles = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    sizes: Field = np.maximum(stats[1:, cv2.CC_STAT_WIDTH] / 2, stats[1:, cv2.CC_STAT_HEIGHT]).astype(float)
    ink: Field = stats[1:, cv2.CC_STAT_AREA].astype(float)
    small = sizes < _LETTER * max(mask.shape)
    return count > 25 and float(ink[small].sum()) > _OF_INK * float(ink.sum())
