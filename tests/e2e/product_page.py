"""The product descriptions page as its users work it, in their language: what the browser tests have in common."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from lib.i18n import translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit

SLUG = "product_descriptions"
expect.set_options(timeout=WAIT_MILLISECONDS)
PAYLOADS_RAN = "() => Boolean(window.hacked)"


def words(someone: Visit, message: str, **values: object) -> str:
    """A message of the interface in the visitor's language, as it stands on the page."""
    with use_language(someone.language):
        return translate(message, None, **values)


def write(someone: Visit) -> Page:
    """Press the main button and wait for options that weren't there before."""
    page = someone.page
    classes = option_buttons(page).first.get_attribute("class") if option_buttons(page).count() else None
    someone.settle()
    page.locator(".st-key-run button").click()
    for before in (name for name in (classes or "").split() if name.startswith("st-key-choose_")):
        page.wait_for_function("old => !document.getElementsByClassName(old).length", arg=before)
    option_buttons(page).first.wait_for(state="attached")  # on a phone a list stands in their place
    return someone.settle()


def option_buttons(page: Page) -> Locator:
    """Where the three options are chosen, or said to be; each key names its run."""
    return page.locator('[class*="st-key-choose_"]')


def choose(someone: Visit, number: int) -> None:
    """Choose an option, counted from 1."""
    page = someone.page
    page.get_by_role("button", name=words(someone, "Choose option {number}", number=number)).click()
    page.get_by_role("heading", name=words(someone, "Option {number}, to edit", number=number)).wait_for()
    someone.settle()


def edit(someone: Visit, field: str, text: str) -> None:
    """Type into a field of the chosen option and leave it."""
    area = someone.page.get_by_label(words(someone, field), exact=True)
    area.fill(text)
    area.blur()
    someone.settle()
    expect(area).to_have_value(text)


def slot(someone: Visit, title: str) -> Locator:
    """One of the two tables that the page works on: 'Products' or 'Past posts and their results'."""
    label = words(someone, title)
    columns = someone.page.locator('[data-testid="stColumn"]')
    return columns.filter(has=someone.page.get_by_role("radiogroup", name=label))


def own_file(someone: Visit, title: str = "Products") -> Locator:
    """Open the data, choose a file of one's own for a table; that table's part of the page."""
    page = someone.page
    data = page.locator('[data-testid="stExpander"] details').first
    if data.get_attribute("open") is None:
        data.locator("summary").first.click()
        someone.settle()
    part = slot(someone, title)
    part.get_by_text(words(someone, "A file of your own"), exact=True).click()
    someone.settle()
    expect(part.get_by_role("radio", name=words(someone, "A file of your own"))).to_be_checked()
    return part


def bring(someone: Visit, part: Locator, path: Path) -> None:
    """Put a file into the table's uploader, in place of one that lies there."""
    uploader = part.locator('[data-testid="stExpander"]').filter(has=someone.page.locator('input[type="file"]')).first
    if uploader.locator("details").first.get_attribute("open") is None:
        uploader.locator("summary").first.click()
    someone.settle()
    uploader.locator('input[type="file"]').first.set_input_files(path)
    someone.settle()


def use_rows(someone: Visit, part: Locator) -> None:
    """Agree that bad rows are left out, where there are any, and use the rest."""
    someone.settle()
    box = part.locator('[data-testid="stCheckbox"] label')
    if box.count():
        box.click()
        someone.settle()
    button = part.locator('[class*="_use_"] button')
    expect(button).to_be_enabled()
    button.click()
    button.wait_for(state="detached")
    someone.settle()


def product_box(someone: Visit) -> Locator:
    """The field with the product in hand."""
    return someone.page.get_by_role("combobox", name=words(someone, "Product"), exact=True)


def take(someone: Visit, label: str, which: str = "one") -> Path:
    """Click a download button for the ``one`` description on the desk or for all ``approved`` ones; the file.

    Streamlit forgets a file that was made for a click when two more runs of a script end before it is fetched: the page
    is at rest first, as it is for a person who sees the button.
    """
    someone.settle()
    if label == "CSV" and someone.language == "fr":
        label = words(someone, "CSV (Excel)")
    with someone.page.expect_download() as awaited:
        someone.page.locator(f'[class*="st-key-{which}_"] button', has_text=label).click()
    path = Path(awaited.value.path())
    named = path.with_name(f"{path.name}-{awaited.value.suggested_filename}")
    named.write_bytes(path.read_bytes())
    return named
