"""The choice of what finds passages by meaning, in a browser: read here, read again by an engine, and a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from lib.i18n import ngettext, translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit, browsing, context, serving, visit
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

pytestmark = [pytest.mark.e2e, pytest.mark.long]
expect.set_options(timeout=WAIT_MILLISECONDS)
WAIT = 120_000  # milliseconds, beside everything else that the machine does
NOTE = "# Parapluies\n\n## Prêt\n\nChaque boutique prête un parapluie 3 jours contre une caution de 20 euros.\n"


def said(message: str, **values: object) -> str:
    with use_language("fr"):
        return translate(message, None, **values)


def add_a_note(someone: Visit) -> None:
    page = someone.page
    page.get_by_role("tab", name=said("Documents")).first.click()
    someone.settle()
    page.get_by_text(said("Your own documents"), exact=True).click()
    someone.settle()
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "parapluies.md", "mimeType": "text/markdown", "buffer": NOTE.encode()}
    )
    someone.settle()
    page.get_by_role("button", name=said("Read them")).click(timeout=WAIT)
    expect(page.get_by_text("parapluies.md · ").first).to_be_visible(timeout=WAIT)
    someone.settle()


def test_a_document_is_read_again_by_an_engine_and_a_broken_one_says_so(tmp_path: Path) -> None:
    able: dict[str, Any] = {"capabilities": {"embeddings": True}, "embedding_model": "vec-1"}
    priced: dict[str, Any] = {"price_input": 1.0, "price_output": 1.0, "title": "Vectors"}
    with LoopbackServer(s.vectors(), s.error(401)) as server:  # reads the document, then fails
        configure(tmp_path, server.url, **able, **priced)
        with serving(tmp_path) as address, browsing() as browser:
            someone = visit(context(browser, "fr", 390), address, "fr")
            page = someone.open("service_assistant")
            add_a_note(someone)
            choice = page.get_by_test_id("stSelectbox").filter(has_text=said("What finds passages by meaning"))
            choice.locator('[data-baseweb="select"], [role="combobox"]').first.click()
            page.get_by_role("option", name="Vectors").click()
            someone.settle()
            page.get_by_role("button", name="Relire").click(timeout=WAIT)
            with use_language("fr"):
                done = ngettext("{n} document was read again", "{n} documents were read again", 1)
            expect(page.get_by_text(done).first).to_be_visible(timeout=WAIT)
            someone.settle()
            assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
            page.get_by_role("tab", name=said("Conversation"), exact=True).click()
            someone.settle()
            box = page.locator('[data-testid="stChatInput"] textarea')
            box.fill("Peut-on emprunter un parapluie en boutique, et quelle caution ?")
            box.press("Enter")
            expect(page.get_by_text("caution de 20 euros").first).to_be_visible(timeout=WAIT)
            broken = said(
                "The passages of this answer were found by their words, as their meaning could not be compared."
            )
            expect(page.get_by_text(broken).first).to_be_visible(timeout=WAIT)
            assert someone.complaints == []
