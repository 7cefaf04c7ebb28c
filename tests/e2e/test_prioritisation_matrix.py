"""The matrix in a browser: a click on the map, and twelve people who score at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.app import HEIGHTS, Visit
from tests.e2e.test_pages import objections
from tests.e2e.views import VIEWS

pytestmark = pytest.mark.e2e
SLUG = "prioritisation_matrix"
PEOPLE = 12


def _tab(visit: Visit, name: str) -> None:
    visit.page.get_by_role("tab", name=name).click()
    visit.settle()


def _fill(visit: Visit, label: str, text: str) -> None:
    visit.page.get_by_label(label, exact=True).fill(text)


def _press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()
    visit.settle()


def test_a_point_that_is_clicked_opens_its_evidence(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    page = visit.open(SLUG)
    expect(page.get_by_text("Product descriptions: Do now.")).to_be_visible()
    page.locator("path[aria-label^='18 Supplier negotiation']").click()
    visit.settle()
    expect(page.get_by_text("Supplier negotiation: Fill in.")).to_be_visible()
    page.reload()
    visit.settle()
    expect(page.get_by_text("Supplier negotiation: Fill in.")).to_be_visible()


TABS = {
    "en": ("What would change it", "Weights", "Score together", "Value in money", "Own use cases", "Take away"),
    "fr": ("Ce qui le changerait", "Poids", "Noter ensemble", "Valeur en argent", "Vos cas d’usage", "Emporter"),
}


@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_every_tab_can_be_read(visitor: Callable[..., Visit], language: str, width: int, theme: str) -> None:
    visit = visitor(language, width, theme)
    visit.open(SLUG)
    problems = {"": found} if (found := objections(visit)) else {}
    for name in TABS[language]:
        visit.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        _tab(visit, name)
        if found := objections(visit):
            problems[name] = found
    assert problems == {}


@pytest.mark.long
def test_twelve_people_score_at_once_lose_nothing_and_see_the_next_round_together(
    visitor: Callable[..., Visit],
) -> None:
    leader, *guests = [visitor() for _person in range(PEOPLE)]
    leader.open(SLUG)
    _tab(leader, "Score together")
    _fill(leader, "Name of the session", "Committee of May")
    _press(leader, "Open the session")
    code = leader.page.locator(".toile-code").inner_text()
    for guest in guests:
        guest.open(SLUG)
        _tab(guest, "Score together")
        _fill(guest, "Code of a scoring session", code)
        _press(guest, "Join the session")
    everybody = [leader, *guests]
    for criterion in range(2):
        for at, visit in enumerate(everybody):  # clicks follow each other without waiting for an answer
            visit.page.get_by_test_id("stRadio").nth(criterion).locator("label").nth(1 + at % 5).click()
    for visit in everybody:
        expect(visit.page.get_by_text("you: 2 of 96")).to_be_visible(timeout=60_000)
    leader.settle()
    _press(leader, "Show the scores")
    for visit in everybody:
        expect(visit.page.get_by_text(f"Scores of {PEOPLE} people, given alone")).to_be_visible(timeout=60_000)
    _press(leader, "Open the next round")
    for visit in everybody:
        expect(visit.page.get_by_text(re.compile("Round 2 is open"))).to_be_visible(timeout=60_000)


def test_on_a_phone_the_map_is_wide_and_a_criterion_one_line_that_opens(visitor: Callable[..., Visit]) -> None:
    visit = visitor("fr", 390)
    page = visit.open("prioritisation_matrix")
    points = page.locator("path[aria-label*=' · Valeur ']")
    expect(points.first).to_be_visible()
    across = points.evaluate_all("all => all.map(one => one.getBoundingClientRect().x)")
    assert max(across) - min(across) > 150  # names that aren't drawn take no room from the points
    rows = page.locator(".toile-folds tbody tr")
    expect(rows).to_have_count(12)
    tall = "rows => Math.max(...rows.map(row => row.getBoundingClientRect().height))"
    assert rows.evaluate_all(tall) < 80  # the longest names take two lines
    known = rows.first.get_by_text("Le texte figure sur chaque fiche produit")
    expect(known).to_be_hidden()
    rows.first.locator("summary:visible").click()
    expect(known).to_be_visible()
    expect(rows.first.get_by_text("◇ Hypothèse").last).to_be_visible()
