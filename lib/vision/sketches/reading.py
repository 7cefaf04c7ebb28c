"""``read_sketch``: from pixels to a sketch with regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_
from lib.vision.sketches.areas import nearest
from lib.vision.sketches.bodies import worn
from lib.vision.sketches.forms import outlines
from lib.vision.sketches.kinds import turned_by
from lib.vision.sketches.lines import Ink, ink_of, soft, strokes
from lib.vision.sketches.model import Field, Guess, Labels, Mask, Note, Pixels, Sketch
from lib.vision.sketches.naming import named
from lib.vision.sketches.page import Page, find_page, whole
from lib.vision.sketches.refusing import refuse_page, refuse_unread
from lib.vision.sketches.regions import connected, parted
from lib.vision.sketches.silhouettes import openings

#: What is said of a sketch that seems upside down.
ON_ITS_HEAD: Final = N_("The sketch seems to stand on its head. If so, turn it over.")
#: The longer side at which areas are looked for; lines keep the finer size.
_COARSE: Final = 800
#: Ground that is shut off and smaller than this share of what is drawn is none.
_CHINK: Final = 0.004
#: A drawing whose halves are less alike is lopsided; wider gaps are tried, as multiples, and taken where they are worth
#: this much.
_LOPSIDED, _WIDER, _MORE_EVEN = 0.93, (1.4, 1.9), 0.025
#: A picture with a shorter side than this has no room for lines and the gaps between them.
_LEAST_SIDE: Final = 160


@dataclass(frozen=True)
class Settings:
    """How a sketch is read.

    Args:
        longest: pixels of the sketch's longer side.
        gap: widest gap in an outline that is taken for a slip of the pencil, as a share of the longer side.
        straighten: look for the page in the picture; off for what was drawn on screen.
        insisted: a person says that it is a sketch: nothing is refused as a photo of something else.
    """

    longest: int = 1600
    gap: float = 0.016
    straighten: bool = True
    insisted: bool = False


DEFAULT: Final = Settings()


def read_sketch(pixels: NDArray[np.uint8], settings: Settings = DEFAULT) -> Sketch:
    """A sketch in a photo, a scan or a drawing made on screen.

    The page is found and laid flat, its light evened, its strokes found; gaps in outlines are closed; what the strokes
    enclose becomes regions, each with a role guessed from its place and form.

    Args:
        pixels: (h, w, 3) uint8 sRGB, upright. A picture with 12 megapixels takes about a second.
        settings: size, tolerance for gaps, whether a page is looked for.

    Raises:
        InputError: the picture is too small, black, blank, a photo of something else than a drawing, a page of
            writing, or a drawing in which no line encloses anything; the message says which and what to do.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or min(pixels.shape[:2]) < _LEAST_SIDE:
        raise InputError(
            N_("This picture is too small to find a sketch in it. Take one of at least {least} pixels on each side."),
            least=_LEAST_SIDE,
        )
    page, ink, mask = _drawn_on(pixels, settings)
    refuse_page(page.pixels, ink, settings.insisted)
    labels, kept = _whole_regions(ink, mask, settings)
    refuse_unread(mask, labels)
    lines = soft(ink, mask & kept)
    parts, garments, pixels_per_cm = named(labels, lines)
    figure = worn(np.asarray(ink.darkness > ink.threshold), labels)
    if figure:  # an arm or a hand before the front looks like an edge of it
        garments = tuple(replace(one, closure=Guess()) for one in garments)
    notes = (*_notes(page, ink, len(garments)), *_turn(labels))
    if figure:
        notes += (Note(N_("A body was seen: say which parts are skin or hair, so that they stay without cloth.")),)
    return Sketch(lines, labels, parts, garments, ink.page, pixels_per_cm, page.to_photo, notes=notes, figure=figure)


def regions_at(
    pixels: NDArray[np.uint8], gaps: Sequence[float]
) -> tuple[NDArray[np.float64], tuple[NDArray[np.int32], ...]]:
    """The region map for each of several gaps, and what takes their points to the picture's (``Sketch.to_photo``).

    For choosing a gap: the page, its light and its lines are looked at once, and nothing is refused or named.
    """
    page, ink, mask = _drawn_on(pixels, DEFAULT)
    return page.to_photo, tuple(_regions(ink, mask, replace(DEFAULT, gap=gap))[0] for gap in gaps)


def _drawn_on(pixels: Pixels, settings: Settings) -> tuple[Page, Ink, Mask]:
    """The page, what is drawn on it, and its strokes."""
    page = find_page(pixels, settings.longest) if settings.straighten else whole(pixels, settings.longest)
    ink = ink_of(page.pixels)
    return page, ink, _off_the_rim(strokes(ink))


def read_drawing(svg: str, settings: Settings = DEFAULT) -> Sketch:
    """A sketch that comes as SVG; its own strokes' paths are kept in ``Sketch.paths``.

    Raises:
        InputError: it is no readable SVG, or there is no drawing in it.
    """
    from lib.vision.sketches.vectors import drawn

    pixels, paths = drawn(svg, settings.longest)
    return replace(read_sketch(pixels, replace(settings, straighten=False)), paths=paths)


