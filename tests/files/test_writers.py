"""What goes out: no cell of it is a formula, and what was written comes back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.errors import InputError
from lib.files.columns import Column
from lib.files.mapping import propose
from lib.files.tables import read_table
from lib.files.writers import (
    Sheet,
    protected,
    template_file,
    unprotected,
    write_csv,
    write_json,
    write_jsonld,
    write_xlsx,
)
from lib.i18n import N_

# What a spreadsheet would compute or follow, after the white space that it skips.
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\r"), max_size=40
) | st.sampled_from(
    [
        "=1+1",
        "+33 1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "'=1",
        "''-x",
        "＝1",
        "=cmd|' /C calc'!A0",
        "-5",
        "a\nb",
        'a"b',
        "a;b,c\td|e",
    ]
)
WESTERN = st.text("abcXYZ 019éèàçêôûùÉœ€«»’=+-@;,\"'\n", max_size=30)


def letters(columns: int) -> list[str]:
    return [f"Column {at}" for at in range(columns)]


def tables(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(texts, min_size=width, max_size=width).filter(lambda row: any(c.strip() for c in row)),
            min_size=1,
            max_size=5,
        )
    )


@given(tables(TEXTS))
def test_no_csv_cell_starts_as_a_formula(table):
    text = write_csv(table, letters(len(table[0]))).decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell)


@given(tables(TEXTS))
@settings(max_examples=40)
def test_xlsx_texts_are_strings_and_never_formulas(table):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("Data", letters(len(table[0])), table)])))
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n") and (cell.data_type == "s" or cell.value is None)
            if cell.value is not None and FORMULA.match(str(cell.value)):
                assert cell.quotePrefix


@given(TEXTS)
def test_protection_is_taken_off_again(text):
    assert unprotected(protected(text)) == text


@given(
    tables(TEXTS), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])
)
@settings(max_examples=150)
def test_any_texts_come_back_through_csv(table, separator, encoding):
    content = write_csv(table, letters(len(table[0])), separator, encoding)
    read = read_table(content, "x.csv", separator=separator)
    assert read.rows == [tuple(row) for row in table]


@given(tables(WESTERN), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["cp1252", "iso-8859-15"]))
def test_western_texts_come_back_through_their_encodings(table, separator, encoding):
    try:
        content = write_csv(table, letters(len(table[0])), separator, encoding)
    except InputError:
        assume(False)
    read = read_table(content, "x.csv", separator=separator, encoding=encoding)
    assert read.rows == [tuple(row) for row in table]


@given(tables(TEXTS).filter(lambda table: len(table[0]) > 1), st.sampled_from([",", ";", "\t", "|"]))
def test_the_separator_of_our_own_files_is_always_found(table, separator):
    assert read_table(write_csv(table, letters(len(table[0])), separator), "x.csv").separator == separator


def test_numbers_stay_numbers():
    text = write_csv([[-5, 1.5, "-5", None, True, dt.date(2026, 3, 4)]], letters(6), ";").decode("utf-8-sig")
    assert text.splitlines()[1] == '-5;1,5;"-5";"";true;"2026-03-04"'
    cells = list(
        openpyxl.load_workbook(
            io.BytesIO(write_xlsx([Sheet("x", letters(3), [[-5, 1.5, dt.date(2026, 3, 4)]])]))
        ).active
    )[1]
    assert [cell.value for cell in cells] == [-5, 1.5, dt.datetime(2026, 3, 4)]
    assert [cell.data_type for cell in cells] == ["n", "n", "d"]


def test_an_encoding_that_cannot_hold_a_text_is_refused():
    with pytest.raises(InputError, match="UTF-8"):
        write_csv([["日本"]], ["a"], encoding="cp1252")


def test_control_characters_and_half_letters_do_not_break_a_workbook():
    content = write_xlsx(
        [Sheet("a/b:[c]", ["x"], [["\x00\x1b\ud800ok"]]), Sheet("a b c", ["x"], []), Sheet("A B C", ["x"], [])]
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len({name.casefold() for name in book.sheetnames}) == 3
    assert book.worksheets[0]["A2"].value.endswith("ok")
    assert book.worksheets[0].freeze_panes == "A2"


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    with pytest.raises(InputError, match="CSV"):
        write_xlsx([Sheet("x", ["text"], [["y" * 32_768]])])


def test_long_numbers_keep_all_their_digits():
    content = write_xlsx([Sheet("x", ["ean"], [[3_760_123_456_789_012_345]])])
    assert read_table(content, "x").rows == [("3760123456789012345",)]


@given(
    st.dictionaries(st.text(max_size=10), st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=4)
)
def test_jsonld_closes_no_script_and_says_the_same(value):
    value["name"] = "</script><script>alert(1)</script><!-- & \u2028"
    content = write_jsonld(value).decode()
    assert not set("<>&\u2028\u2029") & set(content)
    assert json.loads(content) == value == json.loads(write_json(value))


COLUMNS = (
    Column("sku", N_("Reference"), True, "text", ("référence", "code article"), "A-100"),
    Column("price", N_("Price"), False, "number", ("prix",), "1250", N_("Example")),
)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_filled_in_template_needs_no_matching(language, kind):
    table = read_table(template_file(COLUMNS, language, kind), "x")
    assert propose(table, COLUMNS).certain(COLUMNS)
    assert table.rows == [("A-100", "1250")]
