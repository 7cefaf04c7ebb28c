"""Ideas drawn: what is asked for is seen, and what the atelier can't draw is told."""

from __future__ import annotations

import datetime as dt
import io
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from lib.atelier.garments import KINDS
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.merchandising.product_ideation.cloth import FABRICS, HEX, PRINTS, colour_hex
from lib.merchandising.product_ideation.drawing import PAGE, draw
from lib.merchandising.product_ideation.feasible import GARMENTS, can_be_made, garment_of, suits
from lib.merchandising.product_ideation.samples import sample_codes, sample_styles
from lib.merchandising.product_ideation.vector import vector
from lib.vocabulary import concepts

DRESS = {"category": "dress", "cut": "a_line", "length": "midi", "neckline": "v_neck", "sleeve": "short_sleeves"}


def pixels(genome):
    return np.asarray(Image.open(io.BytesIO(draw(genome))).convert("RGB")).astype(int)


def test_the_colour_asked_for_is_the_colour_drawn():
    for colour in ("sage", "burgundy"):
        wanted = np.array([int(colour_hex(colour)[at : at + 2], 16) for at in (1, 3, 5)])
        shown = pixels({**DRESS, "fabric": "crepe", "colour": colour, "pattern": "plain"})
        cloth = shown[(np.abs(shown - 250).sum(axis=2) > 60)]
        assert np.abs(np.median(cloth, axis=0) - wanted).max() < 40


def test_a_print_is_seen():
    plain = pixels({**DRESS, "fabric": "crepe", "colour": "navy", "pattern": "plain"})
    dots = pixels({**DRESS, "fabric": "crepe", "colour": "navy", "pattern": "dots"})
    assert plain.shape == dots.shape == (PAGE[1], PAGE[0], 3)
    inside = np.s_[180:380, 250:340]
    assert dots[inside].std() > 2 * plain[inside].std()


def test_a_print_does_not_replace_its_cloth():
    lace = {**DRESS, "fabric": "lace", "colour": "sage"}
    printed = {**lace, "pattern": "floral"}
    assert np.abs(pixels(printed) - pixels({**printed, "fabric": "crepe"})).mean() > 1
    assert np.abs(pixels(printed) - pixels(lace)).mean() > 1


@pytest.mark.parametrize(("colour", "fabric"), [("ivory", "lace"), ("navy", "denim"), ("black", "tweed")])
def test_the_second_colour_does_not_swamp_the_one_asked_for(colour, fabric):
    wanted = np.array([int(colour_hex(colour)[at : at + 2], 16) for at in (1, 3, 5)])
    shown = pixels({**DRESS, "fabric": fabric, "colour": colour, "pattern": "plain"})[180:380, 250:340].reshape(-1, 3)
    assert np.abs(np.median(shown, axis=0) - wanted).max() < 45


def test_a_longer_length_is_drawn_longer():
    heights = []
    for length in ("mini", "knee", "midi", "maxi"):
        rows = (np.abs(pixels({**DRESS, "length": length, "colour": "navy"})[:, :560] - 250).sum(axis=2) > 60).any(
            axis=1
        )
        heights.append(int(rows.sum()))
        assert rows[: PAGE[1] // 8].any()  # they hang from one line
    assert heights == sorted(heights) and all(longer - shorter > 25 for shorter, longer in pairwise(heights))


def test_the_same_idea_is_the_same_picture():
    genome = {**DRESS, "fabric": "linen", "colour": "sage"}
    assert draw(genome) == draw(dict(reversed(genome.items())))


def test_options_reach_the_garment():
    garment = garment_of({**DRESS, "closure": "buttons"})
    assert (garment.kind, garment.silhouette, garment.length, garment.neckline) == ("dress", "a_line", "midi", "v_neck")
    assert (garment.sleeve, garment.closure) == ("short_sleeves", "buttons")
    assert garment_of({"category": "blazer", "neckline": "peak_lapels"}).collar == "peak_lapels"


def test_every_style_of_the_sample_can_be_drawn():
    assert all(garment_of(style.genome) is not None for style in sample_styles())


def test_a_category_that_the_atelier_does_not_know_has_no_picture():
    assert draw({"category": "umbrella", "colour": "navy"}) is None
    assert can_be_made({"category": "umbrella"}) and suits("umbrella", "cut", "anything")


def test_what_excludes_each_other_cannot_be_made():
    assert not can_be_made({"category": "dress", "neckline": "strapless", "sleeve": "long_sleeves"})
    assert can_be_made({"category": "dress", "neckline": "v_neck", "sleeve": "long_sleeves"})
    assert not can_be_made({"category": "dress", "cut": "wrap_cut", "neckline": "band_collar"})
    assert can_be_made({"category": "dress", "cut": "wrap_cut", "neckline": "v_neck"})


@pytest.mark.parametrize(
    ("category", "attribute", "value", "does"),
    [
        ("jumper", "fabric", "canvas", False), ("shirt", "fabric", "canvas", True),
        ("jumper", "fabric", "cashmere", True), ("trousers", "cut", "a_line", False),
        ("dress", "neckline", "band_collar", True), ("skirt", "sleeve", "long_sleeves", False),
        ("dress", "colour", "cobalt", True), ("trousers", "cut", "straight_fit", True),
    ],
)  # fmt: skip
def test_a_partners_value_comes_only_where_it_can_be(category, attribute, value, does):
    assert suits(category, attribute, value) is does


def test_the_tables_name_what_is_there():
    from lib.atelier.fabrics import KINDS as CLOTHS

    assert set(FABRICS.values()) | set(PRINTS.values()) <= set(CLOTHS)
    assert set(GARMENTS.values()) <= set(KINDS)
    assert all(len(colour_hex(one.id)) == 7 for one in concepts("colour"))
    assert set(HEX) <= {one.id for one in concepts("colour")}
    known = {one.id for one in concepts("colour")}
    used = {style.genome["colour"] for style in sample_styles() if "colour" in style.genome}
    assert used | {code.value for code in sample_codes() if code.attribute == "colour"} <= known


@pytest.mark.parametrize("pattern", ["plain", "dots", "cable_knit"])
def test_an_idea_is_a_layered_svg_that_says_where_it_comes_from(pattern):
    genome = {**DRESS, "fabric": "crepe", "colour": "navy", "pattern": pattern}
    drawn = vector(genome)
    root = ElementTree.fromstring(drawn)
    named = {one.get("id") for one in root.iter() if one.get("id")}
    assert {"front", "back"} <= named and any("sleeve" in name for name in named)
    assert "<script" not in drawn and "http://www.w3.org/2000/svg" in drawn
    where = Provenance("atelier", "", "run-1", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), SourceType.ALGORITHMIC)
    said = with_provenance(drawn.encode(), "image/svg+xml", where)
    assert b"run-1" in said and b"DigitalSourceType" in said
    ElementTree.fromstring(said)


def test_no_svg_of_what_the_atelier_does_not_draw():
    assert vector({"category": "umbrella"}) is None
