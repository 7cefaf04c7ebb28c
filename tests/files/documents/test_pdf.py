"""PDF files, read back with another library."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from lib.files.documents.pdf import Pdf
from lib.files.documents.typefaces import FILES, letters, markup


def plain(width: int = 200, height: int = 100) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((height, width, 3), 90, np.uint8)).save(file, "PNG")
    return file.getvalue()


def read(document: Pdf) -> PdfReader:
    return PdfReader(io.BytesIO(document.to_bytes()))


def words(reader: PdfReader) -> str:
    return " ".join(page.extract_text() for page in reader.pages)


def test_all_kinds_of_things_are_in_the_file_with_their_french_letters() -> None:
    document = Pdf("Robe d’été", "Fiche technique", footer="Maison Solène")
    left, right = document.columns(9, 7)
    left.picture(plain(), 8, caption="Devant : l’œil")
    right.facts([("Tissu", "Lin « vert\u202fsauge\u202f» à 12 €")])
    right.swatches([("#9CAF88", "Vert sauge"), ("#1F1B18", "Encre")])
    document.heading("Mesures")
    document.table(["Mesure", "38"], [["Poitrine", "44"]], align=["left", "right"])
    document.pictures([(plain(height=60 + n), f"Variante {n}") for n in range(4)])
    reader = read(document)
    said = words(reader)
    for part in ("Robe d’été", "Fiche technique", "Maison Solène", "l’œil", "Vert sauge", "#9CAF88", "Poitrine"):
        assert part in said, part
    assert "12 €" in said.replace("\u00a0", " ") and "Variante 3" in said
    assert reader.metadata is not None and reader.metadata.title == "Robe d’été"
    assert sum(len(page.images) for page in reader.pages) == 5


def test_no_text_is_read_as_markup() -> None:
    document = Pdf("A & B <b>", "x</para>")
    document.text("<img src='file:///etc/passwd'/> & <a href='http://example.org'>go</a>")
    document.table(["<i>"], [["<font size=80>big</font>"]])
    reader = read(document)
    said = words(reader)
    assert "<img src='file:///etc/passwd'/>" in said and "<font size=80>big</font>" in said and "A & B <b>" in said
    assert not any("/Annots" in page for page in reader.pages)


def test_letters_that_the_typeface_lacks_come_from_the_fallback_or_are_seen_to_be_missing() -> None:
    document = Pdf("Łódź, Ωμέγα, Москва, ≥ 3 →")
    assert "Łódź, Ωμέγα, Москва, ≥ 3 →" in words(read(document))
    assert "\ufffd" in markup("中", "Newsreader") and markup("é", "Newsreader") == "é"
    for face in FILES:
        assert {ord(letter) for letter in "àâçéèêëîïôùûüÿœæÀÇÉŒ«»’–—…€×\u00a0\u202f"} <= letters(face), face


def test_a_table_breaks_over_pages_and_repeats_its_head() -> None:
    document = Pdf("Line sheet")
    document.table(["Reference", "Units"], [[f"R{n}", str(n)] for n in range(120)])
    reader = read(document)
    assert len(reader.pages) > 2
    assert all("Reference" in page.extract_text() for page in reader.pages)


def test_a_picture_taller_than_a_page_and_a_word_longer_than_a_line_are_made_to_fit() -> None:
    document = Pdf("Fit")
    document.picture(plain(50, 2000))
    document.picture(plain(4000, 40), width=90)
    document.facts([("Code", "X" * 400)])
    assert len(read(document).pages) <= 3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.booleans())
def test_any_text_makes_a_file(said: list[str], landscape: bool) -> None:
    document = Pdf("Any", landscape=landscape)
    for text in said:
        document.heading(text)
        document.text(text)
        document.facts([(text, text)])
    assert len(read(document).pages) >= 1


def test_a_file_that_is_no_picture_is_a_defect_of_the_caller() -> None:
    with pytest.raises(OSError):
        Pdf("x").picture(b"no picture")
