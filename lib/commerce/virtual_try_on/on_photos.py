"""Garments on a person in a photo: draped on the landmarks, arms in front, in the photo's light, with a shadow.

Nothing is kept: pixels come in and go out. Where the person's own clothes would show beside the garment, the picture is
not made: ``Tried.own`` says where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.draping import only
from lib.atelier.garments import View
from lib.atelier.rendering import falls_of, render_in
from lib.atelier.wearing import Worn, is_cuff, sleeve_is_hidden
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, worn_as
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody, PhotoDrape
from lib.i18n import N_
from lib.vision.bodies.outlines import limb_mask

Pixels = NDArray[np.uint8]
Field = NDArray[np.float32]
#: Share of what a garment should cover from which own clothes beside it make a sticker of it.
STICKER: Final = 0.02
SKIN_AB, SKIN_L = 13.0, 26.0  # how far skin is from the face's, in CIELAB
TALLEST: Final = 1536
PLACES: Final = {
    "beside": N_("beside the trunk"),
    "arms": N_("on the arms"),
    "neck": N_("at the neck"),
    "legs": N_("on the legs"),
}


@dataclass(frozen=True)
class Tried:
    """What came of it.

    Attributes:
        picture: the photo with the outfit, (h, w, 3).
        own: where own clothes show: a key of ``PLACES`` to the share of the zone, those above the limit alone.
        cover: the garments' alpha, (h, w), 0 to 1.
    """

    picture: Pixels = field(repr=False)
    own: dict[str, float]
    cover: Field = field(repr=False)

    @property
    def sticker(self) -> bool:
        """Whether own clothes would show beside the garments."""
        return bool(self.own)


def fitted(pixels: Pixels) -> Pixels:
    """A photo at the height that is worked on."""
    import cv2

    shrink = TALLEST / pixels.shape[0]
    if shrink >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)


def try_on(person: PhotoBody, pieces: Sequence[Wearable], ways: Ways | None = None, seed: int = 0) -> Tried:
    """The person of a photo in an outfit.

    Raises:
        InputError: nothing to wear, or two pieces for one place.
    """
    outfit = worn_as(pieces, ways or Ways(), person.size)
    light = light_of(person)
    canvas = person.pixels.astype(np.float32)
    cover = np.zeros(person.mask.shape, np.float32)
    drapes = [
        PhotoDrape(worn.view, person.skeleton, layer, "shoulder" in worn.view.landmarks and layer < len(outfit) - 1)
        for layer, worn in enumerate(outfit)
    ]
    views = [drape.worn() for drape in drapes]
    for view, worn in zip(views, outfit, strict=True):
        body = only(view, lambda shape: shape.layer not in ("inside", "sleeves"))
        canvas, cover = _laid(canvas, cover, person, body, worn, light, seed)
    canvas, cover = _arms_in_front(canvas, cover, person, outfit)
    for drape, view, worn in zip(drapes, views, outfit, strict=True):
        sleeves = (drape.sleeve_heads(), only(view, lambda shape: shape.layer == "sleeves"))
        if sleeve_is_hidden(worn, outfit):
            sleeves = (only(view, is_cuff("left")), only(view, is_cuff("right")))
        for part in sleeves:
            canvas, cover = _laid(canvas, cover, person, part, worn, light, seed)
    own = own_clothes(person, outfit, cover)
    return Tried(np.asarray(canvas.round().clip(0, 255), np.uint8), own, cover)


def _laid(
    canvas: Field, cover: Field, person: PhotoBody, view: View, worn: Worn, light: Field, seed: int
) -> tuple[Field, Field]:
    """Some parts of a garment over the picture, in its light, with a soft shadow on what lies beneath."""
    import cv2

    if not view.silhouette:
        return canvas, cover
    height, width = person.mask.shape
    frame = (0.0, 0.0, width / person.scale, height / person.scale)
    if worn.paint is not None:
        drawn = worn.paint(view, frame, person.scale)
    else:
        falls = {shape.id: falls_of(shape) for shape in worn.view.regions}
        drawn = render_in(view, worn.fabrics, frame, person.scale, seed=seed, falls=falls)
    drawn = drawn[:height, :width]
    alpha = np.zeros((height, width, 1), np.float32)
    alpha[: drawn.shape[0], : drawn.shape[1]] = drawn[..., 3:].astype(np.float32) / 255
    colour = np.zeros_like(canvas)
    colour[: drawn.shape[0], : drawn.shape[1]] = drawn[..., :3]
    soft = max(1.0, 1.1 * person.scale)
    fallen = cv2.GaussianBlur(np.roll(alpha[..., 0], round(0.7 * person.scale), 0), (0, 0), soft)
    shade = 1 - 0.30 * (fallen * (1 - alpha[..., 0]) * (person.mask / 255.0))[..., None]
    lit = np.clip(colour * light[..., None], 0, 255)
    return canvas * shade * (1 - alpha) + lit * alpha, np.maximum(cover, alpha[..., 0])


def light_of(person: PhotoBody) -> Field:
    """How light falls on the person and how the cloth there folds, about 1: a factor for the garment's colours.

    The slow changes of the person's lightness are the light's; those of one to five centimetres are folds, carried over
    at half their strength, and not at all where the own clothes are printed.
    """
    import cv2

    lab = cv2.cvtColor(person.pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    inside = (person.mask > 127).astype(np.float32)
    level = lab[..., 0] + 4.0

    def spread(sigma: float) -> Field:
        sigma = max(1.0, sigma * person.scale)
        return np.asarray(cv2.GaussianBlur(level * inside, (0, 0), sigma) /
                          np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), 1e-3), np.float32)  # fmt: skip

    slow, middle, fine = spread(11.0), spread(4.5), spread(0.9)
    trunk = _trunk(person)
    typical = float(np.median(slow[trunk])) if trunk.any() else 60.0
    colours = lab[trunk][:, 1:]
    printed = float(np.median(np.abs(colours - np.median(colours, axis=0)))) if len(colours) else 0.0
    folds = np.clip(fine / np.maximum(middle, 1.0), 0.8, 1.2)
    strength = 0.5 * float(np.clip(1 - printed / 6.0, 0, 1))
    # The light is read across the body, not between a pale shirt and dark trousers.
    across = np.clip(slow / np.maximum(_rows(slow, trunk, typical), 1.0), 0.72, 1.28)
    field = across * (1 + strength * (folds - 1))
    return np.asarray(np.where(inside > 0, field, across), np.float32)


def _rows(slow: Field, trunk: NDArray[np.bool_], typical: float) -> Field:
    """The usual lightness at each height, (h, 1): what is left is light from a side."""
    counts = trunk.sum(axis=1)
    sums = (slow * trunk).sum(axis=1)
    known = counts > 4
    if not known.any():
        return np.full((len(slow), 1), typical, np.float32)
    rows = np.interp(np.arange(len(slow)), np.flatnonzero(known), sums[known] / counts[known])
    return np.asarray(rows[:, None], np.float32)


def _trunk(person: PhotoBody) -> NDArray[np.bool_]:
    """The person's pixels between shoulders and ankles."""
    top = person.body.middle("shoulder")[1]
    mask = person.mask > 127
    mask[: max(0, int(top))] = False
    return np.asarray(mask)