def _off_the_rim(mask: Mask) -> Mask:
    """Strokes without what comes in from the rim of a page: its edge, the desk, a finger."""
    import cv2

    rim = max(2, round(0.004 * max(mask.shape)))
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, low = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    touches = (left <= rim) | (top <= rim) | (right >= mask.shape[1] - rim) | (low >= mask.shape[0] - rim)
    large = (stats[:, cv2.CC_STAT_WIDTH] > 0.45 * mask.shape[1]) & (stats[:, cv2.CC_STAT_HEIGHT] > 0.45 * mask.shape[0])
    dropped = touches & ~large
    dropped[0] = True
    cleaned = np.asarray(~dropped[labels])
    cleaned[:rim] = cleaned[-rim:] = False
    cleaned[:, :rim] = cleaned[:, -rim:] = False
    del count
    return cleaned


def _regions(ink: Ink, mask: Mask, settings: Settings) -> tuple[Labels, Mask]:
    """The region map at the lines' size, and where lines belong to a drawing."""
    import cv2

    height, width = mask.shape
    shrink = min(1.0, _COARSE / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    coarse = _shrunk(mask.astype(np.float32), size) > 0.3
    # The darkest of what falls together: a thin line is not weaker than a thick one.
    darkest = np.asarray(cv2.dilate(ink.darkness, np.ones((3, 3), np.uint8)), dtype=np.float32)
    darkness = _shrunk(darkest, size)
    found = parted(coarse, darkness, settings.gap * max(size))
    labels = _refined(found.labels, mask)
    labels = _without_chinks(labels, mask)
    seen_through = openings(labels)
    if seen_through:
        labels = connected(np.where(np.isin(labels, seen_through), 0, labels).astype(np.int32))
    reach = max(3, round(0.009 * max(height, width))) | 1
    around = cv2.dilate((labels > 0).astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    return labels, np.asarray(around)


def _whole_regions(ink: Ink, mask: Mask, settings: Settings) -> tuple[Labels, Mask]:
    """The region map; where the drawing is lopsided, with wider gaps closed, if that makes its two halves alike:
    a sleeve that is there on one side alone has most often leaked out through a gap.
    """
    found = _regions(ink, mask, settings)
    even = _evenness(found[0])
    if 0 < even < _LOPSIDED:
        for wider in _WIDER:
            other = _regions(ink, mask, replace(settings, gap=settings.gap * wider))
            if _evenness(other[0]) > even + _MORE_EVEN:
                found, even = other, _evenness(other[0])
    return found


def _evenness(labels: Labels) -> float:
    """How much of the largest drawing lies on itself when it is mirrored, 0 to 1 (IoU); 0 where there is none."""
    drawings = outlines(labels)
    if not drawings:
        return 0.0
    mask = max(drawings, key=lambda one: int(one.mask.sum())).mask
    far = mask.shape[1] // 24
    mirrored = [np.roll(np.pad(mask, ((0, 0), (far, far)))[:, ::-1], step, axis=1) for step in range(-far, far + 1, 2)]
    own = np.pad(mask, ((0, 0), (far, far)))
    return max(float((own & one).sum() / (own | one).sum()) for one in mirrored)


def _shrunk(field: Field, size: tuple[int, int]) -> NDArray[np.float32]:
    import cv2

    if field.shape == (size[1], size[0]):
        return field.astype(np.float32)
    return np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _refined(coarse: Labels, mask: Mask) -> Labels:
    """The regions at the lines' size: they meet in the middle of the lines between them."""
    import cv2

    height, width = mask.shape
    up = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST).astype(np.int32)
    ground = int(up.max()) + 1
    if ground == 1:
        return up
    up[up == 0] = ground
    up[cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    full = nearest(up)
    return connected(np.where(full == ground, 0, full).astype(np.int32))


def _without_chinks(labels: Labels, mask: Mask) -> Labels:
    """Small bits of ground that strokes shut off from the page, as between an outline and its stitches, filled."""
    import cv2

    count, pieces, stats, _middles = cv2.connectedComponentsWithStats(
        ((labels == 0) & ~mask).astype(np.uint8), connectivity=4
    )
    small = stats[:, cv2.CC_STAT_AREA] < _CHINK * max(1, int((labels > 0).sum()))
    small[0] = False
    if count < 2 or not small.any():
        return labels
    chinks = small[pieces]
    beside = cv2.dilate(chinks.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return connected(np.where(chinks | (beside & (labels == 0) & mask), nearest(labels), labels).astype(np.int32))


def _turn(labels: Labels) -> tuple[Note, ...]:
    """A word on a sketch that seems to lie on its side or to stand on its head; nothing is turned unasked."""
    drawings = outlines(labels)
    if not drawings:
        return ()
    degrees = turned_by(max(drawings, key=lambda one: int(one.mask.sum())))
    said = {
        90: N_("The sketch seems to be turned to the right. If so, turn it left."),
        180: ON_ITS_HEAD,
        270: N_("The sketch seems to be turned to the left. If so, turn it right."),
    }
    return (Note(said[degrees]),) if degrees else ()


def _notes(page: Page, ink: Ink, drawings: int) -> tuple[Note, ...]:
    notes = []
    if page.found:
        notes.append(Note(N_("The page was found in the photo and straightened.")))
    if page.cut:
        notes.append(Note(N_("A corner of the page lies outside of the photo; it was worked out from the edges.")))
    if ink.light_on_dark:
        notes.append(Note(N_("The lines are lighter than the page; both were turned round.")))
    if ink.coloured:
        notes.append(Note(N_("The drawing is coloured in; its lines were read through the colour.")))
    if drawings > 1:
        notes.append(Note(N_("There are {count} drawings on the page."), {"count": drawings}))
    return tuple(notes)
