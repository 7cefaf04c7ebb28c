"""What the built-in writer understands of a note, and what it says it doesn't."""

from __future__ import annotations

import pytest

from lib.commerce.product_descriptions.writer import understood_note, wishes
from lib.i18n import use_language


@pytest.mark.parametrize(
    ("note", "length", "lead", "unread"),
    [
        ("shorter", "less", "", ""),
        ("Plus court, et commencer par la matière.", "less", "material", ""),
        ("A longer text. Lead with the pockets.", "more", "use", ""),
        ("Insistez sur la coupe", "same", "cut", ""),
        ("mettre l’origine en avant", "same", "making", ""),
        ("mention the moon", "same", "", "mention the moon"),
        ("", "same", "", ""),
    ],
)
def test_wishes(note: str, length: str, lead: str, unread: str) -> None:
    read = wishes(note)
    assert ("less" if read.length < 1 else "more" if read.length > 1 else "same") == length
    assert (read.lead, read.unread) == (lead, unread)


def test_the_page_is_told_in_the_readers_language() -> None:
    assert understood_note("   ") == ""
    assert "didn’t understand “mention the moon”" in understood_note("shorter. mention the moon")
    with use_language("fr"):
        assert "mettra" in understood_note("x") or "n’a pas compris" in understood_note("x")
