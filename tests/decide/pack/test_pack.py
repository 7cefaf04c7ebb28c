"""The pack's files, read back: native charts, links, signs, formulas kept out, and nothing over the edge in French."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.util import Cm, Emu, Pt
from pypdf import PdfReader

from lib.access import Actor
from lib.catalogue import Area
from lib.database import connect, portfolio
from lib.decide import portfolio_pack
from lib.decide.model import Basis, Reference
from lib.decide.pack import collecting, writing
from lib.decide.pack.house import House
from lib.decide.pack.model import Cell, Handed, PackSlide, PackTable, Points
from lib.figures import Figure, Map, Mark, Place, Span, Timeline
from lib.files.documents.measuring import LEADING, POINT, wrapped
from lib.files.documents.slides import HEIGHT, WIDTH

LONG = ("Réassortiment anticipé des pièces d’exception et coordination des ateliers partenaires de la maison, " * 4)[
    :300
]
FORMULA = "=HYPERLINK(0)"


def deck_of(actor: Actor, language: str = "fr", parts: tuple[Handed, ...] = (), name: str = "Maison Solène") -> Any:
    """The ranking's own slides beside ``parts``, whatever pages there are."""
    with connect() as database:
        found = portfolio_pack.handed(database, actor, language)
    return collecting.composed((*parts, found), House(name), language, "22 novembre 2026")


def full() -> Handed:
    """Every kind of body, with names of 300 characters."""
    spans = tuple(
        Span(str(at), LONG if at % 3 == 0 else f"Étape {at}", at % 4, 3, "Essais" if at < 5 else LONG)
        for at in range(8)
    )
    timeline = Timeline(LONG, spans, ("T1 2027", "T2 2027", "T3 2027", "T4 2027"), LONG)
    bars = Figure("Minutes", tuple(Mark(LONG, 3 + at, 2 + at, 5 + at) for at in range(4)), "min", kind="bars")
    line = Figure("Mois", tuple(Mark(LONG, 3 + at, 2 + at, 5 + at) for at in range(6)), "min", kind="line")
    places = tuple(Place(str(at), LONG, 2 + at % 5 / 3, 2 + at / 9, 1.9, 4, None, None) for at in range(20))
    crowd = Map(LONG, places, "x", "y", (1, 5), (1, 5), (3, 3), (LONG, "b", "c", "d"))
    table = PackTable(
        (LONG, "Référence", "Objectif"),
        tuple((Cell(LONG), Cell("12,5 min", Basis.OPINION), Cell(LONG, Basis.EVIDENCE)) for _ in range(8)),
    )
    references = tuple(Reference(Basis.EVIDENCE, f"{LONG} {at}", "runs", f"r{at}") for at in range(30))
    return Handed(
        (
            PackSlide("roadmap", LONG, (timeline,), references[:3]),
            PackSlide("pilots", LONG, (bars, Points(tuple((LONG, Basis.OPINION) for _ in range(6)))), references),
            PackSlide("partners", LONG, (table, line), references[:9]),
            PackSlide("partners", LONG + "2", (crowd, table)),
        )
    )


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def shapes(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes]


