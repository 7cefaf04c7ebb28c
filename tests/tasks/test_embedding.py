"""Vectors of a connected engine: recorded, priced, held against the budget before anything is sent."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib.access import Actor
from lib.database import connect
from lib.database.runs import recent, spent
from lib.database.spending import set_budget
from lib.engines.embeddings import AT_ONCE
from lib.errors import BudgetSpent, Cancelled, EngineRefused, EngineUnavailable
from lib.settings import settings
from lib.tasks import Context
from lib.tasks import embedding as embeddings
from lib.tasks.embedding import METHOD, EngineEmbedder, embedding_cost, embedding_engines
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer

PRICED: dict[str, Any] = {
    "capabilities": {"embeddings": True},
    "embedding_model": "vec-1",
    "price_input": 10_000.0,  # for each million tokens
    "price_output": 10_000.0,
    "currency": "EUR",
}
COUNTED = 0.05  # the loopback server counts 5 tokens for each call


def made_by(actor: Actor) -> EngineEmbedder:
    return EngineEmbedder("loop", Context(actor, use_case="service_assistant"))


def runs(actor: Actor) -> list[dict[str, Any]]:
    with connect() as database:
        return [row for row in recent(database, actor) if row["method"] == METHOD]


def test_a_document_is_one_run_charged_as_the_server_counted(actor: Actor, tmp_path: Path) -> None:
    texts = ["a" * (place % 7 + 1) for place in range(AT_ONCE + 3)]
    said: list[float] = []
    with LoopbackServer(s.vectors()) as server:
        configure(tmp_path, server.url, **PRICED)
        found = made_by(actor).document(texts, said.append)
    assert found.shape == (len(texts), 3) and np.allclose(np.linalg.norm(found, axis=1), 1)
    assert len(server.calls) == 2 and said[-1] == 1.0 and said == sorted(said)
    (row,) = runs(actor)
    assert (row["kind"], row["engine"], row["model"], row["status"]) == ("analysis", "loop", "vec-1", "done")
    assert row["cost"] == pytest.approx(2 * COUNTED) and row["currency"] == "EUR"
    assert KEY not in json.dumps(row) and "aaa" not in json.dumps(row["inputs"])


def test_what_one_turn_asks_is_one_run_and_is_not_asked_twice(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.vectors()) as server:
        configure(tmp_path, server.url, **PRICED)
        embedder = made_by(actor)
        embedder.ask(["one", "three", "one"])
        assert embedder.query("three").shape == (3,) and embedder.query("one").dtype == np.float32
    assert len(server.calls) == len(runs(actor)) == 1


def test_over_the_budget_nothing_is_sent(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        set_budget(database, actor, 0.02)
    with LoopbackServer(s.vectors()) as server:
        configure(tmp_path, server.url, **PRICED)
        most = embedding_cost("loop", ["a long passage"]).most
        assert most is not None and most > 0.02
        with pytest.raises(BudgetSpent, match=r"0\.02"):
            made_by(actor).document(["a long passage"])
        assert not server.calls
    with connect() as database:
        assert not spent(database, actor).get("EUR")


def test_with_a_budget_a_model_without_a_price_is_not_asked(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        set_budget(database, actor, 5.0)
    able: dict[str, Any] = {"capabilities": {"embeddings": True}, "embedding_model": "vec-1", "local": False}
    configure(tmp_path, "https://models.example/v1", **able)  # never reached: the budget comes first
    assert embedding_cost("loop", ["one"]).most is None
    with pytest.raises(BudgetSpent, match="price_input"):
        made_by(actor).document(["one"])


def test_the_price_is_the_embedding_models_own(actor: Actor, tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text('[engines.far]\nkind = "openai"\nkey = "k"\nprice_input = 9\n')
    settings.cache_clear()
    cost = embedding_cost("far", ["x" * 1000])
    assert cost.most == pytest.approx(400 * 0.02 / 1_000_000) and cost.currency == "USD"


def test_two_models_have_two_names_and_who_cannot_is_not_offered(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", **PRICED)
    configure(tmp_path, "http://127.0.0.1:9/v1", name="other", **{**PRICED, "embedding_model": "vec-2"})
    configure(tmp_path, "http://127.0.0.1:9/v1", name="mute")
    configure(tmp_path, "http://127.0.0.1:9", name="claude", kind="anthropic")
    assert [one.name for one in embedding_engines()] == ["loop", "other"]
    assert {EngineEmbedder(name, Context(actor)).name for name in ("loop", "other")} == {"loop/vec-1", "other/vec-2"}


def test_a_server_that_fails_is_asked_once_for_a_turn_and_costs_nothing(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.error(401)) as server:
        configure(tmp_path, server.url, **PRICED)
        embedder = made_by(actor)
        for _again in range(3):
            with pytest.raises(EngineRefused, match="key"):
                embedder.query("one")
        assert len(server.calls) == 1
    (row,) = runs(actor)
    assert row["status"] == "failed" and not row["cost"] and isinstance(embedder.failure, EngineRefused)


def test_a_document_that_fails_midway_costs_what_was_counted_until_then(actor: Actor, tmp_path: Path) -> None:
    calls: list[int] = []

    def twice(exchange: s.Exchange) -> None:
        calls.append(1)
        (s.vectors() if len(calls) == 1 else s.error(400, "no more"))(exchange)

    with LoopbackServer(twice) as server:
        configure(tmp_path, server.url, **PRICED)
        with pytest.raises(EngineRefused, match="no more"):
            made_by(actor).document(["a"] * (AT_ONCE + 1))
    (row,) = runs(actor)
    assert row["status"] == "failed" and row["cost"] == pytest.approx(COUNTED)


def test_what_is_stopped_counts_as_it_may_be_charged(actor: Actor, tmp_path: Path) -> None:
    stop = threading.Event()

    def slow(exchange: s.Exchange) -> None:
        stop.set()
        exchange.wait(30)

    with LoopbackServer(slow) as server:
        configure(tmp_path, server.url, **PRICED)
        with pytest.raises(Cancelled):
            made_by(actor).document(["one two"], cancelled=stop.is_set)
        most = embedding_cost("loop", ["one two"]).most
    (row,) = runs(actor)
    assert row["status"] == "cancelled" and row["cost"] == pytest.approx(most)


def test_a_server_that_hangs_does_not_hold_up_an_answer(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "QUESTION_SECONDS", 0.3)
    with LoopbackServer(s.hang(head=False)) as server:
        configure(tmp_path, server.url, **PRICED)
        with pytest.raises(EngineUnavailable, match="loop"):
            made_by(actor).query("one")
