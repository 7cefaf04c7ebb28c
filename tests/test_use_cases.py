"""One contract for every ready use case, found by itself in the catalogue: what must be there, and that it runs."""

from __future__ import annotations

import importlib
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.catalogue import STEERING_PAGES, USE_CASES, ready
from lib.database import connect
from lib.i18n import LANGUAGES
from lib.proofs import Measure, proof_function
from lib.tasks import Task

ROOT = Path(__file__).resolve().parent.parent
READY = pytest.mark.parametrize("case", ready(), ids=lambda case: case.slug)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def tasks(case) -> list[Task]:
    """The tasks that the catalogue names for a use case."""
    return [getattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in case.tasks]


def open_page(path: str, language: str) -> AppTest:
    """The page at ``path``, reached through Home.py as a visitor would."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception, app.exception
    return app.switch_page(path).run()


@READY
def test_its_four_places_are_there(case):
    module = ROOT / "lib" / case.area / case.slug
    assert (ROOT / case.page).is_file()
    assert module.with_suffix(".py").is_file() or (module / "__init__.py").is_file()
    assert (ROOT / "tests" / case.area / f"test_{case.slug}.py").is_file()
    assert case.sample_data
    assert all((ROOT / "sample_data" / name).is_file() for name in case.sample_data)


@READY
@IN_BOTH
def test_it_explains_how_it_works(case, language):
    text = (ROOT / "lib" / case.area / "texts" / f"{case.slug}.{language}.md").read_text("utf-8")
    assert len(text.split()) > 150


@READY
def test_its_prompts_load_and_name_their_task(case):
    from lib.tasks.prompts import read_file

    assert tasks(case) or case.jobs
    for task in tasks(case):
        assert read_file(task.prompts, task.name).system


@READY
def test_its_proof_can_be_called_and_has_baselines(case):
    assert callable(proof_function(case.proof))


@pytest.mark.parametrize("case", [case for case in USE_CASES if case.status == "planned"], ids=lambda case: case.slug)
def test_a_planned_use_case_has_no_page(case):
    assert not (ROOT / case.page).exists()


@pytest.mark.parametrize("page", STEERING_PAGES, ids=lambda page: page.slug)
@IN_BOTH
def test_a_steering_page_opens(page, language):
    app = open_page(page.page, language)
    assert not app.exception
    assert any("<h1" in block.value for block in app.get("html"))


def done_runs(slug):
    with connect() as database:
        return list(database.query("select * from runs where use_case = ? and status = 'done'", [slug]))


@READY
@IN_BOTH
def test_it_opens_through_home_runs_its_sample_and_leaves_a_run(case, language):
    app = open_page(case.page, language)
    assert not app.exception, app.exception
    app.button(key="run").click().run()
    assert not app.exception, app.exception
    assert not app.error, [box.value for box in app.error]
    runs = done_runs(case.slug)
    for _look in range(200):  # what a page does off its script is there some reruns later
        if runs:
            break
        time.sleep(0.5)
        app.run()
        assert not app.exception, app.exception
        runs = done_runs(case.slug)
    assert runs
    assert all(run["output"] for run in runs)


def test_a_measure_that_loses_says_so():
    losing = Measure("m", "u", 10, ours=1.0, low=0.9, high=1.1, baselines={"b": 2.0}, better="higher")
    open_question = Measure("m", "u", 10, ours=1.0, low=0.5, high=2.5, baselines={"b": 2.0}, better="higher")
    winning = Measure("m", "u", 10, ours=1.0, low=0.9, high=1.1, baselines={"b": 2.0}, better="lower")
    assert (losing.wins("b"), open_question.wins("b"), winning.wins("b")) == (False, None, True)
