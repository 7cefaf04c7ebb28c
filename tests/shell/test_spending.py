"""What was spent, one row an engine."""

from __future__ import annotations

import pytest

from lib.database.spending import Spend
from lib.i18n import use_language
from lib.shell.engines_page.spending import table
from tests.shell.test_html import Reader

TITLES = {"atelier": "Atelier", "loop": "Loop"}


def rows(spent: list[Spend], language: str = "en") -> list[str]:
    with use_language(language):
        markup = str(table(spent, TITLES))
    found = []
    for row in markup.split("<tr>")[2:]:
        reader = Reader()
        reader.feed(row)
        found.append(" ".join(reader.text.split()))
    return found


@pytest.mark.parametrize(("language", "said"), [("en", "5 runs"), ("fr", "5 exécutions")])
def test_an_engine_with_priced_and_unpriced_runs_is_one_row(language, said):
    (row,) = rows([Spend("atelier", "EUR", 0.0, 3, 0), Spend("atelier", "", 0.0, 2, 2)], language)
    assert row.startswith("Atelier") and said in row and "without" not in row


def test_what_was_paid_in_each_currency_and_what_has_no_price_is_said():
    (row,) = rows([Spend("loop", "EUR", 1.5, 3, 0), Spend("loop", "USD", 2.0, 1, 0), Spend("loop", "", 0.0, 2, 2)])
    assert "6 runs" in row and "1.50" in row and "2.00" in row and "2 without a price" in row


def test_an_engine_without_any_price_says_so():
    (row,) = rows([Spend("loop", "", 0.0, 2, 2)])
    assert row.endswith("without a price")
