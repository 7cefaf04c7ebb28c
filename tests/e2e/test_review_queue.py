"""The review queue in a real browser: by keyboard alone, blind in two browsers, and a round of spotting flaws."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import Visit
from tests.e2e.test_compare import join, new_workspace

pytestmark = pytest.mark.e2e
SLUG = "review_queue"


def batch(someone: Visit) -> Page:
    """12 texts, written by the worker."""
    page = someone.open(SLUG)
    page.get_by_role("button", name="Have 12 texts written").click()
    page.get_by_text("12 outputs wait for your verdict.").wait_for(timeout=120_000)
    return someone.settle()


def reading(someone: Visit, verdict: str = "") -> None:
    """An output is open, after this verdict, and the last one is gone from the page."""
    page = someone.page
    if verdict:
        page.get_by_role("button", name=f"Take back: {verdict}").wait_for()
    page.get_by_role("button", name="Edit and approve").wait_for()
    someone.settle()
    expect(page.locator(".st-key-queue_why")).to_have_count(0)


def current(page: Page) -> str:
    return page.url.partition("item=")[2].partition("&")[0]


def press(someone: Visit, *keys: str) -> None:
    for key in keys:
        someone.page.keyboard.press(key)
        someone.settle()


def test_the_queue_is_worked_off_by_keyboard_alone(visitor: Callable[..., Visit]) -> None:
    ada = visitor()
    page = batch(ada)
    press(ada, "n")
    reading(ada)
    first = current(page)
    press(ada, "a")
    reading(ada, "Approved")
    second = current(page)
    assert second and second != first

    press(ada, "x")
    page.locator(".st-key-queue_confirm button").wait_for()
    ada.settle()
    press(ada, "Control+Enter")
    page.get_by_text("so that others can learn").wait_for()
    ada.settle()
    press(ada, "1")
    page.locator('.st-key-queue_reason_factual_error [data-testid="stBaseButton-primary"]').wait_for()
    ada.settle()
    page.get_by_label("Comment").focus()
    page.keyboard.type("axe the wool: 1 n e b")  # letters in a text are no shortcuts
    press(ada, "Control+Enter")
    reading(ada, "Rejected")
    third = current(page)
    assert third not in (first, second)

    press(ada, "u")  # one's own last verdict, taken back: the output is there again
    page.wait_for_url(f"**item={second}**")
    reading(ada, "Approved")
    press(ada, "n")
    page.wait_for_url(lambda address: second not in address)
    reading(ada)
    press(ada, "l")
    page.get_by_text("11 outputs wait for your verdict.").wait_for()


def in_sight(page: Page, selector: str) -> bool:
    """Whether this is seen without scrolling."""
    box, size = page.locator(selector).bounding_box(), page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


@pytest.mark.parametrize("width", [1440, 390])
def test_the_verdicts_and_their_reasons_are_in_sight_while_one_reads(visitor: Callable[..., Visit], width: int) -> None:
    ada = visitor(width=width)
    page = batch(ada)
    page.get_by_role("button", name="Start reviewing").click()
    reading(ada)
    assert in_sight(page, ".st-key-queue_yes button") and in_sight(page, ".st-key-queue_skip button")
    press(ada, "b")
    page.locator(".st-key-queue_confirm button").wait_for()
    ada.settle()
    assert in_sight(page, ".st-key-queue_confirm button")
    assert in_sight(page, ".st-key-queue_reason_factual_error button")
    page.get_by_label("Comment").focus()
    page.keyboard.press("Shift+Tab")
    shown = page.evaluate("() => getComputedStyle(document.activeElement)")
    assert page.evaluate("() => document.activeElement.tagName") == "BUTTON" and shown["boxShadow"] != "none"
    page.get_by_label("Comment").fill("The colour is wrong")
    page.get_by_label("Comment").blur()
    ada.settle()
    page.locator(".st-key-queue_reason_factual_error button").click()  # once it is seen, the comment has arrived, too
    page.locator('.st-key-queue_reason_factual_error [data-testid="stBaseButton-primary"]').wait_for()
    ada.settle()
    page.reload()
    page.locator(".st-key-queue_confirm button").wait_for()
    ada.settle()
    expect(page.get_by_label("Comment")).to_have_value("The colour is wrong")
    press(ada, "Escape")
    page.locator(".st-key-queue_edit button").wait_for()
    ada.settle()
    press(ada, "e")
    page.locator(".st-key-queue_confirm button").wait_for()
    ada.settle()
    assert in_sight(page, ".st-key-queue_confirm button")


def test_an_edited_text_is_checked_again_before_it_is_approved(visitor: Callable[..., Visit]) -> None:
    ada = visitor()
    page = batch(ada)
    press(ada, "n")
    reading(ada)
    press(ada, "e")
    body = page.get_by_label("Body", exact=True)
    body.fill("The softest coat in the world. <img src=x onerror=alert(1)> **bold** [link](https://example.invalid)")
    body.blur()
    page.locator("mark.toile-fail").first.wait_for()
    ada.settle()
    assert page.locator(".stMain img[src=x]").count() == 0
    press(ada, "Control+Enter")
    page.get_by_text("Say why you approve it although there").wait_for()
    ada.settle()
    page.reload()
    body.wait_for()
    ada.settle()
    expect(body).to_have_value(re.compile("The softest coat"))
    page.get_by_role("button", name="Don’t").click()
    reading(ada)


@pytest.mark.long
def test_a_second_reviewer_is_blind_and_a_third_decides(visitor: Callable[..., Visit]) -> None:
    ada, lou = visitor(), visitor(width=390)
    code = new_workspace(ada)
    join(lou, code)
    page = batch(ada)
    people = page.get_by_role("spinbutton", name="How many people judge an output")
    people.fill("2")
    people.press("Enter")
    ada.settle()
    page.get_by_text("0 of 2").first.wait_for()
    lou.open(SLUG).get_by_text("12 outputs wait for your verdict.").wait_for()  # they wait for everybody
    page.get_by_role("button", name="Start reviewing").click()
    reading(ada)
    item = current(page)
    press(ada, "x")
    page.locator(".st-key-queue_confirm button").wait_for()
    ada.settle()
    press(ada, "2", "Control+Enter")
    reading(ada, "Rejected")

    lou.open(SLUG, f"&item={item}")
    reading(lou)
    assert lou.page.get_by_text("1 verdict is in, sealed").count() == 1
    assert lou.page.get_by_text("Rejected").count() == 0
    lou.page.get_by_role("button", name="Approve", exact=False).first.click()
    lou.settle()
    lou.page.get_by_role("button", name="Take back: Approved").wait_for()

    ada.open(SLUG, f"&item={item}")  # whoever has judged sees both verdicts, and isn't asked again
    page.get_by_text("doesn’t wait for a verdict any more").wait_for()
    expect(page.locator(".toile-reviews")).to_contain_text("Rejected")
    mia = visitor()
    join(mia, code)
    mia.open(SLUG, f"&item={item}")
    mia.page.get_by_text("Your verdict decides").wait_for()
    expect(mia.page.locator(".toile-reviews")).to_contain_text("Invented claim")
    press(mia, "a")
    mia.page.get_by_role("button", name="Take back: Approved").wait_for()
    mia.open(SLUG)
    mia.page.get_by_role("tab", name="Agreement").click()
    mia.settle()
    mia.page.get_by_text("Krippendorff").first.wait_for()
    assert mia.settle().get_by_text("Pairs of verdicts on the same output").count() == 1


@pytest.mark.long
def test_a_round_of_spotting_flaws_by_keyboard_shows_its_key_at_the_end_only(visitor: Callable[..., Visit]) -> None:
    ada = visitor()
    page = ada.open(SLUG)
    page.get_by_role("tab", name="Spot the flaw").click()
    ada.settle()
    page.get_by_role("button", name="Begin a round").click()
    for number in range(6):
        page.get_by_role("heading", name=f"Text {number + 1} of 6").wait_for()
        ada.settle()
        passage = page.locator("[data-at]").nth(min(number, 3))
        passage.focus()
        press(ada, "Enter")
        page.locator(".st-key-flaws_cancel button").wait_for()
        ada.settle()
        assert in_sight(page, ".st-key-flaws_cancel button")
        press(ada, "1")
        page.locator("[data-at].marked").first.wait_for()
        ada.settle()
        assert page.get_by_text("Missed").count() == 0
        if number == 2:  # a refresh loses nothing
            page.reload()
            ada.settle()
            page.locator("[data-at].marked").first.wait_for()
        press(ada, "d")
    page.get_by_role("heading", name="You found").wait_for()
    ada.settle()
    assert page.get_by_text("The checks").count() > 0 and page.get_by_text("Text by text").count() == 1
    press(ada, "l")
    page.get_by_text("Your rounds together").wait_for()


@pytest.mark.long
def test_a_sample_of_a_bulk_job_is_drawn_and_judged(visitor: Callable[..., Visit]) -> None:
    ada = visitor()
    page = batch(ada)
    page.get_by_role("tab", name="Samples of bulk jobs").click()
    ada.settle()
    number = page.get_by_label("Outputs", exact=True)
    number.fill("3")
    number.press("Enter")
    ada.settle()
    page.get_by_role("button", name="Draw 3 outputs").click()
    page.get_by_text("0 of 3 judged").wait_for()
    ada.settle()
    page.get_by_role("button", name="Review this sample").click()
    reading(ada)
    press(ada, "a")
    reading(ada, "Approved")
    press(ada, "a")
    ada.settle()
    reading(ada)
    press(ada, "a")
    page.get_by_text("3 of 3 judged").wait_for()


def test_a_runs_page_leads_to_its_output_in_the_queue(visitor: Callable[..., Visit]) -> None:
    ada = visitor()
    page = batch(ada)
    page.get_by_role("button", name="Start reviewing").click()
    reading(ada)
    item = current(page)
    ada.open("runs", f"&run={item}")
    page.get_by_text("Ask for verdicts in the review queue").click()
    reading(ada)
    assert current(page) == item
