"""Every hostile text through every export: read back by another library, it is a text and nothing that runs."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from typing import get_args, get_type_hints

import pytest

from lib.database.artefacts import safe_name
from lib.figures import Figure, Mark
from lib.files.documents.pdf import Pdf
from lib.files.documents.slide_marks import ChartColours
from lib.files.documents.slides import Slides
from lib.files.documents.word import Word
from lib.files.provenance import Provenance, packet
from lib.files.tables import read_table
from lib.files.writers import Sheet, write_csv, write_json, write_jsonld, write_xlsx
from lib.settings import ROOT
from tests.hostile.payloads import COMBINED, FORMULAS, everything

TEXTS = everything()
RUNS = re.compile(r"'*[\s\u200b\ufeff\u00a0]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")


def cells_of_csv(content: bytes, separator: str) -> list[str]:
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_read_as_a_formula(separator):
    content = write_csv([[text, f"{text} "] for text in TEXTS], ["=first", "@second"], separator=separator)
    for cell in cells_of_csv(content, separator):
        shown = cell.lstrip(" \t\r\n\u200b\ufeff\u00a0")
        assert not shown or shown[0] not in "=+-@\u2212\uff1d\uff0b\uff0d\uff20" or NUMBER.fullmatch(cell), repr(cell)


def test_what_looks_for_formulas_finds_one():
    """The control: a formula written past the writer is seen by the same eyes."""
    from openpyxl import Workbook, load_workbook

    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.save(out)
    assert load_workbook(io.BytesIO(out.getvalue())).worksheets[0]["A1"].data_type == "f"


def test_a_csv_comes_back_as_it_was():
    texts = [text for text in TEXTS if text.strip() and "\x00" not in text and not re.search("[\ud800-\udfff]", text)]
    table = read_table(write_csv([[text, "end"] for text in texts], ["text", "end"]), "back.csv")
    assert [row[-1] for row in table.rows] == ["end"] * len(texts)
    changed = [(was, row[0]) for was, row in zip(texts, table.rows, strict=True) if was.strip() != row[0].strip()]
    assert len(changed) <= len(texts) // 20, changed[:5]  # blanks and line ends are read as one


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    from openpyxl import load_workbook

    content = write_xlsx([Sheet("=1+1'[]:*?/\\", ["=text", "@end"], [[text, "end"] for text in TEXTS], above=FORMULAS)])
    book = load_workbook(io.BytesIO(content))
    found = 0
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type != "f" and cell.hyperlink is None, cell.value
            found += cell.value == "end"
    assert found == len(TEXTS)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<f " not in sheet


def outside(content: bytes) -> list[str]:
    """Relations of an Office file that lead out of it."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            data = packed.read(name)
            if name.endswith((".xml", ".rels")):
                ET.fromstring(data)  # well-formed: nothing of a text became markup
            if name.endswith(".rels"):
                found += re.findall(rb'TargetMode="External"[^>]*', data)
            assert b"<w:instrText" not in data, "a field would be computed when it is opened"
    return found


def test_a_word_document_holds_texts_alone():
    from docx import Document

    document = Word(COMBINED.replace("\x00", ""), COMBINED)
    for text in TEXTS:
        document.heading(text, 2)
        document.text(text)
    document.points(TEXTS)
    document.table(FORMULAS[:2], [[one, two] for one, two in zip(TEXTS, TEXTS, strict=True)])
    content = document.to_bytes()
    assert outside(content) == []
    texts = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert any("<script>alert(1)</script>" in text for text in texts)


def figure() -> Figure:
    marks = tuple(Mark(text[:60] or "x", float(at), note=text) for at, text in enumerate(FORMULAS))
    return Figure(COMBINED, marks, "EUR", "bars", source=COMBINED)


def test_slides_hold_texts_alone_and_their_charts_no_formula():
    from openpyxl import load_workbook

    deck = Slides(COMBINED.replace("\x00", ""))
    slide = deck.slide(COMBINED, COMBINED)
    slide.notes(COMBINED)
    for text in TEXTS[::7]:
        deck.slide(text[:120]).notes(text)
    slide.figure(figure(), (1.0, 3.0, 20.0, 10.0), ChartColours("#1F5C69", "#8A8378", "#1F1B18", "#CFC8BA"))
    content = deck.to_bytes()
    assert outside(content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        books = [name for name in packed.namelist() if name.endswith(".xlsx")]
        for name in books:
            for sheet in load_workbook(io.BytesIO(packed.read(name))).worksheets:
                assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), name
    assert books, "the chart's own workbook was looked at"


def test_a_pdf_holds_texts_alone():
    from pypdf import PdfReader

    document = Pdf(COMBINED.replace("\x00", ""))
    for text in TEXTS:
        document.text(text)
    document.facts([(text[:40], text) for text in TEXTS[::9]])
    document.table(["=a", "<b>"], [[one, one] for one in TEXTS[::9]])
    content = document.to_bytes()
    for word in (b"/JavaScript", b"/JS ", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile", b"/AA "):
        assert word not in content, word
    reader = PdfReader(io.BytesIO(content))
    assert any("<script>" in page.extract_text() for page in reader.pages)
    assert all("/Annots" not in page for page in reader.pages)


def test_json_comes_back_as_it_was_and_closes_no_script():
    assert json.loads(write_json(list(TEXTS))) == list(TEXTS)
    whole = write_jsonld({"name": list(TEXTS)}).decode()
    assert "</script" not in whole.lower() and "<!--" not in whole


def test_a_file_name_is_a_name_and_no_path():
    for text in TEXTS:
        name = safe_name(text)
        assert name and name not in (".", "..") and not re.search(r'[/\\\x00-\x1f:*?"<>|]', name), repr(name)
        assert len(name.encode()) <= 255


def test_provenance_is_well_formed_whatever_the_names():
    kinds = get_type_hints(Provenance)
    assert set(kinds) == {"engine", "model", "run", "date", "source_type", "title"}, "give the new field a hostile text"
    for text in TEXTS:
        when, kind = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), get_args(kinds["source_type"])
        source = kind[0] if kind else next(iter(kinds["source_type"]))
        made = Provenance(text, text, text, when, source, text)
        ET.fromstring(re.sub(r"<\?xpacket[^>]*\?>", "", packet(made)))


FILES = [path for path in sorted((ROOT / "lib").rglob("*.py")) if "lib/files" not in path.as_posix()]
FORBIDDEN = {"to_csv", "to_excel", "Workbook", "writer", "DictWriter", "to_html"}


def test_tables_go_out_through_the_one_writer():
    """Who wrote a table past ``lib.files.writers`` would have to protect its cells again."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in FORBIDDEN:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {called}")
    assert found == []
