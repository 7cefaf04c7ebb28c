"""The label's order, the allergens' thresholds, and what somebody must look at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.beauty_formulation.cautions import cautions
from lib.merchandising.beauty_formulation.label import label
from lib.merchandising.beauty_formulation.model import (
    KINDS,
    LEAVE_ON,
    RINSE_OFF,
    Formula,
    Ingredient,
    Product,
    Target,
    product_of,
)
from lib.merchandising.beauty_formulation.planning import Question, plan
from lib.merchandising.beauty_formulation.regulation import rules, sources
from lib.merchandising.beauty_formulation.sampling import hit_and_run
from lib.merchandising.beauty_formulation.space import NoMixture, space_of
from lib.merchandising.beauty_formulation.telling import told
from lib.verdicts import Verdict
from tests.merchandising.formulas import SIMPLE, sample, trials

PARFUM = Ingredient("Parfum", "Fragrance", 60.0, 0, 1, 0, "C", allergens=(("Linalool", 6.0), ("limonene", 0.2)))


def formula(*pairs: tuple[Ingredient, float]) -> Formula:
    return Formula(tuple(one for one, _share in pairs), tuple(share for _one, share in pairs))


def found(one: Formula, verdict: Verdict, product: Product = LEAVE_ON, **more) -> list[str]:
    return [told(caution) for caution in cautions(one, product, **more) if caution.verdict == verdict]


@given(st.lists(st.floats(0.01, 50), min_size=2, max_size=12), st.integers(0, 11))
def test_the_list_falls_down_to_one_percent_and_ends_with_colourants(shares, colour):
    rows = [Ingredient(f"I{at}", "Colourant" if at == colour else "Emollient", 1, 0, 99) for at in range(len(shares))]
    made = label(Formula(tuple(rows), tuple(shares)), LEAVE_ON)
    above = [line.share for line in made.lines if line.role == "above"]
    assert above == sorted(above, reverse=True)
    roles = [line.role for line in made.lines]
    order = ["above", "below", "allergen", "colourant"]
    assert roles == sorted(roles, key=order.index)
    assert {line.name for line in made.lines} == {row.inci for row in rows}  # nothing lost, nothing invented
    assert made.free_from == roles.count("above")


def test_blends_are_taken_apart_and_a_name_stands_once():
    blend = Ingredient("Base", "Emulsifier", 9, 0, 9, composition=(("Glycerin", 40.0), ("Lecithin", 60.0)))
    made = label(formula((SIMPLE[0], 85), (SIMPLE[1], 5), (blend, 10)), LEAVE_ON)
    assert made.text == "Aqua, Glycerin, Lecithin"
    assert [line.share for line in made.lines] == pytest.approx([85, 9, 6])


@pytest.mark.parametrize(
    ("product", "share", "named"),
    [
        (LEAVE_ON, 0.3, ["Linalool"]),  # linalool 0.018%, limonene 0.0006%
        (LEAVE_ON, 0.6, ["Linalool", "Limonene"]),
        (RINSE_OFF, 0.3, ["Linalool"]),
        (RINSE_OFF, 0.1, []),  # linalool 0.006%
    ],
)
def test_allergens_are_named_above_their_threshold(product, share, named):
    made = label(formula((SIMPLE[0], 100 - share), (PARFUM, share)), product)
    assert [line.name for line in made.lines if line.role == "allergen"] == named
    assert len(named) + len(made.below_threshold) == 2


def test_a_colourant_goes_by_its_number():
    oxide = Ingredient("Iron Oxides (CI77491)", "Pigment", 12, 0, 1)
    assert label(formula((SIMPLE[0], 99), (oxide, 1)), LEAVE_ON).text == "Aqua, CI 77491"


def test_an_allergen_of_another_list_is_asked_about_and_still_named():
    scent = replace(PARFUM, allergens=(("Oud Absolute", 5.0),))
    one = formula((SIMPLE[0], 99.5), (scent, 0.5))
    assert "Oud Absolute" in label(one, LEAVE_ON).text
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


ACTIVES = (
    Ingredient("Salicylic Acid", "Actif", 20.0, 0, 5, 0),
    Ingredient("Retinol", "Actif", 900.0, 0.1, 2, 0),
    Ingredient("Retinyl Palmitate", "Actif", 300.0, 0, 2, 0),
)


def test_no_proposal_passes_the_limit_of_salicylic_acid_or_of_retinol():
    rows = (*SIMPLE, *ACTIVES)
    space = space_of(rows, LEAVE_ON)
    assert space.high[4] == pytest.approx(2.0)
    mixtures = hit_and_run(space.parts[0], 8, np.random.default_rng(2))
    known = trials(mixtures, lambda shares: 20 + 10 * shares[:, 4] + 20 * shares[:, 5])
    for past in ((), known):
        asked = plan(Question(rows, LEAVE_ON, past, (Target("spreading", "maximise", 20.0, 80.0),), 2)).proposals
        for one in asked:
            assert one.shares[4] <= 2.0 + 1e-6
            assert one.shares[5] + 0.5458 * one.shares[6] <= 0.3 + 1e-6


def test_salicylic_acid_is_held_to_half_a_percent_as_a_preservative_and_to_two_as_an_active():
    keeps = replace(ACTIVES[0], function="Preservative")
    assert found(formula((SIMPLE[0], 99), (keeps, 1)), Verdict.FAIL)
    active = formula((SIMPLE[0], 99), (ACTIVES[0], 1))
    assert not found(active, Verdict.FAIL)
    assert found(active, Verdict.FAIL, Product("body"))
    assert any("III/98" in said for said in found(formula((SIMPLE[0], 97), (ACTIVES[0], 3)), Verdict.FAIL))


def test_a_substance_known_in_another_use_only_is_said_not_to_have_been_checked():
    solvent = Ingredient("Benzyl Alcohol", "Solvent", 5.0, 0, 10)
    words = "known here only as a preservative; its limit as “Solvent” wasn’t checked"
    assert any(words in said for said in found(formula((SIMPLE[0], 92), (solvent, 8)), Verdict.WARN))
    kept = replace(solvent, function="Preservative")
    assert not any("wasn’t checked" in said for said in found(formula((SIMPLE[0], 99.2), (kept, 0.8)), Verdict.WARN))


@pytest.mark.parametrize(("share", "role"), [(1.0, "above"), (0.99, "below"), (1.01, "above")])
def test_only_less_than_one_percent_is_of_free_order(share, role):
    made = label(formula((SIMPLE[0], 100 - share), (SIMPLE[1], share)), LEAVE_ON)
    assert made.lines[1].role == role


KINDS_ALL = (*KINDS, "leave_on", "rinse_off", "spray", "pump", "propellant", "under_three")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.key)
def test_every_row_of_the_table_names_kinds_that_exist_and_what_it_was_compared_with(rule):
    words = [word for name, _value in rule.by for word in name.split("+")]
    words += [word for name in rule.never for word in name.split("+")]
    assert set(words) <= set(KINDS_ALL)
    assert rule.source in sources()
    assert rule.conditions == "" or rule.conditions in sources()
    assert rule.most is not None or rule.by
    assert all(0 < factor <= 1 for _name, factor in rule.names)


SPRAYED, CHILD = Product("hair", "propellant"), Product("body", under_three=True)


@pytest.mark.parametrize(
    ("entry", "product", "most"),
    [
        ("V/1", Product("face"), 0.5),
        ("V/1", Product("wash"), 2.5),
        ("V/3", Product("face"), 0.5),
        ("V/3", CHILD, 0.0),
        ("V/32", Product("shampoo"), 0.5),
        ("V/32", Product("body"), 0.0),
        ("V/39 and V/57", Product("face"), 0.0),
        ("V/39 and V/57", Product("shampoo"), 0.0015),
        ("V/56", Product("hand"), 0.01),
        ("V/56", Product("deodorant"), 0.0075),
        ("V/56", Product("body"), 0.0),
        ("V/56", Product("lip"), 0.0),
        ("V/56", Product("wash", under_three=True), 0.02),
        ("V/56", Product("face", under_three=True), 0.0),
        ("VI/3", Product("face"), 7.34),
        ("VI/3", Product("face", "propellant"), 0.0),
        ("VI/4", Product("face"), 6.0),
        ("VI/4", Product("face", "pump"), 0.5),
        ("VI/4", Product("body", "propellant"), 2.2),
        ("VI/10", SPRAYED, 9.0),
        ("VI/10", Product("hair", "pump"), 10.0),
        ("III/62", Product("wash"), None),
        ("III/70", Product("lip"), 0.11),
        ("III/98", Product("shampoo"), 3.0),
        ("III/98", Product("face"), 2.0),
        ("III/98", Product("eye"), 0.5),
        ("III/98", Product("face", "pump"), 0.0),
        ("III/324", Product("hair", "pump"), 0.009),
        ("III/376", Product("body"), 0.05),
        ("III/376", Product("wash"), 0.3),
        ("III/378", Product("hand"), 0.0),
        ("III/380", CHILD, 0.1),
    ],
)
def test_a_limit_is_that_of_the_kind_of_product(entry, product, most):
    (rule,) = [one for one in rules() if one.key == entry]
    assert rule.most_in(product) == most


def test_no_formula_of_a_kind_that_forbids_an_ingredient_is_proposed_and_the_reason_is_named():
    retinol = Ingredient("Kojic Acid", "Active", 90.0, 0.2, 2)
    with pytest.raises(NoMixture) as caught:
        space_of((*SIMPLE, retinol), Product("lip"))
    assert "III/375" in caught.value.text("en")
    assert "kind of product" in caught.value.text("en")
    assert space_of((*SIMPLE, retinol), Product("hand")).high[-1] == pytest.approx(1.0)
    said = found(formula((SIMPLE[0], 99.5), (retinol, 0.5)), Verdict.FAIL, Product("lip"))
    assert any("doesn’t allow it in this product (Lip product)" in one for one in said)


def test_a_limited_allergen_counts_wherever_it_comes_from():
    scent = replace(PARFUM, allergens=(("Citral", 20.0),))
    one = formula((SIMPLE[0], 99), (scent, 1))  # 0.2% citral
    assert any("III/70" in said for said in found(one, Verdict.FAIL, Product("face")))
    assert not found(one, Verdict.FAIL, Product("wash"))


def test_parabens_are_limited_each_and_together():
    methyl = Ingredient("Methylparaben", "Preservative", 9, 0, 2)
    ethyl = replace(methyl, inci="Ethylparaben")
    propyl = replace(methyl, inci="Propylparaben")
    each = formula((SIMPLE[0], 99.1), (methyl, 0.43), (ethyl, 0.47))
    assert not found(each, Verdict.FAIL)
    assert any(
        "V/12 " in said or "V/12," in said for said in found(formula((SIMPLE[0], 99.5), (methyl, 0.5)), Verdict.FAIL)
    )
    assert found(formula((SIMPLE[0], 98.9), (methyl, 0.44), (ethyl, 0.48), (propyl, 0.18)), Verdict.FAIL)


def test_what_the_pack_must_say_and_what_the_kind_asks_is_said():
    retinol = formula((SIMPLE[0], 99.8), (Ingredient("Retinol", "Active", 900, 0, 1), 0.2))
    assert any("Contains Vitamin A" in said for said in found(retinol, Verdict.WARN))
    water = formula((SIMPLE[0], 90), (SIMPLE[1], 10))
    assert any("size of the droplets" in said for said in found(water, Verdict.WARN, SPRAYED))
    assert any("children under three" in said for said in found(water, Verdict.WARN, CHILD))
    assert any("ISO 17516" in said for said in found(water, Verdict.NOTE, Product("eye")))
    assert not any("ISO 17516" in said for said in found(water, Verdict.NOTE, Product("body")))


def test_acids_and_alkalis_are_held_against_the_ph():
    acid = formula((SIMPLE[0], 97), (Ingredient("Glycolic Acid", "Exfoliant", 9, 0, 10), 3))
    assert any("SCCNFP" in said for said in found(acid, Verdict.WARN, ph=3.0))
    assert not any("SCCNFP" in said for said in found(acid, Verdict.WARN, ph=4.0))
    alkali = formula((SIMPLE[0], 99.9), (Ingredient("Sodium Hydroxide", "pH adjuster", 1, 0, 1), 0.1))
    assert any("III/15a" in said for said in found(alkali, Verdict.FAIL, ph=11.5))
    assert not found(alkali, Verdict.FAIL, ph=6.0)


def test_what_an_older_version_kept_of_the_product_is_still_read():
    assert product_of("rinse_off") == RINSE_OFF
    assert product_of({"kind": "eye", "spray": "pump", "under_three": True}) == Product("eye", "pump", True)
    assert product_of("something else") == LEAVE_ON
