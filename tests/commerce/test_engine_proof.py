"""Another engine's texts are measured beside the built-in one's; nothing is paid for twice, nothing invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lib.access import Actor
from lib.batch.work import do_work_here
from lib.catalogue import use_case
from lib.commerce.product_descriptions.engine_proof import JOB, outlook
from lib.commerce.product_descriptions.proof import built_in, chosen, sample
from lib.commerce.product_descriptions.writing_proof import RULES, TEMPLATE
from lib.database import connect
from lib.database.jobs import Job, job
from lib.database.runs import get_run, recent
from lib.database.work_jobs import begin_work
from lib.evidence import code_version
from lib.proofs import engine_proof
from lib.shell.proving_engines import measured
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import Behaviour, LoopbackServer

PRODUCTS = 6
CASE = use_case("product_descriptions")


def descriptions() -> list[str]:
    """What the loopback server answers for each product: the built-in engine's text of the product before."""
    texts = [built_in(one, "en") for one in chosen(sample(), 0, PRODUCTS)]
    told = [text.model_dump_json(by_alias=True) for text in (texts[-1], *texts[:-1])]
    return [f'{{"options": [{text}, {text}, {text}]}}' for text in told]


def asked(products: int = PRODUCTS) -> dict[str, Any]:
    return {"code": code_version(CASE), "engine": "loop", "language": "en", "products": products}


def proved(actor: Actor, tmp_path: Path, *behaviours: Behaviour) -> tuple[Job, int]:
    """The job after the worker did it, and how many calls were made."""
    with LoopbackServer(*behaviours) as server:
        (tmp_path / "secrets.toml").unlink(missing_ok=True)
        configure(tmp_path, server.url)
        with connect() as database:
            identifier = begin_work(
                database, actor, use_case=CASE.slug, function=JOB, title="Measuring", title_values={}, arguments=asked()
            )  # fmt: skip
        do_work_here(identifier)
        calls = len(server.calls)
    with connect() as database:
        return job(database, actor, identifier), calls


def test_an_engine_is_measured_on_the_same_products_as_the_built_in_one(actor: Actor, tmp_path: Path) -> None:
    done, calls = proved(actor, tmp_path, *(s.answer(text, size=500) for text in descriptions()))
    assert done.status == "done", done.reason
    assert calls == PRODUCTS
    with connect() as database:
        output = get_run(database, actor, str(done.run))["output"]
        listed = recent(database, actor)
    assert (output["asked"], output["failed"], output["engine"]) == (PRODUCTS, 0, "loop")
    told = output["measures"][0]
    assert set(told["baselines"]) == {RULES, TEMPLATE}
    assert told["n"] == PRODUCTS
    assert told["ours"] < told["baselines"][RULES], "it wrote about the wrong products"
    assert told["differences"][RULES][2] < 0
    assert not [run for run in listed if run["kind"] == "generation"], "its texts stand behind the comparison"


def test_an_answer_that_does_not_fit_is_left_out_and_counted(actor: Actor, tmp_path: Path) -> None:
    texts = [s.answer(text, size=500) for text in descriptions()]
    done, _calls = proved(actor, tmp_path, s.answer("no JSON"), s.answer("none again"), *texts[1:])
    assert done.status == "done", done.reason
    with connect() as database:
        output = get_run(database, actor, str(done.run))["output"]
    assert output["failed"] == 1
    assert {measure["n"] for measure in output["measures"]} == {PRODUCTS - 1}


def test_an_engine_that_never_answers_well_fails_with_its_reason_and_texts_are_not_paid_twice(
    actor: Actor, tmp_path: Path
) -> None:
    texts = [s.answer(text, size=500) for text in descriptions()]
    refused = [s.error(401)]
    done, _calls = proved(actor, tmp_path, *texts[:4], *refused)
    assert done.status == "failed"
    again, calls = proved(actor, tmp_path, *texts[4:])
    assert again.status == "done", again.reason
    assert calls == 2, "four were written before"


def test_the_cost_is_said_before_and_the_catalogue_names_the_job(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", price_input=1.0, price_output=2.0)
    expected = outlook(actor, "loop", "en", 10)
    assert expected.calls == 10
    assert expected.high is not None and expected.low is not None and 0 < expected.low < expected.high
    assert engine_proof(CASE.engine_proof).job in CASE.jobs


def test_results_of_other_code_are_not_shown(actor: Actor, tmp_path: Path, monkeypatch: Any) -> None:
    proved(actor, tmp_path, *(s.answer(text, size=500) for text in descriptions()))
    monkeypatch.setattr("lib.shell.proving_engines.session.actor", lambda: actor)
    (found,) = measured(CASE)
    assert (found.engine, found.language, found.asked, found.failed) == ("loop", "en", PRODUCTS, 0)
    monkeypatch.setattr("lib.shell.proving_engines.code_version", lambda case: "other")
    assert measured(CASE) == []
