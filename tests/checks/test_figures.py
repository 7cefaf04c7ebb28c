"""Words, sentences and figures in a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.checks.figures_in_text import figures, parse
from lib.checks.words import Phrases, fold, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("92 % laine, 8% cashmere", [(92, "%"), (8, "%")]),
        ("30°C", [(30, "°")]),
        ("1 250,00 €", [(1250, "EUR")]),
        ("1\u202f250 €", [(1250, "EUR")]),
        ("€1,250", [(1250, "EUR")]),
        ("sizes 34 to 46", [(34, "size"), (46, "size")]),
        ("5 cm, 50 mm", [(50, "mm"), (50, "mm")]),
        ("since 1920", [(1920, "")]),
        ("26 x 19 x 11 cm", [(26, ""), (19, ""), (11 * 10, "mm")]),
        ("a 3D knit, model 501XX", []),
        ("12,5 cm", [(125, "mm")]),
    ],
)
def test_figures_with_their_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    ("figure", "value"),
    [("1,250", 1250), ("1.250", 1250), ("12,5", 12.5), ("1,250.50", 1250.5), ("1.250,50", 1250.5), ("0.125", 0.125)],
)
def test_separators_are_read_either_way(figure: str, value: float) -> None:
    assert parse(figure) == value


def test_words_fold_and_keep_their_places() -> None:
    text = "Cœur d’Été : 92 %"
    assert [word.text for word in words(text)] == ["coeur", "d", "ete", "92"]
    assert [text[word.start : word.end] for word in words(text)] == ["Cœur", "d", "Été", "92"]


@given(st.text(max_size=80))
def test_composed_and_decomposed_texts_give_the_same_words(text: str) -> None:
    plain = "".join(char for char in text if char.isascii() or char in "éàçùêîôÉÀ’")
    composed, apart = unicodedata.normalize("NFC", plain), unicodedata.normalize("NFD", plain)
    assert [word.text for word in words(composed)] == [word.text for word in words(apart)]


def test_sentences_end_at_signs_and_lines_not_in_figures() -> None:
    text = "It costs 12.50 €. Fine!\nNew line… « Oui. »"
    assert [text[start:end] for start, end in sentences(text)] == [
        "It costs 12.50 €.",
        "Fine!",
        "New line…",
        "« Oui. »",
    ]


def test_the_longest_phrase_wins() -> None:
    found = Phrases([("made", 1), ("made in", 2), ("éco*", 3)]).find(words("Made in wool, made: écoresponsable"))
    assert [match.value for match in found] == [2, 1, 3]


def test_folding_ignores_case_and_accents() -> None:
    assert fold("ÉLÈVE") == fold("eleve")
