"""Numbers, dates and lists as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.files.values import decimal_mark, read_currency, read_date, read_integer, read_list, read_number, settled


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1250", 1250),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 250,00 €", 1250),
        ("1\u202f250,00\u00a0€", 1250),
        ("€1,250.00", 1250),
        ("1.250,00", 1250),
        ("1'250.50", 1250.5),
        ("EUR 120", 120),
        ("99.95 $", 99.95),
        ("12 %", 12),
        ("0,125", 0.125),
        ("1,234", 1234),
        ("12.345.678", 12_345_678),
        ("-3", -3),
        ("1e3", 1000),
    ],
)
def test_numbers_are_read_as_people_write_them(cell, expected):
    assert read_number(cell) == expected


@pytest.mark.parametrize(
    "cell",
    ["", " ", "free", "sur demande", "one hundred", "1-2", "12 to 15", "1,2,3", "€", "=1+1", "9" * 40, "nan", "1 2"],
)
def test_what_is_no_number_is_never_guessed(cell):
    assert read_number(cell) is None


def test_the_column_tells_what_a_lone_mark_means():
    assert decimal_mark(["1,234", "2,5", "3,75"]) == ","
    assert decimal_mark(["1,234.50", "2,000"]) == "."
    assert decimal_mark(["1,234", "2,345"]) == ""
    assert read_number("1,234", ",") == 1.234
    assert read_number(settled("1,234", ",")) == 1.234
    assert read_number("1.234,50", ".") == 1234.5


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), st.sampled_from([",", "."]))
def test_a_settled_number_reads_the_same_without_its_column(value, mark):
    cell = f"{value:.3f}".replace(".", mark)
    assert read_number(settled(cell, mark)) == pytest.approx(value)


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text):
    read_number(text), read_date(text), read_list(text), read_currency(text), read_integer(text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-04", dt.date(2026, 3, 4)),
        ("2026-03-04 10:00:00", dt.date(2026, 3, 4)),
        ("03/04/2026", dt.date(2026, 4, 3)),
        ("03/25/2026", dt.date(2026, 3, 25)),
        ("4 mars 2026", dt.date(2026, 3, 4)),
        ("1er août 2025", dt.date(2025, 8, 1)),
        ("March 4, 2026", dt.date(2026, 3, 4)),
        ("31/02/2026", None),
        ("soon", None),
    ],
)
def test_dates_are_read_day_first(cell, expected):
    assert read_date(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("S, M, L", ("S", "M", "L")),
        ("36;38;40", ("36", "38", "40")),
        ("36,38,40", ("36", "38", "40")),
        ("horn buttons\nlined", ("horn buttons", "lined")),
        ("1,5 cm", ("1,5 cm",)),
        ("", ()),
    ],
)
def test_lists_are_split_where_people_split_them(cell, expected):
    assert read_list(cell) == expected


def test_currencies_are_named_by_sign_or_code():
    assert read_currency("1 250 €") == "EUR"
    assert read_currency("CHF 90") == "CHF"
    assert read_currency("cadeau") is None


@given(st.from_regex(r"0\.[0-9]{1,15}|0|[1-9][0-9]{0,2}", fullmatch=True))
def test_a_plain_number_is_the_same_read_quickly_or_with_spaces_around_it(cell):
    assert read_number(cell) == read_number(f" {cell} ") == float(cell)