def words(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    texts += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


@pytest.mark.parametrize("full_parts", [False, True], ids=["the ranking alone", "every kind of body"])
def test_the_file_is_what_the_schemas_want(actor: Actor, tmp_path: Path, full_parts: bool) -> None:
    path = tmp_path / "pack.pptx"
    path.write_bytes(writing.pptx(deck_of(actor, parts=(full(),) if full_parts else ())))
    result = validate_pptx(path)
    assert result.is_valid, [str(error) for error in result.errors]


def test_the_validation_finds_a_fault(actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "broken.pptx"
    sound = zipfile.ZipFile(io.BytesIO(writing.pptx(deck_of(actor))))
    with zipfile.ZipFile(path, "w") as broken:
        for name in sound.namelist():
            content = sound.read(name)
            if name.startswith("ppt/charts/chart"):
                content = content.replace(b"<c:scatterStyle", b"<c:scatterTaste")
            broken.writestr(name, content)
    assert not validate_pptx(path).is_valid


def test_six_to_twelve_slides_in_the_order_of_the_parts(actor: Actor) -> None:
    alone = deck_of(actor)
    assert len(opened(writing.pptx(alone)).slides) == 6
    assert [slide.part for slide in alone.slides] == ["portfolio", "top", "risks", "ask"]
    everything = deck_of(actor, parts=(full(), full()))
    assert 6 <= len(opened(writing.pptx(everything)).slides) <= 12
    order = [collecting.PARTS.index(slide.part) for slide in everything.slides]
    assert order == sorted(order) and set(order) == set(range(len(collecting.PARTS)))
    crowded = collecting.composed(
        [Handed(tuple(PackSlide("ask", f"{n}", ()) for n in range(20)))], House("M"), "fr", ""
    )
    assert len(crowded.slides) == 10 and crowded.left_out == tuple(f"{n}" for n in range(10, 20))


def test_each_slide_has_a_title_that_outlines_and_screen_readers_go_by(actor: Actor) -> None:
    made = deck_of(actor)
    titles = [slide.shapes.title.text_frame.text for slide in opened(writing.pptx(made)).slides]
    assert titles[0] == made.title and all(titles) and len(set(titles)) == len(titles)


def test_charts_are_native_with_their_intervals_and_no_picture_is_in_the_file(actor: Actor) -> None:
    deck = opened(writing.pptx(deck_of(actor, parts=(full(),))))
    charts = [shape.chart for shape in shapes(deck) if shape.has_chart]
    assert len(charts) == 6 and not [shape for shape in shapes(deck) if shape.shape_type == 13]
    kinds = {str(chart.chart_type).split()[0] for chart in charts}
    assert {"XY_SCATTER", "BAR_CLUSTERED", "BAR_STACKED", "LINE_MARKERS"} <= kinds
    bars = next(chart for chart in charts if "BAR_CLUSTERED" in str(chart.chart_type))
    assert list(bars.plots[0].series[0].values) == [3, 4, 5, 6] and "errBars" in bars._chartSpace.xml
    book = load_workbook(io.BytesIO(bars.part.chart_workbook.xlsx_part.blob))
    assert [book.worksheets[0][f"D{row}"].value for row in range(2, 6)] == [2, 2, 2, 2]
    assert [book.worksheets[0][f"E{row}"].value for row in range(2, 6)] == [1, 1, 1, 1]


def test_numbers_carry_signs_and_references_open_what_there_is(actor: Actor) -> None:
    made = deck_of(actor, "en")
    deck = opened(writing.pptx(made, lambda one: f"http://localhost/{one.page}"))
    top = next(slide for slide, said in zip(list(deck.slides)[1:], made.slides, strict=False) if said.part == "top")
    table = next(shape.table for shape in top.shapes if shape.has_table)
    assert all(table.cell(row, 1).text.startswith("◇") for row in range(1, 6))
    links = [
        shape.click_action.hyperlink.address for shape in top.shapes if not shape.has_chart and not shape.has_table
    ]
    assert "http://localhost/prioritisation_matrix" in links
    assert "[1] Starting scores" in words(deck.slides[-1])


def test_nothing_runs_over_in_french_with_long_names(actor: Actor) -> None:
    deck = opened(writing.pptx(deck_of(actor, parts=(full(),), name=LONG)))
    for slide, shape in [(page, shape) for page in deck.slides for shape in page.shapes]:
        foot = 15.72 if "[" in words(slide) else HEIGHT - 1.55  # where references begin, or the page's foot
        assert shape.left >= 0 and shape.left + shape.width <= Cm(WIDTH) + 1
        assert shape.top >= 0 and shape.top + shape.height <= Cm(HEIGHT) + 1, shape.name
        if shape.has_text_frame and shape.text_frame.text:
            assert text_height(shape) <= Emu(shape.height).cm + 0.02, shape.text_frame.text
        if shape.has_table:
            assert sum(row.height for row in shape.table.rows) + shape.top <= Cm(foot)
            for row in shape.table.rows:
                for at, cell in enumerate(row.cells):
                    room = Emu(shape.table.columns[at].width).cm - 0.2
                    assert lines_height(cell.text_frame, room) <= Emu(row.height).cm - 0.1 + 0.02, cell.text
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert LONG in notes


def text_height(shape: Any) -> float:
    return lines_height(shape.text_frame, Emu(shape.width).cm)


def lines_height(frame: Any, room: float) -> float:
    total = 0.0
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            face = run.font.name + (" Bold" if run.font.bold else "")
            lines = wrapped(run.text, face, Pt(run.font.size.pt).pt, room)
            total += len(lines) * run.font.size.pt * LEADING * POINT
    return total


def test_the_pdf_has_the_same_slides_words_and_links(actor: Actor) -> None:
    deck = deck_of(actor, parts=(full(),))
    reader = PdfReader(io.BytesIO(writing.pdf(deck, lambda one: f"http://localhost/{one.page}")))
    assert len(reader.pages) == len(opened(writing.pptx(deck)).slides)
    said = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    assert "Maison Solène" in said and "Nous demandons à commencer" in said and "◇" in said
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
    assert "http://localhost/prioritisation_matrix" in links
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)


def test_no_text_of_the_house_is_a_formula_in_any_file(actor: Actor) -> None:
    with connect() as database:
        portfolio.add_use_case(database, actor, Area.MARKETING, FORMULA, "x")
    own = Handed((PackSlide("pilots", "t", (Figure("f", (Mark(FORMULA, 1.0, 0.5, 1.5),), "u", kind="bars"),)),))
    deck = deck_of(actor, "en", parts=(own,))
    book = load_workbook(io.BytesIO(writing.xlsx(deck)))
    cells = [cell for row in book["Scores"].iter_rows() for cell in row if cell.value == FORMULA]
    assert len(cells) == 1 and cells[0].data_type == "s"
    for shape in shapes(opened(writing.pptx(deck))):
        if shape.has_chart:
            held = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            assert not [c for row in held.worksheets[0].iter_rows() for c in row if c.data_type == "f"]


def test_all_scores_are_in_the_workbook_as_numbers(actor: Actor) -> None:
    deck = deck_of(actor, "fr")
    book = load_workbook(io.BytesIO(writing.xlsx(deck)))
    sheet = book["Notes"]
    assert sheet.max_row == 24 and isinstance(sheet.cell(2, 4).value, float)
    assert book["Références"].max_row == len(deck.references) + 1


def test_what_a_page_hands_in_takes_the_place_of_the_rankings_own(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    import types

    page = types.ModuleType("made_up_page")
    made = Handed((PackSlide("risks", "Nothing to fear", ()), PackSlide("portfolio", "All of it", ())))
    page.handed = lambda *_: made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "made_up_page", page)
    monkeypatch.setattr(collecting, "modules", lambda: ("made_up_page",))
    with connect() as database:
        deck = collecting.composed(collecting.handed(database, actor, "en"), House("M"), "en", "")
    assert [slide.title for slide in deck.slides if slide.part in ("risks", "portfolio")] == [
        "All of it",
        "Nothing to fear",
    ]
    assert not deck.sheets  # the scores, too, are that page's


def test_a_stranger_reads_their_own_portfolio_alone(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        portfolio.add_use_case(database, actor, Area.MARKETING, "Secret atelier", "x")
    rows = deck_of(stranger, "en").sheets[0].rows
    assert not [row for row in rows if "Secret" in str(row[0])]
    assert [row for row in deck_of(actor, "en").sheets[0].rows if row[0] == "Secret atelier"]
