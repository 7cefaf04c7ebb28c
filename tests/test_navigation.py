"""The menu comes from the catalogue, and from nowhere else."""

from __future__ import annotations

import pytest

from lib.catalogue import STEERING_PAGES, USE_CASES
from lib.errors import NotFound
from lib.navigation import address_of, entries, has_page, path_of
from lib.settings import ROOT


def test_every_page_of_the_menu_exists_and_no_other_does() -> None:
    wanted = {entry.page for entry in entries()}
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py")}
    assert found == wanted


def test_planned_use_cases_have_no_page() -> None:
    planned = [entry.slug for entry in USE_CASES if entry.status == "planned"]
    assert not any(has_page(slug) for slug in planned)
    with pytest.raises(NotFound):
        path_of(planned[0])


def test_addresses_are_unique_and_keep_the_language() -> None:
    addresses = [address_of(entry.slug, "fr") for entry in entries()]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("?lang=fr") for address in addresses)
    assert "./?lang=fr" in addresses


def test_exactly_one_page_is_shown_first() -> None:
    assert sum(page.default for page in STEERING_PAGES) == 1
