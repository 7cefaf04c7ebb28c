"""Whether variants differ, measured on their pictures.

One pair here moved a threshold: these pairs are no test of it.
"""

from __future__ import annotations

import pytest

from lib.merchandising.sketch_to_design import drawing
from lib.merchandising.sketch_to_design.checks import Judged, judge
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.grid import grid
from lib.merchandising.sketch_to_design.joining import join
from lib.merchandising.sketch_to_design.likeness import apart, look
from lib.merchandising.sketch_to_design.wish import PieceWish

ROSE = ("#B76E79", "#F4F1E8", "#3B3C2A")
ROSE_A_STEP_ON = ("#B97178", "#F4F1E8", "#3B3C2A")
GREEN = ("#4F6D4A", "#F4F1E8", "#B76E79")


def drawn(**how):
    return look(drawing.picture(Design(kind="coat", **how), "front", (880, 1100)))


def pair(one, other):
    return apart([one, other])[0]


@pytest.fixture(scope="module")
def twill():
    return drawn(cloth="twill", colours=ROSE)


def test_other_folds_and_a_step_of_colour_look_alike(twill):
    assert pair(twill, drawn(cloth="twill", colours=ROSE, seed=12)).alike
    assert pair(twill, drawn(cloth="twill", colours=ROSE_A_STEP_ON)).alike


@pytest.mark.parametrize(
    "how",
    [
        {"cloth": "twill", "colours": GREEN},
        {"cloth": "cable_knit", "colours": ROSE},
        {"cloth": "boucle", "colours": ROSE},
        {"cloth": "twill", "pattern": "houndstooth", "colours": ROSE},
        {"cloth": "twill", "pattern": "camouflage", "colours": ROSE},
    ],
    ids=lambda how: how.get("pattern") or how["cloth"] + how["colours"][0],
)
def test_another_colour_cloth_or_print_does_not(twill, how):
    assert not pair(twill, drawn(**how)).alike


def test_the_check_looks_at_the_pictures_and_not_at_the_recipes(twill):
    brief = join(PieceWish(kind="coat"))
    designs = grid(brief, 4)[:2]
    looks = [twill, drawn(cloth="twill", colours=ROSE_A_STEP_ON)]
    results = {one.check: one for one in judge(Judged(brief, designs, None, looks))}
    (found,) = results["variants_differ"].findings
    assert (found.values["one"], found.values["other"]) == (1, 2)
    assert "{colour}" in found.message and found.values["colour"] < 4


class Watched:
    """As much of a job as drawing a grid asks for."""

    def progress(self, *_share, **_values) -> None:
        pass


def test_what_looks_like_another_variant_is_drawn_again_from_the_next_candidate():
    from lib.merchandising.sketch_to_design.jobs import GridRequest, _drawn

    request = GridRequest(brief=join(PieceWish(kind="coat")), count=4)
    first, second, *_rest = request.designs()
    twin = {second.id: first}

    def painter(design):
        return drawing.picture(twin.get(design.id, design), "front", (440, 550))

    designs, pictures, looks = _drawn(request, painter, Watched())
    assert len(designs) == len(pictures) == 4 and second.id not in {one.id for one in designs}
    assert not any(found.alike for found in apart(looks))


def test_what_was_locked_stays_though_it_looks_like_another():
    from lib.merchandising.sketch_to_design.jobs import GridRequest, _drawn

    brief = join(PieceWish(kind="coat"))
    locked = tuple(Design(kind="coat", cloth="twill", colours=ROSE, seed=seed) for seed in (0, 1))
    request = GridRequest(brief=brief, count=4, locked=locked)
    designs, _pictures, _looks = _drawn(request, lambda design: drawing.picture(design, "front", (440, 550)), Watched())
    assert [one.id for one in designs[:2]] == [one.id for one in locked]
