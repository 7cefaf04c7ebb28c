"""Size advice: the guide's lines, its rules between them, chances, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.commerce.virtual_try_on.advice import advise, guide
from lib.errors import InputError
from tests.commerce.virtual_try_on.rendered import piece


def body(size: int, more: float = 0.0) -> dict[str, float]:
    return {girth: value + more for girth, value in guide()[size].items()}


def plain(kind: str = "silk blouse"):  # type: ignore[no-untyped-def]
    return replace(piece(kind), fit_note="", fit="", stretch=False, cloth="plain_weave", sizes=("34", "36", "38", "40"))


@pytest.mark.parametrize("size", [34, 36, 38, 40])
def test_a_body_of_the_guide_gets_its_own_size(size: int) -> None:
    found = advise(plain(), body(size), tape=0.2)
    assert found.size == size and found.offered and found.chances[size] > 0.9


def test_between_two_sizes_the_rules_decide() -> None:
    between = body(38, 1.9)
    assert advise(replace(plain(), cloth="twill"), between, tape=0.1).size == 40
    assert advise(replace(plain(), fit="fluid"), between, tape=0.1).size == 38


def test_the_pieces_own_fit_note_comes_first() -> None:
    smaller = replace(plain(), fit_note="Runs generous: consider one size down.", cloth="twill")
    assert advise(smaller, body(40), tape=0.2).size == 38
    usual = replace(plain(), fit_note="Room for a jumper underneath; take your usual size.", cloth="twill")
    assert advise(usual, body(38, 1.0), tape=0.1).rule == "usual"


@settings(deadline=None, max_examples=30)
@given(st.floats(76, 118), st.floats(0, 12))
def test_a_larger_body_never_gets_a_smaller_size(bust: float, more: float) -> None:
    small = {"bust": bust, "waist": 70.0, "hips": 95.0}
    large = small | {"bust": bust + more}
    assert advise(plain(), large).size >= advise(plain(), small).size


@settings(deadline=None, max_examples=30)
@given(st.floats(72, 140), st.floats(55, 130), st.floats(78, 150))
def test_chances_are_shares_and_the_size_is_the_likeliest(bust: float, waist: float, hips: float) -> None:
    found = advise(plain("wrap dress"), {"bust": bust, "waist": waist, "hips": hips})
    assert 0.9 <= sum(found.chances.values()) <= 1.0001
    assert found.chances[found.size] == max(found.chances.values())


def test_beyond_the_guide_it_is_said() -> None:
    assert advise(plain(), body(46, 14)).beyond and not advise(plain(), body(38)).beyond


@pytest.mark.parametrize("girth", ["bust", "waist", "hips"])
def test_impossible_girths_are_refused(girth: str) -> None:
    with pytest.raises(InputError, match="centimetres"):
        advise(plain(), body(38) | {girth: 12.0})
    with pytest.raises(InputError):
        advise(piece("tote bag"), body(38))
