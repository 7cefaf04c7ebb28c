"""Sketch to design in a real browser: a drawing made in the page becomes variants; a piece in 3D; a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "sketch_to_design"
WAIT = 240_000  # milliseconds, on a machine that does other things as well


def outline(page: Page) -> None:
    """A closed T-shirt, drawn with the mouse in one stroke, and a seam."""
    canvas = page.locator("canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    shape = [(0.3, 0.2), (0.42, 0.2), (0.5, 0.27), (0.58, 0.2), (0.7, 0.2), (0.92, 0.38), (0.82, 0.48), (0.72, 0.4)]
    shape += [(0.72, 0.85), (0.28, 0.85), (0.28, 0.4), (0.18, 0.48), (0.08, 0.38), (0.3, 0.2)]
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in shape]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=12)
    page.mouse.up()


def test_a_drawing_made_in_the_page_becomes_variants(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en")
    page = someone.open(SLUG)
    page.get_by_text("A sketch whose lines are kept").click()
    someone.settle()
    page.get_by_text("drawn here", exact=True).click()
    someone.settle()
    page.wait_for_timeout(2000)
    outline(page)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Take this drawing").click()
    someone.settle()
    expect(page.get_by_text("found.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Draw the variants").click()
    expect(page.locator(".st-key-plates img").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".st-key-plates img")).to_have_count(9, timeout=60_000)


def test_a_piece_in_3d_stands_on_the_page_and_nothing_is_cut_off_on_a_phone(visitor: Callable[..., Visit]) -> None:
    someone = visitor("fr", 390)
    page = someone.open(SLUG)
    page.get_by_role("tab").nth(4).click()
    expect(page.get_by_text("Coût matière")).to_be_visible(timeout=WAIT)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 391
