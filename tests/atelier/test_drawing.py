"""Paths, and the SVG and PNG that they become."""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib.atelier.drawing import Path, Pen, Tile, box, element, ellipse, inside, line, png, smooth, title, whole
from lib.errors import InputError

number = st.floats(-200, 200, allow_nan=False).map(lambda value: round(value, 3))
points = st.lists(st.tuples(number, number), min_size=2, max_size=8)


@given(points)
def test_a_smooth_curve_passes_through_its_points(places):
    curve = smooth(places)
    sampled = curve.sampled(4)
    assert np.allclose(sampled[::4], places)


@given(points)
def test_mirroring_and_reversing_twice_changes_nothing(places):
    curve = smooth(places)
    assert np.allclose(curve.mirrored().mirrored().sampled(), curve.sampled())
    assert np.allclose(curve.reversed().sampled(), curve.sampled()[::-1], atol=1e-6)


@given(points)
def test_a_whole_is_closed_and_mirrors_itself(places):
    half = line((0, 0), *places, (0, 250))
    outline = whole(half)
    assert outline.closed
    assert outline.end == outline.start
    left, _top, right, _bottom = outline.bounds()
    assert left == pytest.approx(-right)


def test_an_ellipse_has_an_ellipses_area_and_a_box_a_boxs():
    assert ellipse(3, 4, 5, 2).area() == pytest.approx(np.pi * 10, rel=4e-3)
    assert box(0, 0, 4, 3).area() == pytest.approx(12)
    assert box(0, 0, 4, 3, 1).area() == pytest.approx(12 - (4 - np.pi), rel=5e-3)


def test_a_parallel_keeps_its_distance():
    arc = Pen(0, 0).bow(20, 0, 4).path()
    beside = arc.beside(1.5).sampled(8)
    gaps = np.hypot(*(beside[:, None] - arc.sampled(40)[None]).transpose(2, 0, 1)).min(axis=1)
    assert np.all(np.abs(gaps - 1.5) < 0.12)


def test_a_part_lies_on_the_whole():
    arc = Pen(0, 0).curve((5, 9), (12, -8), (20, 3)).path()
    part = arc.part(0.2, 0.7).sampled(6)
    gaps = np.hypot(*(part[:, None] - arc.sampled(200)[None]).transpose(2, 0, 1)).min(axis=1)
    assert gaps.max() < 0.25


def test_inside_follows_the_even_odd_rule():
    ring = box(0, 0, 10, 10).sampled(3)
    found = inside(np.array([[5.0, 5.0], [11.0, 5.0], [-1.0, 5.0], [0.5, 9.5]]), ring)
    assert found.tolist() == [True, False, False, True]


def test_a_straight_line_is_written_as_one():
    assert line((0, 0), (10, 0)).close().d() == "M0 0L10 0L0 0Z"
    assert "C" in smooth([(0, 0), (5, 5), (10, 0)]).d()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_text_and_attributes_cannot_break_out(text):
    root = ElementTree.fromstring(element("g", {"id": text}, title(text)))
    assert root.get("id") == text
    assert (root[0].text or "") == text


def square(colour: str = "#ff0000") -> str:
    return element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "width": 40, "height": 20, "viewBox": "0 0 4 2"},
        element("path", {"d": box(1, 0.5, 1, 1).d(), "fill": colour}),
    )


def test_png_has_the_width_asked_for_on_white():
    picture = Image.open(io.BytesIO(png(square(), 400))).convert("RGB")
    assert picture.size == (400, 200)
    assert picture.getpixel((150, 100)) == (255, 0, 0)
    assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("width", [0, -5, 15, 8193])
def test_a_width_that_makes_no_picture_is_refused(width):
    with pytest.raises(InputError, match="16 to 8192"):
        png(square(), width)


@pytest.mark.parametrize("text", ["", "no svg", "<svg", "<html></html>"])
def test_what_is_no_svg_is_refused_with_the_fix(text):
    with pytest.raises(InputError, match="readable SVG"):
        png(text, 100)


def test_a_tile_becomes_a_png_inside_the_svg_and_knows_its_mean():
    pixels = np.zeros((10, 20, 3), dtype=np.uint8)
    pixels[:, 10:] = (200, 100, 50)
    tile = Tile(pixels, width_cm=4)
    assert tile.height_cm == 2
    assert tile.mean() == "#643219"
    head, data = tile.uri().split(",")
    assert head == "data:image/png;base64"
    assert np.array_equal(np.array(Image.open(io.BytesIO(base64.b64decode(data))))[2:-2, 2:-2], pixels)
    assert tile.box() == pytest.approx((-0.4, -0.4, 4.8, 2.8))
    assert tile.at(2).pixels.shape == (4, 8, 3)
    assert tile.at(2).mean() == tile.mean()
    assert tile.at(50) is tile


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (0, 4, 3)])
def test_an_array_that_is_no_picture_is_refused(shape):
    with pytest.raises(InputError, match="another fabric"):
        Tile(np.zeros(shape, dtype=np.uint8), 2)


def test_a_path_without_curves_ends_where_it_starts():
    assert Path((1, 2), ()).end == (1, 2)
