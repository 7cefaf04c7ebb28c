"""How the catalogue is asked, and how a house's own use cases join it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.catalogue import (
    AREA_SUMMARIES,
    AREA_TITLES,
    STEERING_PAGES,
    USE_CASES,
    VALUE_CHAIN,
    Area,
    HouseUseCase,
    in_area,
    ready,
    use_case,
    with_additions,
)
from lib.errors import InputError, NotFound

own = st.builds(
    HouseUseCase,
    slug=st.uuids().map(lambda value: f"own_{value.hex}"),
    area=st.sampled_from(VALUE_CHAIN),
    title=st.text(min_size=1).filter(str.strip),
    summary=st.text(),
)


def test_each_entry_is_found_by_its_slug():
    assert all(use_case(entry.slug) is entry for entry in USE_CASES)


def test_an_unknown_slug_is_said_in_the_readers_language():
    with pytest.raises(NotFound) as caught:
        use_case("crystal_ball {0}")
    assert "crystal_ball {0}" in caught.value.text("en")
    assert "«\u202fcrystal_ball {0}\u202f»" in caught.value.text("fr")


def test_areas_hold_all_entries_and_sections_none():
    assert tuple(entry for area in VALUE_CHAIN for entry in in_area(area)) == USE_CASES
    assert not any(in_area(area) for area in set(Area) - set(VALUE_CHAIN))


def test_every_area_and_section_is_named_and_summed_up():
    assert set(AREA_TITLES) == set(AREA_SUMMARIES) == set(Area)


def test_ready_ones_are_those_with_a_page():
    assert {entry.status for entry in ready()} == {"ready"}
    assert len(ready()) == sum(entry.status == "ready" for entry in USE_CASES)


def test_one_steering_page_opens_first():
    assert [page.slug for page in STEERING_PAGES if page.default] == ["home"]
    assert {page.slug: page.area for page in STEERING_PAGES}["workspace"] == Area.START


@given(st.lists(own, max_size=8, unique_by=lambda addition: addition.slug))
def test_a_houses_own_join_their_area_and_nothing_is_lost(additions: list[HouseUseCase]):
    together = with_additions(additions)
    assert [entry for entry in together if entry in USE_CASES] == list(USE_CASES)
    assert sorted(entry.slug for entry in together) == sorted(entry.slug for entry in (*USE_CASES, *additions))
    for area in VALUE_CHAIN:
        here = [entry for entry in together if entry.area == area]
        assert here == [*in_area(area), *(entry for entry in additions if entry.area == area)]


def test_without_additions_it_is_the_catalogue():
    assert with_additions(iter(())) == USE_CASES


@pytest.mark.parametrize(
    ("additions", "fix"),
    [
        ([HouseUseCase("stylist", Area.COMMERCE, "Our stylist", "")], "Choose another title"),
        ([HouseUseCase("a", Area.COMMERCE, "One", ""), HouseUseCase("a", Area.SUPPORT, "Two", "")], "another title"),
        ([HouseUseCase("a", Area.COMMERCE, " \n", "")], "needs a title"),
        ([HouseUseCase("a", Area.GOVERN, "Ethics board", "")], "one of the six areas"),
    ],
    ids=["documented slug", "slug twice", "no title", "outside the value chain"],
)
def test_an_unfit_addition_is_refused_with_its_fix(additions: list[HouseUseCase], fix: str):
    with pytest.raises(InputError, match=fix):
        with_additions(additions)


def test_reading_it_loads_neither_streamlit_nor_anything_heavy():
    heavy = "streamlit pandas babel pydantic sqlite_utils lib.database lib.settings"
    code = f"import sys, lib.catalogue; print([m for m in {heavy!r}.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
