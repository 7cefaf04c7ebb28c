"""Process start to first page drawn in a browser, against ``streamlit hello`` in the same run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.model import Result, median

TURNS = 5
QUIET = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
OURS, THEIRS = ["lib.shell.serve"], ["streamlit", "hello"]


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """The module and arguments of ``command`` at ``port``, ended at the end of the block."""
    surroundings = {**os.environ, "TOILE_DB": str(Path(tempfile.mkdtemp()) / "toile.db")}
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--server.port", str(port), *QUIET],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_healthy(port: int, seconds: float = 60) -> None:
    """Return as soon as the server answers its health check."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"no server at port {port} after {seconds} s")


def first_page(browser: Browser, command: list[str]) -> float:
    """Seconds from the start of the process until the page's title is drawn and the script has ended."""
    port = free_port()
    start = time.perf_counter()
    with served(command, port):
        wait_until_healthy(port)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector("h1")
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        seconds = time.perf_counter() - start
        page.close()
    return seconds


def run() -> Result:
    """Start both ``TURNS`` times in turn; the medians' ratio counts."""
    from tests.browser import ARGUMENTS, find

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        first_page(browser, THEIRS)  # fills the file cache for both: neither pays for being first
        pairs = [(first_page(browser, OURS), first_page(browser, THEIRS)) for _turn in range(TURNS)]
        browser.close()
    ours, theirs = [list(side) for side in zip(*pairs, strict=True)]
    detail = {"ours": ours, "streamlit hello": theirs, "target": "ratio at most 1.5"}
    return Result("cold_start", "process start to first page drawn", median(ours), median(theirs), "s", detail)
