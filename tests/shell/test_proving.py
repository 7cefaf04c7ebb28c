"""A proof's page says what it wins, loses and leaves open, and remembers a result for exactly its code."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists
from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.batch.work import do_work_here
from lib.catalogue import use_case
from lib.commerce.product_descriptions import proof
from lib.database import connect
from lib.database.runs import finish_run, start_run
from lib.evidence import SHIPPED
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
    headlines,
    null_control,
    read_proof,
    summary,
)
from lib.shell.proving_picture import block, blocks, place, said, span, verdict

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


PAIRED = Measure(
    "Repeated sentences",
    "share of texts",
    100,
    0.08,
    0.03,
    0.14,
    {"template": 1.0, "other": 0.1},
    "lower",
    baseline_intervals={"template": (1.0, 1.0), "other": (0.05, 0.16)},
    differences={"template": (-0.92, -0.97, -0.86), "other": (-0.02, -0.06, 0.02)},
    paired_by="the same products",
    headline="{ours} against {theirs}",
    language="en",
)


def test_the_verdict_names_wins_losses_and_what_is_open() -> None:
    words = verdict(MEASURE)
    assert words.startswith("Better than “length”. Worse than “oracle”. Not told apart from “mean”")


def test_two_numbers_without_an_interval_are_not_called_equal() -> None:
    bare = Measure("m", "share of texts", 9, 0.08, None, None, {"template": 1.0}, "lower")
    assert verdict(bare) == "8% against 100% for “template”; no interval was computed."


def test_a_paired_difference_is_drawn_with_its_interval_and_zero() -> None:
    drawn = str(block(PAIRED))
    assert "Difference, in pairs on the same products (points)" in drawn
    assert "−92" in drawn and "(−97 to −86)" in drawn and "(−6 to +2)" in drawn
    assert drawn.count("toile-zero") == 5, "on every track: ours, two baselines, two differences"
    assert "toile-won" in drawn and "toile-open" in drawn
    with use_language("fr"):
        assert "Moteur intégré" in str(block(PAIRED)), "by its name"
        assert "built-in" not in str(block(PAIRED))


def test_the_summary_counts_and_leaves_out_what_checks_the_method() -> None:
    control = Measure("c", "share", 20, 0.05, 0.0, 0.2, {"promised": 0.05}, "lower", control=True)
    made = Proof("x", (MEASURE, PAIRED, control), False, SEED, SAMPLE)
    assert summary(made) == "Of 5 comparisons with baselines, this use case wins 2, leaves 2 open and loses 1."
    assert headlines(made) == ["8% against 100%"]
    with use_language("fr"):
        assert headlines(made) == [], "of texts in a language that isn't read"
        assert summary(Proof("x", (PAIRED,), False, 0, SAMPLE)) == (
            "Sur 2 comparaisons avec des références, ce cas d’usage en gagne 1, en laisse 1 en suspens et n’en perd"
            " aucune."
        )
    assert "no more than the 5%" in verdict(control)


numbers = floats(-1e6, 1e6, allow_nan=False)


@given(lists(numbers, min_size=1, max_size=9))
def test_every_value_lies_on_its_track_and_in_order(values: list[float]) -> None:
    low, high = span((*values, 0.0))
    places = [place(value, low, high) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= one <= 100 for one in (*places, place(0.0, low, high)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_proof_that_comes_with_the_product_can_be_drawn(language: str) -> None:
    """Also checks of a method with nothing to hold them against."""
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    proofs = {slug: read_proof(entry["proof"]) for slug, entry in stored.items()}
    assert any(not measure.baselines for proof in proofs.values() for measure in proof.measures)
    with use_language(language):
        for made in proofs.values():
            assert str(blocks(made.measures)).count("<section") == len(made.measures)


def test_two_measures_of_one_name_say_of_which_texts_they_speak() -> None:
    alike = str(blocks([MEASURE, replace(MEASURE, language="fr")]))
    assert "texts in all languages" in alike and "texts in one language: French" in alike
    assert "toile-measured-on" not in str(blocks([MEASURE, replace(MEASURE, metric="Another")]))


def test_what_a_measure_holds_is_escaped() -> None:
    nasty = Measure("<b>m</b>", "share", 3, 0.1, 0.0, 0.2, {"<script>": 0.3}, "lower")
    assert "<script>" not in str(blocks([nasty])) and "<b>" not in str(blocks([nasty]))
    assert said(0.126, nasty) == "13%"


def test_a_null_win_is_not_hidden() -> None:
    assert "passed" in null_control(PROOF)
    assert "failed" in null_control(Proof("x", (), True, 0, SAMPLE))


def test_a_proof_survives_its_json() -> None:
    again = read_proof(json.loads(json.dumps(PROOF.as_json())))
    assert again == PROOF
    assert verdict(again.measures[0]) == verdict(MEASURE)


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
    drawn = " ".join(block.value for block in app.get("html"))
    assert "Anglais" in drawn.partition("<summary>Les mêmes mesures")[2][:80], "folded: not the reader's language"
    assert "8\u202f% against 100\u202f%" in drawn
    with connect() as database:
        (run,) = database.query("select * from runs where kind = 'comparison'")
    assert (run["status"], run["job_id"]) == ("done", job["id"])
    assert app.button(key=start).label == "Relancer"


def made_proof(data: object, seed: int, **_rest: object) -> Proof:
    """A proof that takes no time."""
    return Proof(PROOF.slug, (MEASURE, PAIRED, replace(PAIRED, language="fr")), False, SEED, SAMPLE, 1.5)


def test_own_data_travel_as_ids_and_another_code_is_other_work() -> None:
    case = use_case("product_descriptions")
    own = OwnData("a+b", "posts.csv", case.jobs[1], {"products": "a", "posts": "b"}, "b")
    function, arguments = asked(case, own)
    assert function in case.jobs
    assert arguments == {"products": "a", "posts": "b", "data": "a+b", "code": code_version(case)}
    assert asked(case) == (case.proof, {"data": SAMPLE, "code": code_version(case)})
    assert json.loads(json.dumps(arguments)) == arguments
