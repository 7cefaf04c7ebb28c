"""A product demonstration for one body as an MP4: how the outfit moves, how it opens, the ways to wear it.

VP9 (an open format) in MP4, written by the FFmpeg that comes with OpenCV; browsers and phones since 2020 play it.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on.dressing import dressed
from lib.commerce.virtual_try_on.moving import FRAME, FRAME_MS, STOPPED, three_ways
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, opens, slot_of
from lib.errors import Cancelled, StorageError
from lib.files.provenance import Provenance, packet
from lib.i18n import N_

Pixels = NDArray[np.uint8]
ROUNDS: Final = 2  # how often the movement is shown
HELD: Final = 12  # frames that a still stands
FADE: Final = 5  # frames from one still to the next
#: The box of XMP in MP4 (Adobe, XMP specification part 3, 2020, 1.1.4).
XMP_BOX: Final = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
NO_ENCODER = N_("This installation can’t write MP4 films. Take the moving picture (WebP) instead.")


def stills(
    person: Person,
    pieces: Sequence[Wearable],
    *,
    size: tuple[int, int] = FRAME,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Pixels]:
    """Worn closed and open where it opens, then each way to wear it, each (h, w, 3); what looks alike stands once.

    Raises:
        InputError: as ``dressed``.
        Cancelled: ``cancelled()`` became true.
    """
    wanted = [(tuple(pieces), Ways(open=is_open)) for is_open in (False, True)] if any(map(opens, pieces)) else []
    for way in three_ways(pieces):
        kept = tuple(piece for piece in pieces if slot_of(piece) not in way.without)
        wanted.append((kept or tuple(pieces), way.ways))
    found: list[Pixels] = []
    for worn, ways in wanted:
        if cancelled():
            raise Cancelled(STOPPED)
        picture = dressed(person, worn, ways, size)
        if not any(np.array_equal(picture, one) for one in found):
            found.append(picture)
    return found


def sequence(movement: Sequence[Pixels], shown: Sequence[Pixels]) -> list[Pixels]:
    """The frames of the film: the movement twice, then the stills, each fading into the next and the last into the
    film's beginning."""
    frames = list(movement) * ROUNDS
    around = [movement[-1], *shown, movement[0]] if shown else []
    for before, after in itertools.pairwise(around):
        frames += [_mixed(before, after, step / (FADE + 1)) for step in range(1, FADE + 1)]
        frames += [after] * (HELD if after is not movement[0] else 1)
    return frames


def _mixed(before: Pixels, after: Pixels, share: float) -> Pixels:
    import cv2

    return np.asarray(cv2.addWeighted(before, 1 - share, after, share, 0), np.uint8)


def film(frames: Sequence[Pixels], provenance: Provenance, milliseconds: int = FRAME_MS) -> bytes:
    """Frames (h, w, 3) of one size as an MP4 that says where it comes from.

    Raises:
        StorageError: this machine's OpenCV can't write VP9.
    """
    import cv2

    height, width = frames[0].shape[:2]
    with tempfile.TemporaryDirectory(prefix="toile-film-") as folder:
        path = Path(folder) / "film.mp4"
        writer = cv2.VideoWriter(
            str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"vp09"), 1000 / milliseconds, (width, height)
        )
        if not writer.isOpened():
            raise StorageError(NO_ENCODER)
        for frame in frames:
            writer.write(np.ascontiguousarray(frame[..., ::-1]))
        writer.release()
        content = path.read_bytes()
    said = XMP_BOX + packet(provenance).encode()
    return content + (len(said) + 8).to_bytes(4, "big") + b"uuid" + said
