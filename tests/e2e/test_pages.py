"""Every page of the catalogue, in both languages, at two widths, in both themes: nothing cut, faint or too wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.app import HEIGHTS, Visit, slugs

pytestmark = pytest.mark.e2e
CHECKS = Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", sorted(HEIGHTS))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_can_be_read(visitor: Callable[..., Visit], language: str, width: int, theme: str) -> None:
    someone = visitor(language, width, theme)
    problems = {}
    for slug in slugs():
        someone.open(slug)
        page = someone.whole()
        found = page.evaluate(CHECKS)
        if page.locator('[data-testid="stException"]').count():
            found.append("an exception is shown")
        if page.get_by_role("dialog").count():
            found.append("a dialog stands before the page")
        if page.locator("html").get_attribute("lang") != language:
            found.append("the page's language is not declared")
        if found:
            problems[slug or "home"] = found
    assert problems == {}
