"""What a click on a page costs at p95 while a bulk run is on, against no run, in the same browser and app.

The run is the worst for the machine: the whole sample catalogue on the built-in engine, which needs no network and
takes all the processor that it gets. Blocks of clicks with and without it follow each other.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.cold_start import QUIET, free_port, wait_until_healthy
from bench.model import Result

BLOCKS, CLICKS = 3, 25
TARGET = 1.5
# The browser clicks and watches by itself: asking it from outside would add the way there and back.
CLICK = """async (turn) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const state = () => app.getAttribute('data-test-script-state');
  const buttons = [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stButtonGroup"] button')];
  const shown = buttons.filter(button => button.offsetParent !== null);
  const began = performance.now();
  await new Promise((done, failed) => {
    let ran = false;
    const watch = new MutationObserver(() => {
      ran = ran || state() === 'running';
      if (ran && state() === 'notRunning') { watch.disconnect(); done(); }
    });
    watch.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
    setTimeout(() => failed(new Error('the click was not answered')), 60000);
    shown[turn % 2].click();
  });
  return (performance.now() - began) / 1000;
}"""


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


turns = itertools.count(1)  # the first channel is chosen at the start: a click on it would change nothing


def click(page: Page) -> float:
    """Seconds from a click on a channel until the page stands still again."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    return float(page.evaluate(CLICK, next(turns)))


def run() -> Result:
    """Serve the app with its worker, click with and without a job."""
    from tests.browser import ARGUMENTS, find

    folder = Path(tempfile.mkdtemp())
    surroundings = {**os.environ, "TOILE_DB": str(folder / "toile.db"), "TOILE_WORKER": "on"}
    os.environ["TOILE_DB"] = surroundings["TOILE_DB"]
    port = free_port()
    command = [sys.executable, "-m", "lib.shell.serve", "--server.port", str(port), *QUIET]
    app = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}/product_descriptions?lang=en")
            page.wait_for_selector("h1")
            busy, quiet, rows = measured(page)
    finally:
        app.terminate()
        app.wait()
    detail = {
        "median_busy": statistics.median(busy),
        "median_quiet": statistics.median(quiet),
        "clicks": len(busy),
        "rows_done_meanwhile": rows,
        "target": TARGET,
    }
    return Result("click_while_busy", "a click at p95 during a bulk run", p95(busy), p95(quiet), "s", detail)


def measured(page: Page) -> tuple[list[float], list[float], int]:
    """Seconds of the clicks with a run and without, and how many rows the runs did meanwhile."""
    from bench.bulk.catalogue import cancel_all, rows_done, start_catalogue

    settle(page, lambda: rows_done()[1] == 0)
    for _turn in range(6):
        click(page)
    busy: list[float] = []
    quiet: list[float] = []
    rows = 0
    for _block in range(BLOCKS):
        quiet += [click(page) for _turn in range(CLICKS)]
        start_catalogue()
        settle(page, lambda: rows_done()[0] > 5)
        before = rows_done()[0]
        busy += [click(page) for _turn in range(CLICKS)]
        rows += rows_done()[0] - before
        cancel_all()
        settle(page, lambda: rows_done()[1] == 0)
    return busy, quiet, rows


def settle(page: Page, happened: Callable[[], bool], seconds: float = 300.0) -> None:
    """Wait for something in the database while the browser stays alive."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("the bulk run does not move")
        page.wait_for_timeout(200)
