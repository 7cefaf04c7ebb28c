"""The proof's pictures: figures of many bodies rendered and then treated as photos, garments treated as flat-lays.

What is measured sees pixels only. The truth is where the atelier drew the body and how it drapes the garment on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.draping import Drape
from lib.atelier.fabrics import Fabric
from lib.atelier.figures import Person, figure
from lib.atelier.garments import Garment, View, flat
from lib.atelier.palettes import Palette
from lib.atelier.rendering import render
from lib.commerce.virtual_try_on.cutting import cut
from lib.commerce.virtual_try_on.dressing import bare, corner, dressed, set_down
from lib.commerce.virtual_try_on.flat_lays import Laid
from lib.commerce.virtual_try_on.on_photos import try_on
from lib.commerce.virtual_try_on.outfits import Ways
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody, PhotoDrape, body_in, people_in
from lib.commerce.virtual_try_on.pieces import Piece
from lib.errors import Cancelled, InputError
from lib.i18n import N_

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
SIZE: Final = (768, 1152)
SCALE: Final = SIZE[1] / 192.0
STOPPED = N_("Stopped by the person who began it.")
DRESSING = N_("Dressing the figures")
#: The body's places that are compared.
PLACES: Final = tuple(
    f"{side}_{place}"
    for place in ("shoulder", "underarm", "waist", "hips", "elbow", "wrist", "knee", "ankle")
    for side in ("left", "right")
)
GARMENTS: Final = (
    Garment("t_shirt"), Garment("trousers"), Garment("dress", sleeve="sleeveless", length="knee"), Garment("shirt"),
    Garment("skirt", length="midi"), Garment("knit"), Garment("coat"), Garment("jeans"),
    Garment("dress", silhouette="a_line", sleeve="short_sleeves", length="midi"), Garment("skirt", "pencil_cut"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One person in one garment, as it came out.

    ``places`` and ``mean`` are errors in cm, one for each place; ``ours``, ``pasted`` and ``shuffled`` are (mean
    distance of the outlines in cm, share of the joint area); ``laid`` and ``laid_pasted`` the same of a flat-lay on the
    figure. None where it could not be made.
    """

    person: Person
    garment: Garment
    places: Array | None
    mean: Array | None
    ours: tuple[float, float] | None
    pasted: tuple[float, float] | None
    laid: tuple[float, float] | None
    laid_pasted: tuple[float, float] | None
    joints: PhotoBody | None


