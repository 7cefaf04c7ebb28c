"""Articles, elision, agreement, lists, typography; whole phrases and their grammar."""

from __future__ import annotations

import pytest

from lib.vocabulary import concept, grammar, phrase, say
from lib.vocabulary.speech import agreeing, an, de, french, joined, typeset


@pytest.mark.parametrize(
    ("identifier", "language", "way", "text"),
    [
        ("v_neck", "fr", "with", "à col en V"),
        ("v_neck", "en", "indefinite", "a V-neck"),
        ("sleeveless", "fr", "with", "sans manches"),
        ("alpaca", "fr", "of", "d’alpaga"),
        ("wool", "fr", "in", "en laine"),
        ("boat_neck", "fr", "definite", "l’encolure bateau"),
        ("long_sleeves", "fr", "indefinite", "des manches longues"),
        ("long_sleeves", "en", "indefinite", "long sleeves"),
        ("italy", "fr", "made_in", "en Italie"),
        ("portugal", "fr", "made_in", "au Portugal"),
        ("usa", "fr", "made_in", "aux États-Unis"),
        ("usa", "en", "made_in", "in the United States"),
    ],
)
def test_a_concept_is_said(identifier: str, language: str, way: str, text: str) -> None:
    assert say(concept(identifier), language, way) == text


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("A-line cut", "an"),
        ("V-neck", "a"),
        ("open back", "an"),
        ("unlined", "an"),
        ("unisex", "a"),
        ("relaxed cut", "a"),
        ("one-way", "a"),
        ("hourglass", "an"),
    ],
)
def test_english_articles_follow_the_sound(word: str, article: str) -> None:
    assert an(word) == article


def test_colours_agree_or_stay() -> None:
    assert agreeing(concept("black"), "f", "s") == "noire"
    assert agreeing(concept("white"), "f", "p") == "blanches"
    assert agreeing(concept("navy"), "f", "p") == "bleu marine"
    assert agreeing(concept("ivory"), "f", "p") == "ivoire"
    assert agreeing(concept("grey"), "m", "p") == "gris"


def test_elision_knows_the_aspirate_h() -> None:
    assert de("haut") == "de haut"
    assert de("organza") == "d’organza"
    assert french("hirondelles de renfort", "f", "p", "definite") == "les hirondelles de renfort"


def test_lists() -> None:
    assert joined(["a", "b", "c"], "en") == "a, b and c"
    assert joined(["a", "b"], "fr") == "a et b"
    assert joined(["a"], "fr") == "a"


def test_french_typography() -> None:
    assert typeset("l'ourlet : 30 % ; prêt !", "fr") == "l’ourlet\u202f: 30\u202f% ; prêt !".replace(
        " ;", "\u202f;"
    ).replace(" !", "\u202f!")
    assert typeset("at 30 °C", "en") == "at 30\u00a0°C"


@pytest.mark.parametrize(
    ("text", "language", "number", "gender"),
    [
        ("ourlet lesté d’une chaînette", "fr", "s", "m"),
        ("larges revers", "fr", "p", "m"),
        ("deux poches plaquées", "fr", "p", "f"),
        ("two slanted, two welt back pockets", "en", "p", ""),
        ("collar that stands up and fastens", "en", "s", ""),
        ("brass hardware", "en", "m", ""),
    ],
)
def test_a_phrase_has_the_grammar_of_its_head(text: str, language: str, number: str, gender: str) -> None:
    read = grammar(text, language)
    assert read is not None
    assert (read.number, read.gender) == (number, gender)


def test_nobody_guesses_the_grammar_of_an_unknown_phrase() -> None:
    assert grammar("truc inconnu", "fr") is None
    assert grammar("reversible", "en") is None


def test_whole_phrases_translate_both_ways() -> None:
    assert phrase("two in-seam pockets", "fr") == "deux poches dans les coutures"
    assert phrase("Deux poches dans les coutures.", "en") == "two in-seam pockets"
    assert phrase("two pockets of my own invention", "fr") is None
