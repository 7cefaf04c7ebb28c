"""Each page's rerun against an empty page's, both through Streamlit's own script runner."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

from bench.model import Result, alternate, median
from lib.catalogue import STEERING_PAGES, SteeringPage, UseCase, ready
from lib.settings import ROOT

TURNS = 15
EMPTY = """
import streamlit as st
st.navigation([st.Page(lambda: st.title("Empty"), title="Empty")]).run()
"""


def reruns(page: str, empty: AppTest) -> tuple[float, float]:
    """Median seconds of a rerun of ``page`` and of the empty page, taken in turn after one warm-up each."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120).run()
    app.switch_page(page).run()
    if app.exception:
        raise RuntimeError(f"{page}: {app.exception[0].value}")
    ours, theirs = alternate(app.run, empty.run, TURNS)
    return median(ours), median(theirs)


def run() -> Result:
    """Measure every page; the slowest one is the value."""
    os.environ["TOILE_DB"] = str(Path(tempfile.mkdtemp()) / "toile.db")
    empty = AppTest.from_string(EMPTY, default_timeout=60).run()
    pages: list[SteeringPage | UseCase] = [*STEERING_PAGES, *ready()]
    found = {page.slug: reruns(page.page, empty) for page in pages}
    slowest = max(found, key=lambda slug: found[slug][0])
    detail = {
        "slowest": slowest,
        "pages": {slug: {"page": ours, "empty": empty} for slug, (ours, empty) in found.items()},
    }
    return Result("page_switch", "slowest page's rerun", *found[slowest], "s", detail)
