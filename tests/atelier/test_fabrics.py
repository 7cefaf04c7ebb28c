"""Tiles continue themselves, keep their scale and palette, repeat by seed, and no kind is mistaken for another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.atelier.colours import lab_from_rgb
from lib.atelier.fabrics import KINDS, Fabric, natural_size, open_tile, tile
from lib.atelier.palettes import Palette
from lib.errors import InputError
from lib.i18n import translate

ALL = sorted(KINDS)
BLUES = Palette.of("#26415E", "#E8E4DC", "#B23A48", "#5F8575", "#E1AD01", "#6E6259")


def grey(image: np.ndarray) -> np.ndarray:
    """Brightness of a picture, 0 to 1."""
    return image[..., :3].astype(float) @ [0.299, 0.587, 0.114] / 255


def step(one: np.ndarray, two: np.ndarray) -> float:
    return float(np.abs(one.astype(float) - two.astype(float)).mean())


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(("resolution", "size"), [(20, 12.0), (31, 10.0)])
def test_opposite_edges_continue_each_other(kind, resolution, size):
    """The step over the seam is one that occurs between neighbours inside the tile too."""
    image = tile(Fabric(kind, BLUES), resolution, size, seed=5)
    for turned in (image, image.transpose(1, 0, 2)):
        within = sorted(step(turned[:, at], turned[:, at + 1]) for at in range(turned.shape[1] - 1))
        assert step(turned[:, -1], turned[:, 0]) <= within[-1] * 1.12 + 0.5


def test_a_tile_that_does_not_continue_is_noticed():
    """The measure above tells: a drawn tile cut short has a seam."""
    image = tile(Fabric("floral", BLUES), 20, 12)[:, :200]
    within = sorted(step(image[:, at], image[:, at + 1]) for at in range(199))
    assert step(image[:, -1], image[:, 0]) > within[-1] * 1.12 + 0.5


@pytest.mark.parametrize("kind", ALL)
def test_the_same_seed_gives_the_same_tile_and_another_seed_another(kind):
    fabric = Fabric(kind, BLUES)
    once, again = tile(fabric, 16, 10, seed=2), tile(fabric, 16, 10, seed=2)
    assert np.array_equal(once, again)
    if kind not in ("dot",):
        assert not np.array_equal(once, tile(fabric, 16, 10, seed=3))


@pytest.mark.parametrize("kind", ALL)
def test_twice_the_resolution_is_the_same_cloth_seen_closer(kind):
    """Averaged back to the coarser pixels, the finer tile agrees with the coarser one."""
    size = 2 * KINDS[kind].scale_cm if KINDS[kind].scale_cm > 1 else 24 * KINDS[kind].scale_cm
    fabric = Fabric(kind, BLUES)
    coarse = tile(fabric, 96 / size, size, seed=1)
    fine = tile(fabric, 192 / size, size, seed=1)
    averaged = grey(fine).reshape(96, 2, 96, 2).mean((1, 3))
    assert np.corrcoef(averaged.ravel(), grey(coarse).ravel())[0, 1] > 0.8
    assert abs(averaged.mean() - grey(coarse).mean()) < 0.03


#: Kinds whose repeat shows in a row of pixels, and how many of their scales make one.
PERIODS = {
    "stripe": 1,
    "check": 1,
    "tartan": 1,
    "houndstooth": 1,
    "dot": 1,
    "corduroy": 1,
    "rib_knit": 4,
    "cable_knit": 1,
    "floral": 1,
    "paisley": 1,
    "lace": 1,
    "denim": 4,
    "jersey": 1,
}


def period(profile: np.ndarray, least: float, most: float) -> float:
    """The shift, in pixels, between ``least`` and ``most`` at which rows agree best with themselves, wrapped."""
    held = profile - profile.mean(axis=-1, keepdims=True)
    power = (np.abs(np.fft.rfft(held, axis=-1)) ** 2).sum(axis=0)
    agreement = np.fft.irfft(power, profile.shape[-1])
    shifts = np.arange(round(least), round(most) + 1)
    return float(shifts[np.argmax(agreement[shifts])])


@pytest.mark.parametrize("kind", sorted(PERIODS))
@pytest.mark.parametrize("pixels_a_repeat", [36, 60])
def test_the_repeat_is_as_large_as_said_at_two_resolutions(kind, pixels_a_repeat):
    scale = KINDS[kind].scale_cm * PERIODS[kind]
    resolution = pixels_a_repeat / scale
    image = grey(tile(Fabric(kind, BLUES), resolution, scale * 6, seed=1))
    found = period(image, 0.6 * pixels_a_repeat, 1.6 * pixels_a_repeat)
    assert found / resolution == pytest.approx(scale, rel=0.04)


@pytest.mark.parametrize("kind", ["stripe", "houndstooth", "floral", "jersey"])
def test_a_scale_that_is_asked_for_is_drawn(kind):
    wanted = KINDS[kind].scale_cm * 1.7
    image = grey(tile(Fabric(kind, BLUES, wanted), 48 / wanted, wanted * 6))
    assert period(image, 30, 75) / (48 / wanted) == pytest.approx(wanted, rel=0.04)


def chroma_off(image: np.ndarray, palette: Palette) -> np.ndarray:
    """For each pixel, how far its a*, b* lie from the nearest mixture of two palette colours, darkened or not."""
    seen = lab_from_rgb(image.reshape(-1, 3))[:, 1:]
    shades = [palette.rgb * dark for dark in (1.0, 0.7, 0.45, 0.2)]
    known = lab_from_rgb(np.vstack(shades))[:, 1:]
    mixes = np.vstack([a + part * (b - a) for a in known for b in known for part in (0, 0.25, 0.5, 0.75)])
    mixes = np.unique(mixes.round(1), axis=0)
    return np.min(np.linalg.norm(seen[:, None] - mixes[None], axis=-1), axis=1)


@pytest.mark.parametrize("kind", ALL)
def test_only_the_palettes_hues_are_in_the_cloth(kind):
    """Red and blue in, no green or yellow out, whatever light and gloss do."""
    palette = Palette.of("#A6192E", "#26415E", "#7A5560", "#3A2A50", "#8A3050", "#55305A")
    image = tile(Fabric(kind, palette), 16, 10, seed=1)[::3, ::3]
    off = chroma_off(image, palette)
    assert np.quantile(off, 0.95) < 12
    assert np.median(off) < 6


@pytest.mark.parametrize("kind", ALL)
def test_the_first_colour_leads_and_the_kinds_other_colours_are_there(kind):
    colours = KINDS[kind].colours
    palette = Palette.of("#D02020", "#2040C0", "#20A040", "#D0B020", "#8020A0", "#20A0A0")
    image = tile(Fabric(kind, palette), 20, 12, seed=2)
    far = np.linalg.norm(
        lab_from_rgb(image.reshape(-1, 3)[::7])[:, None, 1:] - lab_from_rgb(palette.rgb)[None, :, 1:], axis=-1
    )
    shares = np.bincount(far.argmin(axis=1), minlength=6) / len(far)
    assert (shares[: min(colours, 2)] > 0.04).all()
    assert (shares[:colours] > 0.0008).all(), shares


@pytest.mark.parametrize("kind", ALL)
def test_one_colour_is_enough(kind):
    """A short palette goes on in tints: still one hue."""
    image = tile(Fabric(kind, Palette.of("#2F6F73")), 12, 12)
    lab = lab_from_rgb(image.reshape(-1, 3))
    coloured = lab[np.hypot(lab[:, 1], lab[:, 2]) > 12]
    hue = np.degrees(np.arctan2(coloured[:, 2], coloured[:, 1])) % 360
    assert np.std(hue) < 15
    assert grey(image).std() > 0.004


def statistics(image: np.ndarray) -> np.ndarray:
    """Simple texture statistics: contrast, skew, colourfulness, and the spectrum's energy by band and direction."""
    bright = grey(image)
    held = bright - bright.mean()
    power = np.abs(np.fft.fft2(held)) ** 2
    down, across = np.meshgrid(np.fft.fftfreq(len(bright)), np.fft.fftfreq(len(bright)), indexing="ij")
    radius, angle = np.hypot(down, across), np.degrees(np.arctan2(down, across)) % 180
    bands = [0.004, 0.012, 0.025, 0.05, 0.09, 0.15, 0.25, 0.75]
    energy = [
        power[(radius >= low) & (radius < high) & (np.abs((angle - turn + 90) % 180 - 90) <= 22.5)].sum()
        for low, high in pairwise(bands)
        for turn in (0, 45, 90, 135)
    ]
    spread = held.std()
    chroma = lab_from_rgb(image.reshape(-1, 3)[::11])[:, 1:].std(axis=0) / 20
    shares = np.log10(np.array(energy) / power.sum() + 1e-4)
    return np.concatenate([shares, [4 * np.log10(spread), (held**3).mean() / spread**3], chroma])


