"""How people work the pages of *decide* in a browser: fields, choices, files, downloads."""

from __future__ import annotations

from pathlib import Path
from re import Pattern

from tests.e2e.app import Visit


def fill(visit: Visit, label: str, text: str) -> None:
    """Type into a field and leave it."""
    field = visit.page.get_by_label(label, exact=True).first
    field.fill(text)
    field.blur()
    visit.settle()


def choose(visit: Visit, name: str) -> None:
    """One of several buttons that stand side by side."""
    visit.page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True).click()
    visit.settle()


def press(visit: Visit, name: str | Pattern[str]) -> None:
    """A button by its name; an icon's name stands before it."""
    visit.settle()
    buttons = visit.page.get_by_test_id("stMain").get_by_role("button")
    (buttons.filter(has_text=name)).first.click()
    visit.settle()


def bring(visit: Visit, folder: Path, name: str, content: str) -> None:
    """Put a file into the page’s first uploader; what follows waits for the button that it brings."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    page = visit.page
    uploader = page.locator('[data-testid="stExpander"]').filter(has=page.locator('input[type="file"]')).first
    if uploader.locator("details").first.get_attribute("open") is None:
        uploader.locator("summary").first.click()
    visit.settle()
    uploader.locator('input[type="file"]').first.set_input_files(path)
    visit.settle()


def take(visit: Visit, name: str) -> bytes:
    """Click a download button; the file."""
    visit.settle()
    with visit.page.expect_download() as awaited:
        visit.page.get_by_test_id("stMain").get_by_role("button").filter(has_text=name).first.click()
    return Path(awaited.value.path()).read_bytes()
