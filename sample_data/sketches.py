"""Five photographed sketches of the demo house: a dress, a coat, a shirt, trousers, a bag. Same seed, same photos."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import Garment, View, flat
from lib.merchandising.sketch_to_design.hand_drawn import Drawing, Hand, drawn
from lib.merchandising.sketch_to_design.photographed import Photo, Scene, jpeg, photographed

#: Height and width of a sheet in its own pixels: A4 upright, and lying.
UPRIGHT, LYING = (1980, 1400), (1400, 1980)


@dataclass(frozen=True)
class Subject:
    """One photographed sketch."""

    name: str
    garment: Garment
    hand: Hand
    scene: Scene
    seed: int
    sheet: tuple[int, int] = UPRIGHT
    photo: tuple[int, int] = (1600, 1200)
    back: bool = False


SUBJECTS = (
    Subject(
        "sketches/dress.jpg",
        Garment(
            "dress",
            silhouette="fit_and_flare",
            length="midi",
            neckline="square_neck",
            sleeve="short_sleeves",
            closure="none",
            pockets="patch_pockets",
        ),
        Hand("pencil", gaps=0.3, restated=0.4),
        Scene(desk=(128, 94, 64), turn=4, shadow=0.28),
        3,
    ),
    Subject(
        "sketches/coat.jpg",
        Garment("coat", closure="double_breasted", collar="notch_lapels", pockets="flap_pockets"),
        Hand("pen", wobble=0.22, gaps=0.2, restated=0.2, guides=False),
        Scene(paper=(232, 214, 178), ink=(26, 30, 72), desk=(84, 92, 98), grain=0.15, turn=2, tilt=0.06, shadow=0.22),
        8,
    ),
    Subject(
        "sketches/shirt.jpg",
        Garment(
            "shirt",
            collar="shirt_collar",
            closure="buttons",
            pockets="chest_pocket",
            sleeve="long_sleeves",
            pleats="none",
        ),
        Hand("pencil", wobble=0.14, gaps=0.25, restated=0.3, writing=False),
        Scene(desk=(52, 74, 66), turn=5, uneven=0.5, shadow=0.0),
        21,
        sheet=LYING,
        photo=(1200, 1600),
        back=True,
    ),
    Subject(
        "sketches/trousers.jpg",
        Garment("trousers", silhouette="tapered_leg", pleats="single", pockets="slanted_pockets"),
        Hand("pencil", wobble=0.2, gaps=0.25, restated=0.5, stitches=False),
        Scene(paper=(239, 238, 240), desk=(150, 146, 140), turn=3, uneven=0.42, shadow=0.34),
        34,
    ),
    Subject(
        "sketches/bag.jpg",
        Garment("bag", silhouette="satchel", closure="flap", pockets="none", handle="top_handles"),
        Hand("marker", wobble=0.12, sway=0.5, gaps=0.2, gap=0.8, restated=0.15, writing=False, guides=False),
        Scene(ink=(30, 26, 28), desk=(166, 128, 92), grain=0.1, turn=6, zoom=1.04, shadow=0.2),
        55,
        sheet=LYING,
        photo=(1200, 1600),
    ),
)


def photo(subject: Subject) -> Photo:
    """A subject drawn and photographed."""
    made = flat(subject.garment)
    views = [made.front, made.back] if subject.back else [made.front]
    return photographed(_sheet(views, subject), subject.scene, subject.seed, subject.photo)


def _sheet(views: list[View], subject: Subject) -> Drawing:
    """The views side by side on one sheet."""
    height, width = subject.sheet
    room = width / len(views)
    boxes = [view.bounds() for view in views]
    scale = min(
        0.84 * height / max(low - top for _l, top, _r, low in boxes),
        0.84 * room / max(right - left for left, _t, right, _l in boxes),
    )
    ink, meant = np.zeros(subject.sheet, np.float32), np.zeros(subject.sheet, np.int32)
    for index, (view, (left, top, right, low)) in enumerate(zip(views, boxes, strict=True)):
        at = (room * (index + 0.5) - (left + right) / 2 * scale, height / 2 - (top + low) / 2 * scale)
        one = drawn(view, subject.hand, subject.seed + index, scale, subject.sheet, at)
        ink = np.maximum(ink, one.ink)
        meant = _joined(meant, one.meant)
    return Drawing(ink, meant)


def _joined(meant: NDArray[np.int32], more: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.where(more > 0, more + meant.max(), meant).astype(np.int32)


def sketches() -> dict[str, bytes]:
    """File name -> JPEG of every subject."""
    return {subject.name: jpeg(photo(subject).pixels, 78) for subject in SUBJECTS}
