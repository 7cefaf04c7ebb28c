"""The search by meaning on a connected engine's vectors: added, read again, paid, and never anybody else's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.commerce.service_assistant.dialogue import nearest, understand
from lib.commerce.service_assistant.intents import Guess
from lib.commerce.service_assistant.knowledge import OWN_COLLECTION, Place, find, keep, ranked_by_engine
from lib.commerce.service_assistant.rereading import cost_of, others, read_again
from lib.database import connect, knowledge
from lib.database.runs import recent, spent
from lib.database.spending import set_budget
from lib.errors import BudgetSpent, Cancelled, EngineRefused, NotFound
from lib.files.written import read_written
from lib.retrieval import built_in
from lib.tasks import Context
from lib.tasks.embedding import METHOD, EngineEmbedder
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

ABLE: dict[str, Any] = {
    "capabilities": {"embeddings": True},
    "embedding_model": "vec-1",
    "price_input": 1_000.0,
    "price_output": 1_000.0,
    "currency": "EUR",
}
CARE = "# Umbrellas\n\nA store lends an umbrella for 3 days.\n\n# Zephyr\n\nThe quick brown fox is blue.\n"


def by_letters(exchange: s.Exchange) -> None:
    """Vectors by hand: what holds 'zephyr' or 'wind' points one way, all else another."""
    texts = exchange.call.body["input"]
    windy = [any(word in text.lower() for word in ("zephyr", "wind")) for text in texts]
    rows = [
        {"object": "embedding", "index": at, "embedding": [1.0, 0.1] if one else [0.1, 1.0]}
        for at, one in enumerate(windy)
    ]
    body = {"object": "list", "model": "v", "data": rows, "usage": {"prompt_tokens": 7, "total_tokens": 7}}
    exchange.send(200, json.dumps(body).encode(), "application/json")


def own(actor: Actor) -> Place:
    """The person's own documents, by the model on this machine."""
    return Place(actor, OWN_COLLECTION)


def on_engine(actor: Actor) -> Place:
    return replace(own(actor), meaning=EngineEmbedder("loop", Context(actor, use_case="service_assistant")))


def add(place: Place, name: str = "care.md") -> None:
    keep(place, [read_written(CARE.encode(), name)])


def vectors(place: Place, name: str) -> int:
    with connect() as database:
        return len(knowledge.vectors(database, place.actor, place.collection, name))


def paid(actor: Actor) -> list[dict[str, Any]]:
    with connect() as database:
        return [row for row in recent(database, actor) if row["method"] == METHOD]


def test_an_added_document_is_found_by_the_engines_meaning_and_paid(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        place = on_engine(actor)
        add(place)
        assert len(paid(actor)) == 1 and paid(actor)[0]["cost"] == pytest.approx(0.007)
        found = find(place, ["wind", "wind too"])
    first, second = (section.meant or 0.0 for section in found)
    assert found[0].heading == "Zephyr" and first == pytest.approx(1.0, abs=1e-3)
    assert first > second > 0 and "meant" not in found[0].model_dump()
    assert len(paid(actor)) == 2 and ranked_by_engine(place)  # one for the document, one for the turn
    assert vectors(place, "loop/vec-1") == 2 and vectors(place, built_in().name) == 0


def test_the_engines_meaning_decides_the_order(actor: Actor, tmp_path: Path) -> None:
    guess = Guess("other", 0.2, (("other", 0.2),))
    many = CARE + "".join(f"\n# Page {at}\n\nPlain text number {at}.\n" for at in range(4))
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        place = on_engine(actor)
        keep(place, [read_written(many.encode(), "many.md")])
        assert nearest("wind", guess, place, "en")[0].heading == "Zephyr"


def test_another_workspace_finds_nothing(actor: Actor, stranger: Actor, tmp_path: Path) -> None:
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        add(on_engine(actor))
        with connect() as database:
            (document,) = knowledge.documents(database, actor, OWN_COLLECTION)
            assert find(on_engine(stranger), ["zephyr"]) == [] and paid(stranger) == []
            with pytest.raises(NotFound):
                knowledge.replace_vectors(database, stranger, document.id, [b"1234", b"1234"], "theirs")
            with pytest.raises(NotFound):
                knowledge.replace_vectors(database, actor, document.id, [b"1234"], "too few")
    assert vectors(own(actor), "loop/vec-1") == 2


def test_another_models_vectors_are_not_compared_until_read_again(actor: Actor, tmp_path: Path) -> None:
    add(own(actor))
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        place = on_engine(actor)
        found = find(place, ["zephyr"])
        assert found[0].heading == "Zephyr" and found[0].meant is None and not server.calls  # by its words
        assert [one.name for one in others(place)] == ["care.md"] and cost_of(place).most
        said: list[float] = []
        assert read_again(place, said.append) == 1 and said[-1] == 1.0
        assert others(place) == [] and vectors(place, "loop/vec-1") == 2
        assert find(on_engine(actor), ["wind"])[0].heading == "Zephyr"  # the vectors held in memory are the new ones
    back = own(actor)
    assert [one.name for one in others(back)] == ["care.md"] and cost_of(back).most == 0.0
    assert read_again(back) == 1 and vectors(back, built_in().name) == 2


def test_over_the_budget_nothing_is_sent_and_nothing_lost(actor: Actor, tmp_path: Path) -> None:
    add(own(actor))
    with connect() as database:
        set_budget(database, actor, 0.001)
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        with pytest.raises(BudgetSpent):
            read_again(on_engine(actor))
        with pytest.raises(BudgetSpent):
            add(on_engine(actor))
        assert not server.calls
    assert vectors(own(actor), built_in().name) == 2
    with connect() as database:
        assert not spent(database, actor).get("EUR")


def test_a_failing_server_leaves_documents_and_the_search_by_words(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        add(on_engine(actor))
    with LoopbackServer(s.error(401)) as server:
        configure_again = tmp_path / "secrets.toml"
        configure_again.unlink()
        configure(tmp_path, server.url, **ABLE)
        place = on_engine(actor)
        inputs = understand("How long does a store lend an umbrella?", "chat", [], place)
        assert "3 days" in inputs.sections[0].text and inputs.sections[0].cosine > 0.5
        assert place.meaning is not None and isinstance(place.meaning.failure, EngineRefused)
        assert len(server.calls) == 1 and not ranked_by_engine(place)
        with pytest.raises(EngineRefused):
            add(place)  # the same name: the old one stays
    assert vectors(own(actor), "loop/vec-1") == 2


def test_reading_again_stops_between_documents(actor: Actor, tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        add(own(actor), name)
    shares: list[float] = []
    with LoopbackServer(by_letters) as server:
        configure(tmp_path, server.url, **ABLE)
        place = on_engine(actor)
        with pytest.raises(Cancelled, match="stays done"):
            read_again(place, shares.append, lambda: bool(shares))
    assert [one.name for one in others(place)] == ["two.md"]
