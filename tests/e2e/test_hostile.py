"""One text with everything in it through each text field and upload of each page, in a real browser.

No dialog opens, nothing is asked of another host, no element of it stands in the page, and no file that can be taken
away holds a formula. Every page is a long test; a few stand for all in the ordinary run.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, TimeoutError

from tests.e2e.app import Visit, slugs
from tests.hostile.payloads import COMBINED

QUICK = ("workspace", "weekly_table", "prioritisation_matrix")
TEXT = COMBINED.replace("\u0000", "")
FIELDS = "[data-testid=stMain] textarea:visible:enabled, [data-testid=stMain] input[type=text]:visible:enabled"
MOST = 40  # fields of a page
NEVER = re.compile(r"(?i)log out|leave|new link|clear|delete|remove|void")
# What the payload would have made, in the page and in every shadow root of it.
MADE = """() => {
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot);
      const named = [...node.attributes].map((a) => [a.name.toLowerCase(), a.value.trim().toLowerCase()]);
      if (named.some(([name]) => ['onerror', 'onload'].includes(name))) found.push(node.outerHTML.slice(0, 200));
      const leads = (value) => value.startsWith('javascript:') || value.includes('evil.example');
      const asks = ['src', 'href', 'xlink:href', 'srcdoc', 'action'];
      if (named.some(([name, value]) => asks.includes(name) && leads(value))) found.push(node.outerHTML.slice(0, 200));
      if (node.tagName === 'SCRIPT' && /alert\\(1\\)/.test(node.textContent)) found.push('script');
    }
  };
  look(document);
  return found;
}"""


def files(folder: Path) -> dict[str, Path]:
    """A table, a document, a drawing: their names and their contents are hostile, as far as a disk takes such names."""
    name = re.sub(r"[/\x00]", "", TEXT)[:60]
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["sku", "name", TEXT[:80], "price"])
    writer.writerows([[f"{n}{TEXT}", TEXT, TEXT, "=1+1"] for n in range(12)])
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    made = {}
    for ending, content in (("csv", table.getvalue()), ("md", f"# {TEXT}\n\n{TEXT}\n"), ("svg", svg)):
        made[ending] = folder / f"{name}.{ending}"
        made[ending].write_text(content, encoding="utf-8")
    return made


class Attack:
    """One page under one payload."""

    def __init__(self, visit: Visit, folder: Path) -> None:
        self.visit, self.page = visit, visit.page
        self.dialogs: list[str] = []
        self.downloads: list[Path] = []
        self.folder, self.files = folder, files(folder)
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def settle(self) -> None:
        with suppress(TimeoutError):  # heavy work goes on; what stands in the page already is looked at
            self.visit.settle()

    def each(self, selector: str) -> Iterator[Locator]:
        """The elements one after the other, looked up again each time: a run of the page replaces them."""
        at = 0
        while at < min(self.page.locator(selector).count(), MOST):
            yield self.page.locator(selector).nth(at)
            at += 1

    def fill(self) -> int:
        filled = 0
        for field in self.each(FIELDS):
            try:
                field.fill(TEXT, timeout=4_000)
                field.press("Tab", timeout=4_000)
                filled += 1
            except (TimeoutError, Error):
                continue  # it went away while it was filled
        self.settle()
        return filled

    def upload(self) -> None:
        for field in self.each("[data-testid=stMain] input[type=file]"):
            try:
                taken = (field.get_attribute("accept", timeout=4_000) or "").lower()
                ending = next((one for one in ("csv", "md", "svg") if one in taken), "csv" if not taken else "svg")
                field.set_input_files(self.files[ending], timeout=4_000)
            except (TimeoutError, Error):
                continue
            self.settle()

    def press(self) -> None:
        """Every main button, then whatever can be taken away."""
        for button in self.each("[data-testid=stMain] button[kind^=primary]:visible:enabled"):
            try:
                if not NEVER.search(button.inner_text(timeout=2_000)):
                    button.click(timeout=4_000)
            except (TimeoutError, Error):
                continue
            self.settle()

    def take(self) -> None:
        for button in self.each("[data-testid=stMain] [data-testid=stDownloadButton] button:visible:enabled"):
            try:
                with self.page.expect_download(timeout=8_000) as coming:
                    button.click(timeout=4_000)
                kept = self.folder / f"{len(self.downloads)}-{coming.value.suggested_filename[-40:].replace('/', '_')}"
                coming.value.save_as(kept)
                self.downloads.append(kept)
            except (TimeoutError, Error):
                continue

    def look(self) -> None:
        assert self.dialogs == []
        assert self.page.evaluate(MADE) == []
        for kept in self.downloads:
            no_formula(kept)


def no_formula(kept: Path) -> None:
    """A file that was taken away holds no formula."""
    content = kept.read_bytes()
    if kept.suffix == ".xlsx":
        from openpyxl import load_workbook

        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), kept.name
    elif kept.suffix == ".csv":
        text = content.decode("utf-8-sig", "replace")
        separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [cell for cell in row if re.match(r"\s*[=@]|\s*[+-](?![\d.,]+$)", cell)], kept.name
    elif kept.suffix in (".svg", ".html"):
        assert not re.search(rb"<script>alert|onload=alert|onerror=alert", content), kept.name
    elif kept.suffix == ".pdf":
        assert b"/JavaScript" not in content and b"/Launch" not in content, kept.name


def attack(visitor: Callable[..., Visit], slug: str, folder: Path) -> tuple[int, Page]:
    """Every tab of the page: its fields, its uploads, its buttons."""
    someone = visitor()
    someone.page.set_default_timeout(90_000)
    someone.open(slug)
    someone.page.set_default_timeout(20_000)
    fight = Attack(someone, folder)
    for summary in fight.each("[data-testid=stMain] [data-testid=stExpander] summary:visible"):
        try:
            summary.click(timeout=3_000)
        except (TimeoutError, Error):
            continue
    fight.settle()
    filled = 0
    tabs = max(1, someone.page.locator("[data-testid=stMain] [role=tab]:visible").count())
    for at in range(tabs):
        tab = someone.page.locator("[data-testid=stMain] [role=tab]:visible").nth(at)
        if tab.count():
            tab.click()
            fight.settle()
        fight.upload()
        filled += fight.fill()
        fight.look()
    fight.press()
    fight.look()
    fight.take()
    fight.look()
    someone.page.reload()  # what was kept comes back from the database
    fight.settle()
    fight.look()
    return filled, someone.page


@pytest.mark.parametrize("slug", QUICK)
def test_a_page_takes_everything_for_a_text(visitor, tmp_path, slug):
    filled, _page = attack(visitor, slug, tmp_path)
    assert filled > 0


@pytest.mark.long
@pytest.mark.parametrize("slug", [slug for slug in slugs() if slug not in QUICK])
def test_every_page_takes_everything_for_a_text(visitor, tmp_path, slug):
    attack(visitor, slug, tmp_path)


def test_the_look_sees_what_it_looks_for(visitor):
    """The control: an element of the payload that did come through is seen, in a shadow root, too."""
    page = visitor().open("workspace")
    assert page.evaluate(MADE) == []
    page.evaluate(
        """() => {
          const host = document.body.appendChild(document.createElement('div'));
          const link = document.createElement('a');
          link.setAttribute('href', 'javascript:alert(1)');
          host.attachShadow({mode: 'open'}).append(link);
        }"""
    )
    assert len(page.evaluate(MADE)) == 1
