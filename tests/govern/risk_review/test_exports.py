"""The card and the workbooks: whole, in both languages, and no text of theirs is a formula."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from lib.access import Actor
from lib.database import connect, incidents, risk_evidence
from lib.database.incidents import Entry
from lib.database.risk_facts import facts
from lib.govern.risk_review import card, sheets
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.overview import finding, rows
from lib.verdicts import CheckResult
from tests.govern.risk_review.reviews import SLUG, answered, colleague, ran, settle, sign

HOSTILE = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def made(actor: Actor) -> card.Card:
    """A signed review of the try-on with a hostile reason, a very long one, and an incident."""
    slug = "virtual_try_on"
    with connect() as database:
        ran(database, actor, slug, checks=(CheckResult("near_copy"),))
        settle(database, actor, slug)
        risk_evidence.attach_link(database, actor, slug, "", "input_rights", "https://house.example/list", "The list")
        answered(database, actor, "thresholds", "no", HOSTILE, slug=slug)
        answered(database, actor, "stop_switch", "partly", "word " * 790, slug=slug)
        incidents.log(database, actor, slug, Entry("near_miss", "minor", "2026-01-05", "=1+1", harm="@SUM(A1)"))
        sign(database, actor, slug)
        sign(database, colleague(actor), slug)
        return card.Card(
            work.dossier(database, actor, slug), facts(database, actor, slug), incidents.listing(database, actor),
            "Atelier Ada", "2026-11-22",
        )  # fmt: skip


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("Model card: Virtual try-on", "not legal advice", "Passed. Signed by two people", "Built-in",
                "Near-copies of what was given", "The list (https://house.example/list) · Ada",
                "skin tones 8 to 10", "Near-miss", "GDPR, Art. 9", "Explicit consent")),
        ("fr", ("Fiche du modèle", "avis juridique", "Validée", "Presque-accident", "RGPD, art. 9", "Ada")),
    ],
)  # fmt: skip
def test_the_card_holds_what_a_reader_asks_for(made: card.Card, language: str, wanted: tuple[str, ...]) -> None:
    pdf = " ".join(pdf_text(card.pdf(made, language)).split())
    document = Document(io.BytesIO(card.docx(made, language)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    docx = " ".join("\n".join([*(one.text for one in document.paragraphs), *cells]).replace("\u00a0", " ").split())
    for said in wanted:
        assert said in pdf, said
        assert said in docx, said
    for control in made.dossier.controls:
        assert control.source(language).replace("\u00a0", " ")[:30] in docx


def test_all_answers_and_their_history_are_in_the_workbook(actor: Actor) -> None:
    with connect() as database:
        answered(database, actor, "intended_use", "no", HOSTILE)
        answered(database, actor, "intended_use", "yes")
        risk_evidence.attach_link(database, actor, SLUG, "", "inventory", "https://house.example/list", "=cmd|x")
        found = work.dossier(database, actor, SLUG)
        book = load_workbook(io.BytesIO(sheets.answers(database, actor, found, "en")))
    answers, history, _signatures = book.worksheets
    assert answers.max_row == 2 + len(found.controls)  # the notice, the head
    assert "not legal advice" in str(answers["A1"].value)
    assert [cell.value for cell in history["D"]][1:] == [None, HOSTILE]
    texts = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in texts)
    assert any("=cmd|x" in str(cell.value) for cell in texts)


def test_the_log_and_the_comparison_are_workbooks_without_formulas(actor: Actor, made: card.Card) -> None:
    with connect() as database:
        found = rows(database, actor)
    for content in (sheets.incidents(made.incidents, {}, "fr"), sheets.overview(found, "fr")):
        book = load_workbook(io.BytesIO(content))
        assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert len(found) == 23
    assert finding(found).startswith("1 of 23 use cases have passed")
