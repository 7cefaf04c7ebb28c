"""What is read, and what is refused with a reason: by content, never by name."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import FileRejected, ToileError
from lib.files.tables import Limits, Table, read_table
from lib.i18n import use_language

SMALL = Limits(max_bytes=100_000, max_rows=50, max_columns=10, max_cells=200, max_cell_characters=1_000)


def refused(content: bytes, **named) -> FileRejected:
    with pytest.raises(FileRejected) as caught:
        read_table(content, "table.csv", **named)
    assert caught.value.text("en") != caught.value.text("fr")
    assert "{" not in caught.value.text("fr").replace('{"sku"', "")
    return caught.value


def rows(table: Table) -> list[dict[str, str]]:
    return list(table.records())


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "iso-8859-1", "mac-roman", "cp850"],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(encoding, separator):
    lines = [
        "Référence|Libellé|Matière",
        "A1|Robe d'été à plis|70 % laine vierge",
        "A2|Chemise brodée côté cœur|soie grège",
    ]
    text = "\r\n".join(lines).replace("|", separator)
    text = text if encoding not in ("iso-8859-1", "mac-roman", "cp850") else text.replace("œ", "oe")
    table = read_table(text.encode(encoding), "x")
    assert table.columns == ("Référence", "Libellé", "Matière")
    assert table.separator == separator
    assert table.rows[0] == ("A1", "Robe d'été à plis", "70 % laine vierge")
    assert table.lines == [2, 3]


def test_another_script_is_read_with_a_word_of_doubt():
    table = read_table("артикул;название\nA1;Платье летнее\nA2;Юбка длинная\n".encode("cp1251"), "x")
    assert table.rows[0] == ("A1", "Платье летнее")
    assert any("cp1251" in notice.text() for notice in table.warnings)


def test_the_person_overrules_encoding_and_separator():
    content = "a;b,c\n1;2,3\n".encode("utf-16")
    assert read_table(content, "x", separator=",").columns == ("a;b", "c")
    assert read_table("é\n1\n".encode("cp850"), "x", encoding="cp850").columns == ("é",)
    assert "utf-8" in str(refused(b"\xff\xfea", encoding="utf-8"))


def test_decimal_commas_do_not_pass_for_separators():
    assert read_table(b"sku;prix\nA;12,50\nB;13,90\n", "x").rows == [("A", "12,50"), ("B", "13,90")]
    assert read_table(b"prix\n12,50\n13,90\n", "x").rows == [("12,50",), ("13,90",)]


def test_quotes_hold_separators_quotes_and_line_breaks():
    table = read_table(b'sku,text\nA,"one, two\r\nthree ""four"""\nB,five\n', "x")
    assert table.rows == [("A", 'one, two\r\nthree "four"'), ("B", "five")]
    assert table.lines == [2, 4]


def test_a_sentence_with_commas_is_one_column():
    assert read_table(b"text\nHello, world\nGood evening, all\n", "x").columns == ("text",)


def test_excels_own_separator_line_is_obeyed():
    assert read_table(b"sep=;\na;b\n1;2\n", "x").rows == [("1", "2")]


def test_a_quote_that_never_closes_is_named_with_its_line():
    assert refused(b'a,b\n1,2\n3,"open\n4,5\n').values["line"] == 3


def test_title_lines_above_the_header_are_skipped_and_said():
    table = read_table(b"Export of 3 March\n\nsku;name;price\nA;Robe;12\nB;Jupe;13\n", "x")
    assert table.columns == ("sku", "name", "price")
    assert table.lines == [4, 5]
    assert any(notice.values.get("line") == 3 for notice in table.warnings)


def test_a_file_without_header_loses_no_row():
    table = read_table(b"A1,dress,12\nA2,skirt,13\nA3,coat,14\n", "x")
    assert table.columns == ("(A)", "(B)", "(C)")
    assert len(table.rows) == 3


def test_years_may_be_column_names():
    assert read_table(b"sku,2024,2025\nA,1,2\nB,3,4\n", "x").columns == ("sku", "2024", "2025")


