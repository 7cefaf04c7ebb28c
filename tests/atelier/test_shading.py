"""Shading reads as cloth: folds by weight, edges that round, gloss where the cloth shines, nothing outside."""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.fabrics import KINDS, Fabric
from lib.atelier.palettes import Palette
from lib.atelier.shading import dress, lay, readable, shade
from lib.errors import InputError

RESOLUTION = 6.0


def skirt(height: int = 360, width: int = 420) -> np.ndarray:
    """A flared skirt's mask: 25 cm wide at the waist, 60 cm at the hem, 50 cm long."""
    down, across = np.mgrid[:height, :width]
    part = (down - 30) / 300
    half = (75 + 105 * part.clip(0, 1)).astype(int)
    return (part >= 0) & (part < 1) & (np.abs(across - width // 2) < half)


def rows(light: np.ndarray, at: float) -> np.ndarray:
    """The light along one row of the skirt, away from its edges."""
    row = 30 + int(300 * at)
    half = int((75 + 105 * at) * 0.8)
    return light[row, 210 - half : 210 + half]


def turns(line: np.ndarray, least: float = 0.04) -> int:
    """How many times a line goes up and down by more than ``least``."""
    count, low, high, rising = 0, line[0], line[0], True
    for value in line:
        low, high = min(low, value), max(high, value)
        if rising and value < high - least:
            count, rising, low = count + 1, False, value
        elif not rising and value > low + least:
            rising, high = True, value
    return count


def test_folds_open_towards_the_hem():
    light = shade(skirt(), RESOLUTION, KINDS["satin"]).light
    assert rows(light, 0.85).std() > 2 * rows(light, 0.1).std()


def test_fluid_cloth_falls_in_more_folds_than_heavy_cloth():
    satin, denim = (shade(skirt(), RESOLUTION, KINDS[kind]).light for kind in ("satin", "denim"))
    assert turns(rows(satin, 0.8)) > turns(rows(denim, 0.8)) >= 2
    assert rows(satin, 0.8).std() > rows(denim, 0.8).std()


def test_cloth_that_lies_close_folds_less_than_cloth_that_hangs():
    hanging, close, flat = (
        rows(shade(skirt(), RESOLUTION, KINDS["satin"], folds=folds).light, 0.8).std()
        for folds in ("hang", "close", "none")
    )
    assert hanging > close > flat


def test_edges_round_into_shadow_on_the_side_away_from_the_light():
    light = shade(skirt(), RESOLUTION, KINDS["denim"], folds="none").light
    row = 180
    inside = np.flatnonzero(skirt()[row])
    assert light[row, inside[-3]] < light[row, inside[len(inside) // 2]] - 0.15
    assert light[row, inside[3]] > light[row, inside[-3]]


def test_only_cloth_that_shines_has_gloss_to_speak_of():
    satin, tweed = (shade(skirt(), RESOLUTION, KINDS[kind]).gloss for kind in ("satin", "tweed"))
    assert satin.min() >= 0
    assert satin.max() > 10
    assert tweed.max() < 0.1 * satin.max()


def test_no_depth_is_flat():
    light = shade(skirt(), RESOLUTION, KINDS["satin"], depth=0).light
    assert rows(light, 0.5).std() < 0.01


def test_the_same_seed_gives_the_same_folds_and_another_seed_others():
    one, same, other = (shade(skirt(), RESOLUTION, KINDS["linen"], seed=seed).light for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.allclose(one, other, atol=0.05)


def test_folds_are_as_wide_in_centimetres_at_two_resolutions():
    coarse = shade(skirt(), RESOLUTION, KINDS["satin"]).light
    fine = shade(skirt().repeat(2, 0).repeat(2, 1), RESOLUTION * 2, KINDS["satin"]).light
    averaged = fine.reshape(360, 2, 420, 2).mean((1, 3))
    inside = skirt()
    assert np.corrcoef(coarse[inside], averaged[inside])[0, 1] > 0.9


def test_a_cut_is_opaque_inside_and_empty_outside():
    cut = lay(skirt(), Fabric("denim", Palette.of("#26415E", "#E8E4DC")), RESOLUTION)
    assert (cut[..., 3] == np.where(skirt(), 255, 0)).all()
    assert (cut[~skirt()] == 0).all()


def test_a_cut_keeps_the_fabrics_colour():
    cut = lay(skirt(), Fabric("plain_weave", Palette.of("#C35A4A")), RESOLUTION)[skirt()][:, :3].astype(float)
    red, green, blue = np.median(cut, axis=0)
    assert (red, green, blue) == pytest.approx((195, 90, 74), rel=0.2)
    assert red / green == pytest.approx(195 / 90, rel=0.05)


def test_skin_is_seen_through_lace():
    cut = lay(skirt(), Fabric("lace", Palette.of("#1A1A1A")), RESOLUTION)
    assert 0.15 < cut[skirt()][:, 3].mean() / 255 < 0.9


def test_folds_move_what_is_printed_on_the_cloth():
    stripes = Fabric("stripe", Palette.of("#FFFFFF", "#000000"), 6)
    flat, folded = (lay(skirt(), stripes, RESOLUTION, folds=folds)[300, :, 0] for folds in ("none", "hang"))
    inside = skirt()[300]
    assert np.mean((flat > 110) != (folded > 110), where=inside) > 0.02


def test_a_weave_too_fine_to_see_is_drawn_larger_unless_real_scale_is_asked_for():
    denim = Fabric("denim", Palette.of("#26415E", "#E8E4DC"))
    assert readable(denim, RESOLUTION).scale > denim.scale
    assert readable(denim, 200).scale == denim.scale
    dots = Fabric("dot", Palette.of("#26415E", "#E8E4DC"))
    assert readable(dots, RESOLUTION).scale == dots.scale
    seen, real = (
        lay(skirt(), denim, RESOLUTION, folds="none", real_scale=real)[150:200, 180:240, 0] for real in (False, True)
    )
    assert seen.astype(float).std() > 1.5 * real.astype(float).std()


def test_upper_regions_cover_lower_ones_and_throw_a_shadow_on_them():
    lower = skirt()
    upper = np.zeros_like(lower)
    upper[100:140, 170:250] = True
    white, red = (Fabric("plain_weave", Palette.of(value)) for value in ("#F0F0F0", "#C00000"))
    both = dress({"skirt": lower, "pocket": upper}, {"skirt": white, "pocket": red}, RESOLUTION)
    alone = dress({"skirt": lower}, {"skirt": white}, RESOLUTION)
    assert both[120, 210, 0] > 2 * both[120, 210, 1]
    below = np.s_[141:144, 180:250]
    assert both[below][..., :3].mean() < alone[below][..., :3].mean() - 10
    assert (both[..., 3] == alone[..., 3]).all()


def test_a_region_without_a_fabric_stays_open():
    half = skirt()
    half[:, :210] = False
    fabric = Fabric("plain_weave", Palette.of("#C00000"))
    picture = dress({"left": skirt() & ~half, "right": half}, {"right": fabric}, RESOLUTION)
    assert (picture[..., 3] == np.where(half, 255, 0)).all()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_laid_at_a_flats_usual_resolution(kind):
    cut = lay(skirt(), Fabric(kind, Palette.of("#9CAF88", "#FAF9F6")), RESOLUTION)
    assert cut[skirt()][:, :3].astype(float).std() > 2


def test_a_region_of_one_pixel_is_shaded():
    dot = np.zeros((9, 9), dtype=bool)
    dot[4, 4] = True
    assert lay(dot, Fabric("satin", Palette.of("#9CAF88")), RESOLUTION)[4, 4, 3] == 255


def test_an_empty_region_is_refused():
    with pytest.raises(InputError):
        shade(np.zeros((8, 8), dtype=bool), RESOLUTION, KINDS["denim"])


def test_a_drawing_without_any_fabric_is_refused():
    with pytest.raises(InputError):
        dress({"skirt": skirt()}, {}, RESOLUTION)
