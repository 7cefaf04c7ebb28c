"""Which pixels are the person's: the selfie mask, its edge decided by colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.vision.bodies.graphs import Pixels, graph, lock, squared
from lib.vision.bodies.joints import Body, Box

#: Limbs as capsules between joints: (from, to, half width in shares of the shoulders' width).
LIMBS = (
    ("shoulder", "elbow", 0.13),
    ("elbow", "wrist", 0.10),
    ("wrist", "hand", 0.09),
    ("hip", "knee", 0.20),
    ("knee", "ankle", 0.14),
)
WORKED = 720  # pixels of the longer side on which colours are compared


def person_mask(pixels: Pixels, body: Body, box: Box | None = None) -> NDArray[np.uint8]:
    """Where the person is, shape (h, w), 0 to 255.

    What the model is sure of stays; limbs that it misses (it does so more often on deep skin) are added as possible
    along the joints, and GrabCut decides the rest by colour.
    """
    import cv2

    height, width = pixels.shape[:2]
    shrink = min(1.0, WORKED / max(height, width))
    small = cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    sure = _selfie(np.asarray(small, np.uint8), None if box is None else tuple(v * shrink for v in box))
    limbs = limb_mask(body, small.shape[:2], shrink)
    trimap = np.full(small.shape[:2], cv2.GC_BGD, np.uint8)
    near = cv2.dilate(((sure > 0.3) | (limbs > 0)).astype(np.uint8), np.ones((9, 9), np.uint8))
    trimap[near > 0] = cv2.GC_PR_BGD
    trimap[(sure > 0.5) | (limbs > 0)] = cv2.GC_PR_FGD
    trimap[cv2.erode((sure > 0.9).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0] = cv2.GC_FGD
    bones = limb_mask(body, small.shape[:2], shrink, 0.3)
    trimap[(bones > 0) & (near > 0)] = cv2.GC_FGD
    if (trimap == cv2.GC_FGD).any():
        ground, person = np.zeros((1, 65)), np.zeros((1, 65))
        drawn = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
        cv2.grabCut(drawn, trimap, None, ground, person, 3, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    found = np.isin(trimap, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8) * 255
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    large = cv2.resize(cv2.GaussianBlur(found, (0, 0), 0.8), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)


def _selfie(pixels: Pixels, box: tuple[float, ...] | None) -> NDArray[np.float32]:
    """The model's mask, 0 to 1, shape (h, w); nothing outside the box."""
    import cv2

    height, width = pixels.shape[:2]
    left, top, right, bottom = (0, 0, width, height) if box is None else (int(v) for v in box)
    part = pixels[top:bottom, left:right]
    square, _shrink, (x, y) = squared(part, 2048)
    with lock:
        mask = graph("mask").process(square).segmentation_mask
    whole = np.zeros((height, width), np.float32)
    cut = np.asarray(mask, np.float32)[y : y + part.shape[0], x : x + part.shape[1]]
    whole[top:bottom, left:right] = cv2.resize(cut, (part.shape[1], part.shape[0]))
    return whole


def limb_mask(
    body: Body, shape: tuple[int, ...], shrink: float = 1.0, share: float = 1.0, parts: tuple[str, ...] = ()
) -> NDArray[np.uint8]:
    """Arms and legs as capsules along the joints, shape (h, w), 0 or 1; ``parts`` are the joints that begin them."""
    import cv2

    across = float(np.hypot(*(body.at("left_shoulder") - body.at("right_shoulder")))) * shrink
    drawn = np.zeros(shape[:2], np.uint8)
    for start, end, half in LIMBS:
        if parts and start not in parts:
            continue
        for side in ("left", "right"):
            if min(body.seen[f"{side}_{start}"], body.seen[f"{side}_{end}"]) < 0.3:
                continue
            a, b = (tuple(int(v) for v in body.at(f"{side}_{name}") * shrink) for name in (start, end))
            cv2.line(drawn, a, b, 1, max(1, round(2 * half * across * share)))
    return drawn