def test_names_that_repeat_or_are_empty_become_unique():
    assert read_table(b"Price,price,,Price\n1,2,3,4\na,b,c,d\n", "x").columns == (
        "Price",
        "price (2)",
        "(C)",
        "Price (3)",
    )


def test_a_row_with_too_many_cells_is_a_problem_and_not_shifted():
    table = read_table(b"a,b\n" + b"1,2\n" * 8 + b"1,2,3\n", "x")
    assert len(table.rows) == 8
    assert [(problem.line, problem.values) for problem in table.problems] == [(10, {"count": 3, "width": 2})]


def test_short_rows_are_filled_and_trailing_separators_ignored():
    assert read_table(b"a,b,c\n1\n1,2,3,,,\n4,5,6\n", "x").rows == [("1", "", ""), ("1", "2", "3"), ("4", "5", "6")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_refused_as_nothing(content):
    refused(content)


def test_a_header_without_rows_is_refused():
    assert "rows" in str(refused(b"sku,name\n"))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "program"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"#!/bin/sh\nrm -rf x\n", "program"),
        (b"\xcf\xfa\xed\xfe\x07\x00", "program"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", ".xls"),
        (b"SQLite format 3\x00", "database"),
        (b"\x80\x04\x95\x10\x00", "own data"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"{\\rtf1 hello}", "document"),
        (bytes(range(1, 32)) * 40, "no readable text"),
    ],
)
def test_what_is_no_table_is_named(content, word):
    assert word in refused(content).text("en")


def test_a_product_code_that_begins_like_a_program_is_a_product_code():
    assert read_table(b"MZ-100,BM\n1,2\n3,x\n", "x").rows[0] == ("1", "2")


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ("word/document.xml", "document"),
        ("ppt/presentation.xml", "presentation"),
        ("content.xml", "spreadsheet"),
        ("x.csv", "archive"),
    ],
)
def test_other_office_files_are_named(member, word):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")
    assert word in refused(out.getvalue()).text("en")


def test_null_bytes_are_refused():
    assert "null bytes" in refused(b"sku,name\nA,\x00B\nC,D\n").text("en")


def test_a_cell_of_five_megabytes_is_refused_with_its_line():
    assert refused(b"sku,text\nA,x\nB," + b"y" * 5_000_000 + b"\n").values["line"] == 3


def test_two_hundred_thousand_rows_name_the_limit_and_the_way_on():
    content = b"sku,name\n" + b"".join(b"A%d,Robe\n" % at for at in range(200_000))
    with use_language("fr"):
        error = refused(content)
        assert "100\u202f000" in error.text("fr")
    assert "Split" in error.text("en")


def test_the_limit_itself_is_read():
    content = b"a\n" + b"x\n" * 50
    assert len(read_table(content, "x", SMALL).rows) == 50
    assert "rows" in refused(content + b"x\n", limits=SMALL).text("en")


@pytest.mark.parametrize(
    "content",
    [
        b"a\n" + b"x" * 200_000,
        b",".join(b"c%d" % at for at in range(11)) + b"\n1\n",
        b"a,b,c,d,e\n" + b"1,2,3,4,5\n" * 49,
    ],
)
def test_size_columns_and_cells_are_limited(content):
    refused(content, limits=SMALL)


def test_html_scripts_and_templates_stay_text():
    text = '<script>alert(1)</script> {{ 7*7 }} {% import "os" %} =cmd|calc'
    quoted = text.replace('"', '""')
    for content in (f'sku,text\nA,"{quoted}"\n', json.dumps([{"sku": "A", "text": text}])):
        assert read_table(content.encode(), "x").rows == [("A", text)]


def test_json_is_flattened_with_line_numbers():
    first = b'{"sku": "A", "price": {"amount": 1.50, "currency": "EUR"}, "tags": ["a", "b"]}'
    content = b'{"products": [\n ' + first + b',\n {"sku": "B"}\n]}'
    table = read_table(content, "x")
    assert rows(table)[0] == {"sku": "A", "price.amount": "1.50", "price.currency": "EUR", "tags": "a | b"}
    assert table.lines == [2, 3]


