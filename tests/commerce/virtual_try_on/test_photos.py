"""Photos: who is in them, what is refused with which message, no stickers."""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import dressing, proof_cases
from lib.commerce.virtual_try_on.on_photos import fitted, try_on
from lib.commerce.virtual_try_on.outfits import Ways
from lib.commerce.virtual_try_on.photo_bodies import body_in, people_in
from lib.errors import InputError
from lib.i18n import use_language
from tests.commerce.virtual_try_on.rendered import ANNA, group, photo, piece


@pytest.mark.parametrize(("language", "said"), [("en", "No person was found"), ("fr", "Personne n’a été trouvé")])
def test_a_photo_without_a_person_is_refused_with_what_to_do(language: str, said: str) -> None:
    desk = np.full((600, 500, 3), (170, 140, 110), np.uint8)
    desk[200:300, 100:400] = 30
    with pytest.raises(InputError) as refused:
        people_in(desk)
    with use_language(language):
        assert said in refused.value.text()


def test_three_people_are_counted_and_each_can_be_chosen() -> None:
    pixels = group()
    boxes = people_in(pixels)
    assert len(boxes) == 3
    middles = [body_in(pixels, box, 168.0, 40).body.middle("shoulder")[0] for box in boxes]
    assert middles == sorted(middles) and min(np.diff(middles)) > 200


@pytest.mark.parametrize("tone", [1, 5, 10])
def test_shoulders_and_hips_are_found_on_every_skin(tone: int) -> None:
    person = Person(42, tone, 35, "bob", "black", "upright", stature=170.0)
    pixels, origin = proof_cases.photo_of(person)
    places = body_in(pixels, None, 170.0, 42).places()
    marks = proof_cases.figure(person).landmarks
    for name in ("left_shoulder", "right_shoulder", "left_waist", "right_hips"):
        want = np.array(marks[name]) * proof_cases.SCALE + origin
        assert np.hypot(*(places[name] - want)) / proof_cases.SCALE < 7.0, name


def test_a_wide_garment_over_a_bodysuit_is_shown_and_changes_the_trunk_alone() -> None:
    pixels = photo()
    tried = try_on(body_in(pixels, None, 168.0, 40), [piece("wrap dress")])
    assert not tried.sticker
    assert np.abs(tried.picture[:120].astype(int) - pixels[:120]).max() <= 2  # the head stays as it was
    assert (tried.cover > 0.5).mean() > 0.03


def test_own_clothes_beside_the_garment_are_told_and_where() -> None:
    robe = proof_cases.Piece(
        "own", "own", proof_cases.Garment("dress", silhouette="oversized", length="maxi", sleeve="flared_sleeves"),
        "plain_weave", ("#B8C4CE",), "own",
    )  # fmt: skip
    pixels = dressing.dressed(ANNA, [robe], Ways(), proof_cases.SIZE)
    tried = try_on(body_in(pixels, None, 168.0, 40), [piece("silk blouse"), piece("pencil skirt")])
    assert tried.sticker and set(tried.own) <= {"beside", "arms", "neck", "legs"}
    assert all(share > 0.02 for share in tried.own.values())


def test_a_large_photo_is_worked_on_at_1536_pixels() -> None:
    assert fitted(np.zeros((3072, 2000, 3), np.uint8)).shape == (1536, 1000, 3)
