"""Comments read: scopes, wishes, presents, other languages; whatever is written, nothing breaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.commerce.stylist.model import ASPECTS, EXTRA, Comment
from lib.commerce.stylist.reading import read_comment, read_sentence
from lib.commerce.stylist.reading_proof import SIGNS, counts, f1, labelled, pairs
from lib.commerce.stylist.word_list import read_by_list
from lib.settings import ROOT


def found(text: str, language: str = "en") -> set[tuple[str, str, int]]:
    return {(one.aspect, one.value, one.polarity) for one in read_sentence(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "aspect", "value", "sign"),
    [
        ("The jacket is too tight at the shoulders", "en", "fit", "tight", -1),
        ("It isn't too tight at all", "en", "fit", "right_size", 1),
        ("The wool doesn't itch", "en", "fabric", "keeps_well", 1),
        ("I wish it were longer", "en", "length", "short", -1),
        ("I love the navy but hate the beige", "en", "colour", "navy", 1),
        ("I love the navy but hate the beige", "en", "colour", "beige", -1),
        ("I don't like the burgundy", "en", "colour", "burgundy", -1),
        ("Perfect for a wedding", "en", "occasion", "wedding", 1),
        ("Would love this in emerald", "en", "colour", "emerald", 1),
        ("Not worth the money", "en", "price", "expensive", -1),
        ("Congratulations on the mustard", "en", "colour", "mustard", -1),
        ("La veste me serre aux épaules", "fr", "fit", "tight", -1),
        ("Elle n'est pas trop courte", "fr", "length", "right_length", 1),
        ("Je l'aurais aimée plus longue", "fr", "length", "short", -1),
        ("J'adore le marine mais je déteste le beige", "fr", "colour", "beige", -1),
        ("Je n'aime pas le bordeaux", "fr", "colour", "burgundy", -1),
        ("Le lin ne se froisse pas", "fr", "fabric", "linen", 1),
        ("Parfaite pour un mariage", "fr", "occasion", "wedding", 1),
        ("Hors de prix", "fr", "price", "expensive", -1),
        ("Pas cher du tout", "fr", "price", "good_value", 1),
    ],
)
def test_a_sentence_says_what_it_says(text: str, language: str, aspect: str, value: str, sign: int) -> None:
    assert (aspect, value, sign) in found(text, language)


def test_a_contrast_keeps_two_feelings_apart() -> None:
    read = {one.aspect: one.polarity for one in read_sentence("The colour is gorgeous but the cut is awful", "en")}
    assert read == {"colour": 1, "fit": -1}


def test_the_words_that_were_read_stand_where_they_are_said_to() -> None:
    text = "Good morning. Love the navy, but it is too short!"
    for one in read_sentence(text, "en"):
        assert text[one.start : one.end] == one.words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bought it for my sister, who loves navy", "en"),
        ("It was a present for my husband. He finds it too tight.", "en"),
        ("C'était un cadeau pour ma mère, elle adore le rose", "fr"),
        ("Pris pour mon frère, trop grand apparemment", "fr"),
    ],
)
def test_a_present_says_nothing_of_its_buyer_and_is_told(text: str, language: str) -> None:
    read = read_comment(Comment("1", text, language=language))
    assert not read.said
    assert {one.why for one in read.left_out} == {"present"}


def test_delivery_alone_is_left_out_and_told() -> None:
    read = read_comment(Comment("1", "The parcel came three days late and the box was wet.", language="en"))
    assert not read.said
    assert [one.why for one in read.left_out] == ["service"]


def test_another_person_s_taste_is_not_the_writer_s() -> None:
    read = read_sentence("I love the khaki and my husband hates the fit", "en")
    assert {(one.aspect, one.polarity) for one in read} == {("colour", 1)}


def test_two_languages_in_one_comment_are_both_read() -> None:
    text = "I really love the navy on me. Par contre elle est trop courte pour moi."
    read = read_comment(Comment("1", text, language="en"))
    assert {(one.opinion.aspect, one.opinion.polarity) for one in read.said} == {("colour", 1), ("length", -1)}
    assert read.languages == {"en", "fr"}


@pytest.mark.parametrize(
    "text",
    [
        "Die Farbe ist sehr schön und der Stoff sitzt gut",
        "Il colore è molto bello e la taglia è perfetta",
        "El color es muy bonito y la tela es preciosa",
        "色がとても綺麗です",
        "Цвет очень красивый",
    ],
)
def test_another_language_is_said_and_not_guessed_at(text: str) -> None:
    read = read_comment(Comment("1", text))
    assert not read.said
    assert [one.why for one in read.left_out] == ["language"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\n\n", "😀😀"])
def test_a_comment_without_words_is_counted_as_such(text: str) -> None:
    assert [one.why for one in read_comment(Comment("1", text)).left_out] == ["empty"]


def test_a_comment_of_200_000_characters_ends_and_is_read_at_its_beginning() -> None:
    read = read_comment(Comment("1", "Love the navy. " + "word " * 40_000, language="en"))
    assert any(one.opinion.value == "navy" for one in read.said)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["fr", "en", "", "de"]))
def test_whatever_is_written_is_read_without_an_error(text: str, language: str) -> None:
    read = read_comment(Comment("1", text, language=language))
    for one in read.said:
        assert one.opinion.aspect in (*ASPECTS, *EXTRA)
        assert one.opinion.polarity in (-1, 0, 1)
        assert one.sentence[one.opinion.start : one.opinion.end] == one.opinion.words


def test_the_reading_beats_the_word_list_on_the_half_for_tuning() -> None:
    sentences = labelled("tune")
    gold = [one.gold for one in sentences]
    assert len(sentences) == 200
    ours = f1(counts([pairs(read_sentence, one) for one in sentences], gold))
    theirs = f1(counts([pairs(read_by_list, one) for one in sentences], gold))
    assert ours > 0.85
    assert ours > theirs + 0.1


def test_the_halves_are_those_of_the_file() -> None:
    rows = [json.loads(line) for line in (ROOT / "sample_data" / "comment_sentences.jsonl").read_text().splitlines()]
    assert {row["half"] for row in rows} == {"tune", "report"}
    assert {label["sentiment"] for row in rows for label in row["labels"]} <= set(SIGNS)
