"""Home's picture and parts say what the catalogue says."""

from __future__ import annotations

import pytest

from lib.catalogue import AREA_TITLES, USE_CASES, VALUE_CHAIN
from lib.i18n import translate, use_language
from lib.navigation import has_page
from lib.shell import home_parts, home_plate
from tests.shell.test_html import Reader


def read(markup: object) -> Reader:
    """The markup as a browser reads it."""
    reader = Reader()
    reader.feed(str(markup))
    reader.close()
    return reader


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_plate_names_every_area_and_use_case(language: str) -> None:
    with use_language(language):
        seen = read(home_plate.plate(language))
        for area in VALUE_CHAIN:
            assert translate(AREA_TITLES[area]) in seen.text
        for use_case in USE_CASES:
            assert translate(use_case.title) in seen.text


def test_what_is_ready_is_a_link_and_what_is_planned_is_none() -> None:
    seen = read(home_plate.plate("fr"))
    linked = [value for name, value in seen.attributes if name == "data-page"]
    assert linked == [
        use_case.slug
        for area in VALUE_CHAIN
        for use_case in USE_CASES
        if use_case.area == area and use_case.status == "ready"
    ]
    assert seen.tags.count("li") == len(USE_CASES)
    assert all(value.endswith("?lang=fr") for name, value in seen.attributes if name == "href" and value)


def test_each_group_has_a_step_that_leads_somewhere() -> None:
    seen = read(home_parts.steps("en"))
    pages = [value for name, value in seen.attributes if name == "data-page"]
    assert len(pages) == 3
    assert all(page and has_page(page) for page in pages)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_next_steps_go_on_with_what_was_worked_on_last(language: str) -> None:
    runs = [{"use_case": "engines"}, {"use_case": "product_ideation"}, {"use_case": "product_descriptions"}]
    last = home_parts.worked_on(runs)
    assert last == "product_ideation"  # the newest that is a use case
    assert home_parts.worked_on([]) == home_parts.FIRST
    with use_language(language):
        seen = read(home_parts.steps(language, last))
        title = translate(next(case.title for case in USE_CASES if case.slug == last))
    pages = [value for name, value in seen.attributes if name == "data-page"]
    assert pages == [last, last, "workspace"] and seen.text.count(title) == 2


def test_no_runs_say_where_to_begin() -> None:
    assert "data-page" in str(home_parts.last_runs([], "en"))


@pytest.mark.parametrize(("language", "said"), [("en", "Built-in"), ("fr", "Moteur intégré")])
def test_an_engine_is_named_as_readers_know_it(language: str, said: str) -> None:
    run = {
        "id": "a1",
        "use_case": "product_descriptions",
        "kind": "generation",
        "status": "done",
        "engine": "built-in",
        "started_at": "2026-11-22T10:05:00.000+00:00",
        "person_name": "Ada",
    }
    with use_language(language):
        shown = read(home_parts.last_runs([run, {**run, "engine": "gone"}], language)).text
    assert said in shown and "built-in" not in shown
    assert "gone" in shown  # no longer configured: nothing better is known


def test_a_run_is_told_in_words_and_its_name_is_no_markup() -> None:
    run = {
        "use_case": "product_descriptions",
        "kind": "analysis",
        "status": "failed",
        "engine": None,
        "id": "r1",
        "started_at": "2026-11-22T10:05:00.000+00:00",
        "person_name": "<img src=x>",
    }
    seen = read(home_parts.last_runs([run], "en"))
    assert "img" not in seen.tags
    assert {"Product descriptions", "Analysis", "Failed", "<img src=x>"} <= {
        part
        for part in [seen.text]
        for part in ("Product descriptions", "Analysis", "Failed", "<img src=x>")
        if part in seen.text
    }
