"""One app and one browser for all browser tests; a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.app import Visit, browsing, context, serving, visit


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The app's address. Home has been opened once: a server's very first run is a case of its own in test_frame.py."""
    with serving(tmp_path_factory.mktemp("app")) as address:
        with context(browser) as first:
            visit(first, address).open()
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with browsing() as running:
        yield running


@pytest.fixture
def visitor(app: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Makes fresh visitors, ``visitor(language, width, theme)``; at the end none may have had a complaint."""
    contexts, visits = [], []

    def arrive(language: str = "en", width: int = 1440, theme: str = "light") -> Visit:
        contexts.append(context(browser, language, width, theme))
        visits.append(visit(contexts[-1], app, language))
        return visits[-1]

    yield arrive
    complaints = [complaint for made in visits for complaint in made.complaints]
    for each in contexts:
        each.close()
    assert complaints == []
