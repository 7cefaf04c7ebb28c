"""What the vocabulary's words look like: every word has a look that the atelier draws, and pages agree on it."""

from __future__ import annotations

import pytest

from lib.atelier import words
from lib.atelier.fabrics import KINDS
from lib.commerce.personalised_storefront import drawing as shop
from lib.commerce.stylist import looks
from lib.merchandising.product_ideation import cloth
from lib.vocabulary import concepts, kinds


def test_the_tables_name_what_the_vocabulary_and_the_atelier_have():
    assert set(words.CLOTHS.values()) | set(words.PRINTS.values()) <= set(KINDS)
    assert set(words.COLOURS) <= {one.id for one in concepts("colour")}
    assert set(words.REPEATS) <= set(words.PRINTS)
    known = {one.id for kind in kinds() for one in concepts(kind)}
    assert {*words.CLOTHS, *words.PRINTS} - known == {"sequins", "camouflage", "ikat"}, "words of a house's own line"


@pytest.mark.parametrize(
    ("colour", "value"),
    [("navy", "#1F2B47"), ("camel", None), ("pale_fir_green", None), ("no such colour", words.UNKNOWN),
     ("", words.UNKNOWN)],
)  # fmt: skip
def test_a_colour_has_a_value_and_an_unknown_one_a_warm_grey(colour, value):
    found = words.hex_of(colour)
    assert found == value if value else (found.startswith("#") and len(found) == 7)


def test_a_colour_with_another_word_before_it_is_that_colour():
    assert words.hex_of("washed_olive") == words.hex_of("olive") != words.UNKNOWN


@pytest.mark.parametrize("colour", sorted(words.COLOURS))
def test_the_pages_agree_on_a_colour(colour):
    assert looks.hex_of(colour) == cloth.colour_hex(colour) == shop.colour_hex(colour.replace("_", " "))
