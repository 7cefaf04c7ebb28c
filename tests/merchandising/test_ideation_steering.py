"""A sentence in French or English, read into what steers the search and what binds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.product_ideation.line import past_line
from lib.merchandising.product_ideation.model import Steering
from lib.merchandising.product_ideation.rounds import hold_round
from lib.merchandising.product_ideation.samples import fitted, sample_styles
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from lib.merchandising.product_ideation.steering import Wishes, wishes
from tests.merchandising.made_line import HOUSE, made_styles

LINE = past_line(sample_styles())
SILK, LINEN, VELVET = "fabric:silk_satin", "fabric:linen", "fabric:velvet"
WOOL = "fabric:double_faced_wool fabric:merino"

# sentence -> what is wished for, wished for less, the only ones, never
TABLE = [
    ("more linen", LINEN, "", "", ""),
    ("plus de lin", LINEN, "", "", ""),
    ("linen", LINEN, "", "", ""),
    ("du lin", LINEN, "", "", ""),
    ("less silk", "", SILK, "", ""),
    ("moins de soie", "", SILK, "", ""),
    ("no silk", "", "", "", SILK),
    ("pas de soie", "", "", "", SILK),
    ("sans satin", "", "", "", SILK),
    ("only linen", "", "", LINEN, ""),
    ("uniquement du lin", "", "", LINEN, ""),
    ("linen only", "", "", LINEN, ""),
    ("du lin seulement", "", "", LINEN, ""),
    ("rien que du lin", "", "", LINEN, ""),
    ("it must be linen", "", "", LINEN, ""),
    ("il faut du lin", "", "", LINEN, ""),
    ("it must not be velvet", "", "", "", VELVET),
    ("no more velvet", "", "", "", VELVET),
    ("nous ne voulons plus de velours", "", "", "", VELVET),
    ("more linen, no velvet", LINEN, "", "", VELVET),
    ("plus de lin, pas de velours", LINEN, "", "", VELVET),
    ("plus de lin et moins de velours", LINEN, VELVET, "", ""),
    ("fewer stripes", "", "pattern:stripes", "", ""),
    ("moins de rayures", "", "pattern:stripes", "", ""),
    ("not too many stripes", "", "pattern:stripes", "", ""),
    ("pas trop de rayures", "", "pattern:stripes", "", ""),
    ("des robes à col en V, sans rayures", "category:dress neckline:v_neck", "", "", "pattern:stripes"),
    ("dresses without stripes, but with buttons", "category:dress closure:buttons", "", "", "pattern:stripes"),
    ("only dresses, more linen", LINEN, "", "category:dress", ""),
    ("uniquement des robes, plus de lin", LINEN, "", "category:dress", ""),
    ("no coats", "", "", "", "category:coat"),
    ("pas de manteaux", "", "", "", "category:coat"),
    ("jamais de moutarde ni de bordeaux", "", "", "", "colour:mustard colour:burgundy"),
    ("no mustard or burgundy", "", "", "", "colour:mustard colour:burgundy"),
    ("less wool", "", WOOL, "", ""),
    ("moins de laine", "", WOOL, "", ""),
    ("avoid wool", "", "", "", WOOL),
    ("évitez la laine", "", "", "", WOOL),
    ("more cotton", "fabric:organic_cotton", "", "", ""),
    ("plus de coton", "fabric:organic_cotton", "", "", ""),
    ("not only linen", LINEN, "", "", ""),
    ("au moins une robe", "category:dress", "", "", ""),
    ("", "", "", "", ""),
]


def said(read: Wishes) -> tuple[set[str], ...]:
    only = (*(("category", one) for one in read.categories), *read.must)
    return tuple({":".join(pair) for pair in pairs} for pairs in (read.more, read.less, only, read.must_not))


@pytest.mark.parametrize(("sentence", "more", "less", "only", "never"), TABLE)
def test_wishes_are_understood(sentence, more, less, only, never):
    assert said(wishes(sentence, LINE)) == tuple(set(part.split()) for part in (more, less, only, never))


def test_what_is_not_among_the_lines_values_is_told():
    assert wishes("romantic dresses in vicuna", LINE).unheard == ("romantic", "vicuna")


def test_a_partners_values_can_be_wished_for():
    assert wishes("cobalt", LINE).more == ()
    assert wishes("cobalt", LINE, {"colour": {"cobalt"}}).more == (("colour", "cobalt"),)


@given(st.text(max_size=120))
def test_any_sentence_is_read(sentence):
    read = wishes(sentence, LINE)
    values = {**LINE.values, "category": LINE.categories}
    assert all(value in values[name] for name, value in (*read.must, *read.must_not, *read.more, *read.less))


def shares(pair: tuple[str, str], **steering: object) -> float:
    """How many ideas of a round have a value."""
    _line, sell, margin = fitted(made_styles())
    scorer = Scorer(sell, margin, Codes(HOUSE), Steering(ideas=8, **steering))
    ideas = hold_round(scorer, 1, 0, generations=8, population=40).ideas
    return sum(idea.genome.get(pair[0]) == pair[1] for idea in ideas) / len(ideas)


def test_a_wish_steers_without_binding():
    linen, crepe = ("fabric", "linen"), ("fabric", "crepe")
    assert 0.0 < shares(linen, less=(linen,)) < shares(linen)
    assert shares(crepe) < shares(crepe, more=(crepe,)) < 1.0


def test_what_binds_leaves_no_exception():
    velvet, skirt = ("fabric", "velvet"), ("category", "skirt")
    assert shares(velvet, must=(velvet,)) == 1.0
    assert shares(velvet, must_not=(velvet,)) == 0.0
    assert shares(skirt, must_not=(skirt,)) == 0.0
