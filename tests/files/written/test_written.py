"""Documents that come in: real files, made by other libraries or by hand."""

from __future__ import annotations

import io
import threading
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


def long_pdf(pages: int, said: str = "Article {number} ({word}): returns are taken for thirty days.") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(1, pages + 1):
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        canvas.drawString(60, 700, said.format(number=number, word=word))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_two_thousand_pages_are_read_each_with_its_number_and_the_progress_of_each_is_told():
    shares: list[float] = []
    read = read_written(long_pdf(2_000), "charter.pdf", progress=shares.append)
    assert read.pages == 2_000 and shares == [page / 2_000 for page in range(1, 2_001)]
    assert [(piece.place.page, piece.text.split(":")[0]) for piece in read.pieces[::999]] == [
        (1, "Article 1 (b)"),
        (1_000, "Article 1000 (baaa)"),
        (1_999, "Article 1999 (bjjj)"),
    ]


def test_pages_of_nothing_but_lines_alike_are_kept():
    read = read_written(long_pdf(5, "Voucher {number}: twenty euros."), "vouchers.pdf")
    assert [piece.text for piece in read.pieces] == [f"Voucher {number}: twenty euros." for number in range(1, 6)]


def test_two_thousand_pages_are_stopped_at_the_next_page():
    shares: list[float] = []
    with pytest.raises(Cancelled):
        read_written(long_pdf(2_000), "charter.pdf", shares.append, lambda: len(shares) >= 3)
    assert len(shares) == 3


def test_more_pages_than_the_most_are_refused_with_both_numbers():
    with pytest.raises(FileRejected, match=r"3001 pages.*3000 are the most"):
        read_written(long_pdf(3_001, ""), "charter.pdf")


def test_a_short_pdf_is_read_while_somebody_elses_long_one_is():
    pages: list[int | None] = []

    def while_it_reads(share: float) -> None:
        if not pages:
            beside = threading.Thread(target=lambda: pages.append(read_written(long_pdf(1), "letter.pdf").pages))
            beside.daemon = True
            beside.start()
            beside.join(30)

    assert read_written(long_pdf(5), "charter.pdf", while_it_reads).pages == 5
    assert pages == [1]


def word_file(**parts: bytes) -> bytes:
    """A real DOCX in which parts are replaced or added; ``__`` stands for a slash and ``_`` for the dot."""
    file, out = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph("Returns are taken for thirty days.")
    document.save(file)
    new = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in old.namelist():
            if entry not in new:
                archive.writestr(entry, old.read(entry))
        for entry, content in new.items():
            archive.writestr(entry, content)
    return out.getvalue()


def test_a_docx_with_macros_is_refused_with_the_fix():
    assert len(read_written(word_file(), "a.docx").pieces) == 1
    with pytest.raises(FileRejected, match=r"macros, which are never run.*Save it as .docx"):
        read_written(word_file(word__vbaProject_bin=b"\xd0\xcf\x11\xe0"), "a.docx")


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITIES = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))


@pytest.mark.parametrize(
    "entities", [f'<!ENTITY a0 "lol">{ENTITIES}', f'<!ENTITY a9 SYSTEM "file://{__file__}">'], ids=["bomb", "file"]
)
def test_entities_in_a_docx_neither_swell_nor_fetch(entities):
    xml = (
        f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>Thirty days.</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        said = " ".join(
            piece.text for piece in read_written(word_file(word__document_xml=xml.encode()), "a.docx").pieces
        )
    except FileRejected:
        return
    assert len(said) < 100 and "import" not in said and "lol" * 100 not in said


def test_nothing_of_html_that_acts_is_in_what_is_read():
    page = (
        b"<!doctype html><body onload='alert(1)'><h1>Care<script>alert(2)</script></h1><!-- hidden remark -->"
        b"<a href='javascript:alert(3)' onclick='alert(4)'>Wash cold</a><svg onload='alert(5)'><text>drawn</text></svg>"
        b"<iframe srcdoc='<p>framed</p>'>inner</iframe><object data='x'>object</object><p>1 &lt; 2 &lt;b&gt;</p>"
        b"<style>p { background: url(http://example.org) }</style><script>document.write('<p>written</p>')"
    )
    assert [(piece.text, piece.place.heading) for piece in read_written(page, "care.html").pieces] == [
        ("Wash cold", ("Care",)),
        ("1 < 2 <b>", ("Care",)),
    ]


def test_a_csvs_formulas_are_words_like_others():
    found = read_written(b'Store,Note\nParis,"=HYPERLINK(""http://example.org"",A1)"\nLyon,@SUM(1+1)\n', "stores.csv")
    assert [piece.text for piece in found.pieces] == [
        'Store: Paris; Note: =HYPERLINK("http://example.org",A1)',
        "Store: Lyon; Note: @SUM(1+1)",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=400), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_any_text_is_read_or_refused_with_a_message(text, name):
    try:
        found = read_written(text.encode("utf-8", "ignore"), name)
    except FileRejected:
        return
    assert all(piece.text.strip() for piece in found.pieces)
