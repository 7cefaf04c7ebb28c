"""The demonstration's film: what is in it, that it plays, that it says where it comes from."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.virtual_try_on import film, try_run
from lib.commerce.virtual_try_on.models import MODELS
from tests.commerce.virtual_try_on.rendered import piece

SMALL = (128, 192)
COLOURS = ((200, 30, 40), (30, 160, 60), (40, 60, 190), (230, 220, 40))


def plain(count: int) -> list[film.Pixels]:
    return [np.full((SMALL[1], SMALL[0], 3), COLOURS[at % 4], np.uint8) for at in range(count)]


def read(content: bytes, folder: Path) -> list[film.Pixels]:
    import cv2

    path = folder / "read.mp4"
    path.write_bytes(content)
    opened, frames = cv2.VideoCapture(str(path)), []
    while True:
        there, frame = opened.read()
        if not there:
            return frames
        frames.append(frame[..., ::-1])


def test_the_film_plays_its_frames_in_order_and_says_where_it_comes_from(tmp_path: Path) -> None:
    frames = [one for one in plain(4) for _again in range(3)]
    content = film.film(frames, try_run.provenance(photo=False))
    shown = read(content, tmp_path)
    assert len(shown) == len(frames)
    for wanted, got in zip(frames[1::3], shown[1::3], strict=True):
        assert np.abs(np.median(got.reshape(-1, 3), axis=0) - wanted[0, 0]).max() < 25
    assert content[4:8] == b"ftyp" and b"algorithmicMedia" in content


@given(moves=st.integers(1, 6), stills=st.integers(0, 4))
def test_every_still_stands_long_enough_and_the_end_leads_back_to_the_beginning(moves: int, stills: int) -> None:
    movement = [np.full((4, 4, 3), at, np.uint8) for at in range(moves)]
    shown = [np.full((4, 4, 3), 100 + at, np.uint8) for at in range(stills)]
    frames = film.sequence(movement, shown)
    assert all(sum(one is still for one in frames) == film.HELD for still in shown)
    steps = [int(np.abs(b.astype(int) - a).max()) for a, b in itertools.pairwise(frames)]
    assert not stills or (frames[-1] is movement[0] and max(steps[2 * moves :], default=0) < 30)


def test_a_coat_is_shown_closed_open_and_without_and_nothing_twice() -> None:
    worn = (piece("silk blouse"), piece("wide-leg trousers"), piece("wrap coat"))
    shown = film.stills(MODELS["anna"].person, worn, size=SMALL)
    assert 3 <= len(shown) <= 5
    assert not any(np.array_equal(a, b) for at, a in enumerate(shown) for b in shown[:at])


def test_what_does_not_open_is_still_shown() -> None:
    shown = film.stills(MODELS["anna"].person, (piece("wide-leg trousers"),), size=SMALL)
    assert len(shown) == 1 and shown[0].shape == (SMALL[1], SMALL[0], 3)
