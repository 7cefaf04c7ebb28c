"""Documents that come in: real files, made by other libraries or by hand."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from lib.errors import Cancelled, FileRejected
from lib.files.documents.pdf import Pdf
from lib.files.written import Place, read_written
from lib.files.written.pdf import SOME_SCANNED

POLICY = """---
title: not shown
---
# Retours

Vous avez **trente jours** pour [changer d’avis](https://example.org).

## Exceptions

- Bijoux sur mesure
- Lingerie

| Pays | Délai |
|------|-------|
| France | 3 jours |

```
# no heading
```
"""


def places(text: bytes, name: str) -> list[tuple[str, Place]]:
    return [(piece.text, piece.place) for piece in read_written(text, name).pieces]


def test_markdown_keeps_headings_and_loses_its_marks():
    assert places(POLICY.encode(), "r.md") == [
        ("Vous avez trente jours pour changer d’avis.", Place(("Retours",))),
        ("Bijoux sur mesure", Place(("Retours", "Exceptions"))),
        ("Lingerie", Place(("Retours", "Exceptions"))),
        ("Pays — Délai", Place(("Retours", "Exceptions"))),
        ("France — 3 jours", Place(("Retours", "Exceptions"))),
        ("# no heading", Place(("Retours", "Exceptions"))),
    ]
    assert read_written(POLICY.encode(), "r.md").title == "Retours"


def test_underlined_headings_are_headings_and_a_plain_text_has_none():
    found = read_written(b"Care\n====\n\nWash cold.\n\nSilk\n----\nDry clean.", "c.txt")
    assert [(piece.text, piece.place.heading) for piece in found.pieces] == [
        ("Wash cold.", ("Care",)),
        ("Dry clean.", ("Care", "Silk")),
    ]
    assert read_written("Lavé à froid.\n\nSéché à plat.".encode("cp1252"), "c.txt").kind == "text"


def test_html_leaves_out_what_is_not_read_and_fetches_nothing():
    page = (
        b"<!DOCTYPE html><html><head><title>Care &amp; wash</title><style>p{}</style></head><body><nav>Menu</nav>"
        b"<h1>Care</h1><p>Wash <b>cold</b>.<script>alert(1)</script></p><div hidden>secret</div>"
        b"<h2>Silk</h2><table><tr><th>Step</th><th>How</th></tr><tr><td>Iron</td><td>Cool</td></tr></table>"
        b"<img src='http://example.org/x.png'>after</body></html>"
    )
    found = read_written(page, "care.html")
    assert (found.title, found.kind) == ("Care & wash", "html")
    assert [(piece.text, piece.place.heading) for piece in found.pieces] == [
        ("Wash cold.", ("Care",)),
        ("Step — How", ("Care", "Silk")),
        ("Iron — Cool", ("Care", "Silk")),
        ("after", ("Care", "Silk")),
    ]


def test_a_docx_gives_headings_paragraphs_and_rows():
    document = Document()
    document.add_heading("Guide des tailles", 1)
    document.add_paragraph("Mesurez-vous sans serrer.")
    document.add_heading("Bagues", 2)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "52", "16,6 mm"
    file = io.BytesIO()
    document.save(file)
    assert places(file.getvalue(), "g.docx") == [
        ("Mesurez-vous sans serrer.", Place(("Guide des tailles",))),
        ("52 — 16,6 mm", Place(("Guide des tailles", "Bagues"), row=1)),
    ]


def test_a_pdf_gives_its_pages_without_what_stands_on_each():
    document = Pdf("Charte", footer="Maison Solène, charte interne")
    for number in range(5):
        document.text(f"Article {'abcde'[number]} : les retours sont acceptés pendant trente jours.")
        document.new_page()
    document.text("Fin de la charte, qui vaut pour toutes les boutiques.")
    found = read_written(document.to_bytes(), "charte.pdf")
    assert found.pages == 6
    assert [piece.place.page for piece in found.pieces if "Article" in piece.text] == [1, 2, 3, 4, 5]
    assert not any("charte interne" in piece.text for piece in found.pieces)


def test_a_csv_row_says_its_columns():
    found = read_written(b"Store,Opens\nParis,10:00\nLyon,\n", "stores.csv")
    assert [(piece.text, piece.place.row) for piece in found.pieces] == [
        ("Store: Paris; Opens: 10:00", 1),
        ("Store: Lyon", 2),
    ]


def scan(pages: int, written: bool) -> bytes:
    file = io.BytesIO()
    pictures = [Image.new("L", (200, 280), 200 + number) for number in range(pages)]
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:])
    if not written:
        return file.getvalue()
    writer = PdfWriter(clone_from=io.BytesIO(file.getvalue()))
    cover = Pdf("Charte")
    cover.text("Une page qui a été écrite et non photographiée.")
    writer.append(PdfReader(io.BytesIO(cover.to_bytes())))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_told_and_a_scan_with_a_written_page_is_read_with_a_note():
    with pytest.raises(FileRejected, match="scan"):
        read_written(scan(3, written=False), "scan.pdf")
    found = read_written(scan(3, written=True), "scan.pdf")
    assert found.notes == (SOME_SCANNED,) and {piece.place.page for piece in found.pieces} == {4}


def locked() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(scan(1, written=True)))
    writer.encrypt("secret")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def swollen() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    return file.getvalue()


def broken_docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", b"<w:document")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", "no text"),
        (b"  \n ", "a.md", "no text"),
        (b"\x7fELF\x00\x00\x00", "a.txt", "no document"),
        (b"\xd0\xcf\x11\xe0rest", "a.doc", "older Word"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged"),
        (broken_docx(), "a.docx", "damaged"),
        (b"PK\x03\x04rest", "a.docx", "no document"),
        (b"<html><script>x</script></html>", "a.html", "no text"),
    ],
)
def test_bad_files_are_told_with_the_fix(content, name, said):
    with pytest.raises(FileRejected, match=said):
        read_written(content, name)


def test_a_locked_pdf_and_a_docx_that_swells_are_refused():
    with pytest.raises(FileRejected, match="password"):
        read_written(locked(), "a.pdf")
    with pytest.raises(FileRejected, match="unpacks"):
        read_written(swollen(), "a.docx")


def test_reading_can_be_stopped_and_tells_how_far_it_is():
    shares: list[float] = []
    read_written(scan(4, written=True), "a.pdf", progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == 1.0
    with pytest.raises(Cancelled):
        read_written(scan(4, written=True), "a.pdf", cancelled=lambda: True)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=400), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_any_text_is_read_or_refused_with_a_message(text, name):
    try:
        found = read_written(text.encode("utf-8", "ignore"), name)
    except FileRejected:
        return
    assert all(piece.text.strip() for piece in found.pieces)
