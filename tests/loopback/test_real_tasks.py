"""The product's own tasks over a real socket: prompts render, schemas are strict, outputs come back."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.commerce.product_descriptions.model import Channel, DescribeProduct, Material, Product
from lib.tasks import Context, Task
from lib.tasks.run import run_task
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

COAT = Product(
    sku="C-1",
    name="Manteau {{ 7 * 7 }}",
    category="coats",
    colour="camel",
    materials=(Material(name="wool", share=0.8), Material(name="cashmere", share=0.2)),
    attributes={"length": "midi", "closure": "buttons"},
    details=("horn buttons",),
    care=("Dry clean only",),
    origin="France",
    price=980,
    sizes=("36", "38", "40"),
)


@pytest.mark.skipif(
    importlib.util.find_spec("lib.commerce.product_descriptions.task") is None, reason="the task is not there yet"
)
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("channel", list(Channel))
def test_a_model_describes_a_product(actor: Actor, tmp_path: Path, language: str, channel: Channel) -> None:
    module: Any = importlib.import_module("lib.commerce.product_descriptions.task")
    task: Task[Any, Any] = module.DESCRIBE_PRODUCT
    inputs = DescribeProduct(product=COAT, channel=channel)
    context = Context(actor=actor, language=language, use_case="product_descriptions")
    drafted = run_task(task, inputs, context)
    assert drafted.output is not None
    with LoopbackServer(s.answer(drafted.output.model_dump_json(by_alias=True), size=200)) as server:
        configure(tmp_path, server.url)
        run = run_task(task, inputs, context, "loop")
    assert run.output == drafted.output
    assert run.checks == drafted.checks  # a check judges the text, whoever wrote it
    asked = " ".join(message["content"] for message in server.calls[0].body["messages"])
    assert "Manteau {{ 7 * 7 }}" in asked and "cashmere" in asked
    assert {"en": "English", "fr": "French"}[language] in asked
