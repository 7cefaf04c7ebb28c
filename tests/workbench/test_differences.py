"""Differences lose nothing: both texts can be read back from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.workbench.differences import MOST_WORDS, differences, folded

texts = st.lists(st.text("ab é.\t", max_size=12), max_size=12).map("\n".join)


@given(texts, texts)
def test_both_texts_stand_in_their_differences(old: str, new: str) -> None:
    lines = differences(old, new)
    assert "\n".join(line.text for line in lines if line.kind != "added") == old
    assert "\n".join(line.text for line in lines if line.kind != "removed") == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {line.kind for line in differences(text, text)} == {"same"}


@given(texts, texts)
def test_folding_counts_every_line(old: str, new: str) -> None:
    lines = differences(old, new)
    assert sum(line if isinstance(line, int) else 1 for line in folded(lines)) == len(lines)


def test_only_the_changed_word_is_marked() -> None:
    removed, added = differences("Write three options.", "Write two options.")
    assert [(piece.text, piece.marked) for piece in removed.pieces] == [
        ("Write ", False),
        ("three", True),
        (" options.", False),
    ]
    assert [piece.text for piece in added.pieces if piece.marked] == ["two"]


def test_a_line_too_long_to_compare_is_marked_whole() -> None:
    old, new = "a " * MOST_WORDS, "b " * MOST_WORDS
    assert [line.pieces[0].marked for line in differences(old, new)] == [True, True]
