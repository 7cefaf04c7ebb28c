"""The service assistant in a browser: a return that asks, a reload, a phone in French, a document of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lib.i18n import translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "service_assistant"
expect.set_options(timeout=WAIT_MILLISECONDS)
WAIT = 120_000  # milliseconds, beside everything else that the machine does


def words(someone: Visit, message: str, **values: object) -> str:
    with use_language(someone.language):
        return translate(message, None, **values)


def write(page: Page, text: str) -> None:
    """Write as the client and send."""
    box = page.locator('[data-testid="stChatInput"] textarea')
    box.fill(text)
    box.press("Enter")


def test_a_return_asks_first_and_the_conversation_is_there_after_a_reload(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    page = someone.open(SLUG)
    write(page, "I want to return the Garance trousers, too big. MS254427, LS1 0AC")
    page.get_by_role("button", name=words(someone, "Allow it")).click(timeout=WAIT)
    answer = page.get_by_text("is open under number").first
    expect(answer).to_be_visible(timeout=WAIT)
    someone.settle()
    page.reload()
    expect(page.get_by_text("is open under number").first).to_be_visible(timeout=WAIT)
    assert someone.complaints == []


def test_a_phone_in_french_fits_and_a_document_of_ones_own_answers(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    page = someone.open(SLUG)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    page.get_by_role("tab", name=words(someone, "Documents and records")).click()
    someone.settle()
    page.get_by_text(words(someone, "Your own documents"), exact=True).click()
    someone.settle()
    note = "# Parapluies\n\n## Prêt\n\nChaque boutique prête un parapluie 3 jours contre une caution de 20 euros.\n"
    page.locator('input[type="file"]').set_input_files(
        {"name": "parapluies.md", "mimeType": "text/markdown", "buffer": note.encode()}
    )
    someone.settle()
    page.get_by_role("button", name=words(someone, "Read them")).click(timeout=WAIT)
    expect(page.get_by_text("parapluies.md · ").first).to_be_visible(timeout=WAIT)
    someone.settle()
    page.get_by_role("tab", name=words(someone, "Conversation"), exact=True).click()
    someone.settle()
    write(page, "Peut-on emprunter un parapluie en boutique, et quelle caution ?")
    expect(page.get_by_text("caution de 20 euros").first).to_be_visible(timeout=WAIT)
    assert someone.complaints == []
