"""What a drawing's outline tells: legs, a waist, a bag's handle; and what is seen through it."""

from __future__ import annotations

import numpy as np

from lib.vision.sketches.forms import Form, Outline, outlines, runs
from lib.vision.sketches.model import Labels


def stands_on_legs(outline: Outline) -> bool:
    """Whether the lower part stands on two legs and the upper part is one."""
    height = len(outline.mask)
    rows = [outline.mask[round(height * at)] for at in (0.6, 0.7, 0.8, 0.9)]
    upper = [outline.mask[round(height * at)] for at in (0.06, 0.12, 0.18)]
    two = sum(1 for row in rows if len(runs(row, 3)) == 2)
    one = sum(1 for row in upper if len(runs(row, 3)) == 1)
    if two >= 3 and one >= 2 and outline.aspect > 1.0:
        return True
    return one >= 2 and outline.aspect > 1.25 and _waisted(outline) and _parted_down_the_middle(outline)


def _waisted(outline: Outline) -> bool:
    """Whether the upper edge is a waistband, in one piece or several."""
    band = [form for form in outline.forms if form.top < 0.06 and form.low < 0.16]
    return sum(form.wide for form in band) > 0.35


def _parted_down_the_middle(outline: Outline) -> bool:
    """Whether legs that touch are parted by a line from the upper third to the hem."""
    tall = [form for form in outline.forms if form.low > 0.93 and form.top < 0.45 and form.share > 0.08]
    left, right = [form for form in tall if form.right < 0.6], [form for form in tall if form.left > 0.4]
    return sum(form.share for form in left) > 0.25 and sum(form.share for form in right) > 0.25


def openings(labels: Labels) -> list[int]:
    """Labels of what lines enclose and yet is the ground: what is seen under a bag's handle or between trouser legs.

    The one stands high, and nearly all the way round it only a thin band parts it from the ground; the other is a wedge
    in the middle that widens to the hem.
    """
    import cv2

    found = []
    for outline in outlines(labels):
        found += [form.label for form in outline.forms if _wedge(form, outline)]
        away = cv2.distanceTransform(np.pad(outline.mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
        for form in outline.forms:
            high = form.top < 0.25 and form.low < 0.72 and form.tall > 0.16 and form.off < 0.16 and form.compact > 0.4
            if not high or form.share > 0.5 or form.beside.get(0, 0) > 0.12:
                continue
            mask = (outline.labels == form.label).astype(np.uint8)
            edge = (mask - cv2.erode(mask, np.ones((3, 3), np.uint8))) > 0
            if float((away[edge] < 0.13 * outline.mask.shape[1]).mean()) > 0.55 and _carried(form, outline):
                found.append(form.label)
    return found


def _wedge(form: Form, outline: Outline) -> bool:
    """Whether a region is the ground between two legs whose hems a guide line joins."""
    if not (form.off < 0.12 and form.low > 0.93 and form.top > 0.2 and form.tall > 0.3 and form.wide < 0.3):
        return False
    beside = [other for other in outline.forms if form.beside.get(other.label, 0) > 0.2 and other.tall > 0.4]
    mask = outline.labels == form.label
    across = mask[mask.any(axis=1)].sum(axis=1)
    narrow, broad = np.median(across[: max(1, len(across) // 5)]), np.median(across[-max(1, len(across) // 5) :])
    opens = bool(narrow < (0.9 if form.off < 0.06 and form.top > 0.25 else 0.45) * broad)
    return opens and any(other.x < form.x for other in beside) and any(other.x > form.x for other in beside)


def _carried(form: Form, outline: Outline) -> bool:
    """Whether something wider than a handle carries what stands above it: the drawing's widest part lies below."""
    widths = outline.mask.sum(axis=1)
    if float(np.median(widths[len(widths) // 2 :])) < 0.7 * outline.mask.shape[1]:
        return False
    below = widths[min(len(widths) - 1, round(form.low * len(widths))) :]
    above = widths[: max(1, round(form.low * len(widths) * 0.8))]
    return bool(below.max() > 1.15 * np.median(above)) and form.wide < 0.85


def _is_handle(form: Form) -> bool:
    """A thin band that stands above, a good part of the height of what it carries."""
    return form.top < 0.12 and form.compact < 0.35 and form.tall > 0.15 and form.beside.get(0, 0) > 0.3


def is_bag(outline: Outline) -> bool:
    """Wider than a garment, with its widest part low and a thin part (handles, a strap) or nothing above."""
    widths = outline.mask.sum(axis=1) / outline.mask.shape[1]
    low, top = float(np.median(widths[len(widths) // 2 :])), float(np.median(widths[: max(1, len(widths) // 6)]))
    hollow = any(len(runs(outline.mask[round(len(outline.mask) * at)], 2)) >= 2 for at in (0.08, 0.15, 0.22, 0.3))
    handles = any(_is_handle(form) for form in outline.forms)
    return low > 0.78 and outline.aspect < 1.7 and (handles or hollow or (outline.aspect < 1.0 and top > 0.7))


def is_skirt(outline: Outline) -> bool:
    """A straight, narrow upper edge that widens or runs straight down: a waist and no shoulders."""
    widths = outline.mask.sum(axis=1) / outline.mask.shape[1]
    first = np.argmax(outline.mask, axis=0)[outline.mask.any(axis=0)]
    row = outline.mask[min(len(widths) - 1, max(2, len(widths) // 40))]
    flat = bool(runs(row, 3)) and max(end - start for start, end in runs(row, 3)) > 0.35 * row.size
    narrowest = float(widths[len(widths) // 12 :].min()) if len(widths) > 12 else 0.0
    top = float(np.median(widths[len(widths) // 30 : max(2, len(widths) // 8)]))
    return flat and top <= narrowest * 1.12 and 0.6 < outline.aspect < 3.2 and bool(len(first))
