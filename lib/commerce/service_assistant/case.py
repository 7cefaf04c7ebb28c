"""One conversation as the built-in engine sees it: what was said, what is known, what was tried."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lib.commerce.service_assistant.entities import Named, named
from lib.commerce.service_assistant.house import House, wish_title
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.languages import answered_in
from lib.commerce.service_assistant.own_records import house_of
from lib.commerce.service_assistant.signals import mild_anger
from lib.commerce.service_assistant.tools import arguments_of, checked_orders, results_so_far, told, tool_title
from lib.commerce.service_assistant.wording import say
from lib.i18n import date, language_name
from lib.tasks import Context, ToolResult

if TYPE_CHECKING:
    from lib.commerce.service_assistant.task import ClientMessage


@dataclass(frozen=True)
class Case:
    """What ``moves`` decides on."""

    inputs: ClientMessage
    texts: tuple[str, ...]  # the client's messages, oldest first
    named: Named
    results: tuple[ToolResult, ...]
    house: House
    answered: str  # the language of the answer
    checked: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def intent(self) -> str:
        return self.inputs.intent

    @property
    def sure(self) -> bool:
        return self.inputs.sure

    @property
    def signal(self) -> str:
        return self.inputs.signal

    @property
    def sections(self) -> list[Section]:
        return self.inputs.sections

    @property
    def procedure(self) -> list[Section]:
        return self.inputs.procedure

    @property
    def channel(self) -> str:
        return self.inputs.channel

    @property
    def last(self) -> str:
        return self.texts[-1]

    @cached_property
    def whole(self) -> str:
        return "\n".join(self.texts)

    @property
    def has_words(self) -> bool:
        return bool(re.search(r"[^\W_]{2}|[\u3040-\u9fff]", self.whole))

    @property
    def today(self) -> dt.date:
        return dt.date.fromisoformat(self.inputs.today) if self.inputs.today else self.house.today

    @property
    def displeased(self) -> bool:
        return mild_anger(self.whole)

    @property
    def one_size(self) -> bool:
        skus = self.named.pieces[:1]
        return any(sku in skus and size == "one size" for _place, sku, size in self.house.stock)

    @property
    def complaint(self) -> str:
        return "anger" if self.displeased else "asks for a person"

    @property
    def summary(self) -> str:
        """For the person who takes over: who, what, on which order."""
        said = " / ".join(" ".join(text.split())[:300] for text in self.texts[-4:])
        first = say(
            "summary",
            self.answered,
            channel=say(f"by_{self.inputs.channel}", self.answered),
            spoken=language_name(self.inputs.language, self.answered),
            wish=wish_title(self.intent, self.answered),
        )
        orders = [
            say("order_checked" if one in self.checked else "order_unchecked", self.answered, order=one)
            for one in self.named.orders
        ]
        return " ".join([first, *orders, say("client_wrote", self.answered, said=said)])

    @property
    def tried_so_far(self) -> str:
        """The tools that were used and what became of each, in words."""
        return ", ".join(
            f"{tool_title(result.tool, self.answered)} ({say(f'call_{result.status}', self.answered)})"
            for result in self.results
        )

    def procedure_or(self, intents: tuple[str, ...]) -> list[Section]:
        """The house's procedure, else the section that was found first."""
        return (self.procedure or self.sections)[:1]

    def done(self, tool: str) -> bool:
        """Whether the tool was called in this conversation, whatever came of it."""
        return any(result.tool == tool for result in self.results)

    def tried(self, tool: str, arguments: dict[str, Any]) -> bool:
        """Whether exactly this was called."""
        return any(result.tool == tool and arguments_of(result) == _plain(arguments) for result in self.results)

    def result(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What came of exactly this call; {} where nothing did."""
        for result in reversed(self.results):
            if result.tool == tool and arguments_of(result) == _plain(arguments):
                return told(result) if result.status == "done" else {"refused": result.status, **told(result)}
        return {}

    def store_name(self, identifier: str) -> str:
        """A store's name; 'online' in the answer's language."""
        if identifier == "online":
            return "en ligne" if self.answered == "fr" else "online"
        store = self.house.stores.get(identifier)
        name = store.name if store else identifier
        return (
            name.replace("Hamburg Neuer Wall", "Hambourg Neuer Wall").replace("London", "Londres")
            if self.answered == "fr"
            else name
        )

    def day(self, iso: str | None) -> str:
        """A day as the client reads it."""
        return date(dt.date.fromisoformat(iso), "long", self.answered) if iso else ""

    def clock(self, time: str) -> str:
        """'10:30' in English, '10 h 30' in French."""
        if self.answered != "fr":
            return time
        hour, minute = time.split(":")
        return f"{int(hour)}\u00a0h" + ("" if minute == "00" else f"\u00a0{minute}")


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(arguments))
    return found


def read_case(inputs: ClientMessage, context: Context) -> Case:
    """The conversation, with the calls that the database knows."""
    house = house_of(context)
    texts = (*(str(getattr(turn.inputs, "text", "")) for turn in context.history), inputs.text)
    results = results_so_far(context)
    return Case(
        inputs=inputs,
        texts=texts,
        named=named(texts, house),
        results=results,
        house=house,
        answered=answered_in(inputs.language or context.language),
        checked=checked_orders(results),
    )
