"""Figures are the size that was asked, stand on the floor, and carry the landmarks on which garments drape."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lib.atelier.figures import HAIRS, LAYERS, MONK, POSES, PROSTHESES, SIZES, Person, figure, measures, png, svg
from lib.atelier.figures.sizes import half_width
from lib.atelier.figures.strokes import curve, pen
from lib.errors import InputError

people = st.builds(
    Person, size=st.sampled_from(SIZES), tone=st.integers(1, 10), age=st.integers(18, 95), hair=st.sampled_from(HAIRS),
    pose=st.sampled_from(POSES), wheelchair=st.booleans(), prosthesis=st.sampled_from(PROSTHESES),
    stature=st.floats(145, 198),
)  # fmt: skip
PAIRS = ("neck", "shoulder", "underarm", "bust", "waist", "hips", "elbow", "wrist", "hand", "knee", "ankle")
NUMBERS = re.compile(r"-?\d+\.\d+ -?\d+\.\d+")


@settings(max_examples=40, deadline=None)
@given(people)
def test_every_person_is_drawn_within_the_picture_with_all_landmarks(person):
    drawn = figure(person)
    root = ElementTree.fromstring(svg(drawn))
    assert {group.get("id") for group in root} <= set(LAYERS)
    names = {f"{side}_{name}" for side in ("left", "right") for name in PAIRS}
    assert names | {"crown", "chin", "pit_of_neck", "crotch", "floor"} <= set(drawn.landmarks)
    x, y, width, height = drawn.box
    for place in drawn.landmarks.values():
        assert np.isfinite(place).all()
        assert x <= place[0] <= x + width
        assert y <= place[1] <= y + height
    for key in ("head", "body", "hair", "limbs_in_front"):
        for text in drawn.layers[key]:
            points = np.array([pair.split() for pair in NUMBERS.findall(text)], dtype=float)
            assert (points[:, 0] > x - 1).all() and (points[:, 0] < x + width + 1).all()


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("size", [34, 44, 54])
def test_landmarks_run_from_head_to_floor(pose, size):
    marks = figure(Person(size=size, pose=pose)).landmarks
    levels = ["crown", "chin", "left_neck", "left_underarm", "left_bust", "left_under_bust", "left_waist", "left_hips"]
    heights = [marks[level][1] for level in levels]
    assert heights == sorted(heights)
    assert marks["left_knee"][1] < marks["left_ankle"][1] < 0
    assert all(
        marks[f"left_{level}"][0] > marks[f"right_{level}"][0] for level in ("shoulder", "bust", "waist", "hips")
    )


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(SIZES), st.floats(150, 195))
def test_upright_the_body_has_the_stature_and_girths_that_were_asked(size, stature):
    marks = figure(Person(size=size, pose="upright", stature=stature)).landmarks
    body = measures(size, stature)
    assert -marks["crown"][1] == pytest.approx(stature, rel=0.02)
    for level, girth, depth in (("waist", body.waist, (0.70, 0.90)), ("hips", body.hips, (0.60, 0.80))):
        half = (marks[f"left_{level}"][0] - marks[f"right_{level}"][0]) / 2
        assert half_width(girth, depth[1]) <= half <= half_width(girth, depth[0])


def test_a_larger_size_is_wider_everywhere():
    drawn = [figure(Person(size=size, pose="upright")).landmarks for size in SIZES]
    for level in ("shoulder", "bust", "waist", "hips"):
        widths = [marks[f"left_{level}"][0] for marks in drawn]
        assert widths == sorted(widths) and len(set(widths)) == len(widths)


def test_half_width_of_a_circle_is_its_radius():
    assert half_width(2 * np.pi * 10, 1.0) == pytest.approx(10)


@pytest.mark.parametrize("tone", range(1, 11))
def test_the_skin_is_the_tone_of_the_scale(tone):
    drawn = svg(figure(Person(tone=tone)), ["body"])
    assert MONK[tone - 1] in drawn
    assert len(set(MONK)) == 10


def test_a_person_in_a_wheelchair_sits_in_it_and_its_near_wheel_is_in_front():
    drawn = figure(Person(wheelchair=True, pose="walk"))
    assert drawn.layers["wheel"] and drawn.layers["seat"]
    marks = drawn.landmarks
    assert marks["left_hips"][1] > -75
    assert not figure(Person(pose="walk")).layers["wheel"]


@pytest.mark.parametrize("prosthesis", [name for name in PROSTHESES if name != "none"])
def test_a_prosthesis_changes_that_limb_alone(prosthesis):
    plain, made = figure(Person()), figure(Person(prosthesis=prosthesis))
    changed = {key for key in LAYERS if plain.layers[key] != made.layers[key]}
    assert changed == {"body" if prosthesis.endswith("leg") else "limbs_in_front"}
    assert plain.landmarks == made.landmarks


def test_years_show_in_hair_and_face():
    young, old = Person(age=25), Person(age=80)
    assert young.hair_hex != old.hair_hex
    assert len(figure(old).layers["face"]) > len(figure(young).layers["face"])


def test_the_arms_and_feet_end_in_fingers_and_toes():
    """Four fingers and a thumb on each hand are forms of their own."""
    plain = figure(Person(pose="upright"))
    hands = [part for part in plain.layers["limbs_in_front"] if f'fill="{MONK[3]}"' in part]
    assert len(hands) >= 2 * (5 + 1 + 1)


@pytest.mark.parametrize(
    "wrong", [{"size": 33}, {"size": 56}, {"tone": 0}, {"tone": 11}, {"age": 17}, {"age": 120}, {"pose": "split"},
              {"hair": "wig"}, {"prosthesis": "tail"}, {"stature": 20}, {"stature": float("nan")}],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(InputError):
        Person(**wrong)


def test_a_pens_line_tapers_to_its_ends():
    line = curve([(0, 0), (5, 0), (10, 0)], 10)
    outline = pen(line, 1.0)
    upper, lower = outline[: len(line)], outline[len(line) :][::-1]
    across = np.linalg.norm(upper - lower, axis=1)
    assert across[0] == pytest.approx(0, abs=1e-9) and across[-1] == pytest.approx(0, abs=1e-9)
    assert across.max() == pytest.approx(1.0, abs=0.02)


def test_layers_can_be_taken_alone():
    drawn = figure(Person())
    only = ElementTree.fromstring(svg(drawn, ["head", "face"]))
    assert [group.get("id") for group in only] == ["head", "face"]


def test_the_png_shows_the_person_on_white():
    picture = np.asarray(Image.open(io.BytesIO(png(figure(Person(tone=8)), 240))).convert("RGB")).astype(int)
    assert picture.shape[1] == 240
    assert (picture[0, 0] == 255).all()
    skin = np.array([int(MONK[7][k : k + 2], 16) for k in (1, 3, 5)])
    assert (np.abs(picture - skin).max(axis=2) < 6).mean() > 0.04
