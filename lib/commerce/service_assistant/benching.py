"""The test bench: labelled conversations on any engine, marked one by one, and the table that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, cast

from lib.access import Actor
from lib.commerce.service_assistant.baseline import KeywordRules
from lib.commerce.service_assistant.dialogue import Turn, converse, understand
from lib.commerce.service_assistant.knowledge import Place, Section
from lib.commerce.service_assistant.languages import answered_in
from lib.commerce.service_assistant.marking import Conversation, Marks, marked
from lib.commerce.service_assistant.task import ANSWER_CLIENT, Channel
from lib.commerce.service_assistant.tools import results_so_far
from lib.engines.registry import BUILT_IN, info
from lib.errors import Cancelled, ToileError
from lib.proofs import share_interval
from lib.tasks import Context
from lib.tasks.conversation import Conversation as Dialogue

RULES: Final = "keyword rules"
SHARES: Final = ("correct", "contained", "resolution", "facts", "tools", "cites", "tone", "kept_quiet")
MOST_FAILURES: Final = 3  # in a row, after which an engine is taken as gone


@dataclass
class Spent:
    """What a conversation cost on an engine; ``cost`` is None where a price isn't known."""

    cost: float | None = 0.0
    currency: str = ""
    tokens: int = 0

    def add(self, cost: float | None, currency: str, tokens: int) -> None:
        self.cost = None if self.cost is None or cost is None else self.cost + cost
        self.currency, self.tokens = currency, self.tokens + tokens


def outcomes(
    found: Sequence[Conversation],
    place: Place,
    actor: Actor,
    engine: str = BUILT_IN,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[dict[str, Any]]:
    """One row a conversation, as it is done. ``actor`` records the runs of a connected engine.

    Raises:
        ToileError: a connected engine failed several times in a row.
    """
    rules = KeywordRules(place, place.actor) if engine == RULES else None
    failures = 0
    for one in found:
        if cancelled():
            return
        try:
            yield _ruled(one, rules) if rules else _answered(one, place, actor, engine)
            failures = 0
        except Cancelled:
            raise
        except ToileError as error:
            failures += 1
            if failures >= MOST_FAILURES:
                raise
            yield _row(one, [], "", [], None, error=error.text("en"))


def _answered(one: Conversation, place: Place, actor: Actor, engine: str) -> dict[str, Any]:
    channel = cast(Channel, one.channel)
    spent = Spent()
    turns = (
        converse(one.turns, channel, place, place.actor)
        if engine == BUILT_IN
        else _on_engine(one, channel, place, actor, engine, spent)
    )
    last = turns[-1]
    known = {section.id: section for turn in turns for section in sections_of(turn)}
    cited = [known[identifier] for turn in turns for identifier in turn.answer.cites if identifier in known]
    texts = [turn.answer.text for turn in turns]
    marks = marked(one, texts, last.answer.resolution, last.inputs.intent, cited, last.results)
    calls = [{"tool": call.tool, "arguments": call.arguments, "status": call.status} for call in last.results]
    row = _row(one, texts, last.answer.resolution, cited, marks, intent=last.inputs.intent)
    return row | {"calls": calls, "recognised": last.inputs.language} | asdict(spent)


def sections_of(turn: Turn) -> tuple[Section, ...]:
    """All that the engine was given in a turn."""
    return (*turn.inputs.sections, *turn.inputs.procedure, *turn.inputs.limits)


def _on_engine(
    one: Conversation, channel: Channel, place: Place, actor: Actor, engine: str, spent: Spent
) -> list[Turn]:
    """The same turns through ``run_task``: recorded, within the budget; the simulated client agrees to what asks."""
    turns: list[Turn] = []
    languages = info(engine).languages
    context = Context(actor, use_case="service_assistant", decide=lambda asked: True)
    dialogue = None
    language = ""
    for text in one.turns:
        earlier = [turn.inputs.text for turn in turns]
        inputs = understand(text, channel, earlier, place, language)
        language = inputs.language
        wanted = language if not languages or language in languages else answered_in(language)
        if dialogue is None:
            spoken = wanted if not languages or wanted in languages else languages[0]
            dialogue = Dialogue.start(ANSWER_CLIENT, replace(context, language=spoken), engine)
        run = dialogue.turn(inputs)
        assert run.output is not None  # a finished run has one
        spent.add(run.cost, run.currency, run.input_tokens + run.output_tokens)
        results = results_so_far(replace(context, history=tuple(dialogue.history)))
        turns.append(Turn(inputs, run.output, results))
    return turns


def _ruled(one: Conversation, rules: KeywordRules) -> dict[str, Any]:
    made = rules.answer(one.turns)
    marks = marked(one, [made.text], made.resolution, made.intent, made.cited, made.results)
    calls = [{"tool": call.tool, "arguments": call.arguments, "status": call.status} for call in made.results]
    return _row(one, [made.text], made.resolution, made.cited, marks, intent=made.intent) | {"calls": calls}


def _row(
    one: Conversation,
    texts: Sequence[str],
    resolution: str,
    cited: Sequence[Section],
    marks: Marks | None,
    intent: str = "",
    error: str = "",
) -> dict[str, Any]:
    return {
        "id": one.id,
        "language": one.language,
        "channel": one.channel,
        "topic": one.topic,
        "attacks": one.attacks,
        "turns": list(one.turns),
        "answers": list(texts),
        "resolution": resolution,
        "expected": one.expect["resolution"],
        "expected_intent": one.expect["intent"],
        "intent": intent,
        "cited": [section.named for section in cited],
        "calls": [],
        "marks": marks.as_json() if marks else {},
        "error": error,
        **asdict(Spent()),
    }


def costs(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the conversations cost together and each; None where the engine's price isn't known."""
    known = [row["cost"] for row in rows]
    total = None if any(one is None for one in known) else float(sum(known))
    return {
        "total": total,
        "each": None if total is None else total / max(len(rows), 1),
        "currency": next((row["currency"] for row in rows if row["currency"]), ""),
        "tokens": sum(int(row["tokens"]) for row in rows),
    }


def table(rows: Sequence[dict[str, Any]], by: str = "") -> list[dict[str, Any]]:
    """Shares with their 95% intervals, of all rows and of each value of ``by`` ('language' or 'channel')."""
    groups = {"": list(rows)}
    for row in rows:
        if by:
            groups.setdefault(str(row[by]), []).append(row)
    return [_group(name, group) for name, group in groups.items()]


def _group(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"group": name, "n": len(rows)}
    for share in SHARES:
        found[share] = _share([bool(row["marks"].get(share)) for row in rows])
    attacks = [row for row in rows if row["attacks"]]
    held = [bool(row["marks"].get("kept_quiet")) and not _wrote(row) for row in attacks]
    found["resisted"] = _share(held)
    found["tool_errors"] = sum(int(row["marks"].get("tool_errors", 0)) for row in rows)
    found["failed"] = sum(bool(row["error"]) for row in rows)
    return found


def _wrote(row: dict[str, Any]) -> bool:
    """Whether something was changed that shouldn't have been."""
    return any(said.startswith("tool:") and said.endswith(" called") for said in row["marks"].get("missing", ()))


def _share(values: Sequence[bool]) -> dict[str, Any] | None:
    if not values:
        return None
    low, high = share_interval(sum(values), len(values))
    return {"times": sum(values), "n": len(values), "share": sum(values) / len(values), "low": low, "high": high}
