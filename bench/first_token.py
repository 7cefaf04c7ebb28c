"""Time to the first token drawn in a browser against the bare SDK's, in the same run.

The browser opens a page of its own that draws the partial outputs of a task as the product's pages do: through
``stream_task`` into one Streamlit element. The clock starts when the page's script asks, and stops when the words stand
in the document.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.cold_start import QUIET, free_port, wait_until_healthy
from bench.engine_overhead import PROMPT, measured
from bench.model import Result, median

TURNS = 7
PAGE = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
import streamlit as st
from bench.engine_overhead import Wish, _prepared
from lib.tasks import Partial
from lib.tasks.run import stream_task

@st.cache_resource
def prepared():
    folder = Path({folder!r})
    return _prepared(folder)

task, context = prepared()
from lib.engines.registry import engine
engine("smollm2").place()
if st.button("Write"):
    began = time.time()
    spot = st.empty()
    for event in stream_task(task, Wish(colour="red"), context, "smollm2"):
        if isinstance(event, Partial):
            spot.text("began " + str(began) + " text " + event.text)
    st.text("done")
"""
# The browser notes by itself when the words appear: asking it from outside would add the way there and back.
WATCH = """() => {
  window.firstToken = null;
  new MutationObserver(() => {
    const found = document.body.innerText.match(/began ([0-9.]+) text ./);
    if (found && window.firstToken === null) window.firstToken = Date.now() / 1000 - parseFloat(found[1]);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def _drawn(page: Page, url: str) -> float:
    page.goto(url)
    page.wait_for_selector("button:has-text('Write')")
    page.evaluate(WATCH)
    page.click("button:has-text('Write')")
    page.wait_for_function("window.firstToken !== null", timeout=60_000)
    found: float = page.evaluate("window.firstToken")
    page.wait_for_selector("text=done", timeout=60_000)
    return found


def _in_browser(folder: Path) -> list[float]:
    from tests.browser import ARGUMENTS, find

    root = str(Path(__file__).parent.parent)
    script = folder / "page.py"
    script.write_text(PAGE.format(root=root, folder=str(folder)), encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *QUIET]
    surroundings: dict[str, Any] = {**os.environ, "TOILE_DB": str(folder / "toile.db"), "PYTHONPATH": root}
    server = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root)
    try:
        wait_until_healthy(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
            page = browser.new_page()
            _drawn(page, f"http://127.0.0.1:{port}/")  # loads the model and the packages
            found = [_drawn(page, f"http://127.0.0.1:{port}/") for _turn in range(TURNS)]
            browser.close()
    finally:
        server.terminate()
        server.wait()
    return found


def run() -> Result:
    """Medians of ``TURNS`` turns: drawn in the browser, through ``stream_task`` alone, and by the bare SDK."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = _in_browser(Path(folder))
    time.sleep(1)
    ours, bare = measured(TURNS)
    streamed, theirs = [first for _t, _s, first in ours], [first for _t, _s, first in bare]
    detail = {"browser": drawn, "stream_task": streamed, "bare SDK": theirs, "prompt": PROMPT}
    return Result("first_token", "seconds to the first token drawn", median(drawn), median(theirs), "s", detail)
