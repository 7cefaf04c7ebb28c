"""A garment laid flat and photographed, cut out from what it lies on.

The ground's colours are learned from the picture's border (k-means in CIELAB), the garment begins as what differs from
them, and GrabCut (Rother, Kolmogorov and Blake, 2004) settles the edge. A rectangle and strokes of a person override.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Rectangle = tuple[int, int, int, int]  # left, top, right, bottom
LONGEST: Final = 1400  # pixels of a picture that is worked on
WORKED: Final = 480  # pixels of the longer side on which colours are compared
BORDER: Final = 0.035
#: Mean distance (CIELAB) of border pixels to their centre from which a ground counts as patterned.
PATTERN: Final = 9.0
#: Share of a garment's outline without an edge in the picture from which a cut counts as doubtful.
DOUBTFUL: Final = 0.35
NOTHING_FOUND = N_(
    "No garment stands out from the ground in this picture. Draw a rectangle around it, or photograph it on a plain "
    "ground of another colour."
)


@dataclass(frozen=True)
class Cut:
    """A garment without its ground.

    Attributes:
        picture: sRGB with alpha, (h, w, 4).
        patterned: the ground has a pattern, so the cut may have taken some of it.
        unsure: share of the outline along which the picture shows no edge.
    """

    picture: Pixels
    patterned: bool
    unsure: float

    @property
    def doubtful(self) -> bool:
        return self.patterned or self.unsure > DOUBTFUL


def cut(pixels: Pixels, rectangle: Rectangle | None = None, keep: Mask | None = None, drop: Mask | None = None) -> Cut:
    """Cut the garment out of a picture (h, w, 3).

    Args:
        rectangle: what lies outside it is ground.
        keep: pixels that a person says are the garment's, (h, w).
        drop: pixels that a person says are not.

    Raises:
        InputError: nothing stands out.
    """
    import cv2

    height, width = pixels.shape[:2]
    shrink = min(1.0, WORKED / max(height, width))
    small = np.asarray(cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
    h, w = small.shape[:2]
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    rim = _rim((h, w))
    away, spread = _away(lab, rim)
    inside = np.ones((h, w), bool)
    if rectangle is not None:
        left, top, right, bottom = (round(v * shrink) for v in rectangle)
        inside[:] = False
        inside[max(top, 0) : bottom, max(left, 0) : right] = True
    asked = [None if one is None else cv2.resize(one.astype(np.uint8), (w, h)) > 0 for one in (keep, drop)]
    mask = _settled(small, away, rim, inside, asked[0], asked[1])
    if mask.mean() < 0.02:
        raise InputError(NOTHING_FOUND)
    if asked[1] is not None:
        mask &= ~asked[1]
    return Cut(upright(_with_alpha(pixels, mask)), spread > PATTERN, _unsure(lab, mask))


def upright(picture: Pixels) -> Pixels:
    """A cut-out turned so that its halves mirror each other, as a garment's do, and trimmed to what is seen."""
    import cv2

    turn = _lean(picture[..., 3] > 127)
    height, width = picture.shape[:2]
    if abs(turn) > 0.4:
        side = int(np.ceil(np.hypot(height, width)))
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
        matrix[:, 2] += np.array([(side - width) / 2, (side - height) / 2])
        own: NDArray[Any] = picture.astype(np.float32)
        own[..., :3] *= own[..., 3:] / 255
        turned = np.asarray(cv2.warpAffine(own, matrix, (side, side), flags=cv2.INTER_LINEAR), np.float32)
        turned[..., :3] /= np.maximum(turned[..., 3:], 1.0) / 255
        picture = np.asarray(turned.round().clip(0, 255), np.uint8)
    rows, columns = (np.flatnonzero((picture[..., 3] > 8).any(axis=axis)) for axis in (1, 0))
    top, left = max(0, rows[0] - 8), max(0, columns[0] - 8)
    return np.ascontiguousarray(picture[top : rows[-1] + 9, left : columns[-1] + 9])


