"""Moves on an order: identity first, then what the client wants of it, within the house's rules."""

from __future__ import annotations

import re
from typing import Any, Final

from lib.commerce.service_assistant.answers import Quote, Reply, from_knowledge, lines_said
from lib.commerce.service_assistant.case import Case
from lib.commerce.service_assistant.entities import lines_meant
from lib.commerce.service_assistant.keywords import hits
from lib.commerce.service_assistant.knowledge import CELL
from lib.commerce.service_assistant.sentences import labelled
from lib.commerce.service_assistant.splitting import sentences_of
from lib.commerce.service_assistant.wishes import ORDER_INTENTS
from lib.commerce.service_assistant.wording import say
from lib.retrieval.words import fold
from lib.tasks import Call

_RULE: Final = re.compile(
    r"how (?:many|long)|when does|do you|combien de temps|cb de temps|cb de jours|"
    r"combien de jours|quel(?:s|le)? (?:est|sont) (?:le|la|les|vos)|delai"
)
_ALL: Final = re.compile(
    r"\ball (?:of|three|two|four|my|the)|everything|whole order|toute la commande|"
    r"tout rendre|les (?:deux|trois|quatre)|both\b"
)


def order_move(case: Case) -> Call | Reply:
    """The next step on the order that was named last; asks for number and proof where they are missing."""
    if not case.named.orders:
        if hits(case.whole)["delivery_problem"] or _RULE.search(fold(case.whole.replace("’", "'"))):
            return from_knowledge(case)
        return Reply("asks_identity", [say("ask_order", case.answered)])
    number = case.named.orders[-1]
    found = case.checked.get(number)
    if found is None:
        return _identity(case, number)
    intent = case.intent if case.intent in ORDER_INTENTS else "order_status"
    if intent in ("return", "gift_return", "defect", "exchange", "wrong_item"):
        return _piece_move(case, found, intent)
    return _status_move(case, found, intent)


def _identity(case: Case, number: str) -> Call | Reply:
    proofs = [{"order_id": number, "email": mail} for mail in reversed(case.named.emails)]
    proofs += [{"order_id": number, "postcode": code} for code in reversed(case.named.postcodes)]
    for arguments in proofs:
        if not case.tried("find_order", arguments):
            return Call("find_order", arguments)
    if proofs:
        return Reply("asks_identity", [say("no_match", case.answered)])
    return Reply("asks_identity", [say("ask_proof", case.answered, order=number)])


def _piece_move(case: Case, found: dict[str, Any], intent: str) -> Call | Reply:
    """Return, exchange, defect, wrong item: the rules first, then the line, then the call."""
    order = found["order_id"]
    if found["above_limit"]:
        return _to_person(case, "high value", "above_limit", case.inputs.limits[1:] or case.procedure)
    faulty = intent in ("defect", "wrong_item")
    if not found["return_open"] and not faulty:
        rule = case.inputs.limits[:1] or case.procedure[:1]
        quotes = from_knowledge(case, rule).quotes
        said = say("too_late", case.answered, day=case.day(found["return_until"]))
        return Reply("refused", [said], quotes, rule)
    lines = lines_meant(found, case.texts, case.house)
    if intent == "wrong_item" and not (case.named.instead_size or case.named.wanted_size):
        return _to_person(case, "unknown", "wrong_piece", case.procedure)
    if len(lines) > 1 and not _ALL.search(fold(case.whole)):
        pieces = ", ".join(f"{line['piece']} ({line['size']})" for line in lines)
        return Reply("says_unknown", [say("which_line", case.answered, pieces=pieces)])
    if intent in ("exchange", "wrong_item"):
        return _exchange(case, order, lines[0], intent)
    reason = "quality" if intent == "defect" else case.named.reason
    if not reason:
        reason = "gift not wanted" if intent == "gift_return" or found["gift"] else "changed my mind"
    for line in lines:
        arguments = {"order_id": order, "line": line["line"], "reason": reason}
        if not case.tried("start_return", arguments):
            return Call("start_return", arguments)
    return _returned(
        case,
        [case.result("start_return", {"order_id": order, "line": line["line"], "reason": reason}) for line in lines],
    )


