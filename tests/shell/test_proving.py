"""A proof's page says what it wins, loses and leaves open, and remembers a result for exactly its code."""

from __future__ import annotations

import json

from lib.access import Actor
from lib.catalogue import use_case
from lib.database import connect
from lib.database.runs import finish_run, start_run
from lib.proofs import Measure, Proof
from lib.shell.proving import SAMPLE, SEED, cached, code_version, figure, finding, null_control, read_proof

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
