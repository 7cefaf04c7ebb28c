"""A garment rendered from its flat: every piece in its fabric, nothing outside, seams that can be read."""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.fabrics import Fabric
from lib.atelier.garments import KINDS, Garment, flat
from lib.atelier.palettes import Palette
from lib.atelier.rendering import render
from lib.errors import InputError

RED = Fabric("plain_weave", Palette.of("#C03030"))
BLUE = Fabric("plain_weave", Palette.of("#3050C0"))


def at(picture: np.ndarray, view, point: tuple[float, float], resolution: float) -> np.ndarray:
    """The pixel at a place in centimetres."""
    left, top, _right, _bottom = view.bounds()
    row, column = (round((value + 3) * resolution) for value in (point[1] - top, point[0] - left))
    return picture[row, column]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["front", "back"])
def test_every_garment_is_rendered_on_both_sides(kind, side):
    view = getattr(flat(Garment(kind)), side)
    picture = render(view, {"fabric": RED}, 5)
    left, top, right, bottom = view.bounds()
    assert picture.shape == (round((bottom - top + 6) * 5), round((right - left + 6) * 5), 4)
    assert (picture[:12, :, 3] == 0).all()
    assert (picture[:, :12, 3] == 0).all()
    inside = picture[picture[..., 3] == 255][:, :3].astype(int)
    assert len(inside) > 0.1 * picture.shape[0] * picture.shape[1]
    red = (inside[:, 0] > inside[:, 1] + 25).mean()
    assert red > (0.3 if kind == "shoe" else 0.6)


def test_a_piece_takes_the_fabric_that_its_name_asks_for():
    view = flat(Garment("dress")).front
    picture = render(view, {"fabric": RED, "skirt": BLUE}, 6)
    assert at(picture, view, (3, 25), 6)[0] > at(picture, view, (3, 25), 6)[2] + 40
    assert at(picture, view, (3, 75), 6)[2] > at(picture, view, (3, 75), 6)[0] + 40


def test_the_outline_is_drawn_darker_on_pale_and_lighter_on_dark_cloth():
    view = flat(Garment("t_shirt")).front
    for value, darker in (("#F0EAD6", True), ("#101018", False)):
        picture = render(view, {"fabric": Fabric("plain_weave", Palette.of(value))}, 8).astype(int)
        opaque = picture[..., 3] == 255
        brightness = picture[..., :3].mean(axis=-1)
        middle = np.median(brightness[opaque])
        extreme = np.quantile(brightness[opaque], 0.01 if darker else 0.99)
        assert (extreme < middle - 60) if darker else (extreme > middle + 30)


def test_the_same_seed_gives_the_same_picture():
    view = flat(Garment("skirt")).front
    one, same, other = (render(view, {"fabric": RED}, 5, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_garment_without_a_fabric_is_refused():
    with pytest.raises(InputError):
        render(flat(Garment("skirt")).front, {"lining": RED})


def test_a_picture_too_large_to_draw_is_refused():
    with pytest.raises(InputError):
        render(flat(Garment("coat")).front, {"fabric": RED}, 60)
