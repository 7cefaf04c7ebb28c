"""XLSX: what a person sees in the sheet is what is read; formulas are never evaluated; bombs don't go off."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from lib.errors import FileRejected
from lib.files.tables import Limits, read_table

PROLOGUE = '<?xml version="1.0"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows, title: str = "Data") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def with_part(content: bytes, part: str, text: str | bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


def sheet_xml(rows: str) -> str:
    return f'{PROLOGUE}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


PLAIN = saved(workbook(["sku", "name"], ["A", "Robe"]))


def test_cells_are_read_as_they_are_shown():
    book = workbook(["sku", "price", "share", "code", "date", "sum", "yes", "big"])
    book.active.append(["A", 12.5, 0.7, 42, dt.datetime(2026, 3, 4), 0.1 + 0.2, True, 3_760_123_456_789])
    book.active["C2"].number_format = "0%"
    book.active["D2"].number_format = "00000"
    assert read_table(saved(book), "x").rows == [
        ("A", "12.5", "70%", "00042", "2026-03-04", "0.3", "true", "3760123456789")
    ]


def test_rows_keep_their_number_through_blank_and_merged_ones():
    book = workbook(["Catalogue 2026"], [], ["sku", "name", "price"], ["A", "x", 1], [], ["B", "y", 2])
    book.active.merge_cells("A1:C1")
    table = read_table(saved(book), "x")
    assert table.columns == ("sku", "name", "price")
    assert table.lines == [4, 6]


def test_a_formula_without_a_saved_value_stays_text_and_is_said():
    table = read_table(saved(workbook(["sku", "price"], ["A", "=1+1"], ["B", 3])), "x")
    assert table.rows == [("A", "=1+1"), ("B", "3")]
    assert "nothing is calculated" in table.warnings[0].text()


def test_a_formulas_saved_value_is_read():
    xml = sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f><v>99</v></c></row>'
    )
    table = read_table(with_part(PLAIN, "xl/worksheets/sheet1.xml", xml), "x")
    assert table.rows == [("1", "99")]
    assert table.warnings[0].values == {"count": 1, "cells": "B2"}


def test_sheets_are_listed_and_chosen():
    book = workbook(["Notes on this file"], title="Notes")
    book.create_sheet("Produits").append(["sku", "nom"])
    book["Produits"].append(["A", "Robe"])
    book.create_sheet("Hidden").sheet_state = "hidden"
    table = read_table(saved(book), "x")
    assert (table.sheet, table.sheets) == ("Produits", ("Notes", "Produits"))
    with pytest.raises(FileRejected, match="Other"):
        read_table(saved(book), "x", sheet="Other")


def test_a_wrong_dimension_hides_nothing():
    xml = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/worksheets/sheet1.xml").decode()
    assert "A1:B2" in xml
    content = with_part(PLAIN, "xl/worksheets/sheet1.xml", xml.replace("A1:B2", "A1"))
    assert read_table(content, "x").rows == [("A", "Robe")]


BOMB = f'{PROLOGUE}<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet xmlns="{MAIN}">&b;</worksheet>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused_in_any_encoding(encoding):
    content = with_part(PLAIN, "xl/worksheets/sheet1.xml", BOMB.replace('<?xml version="1.0"?>', "").encode(encoding))
    with pytest.raises(FileRejected, match="entities"):
        read_table(content, "x")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_openpyxl_itself_refuses_entities_since_defusedxml_is_installed(part):
    """The second wall behind our own: it stands as long as defusedxml is installed."""
    content = with_part(PLAIN, part, BOMB)
    with pytest.raises(ValueError) as caught:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        list(book.active.iter_rows())
    assert isinstance(caught.value, EntitiesForbidden) or isinstance(caught.value.__cause__, EntitiesForbidden)


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size():
    bomb = with_part(PLAIN, "xl/worksheets/sheet1.xml", sheet_xml(" " * 40_000_000))
    assert len(bomb) < 200_000
    with pytest.raises(FileRejected, match="unpacks"):
        read_table(bomb, "x")
    with pytest.raises(FileRejected, match="unpacks"):
        read_table(PLAIN, "x", Limits(max_unpacked_bytes=1_000))


def test_a_row_number_out_of_this_world_does_not_hang_the_reader():
    row = '<row r="{}"><c r="A{}"><v>1</v></c></row>'
    xml = sheet_xml(row.format(1, 1) + row.format(9_999_999_999, 9_999_999_999))
    with pytest.raises(FileRejected):
        read_table(with_part(PLAIN, "xl/worksheets/sheet1.xml", xml), "x")


@pytest.mark.parametrize(
    "content",
    [
        PLAIN[: len(PLAIN) // 2],
        with_part(PLAIN, "xl/workbook.xml", "<nonsense/>"),
        with_part(PLAIN, "xl/worksheets/sheet1.xml", "<worksheet"),
        with_part(PLAIN, "xl/worksheets/sheet1.xml", sheet_xml('<row r="x"><c r="??"><v>1</v></c></row>')),
        with_part(PLAIN, "xl/styles.xml", "not xml at all"),
        saved(openpyxl.Workbook()),
    ],
)
def test_damaged_and_blank_workbooks_are_refused(content):
    with pytest.raises(FileRejected):
        read_table(content, "x")


def test_more_rows_than_the_limit_are_refused():
    book = workbook(["a", "b"], *([at, at] for at in range(60)))
    with pytest.raises(FileRejected, match="more than 50 rows"):
        read_table(saved(book), "x", Limits(max_rows=50))


def test_a_carriage_return_that_excel_escaped_comes_back():
    table = read_table(saved(workbook(["a", "b"], ["one_x000D_\ntwo", "x_x0041_"])), "x")
    assert table.rows == [("one\r\ntwo", "x_x0041_")]
