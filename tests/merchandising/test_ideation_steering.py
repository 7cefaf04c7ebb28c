"""A sentence in French or English, read into what must and must not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.product_ideation.line import past_line
from lib.merchandising.product_ideation.samples import sample_styles
from lib.merchandising.product_ideation.steering import wishes

LINE = past_line(sample_styles())


@pytest.mark.parametrize(
    ("sentence", "categories", "must", "must_not"),
    [
        ("more linen, no velvet", (), {("fabric", "linen")}, {("fabric", "velvet")}),
        ("plus de lin, pas de velours", (), {("fabric", "linen")}, {("fabric", "velvet")}),
        ("des robes à col en V, sans rayures", ("dress",), {("neckline", "v_neck")}, {("pattern", "stripes")}),
        ("dresses without stripes, but with buttons", ("dress",), {("closure", "buttons")}, {("pattern", "stripes")}),
        ("jamais de moutarde ni de bordeaux", (), set(), {("colour", "mustard"), ("colour", "burgundy")}),
        ("no mustard or burgundy", (), set(), {("colour", "mustard"), ("colour", "burgundy")}),
        ("", (), set(), set()),
    ],
)
def test_wishes_are_understood(sentence, categories, must, must_not):
    said = wishes(sentence, LINE)
    assert (said.categories, set(said.must), set(said.must_not)) == (categories, must, must_not)


def test_what_is_not_among_the_lines_values_is_told():
    assert wishes("romantic dresses in vicuna", LINE).unheard == ("romantic", "vicuna")


def test_a_partners_values_can_be_wished_for():
    assert wishes("cobalt", LINE).must == ()
    assert wishes("cobalt", LINE, {"colour": {"cobalt"}}).must == (("colour", "cobalt"),)


@given(st.text(max_size=120))
def test_any_sentence_is_read(sentence):
    said = wishes(sentence, LINE)
    assert all(value in LINE.values[name] for name, value in (*said.must, *said.must_not))
