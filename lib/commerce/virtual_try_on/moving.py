"""Demonstrations for one body: how an outfit moves, how it opens, and three ways to wear it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on.dressing import dressed
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, can_belt, opens, slot_of
from lib.errors import Cancelled
from lib.i18n import N_

Pixels = NDArray[np.uint8]
FRAME: Final = (512, 768)
FRAME_MS: Final = 110
STOPPED = N_("Stopped by the person who began it.")
#: Moments: (begun pose, pose on the way to, how far, mirrored). Standing: two steps, a hand on each hip.
_STROLL: Final = (
    *(("upright", "walk", share, False) for share in (0.0, 0.35, 0.75, 1.0, 0.75, 0.35)),
    *(("upright", "walk", share, True) for share in (0.0, 0.35, 0.75, 1.0, 0.75, 0.35)),
    *(("upright", "contrapposto", share, False) for share in (0.0, 0.5, 1.0, 1.0, 0.5)),
    *(("upright", "contrapposto", share, True) for share in (0.0, 0.5, 1.0, 1.0, 0.5)),
)
_THERE_AND_BACK: Final = (0.0, 0.3, 0.65, 1.0, 1.0, 0.65, 0.3)
_SEATED: Final = tuple(
    ("seated", pose, share, False) for pose in ("contrapposto", "upright") for share in _THERE_AND_BACK
)


@dataclass(frozen=True)
class Way:
    """One way of wearing an outfit. ``title`` is an English message id."""

    title: str
    ways: Ways
    without: tuple[str, ...] = ()  # slots left off


def moments(person: Person) -> list[Person]:
    """The person in every frame of the sequence, which begins and ends in the same pose."""
    steps = _SEATED if person.wheelchair or person.pose == "seated" else _STROLL
    found = []
    for begun, towards, share, mirrored in steps:
        pose = person.pose if person.wheelchair else begun
        smooth = share * share * (3 - 2 * share)
        found.append(replace(person, pose=pose, towards=towards, step=smooth, mirrored=mirrored))
    return found


def frames(
    person: Person,
    pieces: Sequence[Wearable],
    ways: Ways | None = None,
    *,
    size: tuple[int, int] = FRAME,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Pixels]:
    """The outfit in movement, each frame (h, w, 3). Equal moments are drawn once.

    Raises:
        InputError: as ``dressed``.
        Cancelled: ``cancelled()`` became true.
    """
    drawn: dict[Person, Pixels] = {}
    everyone = moments(person)
    for at, moment in enumerate(everyone):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(at / len(everyone))
        if moment not in drawn:
            drawn[moment] = dressed(moment, pieces, ways, size)
    return [drawn[moment] for moment in everyone]


def animated(pictures: Sequence[Pixels], milliseconds: int = FRAME_MS) -> bytes:
    """Frames as an animated WebP that goes round."""
    from PIL import Image

    images = [Image.fromarray(one) for one in pictures]
    out = io.BytesIO()
    images[0].save(
        out, "WEBP", save_all=True, append_images=images[1:], duration=milliseconds, loop=0, quality=82, method=3
    )
    return out.getvalue()


def three_ways(pieces: Sequence[Wearable]) -> list[Way]:
    """Up to three ways of wearing an outfit that look different, the plainest first."""
    slots = {slot_of(piece): piece for piece in pieces}
    outermost = slots.get("outer") or slots.get("top") or slots.get("whole")
    found: list[Way] = []
    if "outer" not in slots and "top" in slots and "bottom" in slots:  # a coat would hide the difference
        found += [Way(N_("Tucked in"), Ways(True)), Way(N_("Hanging out"), Ways(False))]
    elif outermost is not None and can_belt(outermost):
        found += [Way(N_("Belted"), Ways(belted=True)), Way(N_("Without a belt"), Ways(belted=False))]
    else:
        found.append(Way(N_("As it comes"), Ways()))
    if outermost is not None and opens(outermost) and outermost.kind != "bag":
        found.insert(1, Way(N_("Worn open"), Ways(open=True)))
    if "outer" in slots and len(slots) > 1:
        found.insert(2, Way(N_("Without {what}"), Ways(), ("outer",)))
    if len(found) < 3 and "bag" in slots:
        found.append(Way(N_("Without the bag"), Ways(), ("bag",)))
    return found[:3] or [Way(N_("As it comes"), Ways())]