def skin_of(person: PhotoBody) -> NDArray[np.bool_]:
    """Pixels in the colours of the face, (h, w); looked at from so far that a print is one colour."""
    import cv2

    blurred = cv2.GaussianBlur(person.pixels, (0, 0), max(1.0, 0.7 * person.scale))
    lab = cv2.cvtColor(blurred.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    eyes, mouth = person.body.middle("eye"), person.body.middle("mouth")
    reach = max(2.0, 0.35 * float(np.hypot(*(mouth - eyes))))
    spots = [person.body.at("nose"), (eyes + mouth) / 2, *(person.body.at(f"{s}_mouth") for s in ("left", "right"))]
    parts = []
    for x, y in spots:
        parts.append(lab[max(0, int(y - reach)) : int(y + reach) + 1, max(0, int(x - reach)) : int(x + reach) + 1])
    face = np.vstack([part.reshape(-1, 3) for part in parts])
    if not len(face):
        return np.zeros(person.mask.shape, bool)
    usual = np.median(face, axis=0)
    return np.asarray(
        (np.hypot(lab[..., 1] - usual[1], lab[..., 2] - usual[2]) < SKIN_AB) & (np.abs(lab[..., 0] - usual[0]) < SKIN_L)
    )


def _arms_in_front(canvas: Field, cover: Field, person: PhotoBody, outfit: Sequence[Worn]) -> tuple[Field, Field]:
    """Forearms and hands that lie over the trunk are put back in front of it."""
    import cv2

    if not any("shoulder" in worn.view.landmarks or "waist" in worn.view.landmarks for worn in outfit):
        return canvas, cover
    arms = limb_mask(person.body, person.mask.shape, 1.0, 1.25, ("elbow", "wrist")) > 0
    hands = limb_mask(person.body, person.mask.shape, 1.0, 2.2, ("wrist",)) > 0
    skin = skin_of(person)
    core = limb_mask(person.body, person.mask.shape, 1.0, 0.75, ("elbow",)) > 0
    front = (person.mask > 127) & (((arms | hands) & skin) | core)
    soft = cv2.GaussianBlur(front.astype(np.float32), (0, 0), 1.0)[..., None]
    return canvas * (1 - soft) + person.pixels * soft, cover * (1 - soft[..., 0])


def own_clothes(person: PhotoBody, outfit: Sequence[Worn], cover: Field) -> dict[str, float]:
    """Where clothes of the person's own show in the zone that the outfit should cover, above the limit."""
    import cv2

    tops = [worn for worn in outfit if "shoulder" in worn.view.landmarks]
    frame, scale = person.skeleton, person.scale
    rows = np.arange(person.mask.shape[0])[:, None]
    neck = float(frame.joints["pit_of_neck"][1] * scale)
    waist = float(frame.torso("waist", 0.0)[1] * scale)
    covered = np.flatnonzero((cover > 0.5).any(axis=1))
    if not len(covered):
        return {}
    top, low = (neck + 2 * scale, float(covered[-1])) if tops else (waist, float(covered[-1]))
    cloth = (person.mask > 200) & ~skin_of(person) & ~_hair(person)
    cloth = cv2.erode(cloth.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    arms = limb_mask(person.body, person.mask.shape, 1.0, 1.5, ("shoulder", "elbow", "wrist")) > 0
    zone = (person.mask > 200) & (rows > top) & (rows < low)
    if not tops:
        zone &= ~arms
    bare = cv2.dilate((cover > 0.3).astype(np.uint8), np.ones((5, 5), np.uint8)) == 0
    left = cloth & zone & bare
    left = cv2.morphologyEx(left.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)) > 0
    parts = {
        "arms": left & arms,
        "neck": left & ~arms & (rows < neck + 12 * scale),
        "beside": left & ~arms & (rows >= neck + 12 * scale) & (rows < waist + 22 * scale),
        "legs": left & ~arms & (rows >= waist + 22 * scale),
    }
    area = max(float(zone.sum()), 1.0)
    shares = {name: float(part.sum()) / area for name, part in parts.items()}
    return {name: share for name, share in shares.items() if share > STICKER}


def _hair(person: PhotoBody) -> NDArray[np.bool_]:
    """The head and what hangs beside it, down to the shoulders: no clothes are looked for there."""
    eyes = person.body.middle("eye")
    shoulder = person.body.middle("shoulder")
    reach = float(shoulder[1] - eyes[1])
    rows, columns = np.indices(person.mask.shape)
    return np.asarray((rows < shoulder[1] + 0.35 * reach) & (np.abs(columns - eyes[0]) < 0.75 * reach))