def test_each_kind_is_told_apart_from_every_other():
    """Nearest kind by statistics of two tiles, asked of tiles with seeds that it has not seen: none is mistaken."""
    known = {
        kind: np.mean([statistics(tile(Fabric(kind, BLUES), 32, 10, seed)) for seed in (1, 2)], axis=0) for kind in ALL
    }
    mistaken = []
    for kind in ALL:
        for seed in (11, 12):
            asked = statistics(tile(Fabric(kind, BLUES), 32, 10, seed))
            nearest = min(known, key=lambda name: float(np.linalg.norm(asked - known[name])))
            if nearest != kind:
                mistaken.append((kind, nearest))
    assert mistaken == []


def test_lace_is_open_and_nothing_else_is():
    for kind in ALL:
        alpha = open_tile(Fabric(kind, BLUES), 20, 12)[..., 3]
        assert (alpha.min() < 60 and alpha.max() > 240) if kind == "lace" else (alpha == 255).all()


def test_what_is_behind_lace_is_the_second_colour():
    lace = Palette.of("#FAF9F6", "#A6192E")
    red = lab_from_rgb(tile(Fabric("lace", lace), 40, 12).reshape(-1, 3))[:, 1]
    assert (red > 40).mean() > 0.1


def test_a_fabric_of_no_known_kind_is_refused_with_those_that_are_known():
    with pytest.raises(InputError) as caught:
        Fabric("gold brick", BLUES)
    assert "denim" in caught.value.text("en")


