"""A whole catalogue in two languages, as its owner starts, watches, pauses and ends it, with the app's own worker."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e import product_page as on_page
from tests.e2e.app import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
WAIT = 180_000  # milliseconds at most; each wait ends as soon as what it waits for is there


def test_start_look_pause_resume_and_cancel(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr")
    page = someone.open("product_descriptions")
    data = page.locator('[data-testid="stExpander"] details').first
    data.locator("summary").first.click()
    someone.settle()
    on_page.slot(someone, "Products").get_by_text(re.compile("Produits en anglais")).click()
    someone.settle()
    run = page.locator(".st-key-catalogue_run")
    run.get_by_role("button", name="Anglais").click()
    someone.settle()
    expect(run.locator(".toile-expected")).to_contain_text("670")
    run.get_by_role("button", name=re.compile("Écrire 670 textes")).click()
    someone.settle()
    expect(run.locator(".toile-bar")).to_be_visible(timeout=WAIT)

    run.get_by_role("button", name=re.compile("Ouvrir dans Traitements")).click()
    someone.settle()
    expect(page).to_have_url(re.compile("/jobs.*job="))
    main = page.locator('[data-testid="stMain"]')
    done = main.locator(".toile-bar-key").get_by_text(re.compile(r"\d+ terminée"))
    expect(done.first).to_be_visible(timeout=WAIT)
    expect(main.get_by_text("Aperçu de ce qui est terminé")).to_be_visible(timeout=WAIT)
    expect(main.locator("article .toile-title").first).not_to_be_empty()

    main.get_by_role("button", name="Mettre en pause").click()
    someone.settle()
    expect(main.locator(".toile-finding")).to_contain_text("En pause")
    page.reload()
    someone.settle()
    expect(main.locator(".toile-finding")).to_contain_text("En pause")
    main.get_by_role("button", name="Reprendre").click()
    someone.settle()
    expect(main.locator(".toile-finding")).to_contain_text(re.compile("En cours|En attente"))

    main.get_by_role("button", name="Annuler").click()
    someone.settle()
    page.get_by_role("button", name="Annuler ce traitement").click()
    someone.settle()
    expect(main.locator(".toile-finding")).to_contain_text("Annulé")
    expect(main.locator(".toile-bar-key")).to_contain_text("non commencées")
    expect(main.get_by_role("button", name="Mettre en pause")).to_have_count(0)

    with page.expect_download() as download:
        main.get_by_role("button", name="CSV (import").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert text.startswith('"row","label","language","status"') and text.count("\r\n") == 671

    main.get_by_role("button", name="Tous les traitements").click()
    someone.settle()
    expect(main.get_by_role("button", name=re.compile("Descriptions de 335 produits"))).to_be_visible()
