"""A file made for a click is there when the browser comes for it, however much goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e import product_page as on_page
from tests.e2e.app import Visit


def test_a_file_waits_for_its_browser_while_others_work(visitor: Callable[..., Visit]) -> None:
    someone, other = visitor("en"), visitor("fr")
    page = someone.open("product_descriptions")
    on_page.write(someone)
    on_page.choose(someone, 2)
    someone.settle()
    with page.expect_download() as awaited:
        page.locator('[class*="st-key-one_"] button', has_text="CSV").click()
    address = awaited.value.url
    for slug in ("", "engines", "prompts"):  # each is a run of a script by somebody else
        other.open(slug)
        other.settle()
    assert page.request.get(address).status == 200