def _returned(case: Case, results: list[dict[str, Any]]) -> Reply:
    started = [one for one in results if one.get("started")]
    if not started:
        return _not_done(case, results)
    pieces = ", ".join(f"{one['piece']} ({one['size']})" for one in started)
    ids = ", ".join(one["return_id"] for one in started)
    said = say("return_started", case.answered, pieces=pieces, id=ids)
    number = started[0]["order_id"]
    return _quoted(case, "action", said, country=case.checked[number]["country"])


def _exchange(case: Case, order: str, line: dict[str, Any], intent: str) -> Call | Reply:
    size = case.named.instead_size if intent == "wrong_item" else case.named.wanted_size or _other_size(case, line)
    if not size:
        return Reply("says_unknown", [say("which_new_size", case.answered, piece=line["piece"])])
    arguments = {"order_id": order, "line": line["line"], "size": size}
    if not case.tried("start_exchange", arguments):
        return Call("start_exchange", arguments)
    result = case.result("start_exchange", arguments)
    if result.get("started"):
        said = say(
            "exchange_started", case.answered, piece=result["piece"], size=result["new_size"], id=result["exchange_id"]
        )
        return _quoted(case, "action", said)
    if result.get("in_stock") is False:
        return _quoted(case, "refused", say("size_gone", case.answered, piece=result["piece"], size=size))
    return _not_done(case, [result])


def _other_size(case: Case, line: dict[str, Any]) -> str:
    """The size that was named and isn't the one ordered."""
    return case.named.size if case.named.size and case.named.size != line["size"] else ""


def _not_done(case: Case, results: list[dict[str, Any]]) -> Reply:
    if any(one.get("refused") == "denied" for one in results):
        return Reply("answered", [say("not_confirmed", case.answered)])
    return _quoted(case, "refused", say("not_possible", case.answered))


def _status_move(case: Case, found: dict[str, Any], intent: str) -> Call | Reply:
    arguments = {"order_id": found["order_id"]}
    if not case.tried("order_status", arguments):
        return Call("order_status", arguments)
    status = case.result("order_status", arguments)
    lines = status.get("lines", [])
    said = lines_said(case, lines)
    if intent == "order_change":
        if any(line["status"] == "in preparation" for line in lines):
            return _to_person(case, "unknown", "change_by_person", case.procedure)
        return _quoted(case, "refused", say("already_left", case.answered), *said)
    troubled = any(line["status"] == "lost" for line in lines)
    if troubled or (intent == "delivery_problem" and any(line["status"] == "shipped" for line in lines)):
        return _to_person(case, "unknown", "enquiry", case.procedure, said)
    if intent in ("split_order", "delivery_problem"):
        return _quoted(case, "answered", *said)
    return Reply("answered", said)


def _quoted(case: Case, resolution: str, *points: str, country: str = "") -> Reply:
    found = from_knowledge(case, case.procedure[:2])
    quotes = [*found.quotes, *cost_from(case, country)]
    return Reply(resolution, list(points), quotes, [quote.section for quote in quotes])


def cost_from(case: Case, country: str) -> list[Quote]:
    """The row of a table of the procedure that is the order's country's, where it isn't France."""
    names = COUNTRIES.get(country, ())
    for section in case.procedure:
        sentences = sentences_of(section.text)
        rows = [one for one in sentences if CELL in one and any(name in fold(one.split(CELL)[0]) for name in names)]
        if rows:
            header = next((one for one in sentences if CELL in one), None)
            return [Quote(section, (labelled(rows[0], header),))]
    return []


_UNION: Final = ("european union", "union europeenne")
COUNTRIES: Final = {
    "GB": ("united kingdom", "royaume-uni"),
    "CH": ("switzerland", "suisse"),
    "US": ("united states", "etats-unis"),
    "JP": ("japan", "japon"),
    **dict.fromkeys(["DE", "IT", "ES", "BE", "NL", "LU", "AT", "PT", "IE", "PL", "SE", "DK", "FI"], _UNION),
}


def _to_person(case: Case, reason: str, key: str, cited: list[Any], points: list[str] | None = None) -> Call | Reply:
    from lib.commerce.service_assistant.moves import hand_over

    said = [*(points or []), say(key, case.answered)]
    if not case.done("hand_over"):
        return hand_over(case, reason, " ".join(said))
    found = from_knowledge(case, cited[:1])
    return Reply("handed_over", said, found.quotes, found.cited, reason=reason)