def _lean(mask: Mask) -> float:
    """Degrees by which a mask has to be turned to mirror itself best about an upright line."""
    import cv2

    shrink = 160 / max(mask.shape)
    small = cv2.resize(mask.astype(np.float32), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    size = 256
    ys, xs = np.nonzero(small > 0.5)
    centre = (float(xs.mean()), float(ys.mean()))

    def likeness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D(centre, angle, 1.0)
        matrix[:, 2] += np.array([size / 2 - centre[0], size / 2 - centre[1]])
        turned = cv2.warpAffine(small, matrix, (size, size)) > 0.5
        best = 0.0
        for shift in (-4, -2, 0, 2, 4):
            mirrored = np.roll(turned[:, ::-1], shift + 1, axis=1)
            best = max(best, float((turned & mirrored).sum() / max((turned | mirrored).sum(), 1)))
        return best - 0.0004 * abs(angle)

    coarse = max(np.arange(-24.0, 24.1, 3.0).tolist(), key=likeness)
    return float(max(np.arange(coarse - 2.5, coarse + 2.6, 0.5).tolist(), key=likeness))


def _rim(shape: tuple[int, int]) -> Mask:
    wide = max(2, round(BORDER * max(shape)))
    rim = np.ones(shape, bool)
    rim[wide:-wide, wide:-wide] = False
    return rim


def _away(lab: NDArray[np.float32], rim: Mask) -> tuple[NDArray[np.float32], float]:
    """How far each pixel is from the ground's colours, (h, w), and how much the ground itself varies."""
    import cv2

    ground = lab[rim].astype(np.float32)
    spread = float(np.median(np.linalg.norm(ground - np.median(ground, axis=0), axis=1)))
    cv2.setRNGSeed(7)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _fit, _labels, centres = cv2.kmeans(ground, 4, np.empty(0), criteria, 2, cv2.KMEANS_PP_CENTERS)
    weights = np.array([0.6, 1.0, 1.0], np.float32)  # shadows change lightness first
    away = np.min([np.linalg.norm((lab - centre) * weights, axis=-1) for centre in centres], axis=0)
    return np.asarray(away, np.float32), spread


def _settled(
    small: Pixels,
    away: NDArray[np.float32],
    rim: Mask,
    inside: Mask,
    keep: Mask | None,
    drop: Mask | None,
) -> Mask:
    """The garment's pixels at working size: one piece without holes that light or a print made."""
    import cv2

    least = max(6.0, 1.4 * float(np.percentile(away[rim], 93)))
    begun = (away > least) & inside
    begun = _largest(cv2.morphologyEx(begun.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0)
    if keep is not None:
        begun |= keep
    if begun.mean() < 0.005:
        if inside.all():
            raise InputError(NOTHING_FOUND)
        begun = cv2.erode(inside.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    trimap = np.full(begun.shape, cv2.GC_PR_BGD, np.uint8)
    trimap[begun] = cv2.GC_PR_FGD
    trimap[cv2.erode((begun & (away > 2 * least)).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = cv2.GC_FGD
    trimap[rim | ~inside] = cv2.GC_BGD
    if keep is not None:
        trimap[keep] = cv2.GC_FGD
    if drop is not None:
        trimap[drop] = cv2.GC_BGD
    if not np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD)).any():
        raise InputError(NOTHING_FOUND)
    ground, garment = np.zeros((1, 65)), np.zeros((1, 65))
    drawn = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    cv2.grabCut(drawn, trimap, None, ground, garment, 4, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    found = np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD))
    found = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0
    return _filled(_largest(found))


def _largest(mask: Mask) -> Mask:
    import cv2

    count, labels, stats, _centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    if count < 2:
        return mask
    return np.asarray(labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])))


def _filled(mask: Mask) -> Mask:
    """Small holes closed: what light or a print cut into it, not the gap between two legs."""
    import cv2

    count, labels, stats, _centres = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    small = [at for at in range(1, count) if stats[at, cv2.CC_STAT_AREA] < 0.004 * mask.size]
    return np.asarray(mask | np.isin(labels, small))


def _with_alpha(pixels: Pixels, mask: Mask) -> Pixels:
    """The picture with the mask, grown to its size, as alpha; its edge a pixel in, so that no ground shines through."""
    import cv2

    height, width = pixels.shape[:2]
    soft = cv2.resize(mask.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(soft, (0, 0), max(1.0, max(height, width) / 700))
    alpha = np.clip((soft - 0.55) / 0.3, 0, 1)
    return np.dstack([pixels, np.rint(alpha * 255).astype(np.uint8)])


def _unsure(lab: NDArray[np.float32], mask: Mask) -> float:
    """Share of the outline beside which colours inside and outside hardly differ."""
    import cv2

    solid = mask.astype(np.float32)
    inner, outer = solid, 1 - solid
    blur = (0, 0), 3.0
    mean_in = (
        cv2.GaussianBlur(lab * inner[..., None], *blur) / np.maximum(cv2.GaussianBlur(inner, *blur), 0.05)[..., None]
    )
    mean_out = (
        cv2.GaussianBlur(lab * outer[..., None], *blur) / np.maximum(cv2.GaussianBlur(outer, *blur), 0.05)[..., None]
    )
    edge = (mask.astype(np.uint8) - cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8))) > 0
    step = np.linalg.norm(mean_in - mean_out, axis=-1)[edge]
    return float((step < 7.0).mean()) if edge.any() else 1.0
