"""The desk: edits, evidence in words, and what was approved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.product_descriptions.desk import (
    FIELDS,
    approved_texts,
    as_text,
    desk_of,
    edited,
    evidence,
    facts,
    on_the_desk,
    seed_of,
)
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


ROW = {
    "run_id": "r",
    "engine": "built-in",
    "model": None,
    "language": "en",
    "inputs": DescribeProduct(product=PRODUCT).model_dump(mode="json"),
    "output": {"options": [DESCRIPTION.model_dump()]},
    "edited_output": None,
    "open_findings": None,
    "reason": "",
    "person_id": "0123456789",
    "person_name": "Ada",
}
MINE = {**ROW, "edited_output": {"option": 0, "description": {**DESCRIPTION.model_dump(), "title": "Mine"}}}


def test_an_approval_without_a_text_approved_the_first_option():
    assert [text.description.title for text in approved_texts([ROW, MINE])] == ["T", "Mine"]
    assert {text.status for text in approved_texts([ROW])} == {"approved"}


def test_an_approval_says_who_changed_the_text_and_what_stood():
    over = {**MINE, "open_findings": 9, "reason": "Seen", "person_name": ""}
    as_it_was, mine, unnamed = approved_texts([ROW, MINE, over])
    assert (as_it_was.edited_by, as_it_was.approved_by) == (None, "Ada")
    assert (mine.edited_by, mine.approved_by) == ("Ada", "Ada")
    assert (unnamed.edited_by, unnamed.open_findings, unnamed.reason) == ("person 23456789", 9, "Seen")


def test_what_was_approved_is_taken_away_as_approved_until_it_changes():
    desk, ready = desk_of(MINE), approved_texts([MINE])
    mine = edited(DESCRIPTION, {"title": "Mine"})
    assert on_the_desk(desk, mine, 0, ready, "Ada").status == "approved"
    later = on_the_desk(desk, edited(mine, {"body": "Changed again"}), 0, ready, "Ada")
    assert (later.status, later.edited_by) == ("draft", "Ada")
    assert on_the_desk(desk, DESCRIPTION, 0, ready, "Ada").edited_by is None


def test_seeds_repeat_and_differ():
    assert seed_of("A", 1) == seed_of("A", 1)
    assert len({seed_of("A", turn) for turn in range(50)} | {seed_of("B", 1)}) == 51