def people(count: int, seed: int) -> list[Person]:
    """Adults of every size, skin, age and pose by turns; some in a wheelchair, some with a prosthesis."""
    generator = np.random.default_rng((seed, 1))
    sizes = np.tile(np.arange(34, 56, 2), count // 11 + 1)[:count]
    tones = generator.permutation(np.tile(np.arange(1, 11), count // 10 + 1)[:count])
    found = []
    for at in range(count):
        wheels = at % 11 == 7
        found.append(
            Person(
                int(sizes[at]), int(tones[at]), int(generator.integers(20, 82)),
                ("bun", "bob", "short", "coily", "shaved", "headwrap")[int(generator.integers(6))],
                ("black", "brown", "chestnut", "blond")[int(generator.integers(4))],
                "seated" if wheels else ("upright", "contrapposto", "walk")[at % 3], wheels,
                ("left_leg", "right_arm", "right_leg")[at % 3] if at % 9 == 4 and not wheels else "none",
                float(generator.integers(156, 181)),
            )
        )  # fmt: skip
    return found


def photo_of(person: Person) -> tuple[Pixels, Array]:
    """The person in a bodysuit in a plain room, and where (0, 0) of the figure's centimetres lies in the picture."""
    body = figure(person)
    drawn, frame = bare(body, SCALE)
    left, top = corner(drawn.shape[1], frame, SIZE, SCALE)
    return set_down(drawn, frame, SIZE, SCALE), np.array([left - frame[0] * SCALE, top - frame[1] * SCALE])


def made(count: int, seed: int, progress: Callable[..., None], cancelled: Callable[[], bool]) -> list[Case]:
    """All cases.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    found = []
    for at, person in enumerate(people(count, seed)):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(0.8 * at / count, DRESSING)
        found.append(_case(person, replace(GARMENTS[at % len(GARMENTS)], size=person.size), at))
    return found


def _case(person: Person, garment: Garment, at: int) -> Case:
    pixels, origin = photo_of(person)
    view = flat(garment).front
    truth = outlines(Drape(view, person).worn())
    laid, laid_pasted = _laid(person, garment, view, truth, at)
    try:
        seen = body_in(pixels, people_in(pixels)[0], person.stature, person.size)
    except InputError:
        return Case(person, garment, None, None, None, None, laid, laid_pasted, None)
    marks = figure(person).landmarks
    want = np.array([marks[name] for name in PLACES]) * SCALE + origin
    own = seen.places()
    errors = np.hypot(*(np.array([own[name] for name in PLACES]) - want).T) / SCALE
    mean = np.hypot(*(_mean_body(seen) - want).T) / SCALE
    shown = [one * SCALE + origin for one in truth]
    ours = draped(seen, view)
    return Case(
        person, garment, errors, mean, compared(ours, shown), compared(pasted(seen, view), shown), laid, laid_pasted,
        seen,
    )  # fmt: skip


def outlines(view: View) -> list[Array]:
    """The closed outlines of a view that make its silhouette, without what lies inside the neck."""
    return [shape.path.sampled(10) for shape in view.shapes if shape.outline and shape.layer != "inside"]


def draped(seen: PhotoBody, view: View) -> list[Array]:
    """The garment's outlines on the person of a photo, in pixels."""
    return [one * seen.scale for one in outlines(PhotoDrape(view, seen.skeleton).worn())]


def pasted(seen: PhotoBody, view: View) -> list[Array]:
    """The baseline: the flat garment scaled to the person and pasted at the shoulders, or at the waist."""
    frame, scale = seen.skeleton, seen.scale
    if "shoulder" in view.landmarks:
        scale *= frame.body.shoulder / view.landmarks["shoulder"][0]
        middle, drop = frame.torso("shoulder", 0.0) * seen.scale, view.landmarks["shoulder"][1]
    else:
        middle, drop = frame.torso("waist", 0.0) * seen.scale, view.landmarks["waist"][1]
    return [(one - np.array([0.0, drop])) * scale + middle for one in outlines(view)]


def _mean_body(seen: PhotoBody) -> Array:
    """The baseline for places: the mean body standing upright in the outline of the person."""
    ys, xs = np.nonzero(seen.mask > 127)
    usual = figure(Person(42, pose="upright", stature=168.0))
    scale = float(ys.max() - ys.min()) / (168.0 * 1.01)
    foot = np.array([(xs.min() + xs.max()) / 2, ys.max()])
    places: Array = np.array([usual.landmarks[name] for name in PLACES]) * scale + foot
    return places


def compared(ours: Sequence[Array], truth: Sequence[Array], scale: float = SCALE) -> tuple[float, float]:
    """(mean distance between two silhouettes' outlines in cm, both ways; share of their joint area)."""
    import cv2

    low = np.floor(np.vstack([*ours, *truth]).min(axis=0)) - 4
    high = np.ceil(np.vstack([*ours, *truth]).max(axis=0)) + 4
    shape = (int(high[1] - low[1]), int(high[0] - low[0]))
    masks = []
    for polygons in (ours, truth):
        mask = np.zeros(shape, np.uint8)
        for polygon in polygons:
            cv2.fillPoly(mask, [np.rint(polygon - low).astype(np.int32)], 1)
        masks.append(mask)
    edges = [mask - cv2.erode(mask, np.ones((3, 3), np.uint8)) for mask in masks]
    away = [cv2.distanceTransform(1 - edge, cv2.DIST_L2, 5) for edge in edges]
    distance = (float(away[1][edges[0] > 0].mean()) + float(away[0][edges[1] > 0].mean())) / 2
    union = float((masks[0] | masks[1]).sum())
    return distance / scale, float((masks[0] & masks[1]).sum()) / max(union, 1.0)


def _laid(
    person: Person, garment: Garment, view: View, truth: list[Array], at: int
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """The garment photographed flat, cut out and worn by the figure; and the cut-out pasted."""
    cloth = Fabric("plain_weave", Palette.of(("#7A2E3A", "#2F4A6B", "#C9A24B", "#3F6B4F")[at % 4]))
    picture = flat_lay(render(view, {"fabric": cloth}, 6.0), at)
    try:
        own = Laid(cut(picture).picture, garment.kind, garment.kind, str(at))
        drape = Drape(own.worn(person.size).view, person)
        worn = [one * SCALE for one in outlines(drape.worn())]
    except InputError:
        return None, None
    shown = [one * SCALE for one in truth]
    flat_own = own.worn(person.size).view
    anchor = "shoulder" if "shoulder" in flat_own.landmarks else "waist"
    middle = drape.frame.torso(anchor, 0.0) * SCALE
    drop = flat_own.landmarks[anchor][1]
    paste = [(one - np.array([0.0, drop])) * SCALE + middle for one in outlines(flat_own)]
    return compared(worn, shown), compared(paste, shown)


def flat_lay(drawn: Pixels, seed: int) -> Pixels:
    """A rendered flat laid on a table: a little turned, unevenly lit, with its shadow, shape (h, w, 3)."""
    import cv2

    generator = np.random.default_rng((seed, 5))
    high, wide = drawn.shape[0] + 120, drawn.shape[1] + 140
    tone = generator.uniform(150, 225, 3).astype(np.float32) * np.array([1.0, 0.97, 0.92], np.float32)
    grain = cv2.GaussianBlur(generator.normal(0, 1, (high, wide)).astype(np.float32), (0, 0), 2.0)
    ground = tone + 7 * grain[..., None]
    layer = np.zeros((high, wide, 4), np.float32)
    layer[60 : 60 + drawn.shape[0], 70 : 70 + drawn.shape[1]] = drawn
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(generator.uniform(-7, 7)), 1.0)
    layer = cv2.warpAffine(layer, turn, (wide, high))
    alpha = layer[..., 3:] / 255
    shadow = cv2.GaussianBlur(np.roll(alpha[..., 0], (6, 5), (0, 1)), (0, 0), 6)[..., None]
    picture = ground * (1 - 0.3 * shadow) * (1 - alpha) + layer[..., :3] * alpha
    light = np.linspace(generator.uniform(0.8, 0.95), generator.uniform(1.0, 1.1), wide, dtype=np.float32)
    return np.asarray((picture * light[None, :, None]).round().clip(0, 255), np.uint8)


def told(seed: int, count: int = 12) -> list[tuple[bool, bool]]:
    """(own clothes would show, the page says so) of renders treated as photos: wide own clothes, and close ones."""
    tee = Piece("own-1", "own", Garment("t_shirt", silhouette="fitted"), "plain_weave", ("#D8D4CC",), "own")
    slim = Piece("own-2", "own", Garment("trousers", silhouette="slim_leg"), "plain_weave", ("#3B4250",), "own")
    robe = Piece(
        "own-3", "own", Garment("dress", silhouette="oversized", length="maxi", sleeve="flared_sleeves"), "plain_weave",
        ("#B8C4CE",), "own",
    )  # fmt: skip
    tried = (
        Piece("try-1", "tried", Garment("t_shirt", silhouette="fitted"), "plain_weave", ("#8A2B3C",), "tried"),
        Piece("try-2", "tried", Garment("trousers", silhouette="slim_leg"), "plain_weave", ("#20262E",), "tried"),
    )
    wide = (
        Piece("try-3", "tried", Garment("knit", silhouette="oversized"), "jersey", ("#8A2B3C",), "tried"),
        Piece("try-4", "tried", Garment("trousers", silhouette="wide_leg"), "plain_weave", ("#20262E",), "tried"),
    )
    found = []
    for at, person in enumerate(people(count, seed + 7)):
        person = replace(person, wheelchair=False, pose="upright")
        shows = at % 2 == 0
        pixels = dressed(person, [robe] if shows else [tee, slim], Ways(), SIZE)
        try:
            seen = body_in(pixels, None, person.stature, person.size)
            found.append((shows, try_on(seen, tried if shows else wide).sticker))
        except InputError:
            found.append((shows, False))
    return found
