"""Claims that a product is of one material: true of one that makes up all of it, false of a blend."""

from __future__ import annotations

import pytest

from lib.checks.claims import Facts, MaterialFact, trace_claims
from lib.checks.model import Verdict

BLEND = Facts(
    name="Nivéole",
    materials=(
        MaterialFact("lin", 0.52, "product.materials.0"),
        MaterialFact("viscose", 0.48, "product.materials.1"),
    ),
    language="fr",
)
PURE = Facts(name="Nivéole", materials=(MaterialFact("lin", 1.0, "product.materials.0"),), language="fr")
UNKNOWN = Facts(name="Nivéole", language="fr")
ALONE = [
    ("fr", "Une seule matière, le lin lavé.", "Une seule matière"),
    ("fr", "Un pantalon d’une matière unique.", "matière unique"),
    ("fr", "Un seul matériau, et une ligne.", "Un seul matériau"),
    ("fr", "Un tissu sans mélange.", "sans mélange"),
    ("en", "A single material, washed linen.", "A single material"),
    ("en", "Only one fabric, and one line.", "Only one fabric"),
    ("en", "It is made of nothing else.", "made of nothing else"),
]
NAMED = [
    ("fr", "Rien que du lin.", "lin"),
    ("fr", "Rien d’autre que du lin.", "lin"),
    ("fr", "Un pantalon uniquement en lin.", "lin"),
    ("fr", "Le pantalon n’emploie que du lin.", "lin"),
    ("fr", "Du pur lin.", "lin"),
    ("fr", "Tout en lin.", "lin"),
    ("fr", "100 % lin.", "lin"),
    ("en", "Nothing but linen.", "linen"),
    ("en", "Pure linen.", "linen"),
    ("en", "Trousers entirely in linen.", "linen"),
    ("en", "Trousers made only of linen.", "linen"),
    ("en", "Only linen.", "linen"),
    ("en", "100% linen.", "linen"),
]


def verdicts(facts: Facts, language: str, text: str, passage: str) -> set[Verdict]:
    start = text.index(passage)
    claims = trace_claims(text, facts, language)
    return {claim.verdict for claim in claims if claim.start < start + len(passage) and start < claim.end}


@pytest.mark.parametrize(("language", "text", "passage"), [*ALONE, *NAMED])
def test_a_blend_is_not_of_one_material(language: str, text: str, passage: str) -> None:
    assert Verdict.FAIL in verdicts(BLEND, language, text, passage)


@pytest.mark.parametrize(("language", "text", "passage"), [*ALONE, *NAMED])
def test_what_is_of_one_material_may_be_called_so(language: str, text: str, passage: str) -> None:
    found = verdicts(PURE, language, text, passage)
    assert Verdict.PASS in found and Verdict.FAIL not in found  # "unique" may still be asked about as a superlative


@pytest.mark.parametrize(("language", "text", "passage"), ALONE)
def test_without_a_composition_nothing_bears_it_out(language: str, text: str, passage: str) -> None:
    assert verdicts(UNKNOWN, language, text, passage) == {Verdict.WARN}


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Le lin et la viscose, dans un seul pantalon."), ("en", "Linen and viscose, in one pair of trousers.")],
)
def test_two_materials_named_side_by_side_are_no_exclusive_claim(language: str, text: str) -> None:
    assert all(claim.supported for claim in trace_claims(text, BLEND, language))
