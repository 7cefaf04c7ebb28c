"""A prompt as its editor works on it, in French: edit, preview, save, see what differs, go back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.app import Visit

pytestmark = pytest.mark.e2e
ADDED = "Aucun superlatif, jamais."


def tab(someone: Visit, name: str) -> None:
    someone.page.locator('[data-testid="stMain"]').get_by_role("tab", name=name).click()
    someone.settle()


def test_edit_preview_save_compare_and_go_back(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    page = someone.open("prompts")
    request = page.get_by_label("Demande", exact=True)
    before = request.input_value()
    request.fill(f"{before}\n\n{ADDED}")
    request.blur()
    someone.settle()
    preview = page.locator('[data-testid="stCode"]', has_text=ADDED)
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("Goélette")

    page.reload()  # the draft is kept
    someone.settle()
    expect(page.get_by_label("Demande", exact=True)).to_have_value(f"{before}\n\n{ADDED}")

    page.get_by_role("button", name="Enregistrer une nouvelle version").click()
    someone.settle()
    expect(page.get_by_text(re.compile("En service.{1,5}version 1"))).to_be_visible()

    tab(someone, "Versions")
    expect(page.locator(".toile-diff .toile-added", has_text=ADDED)).to_be_visible()
    sign = page.locator(".toile-diff .toile-added").first.evaluate("node => getComputedStyle(node, '::before').content")
    assert sign == '"+"'  # told by a sign, not by the colour alone

    page.get_by_role("button", name="Remettre en service").click()
    someone.settle()
    expect(page.get_by_text(re.compile("En service.{1,5}texte d’origine"))).to_be_visible()
    tab(someone, "Texte et aperçu")
    expect(page.get_by_label("Demande", exact=True)).to_have_value(before)
