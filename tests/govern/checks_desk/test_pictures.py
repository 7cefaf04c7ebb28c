"""Pictures: marks of provenance, near-copies in a pile and against a set, whom a set shows; bad files are told."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from lib.checks import Verdict
from lib.checks.inclusivity_images import Depicted
from lib.govern.checks_desk import sample_files
from lib.govern.checks_desk.pictures import (
    Seen,
    care_of,
    digest_of,
    pairs,
    people_findings,
    read_pictures,
    shares,
)

PLAIN = np.full((60, 40, 3), 255, dtype=np.uint8)


@pytest.fixture(scope="module")
def made() -> Iterator[list[tuple[str, bytes, tuple[int, int]]]]:
    yield sample_files.pictures()


@pytest.fixture(scope="module")
def seen(made: list[tuple[str, bytes, tuple[int, int]]]) -> tuple[Seen, ...]:
    return read_pictures([(name, content) for name, content, _person in made])


def test_of_five_figures_one_says_that_it_was_generated(seen: tuple[Seen, ...]) -> None:
    kinds = [[finding.kind for finding in one.provenance or ()] for one in seen]
    assert kinds == [["unmarked"], ["fragile"], ["unmarked"], ["unmarked"], ["unmarked"]]
    assert seen[1].marks is not None and seen[1].marks.source_type == "algorithmicMedia"


def test_the_mirrored_figure_is_the_only_pair(seen: tuple[Seen, ...]) -> None:
    (pair,) = pairs(seen)
    assert (pair.first, pair.second, pair.mirrored, pair.among) == (4, 0, True, False)
    assert pair.finding.values == {"picture": seen[0].name}


def test_a_pile_is_compared_with_an_earlier_set(seen: tuple[Seen, ...]) -> None:
    (pair,) = pairs(seen[1:2], [seen[2], seen[1]])
    assert (pair.first, pair.second, pair.among) == (0, 1, True)
    assert pairs(seen[1:2], [seen[2]]) == ()


def test_the_set_leaves_out_bands_and_who_was_asked_for(
    seen: tuple[Seen, ...], made: list[tuple[str, bytes, tuple[int, int]]]
) -> None:
    noted = {place: Depicted(*person) for place, (_name, _content, person) in enumerate(made)}
    found = people_findings(noted, [Depicted(48, 9)], seen)
    assert [one.values for one in found if one.verdict is Verdict.WARN] == [{"size": 48, "tone": 9}]
    assert [one.values["band"] for one in found if one.kind == "band"] == ["46-54", "4-7", "8-10"]
    sizes, tones = shares(noted)
    assert sizes == {"34-38": 4, "40-44": 1, "46-54": 0} and tones == {"1-3": 5, "4-7": 0, "8-10": 0}


def test_a_group_drawn_with_less_care_is_found(seen: tuple[Seen, ...]) -> None:
    faint = Image.open(BytesIO(sample_files.pictures()[0][1])).convert("RGB")
    pixels = np.asarray(faint).astype(float)
    inside = np.abs(pixels - pixels[0, 0]).sum(axis=-1) > 6
    pixels[inside] = 0.2 * pixels[inside] + 0.8 * np.array([90.0, 60.0, 40.0])
    file = BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    pile = (*seen[:2], *read_pictures([("faint.png", file.getvalue())]))
    noted = {0: Depicted(36, 2), 1: Depicted(38, 3), 2: Depicted(38, 9)}
    (found,) = [one for one in people_findings(noted, (), pile) if one.kind == "quality"]
    assert found.values["group"] == "8-10"


def test_care_is_not_measured_where_the_ground_is_not_plain() -> None:
    noisy = np.random.default_rng(3).integers(0, 255, PLAIN.shape, dtype=np.uint8)
    assert care_of(noisy) is None and care_of(PLAIN) is None
    lined = PLAIN.copy()
    lined[10:50, 10:30] = 120
    lined[30, 10:30] = 20
    assert (care_of(lined) or 0) > 0


def test_a_bad_file_is_told_and_the_others_go_on(made: list[tuple[str, bytes, tuple[int, int]]]) -> None:
    cut = made[0][1][: len(made[0][1]) // 2]
    found = read_pictures([("text.png", b"hello"), ("cut.png", cut), (made[1][0], made[1][1])])
    assert [one.problem is None for one in found] == [False, False, True]
    assert pairs(found) == ()


def test_a_gif_is_compared_and_said_to_carry_no_marks(made: list[tuple[str, bytes, tuple[int, int]]]) -> None:
    file = BytesIO()
    Image.open(BytesIO(made[0][1])).convert("RGB").save(file, "GIF")
    (found,) = read_pictures([("a.gif", file.getvalue())])
    assert found.problem is None and found.provenance is None and found.print is not None


def test_more_than_there_is_room_for_is_named(made: list[tuple[str, bytes, tuple[int, int]]]) -> None:
    found = read_pictures([(name, content) for name, content, _person in made[:2]], room=1)
    assert [one.problem is None for one in found] == [True, False]
    stopped = read_pictures([(made[0][0], made[0][1])], cancelled=lambda: True)
    assert stopped[0].problem is not None and "stopped" in stopped[0].problem.text("en")


def test_a_file_is_known_by_its_content() -> None:
    assert digest_of(b"a") == digest_of(b"a") != digest_of(b"b")
