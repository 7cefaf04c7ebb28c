"""The label's order, the allergens' thresholds, and what somebody must look at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.beauty_formulation.cautions import cautions
from lib.merchandising.beauty_formulation.label import label
from lib.merchandising.beauty_formulation.model import Formula, Ingredient
from lib.merchandising.beauty_formulation.telling import told
from lib.verdicts import Verdict
from tests.merchandising.formulas import SIMPLE, sample

PARFUM = Ingredient("Parfum", "Fragrance", 60.0, 0, 1, 0, "C", allergens=(("Linalool", 6.0), ("limonene", 0.2)))


def formula(*pairs: tuple[Ingredient, float]) -> Formula:
    return Formula(tuple(one for one, _share in pairs), tuple(share for _one, share in pairs))


def found(one: Formula, verdict: Verdict, product: str = "leave_on", **more) -> list[str]:
    return [told(caution) for caution in cautions(one, product, **more) if caution.verdict == verdict]


@given(st.lists(st.floats(0.01, 50), min_size=2, max_size=12), st.integers(0, 11))
def test_the_list_falls_down_to_one_percent_and_ends_with_colourants(shares, colour):
    rows = [Ingredient(f"I{at}", "Colourant" if at == colour else "Emollient", 1, 0, 99) for at in range(len(shares))]
    made = label(Formula(tuple(rows), tuple(shares)), "leave_on")
    above = [line.share for line in made.lines if line.role == "above"]
    assert above == sorted(above, reverse=True)
    roles = [line.role for line in made.lines]
    order = ["above", "below", "allergen", "colourant"]
    assert roles == sorted(roles, key=order.index)
    assert {line.name for line in made.lines} == {row.inci for row in rows}  # nothing lost, nothing invented
    assert made.free_from == roles.count("above")


def test_blends_are_taken_apart_and_a_name_stands_once():
    blend = Ingredient("Base", "Emulsifier", 9, 0, 9, composition=(("Glycerin", 40.0), ("Lecithin", 60.0)))
    made = label(formula((SIMPLE[0], 85), (SIMPLE[1], 5), (blend, 10)), "leave_on")
    assert made.text == "Aqua, Glycerin, Lecithin"
    assert [line.share for line in made.lines] == pytest.approx([85, 9, 6])


@pytest.mark.parametrize(
    ("product", "share", "named"),
    [
        ("leave_on", 0.3, ["Linalool"]),  # linalool 0.018%, limonene 0.0006%
        ("leave_on", 0.6, ["Linalool", "Limonene"]),
        ("rinse_off", 0.3, ["Linalool"]),
        ("rinse_off", 0.1, []),  # linalool 0.006%
    ],
)
def test_allergens_are_named_above_their_threshold(product, share, named):
    made = label(formula((SIMPLE[0], 100 - share), (PARFUM, share)), product)
    assert [line.name for line in made.lines if line.role == "allergen"] == named
    assert len(named) + len(made.below_threshold) == 2


def test_a_colourant_goes_by_its_number():
    oxide = Ingredient("Iron Oxides (CI77491)", "Pigment", 12, 0, 1)
    assert label(formula((SIMPLE[0], 99), (oxide, 1)), "leave_on").text == "Aqua, CI 77491"


def test_an_allergen_of_another_list_is_asked_about_and_still_named():
    scent = replace(PARFUM, allergens=(("Menthol", 5.0),))
    one = formula((SIMPLE[0], 99.5), (scent, 0.5))
    assert "Menthol" in label(one, "leave_on").text
    assert any("2023/1545" in said for said in found(one, Verdict.WARN))


def test_a_legal_limit_that_is_broken_is_said_with_its_entry():
    phenoxy = Ingredient("phenoxyethanol", "Preservative", 7, 0, 3)
    assert any(
        "V/29" in said and "1.2%" in said for said in found(formula((SIMPLE[0], 98.8), (phenoxy, 1.2)), Verdict.FAIL)
    )
    assert not found(formula((SIMPLE[0], 99.2), (phenoxy, 0.8)), Verdict.FAIL)
    assert any("V/29" in said for said in found(formula((SIMPLE[0], 99.05), (phenoxy, 0.95)), Verdict.NOTE))


def test_a_blend_counts_with_its_share_only():
    blend = Ingredient(
        "Mix", "Preservative", 8, 0, 3, composition=(("Phenoxyethanol", 90.0), ("Ethylhexylglycerin", 10.0))
    )
    assert not found(formula((SIMPLE[0], 98.9), (blend, 1.1)), Verdict.FAIL)
    assert found(formula((SIMPLE[0], 98.8), (blend, 1.2)), Verdict.FAIL)


def test_zinc_oxide_as_a_colourant_is_not_held_to_the_uv_filters_limit():
    zinc = Ingredient("Zinc Oxide", "Pigment", 8, 0, 40)
    assert not found(formula((SIMPLE[0], 70), (zinc, 30)), Verdict.FAIL)
    assert found(formula((SIMPLE[0], 70), (replace(zinc, function="UV filter"), 30)), Verdict.FAIL)


def test_a_prohibited_substance_in_a_raw_material_is_found():
    scent = replace(PARFUM, composition=(("Parfum", 99.0), ("Butylphenyl Methylpropional", 1.0)))
    assert any("prohibited" in said for said in found(formula((SIMPLE[0], 99), (scent, 1)), Verdict.FAIL))


def test_incompatible_ingredients_in_one_formula_are_said():
    clash = replace(SIMPLE[2], not_with=("Glycerin",))
    assert any(
        "don’t go together" in s for s in found(formula((SIMPLE[0], 90), (SIMPLE[1], 5), (clash, 5)), Verdict.FAIL)
    )
    assert not found(formula((SIMPLE[0], 95), (SIMPLE[1], 0), (clash, 5)), Verdict.FAIL)


def test_ph_is_asked_for_and_compared():
    benzoate = Ingredient("Sodium Benzoate", "Preservative", 2, 0, 1, ph_low=3, ph_high=5.5)
    one = formula((SIMPLE[0], 99.6), (benzoate, 0.4))
    assert any("pH isn’t given" in said for said in found(one, Verdict.NOTE))
    assert any("At pH 6.2" in said for said in found(one, Verdict.WARN, ph=6.2))
    assert not any("pH" in said for said in found(one, Verdict.WARN, ph=5.0))


@pytest.mark.parametrize(
    ("claim", "verdict", "words"),
    [
        ("fragrance_free", Verdict.FAIL, "Parfum"),
        ("preservative_free", Verdict.NOTE, "655/2013"),
        ("spf", Verdict.FAIL, "no UV filter"),
        ("hypoallergenic", Verdict.WARN, "isn’t supported"),
        ("tested", Verdict.WARN, "isn’t supported"),
    ],
)
def test_claims_are_held_against_the_table(claim, verdict, words):
    one = formula((SIMPLE[0], 99.5), (PARFUM, 0.5))
    assert any(words in said for said in found(one, verdict, claims=[claim]))


def test_the_natural_claim_is_computed_and_what_is_unknown_counts_as_none():
    one = formula((SIMPLE[0], 90), (replace(SIMPLE[1], natural=None), 10))
    assert any("90% (ISO 16128)" in said for said in found(one, Verdict.PASS, claims=["natural"], natural_claim=90))
    assert found(one, Verdict.FAIL, claims=["natural"], natural_claim=95)
    assert any("counts as 0%" in said for said in found(one, Verdict.NOTE))


def test_water_without_a_preservative_is_said_and_with_one_not():
    assert any("ISO 11930" in said for said in found(formula((SIMPLE[0], 90), (SIMPLE[1], 10)), Verdict.WARN))
    ingredients, trials = sample("cream")
    assert not any("ISO 11930" in said for said in found(Formula(ingredients, trials[0].shares), Verdict.WARN))


def test_a_limit_without_a_source_is_to_be_checked():
    acid = Ingredient("Glycolic Acid", "Exfoliant", 9, 0, 10, legal_max=4.0)
    assert any("no source" in said for said in found(formula((SIMPLE[0], 97), (acid, 3)), Verdict.WARN))
    assert found(formula((SIMPLE[0], 95), (acid, 5)), Verdict.FAIL)
