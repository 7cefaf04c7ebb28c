"""A proof's page says what it wins, loses and leaves open, and remembers a result for exactly its code."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.batch.work import do_work_here
from lib.catalogue import use_case
from lib.commerce.product_descriptions import proof
from lib.database import connect
from lib.database.runs import finish_run, start_run
from lib.i18n import use_language
from lib.proofs import Measure, Proof
from lib.settings import ROOT
from lib.shell import proving
from lib.shell.proving import (
    SAMPLE,
    SEED,
    OwnData,
    asked,
    cached,
    code_version,
    figure,
    finding,
    null_control,
    read_proof,
)

MEASURE = Measure(
    "Rank correlation",
    "correlation",
    200,
    0.4,
    0.3,
    0.5,
    {"length": 0.1, "mean": 0.45, "oracle": 0.8},
    "higher",
    baseline_intervals={"length": (0.0, 0.2)},
)
PROOF = Proof("product_descriptions", (MEASURE,), False, SEED, SAMPLE, 1.5)


def test_a_finding_names_wins_losses_and_what_is_open() -> None:
    assert finding(MEASURE) == "better than length; worse than oracle; not told apart from mean"


def test_the_figure_shows_ours_first_with_its_interval() -> None:
    drawn = figure(MEASURE)
    assert [mark.role for mark in drawn.marks] == ["ours", "baseline", "baseline", "baseline"]
    assert (drawn.marks[0].low, drawn.marks[0].high) == (0.3, 0.5)
    assert (drawn.marks[1].low, drawn.marks[1].high) == (0.0, 0.2)


def test_a_null_win_is_not_hidden() -> None:
    assert "passed" in null_control(PROOF)
    assert "failed" in null_control(Proof("x", (), True, 0, SAMPLE))


def test_a_proof_survives_its_json() -> None:
    again = read_proof(json.loads(json.dumps(PROOF.as_json())))
    assert again == PROOF
    assert finding(again.measures[0]) == finding(MEASURE)


def test_a_result_is_found_again_only_for_its_code(actor: Actor) -> None:
    case, seed = use_case("product_descriptions"), SEED + 1  # the evidence that comes with the product has SEED
    for code in ("older code", code_version(case)):
        assert cached(actor, case, seed=seed) is None
        with connect() as database:
            run = start_run(
                database,
                actor,
                use_case=case.slug,
                kind="comparison",
                method=case.proof,
                method_version=code,
                inputs={"code": code, "data": SAMPLE, "seed": seed},
            )
            finish_run(database, actor, run, output=PROOF.as_json(), status="done", seconds=1.5)
    found = cached(actor, case, seed=seed)
    assert found is not None and found.measures[0].ours == 0.4


def opened() -> AppTest:
    """The product descriptions' Proof tab as a new visitor sees it."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = "fr"
    app.run()
    app.session_state["tabs_product_descriptions_fr"] = "Preuve"
    app.switch_page("pages/commerce/product_descriptions.py").run()
    assert not app.exception, app.exception
    return app


def test_a_proof_is_work_for_the_worker_and_is_found_by_the_next_visit_of_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOILE_WORKER", "off")
    monkeypatch.setattr(proof, "proof", made_proof)
    monkeypatch.setattr(proving, "shipped", lambda use_case, seed: None)
    app = opened()
    start = "start_proof_product_descriptions_sample"
    app.button(key=start).click().run()
    assert not app.exception, app.exception
    assert start not in {button.key for button in app.button}, "it goes on already"
    assert any("Aucun processus de traitement" in box.value for box in app.info), "nobody would do it"
    with connect() as database:
        (job,) = database.query("select * from jobs where kind = 'work' and what like '%proof.proof'")
    assert (job["status"], job["language"]) == ("waiting", "fr")
    do_work_here(job["id"])
    app.run()
    assert not app.exception, app.exception
    with use_language("fr"):
        assert any(null_control(PROOF) in block.value for block in app.get("html"))
    with connect() as database:
        (run,) = database.query("select * from runs where kind = 'comparison'")
    assert (run["status"], run["job_id"]) == ("done", job["id"])
    assert app.button(key=start).label == "Relancer"


def made_proof(data: object, seed: int, **_rest: object) -> Proof:
    """A proof that takes no time."""
    return PROOF


def test_own_data_travel_as_ids_and_another_code_is_other_work() -> None:
    case = use_case("product_descriptions")
    own = OwnData("a+b", "posts.csv", case.jobs[1], {"products": "a", "posts": "b"}, "b")
    function, arguments = asked(case, own)
    assert function in case.jobs
    assert arguments == {"products": "a", "posts": "b", "data": "a+b", "code": code_version(case)}
    assert asked(case) == (case.proof, {"data": SAMPLE, "code": code_version(case)})
    assert json.loads(json.dumps(arguments)) == arguments
