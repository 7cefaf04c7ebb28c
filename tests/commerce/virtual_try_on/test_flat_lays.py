"""Flat-lays: cut out, read, worn; a patterned ground and a picture without a garment."""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.figures import Person
from lib.atelier.garments import Garment
from lib.commerce.virtual_try_on.cutting import cut
from lib.commerce.virtual_try_on.dressing import dressed
from lib.commerce.virtual_try_on.flat_lays import Laid
from lib.errors import InputError
from tests.commerce.virtual_try_on.rendered import laid

KINDS = (
    Garment("t_shirt"),
    Garment("shirt"),
    Garment("coat"),
    Garment("trousers"),
    Garment("skirt"),
    Garment("dress", sleeve="sleeveless"),
)


@pytest.mark.parametrize("garment", KINDS, ids=lambda garment: garment.kind)
def test_each_kind_is_cut_out_read_and_worn_in_its_own_colour(garment: Garment) -> None:
    made = cut(laid(garment))
    assert not made.patterned
    own = Laid(made.picture, garment.kind, "mine", "abcdefgh")
    picture = dressed(Person(42, 4, pose="upright"), [own], size=(512, 768))
    red = (picture[..., 0].astype(int) - picture[..., 1] > 40) & (picture[..., 2] < 110)
    assert red.mean() > 0.02


def checked(garment: Garment) -> np.ndarray:
    pixels = laid(garment).astype(int)
    garment_here = (pixels[..., 0] - pixels[..., 1] > 30) & (pixels[..., 2] < 110)
    y, x = np.indices(garment_here.shape)
    board = np.where(((y // 24 + x // 24) % 2 == 0)[..., None], (225, 222, 214), (60, 92, 120))
    return np.where(garment_here[..., None], pixels, board).astype(np.uint8)


def test_a_patterned_ground_is_said_to_be_one() -> None:
    assert cut(checked(Garment("trousers"))).patterned


def test_a_rectangle_and_strokes_override_the_cut() -> None:
    pixels = laid(Garment("t_shirt"))
    height, width = pixels.shape[:2]
    whole = cut(pixels).picture[..., 3]
    upper = cut(pixels, rectangle=(0, 0, width, height // 2)).picture[..., 3]
    assert upper.shape[0] < 0.75 * whole.shape[0]
    drop = np.zeros((height, width), bool)
    drop[height // 3 : height // 2, width // 3 : 2 * width // 3] = True
    assert (cut(pixels, drop=drop).picture[..., 3] > 127).sum() < 0.95 * (whole > 127).sum()


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_picture_of_nothing_is_refused(value: int) -> None:
    with pytest.raises(InputError, match="No garment"):
        cut(np.full((400, 300, 3), value, np.uint8))


def test_what_has_no_legs_is_not_read_as_trousers() -> None:
    made = cut(laid(Garment("skirt", "pencil_cut")))
    with pytest.raises(InputError, match="outline"):
        _ = Laid(made.picture, "trousers", "mine", "x").contour
