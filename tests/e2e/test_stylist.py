"""The stylist in a browser: the sample at once, corrections, a reload, no consent, a file of 23,000 rows, French."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lib.i18n import translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "stylist"
WAIT = 180_000  # milliseconds, beside everything else that the machine does
expect.set_options(timeout=WAIT_MILLISECONDS)


def words(someone: Visit, message: str, **values: object) -> str:
    with use_language(someone.language):
        return translate(message, None, **values)


def told(text: str) -> re.Pattern[str]:
    """A text as a caption says it: an invisible joiner stands after its colons."""
    return re.compile(re.escape(text).replace(":", ":\u2060?"))


def opened(someone: Visit) -> Page:
    """The page with the sample's first selection, which nobody asked for."""
    page = someone.open(SLUG)
    page.set_default_timeout(WAIT)
    expect(page.locator(".stylist-aspect").first).to_be_visible(timeout=WAIT)
    return someone.settle()


def press(someone: Visit, message: str, **values: object) -> None:
    someone.page.get_by_role("button", name=words(someone, message, **values)).first.click()
    someone.settle()
    expect(someone.page.locator('[data-testid="stProgress"]')).to_have_count(0, timeout=WAIT)
    someone.settle()


def tab(someone: Visit, message: str) -> None:
    someone.page.get_by_role("tab", name=words(someone, message), exact=True).click()
    someone.settle()


def test_the_sample_is_there_at_once_learns_from_corrections_and_a_reload_keeps_them(
    visitor: Callable[..., Visit],
) -> None:
    someone = visitor("en", 1440)
    page = opened(someone)
    assert 2 <= page.locator(".stylist-card h3").count() <= 4
    press(someone, "Let it learn")
    expect(page.get_by_text("learned from: ")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("no longer proposed: ")).to_be_visible()
    tab(someone, "Pin")
    press(someone, "Pin it")
    expect(page.get_by_text("pinned: ").first).to_be_visible(timeout=WAIT)
    tab(someone, "Misread sentence")
    press(someone, "Take it out")
    expect(page.get_by_text(told("taken out: 1"))).to_be_visible(timeout=WAIT)
    tab(someone, "Weights")
    page.get_by_role("combobox", name="Colour", exact=True).click()
    page.get_by_role("option", name="double").click()
    someone.settle()
    press(someone, "Weigh anew")
    expect(page.get_by_text(told("weights: Colour"))).to_be_visible(timeout=WAIT)
    page.reload()
    expect(page.get_by_text(told("taken out: 1"))).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(told("weights: Colour"))).to_be_visible()
    someone.language = "fr"
    page = opened(someone)
    expect(page.get_by_text(told(words(someone, "weights: {what}", what="Couleur")))).to_be_visible(timeout=WAIT)
    tab(someone, "Weights")
    colour = page.get_by_role("combobox", name=words(someone, "Colour"), exact=True)
    expect(colour).to_have_value(words(someone, "double"))


def test_a_phone_in_french_fits_and_writes_a_note(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    page = opened(someone)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    press(someone, "Write the note")
    note = page.get_by_label(words(someone, "Text of the note"))
    expect(note).to_be_visible(timeout=WAIT)
    assert note.input_value().startswith("Bonjour")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_of_a_client_without_consent_nothing_is_read(visitor: Callable[..., Visit], language: str) -> None:
    someone = visitor(language, 1440)
    page = opened(someone)
    box = page.get_by_role("combobox", name=words(someone, "Client"), exact=True)
    box.click()
    box.fill(words(someone, "no consent"))
    page.get_by_role("option").first.click()
    someone.settle()
    expect(page.get_by_text(words(someone, "did not agree to the use of comments"))).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name=words(someone, "Prepare a selection")).click()
    expect(page.get_by_text("nothing of theirs was read" if language == "en" else "rien n’en a été lu")).to_be_visible(
        timeout=WAIT
    )
    assert page.locator(".stylist-aspect").count() == 0


def reviews(rows: int = 23_000) -> bytes:
    """A review file with the columns of a well known public one, its words put together by chance."""
    chance = random.Random(4)
    colours, pieces = ("navy", "camel", "green", "black", "cream"), ("dress", "skirt", "shirt", "coat", "cardigan")
    plans = (
        "Love the {c} {p}, fits perfectly.",
        "The {p} is too short and the fabric is scratchy.",
        "I adore this {c}, but the price is too high.",
        "Too tight in the shoulders, lovely {c} though.",
    )
    out = io.StringIO()
    table = csv.writer(out)
    heads = ("", "Clothing ID", "Age", "Title", "Review Text", "Rating", "Recommended IND", "Positive Feedback Count")
    table.writerow((*heads, "Division Name", "Department Name", "Class Name"))
    for at in range(rows):
        text = chance.choice(plans).format(c=chance.choice(colours), p=chance.choice(pieces)) + f" {at}"
        kind = chance.choice(("Knits", "Dresses", "Skirts"))
        table.writerow((at, 700 + at % 40, 30, "", text, chance.randint(1, 5), 1, 0, "General", "Tops", kind))
    return out.getvalue().encode()


def test_a_review_file_of_23000_rows_is_read_by_the_worker_with_progress(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    page = opened(someone)
    page.get_by_text("Data: comments, pieces, clients, purchases").click()
    someone.settle()
    page.get_by_text(words(someone, "A file of your own"), exact=True).first.click()
    someone.settle()
    file = {"name": "reviews.csv", "mimeType": "text/csv", "buffer": reviews()}
    page.locator('input[type="file"]').first.set_input_files(file)
    someone.settle()
    page.get_by_role("button", name="Read the comments").click(timeout=WAIT)
    expect(page.locator('[data-testid="stProgress"]').first).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("23,000 comments read")).to_be_visible(timeout=600_000)
    press(someone, "Prepare a selection")
    expect(page.locator(".stylist-aspect").first).to_be_visible(timeout=WAIT)


def test_the_proof_runs_through_the_worker_on_the_page(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    page = opened(someone)
    tab(someone, "Proof")
    again = page.get_by_role("button", name=words(someone, "Run again"))
    begin = page.get_by_role("button", name=words(someone, "Measure now"), exact=True)
    (again if again.count() else begin).first.click()
    expect(page.locator('[data-testid="stProgress"]').first).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Aspects with their sentiment").first).to_be_visible(timeout=900_000)
