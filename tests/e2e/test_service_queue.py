"""The queue tab in a browser: a simulation that survives a reload and a change of language, a phone, a wrong file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import HEIGHTS, WAIT_MILLISECONDS, Visit
from tests.e2e.test_service_assistant import words

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "service_assistant"
WAIT = 240_000  # milliseconds, beside everything else that the machine does
expect.set_options(timeout=WAIT_MILLISECONDS)


def queue(someone: Visit) -> Page:
    page = someone.page
    page.get_by_role("tab", name=words(someone, "Queue"), exact=True).click(timeout=WAIT)
    expect(page.get_by_text(words(someone, "Agents on duty")).first).to_be_visible(timeout=WAIT)
    return someone.settle()


def assume(someone: Visit) -> None:
    """Choose an assumption, which needs no test bench."""
    someone.page.get_by_role("combobox", name=words(someone, "What the assistant resolves")).click()
    someone.page.get_by_role("option", name=words(someone, "An assumption of yours")).click()
    someone.settle()
    expect(someone.page.get_by_text(words(someone, "Resolved rightly by the assistant (%)"))).to_be_visible()
    someone.settle()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_button_stands_on_the_first_screen(visitor: Callable[..., Visit], language: str) -> None:
    someone = visitor(language, 1440)
    someone.open(SLUG)
    page = queue(someone)
    button = page.get_by_role("button", name=words(someone, "Simulate the queue"))
    for choose in (lambda: None, lambda: assume(someone)):
        choose()
        box = button.bounding_box()
        assert box is not None and box["y"] + box["height"] <= HEIGHTS[1440]


def test_a_simulation_is_there_after_a_reload_and_in_the_other_language(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    someone.open(SLUG)
    page = queue(someone)
    assume(someone)
    page.get_by_role("button", name=words(someone, "Simulate the queue")).click()
    right = words(someone, "Is the simulation right?")
    expect(page.get_by_text(right)).to_be_visible(timeout=WAIT)
    finding = page.get_by_role("heading", name="To keep the promises it takes")
    said = finding.inner_text()
    someone.settle()
    someone.open(SLUG)
    queue(someone)
    expect(page.get_by_role("heading", name=said)).to_be_visible(timeout=WAIT)
    someone.language = "fr"
    someone.open(SLUG)
    queue(someone)
    expect(page.get_by_text(words(someone, "Is the simulation right?"))).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(words(someone, "Resolved rightly by the assistant (%)"))).to_be_visible()
    with page.expect_download(timeout=WAIT) as file:
        page.get_by_role("button", name="PDF").click()
    assert file.value.suggested_filename == "service-queue.pdf"
    assert someone.complaints == []


def test_a_phone_in_french_fits_and_a_file_without_handling_times_says_what_it_needs(
    visitor: Callable[..., Visit],
) -> None:
    someone = visitor("fr", 390)
    someone.open(SLUG)
    page = queue(someone)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    page.get_by_text(words(someone, "Data: arrivals by channel"), exact=True).click()
    page.get_by_text(words(someone, "A file of your own"), exact=True).click()
    someone.settle()
    rows = "jour;heure;canal;nombre;durée\n07/09/2026;09:30;chat;4;0\n07/09/2026;25:00;chat;4;240\n"
    page.locator('input[type="file"]').set_input_files(
        {"name": "appels.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    zero = words(someone, "A handling time of zero would mean work that takes no time. Give it in seconds, above 0.")
    expect(page.get_by_text(zero[:30]).first).to_be_visible(timeout=WAIT)
    assert someone.complaints == []


def test_the_half_chosen_for_the_bench_is_there_in_the_other_language(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    page = someone.open(SLUG)
    for language, message in (("en", "The half to tune on"), ("fr", "The half to report")):
        someone.language = language
        someone.open(SLUG)
        page.get_by_role("tab", name=words(someone, "Test bench"), exact=True).click(timeout=WAIT)
        expect(page.get_by_role("radio", name=words(someone, message))).to_be_checked(timeout=WAIT)
        if language == "en":
            page.get_by_text(words(someone, "The half to report"), exact=True).click()
            someone.settle()
            expect(page.get_by_role("radio", name=words(someone, "The half to report"))).to_be_checked()
            someone.settle()
