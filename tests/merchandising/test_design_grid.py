"""A grid: near to the brief, unlike each other, the same for the same seed; several inputs decide in a told order."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.atelier.fabrics import KINDS as FABRICS
from lib.atelier.garments import KINDS, SIZES
from lib.errors import InputError
from lib.merchandising.sketch_to_design import drawing, house
from lib.merchandising.sketch_to_design.board import read_board
from lib.merchandising.sketch_to_design.checks import DIFFERS, OVERRULED, Judged, judge
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.grid import alike, changes, grid, near
from lib.merchandising.sketch_to_design.joining import BoardSays, Fields, join
from lib.merchandising.sketch_to_design.measuring import measured, sizes_beside
from lib.merchandising.sketch_to_design.textures import hints, reference
from lib.merchandising.sketch_to_design.wish import PieceWish
from lib.merchandising.sketch_to_design.words import read_words

SAGE = "robe midi en lin vert sauge, encolure carrée, poches"


def brief_of(text: str = SAGE):
    return join(read_words(text).pieces[0])


def test_the_first_variant_is_what_was_asked_for():
    first = grid(brief_of(), 9)[0]
    assert (first.cloth, first.pattern, first.colours[0]) == ("linen", "", "#9CAF88")
    assert (first.garment.length, first.garment.neckline, first.garment.pockets) == (
        "midi",
        "square_neck",
        "patch_pockets",
    )


@pytest.mark.parametrize("text", [SAGE, "a coat", "jupe écossaise rouge et vert bouteille", "sac cabas en cuir cognac"])
@pytest.mark.parametrize("count", [4, 9, 16])
def test_a_grid_has_the_asked_number_of_different_variants(text, count):
    designs = grid(brief_of(text), count)
    assert len({one.id for one in designs}) == len(designs) == count
    assert not [pair for pair in combinations(designs, 2) if alike(*pair)]
    assert len({(one.cloth, one.pattern, one.colours[:3], one.scale) for one in designs}) == count


def test_a_colour_that_was_asked_for_is_seen_in_every_variant():
    for one in grid(brief_of(), 9):
        assert "#9CAF88" in {colour.hex for colour in one.shown}


def test_variants_differ_in_fabric_palette_and_pattern_where_the_brief_leaves_them_open():
    designs = grid(brief_of("a coat"), 9)
    assert len({one.cloth for one in designs}) >= 4
    assert len({one.pattern for one in designs}) >= 3
    assert len({one.colours[0] for one in designs}) >= 5


def test_locked_variants_stay_and_are_not_drawn_twice():
    brief = brief_of()
    before = grid(brief, 9)
    after = grid(brief, 9, locked=before[3:5])
    assert after[:2] == before[3:5]
    assert len({one.id for one in after}) == 9


def test_the_same_seed_gives_the_same_grid_and_reach_changes_it():
    brief = brief_of("a blazer")
    assert grid(brief, 9, 3) == grid(brief, 9, 3)
    assert grid(brief, 9, reach="near") != grid(brief, 9, reach="far")


@pytest.mark.parametrize("count", [3, 17])
def test_a_grid_of_another_size_is_refused_with_the_range(count):
    with pytest.raises(InputError, match=r"4 to 16|\{low\}"):
        grid(brief_of(), count)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=2)
@given(seed=st.integers(0, 1_000))
def test_what_stands_near_a_variant_changes_one_thing_of_it(kind, seed):
    brief = join(PieceWish(kind=kind))
    start = grid(brief, 4)[0]
    others = near(start, brief, 9, seed)
    assert others[0] == start
    assert len(others) > 3
    for one in others[1:]:
        changed = set(changes(start, one))
        assert len(changed) == 1 or changed <= {"fabric", "print", "scale"}


def test_varying_shows_other_cuts_as_well_as_other_cloths():
    brief = brief_of()
    changed = {changes(brief_grid, one)[0] for brief_grid in [grid(brief, 4)[0]] for one in near(brief_grid, brief)[1:]}
    assert {"fabric", "print", "colour"} <= changed
    assert changed & {"neckline", "sleeve", "length", "silhouette", "collar", "closure", "pleats"}


def test_a_sentence_goes_before_a_board_and_the_page_before_both():
    board = BoardSays(palettes=(("#A6192E", "#FAF9F6"),), cloths=("velvet",), patterns=("floral",))
    alone = join(PieceWish(kind="dress"), board)
    assert (alone.cloths[0], alone.palettes[0][0]) == ("velvet", "#A6192E")
    assert {one.by for one in alone.decided if one.attribute in ("fabric", "colour", "print")} == {"board"}
    both = join(read_words(SAGE).pieces[0], board)
    assert (both.cloths[0], both.palettes[0][0]) == ("linen", "#9CAF88")
    assert "#A6192E" in both.palettes[0]
    fields = join(read_words(SAGE).pieces[0], board, fields=Fields(kind="coat", size=44))
    assert (fields.kind, fields.size) == ("coat", 44)


def test_a_sketch_keeps_its_cut_and_what_the_sentence_says_of_it_is_told():
    brief = join(read_words(SAGE).pieces[0], sketch="sample:dress.jpg", sketch_kind="coat")
    assert {one.attribute for one in brief.overruled} == {"length", "neckline", "pockets"}
    assert brief.kind == "dress"  # a sentence that names the garment goes before a guess
    assert join(PieceWish(fabric="tweed"), sketch="x", sketch_kind="coat").kind == "coat"
    findings = judge(Judged(brief, grid(brief, 4)))[0].findings
    assert {finding.values["part"] for finding in findings} == {"length", "neckline", "pockets"}


@pytest.mark.parametrize(
    ("text", "cut", "overruled"),
    [
        ("robe portefeuille", {"closure": "wrap"}, {}),
        ("robe coupe croisée", {"closure": "wrap"}, {}),
        ("manteau croisé", {"closure": "double_breasted"}, {}),
        ("a wrap dress", {"closure": "buttons"}, {"closure": "buttons"}),
        ("a wrap dress", {}, {"closure": ""}),
        ("robe à encolure carrée", {"neckline": "v_neck", "closure": "wrap"}, {"neckline": "v_neck"}),
    ],
)
def test_what_a_sentence_says_of_the_cut_is_compared_with_what_was_read_of_the_sketch(text, cut, overruled):
    brief = join(read_words(text).pieces[0], sketch="x", sketch_cut=cut)
    assert {one.attribute: one.shown for one in brief.overruled} == overruled
    drawn = {part: value for part, value in cut.items() if part in brief.options}
    assert all(brief.options[part] == value for part, value in drawn.items())
    messages = [finding.message for finding in judge(Judged(brief, grid(brief, 4)))[0].findings]
    assert [one for one in messages if "sketch" in one] == [
        DIFFERS if shown else OVERRULED for shown in overruled.values()
    ]


def test_the_checks_object_where_an_option_had_to_give_way_and_where_words_were_lost():
    wish = read_words("robe portefeuille à encolure bateau, à capuche, brimborion")
    brief = join(wish.pieces[0])
    asked, read, *_others = judge(Judged(brief, grid(brief, 4), wish))
    assert [finding.values["value"] for finding in asked.findings] == ["boat_neck"]
    assert [finding.values["words"] for finding in read.findings] == ["capuche", "brimborion"]
    fine = judge(Judged(brief_of(), grid(brief_of(), 4), read_words(SAGE)))
    assert all(result.verdict == "pass" for result in fine[:3])


def test_two_of_the_same_are_found_by_the_checks():
    one = grid(brief_of(), 4)[0]
    results = judge(Judged(brief_of(), [one, one.model_copy(update={"seed": 5})]))
    assert results[2].findings


@pytest.mark.parametrize("kind", KINDS)
def test_the_houses_habits_are_drawable(kind):
    for cloth in house.CLOTHS[kind]:
        assert FABRICS[cloth].family != "print"
        assert cloth in house.NEAR
        assert all(FABRICS[pattern].family == "print" for pattern in house.PATTERNS.get(cloth, ()))


def test_a_picture_fills_its_sheet_with_cloth_and_not_with_an_outline():
    design = grid(brief_of(), 4)[0]
    drawn = drawing.cloth(design, "front", (240, 300))
    inside = drawn[..., 3] > 250
    assert 0.15 < inside.mean() < 0.8
    colours = drawn[inside][:, :3].astype(float)
    assert np.ptp(colours.mean(axis=1)) > 60  # folds and threads, not one tint
    assert colours.mean(axis=0)[1] > colours.mean(axis=0)[2]  # sage is green
    assert drawing.picture(design, "front", (240, 300)).shape == (300, 240, 3)
    assert drawing.plate([drawing.picture(design, "front", (120, 150))] * 5).ndim == 3
    with pytest.raises(InputError):
        drawing.plate([])


def test_the_svg_is_layered_and_refers_to_nothing_outside():
    said = drawing.vector(grid(brief_of(), 4)[0])
    assert "front-layer-body" in said and "back-layer-body" in said
    assert 'href="http' not in said


def test_a_board_gives_its_colours_and_what_it_reminds_of():
    rng = np.random.default_rng(0)
    red = np.full((120, 160, 3), (166, 25, 46), np.uint8)
    stripes = np.where((np.arange(160) // 10 % 2)[None, :, None], (20, 33, 61), (250, 249, 246)).astype(np.uint8)
    board = read_board([red, np.broadcast_to(stripes, (120, 160, 3)), rng.integers(0, 255, (60, 60, 3), np.uint8)])
    says = board.says()
    assert len(board.each) == 3
    assert any(colour.name in ("ruby", "dark red", "brick red") for colour in board.together)
    assert "stripe" in says.patterns
    with pytest.raises(InputError):
        read_board([red] * 13)
    with pytest.raises(InputError):
        read_board([])


def test_textures_of_unseen_palettes_are_proposed_among_the_first_three():
    from lib.atelier.fabrics import Fabric, tile
    from lib.atelier.palettes import Palette

    palette = Palette.of("#6A0DAD", "#FFF6A9", "#1A1A1A", "#009B4D")
    right = 0
    for kind, about in FABRICS.items():
        across = about.scale_cm * (8 if about.scale_cm > 0.5 else 48)
        shown = tile(Fabric(kind, palette), 288 / across, across, seed=5)
        right += kind in {hint.kind for hint in hints(shown)}
    assert right >= 0.7 * len(FABRICS)


def test_the_kept_numbers_of_textures_are_those_of_our_fabrics():
    import json

    from lib.merchandising.sketch_to_design.textures import _PALETTES, FILE

    kept = next(row for row in json.loads(FILE.read_text("utf-8")) if row["kind"] == "dot")
    assert np.allclose(kept["features"], reference("dot", _PALETTES[0], 5), atol=0.02)


@pytest.mark.parametrize("kind", KINDS)
def test_measurements_grow_with_the_size_and_have_tolerances(kind):
    design = Design(kind=kind, cloth=house.CLOTHS[kind][0], colours=("#9CAF88",), size=42)
    lines = measured(design.garment)
    assert lines
    for line in lines:
        values = list(line.values.values())
        assert all(value > 0 for value in values)
        if "flat" in line.name or "Shoulder" in line.name:
            assert values == sorted(values)
        assert line.tolerance > 0
    if kind not in ("bag", "shoe"):
        assert list(lines[0].values) == [40, 42, 44]


def test_the_sizes_beside_the_first_and_last_are_those_that_there_are():
    assert sizes_beside(SIZES[0]) == (34, 36)
    assert sizes_beside(SIZES[-1]) == (52, 54)


def test_a_boards_white_paper_does_not_become_the_ground():
    page = np.full((120, 160, 3), (248, 246, 241), np.uint8)
    page[40:80, 40:110] = (166, 25, 46)
    says = read_board([page]).says()
    assert says.palettes[0][0] != "#F8F6F1"
    assert "#F8F6F1" in {palette[0] for palette in says.palettes}


def test_the_same_picture_twice_counts_once_and_the_smallest_board_has_a_palette():
    red, blue = (np.full((30, 30, 3), rgb, np.uint8) for rgb in ((200, 30, 40), (20, 30, 140)))
    once, often = read_board([red, blue]), read_board([red] * 8 + [blue])
    assert often.says() == once.says()
    assert {colour.hex for colour in often.together.colours} == {"#C81E28", "#141E8C"}
    tiny = read_board([np.full((1, 1, 3), 90, np.uint8)])
    assert [colour.hex for colour in tiny.together.colours] == ["#5A5A5A"]
    assert tiny.says().cloths == ()
    with pytest.raises(InputError):
        read_board([red] * 13)


def test_a_board_of_noise_reminds_of_no_cloth():
    rng = np.random.default_rng(5)
    says = read_board([rng.integers(0, 255, (300, 300, 3), np.uint8)]).says()
    assert not says.cloths
    assert not says.patterns
