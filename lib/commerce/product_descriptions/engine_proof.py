"""Another engine's descriptions measured beside the built-in one's and the plain template, on the same products.

Its texts are recorded runs under one comparison, priced and within the budget like any other. A text that was written
before for the same products, engine and version is not paid for again.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from lib.access import Actor
from lib.batch.work import WorkContext, WorkResult
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Descriptions
from lib.commerce.product_descriptions.plain_template import from_template
from lib.commerce.product_descriptions.proof import SLUG, built_in, chosen, sample
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.commerce.product_descriptions.writing_proof import RULES, TEMPLATE, measures_of
from lib.database import connect
from lib.database.runs import children, finish_run, recent, start_run
from lib.errors import AnswerCut, AnswerInvalid, Cancelled
from lib.i18n import N_
from lib.proofs import EngineProof
from lib.tasks.estimate import Estimate, estimate
from lib.tasks.model import Context
from lib.tasks.run import run_task

JOB = "lib.commerce.product_descriptions.engine_proof.measure_engine"
METHOD = "engine_proof"
DRAWS = 1_000
FEWEST = 5  # texts below which nothing is said
LOOK_BACK = 100
TOO_FEW = N_(
    "{engine} gave {written} usable descriptions out of {n}; at least {fewest} are needed to measure. Try it again, or "
    "choose another engine."
)
WRITING = N_("Text {number} of {total}")


def outlook(actor: Actor, engine: str, language: str, products: int) -> Estimate:
    """What writing these descriptions will cost. Nothing is sent.

    Raises:
        EngineNotConfigured, PromptError: see ``estimate``.
    """
    inputs = chosen(sample(), 0, products)
    return estimate(DESCRIBE_PRODUCT, inputs, Context(actor, language=language, use_case=SLUG), engine)


def measure_engine(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Write with the engine, then measure what it wrote beside the built-in engine and the template.

    Products whose text didn't come (an answer that doesn't fit, even after one repair) are left out on all sides and
    counted as 'failed'.

    Raises:
        EngineError: the engine can't be reached, or the budget is spent.
        AnswerInvalid: too few usable texts.
    """
    began = time.perf_counter()
    engine, language, products = str(arguments["engine"]), str(arguments["language"]), int(arguments["products"])
    inputs = chosen(sample(), job.seed, products)
    written, texts = _written(inputs, engine, language, arguments, job)
    if len(written) < FEWEST:
        raise AnswerInvalid(TOO_FEW, engine=engine, written=len(written), n=products, fewest=FEWEST)
    kept = [inputs[place] for place in written]
    ours = [(text, one.product) for text, one in zip(written.values(), kept, strict=True)]
    others = {
        RULES: [(built_in(one, language), one.product) for one in kept],
        TEMPLATE: [(from_template(one.product, language), one.product) for one in kept],
    }
    measures = measures_of(engine, ours, others, kept, language, job.seed, DRAWS)
    output = {
        "measures": [asdict(measure) for measure in measures],
        "engine": engine,
        "language": language,
        "asked": products,
        "failed": products - len(written),
        "texts": texts,
        "seconds": time.perf_counter() - began,
    }
    return WorkResult("comparison", METHOD, str(arguments["code"]), dict(arguments), output)


def _written(
    inputs: list[DescribeProduct], engine: str, language: str, arguments: dict[str, Any], job: WorkContext
) -> tuple[dict[int, Description], str]:
    """Place -> the engine's first option, and the run that the texts stand under."""
    what = {**arguments, "seed": job.seed, "for": "proof"}
    found, parent = _earlier(what, job), _parent(what, job, arguments)
    context = Context(
        job.actor, language=language, seed=job.seed, use_case=SLUG, parent=parent, cancelled=job.cancelled
    )
    began, last, status = time.perf_counter(), None, "failed"
    try:
        for place, one in enumerate(inputs):
            job.progress(place / len(inputs), WRITING, number=place + 1, total=len(inputs))
            if place in found:
                continue
            try:
                run = run_task(DESCRIBE_PRODUCT, one, context, engine)
                if run.output is not None:
                    found[place] = run.output.options[0]
            except Cancelled:
                status = "cancelled"
                raise
            except (AnswerInvalid, AnswerCut) as error:
                last = error
                if not found and place >= FEWEST - 1:  # it has never worked: the reason is worth more than a count
                    raise
        status = "done"
    finally:
        with connect() as database:
            output = {"texts": len(found), "failed": len(inputs) - len(found)}
            said = None if last is None or status == "done" else {"message": last.message, "values": last.values}
            seconds = time.perf_counter() - began
            finish_run(database, job.actor, parent, output=output, status=status, seconds=seconds, error=said)
    return dict(sorted(found.items())), parent


def _parent(what: dict[str, Any], job: WorkContext, arguments: dict[str, Any]) -> str:
    with connect() as database:
        return start_run(
            database,
            job.actor,
            use_case=SLUG,
            kind="comparison",
            method=f"{METHOD}_texts",
            method_version=str(arguments["code"]),
            language=str(arguments["language"]),
            seed=job.seed,
            inputs=what,
        )


def _earlier(what: dict[str, Any], job: WorkContext) -> dict[int, Description]:
    """Texts of an earlier attempt at the same that was stopped: they are paid for."""
    inputs = chosen(sample(), job.seed, int(what["products"]))
    places = {one.model_dump_json(): place for place, one in enumerate(inputs)}
    found: dict[int, Description] = {}
    with connect() as database:
        for run in recent(database, job.actor, LOOK_BACK, use_case=SLUG, kind="comparison"):
            if run["inputs"] != what:
                continue
            for child in children(database, job.actor, run["id"]):
                place = places.get(DescribeProduct.model_validate(child["inputs"]).model_dump_json())
                if child["status"] == "done" and place is not None:
                    found[place] = Descriptions.model_validate(child["output"]).options[0]
    return found


ENGINE_PROOF = EngineProof(JOB, outlook)
