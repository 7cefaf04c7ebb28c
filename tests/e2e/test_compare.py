"""Two raters in two browsers vote on one comparison through its link; names open when both are done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import Visit

pytestmark = pytest.mark.e2e
INPUTS = 6
WRITTEN = 180_000  # milliseconds in which a server has written its first texts, beside everything else that it does


def vote_on_all(someone: Visit, text: str) -> None:
    """Choose the same place on every input."""
    page = someone.page
    for number in range(INPUTS):
        page.get_by_text(f"Input {number + 1} of {INPUTS}").wait_for(timeout=WRITTEN)
        someone.settle()
        assert page.locator(".toile-engine").count() == 0
        page.get_by_role("radio", name=text).click()
        someone.settle()
        page.get_by_role("button", name="Save").click()
        someone.settle()


def new_workspace(someone: Visit) -> str:
    """A workspace of one's own, and a code into it."""
    page = someone.open("workspace")
    page.get_by_label("Name of the workspace").fill("Knitwear pilot")
    page.get_by_role("button", name="Create the workspace").click()
    someone.settle()
    chosen = page.locator('[data-testid="stSidebar"]').get_by_role("combobox", name="Workspace")
    expect(chosen).to_have_value("Knitwear pilot")
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".toile-code")
    code.wait_for()
    return code.inner_text()


def join(someone: Visit, code: str) -> Page:
    page = someone.open("workspace")
    page.get_by_label("Code from a colleague or trainer").fill(code)
    page.get_by_role("button", name="Join", exact=True).click()
    someone.settle()
    chosen = page.locator('[data-testid="stSidebar"]').get_by_role("combobox", name="Workspace")
    expect(chosen).to_have_value("Knitwear pilot")
    return page


def test_two_raters_vote_in_two_browsers(visitor: Callable[..., Visit]) -> None:
    ada, lou = visitor(), visitor(width=390)
    code = new_workspace(ada)
    page = ada.open("compare")
    raters = page.get_by_role("spinbutton", name="How many people vote")
    raters.fill("2")
    raters.press("Enter")
    ada.settle()
    page.get_by_role("button", name="Write the texts, then vote").click()
    link = page.locator('[data-testid="stCode"] code')
    link.wait_for()
    ada.settle()
    address = link.inner_text().strip()
    assert "/compare?comparison=" in address
    vote_on_all(ada, "Text A")
    page.get_by_text("You have voted on every input").wait_for()
    ada.settle()
    assert page.get_by_text("Quality, cost and time").count() == 0

    join(lou, code)
    lou.page.goto(address)
    lou.settle()
    vote_on_all(lou, "Text B")
    lou.page.get_by_text("Quality, cost and time").wait_for()
    lou.settle()
    assert lou.page.get_by_text("6 inputs · 2 people voted · 12 votes").count() == 1

    page.reload()
    ada.settle()
    page.get_by_text("Quality, cost and time").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Votes as CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 * INPUTS
