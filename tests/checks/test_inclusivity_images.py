"""Whom a set of pictures shows, and that the atelier draws all its figures with the same care."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib.atelier.colours.spaces import lab_from_rgb
from lib.atelier.figures import Person, figure, png
from lib.checks import Verdict
from lib.checks.inclusivity_images import Depicted, coverage_findings, detail, quality_findings

SIZES = (34, 42, 54)
people = st.builds(Depicted, size=st.sampled_from(range(34, 56, 2)), tone=st.integers(1, 10))


def test_a_person_asked_for_and_not_shown_is_named() -> None:
    (found,) = coverage_findings([Depicted(38, 2)], [Depicted(38, 2), Depicted(48, 9)])
    assert (found.verdict, found.values) == (Verdict.WARN, {"size": 48, "tone": 9})


def test_bands_left_out_of_a_larger_set_are_noted() -> None:
    alike = [Depicted(36, 2), Depicted(38, 1), Depicted(34, 3), Depicted(38, 2)]
    assert [f.values["band"] for f in coverage_findings(alike)] == ["40-44", "46-54", "4-7", "8-10"]
    assert {f.verdict for f in coverage_findings(alike)} == {Verdict.NOTE}
    assert coverage_findings([Depicted(36, 2), Depicted(42, 5), Depicted(50, 9), Depicted(38, 3)]) == []
    assert coverage_findings(alike[:3]) == []


@given(st.lists(people, max_size=20))
def test_what_is_shown_is_never_missing(shown: list[Depicted]) -> None:
    assert not [f for f in coverage_findings(shown, shown) if f.kind == "missing"]


def test_faint_figures_are_found() -> None:
    (found,) = quality_findings({"tone 2": [4.0, 4.4], "tone 9": [1.9], "none": []})
    assert (found.verdict, found.values) == (Verdict.WARN, {"group": "tone 9", "percent": 45})
    assert quality_findings({}) == []


def test_a_flat_area_has_no_detail_and_a_line_has_some() -> None:
    flat, inside = np.full((8, 8), 50.0), np.ones((8, 8), dtype=bool)
    lined = flat.copy()
    lined[4] = 30.0
    assert detail(flat, inside) == 0.0
    assert detail(lined, inside) > 0.0
    assert detail(lined, np.zeros((8, 8), dtype=bool)) == 0.0


def test_the_atelier_draws_every_skin_tone_and_size_with_the_same_care() -> None:
    by_tone: dict[str, list[float]] = {}
    by_size: dict[str, list[float]] = {}
    for tone in range(1, 11):
        for size in SIZES:
            told = _detail(Person(size=size, tone=tone))
            by_tone.setdefault(f"tone {tone}", []).append(told)
            by_size.setdefault(f"size {size}", []).append(told)
    assert min(min(values) for values in by_tone.values()) > 0
    assert quality_findings(by_tone) == []
    assert quality_findings(by_size) == []


def _detail(person: Person) -> float:
    """Of what isn't paper: the corner of the picture is."""
    pixels = np.asarray(Image.open(io.BytesIO(png(figure(person), 240))).convert("RGB"), dtype=float)
    inside = np.abs(pixels - pixels[0, 0]).sum(axis=-1) > 6
    assert 0.1 < inside.mean() < 0.9
    return detail(lab_from_rgb(pixels)[..., 0], inside)
