"""The real app on a free port, with a database of its own, and the browser that looks at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from lib.catalogue import SteeringPage
from lib.navigation import entries
from lib.settings import ROOT
from tests.browser import ARGUMENTS, find

START_SECONDS = 60
WAIT_MILLISECONDS = 45_000
COUNT = count()
HEIGHTS = {1440: 900, 390: 844}
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """One page of the browser, with what it said and asked for that it should not have."""

    page: Page
    address: str
    language: str
    complaints: list[str] = field(default_factory=list)

    def open(self, slug: str = "", query: str = "") -> Page:
        """Go to a page of the app by its slug and wait until it stands still."""
        self.page.goto(f"{self.address}/{slug}?lang={self.language}{query}")
        return self.settle()

    def walk(self, slug: str = "") -> Page:
        """Go to a page by its link in the menu, which loads the app no second time."""
        links = self.page.locator('[data-testid="stSidebarNavLink"]')
        links.first.wait_for(state="attached")
        number = links.evaluate_all("(links, path) => links.findIndex((one) => one.pathname === path)", f"/{slug}")
        links.nth(number).evaluate("link => link.click()")  # on a phone the menu is folded
        self.page.wait_for_url(lambda address: urlsplit(address).path == f"/{slug}")
        return self.settle()

    def settle(self) -> Page:
        """Wait until all that was done in the browser has been answered, and the app stands still."""
        return settle(self.page)

    def whole(self) -> Page:
        """Make the window as tall as the page, so that a picture or a check sees all of it."""
        size = self.page.viewport_size or {"width": 1440, "height": 900}
        height = self.page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})
        return self.settle()


def settle(page: Page) -> Page:
    """Wait until all that was done in this tab has been answered, and the app stands still.

    After a click or a word typed, and before whatever isn't waited for by itself: another click, a number of elements,
    a text read. Playwright's ``expect`` waits for a state, but fails at once where a redraw shows two elements for one.
    """
    page.wait_for_function("since => window.standsStill?.(since)", arg=next(COUNT))
    return page


def slugs() -> list[str]:
    """Every page of the catalogue; Home's address is empty."""
    return ["" if isinstance(entry, SteeringPage) and entry.default else entry.slug for entry in entries()]


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int | None = None, code: str = "") -> Iterator[str]:
    """The app's address while the block lasts. Its database and its log lie in ``folder``.

    ``code`` is what Python runs instead of ``lib.shell.serve``; it changes something first and serves then.
    """
    port = port or free_port()
    surroundings = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    surroundings["TOILE_WORKER"] = "on"
    surroundings |= {"TOILE_DB": str(folder / "toile.db"), "TOILE_SECRETS": str(folder / "secrets.toml")}
    command = [sys.executable, *(["-c", code] if code else ["-m", "lib.shell.serve"]), f"--server.port={port}"]
    with (folder / "app.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"], cwd=ROOT, env=surroundings, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, folder / "app.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(health: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server at this address answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(health, timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        browser.close()


def context(
    browser: Browser, language: str = "en", width: int = 1440, theme: str = "light", **more: Any
) -> BrowserContext:
    """A visitor with storage of their own; ``more`` are Playwright's options of a context."""
    options: dict[str, Any] = {"locale": LOCALES[language], "color_scheme": theme, "reduced_motion": "reduce"} | more
    made = browser.new_context(viewport={"width": width, "height": HEIGHTS.get(width, 900)}, **options)
    made.add_init_script(WATCH)
    return made


def visit(visitor: BrowserContext, address: str, language: str = "en") -> Visit:
    """A new tab that listens for console errors and for requests that leave the host."""
    made = Visit(visitor.new_page(), address, language)
    made.page.set_default_timeout(WAIT_MILLISECONDS)
    host = address.removeprefix("http://")
    allowed = (f"http://{host}", f"ws://{host}", "data:", "blob:")

    def heard(message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        # On a deep link Streamlit first asks for its endpoints below the page's own path, then at the root.
        if message.type == "error" and not place.endswith(("/_stcore/health", "/_stcore/host-config")):
            made.complaints.append(f"console: {message.text} ({place})")

    def asked(request: Request) -> None:
        if not request.url.startswith(allowed):
            made.complaints.append(f"left the host: {request.url}")

    made.page.on("console", heard)
    made.page.on("request", asked)
    made.page.on("pageerror", lambda error: made.complaints.append(f"script: {error}"))
    return made
