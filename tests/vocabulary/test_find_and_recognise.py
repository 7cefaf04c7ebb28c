"""Where a text speaks of what, and what an attribute's value names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.vocabulary import concept, concepts, find, kinds, recognise, textbook_properties


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(mention.concept, mention.surface) for mention in find(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("a camel coat", "en", [("camel", "camel"), ("coat", "coat")]),
        ("a coat in camel hair", "en", [("coat", "coat"), ("camel_hair", "camel hair")]),
        ("cotton candy pink", "en", [("cotton_candy", "cotton candy pink")]),
        ("faux leather", "en", [("faux_leather", "faux leather")]),
        ("rose gold", "en", [("rose_gold", "rose gold")]),
        ("un pull gris chiné", "fr", [("jumper", "pull"), ("grey_melange", "gris chiné")]),
        ("fabriqué en Chine", "fr", [("china", "Chine")]),
        ("Manteaux en laine d'alpaga", "fr", [("coat", "Manteaux"), ("alpaca", "laine d'alpaga")]),
        ("laine d’alpaga", "fr", [("alpaca", "laine d’alpaga")]),
        ("en suède, de Suède", "fr", [("suede", "suède"), ("sweden", "Suède")]),
        ("ROBES NOIRES", "fr", [("dress", "ROBES"), ("black", "NOIRES")]),
        ("le beau ou le bon or", "fr", []),
        ("long or short", "en", []),
        ("Italian wool", "en", [("italy", "Italian"), ("wool", "wool")]),
    ],
)
def test_the_longest_match_wins(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


def test_a_melange_is_not_made_in_china() -> None:
    assert "china" not in [mention.concept for mention in find("Robe en maille chinée, coloris chiné", "fr")]


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("turtle-neck", "neckline", "roll_neck"),
        ("col V", "neckline", "v_neck"),
        ("long", "sleeve", "long_sleeves"),
        ("long", "length", "long_length"),
        ("BLANC CASSÉ", "colour", "off_white"),
        ("blanc casse", "colour", "off_white"),
        ("Burgandy", "colour", "burgundy"),
        ("or", "colour", "gold"),
        ("Made nowhere", "country", None),
        ("", None, None),
        ("wool", "colour", None),
    ],
)
def test_a_value_is_recognised_in_either_language(value: str, kind: str | None, expected: str | None) -> None:
    item = recognise(value, {kind} if kind else None)
    assert (item.id if item else None) == expected


def test_each_concept_is_found_by_its_own_noun_or_only_as_a_value() -> None:
    for item in concepts():
        for language in ("en", "fr"):
            form = item.forms[language]
            assert recognise(form.noun, {item.kind}, language) is not None, (item.id, language)


def test_it_is_as_wide_as_promised() -> None:
    assert len(concepts("material")) >= 60
    assert len(concepts("colour")) >= 80
    assert {"neckline", "sleeve", "length", "fit", "closure", "pattern", "pocket", "heel", "care", "country"} <= set(
        kinds()
    )


def test_french_nouns_have_a_gender() -> None:
    assert all(item.fr.gender in ("m", "f") for item in concepts())


def test_textbook_properties_are_named_so_that_nobody_asserts_them() -> None:
    assert "warm" in textbook_properties(concept("wool"), "en")
    assert "respirant" in textbook_properties(concept("linen"), "fr")
    assert textbook_properties(concept("black"), "en") == ()


@given(st.text(max_size=200), st.sampled_from(["en", "fr"]))
def test_mentions_are_in_order_and_quote_the_text(text: str, language: str) -> None:
    end = 0
    for mention in find(text, language):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= end or mention.start >= 0
        assert mention.end > mention.start
        end = mention.end
    starts = [mention.start for mention in find(text, language)]
    assert starts == sorted(starts)


@given(st.text(max_size=80))
def test_any_value_is_read_without_an_error(value: str) -> None:
    item = recognise(value)
    assert item is None or item == concept(item.id)
