"""Colours against published values, names in two languages, palettes from pictures, harmony and sight."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.atelier.colours import (
    VISIONS,
    Colour,
    colour_list,
    contrast,
    difference,
    find_name,
    lab_from_rgb,
    lch_from_lab,
    nearest_name,
    passes_contrast,
    rgb_from_lab,
    simulate,
)
from lib.atelier.palettes import (
    HARMONIES,
    Palette,
    confused,
    harmony,
    harmony_of,
    palette_from_image,
    scheme,
    seen_by,
)
from lib.errors import InputError
from lib.i18n import use_language

CHANNEL = st.integers(0, 255)
RGB = st.tuples(CHANNEL, CHANNEL, CHANNEL)

#: Rows of the test data of Sharma, Wu and Dalal (2005), table 1: two CIELAB colours and their CIEDE2000.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "two", "published"), SHARMA)
def test_the_difference_of_colours_is_the_published_one(one, two, published):
    assert float(difference(one, two)) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((255, 255, 255), (100.0, 0.0, 0.0)),
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
    ],
)
def test_cielab_of_the_primaries(rgb, lab):
    assert np.allclose(lab_from_rgb(rgb), lab, atol=0.02)


@given(RGB)
def test_cielab_goes_there_and_back(rgb):
    assert np.allclose(rgb_from_lab(lab_from_rgb(rgb)), rgb, atol=0.6)


def test_a_colour_that_no_screen_shows_keeps_hue_and_lightness():
    wanted = np.array([60.0, -20.0, -120.0])
    shown = lab_from_rgb(rgb_from_lab(wanted))
    assert abs(shown[0] - 60) < 0.5
    assert abs(lch_from_lab(shown)[2] - lch_from_lab(wanted)[2]) < 1
    assert lch_from_lab(shown)[1] < lch_from_lab(wanted)[1]


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast_is_wcags(one, two, ratio):
    assert contrast(Colour(one).rgb, Colour(two).rgb) == pytest.approx(ratio, abs=0.01)


def test_the_greys_on_either_side_of_wcags_limit():
    assert passes_contrast((118, 118, 118), (255, 255, 255))
    assert not passes_contrast((119, 119, 119), (255, 255, 255))
    assert passes_contrast((119, 119, 119), (255, 255, 255), large=True)


@pytest.mark.parametrize(
    ("vision", "column"),
    [
        ("protanopia", (0.152286, 0.114503, -0.003882)),
        ("deuteranopia", (0.367322, 0.280085, -0.011820)),
        ("tritanopia", (1.255528, -0.078411, 0.004733)),
        ("protanomaly", (0.458064, 0.092785, -0.007494)),
        ("deuteranomaly", (0.547494, 0.181692, -0.010410)),
        ("tritanomaly", (1.017277, -0.006113, 0.006379)),
    ],
)
def test_red_is_seen_as_machado_publishes(vision, column):
    """The first column of a matrix is what pure red becomes, in linear light."""
    light = np.clip(column, 0, 1)
    expected = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055) * 255
    assert np.abs(simulate((255, 0, 0), vision) - expected).max() <= 0.5


@given(CHANNEL, st.sampled_from(sorted(VISIONS)))
def test_greys_look_the_same_to_everybody(level, vision):
    assert np.abs(simulate((level,) * 3, vision).astype(int) - level).max() <= 1


def test_an_unknown_kind_of_sight_is_refused_with_those_that_are_known():
    with pytest.raises(InputError) as caught:
        simulate((0, 0, 0), "night")
    assert "tritanopia" in caught.value.text("en")


def test_no_two_colours_of_the_list_share_a_value_or_a_name():
    listed = colour_list()
    assert len(listed) >= 200
    for names in (
        [named.hex for named in listed],
        [named.english for named in listed],
        [named.french for named in listed],
    ):
        assert len({name.casefold() for name in names}) == len(listed)


def test_every_name_of_the_list_finds_a_colour_that_bears_it():
    for named in colour_list():
        assert find_name(named.english) == named
        assert named.french.casefold() in {
            name.casefold() for name in (find_name(named.french).french, find_name(named.french).english)
        }


def test_every_colour_of_the_list_is_named_after_itself():
    for named in colour_list():
        assert (
            nearest_name(named.rgb).hex == named.hex
            or difference(lab_from_rgb(named.rgb), lab_from_rgb(nearest_name(named.rgb).rgb)) == 0
        )


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("#9CAF87", "sage", "vert sauge"),
        ("#800021", "burgundy", "bordeaux"),
        ("#1C2B5F", "navy", "bleu marine"),
        ("#FDFDFD", "pure white", "blanc pur"),
    ],
)
def test_a_colour_takes_the_nearest_name_in_both_languages(value, english, french):
    colour = Colour(value)
    assert colour.label("en") == english
    assert colour.label("fr") == french
    with use_language("fr"):
        assert colour.label() == french


def test_a_houses_own_name_is_left_alone():
    assert Colour("#9caf88", "Solène 12").label("fr") == "Solène 12"


def test_short_hex_values_are_read():
    assert Colour("abc").hex == "#AABBCC"


@pytest.mark.parametrize("value", ["", "#12345", "red", "#GGGGGG", "#1234567"])
def test_what_is_no_hex_value_is_refused(value):
    with pytest.raises(InputError):
        Colour(value)


def test_an_empty_palette_is_refused():
    with pytest.raises(InputError):
        Palette(())


def picture(*parts: tuple[str, int]) -> np.ndarray:
    """Columns of colours: hex value and width."""
    line = np.concatenate([np.tile(Colour(value).rgb, (width, 1)) for value, width in parts])
    return np.tile(line[None], (40, 1, 1)).astype(np.uint8)


def test_a_pictures_colours_come_back_with_their_shares():
    found = palette_from_image(picture(("#26415E", 50), ("#E1AD01", 30), ("#FAF9F6", 20)), 3)
    assert [colour.hex for colour in found] == ["#26415E", "#E1AD01", "#FAF9F6"]
    assert found.shares == pytest.approx((0.5, 0.3, 0.2), abs=0.01)


def test_noise_round_three_colours_leaves_three_colours():
    chance = np.random.default_rng(4)
    noisy = picture(("#26415E", 50), ("#C35A4A", 50), ("#F0DCC0", 50)).astype(int) + chance.integers(
        -6, 7, (40, 150, 3)
    )
    found = palette_from_image(noisy.clip(0, 255).astype(np.uint8), 3, seed=1)
    for value in ("#26415E", "#C35A4A", "#F0DCC0"):
        assert min(float(difference(Colour(value).lab, colour.lab)) for colour in found) < 2


def test_a_picture_of_one_colour_gives_one():
    assert len(palette_from_image(picture(("#A6192E", 30)), 5)) == 1


def test_what_is_transparent_does_not_count():
    red_and_hidden = np.dstack([picture(("#FF0000", 10), ("#0000FF", 90)), np.zeros((40, 100), np.uint8)])
    red_and_hidden[:, :10, 3] = 255
    assert [colour.hex for colour in palette_from_image(red_and_hidden, 2)] == ["#FF0000"]


def test_the_same_seed_gives_the_same_palette():
    image = np.random.default_rng(0).integers(0, 256, (300, 300, 3)).astype(np.uint8)
    assert palette_from_image(image, 5, seed=3) == palette_from_image(image, 5, seed=3)


@pytest.mark.parametrize("image", [np.zeros((0, 4, 3)), np.zeros((4, 4)), np.zeros((4, 4, 4), np.uint8)])
def test_what_is_no_picture_is_refused(image):
    with pytest.raises(InputError):
        palette_from_image(image)


@pytest.mark.parametrize("count", [0, 13])
def test_a_count_out_of_range_is_refused(count):
    with pytest.raises(InputError):
        palette_from_image(picture(("#FF0000", 10)), count)


@pytest.mark.parametrize("kind", sorted(HARMONIES))
def test_a_scheme_turns_hue_as_its_name_says(kind):
    first = Colour("#7A6E9E")
    built = scheme(first, kind, len(HARMONIES[kind]))
    assert built.colours[0] == first
    hue = lch_from_lab(first.lab)[2]
    for colour, turn in zip(built, HARMONIES[kind], strict=True):
        off = (lch_from_lab(colour.lab)[2] - hue - turn + 180) % 360 - 180
        assert abs(off) < 4


def test_an_unknown_harmony_is_refused_with_those_that_are_known():
    with pytest.raises(InputError) as caught:
        scheme(Colour("#FF0000"), "cacophony")
    assert "triadic" in caught.value.text("en")


@given(RGB, RGB)
def test_harmony_is_mutual_and_bounded(one, two):
    first, second = Colour.of(one), Colour.of(two)
    assert harmony_of(first, second) == pytest.approx(harmony_of(second, first))
    assert -2 < harmony_of(first, second) < 2


def test_what_ou_and_luo_found_to_go_together_does():
    """Their findings: near hues above opposed ones, different lightness above equal, light pairs above dark ones."""
    navy, sky, orange = Colour("#14213D"), Colour("#B0D7EE"), Colour("#FF7F00")
    assert harmony_of(navy, sky) > harmony_of(Colour("#6E2A8C"), orange)
    assert harmony_of(Colour("#B0D7EE"), Colour("#C5E1A5")) > harmony_of(Colour("#2A2B00"), Colour("#3D002F"))
    assert harmony(Palette.of("#B0D7EE")) == 0


def test_red_and_green_of_one_lightness_are_confused_without_green_cones():
    palette = Palette.of("#B23A48", "#5F7A3A", "#FAF9F6")
    assert confused(palette) == []
    pairs = confused(palette, "deuteranopia", least=20)
    assert [(one.hex, two.hex) for one, two in pairs] == [("#B23A48", "#5F7A3A")]


def test_a_palette_seen_otherwise_keeps_its_names():
    palette = Palette.of("#B23A48", "#5F7A3A")
    seen = seen_by(palette, "deuteranopia")
    assert [colour.name for colour in seen] == [colour.name for colour in palette]
    assert all(one.hex != two.hex for one, two in zip(seen, palette, strict=True))


def test_listed_colours_are_told_apart():
    """No two lie nearer than an eye can tell: a name would be chance."""
    lab = lab_from_rgb([named.rgb for named in colour_list()])
    near = [
        (colour_list()[one].english, colour_list()[two].english)
        for one, two in combinations(range(len(lab)), 2)
        if difference(lab[one], lab[two]) < 1.0
    ]
    assert near == []
