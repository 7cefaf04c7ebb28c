"""Client service by keyword rules, as many houses run it: what the assistant is measured against.

The same order numbers, proofs and tools; the intent by the most keywords; the section of the documents that shares most
words with the message. No embedding, no other language, no memory of what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lib.access import Actor
from lib.commerce.service_assistant.entities import named
from lib.commerce.service_assistant.house import sample_house
from lib.commerce.service_assistant.keywords import by_keywords
from lib.commerce.service_assistant.knowledge import Place, Section, all_sections
from lib.commerce.service_assistant.task import ANSWER_CLIENT
from lib.commerce.service_assistant.tools import told
from lib.retrieval.words import fold
from lib.tasks import Context, ToolResult
from lib.tasks.toolbox import as_json

LEAST_WORDS = 2  # shared, below which nothing is answered
IDENTITY = "Please send the order number with its e-mail or postcode. / Envoyez le numéro, l'e-mail ou le code postal."
UNKNOWN = "Please rephrase your question. / Reformulez votre question."
PERSON = "A person will answer you. / Une personne vous répondra."


@dataclass
class Ruled:
    """What the rules made of a conversation."""

    intent: str
    resolution: str
    text: str
    cited: list[Section]
    results: tuple[ToolResult, ...]


class KeywordRules:
    """The rules, on the documents of a place."""

    def __init__(self, place: Place, actor: Actor) -> None:
        self._sections = [(section, _words(f"{section.heading} {section.text}")) for section in all_sections(place)]
        self._context = Context(actor)
        self._results: list[ToolResult] = []

    def answer(self, texts: Sequence[str]) -> Ruled:
        """A whole conversation, answered after its last message."""
        self._results = []
        whole = "\n".join(texts)
        intent = by_keywords(whole)
        if intent in ("complaint", "safety"):
            reason = "safety" if intent == "safety" else "asks for a person"
            self._call("hand_over", {"reason": reason})
            return self._ruled(intent, "handed_over", PERSON)
        known = named(texts, sample_house())
        if known.orders:
            return self._order(intent, known.orders[-1], known.emails, known.postcodes, known.reason)
        if intent == "order_status":
            return self._ruled(intent, "asks_identity", IDENTITY)
        if intent == "store_hours" and known.stores:
            day = (known.day or sample_house().today).isoformat()
            self._call("opening_hours", {"store_id": known.stores[0], "day": day})
        return self._page(intent, whole)

    def _order(self, intent: str, order: str, emails: Sequence[str], postcodes: Sequence[str], reason: str) -> Ruled:
        proof = {"email": emails[-1]} if emails else {"postcode": postcodes[-1]} if postcodes else {}
        found = self._call("find_order", {"order_id": order, **proof}) if proof else {}
        if not found.get("found"):
            return self._ruled(intent, "asks_identity", IDENTITY)
        if intent == "return" and len(found["lines"]) == 1:
            done = self._call("start_return", {"order_id": order, "line": 1, "reason": reason or "changed my mind"})
            ruled = self._page(intent, "return label / rendre étiquette")
            return self._ruled(intent, "action" if done.get("started") else "refused", ruled.text, ruled.cited)
        status = self._call("order_status", {"order_id": order})
        lines = [
            f"{line['piece']}: {line['status']} {line['shipped_on'] or ''} {line['carrier']}"
            for line in status["lines"]
        ]
        return self._ruled(intent, "answered", "; ".join(lines))

    def _page(self, intent: str, whole: str) -> Ruled:
        asked = _words(whole)
        shared = [
            (len(asked & words) / (10 + len(words)), len(asked & words), -section.id, section)
            for section, words in self._sections
        ]
        best = max(shared, key=lambda one: one[:3], default=None)
        if best is None or best[1] < LEAST_WORDS:
            return self._ruled(intent, "says_unknown", UNKNOWN)
        return self._ruled(intent, "answered", best[3].text, [best[3]])

    def _call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        tool = next(one for one in ANSWER_CLIENT.tools if one.name == name)
        context = replace(self._context, results=tuple(self._results))
        status, text = tool.run(as_json(arguments), context)
        self._results.append(ToolResult(name, as_json(arguments), status, text))
        return told(self._results[-1]) if status == "done" else {}

    def _ruled(self, intent: str, resolution: str, text: str, cited: Sequence[Section] = ()) -> Ruled:
        return Ruled(intent, resolution, text, list(cited), tuple(self._results))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W_]{4,}", fold(text)))
