"""Partners in a browser: candidates, scores, weights, what would change the order, the request for proposals."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from lib.access import DEMO_WORKSPACE
from lib.database import connect, partners
from lib.database.ballots import vote
from lib.database.comparisons import Side
from lib.database.page_states import remember
from lib.database.people import actor_for, create_person, create_workspace
from lib.i18n import percent
from lib.shell.session import FRAME
from tests.e2e.app import Visit, context, serving
from tests.e2e.app import visit as arrive
from tests.e2e.deciding import fill, press, take
from tests.e2e.test_pages import objections
from tests.workbench.test_comparison import written

pytestmark = pytest.mark.e2e
SLUG = "partners"


@pytest.mark.long
def test_candidates_are_weighed_and_asked_for_proposals(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    page = visit.open(SLUG)
    expect(page.get_by_text("An example: three invented candidates")).to_be_visible()
    expect(page.get_by_text(re.compile("at 21% instead of 11%: “Example A” would come first"))).to_be_visible()
    fill(visit, "Name of the candidate", "Firm One")
    press(visit, re.compile("Add$"))
    expect(page.get_by_text("Nothing is scored yet: 1 candidate stands on the list")).to_be_visible()
    expect(page.get_by_label("Name of the candidate", exact=True)).to_have_value("")  # a new, empty field
    visit.settle()
    fill(visit, "Name of the candidate", "x" * 300)
    press(visit, re.compile("Add$"))
    expect(page.get_by_text(re.compile("this one has 300"))).to_be_visible()
    fill(visit, "Name of the candidate", "Firm Two")
    press(visit, re.compile("Add$"))
    expect(page.get_by_text("Nothing is scored yet: any of the 2 candidates may be the best")).to_be_visible()
    expect(page.get_by_text("9 criteria aren’t scored and may be anything").first).to_be_visible()

    page.get_by_role("tab", name="What counts").click()
    expect(page.get_by_text("each criterion counts the same until you say otherwise")).to_be_visible()
    fill(visit, "Price · 11%", "0")
    press(visit, "Save the weights")
    expect(page.get_by_text("what your house finds important")).to_be_visible()
    expect(page.get_by_label("Price · 0%", exact=True)).to_have_value("0")
    page.reload()
    visit.settle()
    page.get_by_role("tab", name="What counts").click()
    expect(page.get_by_label("Price · 0%", exact=True)).to_have_value("0")

    page.get_by_role("tab", name="Request for proposals").click()
    document = Document(io.BytesIO(take(visit, "DOCX")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert document.paragraphs[0].text == "Request for proposals: Product descriptions"
    assert "Training use" in cells and percent(1 / 8) in cells and "Maison Solène" in document.paragraphs[1].text
    assert objections(visit) == []


@pytest.mark.long
def test_what_compare_measured_flows_into_a_candidates_scores(tmp_path: Path, browser: Browser) -> None:
    with connect() as database:  # the very database that the app below opens
        person, token = create_person(database, "Ada")
        actor = actor_for(database, person, create_workspace(database, person, "Atelier Ada"))
        remember(database, actor_for(database, person, DEMO_WORKSPACE), FRAME, {"workspace": actor.workspace})
        sides = (Side("built-in", variant="warm"), Side("built-in", variant="expert", take=2))
        comparison = written(database, actor, sides, inputs=6, raters=1)
        for place in range(6):
            vote(database, actor, comparison, place, 0)
        partners.add(database, actor, "Firm One", partners.PartnerKind.SPECIALISED, "built-in")
    with serving(tmp_path) as address, context(browser) as kept:
        kept.add_init_script(f"localStorage.setItem('toile.person', '{token}')")
        visit = arrive(kept, address)
        page = visit.open(SLUG)
        expect(page.get_by_text(re.compile(r"Which.*preferred \d+%"))).to_be_visible()
        press(visit, "Use these figures as scores")
        expect(page.get_by_role("button", name="Use these figures as scores")).to_have_count(0)
        expect(page.locator(f'a[href*="comparison={comparison}"]').first).to_be_visible()
        page.reload()
        visit.settle()
        expect(page.locator(".toile-basis-evidence").first).to_contain_text("Evidence")
        assert objections(visit) == [] and visit.complaints == []
    with connect() as database:
        (partner,) = partners.listing(database, actor)
    quality = partner.scores[partners.PartnerCriterion.QUALITY]
    assert (quality.basis, quality.reference) == ("evidence", comparison)


@pytest.mark.parametrize("width", [390, 1440])
def test_weights_and_marks_can_be_read_in_french(visitor: Callable[..., Visit], width: int) -> None:
    visit = visitor("fr", width)
    page = visit.open(SLUG)
    scores = page.locator(".toile-compared")
    if width == 390:  # each criterion is one line, which opens
        tall = "rows => Math.max(...rows.map(row => row.getBoundingClientRect().height))"
        assert scores.locator("tbody tr").evaluate_all(tall) < 56
        expect(scores.get_by_text("3,2 (2,5 à 3,8)")).to_be_hidden()
        scores.locator("summary").first.click()
    expect(scores.get_by_text("3,2 (2,5 à 3,8)")).to_be_visible()
    page.get_by_role("tab", name="Ce qui compte").click()
    visit.settle()
    fields = page.get_by_test_id("stForm").filter(has_text="Enregistrer les poids").get_by_test_id("stNumberInput")
    expect(fields).to_have_count(9)
    places = [fields.nth(at).bounding_box() for at in range(9)]
    rows = {round(place["y"] + place["height"]) for place in places if place}
    assert len(rows) <= (5 if width == 390 else 3)  # two fit beside each other on a phone
    expect(page.locator(".toile-basis-assumption").first).to_contain_text("Hypothèse")
    assert objections(visit) == []
