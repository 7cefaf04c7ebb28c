"""What is taken away: slides, line sheet and table hold every idea, in the reader's language."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from lib.i18n import use_language
from lib.merchandising.product_ideation.drawing import draw
from lib.merchandising.product_ideation.exports import line_sheet, slides, table, told
from lib.merchandising.product_ideation.levels import genome_name
from lib.merchandising.product_ideation.model import Idea, Round, Score, Steering
from lib.merchandising.product_ideation.rounds import hold_round
from lib.merchandising.product_ideation.samples import fitted
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from tests.merchandising.made_line import HOUSE, made_styles


@pytest.fixture(scope="module")
def held() -> Round:
    _line, sell, margin = fitted(made_styles())
    return hold_round(Scorer(sell, margin, Codes(HOUSE), Steering(ideas=3)), 1, 0, generations=3, population=20)


@pytest.fixture(scope="module")
def pictures(held: Round) -> dict[str, bytes]:
    return {idea.id: content for idea in held.ideas[:2] if (content := draw(idea.genome))}


@pytest.mark.parametrize(("language", "word"), [("en", "Expected sell-through"), ("fr", "Écoulement attendu")])
def test_every_idea_is_on_a_slide(held: Round, pictures: dict[str, bytes], language: str, word: str) -> None:
    with use_language(language):
        deck = Presentation(io.BytesIO(slides(held, pictures, "line.csv", "Title")))
        names = [genome_name(idea.genome) for idea in held.ideas]
    assert len(deck.slides) == len(held.ideas) + 1
    for slide, name in zip(list(deck.slides)[1:], names, strict=True):
        texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        cells = " ".join(
            cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        )
        assert name in texts and word in cells and "%" in cells
    assert any(slide.notes_slide.notes_text_frame.text for slide in list(deck.slides)[1:])


@pytest.mark.parametrize(("language", "word"), [("en", "Behind it"), ("fr", "À l’appui")])
def test_every_idea_has_a_page_with_its_evidence(held, pictures, language, word) -> None:
    with use_language(language):
        content = line_sheet(held, pictures, "line.csv", "Title")
        names = [genome_name(idea.genome) for idea in held.ideas]
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) == len(held.ideas) + 1
    for page, name, idea in zip(pages[1:], names, held.ideas, strict=True):
        assert name in page and word in page
        assert all(row.style in page for row in idea.evidence)


def test_the_table_holds_ideas_evidence_and_exchange(held: Round) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(held)))
    ideas, behind, exchange = book.worksheets
    assert [row[0].value for row in ideas.iter_rows(min_row=2)] == [idea.id for idea in held.ideas]
    assert behind.max_row == 1 + sum(len(idea.evidence) for idea in held.ideas)
    assert exchange.max_row == 1 + len(told(held)) == 1 + len(held.events)
    heads = [cell.value for cell in ideas[1]]
    low = heads.index("Expected sell-through, low")
    assert ideas.cell(2, low).value > ideas.cell(2, low + 1).value


def test_units_and_shares_behind_an_idea_are_numbers(held: Round) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(held)))
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert rows
    for row in rows:
        assert isinstance(row[4], int) and isinstance(row[5], (int, float)) and 0 <= row[5] <= 1
        assert row[6] is None or 0 <= row[6] <= 1


def test_a_slide_with_all_goals_and_attributes_ends_above_its_footer():
    goals = ("novelty", "sell", "margin", "brand", "materials", "balance", "inspiration", "wish")
    names = ("cut", "length", "neckline", "sleeve", "closure", "fabric", "colour", "pattern")
    genome = {"category": "dress", **dict.fromkeys(names, "word")}
    idea = Idea(
        id="1.1", genome=genome, by="director", views={"director": 0.5}, joint=0.5,
        scores={goal: Score(value=0.5, low=0.2, high=0.8) for goal in goals},
    )  # fmt: skip
    held = Round(number=1, seed=0, engine="built-in", steering=Steering(), ideas=(idea,), events=())
    with use_language("fr"):
        slide = Presentation(io.BytesIO(slides(held, {}, "ligne", "Idées"))).slides[1]
    tables = [shape for shape in slide.shapes if shape.has_table]
    footer = max(shape.top for shape in slide.shapes if shape.has_text_frame)
    assert len(tables) == 2
    assert tables[0].top + tables[0].height <= tables[1].top
    assert tables[1].top + tables[1].height <= footer
