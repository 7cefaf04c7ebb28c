"""The outfit's cloth drawn anew by an image model: the geometric preview is where it starts, its garments the mask.

Head and hands are protected twice: they are no garment, and what lies there is taken out of the mask besides. Outside
the mask every pixel stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.figures import Person, figure
from lib.atelier.garments.options import OPTIONS
from lib.commerce.virtual_try_on.dressing import FLOOR, TALL, bare, corner, cut_out
from lib.commerce.virtual_try_on.on_photos import Tried
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, ordered
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody
from lib.commerce.virtual_try_on.pieces import Piece
from lib.engines.images.model import ImageRequest
from lib.vision.bodies.outlines import limb_mask

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
TALLEST: Final = 768  # pixels: what diffusion models are trained on, and what a processor draws in minutes
STRENGTH: Final = 0.55  # cut and colour stay those of the preview
STEPS: Final = 25
DIFFERENT: Final = 24  # levels by which a pixel of cloth differs from the bare figure's
HAND: Final = 7.0  # cm around a hand that stay as they are
_UNSAID: Final = ("none", "collarless", "single", "double")
NEGATIVE: Final = "drawing, illustration, text, logo, extra limbs"


def prompt_of(pieces: Sequence[Wearable]) -> str:
    """The outfit in English words, as models read them best, from what is worn outermost."""
    said = [_words(piece) for piece in reversed(ordered(pieces, Ways())) if piece.kind != "bag"]
    return f"photograph of a person wearing {'; '.join(said)}; natural folds of cloth, soft even light"


def _words(piece: Wearable) -> str:
    kind = piece.kind.replace("_", " ")
    if not isinstance(piece, Piece):
        return kind
    values = {part: str(getattr(piece.garment, part)) for part in OPTIONS[piece.kind]}
    if values.get("pleats") in ("knife", "box", "double"):
        values["pleats"] += " pleats"
    cut = [value.replace("_", " ") for value in values.values() if value not in _UNSAID]
    return f"{piece.colour.label('en')} {piece.cloth.replace('_', ' ')} {kind}, {', '.join(cut)}"


def zone_on_photo(person: PhotoBody, tried: Tried) -> Mask:
    """Where garments were laid on a photo, (h, w), without face and hands."""
    chin = person.body.middle("mouth")[1] + 0.9 * (person.body.middle("mouth")[1] - person.body.middle("eye")[1])
    zone = tried.cover > 0.5
    zone[: max(0, int(np.ceil(chin)))] = False
    hands = limb_mask(person.body, person.mask.shape, 1.0, 2.2, ("wrist",)) > 0
    return np.asarray(zone & ~hands)


def zone_on_figure(person: Person, pieces: Sequence[Wearable], ways: Ways, size: tuple[int, int]) -> Mask:
    """Where a dressed figure's picture shows cloth, (h, w): what differs from the bare one, without head and hands.

    Raises:
        InputError: as ``dressing.dressed``.
    """
    import cv2

    body, scale = figure(person), size[1] / TALL
    drawn, frame = cut_out(body, [piece for piece in pieces if piece.kind != "bag"], ways, scale)
    worn = _placed(drawn, frame, size, scale)
    left, _top = corner(drawn.shape[1], frame, size, scale)
    nude, box = bare(body, scale)
    before = _placed(nude, box, size, scale, round(left + (box[0] - frame[0]) * scale))
    cloth = (np.abs(worn - before).max(axis=2) > DIFFERENT) & (worn[..., 3] > 127)
    opened = cv2.morphologyEx(cloth.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    zone = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0
    return np.asarray(zone & (worn[..., 3] > 127) & ~_head_and_hands(person, frame, left, size, scale))


def _placed(
    drawn: Pixels,
    frame: tuple[float, float, float, float],
    size: tuple[int, int],
    scale: float,
    left: int | None = None,
) -> NDArray[np.float32]:
    """A cut-out where it stands in the picture, (h, w, 4)."""
    own, top = corner(drawn.shape[1], frame, size, scale)
    left = own if left is None else left
    layer = np.zeros((size[1], size[0], 4), np.float32)
    y0, x0 = max(0, -top), max(0, -left)
    part = drawn[y0 : y0 + size[1] - max(top, 0), x0 : x0 + size[0] - max(left, 0)]
    layer[max(top, 0) : max(top, 0) + part.shape[0], max(left, 0) : max(left, 0) + part.shape[1]] = part
    return layer


def _head_and_hands(
    person: Person, frame: tuple[float, float, float, float], left: int, size: tuple[int, int], scale: float
) -> Mask:
    import cv2

    marks, found = figure(person).landmarks, np.zeros((size[1], size[0]), np.uint8)
    floor = round(size[1] * FLOOR)

    def at(place: tuple[float, float]) -> tuple[int, int]:
        return round(left + (place[0] - frame[0]) * scale), round(floor + place[1] * scale)

    crown, chin = at(marks["crown"]), at(marks["chin"])
    tall = abs(chin[1] - crown[1])
    middle = ((crown[0] + chin[0]) // 2, (crown[1] + chin[1]) // 2)
    cv2.ellipse(found, middle, (round(0.45 * tall), round(0.5 * tall)), 0, 0, 360, 1, -1)
    for side in ("left", "right"):
        wrist, hand = (np.array(marks[f"{side}_{name}"]) for name in ("wrist", "hand"))
        centre = wrist + 0.7 * (hand - wrist)
        cv2.circle(found, at((float(centre[0]), float(centre[1]))), round(HAND * scale), 1, -1)
    return np.asarray(found > 0)


def request_of(
    picture: Pixels, zone: Mask, pieces: Sequence[Wearable], seed: int = 0, photo: bool = False
) -> ImageRequest:
    """The request for the cloth of a picture, at a size at which a model draws.

    Args:
        picture: the geometric preview, (h, w, 3).
        zone: where it may draw, (h, w).
    """
    import cv2

    shrink = min(1.0, TALLEST / max(picture.shape[:2]))
    size = (round(picture.shape[1] * shrink), round(picture.shape[0] * shrink))
    image = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if shrink < 1 else picture
    mask = cv2.resize(zone.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    return ImageRequest(
        operation="inpaint", prompt=prompt_of(pieces), size=size, seed=seed, image=np.asarray(image, np.uint8),
        mask=np.where(mask > 254, 255, 0).astype(np.uint8), strength=STRENGTH, steps=STEPS, negative=NEGATIVE,
        photo=photo,
    )  # fmt: skip


def composed(picture: Pixels, drawn: Pixels, zone: Mask) -> Pixels:
    """The preview with the model's cloth in it, (h, w, 3): outside the zone exactly the preview, mixed at its rim."""
    import cv2

    height, width = picture.shape[:2]
    large = cv2.resize(drawn, (width, height), interpolation=cv2.INTER_LANCZOS4)
    reach = max(1.0, height / 500)
    within = cv2.erode(zone.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    share = (np.asarray(cv2.GaussianBlur(within, (0, 0), reach)) * zone)[..., None]
    mixed = picture * (1 - share) + large.astype(np.float32) * share
    return np.asarray(np.where(zone[..., None], mixed.round().clip(0, 255), picture), np.uint8)
