"""Every page of the catalogue, in both languages, at two widths, in both themes: nothing cut, faint or too wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e import product_page
from tests.e2e.app import HEIGHTS, Visit, slugs
from tests.e2e.views import EVERY_PAIR, VIEWS
from tests.fixtures.make_files import write as write_files

pytestmark = pytest.mark.e2e
CHECKS = Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_pages_can_be_read(visitor: Callable[..., Visit], language: str, width: int, theme: str) -> None:
    """Each page by its address in the first view, and by the menu in the others, which is quicker."""
    someone = visitor(language, width, theme)
    problems = {}
    for at, slug in enumerate(slugs()):
        someone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        if at == 0 or (language, width, theme) == EVERY_PAIR[0]:
            someone.open(slug)
        else:
            someone.walk(slug)
        if found := objections(someone):
            problems[slug or "home"] = found
    assert problems == {}


@pytest.mark.parametrize("width", sorted(HEIGHTS))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_comes_after_a_click_can_be_read(
    visitor: Callable[..., Visit], language: str, width: int, tmp_path: Path
) -> None:
    """Options with marks and an opened editor, an upload with bad rows and one that is refused, the other tabs."""
    someone = visitor(language, width)
    problems = {}
    for name, state in STATES.items():
        state(someone, tmp_path)
        if found := objections(someone):
            problems[name] = found
        someone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    assert problems == {}


def written(someone: Visit, folder: Path) -> None:
    """Three options, one edited so that every kind of mark stands in it."""
    someone.open(product_page.SLUG)
    product_page.write(someone)
    product_page.edit(someone, "Body", "Le plus doux du monde, certified organic, 300 g. https://example.invalid <b>")
    someone.page.locator(".st-key-desk mark.toile-fail").first.wait_for()
    someone.settle()


def bad_rows(someone: Visit, folder: Path) -> None:
    """A file of one's own with a row that can't be used."""
    part = product_page.own_file(someone)
    product_page.bring(someone, part, write_files(folder, ["price_in_words.csv"])["price_in_words.csv"])
    part.locator(".toile-table").first.wait_for()
    someone.settle()


def refused(someone: Visit, folder: Path) -> None:
    """A file whose columns are other ones."""
    part = product_page.own_file(someone)
    product_page.bring(someone, part, write_files(folder, ["wrong_columns.csv"])["wrong_columns.csv"])
    part.locator('[data-testid="stAlert"]').wait_for()
    someone.settle()


def tab(name: str) -> Callable[[Visit, Path], None]:
    """One of the page's tabs."""

    def open_it(someone: Visit, folder: Path) -> None:
        someone.page.get_by_role("tab", name=product_page.words(someone, name)).click()
        someone.settle()

    return open_it


STATES = {
    "written": written,
    "bad rows": bad_rows,
    "refused": refused,
    "proof": tab("Proof"),
    "how it works": tab("How it works"),
}


def objections(someone: Visit) -> list[str]:
    """What can't be read on the page as it stands, all of it in view."""
    page = someone.whole()
    found: list[str] = page.evaluate(CHECKS)
    if page.locator('[data-testid="stException"]').count():
        found.append("an exception is shown")
    if page.get_by_role("dialog").count():
        found.append("a dialog stands before the page")
    if page.locator("html").get_attribute("lang") != someone.language:
        found.append("the page's language is not declared")
    return found
