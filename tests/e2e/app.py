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
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from lib.catalogue import SteeringPage
from lib.navigation import entries
from lib.settings import ROOT
from tests.browser import ARGUMENTS, find

START_SECONDS = 60
WAIT_MILLISECONDS = 45_000
HEIGHTS = {1440: 900, 390: 844}
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
# Idle: the browser has said who it is, the script has ended, nothing on the page waits for its content.
IDLE = """() => document.documentElement?.dataset.toile === 'known'
  && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
  && document.fonts.status === 'loaded'"""


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

    def settle(self) -> Page:
        """Wait until the app stands still; two frames later the last run's elements are laid out."""
        self.page.wait_for_function(IDLE)
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page

    def whole(self) -> Page:
        """Make the window as tall as the page, so that a picture or a check sees all of it."""
        size = self.page.viewport_size or {"width": 1440, "height": 900}
        height = self.page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})
        return self.settle()


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


def context(browser: Browser, language: str = "en", width: int = 1440, theme: str = "light") -> BrowserContext:
    """A visitor with storage of their own."""
    options: dict[str, Any] = {"locale": LOCALES[language], "color_scheme": theme, "reduced_motion": "reduce"}
    return browser.new_context(viewport={"width": width, "height": HEIGHTS.get(width, 900)}, **options)


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
