"""PPTX files, read back."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Cm

from lib.files.documents.slides import HEIGHT, WIDTH, Slides
from tests.files.documents.test_pdf import plain


def read(deck: Slides) -> Any:
    return Presentation(io.BytesIO(deck.to_bytes()))


def said(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def test_titles_facts_tables_pictures_and_swatches_stay_editable() -> None:
    deck = Slides("Sélection d’automne", "Six idées", footer="Maison Solène")
    page = deck.slide("Idée 1 : un manteau", "Rarement fait")
    size = page.picture(plain(200, 100), 1, 3, 10, 10, "Manteau, devant")
    page.facts([("Écoulement", "68 %")], 15, 3, 10)
    page.table(["Modèle", "Unités"], [["A", "240"]], 15, 6, 10, align=["left", "right"])
    page.swatches([("#9CAF88", "Vert sauge")], 15, 12)
    page.notes("À dire")
    found = read(deck)
    assert size == (10.0, 5.0)
    assert [len(found.slides), found.core_properties.title] == [2, "Sélection d’automne"]
    assert [slide.shapes.title.text_frame.text for slide in found.slides] == [
        "Sélection d’automne",
        "Idée 1 : un manteau",
    ]
    text = said(found.slides[1])
    for part in ("Idée 1 : un manteau", "Rarement fait", "Écoulement", "68 %", "Modèle", "240", "Vert sauge", "2"):
        assert part in text, part
    assert found.slides[1].notes_slide.notes_text_frame.text == "À dire"
    pictures = [shape for shape in found.slides[1].shapes if shape.shape_type == 13]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures] == ["Manteau, devant"]


def test_everything_lies_on_the_page() -> None:
    deck = Slides("T", "S", footer="F")
    deck.slide("Title", "Note").picture(plain(100, 900), 1, 3.2, 12, 13)
    for slide in read(deck).slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= Cm(WIDTH) + 1
            assert shape.top >= 0 and shape.top + shape.height <= Cm(HEIGHT) + 1


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    deck = Slides(text, text)
    page = deck.slide(text)
    page.text(text, 1, 4, 10)
    page.table([text], [[text]], 1, 6, 10)
    page.notes(text)
    assert len(read(deck).slides) == 2
