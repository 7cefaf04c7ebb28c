"""The evidence log in a browser: narrowed down, compared, opened by its link, taken away, sealed, checked, erased."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import product_page as on_page
from tests.e2e.app import HEIGHTS, Visit, context, serving, visit
from tests.e2e.test_pages import objections

pytestmark = [pytest.mark.e2e, pytest.mark.long]


def two_runs(someone: Visit) -> Page:
    """Two texts written by the built-in engine, then the log."""
    someone.open("product_descriptions")
    on_page.write(someone)
    on_page.write(someone)
    return someone.open("evidence")


def rows(page: Page) -> Locator:
    return page.locator(".toile-runs tbody tr")


def tab(someone: Visit, name: str | re.Pattern[str]) -> None:
    someone.page.get_by_role("tab", name=name).click()
    someone.settle()


def test_on_a_phone_the_list_of_runs_takes_few_lines_a_run(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    someone.open("product_descriptions")
    on_page.write(someone)
    page = someone.open("runs")
    row = rows(page).first
    expect(row.get_by_role("link")).to_be_visible()
    expect(row.locator("td", has_text="Descriptions produit")).to_be_visible()
    assert row.bounding_box()["height"] < 130  # three lines, four where a name is long
    assert objections(someone) == []


def test_an_auditors_way_through_the_log(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    someone = visitor("fr")
    page = two_runs(someone)
    expect(page.locator(".toile-facts")).to_contain_text("intact")
    written = rows(page).filter(has_text="Décrire un produit")
    expect(written).to_have_count(2)

    words = page.get_by_label("Mots", exact=True)
    words.fill("introuvable")
    words.press("Enter")
    someone.settle()
    expect(page.get_by_text("Aucune exécution ne correspond à ces choix.")).to_be_visible()
    page.reload()
    someone.settle()
    expect(page.get_by_label("Mots", exact=True)).to_have_value("introuvable")
    page.get_by_role("button", name="Rouvrir tous les choix").click()
    someone.settle()
    expect(written).to_have_count(2)
    assert objections(someone) == []

    someone.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON Lines").click()
    lines = [json.loads(line) for line in download.value.path().read_text("utf-8").splitlines()]
    assert sum(bool(line["output"] and line["checks"]) for line in lines) == 2
    someone.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="XLSX").click()
    assert download.value.path().read_bytes().startswith(b"PK")

    written.nth(1).get_by_role("link", name="Comparer…").click()
    someone.settle()
    written.nth(0).get_by_role("link", name="Comparer", exact=True).click()
    someone.settle()
    expect(page.get_by_role("heading", name="Deux exécutions côte à côte")).to_be_visible()
    assert objections(someone) == []
    page.get_by_role("button", name="Tout le journal").click()
    someone.settle()
    expect(page.get_by_role("heading", name="Journal des preuves")).to_be_visible()
    expect(page).not_to_have_url(re.compile("compare="))
    someone.settle()

    written.nth(0).get_by_role("link").first.click()
    someone.settle()
    expect(page).to_have_url(re.compile(r"evidence\?.*run=[0-9a-f]{32}"))
    expect(page.locator(".toile-list").first).to_contain_text("telle qu’enregistrée")
    someone.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert objections(someone) == []
    permalink = page.url

    stranger = visitor("fr")
    stranger.page.goto(permalink)
    stranger.settle()
    expect(stranger.page.get_by_text("Cette exécution n’est pas ici.")).to_be_visible()


def test_seal_check_and_erase(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    someone = visitor("en")
    page = two_runs(someone)
    tab(someone, "Is it whole?")
    page.get_by_role("button", name="Check it now").click()
    someone.settle()
    expect(page.get_by_text(re.compile("The log is whole"))).to_be_visible()
    someone.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the seal").click()
    seal = tmp_path / "toile-seal.txt"
    download.value.save_as(seal)
    assert "records: " in seal.read_text("utf-8")

    tab(someone, "Erase")
    page.get_by_text("In all of my workspaces").click()
    someone.settle()
    page.get_by_text("Erase it for good; this can’t be undone").click()
    someone.settle()
    page.get_by_role("button", name="Erase my data").click()
    someone.settle()
    expect(page.get_by_text(re.compile("Erased:.*[2-9] runs"))).to_be_visible()
    someone.settle()
    tab(someone, "The log")
    expect(page.get_by_text(re.compile("Nothing was run here yet"))).to_be_visible()

    tab(someone, "Is it whole?")
    page.locator('input[type="file"]').set_input_files(seal)
    someone.settle()
    expect(page.get_by_text(re.compile("The log still begins with the"))).to_be_visible()
    forged = tmp_path / "forged.txt"
    forged.write_text(seal.read_text("utf-8").replace("link: ", "link: 0", 1), "utf-8")
    page.get_by_role("button", name=re.compile("Remove|Delete")).first.click()
    someone.settle()
    expect(page.get_by_text(re.compile("The log still begins with the"))).to_have_count(0)
    someone.settle()
    page.locator('input[type="file"]').set_input_files(forged)
    someone.settle()
    expect(page.get_by_text(re.compile("This seal was changed"))).to_be_visible()


@pytest.mark.parametrize(("language", "width", "theme"), [("fr", 390, "dark"), ("en", 1440, "dark")])
def test_each_part_can_be_read(visitor: Callable[..., Visit], language: str, width: int, theme: str) -> None:
    someone = visitor(language, width, theme)
    someone.open("evidence")
    problems = {}
    for at in range(4):
        someone.page.get_by_role("tab").nth(at).click()
        someone.settle()
        if found := objections(someone):
            problems[at] = found
        someone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    assert problems == {}


def test_on_a_phone_the_choices_are_folded_and_counted(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    page = someone.open("evidence")
    verdict = page.get_by_test_id("stMain").get_by_role("combobox", name="Verdict", exact=True)
    expect(page.get_by_label("Mots", exact=True)).to_be_visible()
    expect(verdict).to_be_hidden()
    page.get_by_role("button", name="Affiner").click()
    someone.settle()
    expect(verdict).to_be_visible()
    verdict.press("ArrowDown")
    page.get_by_role("option").nth(1).click()
    someone.settle()
    page.get_by_role("button", name="Replier les choix").click()
    someone.settle()
    expect(page.get_by_role("button", name="Affiner · 1 choix actif")).to_be_visible()
    expect(verdict).to_be_hidden()
    assert objections(someone) == []
    wide = visitor("fr")
    wide.open("evidence")
    expect(wide.page.get_by_role("combobox", name="Verdict", exact=True)).to_be_visible()
    expect(wide.page.get_by_role("button", name="Affiner")).to_have_count(0)


def test_no_table_offers_a_download_of_its_own(visitor: Callable[..., Visit]) -> None:
    """Streamlit's writes a cell that begins with '=' as it is, which a spreadsheet takes for a formula."""
    someone = visitor("en")
    page = someone.open("virtual_try_on")
    for summary in page.locator("[data-testid=stMain] [data-testid=stExpander] summary:visible").all():
        summary.click()
    someone.settle()
    table = page.get_by_test_id("stDataFrame").first
    table.hover()
    expect(page.get_by_role("button", name="Search").first).to_be_visible()  # the toolbar is there
    someone.settle()
    assert page.locator('button[aria-label^="Download as CSV"]').count() > 0
    expect(page.locator('button[aria-label^="Download as CSV"]').first).to_be_hidden()


