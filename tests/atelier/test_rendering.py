"""A garment rendered from its flat: every piece in its fabric, nothing outside, seams that can be read."""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.fabrics import Fabric
from lib.atelier.garments import KINDS, Garment, flat
from lib.atelier.palettes import Palette
from lib.atelier.rendering import grounded, render, render_in
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


def test_folds_stay_visible_in_white_cloth_and_pale_satin_keeps_its_hue():
    view = flat(Garment("dress", silhouette="fit_and_flare")).front
    for kind, colour in (("plain_weave", "#FFFFFF"), ("satin", "#F3E9DC")):
        picture = render(view, {"fabric": Fabric(kind, Palette.of(colour))}, 8)
        seen = picture[picture[..., 3] == 255][:, :3].astype(float)
        assert (seen.min(axis=1) > 252).mean() < 0.02, kind
        assert seen.mean(axis=1).std() > 6, kind
    assert (seen[:, 0] - seen[:, 2]).mean() > 6  # still cream


def test_a_weave_drawn_larger_than_life_is_no_stripe():
    view = flat(Garment("jeans")).front
    picture = render(view, {"fabric": Fabric("denim", Palette.of("#2B3F66"))}, 8)
    box = picture[400:500, 90:140, :3].astype(float).mean(axis=2)
    assert 1 < np.abs(np.diff(box, axis=1)).mean() < 18


def test_lace_lies_over_a_slip_except_in_its_sleeves():
    view = flat(Garment("dress", sleeve="long_sleeves")).front
    fabrics = {"fabric": Fabric("lace", Palette.of("#FFFFFF", "#C01818"))}
    left, top, _right, _bottom = view.bounds()
    picture = render(view, fabrics, 6)
    y, x = (round((value + 3) * 6) for value in (35 - top, 0 - left))
    bodice = picture[y - 20 : y + 20, x - 40 : x + 40]
    assert (bodice[..., 3] == 255).mean() > 0.95
    assert (bodice[..., 0].astype(int) - bodice[..., 1] > 60).any()
    sleeve = next(shape for shape in view.regions if shape.id == "front-sleeve-left").path.sampled().mean(axis=0)
    x, y = (round((value + 3) * 6) for value in (sleeve[0] - left, sleeve[1] - top))
    assert (picture[y - 12 : y + 12, x - 12 : x + 12, 3] < 200).any()


def test_what_is_nearly_white_gets_a_darker_ground_and_a_ground_can_be_asked_for():
    view = flat(Garment("shirt")).front
    white, black = (render(view, {"fabric": Fabric("plain_weave", Palette.of(c))}, 4) for c in ("#FFFFFF", "#101010"))
    assert grounded(white)[0, 0].max() < grounded(black)[0, 0].min()
    assert grounded(white, "#336699")[0, 0].tolist() == [0x33, 0x66, 0x99]


def test_a_view_in_a_frame_of_its_own_lies_where_its_centimetres_say():
    view = flat(Garment("t_shirt")).front
    fabrics = {"fabric": Fabric("jersey", Palette.of("#204080"))}
    alone, framed = render(view, fabrics, 4), render_in(view, fabrics, (-60, -20, 120, 100), 4)
    left, top, _right, _bottom = view.bounds()
    y, x = round((top - 3 + 20) * 4), round((left - 3 + 60) * 4)
    part = framed[y : y + alone.shape[0], x : x + alone.shape[1], 3]
    assert framed.shape == (400, 480, 4)
    assert np.abs(part.astype(int) - alone[: part.shape[0], : part.shape[1], 3]).mean() < 6
    assert (framed[:, :20, 3] == 0).all()
