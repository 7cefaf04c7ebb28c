"""How good each check is said to be: the stored figures, the weakest first, and the use cases in which it runs."""

from __future__ import annotations

import json

from lib.checks.house import HOUSE_CHECKS
from lib.checks.measured import RESULTS, measured
from lib.govern.checks_desk.naming import KNOWN
from lib.govern.checks_desk.standing import Standing, standings, weak
from lib.workbench.task_list import all_tasks, use_case_of

TASKS = [(case.slug, task) for task in all_tasks() if (case := use_case_of(task)) is not None]


def by_name() -> dict[str, Standing]:
    return {one.known.name: one for one in standings(TASKS)}


def test_every_measured_check_is_in_the_table_with_its_stored_figures() -> None:
    stored = json.loads(RESULTS.read_text("utf-8"))
    found = by_name()
    assert stored.keys() <= found.keys() == KNOWN.keys()
    assert all(found[name].overall == measured(name) for name in stored)


def test_the_weakest_measured_check_comes_first_and_the_unmeasured_last() -> None:
    values = [one.overall.f1.value if one.overall else None for one in standings(TASKS)]
    told = [value for value in values if value is not None]
    assert told == sorted(told) and values == [*told, *[None] * (len(values) - len(told))]


def test_weak_checks_are_counted_by_the_stated_bar() -> None:
    found = standings(TASKS)
    assert weak(found) == sum(one.overall is not None and (one.overall.f1.value or 0) < 0.8 for one in found)


def test_where_a_check_runs_is_read_from_the_tasks() -> None:
    found = by_name()
    assert {"product_descriptions", "stylist"} <= set(found["near_copy"].slugs)
    assert "personalised_storefront" not in found["near_copy"].slugs  # shop words are meant to repeat what is given
    assert "product_descriptions" not in found["unsupported_numbers"].slugs  # its claims hold each number to the data
    assert found["pii"].everywhere and not found["claims_plus"].everywhere
    assert "product_descriptions" not in found["claims_plus"].slugs  # its claims are traced to the product instead
    assert found["canary"].slugs == ("service_assistant",)  # the one with tools
    assert {check.name for check in HOUSE_CHECKS} <= {name for name, one in found.items() if one.slugs}


def test_without_tasks_nothing_is_said_to_run_everywhere() -> None:
    assert not any(one.everywhere or one.slugs for one in standings([]))
