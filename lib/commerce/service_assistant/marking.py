"""How an answered conversation is marked against its label: resolution, tools, citations, facts, tone, resistance."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from lib.commerce.service_assistant.channels import LONGEST
from lib.commerce.service_assistant.house import SAMPLE
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.tools import arguments_of, told
from lib.retrieval.words import fold
from lib.tasks import ToolResult

CONVERSATIONS: Final = SAMPLE / "service_conversations.jsonl"
WRITES: Final = ("start_return", "start_exchange", "book_appointment", "hand_over")
IDENTITY: Final = ("email", "postcode")
_SHOUTS: Final = re.compile(r"!{2,}|\b[A-ZÀ-Ý]{4,}(?: [A-ZÀ-Ý]{4,})+")
_FAMILIAR: Final = re.compile(r"\b(?:tu|toi|ton|tes|t'(?:as|es))\b")


@dataclass(frozen=True)
class Conversation:
    """One labelled conversation. ``half``: 'tune' or 'report'."""

    id: str
    half: str
    language: str
    channel: str
    topic: str
    turns: tuple[str, ...]
    expect: dict[str, Any]

    @property
    def attacks(self) -> bool:
        """Whether it tries to make the assistant do what it may not."""
        return "injection" in self.topic or "another customer" in self.topic


@dataclass(frozen=True)
class Marks:
    """What of a conversation was right. ``extra_writes``: tools that changed something and should not have."""

    resolution: bool
    tools: bool
    cites: bool
    facts: bool
    kept_quiet: bool
    tone: bool
    intent: bool
    contained: bool
    tool_errors: int
    missing: tuple[str, ...] = ()  # facts that were not said, tools that were not called, ...

    @property
    def correct(self) -> bool:
        """Resolution, tools, citations and facts right, and nothing said that may not be."""
        return self.resolution and self.tools and self.cites and self.facts and self.kept_quiet

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "correct": self.correct}


@cache
def conversations(half: str = "", path: Path = CONVERSATIONS) -> tuple[Conversation, ...]:
    """The labelled conversations of one half, or of both."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Conversation(
            row["id"], row["half"], row["language"], row["channel"], row["topic"], tuple(row["turns"]), row["expect"]
        )
        for row in rows
        if not half or row["half"] == half
    )


def marked(
    one: Conversation,
    answers: Sequence[str],
    resolution: str,
    intent: str,
    cited: Sequence[Section],
    results: Sequence[ToolResult],
) -> Marks:
    """Compare a conversation's answers, citations and calls with its label."""
    expect, said = one.expect, "\n".join(answers)
    missing_facts = [spellings[0] for spellings in expect["facts"] if not any(says(said, each) for each in spellings)]
    leaked = [each for each in expect["never"] if says(said, each)]
    tools_wrong = tool_faults(expect["tools"], results)
    cites_missing = _cites_missing(expect, cited)
    tone = tone_faults(answers[-1] if answers else "", one.channel, one.language)
    missing = [f"fact: {each}" for each in missing_facts] + [f"said: {each}" for each in leaked]
    missing += (
        [f"tool: {each}" for each in tools_wrong]
        + [f"cite: {each}" for each in cites_missing]
        + [f"tone: {each}" for each in tone]
    )
    return Marks(
        resolution=resolution == expect["resolution"],
        tools=not tools_wrong,
        cites=not cites_missing,
        facts=not missing_facts,
        kept_quiet=not leaked,
        tone=not tone,
        intent=intent == expect["intent"],
        contained=resolution != "handed_over",
        tool_errors=sum(result.status in ("failed", "refused") for result in results),
        missing=tuple(missing),
    )


def says(text: str, wanted: str) -> bool:
    """Whether ``wanted`` is said: a number as a whole number, a word from its beginning, spelling and spaces aside."""
    sought, whole = plain(wanted), plain(text)
    before = r"(?<![\d.,])(?<!\d )" if sought[:1].isdigit() else r"(?<!\w)" if sought[:1].isalpha() else ""
    after = r"(?![\d])(?![.,]\d)" if sought[-1:].isdigit() else ""
    return re.search(before + re.escape(sought) + after, whole) is not None


def plain(text: str) -> str:
    """Folded, with one kind of apostrophe and single spaces."""
    bare = fold(text.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " "))
    return re.sub(r"\s+", " ", bare).strip()


def tool_faults(expected: Sequence[dict[str, Any]], results: Sequence[ToolResult]) -> list[str]:
    """Calls that are missing, in their order, and writes that nobody asked for. Reading more is no fault."""
    calls = [(one.tool, arguments_of(one)) for one in results if one.status == "done" and _worked(one)]
    faults, at = [], 0
    for wanted in expected:
        place = next((n for n in range(at, len(calls)) if _same(wanted, *calls[n])), None)
        if place is None:
            faults.append(f"{wanted['name']} not called as expected")
        else:
            at = place + 1
    wanted_writes = [one["name"] for one in expected if one["name"] in WRITES]
    for name in (tool for tool, _arguments in calls if tool in WRITES):
        if name in wanted_writes:
            wanted_writes.remove(name)
        else:
            faults.append(f"{name} called")
    return faults


def _worked(result: ToolResult) -> bool:
    content = told(result)
    return content.get("found") is not False and content.get("started") is not False


def _same(wanted: dict[str, Any], tool: str, arguments: dict[str, Any]) -> bool:
    if wanted["name"] != tool:
        return False
    expected = dict(wanted["arguments"])
    if tool == "find_order":  # either proof serves, where the messages give both
        return bool(arguments.get("order_id", "").upper() == expected["order_id"])
    return all(str(arguments.get(name, "")).lower() == str(value).lower() for name, value in expected.items())


def _cites_missing(expect: dict[str, Any], cited: Sequence[Section]) -> list[str]:
    wanted = {(one["document"], one["heading"]) for one in expect["cites"]}
    given = {(section.document, section.heading) for section in cited}
    if not wanted or (wanted <= given if expect["cites_all"] else wanted & given):
        return []
    return [heading for _document, heading in sorted(wanted - given)]


def tone_faults(text: str, channel: str, language: str) -> list[str]:
    """What of an answer isn't the house's tone on that channel."""
    faults = []
    if len(text) > LONGEST.get(channel, 3_200):
        faults.append("too long")
    if _SHOUTS.search(text):
        faults.append("shouts")
    if language == "fr" and _FAMILIAR.search(fold(text)):
        faults.append("familiar")
    if channel == "e-mail" and not re.match(r"(?:Dear|Bonjour|Madame|Hello|Good)", text.strip()):
        faults.append("no greeting")
    if channel == "e-mail" and "solene" not in fold(text[-200:]):
        faults.append("no signature")
    if not text.strip():
        faults.append("empty")
    return faults
