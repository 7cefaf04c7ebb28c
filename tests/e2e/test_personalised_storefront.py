"""The storefront in a browser: consent withdrawn and kept, French on a phone, a house's own products and orders."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.i18n import translate, use_language
from tests.e2e.app import WAIT_MILLISECONDS, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
SLUG = "personalised_storefront"
expect.set_options(timeout=WAIT_MILLISECONDS)
WAIT = 120_000  # milliseconds, beside everything else that the machine does
COLOURS = ("navy", "red")


def words(someone: Visit, message: str, **values: object) -> str:
    with use_language(someone.language):
        return translate(message, None, **values)


def shown(page: Page) -> None:
    """Wait until both pages stand."""
    expect(page.locator(".front-page")).to_have_count(2, timeout=WAIT)


def switch(someone: Visit, name: str) -> None:
    someone.settle()
    someone.page.locator('[data-testid="stCheckbox"]', has_text=name).locator("label").click()
    someone.settle()


def files(folder: Path) -> tuple[Path, Path]:
    """Eight pieces, and the orders of twenty shoppers who keep to a colour."""
    pieces = [f"P{n},Piece {n} dress,dresses,{COLOURS[n % 2]},{100 + n}.00,EUR" for n in range(8)]
    lines = [
        f"O{who}-{what},1,C{who},2026-09-{1 + (who + what) % 28:02d},P{what}"
        for who in range(20)
        for what in range(who % 2, 8, 2)
    ]
    products, orders = folder / "pieces.csv", folder / "orders.csv"
    products.write_text("\n".join(["sku,name,category,colour,price,currency", *pieces]), "utf-8")
    orders.write_text("\n".join(["order_id,line,customer_id,placed_on,sku", *lines]), "utf-8")
    return products, orders


def test_a_withdrawn_consent_is_said_and_kept_and_a_phone_in_french_fits(visitor: Callable[..., Visit]) -> None:
    someone = visitor("en", 1440)
    page = someone.open(SLUG)
    shown(page)
    numbers = page.locator(".front-mine .front-mark").all_inner_texts()
    reasons = page.locator(".front-why .front-mark").all_inner_texts()
    assert sorted(numbers, key=int) == sorted(reasons, key=int) and numbers
    switch(someone, words(someone, "Orders and returns"))
    said = page.get_by_text(words(someone, "not used: withdrawn here"))
    expect(said).to_be_visible()
    expect(page.get_by_text(re.compile(r"Withdrawn:.*orders and returns\."))).to_be_visible()
    someone.settle()
    page.reload()
    shown(page)
    expect(said).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    someone.language = "fr"
    someone.open(SLUG)
    shown(page)
    expect(page.get_by_text(words(someone, "not used: withdrawn here"))).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert someone.complaints == []


def test_a_houses_own_files_are_learned_by_the_worker_and_there_after_a_reload(
    visitor: Callable[..., Visit], tmp_path: Path
) -> None:
    someone = visitor("en", 1440)
    page = someone.open(SLUG)
    shown(page)
    page.get_by_text(words(someone, "Data: products, profiles, orders, visits, stock, costs")).click()
    someone.settle()
    products = page.get_by_role("radiogroup", name=words(someone, "Products"), exact=True)
    products.get_by_text(words(someone, "A file of your own")).click()
    someone.settle()
    uploads = page.locator('input[type="file"]')
    expect(uploads).to_have_count(8)  # a house's own products go with its own of everything
    for number, path in zip((0, 2), files(tmp_path), strict=True):
        uploads.nth(number).set_input_files(path)
        page.get_by_text(path.name).first.wait_for(state="attached", timeout=WAIT)
        someone.settle()
    own = page.locator(".front-mine .front-name", has_text=words(someone, "Your shop"))
    expect(own).to_be_visible(timeout=WAIT)
    page.reload()
    expect(own).to_be_visible(timeout=WAIT)
    expect(page.locator(".front-generic .front-card", has_text="Piece").first).to_be_visible()
    assert "Solène" not in page.locator(".front-pair").inner_text()
    assert someone.complaints == []