def test_a_list_deep_in_an_answer_is_found():
    table = read_table(b'{"meta": {"items": 2}, "data": {"items": [{"sku": "A"},\n {"sku": "B"}]}}', "x")
    assert (table.rows, table.lines) == ([("A",), ("B",)], [1, 2])


def test_json_lines_are_read():
    table = read_table(b'{"a": 1}\n\n{"a": 2, "b": null}\n', "x")
    assert (table.kind, table.rows, table.lines) == ("json lines", [("1", ""), ("2", "")], [1, 3])


@pytest.mark.parametrize(
    "content",
    [
        b'[{"a": 1},\n{"a": }]',
        b'[{"a": 1},',
        b'{"a": 1}\n{"a":\n',
        b"[1, 2]",
        b'{"a": {"b": 1}, "c": "d", "e": [1]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_broken_json_is_refused(content):
    refused(content)


def test_parquet_is_read_by_content():
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"sku": ["A", None], "price": [1.5, 2.0], "tags": [["x", "y"], []]}), out)
    table = read_table(out.getvalue(), "data.csv")
    assert table.rows == [("A", "1.5", "x | y"), ("", "2", "")]
    refused(out.getvalue()[:-20])
    refused(out.getvalue()[:60])


def test_a_small_parquet_with_too_many_rows_is_refused():
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"a": ["x" * 500] * 150_000}), out)
    assert len(out.getvalue()) < 100_000
    assert "rows" in refused(out.getvalue()).text("en")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    try:
        table = read_table(content, "x", SMALL)
    except ToileError:
        return
    assert table.rows
    assert len(table.rows) == len(table.lines)
    assert len(set(table.columns)) == len(table.columns)
    assert all(len(row) == len(table.columns) for row in table.rows)


@given(st.text(alphabet="ab1,;\t|\"\n\r'= ", max_size=120))
def test_no_text_breaks_the_reader(text):
    try:
        table = read_table(text.encode(), "x", SMALL)
    except ToileError:
        return
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.lines == sorted(table.lines)


# What becomes of each file: a word of the refusal, or the number of rows that are read.
FIXTURES = {
    "empty.csv": "empty",
    "only_spaces.csv": "no text",
    "bom_only.csv": "no text",
    "header_only.csv": "no rows",
    "utf8_bom.csv": 3,
    "utf16_le.csv": 3,
    "utf16_be.csv": 3,
    "latin1.csv": 2,
    "cp1252.csv": 3,
    "semicolons.csv": 3,
    "tabs.tsv": 3,
    "bars.csv": 3,
    "old_mac_line_ends.csv": 3,
    "formulas.csv": 8,
    "html.csv": 7,
    "jinja.csv": 7,
    "elf.csv": "program",
    "mz.csv": "program",
    "png_named.xlsx": "image",
    "broken_quotes.csv": "quotation mark",
    "nul_bytes.csv": "null bytes",
    "giant_cell.csv": "characters",
    "rows_200000.csv": "rows",
    "good.xlsx": 3,
    "sheets.xlsx": 3,
    "truncated.xlsx": "damaged",
    "zip_bomb.xlsx": "unpacks",
    "external_entity.xlsx": "entities",
    "billion_laughs.xlsx": "entities",
    "lines.jsonl": 3,
    "array.json": 3,
    "nested.json": 3,
    "broken.json": "JSON",
    "deep.json": "deeply",
    "products.parquet": 3,
}


@pytest.mark.parametrize("name", FIXTURES)
def test_bad_and_odd_files(name):
    from tests.fixtures.make_files import make

    expected = FIXTURES[name]
    content = make(name)
    if isinstance(expected, str):
        assert expected in refused(content).text("en")
    else:
        assert len(read_table(content, name).rows) == expected


def test_payloads_arrive_as_they_were_written():
    from tests.fixtures.make_files import FORMULAS, MARKUP, TEMPLATES, make

    for name, payloads in (("formulas.csv", FORMULAS), ("html.csv", MARKUP), ("jinja.csv", TEMPLATES)):
        cells = {cell.strip() for row in read_table(make(name), name).rows for cell in row}
        assert {payload.strip() for payload in payloads} <= cells
