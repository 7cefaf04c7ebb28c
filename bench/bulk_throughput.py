"""Rows per second of a job against bare SDK clients, at a server that answers after 200 ms, 64 calls at once.

Both sides have two processes and send the same requests. Ours writes each row's intent down, takes it in a transaction,
renders the prompt, validates the answer, runs the checks and records the run; theirs reads the answer's text. The sides
take turns, each with its processes and connections warm. litellm's batch call is measured where LITELLM_PYTHON names a
Python that has it (it is no requirement of the product).
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.bulk.sides import AT_ONCE, LATENCY, PROCESSES, WARM, Bare, Ours, served
from bench.bulk.task import ANSWER, DOTTED, NOTE_REVIEW, Review, review
from bench.model import Result, median

ROWS, ROUNDS = 5_000, 5
DESCRIBED, DESCRIBED_ROUNDS = 1_500, 3  # the product's own task, whose checks read three long texts
PEER = 1_500  # rows of litellm
TARGET = 0.95
LIMIT = AT_ONCE / LATENCY


def body_of(task: Any, inputs: Any, engine: str) -> dict[str, Any]:
    """The request that ours sends for one row."""
    from lib.access import Actor, Role
    from lib.engines.registry import engine as engine_called
    from lib.tasks import Context
    from lib.tasks.asking import Asking
    from lib.tasks.prompts import read_file
    from lib.tasks.toolbox import Toolbox

    found = engine_called(engine)
    context = Context(actor=Actor("bench", "bench", Role.ADMINISTRATOR), seed=1)
    asking = Asking(task, inputs, context, found, read_file(task.prompts, task.name), 60.0)
    body = found.whole(asking.request(Toolbox(task, context, "", steered=True)))
    body.pop("stream")
    return body


def hash_of(task: Any) -> str:
    """The hash of the task's prompt as it stands in its file."""
    from lib.tasks.prompts import read_file

    return read_file(task.prompts, task.name).hash


def _described() -> tuple[Any, Any, str]:
    """The product's own task, the inputs of one row, and an answer that fits: the drafter's."""
    from lib.access import Actor, Role
    from lib.commerce.product_descriptions.examples import examples
    from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
    from lib.tasks import Context

    inputs = next(iter(examples().values()))
    context = Context(actor=Actor("bench", "bench", Role.ADMINISTRATOR), seed=1)
    return DESCRIBE_PRODUCT, inputs, DESCRIBE_PRODUCT.draft(inputs, context).model_dump_json(by_alias=True)


def _written(folder: Path, name: str, body: dict[str, Any]) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


def _faster(stack: ExitStack, url: str, body: Path) -> tuple[str, Bare, dict[str, float]]:
    """The faster way to use the bare SDK here, and the rate of each."""
    sides = {how: Bare(how, url, body) for how in ("threads", "async")}
    for side in sides.values():
        stack.callback(side.close)
    rates = {how: WARM * 4 / side.seconds(WARM * 4) for how, side in sides.items()}
    best = max(rates, key=lambda how: rates[how])
    sides[best].cpu.clear()
    return best, sides[best], rates


def _in_turn(ours: Ours, bare: Bare, job: tuple[str, str, str], rows: list[dict[str, Any]], rounds: int) -> Any:
    """Rows per second of each side, by round; the side that begins changes."""
    rates: tuple[list[float], list[float]] = ([], [])
    ours.seconds(*job, rows[:WARM])
    ours.cpu.clear()
    for number in range(rounds):
        for side in (0, 1) if number % 2 else (1, 0):
            taken = bare.seconds(len(rows)) if side else ours.seconds(*job, rows)
            rates[side].append(len(rows) / taken)
    return rates


def _peer(stack: ExitStack, url: str, body: Path) -> Any:
    """litellm's rows per second, or why there are none."""
    python = os.environ.get("LITELLM_PYTHON", "")
    if not python:
        return "not measured: LITELLM_PYTHON names no Python that has litellm"
    side = Bare("litellm", url, body, python)
    stack.callback(side.close)
    return {"rows per second": [PEER / side.seconds(PEER) for _round in range(3)], "cpu per row": side.cpu}


def run() -> Result:
    """Medians of ``ROUNDS`` rounds of ``ROWS`` rows, both sides in turn."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        described, product, text = _described()
        urls = {
            "small": stack.enter_context(served(folder, "small", ANSWER.model_dump_json())),
            "large": stack.enter_context(served(folder, "large", text)),
        }
        ours = Ours(folder, urls)
        stack.callback(ours.close)
        small = _written(folder, "small", body_of(NOTE_REVIEW, Review(**review(1)), "small"))
        how, bare, tried = _faster(stack, urls["small"], small)
        rows = [review(number) for number in range(ROWS)]
        job = ("small", DOTTED, hash_of(NOTE_REVIEW))
        rates = _in_turn(ours, bare, job, rows, ROUNDS)
        cpu = {"ours": list(ours.cpu), "bare": list(bare.cpu)}
        peer = _peer(stack, urls["small"], small)
        large = Bare(how, urls["large"], _written(folder, "large", body_of(described, product, "large")))
        stack.callback(large.close)
        inputs = [product.model_dump(mode="json", by_alias=True)] * DESCRIBED
        dotted = "lib.commerce.product_descriptions.task.DESCRIBE_PRODUCT"
        own = _in_turn(ours, large, ("large", dotted, hash_of(described)), inputs, DESCRIBED_ROUNDS)
    value, baseline = median(rates[0]), median(rates[1])
    detail = {
        "ours": rates[0],
        "bare SDK": rates[1],
        "bare SDK, ways tried": tried,
        "processor seconds per row": cpu,
        "arithmetic limit": LIMIT,
        "share of the arithmetic limit": value / LIMIT,
        "bare SDK's share of it": baseline / LIMIT,
        "litellm.batch_completion": peer,
        "describe_product": {
            "ours": own[0],
            "bare SDK": own[1],
            "ratio": median(own[0]) / median(own[1]),
            "processor seconds per row": {"ours": ours.cpu, "bare": large.cpu},
        },
        "processes": PROCESSES,
        "calls at once": AT_ONCE,
        "rows": ROWS,
        "target": f"ratio at least {TARGET}",
    }
    return Result("bulk_throughput", "rows per second", value, baseline, "1/s", detail)
