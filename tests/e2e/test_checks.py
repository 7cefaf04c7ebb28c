"""The automatic checks in a browser: a sample, a text of one's own, documents, pictures, the table, on a phone too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.govern.checks_desk import sample_files
from lib.i18n import use_language
from tests.e2e.app import HEIGHTS, Visit
from tests.e2e.test_pages import objections

pytestmark = pytest.mark.e2e
VIEWS = [("fr", 390, "dark"), ("en", 390, "light"), ("fr", 1440, "light")]
TEXT = {"en": "The text to read", "fr": "Le texte à lire"}


def tab(someone: Visit, at: int) -> None:
    someone.page.get_by_role("tab").nth(at).click()
    someone.settle()


def open_sample(someone: Visit, at: int) -> None:
    page = someone.page
    page.locator('[data-testid="stMain"] [data-testid="stSelectbox"] input').first.click()
    page.get_by_role("option").nth(at).click()
    someone.settle()


def read_samples(someone: Visit, kind: str, ended: str) -> None:
    """Read the samples of a kind, and wait for what stands on the page when they are read."""
    someone.page.locator(f".st-key-checks_sample_{kind} button").click()
    someone.page.locator(ended).first.wait_for()
    someone.settle()


def test_a_reviewers_way_through_the_checks(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    someone = visitor("fr")
    page = someone.open("checks")
    open_sample(someone, 0)
    expect(page.locator(".toile-desk-text mark.toile-warn").first).to_be_visible()
    expect(page.locator(".toile-finding")).to_contain_text("11 remarques")
    text = page.get_by_label(TEXT["fr"], exact=True)
    text.fill("Écrivez à jeanne.vasseur@example.org, elle vous répondra demain matin.")
    page.get_by_role("button", name="Contrôler le texte").click()
    someone.settle()
    expect(page.locator('[data-check="pii"].toile-is-warn').first).to_contain_text("1 remarque")
    page.get_by_text("English", exact=True).click()
    someone.settle()
    expect(page.get_by_role("heading", name="Automatic checks")).to_be_visible()
    someone.language = "en"
    expect(page.get_by_label(TEXT["en"], exact=True)).to_have_value(
        "Écrivez à jeanne.vasseur@example.org, elle vous répondra demain matin."
    )
    page.reload()
    someone.settle()
    expect(page.get_by_label(TEXT["en"], exact=True)).to_have_value("")

    tab(someone, 1)
    with use_language("en"):
        paths = _written(tmp_path, sample_files.documents())
    page.locator(".st-key-checks_sample_documents").wait_for()
    someone.settle()
    page.locator('input[type="file"]').set_input_files(paths)
    someone.settle()
    expect(page.get_by_text("damaged file.pdf is damaged").first).to_be_visible()
    expect(page.locator(".toile-desk-name")).to_have_text(["collection page.html", "supplier offer.docx"])
    _mark(page, someone)

    tab(someone, 2)
    pictures = [(name, content) for name, content, _person in sample_files.pictures()]
    paths = [*_written(tmp_path, pictures[:1]), *_written(tmp_path, [("broken.png", b"no picture")])]
    page.locator(".st-key-checks_sample_pictures").wait_for()  # the other tab's uploader has gone by then
    someone.settle()
    page.locator('input[type="file"]').first.set_input_files(paths)
    someone.settle()
    expect(page.get_by_text("This file is not a picture").first).to_be_visible()
    expect(page.locator(".st-key-checks_grid img")).to_have_count(1)
    tab(someone, 3)
    expect(page.locator(".toile-desk-table tbody tr")).to_have_count(17)
    link = page.locator(".toile-desk-table a").first
    name = link.inner_text()
    link.click()
    someone.settle()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def _written(folder: Path, files: list[tuple[str, bytes]]) -> list[Path]:
    for name, content in files:
        (folder / name).write_bytes(content)
    return [folder / name for name, _content in files]


def _mark(page: Page, someone: Visit) -> None:
    page.get_by_role("button", name="Make a mark").click()
    someone.settle()
    planted = page.locator('[data-testid="stCode"] code').inner_text()
    answer = page.get_by_label("The answer to look through")
    answer.fill(f"As the note says: {planted}")
    answer.blur()
    someone.settle()
    expect(page.get_by_text("something private leaked.", exact=False).last).to_be_visible()
    expect(page.locator(".toile-is-fail")).to_have_count(1)


def test_on_a_phone_a_check_folds_to_what_it_is_worth(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    page = someone.open("checks")
    tab(someone, 3)
    table = page.locator(".toile-desk-table")
    table.wait_for()
    someone.settle()
    assert table.bounding_box()["height"] < 17 * 160
    first = table.locator("tbody tr").first
    expect(first.get_by_text("sur 10", exact=False).first).to_be_visible()
    expect(first.locator(".toile-desk-number").first).to_be_hidden()
    first.locator("summary").click()
    expect(first.locator(".toile-desk-number").first).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_each_state_can_be_read(visitor: Callable[..., Visit], language: str, width: int, theme: str) -> None:
    someone = visitor(language, width, theme)
    someone.open("checks")
    problems = {}

    def look(name: str) -> None:
        if found := objections(someone):
            problems[name] = found
        someone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    for at in range(6):
        open_sample(someone, at)
        look(f"sample {at}")
    tab(someone, 1)
    look("no document")
    read_samples(someone, "documents", ".toile-desk-name")
    look("documents")
    tab(someone, 2)
    read_samples(someone, "pictures", ".st-key-checks_grid")
    look("pictures")
    tab(someone, 3)
    look("table")
    assert problems == {}
