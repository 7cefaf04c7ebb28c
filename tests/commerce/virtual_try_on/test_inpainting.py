"""Cloth drawn anew by a model: words from the garment, a mask of cloth alone, everything else left as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lib.atelier.figures import figure
from lib.commerce.virtual_try_on import inpainting
from lib.commerce.virtual_try_on.dressing import FLOOR, TALL, dressed
from lib.commerce.virtual_try_on.models import MODELS
from lib.commerce.virtual_try_on.on_photos import try_on
from lib.commerce.virtual_try_on.outfits import Ways
from lib.commerce.virtual_try_on.photo_bodies import body_in
from lib.engines.images.diffusers_engine import DiffusersEngine
from lib.engines.images.model import Watch
from lib.settings import EngineSettings
from tests.commerce.virtual_try_on.rendered import photo, piece
from tests.engines.tiny_checkpoint import save_checkpoint

SMALL = (256, 384)


def test_the_words_name_colour_cloth_and_cut_in_english() -> None:
    said = inpainting.prompt_of((piece("silk blouse"), piece("wide-leg trousers")))
    assert "rust" in said and "box pleats" in said and "wide leg" in said and "long sleeves" in said
    assert "_" not in said and "none" not in said and said.index("trousers") < said.index("shirt,")


@settings(max_examples=40)
@given(data=st.data(), height=st.integers(8, 40), width=st.integers(8, 40))
def test_outside_the_zone_no_pixel_changes_whatever_the_model_draws(
    data: st.DataObject, height: int, width: int
) -> None:
    picture = data.draw(arrays(np.uint8, (height, width, 3)))
    drawn = data.draw(arrays(np.uint8, (height // 2, width // 2, 3)))
    zone = data.draw(arrays(np.bool_, (height, width)))
    made = inpainting.composed(picture, drawn, zone)
    assert made.shape == picture.shape and np.array_equal(made[~zone], picture[~zone])


@pytest.mark.parametrize("name", sorted(MODELS))
def test_on_every_body_the_zone_is_cloth_and_neither_head_nor_hands(name: str) -> None:
    person = MODELS[name].person
    zone = inpainting.zone_on_figure(person, (piece("silk blouse"), piece("wide-leg trousers")), Ways(), SMALL)
    scale, marks = SMALL[1] / TALL, figure(person).landmarks
    assert 0.05 < zone.mean() < 0.5
    top = round(round(SMALL[1] * FLOOR) + (marks["chin"][1] - 1) * scale)
    assert not zone[: top - round(2 * scale)].any()
    if name == "anna":  # standing in the middle: pixels are known
        hand = marks["left_hand"]
        x, y = round(SMALL[0] / 2 + hand[0] * scale), round(round(SMALL[1] * FLOOR) + hand[1] * scale)
        assert not zone[y - 2 : y + 3, x - 2 : x + 3].any()
        waist = round(round(SMALL[1] * FLOOR) + marks["left_waist"][1] * scale)
        assert zone[waist - 12, SMALL[0] // 2]


def test_on_a_photo_face_and_hands_stay_out() -> None:
    person = body_in(photo())
    tried = try_on(person, (piece("silk blouse"), piece("wide-leg trousers")))
    zone = inpainting.zone_on_photo(person, tried)
    for place in ("nose", "left_mouth", "left_wrist", "right_wrist"):
        x, y = (round(float(v)) for v in person.body.at(place))
        assert not zone[y, x], place
    assert zone.mean() > 0.05


def test_a_checkpoint_draws_the_cloth_and_leaves_the_rest(tmp_path: Path) -> None:
    worn, person = (piece("silk blouse"), piece("wide-leg trousers")), MODELS["anna"].person
    size = (128, 192)
    picture, zone = dressed(person, worn, Ways(), size), inpainting.zone_on_figure(person, worn, Ways(), size)
    request = inpainting.request_of(picture, zone, worn)
    engine = DiffusersEngine(EngineSettings("studio", "diffusers", path=str(save_checkpoint(tmp_path / "tiny"))))
    drawn = engine.draw(request, Watch()).pictures[0]
    made = inpainting.composed(picture, drawn, zone)
    assert np.array_equal(made[~zone], picture[~zone])
    assert np.abs(made[zone].astype(int) - picture[zone]).mean() > 5
