"""The beauty formulation in a real browser: plan, pictures, results entered, the next round, the files."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from tests.e2e.app import HEIGHTS, Visit
from tests.e2e.test_pages import objections

pytestmark = pytest.mark.e2e
SLUG = "beauty_formulation"


def planned(someone: Visit) -> None:
    """The next trials are on the page."""
    someone.open(SLUG)
    someone.page.locator(".st-key-run button").click()
    someone.page.locator(".toile-next section").first.wait_for()
    someone.settle()


@pytest.mark.parametrize(
    ("language", "width", "theme"), [("en", 1440, "light"), ("fr", 390, "light"), ("fr", 1440, "dark")]
)
def test_the_plan_and_every_picture_can_be_read(
    visitor: Callable[..., Visit], language: str, width: int, theme: str
) -> None:
    someone = visitor(language, width, theme)
    planned(someone)
    words = {
        "en": ("What the model says", "Label and what to look at"),
        "fr": ("Ce que dit le modèle", "Étiquette et points à examiner"),
    }
    for title in words[language]:
        someone.page.get_by_text(title, exact=True).click()
        someone.settle()
    problems = {}
    for at in range(4):
        someone.page.set_viewport_size({"width": width, "height": 900})
        someone.page.locator("[class*=st-key-beauty_picture] label").nth(at + 1).click()
        someone.settle()
        someone.page.locator("svg.toile-plot").last.wait_for()
        if found := objections(someone):
            problems[at] = found
    assert problems == {}


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("fr", 1440), ("fr", 390)])
def test_the_main_action_stands_in_the_first_screen(visitor: Callable[..., Visit], language: str, width: int) -> None:
    someone = visitor(language, width)
    someone.open(SLUG)
    box = someone.page.locator(".st-key-run button").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= HEIGHTS[width]


def test_results_are_entered_and_the_next_round_learns_from_them(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    planned(someone)
    someone.page.get_by_text("Enter the results", exact=True).click()
    someone.settle()
    someone.page.get_by_label("R1-1: Viscosity (Pa·s)").fill("19.5")
    someone.page.keyboard.press("Tab")
    someone.settle()
    someone.page.get_by_role("button", name="Keep these results").click()
    someone.settle()
    someone.page.locator(".st-key-run button").click()
    someone.page.get_by_role("heading", name="R2-1").wait_for()
    someone.open(SLUG)  # a refresh
    someone.page.get_by_role("heading", name="R2-1").wait_for()
    someone.page.get_by_text("2 rounds so far").click()
    someone.settle()
    table = someone.page.locator(".toile-table").last
    assert "18" in table.inner_text()
    assert "19" in table.inner_text()


def test_the_laboratory_sheet_can_be_taken_away(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    planned(someone)
    with someone.page.expect_download() as waited:
        someone.page.get_by_role("button", name="Fiche de laboratoire, XLSX").click()
    content = waited.value.path().read_bytes()
    assert waited.value.suggested_filename == "fiche_laboratoire_tour_1.xlsx"
    assert load_workbook(io.BytesIO(content)).sheetnames[0] == "Pesée"
