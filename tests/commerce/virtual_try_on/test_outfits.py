"""What is worn together, in which order and how; the catalogue's pieces; movement; what goes with them."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from lib.atelier.figures import figure
from lib.commerce.virtual_try_on import jobs, moving, try_run
from lib.commerce.virtual_try_on.companions import companions
from lib.commerce.virtual_try_on.dressing import dressed, side_by_side
from lib.commerce.virtual_try_on.inpainting import prompt_of
from lib.commerce.virtual_try_on.models import MODELS, nearest
from lib.commerce.virtual_try_on.opening import opened
from lib.commerce.virtual_try_on.outfits import Ways, front, how_worn, ordered, slot_of, worn_as
from lib.commerce.virtual_try_on.pieces import house_pieces, piece_of
from lib.errors import InputError, NotFound
from tests.commerce.virtual_try_on.rendered import piece

SMALL = (256, 384)


def test_the_catalogue_becomes_garments_and_mens_pieces_and_shoes_stay_out() -> None:
    pieces = house_pieces()
    assert len(pieces) > 200 and {one.department for one in pieces} <= {"women", "unisex", ""}
    assert "shoe" not in {one.kind for one in pieces}
    dress = piece("shirt dress")
    assert (dress.kind, dress.garment.collar, dress.garment.sleeve) == ("dress", "shirt_collar", "long_sleeves")
    assert piece_of({"sku": "X", "category": "candles", "name": "Candle"}) is None


def test_tucked_is_under_the_waistband_and_out_is_over_it() -> None:
    pieces = (piece("wide-leg trousers"), piece("silk blouse"), piece("pea coat"))
    tucked = [slot_of(one) for one in ordered(pieces, Ways(True))]
    assert tucked == ["top", "bottom", "outer"]
    assert [slot_of(one) for one in ordered(pieces, Ways(False))] == ["bottom", "top", "outer"]


@pytest.mark.parametrize("names", [(), ("wide-leg trousers", "pencil skirt"), ("wrap dress", "pencil skirt")])
def test_impossible_outfits_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        ordered([piece(name) for name in names], Ways())


def test_an_open_front_shows_what_is_beneath_and_keeps_the_side_seams() -> None:
    coat = piece("pea coat")
    closed = front(coat, 38, Ways())
    view = opened(closed)
    assert view.bounds() == pytest.approx(closed.bounds(), abs=0.6)
    low = max(shape.path.bounds()[3] for shape in view.shapes if shape.outline and shape.layer == "body")
    fronts = [shape for shape in view.shapes if shape.outline and shape.layer == "body"]
    assert {np.sign(shape.path.sampled()[:, 0].mean()) for shape in fronts} == {-1.0, 1.0}
    for shape in fronts:
        points = shape.path.sampled()
        assert np.abs(points[points[:, 1] > low - 6][:, 0]).min() > 3.0


def test_under_an_open_shirt_without_a_top_stands_a_plain_one() -> None:
    pieces = [piece("linen shirt"), piece("straight jeans")]
    assert len(worn_as(pieces, Ways(open=True), 40)) == len(worn_as(pieces, Ways(), 40)) + 1


@pytest.mark.parametrize("name", list(MODELS))
def test_every_body_wears_it_whole(name: str) -> None:
    person = MODELS[name].person
    picture = dressed(person, [piece("wrap dress")], size=SMALL)
    bare = dressed(person, [piece("tote bag")], size=SMALL)
    assert picture.shape == (384, 256, 3)
    assert (np.abs(picture.astype(int) - bare).max(axis=-1) > 24).mean() > 0.03


def test_more_cover_than_without_and_the_head_is_never_covered() -> None:
    person = MODELS["anna"].person
    one = dressed(person, [piece("silk blouse"), piece("pencil skirt")], size=SMALL)
    two = dressed(person, [piece("silk blouse"), piece("pencil skirt"), piece("wrap coat")], size=SMALL)
    assert (one != two).any()
    chin = figure(person).landmarks["chin"][1]
    row = round(384 * 0.955 + chin * 384 / 192) - 6
    away = np.abs(one[:row].astype(int) - two[:row])  # drawn in another frame, so edges differ by parts of a pixel
    assert np.median(away) == 0 and away.mean() < 3.0


def test_a_sequence_begins_where_it_ends_and_moves_between() -> None:
    person = MODELS["anna"].person
    moments = moving.moments(person)
    assert moments[0].step == 0.0 and max(one.step for one in moments) == 1.0
    seated = moving.moments(MODELS["elif"].person)
    assert all(one.wheelchair for one in seated) and len(set(seated)) > 4
    pictures = [dressed(one, [piece("wrap dress")], size=SMALL) for one in (moments[0], moments[3], moments[9])]
    content = try_run.marked(moving.animated(pictures), "image/webp", photo=False)
    with Image.open(io.BytesIO(content)) as film:
        assert film.n_frames == 3 and film.size == SMALL
    assert b"algorithmicMedia" in content


def test_three_ways_differ() -> None:
    outfit = (piece("silk blouse"), piece("wide-leg trousers"), piece("wrap coat"))
    ways = moving.three_ways(outfit)
    assert len(ways) == 3 and len({(way.ways, way.without) for way in ways}) == 3


def test_companions_fill_free_places_and_say_only_what_many_bought() -> None:
    outfit = [piece("silk blouse"), piece("wide-leg trousers")]
    found = companions(outfit, house_pieces())
    assert found and {slot_of(one.piece) for one in found} <= {"outer", "bag"}
    assert all(one.together == 0 or one.together >= 5 for one in found)


def test_up_to_four_stand_side_by_side_and_go_on_a_sheet() -> None:
    picture = dressed(MODELS["gail"].person, [piece("wrap dress")], size=SMALL)
    assert side_by_side([picture] * 4).shape == (384, 4 * 256 + 36, 3)
    sheet = try_run.sheet([(picture, "one"), (picture, "two")], [{"A": "b"}], photo=False)
    assert sheet.startswith(b"%PDF")
    with pytest.raises(InputError):
        side_by_side([])


def test_the_nearest_figure_has_the_nearest_size() -> None:
    assert MODELS[nearest(54)].person.size == 54 and MODELS[nearest(34, 4)].person.size == 34


def test_the_workers_job_reads_its_pieces_again_and_refuses_one_that_left() -> None:
    outfit = (piece("wrap dress"),)
    wanted = jobs.asked(MODELS["elif"].person, outfit, Ways(open=True))
    assert json.loads(json.dumps(wanted)) == wanted and jobs._ways(wanted["ways"]) == Ways(open=True)
    assert jobs._piece(outfit[0].sku) == outfit[0]
    with pytest.raises(NotFound, match="catalogue"):
        jobs._piece("MS-XX0000")


def test_it_is_said_how_an_outfit_is_worn_and_nothing_that_makes_no_difference() -> None:
    coat, blouse, trousers, dress = (
        piece(name) for name in ("pea coat", "silk blouse", "wide-leg trousers", "slip dress")
    )
    assert how_worn((coat, blouse, trousers), Ways()) == ("Worn closed", "Tucked in")
    assert how_worn((coat, blouse, trousers), Ways(False, True)) == ("Worn open", "Hanging out")
    assert how_worn((blouse, trousers), Ways(True, True)) == ("Worn open", "Hanging out")  # an open shirt hangs out
    assert how_worn((dress, piece("tote bag")), Ways(True, True)) == ()


@pytest.mark.parametrize("fabric", ["crêpe de Chine", "Crêpe de Chine de soie", "silk", "Satin de soie"])
def test_silk_is_drawn_as_satin(fabric: str) -> None:
    blouse = piece_of({"sku": "X", "category": "shirts", "name": "Blouse", "fabric": fabric})
    assert blouse is not None and blouse.cloth == "satin"


def test_the_silk_blouse_of_the_house_is_asked_of_a_model_as_satin() -> None:
    assert "satin shirt" in prompt_of([piece("silk blouse")])