BREAKS = """
import sys
import lib.shell.evidence.view as view
from lib.shell import serve, session
from lib.database import connect
from lib.database.people import person_name

def draw():
    with connect() as database:
        name = person_name(database, session.actor())
    if name:
        raise KeyError(name)

view.draw = draw
serve.main()
"""


def named(someone: Visit) -> None:
    """The person gives their name: the sentinel."""
    page = someone.open("workspace")
    page.get_by_role("textbox", name="Your name").fill(SENTINEL)
    page.get_by_role("button", name="Save the name").click()
    someone.settle()


def test_the_servers_log_tells_of_a_page_that_breaks_and_quotes_nobody(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path, code=BREAKS) as address, context(browser) as visitor:
        someone = visit(visitor, address)
        named(someone)
        expect(someone.open("evidence").get_by_text("Something went wrong")).to_be_visible()
    log = (tmp_path / "app.log").read_text("utf-8")
    assert "KeyError" in log and "in draw" in log and SENTINEL not in log


def test_of_an_erased_person_no_byte_is_left_in_database_files_and_log(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path) as address, context(browser) as visitor:
        someone = visit(visitor, address)
        someone.open("product_descriptions")
        on_page.write(someone)
        on_page.edit(someone, "Body", f"A coat for {SENTINEL} alone")
        named(someone)
        assert holding(tmp_path, f"for {SENTINEL} alone") and holding(tmp_path, SENTINEL)
        page = someone.open("evidence")
        tab(someone, "Erase")
        page.get_by_text("In all of my workspaces").click()
        someone.settle()
        page.get_by_text("Erase it for good; this can’t be undone").click()
        someone.settle()
        page.get_by_role("button", name="Erase my data").click()
        someone.settle()
        expect(page.get_by_text(re.compile("Erased:"))).to_be_visible()
        someone.settle()
        assert holding(tmp_path, SENTINEL) == []
    assert holding(tmp_path, SENTINEL) == []


SENTINEL = "Zq7sentinelkx"


def holding(folder: Path, words: str) -> list[str]:
    """The files below ``folder`` in whose bytes the words stand."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
