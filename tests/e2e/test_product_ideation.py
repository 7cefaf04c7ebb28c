"""Product ideation in a real browser: the map, a round, a second tab, a phone, files, and a file of one row."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from lib.i18n import translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit, visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "product_ideation"
expect.set_options(timeout=WAIT_MILLISECONDS)
ROUND = 240_000  # milliseconds, beside everything else that the machine does
LINE = "Style,Season,Category,Fabric,Colour,Units bought,Units sold at full price\nA1,SS26,Dress,Linen,Sage,100,60\n"


def words(someone: Visit, message: str, **values: object) -> str:
    with use_language(someone.language):
        return translate(message, None, **values)


def hold(someone: Visit) -> Page:
    """Press the main button and wait for the ideas."""
    page = someone.page
    page.locator(".st-key-run button").click()
    page.locator(".ideas-exchange").wait_for(timeout=ROUND)
    return someone.settle()


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1"))


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("fr", 390)])
def test_a_round_is_held_and_found_again(visitor: Callable[..., Visit], language: str, width: int) -> None:
    someone = visitor(language, width)
    page = someone.open(SLUG)
    expect(page.locator(".toile-finding").first).to_contain_text("%")
    hold(someone)
    cards = page.locator(".ideas-card h3")
    expect(cards).to_have_count(6)
    names = cards.all_inner_texts()
    assert len(set(names)) == 6
    assert page.locator('[data-testid="stImage"] img').count() >= 6
    assert fits(page)
    other = visit(page.context, someone.address, language)
    second = other.open(SLUG)
    expect(second.locator(".ideas-card h3")).to_have_text(names)
    assert other.complaints == []
    second.close()


def test_what_is_taken_away_holds_the_ideas(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    page = someone.open(SLUG)
    hold(someone)
    names = page.locator(".ideas-card h3").all_inner_texts()

    def taken(label: str) -> Path:
        with page.expect_download() as awaited:
            page.get_by_role("button", name=label, exact=True).click()
        return Path(awaited.value.path())

    pages = [" ".join(one.extract_text().split()) for one in PdfReader(taken(words(someone, "Line sheet (PDF)"))).pages]
    assert len(pages) == 7
    someone.settle()
    book = openpyxl.load_workbook(io.BytesIO(taken("XLSX").read_bytes()))
    categories = [row[2].value.casefold() for row in book.worksheets[0].iter_rows(min_row=2)]
    assert categories == [name.split(",")[0].casefold() for name in names]


@pytest.mark.parametrize(("language", "says"), [("en", "At least 30"), ("fr", "au moins 30")])
def test_a_past_line_of_one_row_is_told_and_nothing_is_lost(
    visitor: Callable[..., Visit], tmp_path: Path, language: str, says: str
) -> None:
    someone = visitor(language)
    page = someone.open(SLUG)
    hold(someone)
    names = page.locator(".ideas-card h3").all_inner_texts()
    page.get_by_text(words(someone, "Data: past line, codes, inspiration")).click()
    someone.settle()
    own = page.get_by_role("radiogroup", name=words(someone, "Past line")).get_by_text(
        words(someone, "A file of your own")
    )
    own.click()
    someone.settle()
    path = tmp_path / "line.csv"
    path.write_text(LINE, encoding="utf-8")
    expect(page.locator('input[type="file"]')).to_have_count(3)  # line, images, another house's codes
    page.locator('input[type="file"]').first.set_input_files(path)
    someone.settle()
    expect(page.locator('[data-testid="stAlert"]').first).to_contain_text(says)
    page.get_by_role("radiogroup", name=words(someone, "Past line")).get_by_text(
        words(someone, "The demo house’s data")
    ).click()
    someone.settle()
    expect(page.locator(".ideas-card h3")).to_have_text(names)
