"""The weekly table in a browser: a request with its sketch, an offer, a decision, then both papers opened and read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from docx import Document
from playwright.sync_api import expect

from lib.settings import ROOT
from tests.e2e.app import Visit
from tests.e2e.deciding import choose, fill, press, take
from tests.e2e.test_pages import objections

pytestmark = pytest.mark.e2e
SLUG = "weekly_table"
SKETCH = ROOT / "sample_data" / "sketches" / "coat.jpg"


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def gone(visit: Visit, title: str) -> None:
    """Wait until the form with what was put on the table has given way to an empty one."""
    expect(visit.page.locator(f'input[aria-label="In a few words"][value="{title}"]')).to_have_count(0)
    visit.settle()


def day(visit: Visit, digits: str) -> None:
    """Type a day into the form's date field, digit by digit."""
    visit.page.get_by_test_id("stDateInput").locator('[role="spinbutton"]').first.click()
    visit.page.keyboard.type(digits)
    visit.page.get_by_role("heading", level=1).click()  # leaving the field keeps the day
    visit.settle()


@pytest.mark.long
def test_a_week_from_a_request_to_the_minutes(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    page = visit.open(SLUG)
    expect(page.get_by_text("An example: an invented week of Maison Solène")).to_be_visible()
    fill(visit, "In a few words", "Swap the cloth")
    press(visit, "Put it on the table")
    expect(page.get_by_text("Give an example of what the tool should do")).to_be_visible()
    fill(visit, "Example of what it should do", "This coat in tweed.")
    page.locator('input[type="file"]').first.set_input_files(SKETCH)
    visit.settle()
    page.get_by_test_id("stImage").first.wait_for()
    press(visit, "Put it on the table")
    expect(page.get_by_text("What design asked for was brought today")).to_be_visible()
    expect(page.get_by_text("An example: an invented week")).to_have_count(0)

    gone(visit, "Swap the cloth")
    choose(visit, "Offer")
    expect(page.get_by_label("Description", exact=True)).to_be_visible()
    fill(visit, "In a few words", "Sketches are read")
    press(visit, "Put it on the table")
    expect(page.get_by_role("heading", name="Offers of engineering")).to_be_visible()
    gone(visit, "Sketches are read")
    choose(visit, "Decision")
    expect(page.get_by_label("Description", exact=True)).to_be_visible()
    fill(visit, "In a few words", "Use the archive")
    fill(visit, "Answers on the business side", "Ada")
    fill(visit, "Answers on the technical side", "Grace")
    press(visit, "Put it on the table")
    expect(page.get_by_text(re.compile("by which day"))).to_be_visible()
    page.reload()  # what was typed is still there
    visit.settle()
    expect(page.get_by_label("In a few words", exact=True)).to_have_value("Use the archive")
    day(visit, "01122026")
    page.reload()
    visit.settle()
    press(visit, "Put it on the table")
    expect(page.get_by_role("heading", name="Open decisions")).to_be_visible()
    expect(page.get_by_text(re.compile(r"due 1 Dec 2026.*business:\W*Ada · technical:\W*Grace"))).to_be_visible()
    assert objections(visit) == []

    agenda, minutes = take(visit, "Agenda as DOCX"), take(visit, "Minutes as DOCX")
    assert "Swap the cloth" in text_of(agenda) and "Sketches are read" in text_of(agenda)
    assert len(Document(io.BytesIO(agenda)).inline_shapes) == 1
    assert "Use the archive" in text_of(agenda) and "Use the archive" in text_of(minutes)
    assert "Brought this week" in text_of(minutes) and "Swap the cloth" in text_of(minutes)


def test_the_example_and_its_agenda_are_french(visitor: Callable[..., Visit]) -> None:
    visit = visitor("fr", 390)
    visit.open(SLUG)
    assert objections(visit) == []
    said = text_of(take(visit, "Ordre du jour de cet exemple en DOCX"))
    assert "Maison Solène, exemple" in said and "tweed d’hiver" in said