@pytest.mark.parametrize("scale", [0.0, -1.0, 201.0])
def test_a_scale_out_of_range_is_refused(scale):
    with pytest.raises(InputError):
        Fabric("dot", BLUES, scale)


@pytest.mark.parametrize(("resolution", "size"), [(1, 4.0), (500, 16.0), (64, 1.0)])
def test_a_tile_that_cannot_be_is_refused(resolution, size):
    with pytest.raises(InputError):
        tile(Fabric("floral", BLUES), resolution, size)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ALL), st.integers(4, 24), st.integers(0, 2**40), st.integers(1, 7))
def test_any_palette_seed_and_resolution_gives_a_square_of_its_size(kind, resolution, seed, colours):
    palette = Palette.of(*["#123456", "#FFFFFF", "#000000", "#ABCDEF", "#FF0000", "#00FF00", "#888888"][:colours])
    image = tile(Fabric(kind, palette), resolution, 12, seed)
    assert image.shape == (12 * resolution, 12 * resolution, 3)
    assert image.dtype == np.uint8


@pytest.mark.parametrize("kind", ALL)
def test_a_natural_tile_holds_whole_repeats_and_is_not_tiny(kind):
    fabric = Fabric(kind, BLUES)
    size = natural_size(fabric)
    assert size / fabric.scale == pytest.approx(round(size / fabric.scale))
    assert size >= 12


def test_every_kind_has_a_name_in_french():
    for kind in KINDS.values():
        assert translate(kind.label, "fr")
    assert translate(KINDS["houndstooth"].label, "fr") == "pied-de-poule"
