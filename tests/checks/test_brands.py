"""Names of other houses: as written, disguised, misspelt; words that only look like them; a house's own lists."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks.brand_terms import BrandTerms, compiled
from lib.checks.brands import BRANDS, brand_findings, brands_check
from lib.checks.model import Verdict
from tests.checks.hard_texts import HARD_TEXTS

FOUND = [
    ("brand", "Next to a Prada bag it holds up.", "Prada"),
    ("brand", "PRADA, again", "PRADA"),
    ("brand", "la même qu'Hermès", "Hermès"),
    ("designer", "draped as Alber Elbaz would", "Alber Elbaz"),
    ("in_the_style_of", "une veste façon Chanel", "Chanel"),
    ("in_the_style_of", "a Fendi-inspired clasp", "Fendi"),
    ("look_alike", "Balenciagga type trainers", "Balenciagga"),
    ("look_alike", "sac Louis Vuiton", "Louis Vuiton"),
    ("homoglyph", "Gu\u0441\u0441i belt", "Gu\u0441\u0441i"),
    ("homoglyph", "Pr@da look", "Pr@da"),
    ("homoglyph", "F.E.N.D.I on the strap", "F.E.N.D.I"),
    ("brand", "Zara and Mango sell it for less", "Mango"),
    ("brand", "a pair of Vans trainers", "Vans"),
    ("brand", "Petit Bateau makes a cheaper one", "Petit Bateau"),
    ("brand", "worn with New Balance trainers", "New Balance"),
    ("brand", "a ring like Bulgari", "Bulgari"),
    ("look_alike", "a clasp in the Bulgarri manner", "Bulgarri"),
]
CLEAN = [
    "Mind the gap between hem and floor.",
    "Guess what is in the box.",
    "Next, press the seam open.",
    "Mango sorbet on a linen cloth.",
    "She is the boss here.",
    "Bleu Klein et vert bouteille.",
    "Chloé est en congé lundi.",
    "The vans arrive at six.",
    "A coach trains the team.",
    "Le channel interne.",
    "Un pull en laine, une perle au col.",
    "Fabriquée en Bulgarie.",
    "Made in Bulgaria, a Bulgarian rose on the label.",
    "Une chemise de bûcheron richement brodée.",
    "Breathing room at the shoulder, in a breathing cloth.",
    "Une dentelle de Chantilly, des chandelles sur la table.",
    "Carol and Jennifer wore it to Colombia.",
    "Un petit bateau est brodé sur la poche.",
    "A new balance between collar and cuff.",
    "Une veste d'un bleu d'aigle, une branche de tamaris.",
]


@pytest.mark.parametrize(
    ("kind", "text", "passage"), FOUND, ids=[row[2].encode("ascii", "replace").decode() for row in FOUND]
)
def test_names_are_found_in_their_place(kind: str, text: str, passage: str) -> None:
    assert (kind, passage) in [(one.kind, text[one.start : one.end]) for one in brand_findings(text, "text")]


@pytest.mark.parametrize("text", CLEAN)
def test_words_are_left_alone(text: str) -> None:
    assert brand_findings(text, "text") == []


def test_a_house_adds_names_and_leaves_some_alone() -> None:
    terms = BrandTerms(added=("Tissage Bellac",), left_out=("Zara",))
    found = [one.values["brand"] for one in brand_findings("Zara or tissage BELLAC?", "text", terms=terms)]
    assert found == ["Tissage Bellac"]
    assert brands_check(terms).run({}, {"body": "by Tissage Bellac"}, "en").verdict == Verdict.WARN
    assert compiled(terms) is compiled(BrandTerms(added=("Tissage Bellac",), left_out=("Zara",)))


def test_a_name_that_the_inputs_hold_is_a_note() -> None:
    assert BRANDS.run({"note": "compare with Prada"}, {"body": "Lighter than Prada."}, "en").verdict == Verdict.NOTE


@pytest.mark.parametrize("name", list(HARD_TEXTS))
def test_hard_texts_are_read_to_their_end(name: str) -> None:
    text = HARD_TEXTS[name]
    assert all(0 <= one.start < one.end <= len(text) for one in brand_findings(text, "text"))


PIECES = st.sampled_from(
    ["Gucci", " ", "G u c c i", "L0uis Vuitton", "Gap", "mango", ".", "façon ", "Сhanel", "İ", "ß", "ﬁ", "Œ"]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=10)), max_size=10).map("".join)


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_offsets_lie_in_the_text_and_no_two_overlap(text: str) -> None:
    found = brand_findings(text, "text")
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(TEXT, st.text(" \n", max_size=5))
def test_spaces_behind_the_text_change_nothing(text: str, spaces: str) -> None:
    assert [one.kind for one in brand_findings(text, "t")] == [one.kind for one in brand_findings(text + spaces, "t")]


@given(st.text(" \n\t\u00a0", max_size=30))
def test_a_blank_text_passes(text: str) -> None:
    assert BRANDS.run({}, {"body": text}, "en").verdict == Verdict.PASS
