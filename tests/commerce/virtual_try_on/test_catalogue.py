"""A house's own product file: pieces, and the reason beside every row that can't be shown worn."""

from __future__ import annotations

import csv

from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.virtual_try_on import catalogue
from lib.commerce.virtual_try_on.companions import companions
from lib.commerce.virtual_try_on.pieces import PRODUCTS, house_pieces
from lib.shell.virtual_try_on.garments import defaults

ROWS = [
    {"sku": "a1", "name": "Robe Lune", "category": "Robe", "colour": "camel", "sizes": "36, 38"},
    {"sku": "a2", "name": "Manteau Nord", "category": "Manteau", "department": "Homme"},
    {"sku": "a3", "name": "Derby", "category": "Chaussures"},
    {"sku": "a4", "name": "Bougie", "category": "Maison"},
    {"sku": "A1", "name": "Again", "category": "Robe"},
    {"sku": "", "name": "Nameless", "category": "Robe"},
]


def test_each_row_is_a_piece_or_has_its_reason_and_what_cannot_be_read_is_a_problem() -> None:
    items, problems = catalogue.listed_from(ROWS, range(2, 8))
    assert [one.reason for one in items] == ["", catalogue.FOR_MEN, catalogue.SHOES, catalogue.NO_CATEGORY]
    first = items[0].piece
    assert first is not None and first.kind == "dress" and first.sizes == ("36", "38")
    assert [(one.line, one.column) for one in problems] == [(6, "sku"), (7, "sku")]


def test_the_demo_houses_own_file_gives_its_own_pieces() -> None:
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items, _problems = catalogue.listed_from(rows, range(2, len(rows) + 2))
    assert {one.sku for one in items if one.piece} == {one.sku for one in house_pieces()}
    assert all(one.piece or one.reason for one in items)


@given(st.dictionaries(st.sampled_from([column.name for column in catalogue.COLUMNS]), st.text(max_size=30)))
def test_no_text_in_a_file_breaks_the_reading(row: dict[str, str]) -> None:
    items, problems = catalogue.listed_from([row], [2])
    assert len(items) + len(problems) == 1


def test_an_own_catalogue_is_worn_at_once_and_nobodys_orders_are_told_of_it() -> None:
    items, _problems = catalogue.listed_from(ROWS[:1], [2])
    own = tuple(one.piece for one in items if one.piece)
    assert defaults(own) == {"whole": "A1"}
    found = companions(house_pieces()[:1], house_pieces(), orders=False)
    assert found and not any(one.together for one in found)
