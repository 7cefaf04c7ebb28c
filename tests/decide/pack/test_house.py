"""A house's colours have to be read on the pack's paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.decide.pack.house import MIN_CONTRAST, House, contrast, darker
from lib.errors import InputError
from lib.files.documents.slides import PAPER


def test_contrast_is_that_of_the_accessibility_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_the_colour_that_is_proposed_instead_can_be_read(value: int) -> None:
    assert contrast(darker(f"#{value:06X}"), PAPER) >= MIN_CONTRAST


def test_a_pale_colour_is_refused_with_one_that_works() -> None:
    with pytest.raises(InputError) as found:
        House("Maison", "#F2C1CF").require_sound()
    assert "#F2C1CF" in found.value.text() and darker("#F2C1CF") in found.value.text()
    House("Maison", darker("#F2C1CF")).require_sound()


@pytest.mark.parametrize("house", [House(" "), House("x" * 301), House("x", "red"), House("x", "#12345")])
def test_what_makes_no_pack_is_refused(house: House) -> None:
    with pytest.raises(InputError):
        house.require_sound()
