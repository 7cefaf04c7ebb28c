"""The desk: edits, evidence in words, and what was approved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.product_descriptions.desk import FIELDS, approved_texts, as_text, edited, evidence, facts, seed_of
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Material, Product
from lib.i18n import use_language

DESCRIPTION = Description(
    angle="cut", title="T", opener="O", body="B", bullets=["one", "two"], fit_and_care="F", snippet="S"
)
PRODUCT = Product(
    sku="A",
    name="Robe",
    category="dresses",
    materials=(Material(name="wool", share=0.92), Material(name="cashmere")),
    attributes={"neckline": "V-neck"},
    care=("Dry clean",),
    sizes=("36", "38"),
    price=1250,
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
def test_edits_change_what_they_name_and_nothing_else(edits):
    after = edited(DESCRIPTION, edits)
    for field in FIELDS:
        if field not in edits:
            assert getattr(after, field) == getattr(DESCRIPTION, field)
        elif field != "bullets":
            assert getattr(after, field) == edits[field]
    assert all(point.strip() for point in after.bullets) or "bullets" not in edits


def test_bullets_survive_the_editor():
    assert edited(DESCRIPTION, {"bullets": as_text(DESCRIPTION, "bullets")}).bullets == ["one", "two"]
    assert edited(DESCRIPTION, {"bullets": "• one\n\n - three \n"}).bullets == ["one", "three"]


def test_an_edited_list_longer_than_a_description_holds_is_cut_to_what_it_holds():
    after = edited(DESCRIPTION, {"bullets": "\n".join(f"point {number}" for number in range(12))})
    assert after.bullets == [f"point {number}" for number in range(8)]
    assert Description.model_validate(after.model_dump()) == after


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("product.materials.0", "Composition: 92% wool"),
        ("materials.1", "Composition: cashmere"),
        ("product.attributes.neckline", "Neckline: V-neck"),
        ("product.care.0", "Care: Dry clean"),
        ("product.sizes", "Sizes: 36, 38"),
        ("product.materials.7", ""),
        ("product.nothing", ""),
        ("product.origin", ""),
    ],
)
def test_evidence_is_said_in_words(path, english):
    assert evidence(PRODUCT, path) == english


def test_facts_are_said_in_the_readers_language():
    with use_language("fr"):
        assert any(fact.startswith("Encolure") and "V-neck" in fact for fact in facts(PRODUCT))
    assert all(": " in fact for fact in facts(PRODUCT))


def test_an_approval_without_a_text_approved_the_first_option():
    row = {
        "run_id": "r",
        "engine": "built-in",
        "model": None,
        "language": "en",
        "inputs": DescribeProduct(product=PRODUCT).model_dump(mode="json"),
        "output": {"options": [DESCRIPTION.model_dump()]},
        "edited_output": None,
    }
    mine = {**row, "edited_output": {"option": 0, "description": {**DESCRIPTION.model_dump(), "title": "Mine"}}}
    assert [text.description.title for text in approved_texts([row, mine])] == ["T", "Mine"]
    assert {text.status for text in approved_texts([row])} == {"approved"}


def test_seeds_repeat_and_differ():
    assert seed_of("A", 1) == seed_of("A", 1)
    assert len({seed_of("A", turn) for turn in range(50)} | {seed_of("B", 1)}) == 51
