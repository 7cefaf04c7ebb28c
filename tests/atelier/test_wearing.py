"""Garments lie on the body that wears them: every size, pose and seat, layer over layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.atelier.drawing import inside
from lib.atelier.fabrics import Fabric
from lib.atelier.figures import POSES, PROSTHESES, SIZES, Person, figure
from lib.atelier.garments import Garment, View, flat
from lib.atelier.palettes import Palette
from lib.atelier.wearing import Worn, frame_of, wear, wear_all, worn_views
from lib.errors import InputError

people = st.builds(
    Person, size=st.sampled_from(SIZES), age=st.integers(18, 95), pose=st.sampled_from(POSES),
    wheelchair=st.booleans(), prosthesis=st.sampled_from(PROSTHESES), stature=st.floats(150, 195),
)  # fmt: skip
RED, BLUE, WHITE = "#C01818", "#1848C0", "#FFFFFF"


def cloth(colour: str, kind: str = "plain_weave") -> dict[str, Fabric]:
    return {"fabric": Fabric(kind, Palette.of(colour))}


def front(kind: str, size: int = 38, **options: str) -> View:
    return flat(Garment(kind, size=size, **options)).front


def covered(view: View, place: tuple[float, float], layer: str = "body") -> bool:
    outlines = [shape.path.sampled(12) for shape in view.shapes if shape.outline and shape.layer == layer]
    return any(inside(np.array([place]), outline)[0] for outline in outlines)


@settings(max_examples=25, deadline=None)
@given(people, st.sampled_from(["dress", "coat", "shirt", "t_shirt", "knit"]), st.sampled_from(SIZES))
def test_the_trunk_is_covered_whatever_the_body_the_pose_and_the_garments_size(person, kind, size):
    marks = figure(person).landmarks
    (worn,) = worn_views(figure(person), [front(kind, size)])
    for side in ("left", "right"):
        for level in ("bust", "waist"):
            assert covered(worn, marks[f"{side}_{level}"]), (side, level)


@settings(max_examples=20, deadline=None)
@given(people, st.sampled_from(["straight_leg", "slim_leg", "wide_leg", "flared_leg"]))
def test_trousers_follow_the_legs_to_the_ankles(person, shape):
    marks = figure(person).landmarks
    (worn,) = worn_views(figure(person), [front("trousers", person.size, silhouette=shape)])
    for side in ("left", "right"):
        leg = next(each for each in worn.shapes if each.id == f"front-leg-{side}").path.sampled(12)
        assert inside(np.array([marks[f"{side}_knee"]]), leg)[0]
        foot = leg[leg[:, 1] > leg[:, 1].max() - 4]
        assert abs(foot[:, 0].mean() - marks[f"{side}_ankle"][0]) < 8


@settings(max_examples=20, deadline=None)
@given(people, st.sampled_from(["shirt", "coat", "knit", "blazer"]))
def test_long_sleeves_follow_the_arms_to_the_wrists(person, kind):
    marks = figure(person).landmarks
    (worn,) = worn_views(figure(person), [front(kind, person.size, sleeve="long_sleeves")])
    for side in ("left", "right"):
        sleeve = next(each for each in worn.shapes if each.id == f"front-sleeve-{side}").path.sampled(12)
        assert inside(np.array([marks[f"{side}_elbow"]]), sleeve)[0]
        wrist = np.array(marks[f"{side}_wrist"])
        assert np.hypot(*(sleeve - wrist).T).min() < 12


@settings(max_examples=15, deadline=None)
@given(people, st.sampled_from(["knee", "midi", "maxi"]))
def test_a_skirt_covers_both_thighs_and_knees_lie_under_a_long_one(person, length):
    marks = figure(person).landmarks
    (worn,) = worn_views(figure(person), [front("skirt", person.size, length=length)])
    assert covered(worn, marks["crotch"])
    if length != "knee":
        for side in ("left", "right"):
            assert covered(worn, marks[f"{side}_knee"])


def near(picture: np.ndarray, drawn, views: list[View], place: tuple[float, float], scale: float) -> np.ndarray:
    """The mean colour in a square of 2 cm."""
    left, top, _w, _h = frame_of(drawn, views)
    x, y = ((place[0] - left) * scale, (place[1] - top) * scale)
    reach = int(scale)
    square = picture[int(y) - reach : int(y) + reach, int(x) - reach : int(x) + reach]
    return square[..., :3].reshape(-1, 3).mean(axis=0)


def is_like(colour: np.ndarray, hexes: str) -> bool:
    wanted = np.array([int(hexes[k : k + 2], 16) for k in (1, 3, 5)])
    return bool(np.argmax(colour) == np.argmax(wanted) and np.ptp(colour) > 60)


@pytest.mark.parametrize("person", [Person(pose="upright"), Person(wheelchair=True), Person(size=52, pose="walk")])
def test_layers_lie_over_each_other_in_their_order(person):
    drawn = figure(person)
    shirt, trousers = front("shirt", person.size), front("trousers", person.size)
    tucked = [Worn(shirt, cloth(RED)), Worn(trousers, cloth(BLUE))]
    loose = tucked[::-1]
    waist, hips = (
        tuple(np.mean([drawn.landmarks[f"{side}_{level}"] for side in ("left", "right")], axis=0))
        for level in ("waist", "hips")
    )
    below = ((waist[0] + hips[0]) / 2 + 6, (waist[1] + hips[1]) / 2)
    for outfit, expected in ((tucked, BLUE), (loose, RED)):
        views = worn_views(drawn, [worn.view for worn in outfit])
        picture = wear_all(drawn, outfit, 4)
        assert is_like(near(picture, drawn, views, below, 4), expected)
        bust = np.mean([drawn.landmarks[f"{side}_bust"] for side in ("left", "right")], axis=0)
        assert is_like(near(picture, drawn, views, (bust[0] + 5, bust[1]), 4), RED)


def test_arms_lie_before_the_body_and_sleeves_before_the_arms():
    drawn = figure(Person(pose="upright", tone=9))
    wide = front("dress", sleeve="sleeveless", length="midi", silhouette="fit_and_flare", pleats="gathers")
    hand = tuple(np.mean([drawn.landmarks["left_hand"], drawn.landmarks["left_wrist"]], axis=0))
    views = worn_views(drawn, [wide])
    assert covered(views[0], hand)
    assert np.ptp(near(wear(drawn, wide, cloth(RED), 4), drawn, views, hand, 4)) < 60  # skin, not cloth
    long = front("dress", sleeve="long_sleeves")
    sleeved = wear(drawn, long, cloth(RED), 4)
    assert is_like(near(sleeved, drawn, worn_views(drawn, [long]), drawn.landmarks["left_elbow"], 4), RED)


def test_a_prosthesis_stays_to_be_seen_below_a_short_skirt_and_is_covered_by_trousers():
    person = Person(pose="upright", prosthesis="left_leg", tone=2)
    drawn, skirt = figure(person), front("skirt", length="mini")
    knee, ankle = drawn.landmarks["left_knee"], drawn.landmarks["left_ankle"]
    shin = ((knee[0] + ankle[0]) / 2, knee[1] + (ankle[1] - knee[1]) * 0.3)
    seen = near(wear(drawn, skirt, cloth(RED), 4), drawn, worn_views(drawn, [skirt]), shin, 4)
    assert seen.max() < 110
    long = front("trousers")
    assert is_like(near(wear(drawn, long, cloth(RED), 4), drawn, worn_views(drawn, [long]), shin, 4), RED)


def test_the_picture_has_alpha_and_repeats_itself():
    drawn, view = figure(Person()), front("dress")
    first, again = (wear(drawn, view, cloth(BLUE), 3) for _time in range(2))
    assert first.dtype == np.uint8 and first.shape[2] == 4
    assert first[0, 0, 3] == 0 and (first[..., 3] == 255).mean() > 0.1
    assert np.array_equal(first, again)


def test_what_cannot_be_worn_is_refused_with_the_reason():
    drawn = figure(Person())
    with pytest.raises(InputError, match="front"):
        wear(drawn, flat(Garment("dress")).back, cloth(RED))
    for kind in ("bag", "shoe"):
        with pytest.raises(InputError, match="bag or a shoe"):
            wear(drawn, front(kind), cloth(RED))
    with pytest.raises(InputError, match="nothing to wear"):
        wear_all(drawn, [])
    with pytest.raises(InputError, match="needs a fabric"):
        wear(drawn, front("dress"), {})


def test_every_kind_of_cloth_garment_with_every_sleeve_is_worn():
    drawn = figure(Person(pose="reach"))
    for sleeve in ("cap_sleeves", "short_sleeves", "three_quarter_sleeves", "puff_sleeves", "flared_sleeves"):
        for neckline in ("crew_neck", "off_shoulder", "strapless", "halter_neck"):
            view = flat(replace(Garment("dress"), sleeve=sleeve, neckline=neckline)).front
            (worn,) = worn_views(drawn, [view])
            assert all(np.isfinite(shape.path.sampled()).all() for shape in worn.shapes)
    for kind in ("jumpsuit", "jeans", "skirt", "blazer"):
        assert wear(drawn, front(kind), cloth(WHITE), 2)[..., 3].any()
