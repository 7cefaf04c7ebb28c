"""The roadmap in a browser, in both languages: plan, why not then, pin, rule out, plan again, take away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.app import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
WORDS = {
    "en": {
        "propose": "Propose a roadmap", "fits": "fit the team’s capacity", "step": "Step", "ask": "Why not then?",
        "pin": "Pin it there", "ban": "Rule this quarter out", "free": "Free this step", "moved": "What moved since",
        "pinned": "(pinned)", "not": "not in Q1", "book": "as XLSX", "dates": "Dates for a calendar",
    },
    "fr": {
        "propose": "Proposer une feuille de route", "fits": "capacité de l’équipe", "step": "Étape",
        "ask": "Pourquoi pas à ce moment-là", "pin": "Fixer à ce trimestre", "ban": "Exclure ce trimestre",
        "free": "Libérer cette étape", "moved": "Ce qui a bougé", "pinned": "(fixée)", "not": "pas au",
        "book": "en XLSX", "dates": "Dates pour un agenda",
    },
}  # fmt: skip


def _press(visit: Visit, name: str) -> None:
    visit.settle()
    visit.page.get_by_role("button", name=name).click()


def _told(visit: Visit, words: str) -> None:
    expect(visit.page.locator(".toile-table.toile-whole").first).to_contain_text(words, timeout=60_000)
    visit.settle()


def _taken(visit: Visit, name: str) -> Path:
    with visit.page.expect_download() as waiting:
        _press(visit, name)
    return Path(waiting.value.path())


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_committee_plans_asks_pins_rules_out_and_takes_the_plan_away(
    visitor: Callable[..., Visit], language: str
) -> None:
    words, visit = WORDS[language], visitor(language)
    page = visit.open("roadmap")
    _press(visit, words["propose"])
    expect(page.get_by_text(words["fits"]).first).to_be_visible(timeout=60_000)
    visit.settle()

    _press(visit, words["ask"])
    answer = page.locator(".toile-answer")
    expect(answer).to_be_visible(timeout=60_000)
    title = answer.locator(".toile-finding").inner_text()
    assert "2027" in title or re.search(r"20\d\d", title)
    assert answer.locator("p").count() > 1
    visit.settle()

    _press(visit, words["pin"])
    _told(visit, words["pinned"].strip("()"))
    expect(page.get_by_text(words["moved"])).to_be_visible(timeout=60_000)
    visit.settle()
    page.reload()
    visit.settle()
    _told(visit, words["pinned"].strip("()"))

    _press(visit, words["free"])
    expect(page.get_by_role("button", name=words["ban"])).to_be_visible(timeout=60_000)
    visit.settle()
    _press(visit, words["ban"])
    _told(visit, words["not"])
    expect(page.get_by_role("button", name=words["free"])).to_be_visible(timeout=60_000)

    visit.settle()
    book = openpyxl.load_workbook(io.BytesIO(_taken(visit, words["book"]).read_bytes()))
    assert len(book.sheetnames) == 4
    assert _taken(visit, words["dates"]).read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_phone_shows_the_plan_at_once_and_opens_a_step_by_its_name(visitor: Callable[..., Visit]) -> None:
    visit = visitor("en", width=390)
    page = visit.open("roadmap")
    example = page.get_by_text("An example: an invented team")
    expect(example).to_be_visible(timeout=60_000)
    _press(visit, WORDS["en"]["propose"])
    expect(page.get_by_text("Must show to go on").first).to_be_attached(timeout=60_000)
    visit.settle()
    expect(example).not_to_be_visible()
    plan = page.get_by_text(WORDS["en"]["fits"]).first.bounding_box()
    assert plan is not None and plan["y"] < 900
    step = page.locator(".toile-folds tbody tr").first
    effort, must_show = step.locator("td").nth(4), step.locator("td").nth(2)
    expect(must_show).to_be_visible()
    expect(effort).to_be_hidden()
    step.locator("summary").click()
    visit.settle()
    expect(effort).to_be_visible()
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height < 5_500  # it was 9,585
