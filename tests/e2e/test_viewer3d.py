"""The viewer of pieces in three dimensions, in Chromium with and without WebGL."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from lib.settings import ROOT
from tests.browser import ARGUMENTS, find
from tests.e2e.app import free_port, wait_for

PAGE = ROOT / "tests" / "shell" / "viewer_page.py"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The test's page on a server of its own, with the product's static files and settings."""
    folder = tmp_path_factory.mktemp("viewer")
    shutil.copy(PAGE, folder / "page.py")
    (folder / "static").symlink_to(ROOT / "static")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "page.py"), f"--server.port={port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def opened(browser: Browser, address: str, theme: str = "light", query: str = "") -> Iterator[Page]:
    """The page; fails if the browser complained or asked for anything of another host."""
    complaints: list[str] = []
    seen = browser.new_context(color_scheme=theme, viewport={"width": 1000, "height": 900})  # type: ignore[arg-type]
    page = seen.new_page()
    page.set_default_timeout(45_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else complaints.append(asked.url),
    )
    page.goto(f"{address}/{query}")
    yield page
    seen.close()
    assert complaints == []


@contextmanager
def _running(browser: Browser, *more: str) -> Iterator[Browser]:
    arguments = [each for each in ARGUMENTS if each != "--disable-gpu"]
    running = browser.browser_type.launch(executable_path=find(), args=[*arguments, *more])
    yield running
    running.close()


@pytest.fixture(scope="module")
def seeing(browser: Browser) -> Iterator[Browser]:
    """A Chromium with WebGL in software."""
    with _running(browser, "--use-angle=swiftshader", "--enable-unsafe-swiftshader") as running:
        yield running


@pytest.fixture(scope="module")
def blind(browser: Browser) -> Iterator[Browser]:
    """A Chromium without WebGL."""
    with _running(browser, "--disable-3d-apis") as running:
        yield running


def _stage(page: Page, state: str) -> Locator:
    stage = page.locator(f'.stage[data-state="{state}"]')
    stage.wait_for()
    return stage


def _pixels(stage: Locator) -> np.ndarray:
    with Image.open(io.BytesIO(stage.screenshot())) as shown:
        return np.asarray(shown.convert("RGB")).astype(int)


def _drawn(pixels: np.ndarray) -> float:
    """The share of pixels that differ from the ground of the stage."""
    return float((np.abs(pixels - pixels[8, 8]).sum(axis=2) > 40).mean())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_piece_is_drawn_in_both_themes(seeing: Browser, address: str, theme: str) -> None:
    with opened(seeing, address, theme) as page:
        assert 0.03 < _drawn(_pixels(_stage(page, "shown"))) < 0.6
        assert page.locator(".says").inner_text() == ""


def test_keys_buttons_and_mouse_turn_the_piece_and_a_reset_turns_it_back(seeing: Browser, address: str) -> None:
    with opened(seeing, address) as page:
        stage = _stage(page, "shown")
        first, turn, far = _pixels(stage), stage.get_attribute("data-turn"), stage.get_attribute("data-far")
        stage.focus()
        page.keyboard.press("ArrowRight")
        assert stage.get_attribute("data-turn") != turn
        assert (np.abs(_pixels(stage) - first).sum(axis=2) > 40).mean() > 0.01
        page.get_by_role("button", name="Closer").click()
        assert float(stage.get_attribute("data-far") or 0) < float(far or 0)
        page.get_by_role("button", name="Reset the view").click()
        assert (stage.get_attribute("data-turn"), stage.get_attribute("data-far")) == (turn, far)
        box = stage.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 300, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + 420, box["y"] + 200, steps=4)
        page.mouse.up()
        assert stage.get_attribute("data-turn") != turn


def test_the_wheel_scrolls_the_page_until_the_piece_has_the_focus(seeing: Browser, address: str) -> None:
    with opened(seeing, address) as page:
        stage = _stage(page, "shown")
        far = stage.get_attribute("data-far")
        stage.hover()
        page.mouse.wheel(0, -300)
        assert stage.get_attribute("data-far") == far
        stage.focus()
        page.mouse.wheel(0, -300)
        expect(stage).not_to_have_attribute("data-far", far or "")


def test_a_rerun_keeps_the_view_and_another_piece_replaces_it(seeing: Browser, address: str) -> None:
    with opened(seeing, address) as page:
        stage = _stage(page, "shown")
        stage.focus()
        page.keyboard.press("ArrowRight")
        turned = stage.get_attribute("data-turn")
        page.get_by_role("button", name="Again").click()
        page.get_by_text("run 2").wait_for()
        assert stage.get_attribute("data-turn") == turned
        ring = _pixels(stage)
        page.get_by_text("chair", exact=True).click()
        page.locator('.stage[aria-label="The chair"][data-state="shown"]').wait_for()
        assert (np.abs(_pixels(stage) - ring).sum(axis=2) > 40).mean() > 0.05


def test_without_webgl_a_still_picture_and_the_reason_are_shown(blind: Browser, address: str) -> None:
    with opened(blind, address, query="?lang=fr") as page:
        page.locator(".stage img").wait_for()
        stage = _stage(page, "still")
        assert _drawn(_pixels(stage)) > 0.03
        assert "WebGL" in page.locator(".says").inner_text()
        assert "image fixe" in page.locator(".says").inner_text()
        assert page.locator(".tools").is_hidden()
        page.get_by_text("chair", exact=True).click()
        page.locator('.stage[aria-label="The chair"][data-state="still"] img').wait_for()
