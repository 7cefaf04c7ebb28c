"""What the built-in engine does next: a call of a tool, or the answer. Rules over what was said and what tools gave."""

from __future__ import annotations

import re
from typing import Final

from lib.commerce.service_assistant.answers import Reply, from_knowledge, hours_said, nothing_known, stock_said
from lib.commerce.service_assistant.case import Case, read_case
from lib.commerce.service_assistant.order_moves import order_move
from lib.commerce.service_assistant.wording import say
from lib.retrieval.words import fold
from lib.tasks import Call

__all__ = ["next_move", "read_case", "reply_to"]

_SOMEBODY: Final = re.compile(
    r"\b(?:my|her|his) (?:ex|husband|wife|boyfriend|girlfriend|partner|mother|father|"
    r"sister|brother|friend|colleague|boss|daughter|son|neighbour)(?:'s)?\b"
    r"(?: \w+){0,3} (?:order|ordered|bought|parcel|address|account)|(?:someone|"
    r"somebody) else's (?:order|account|address)|order of (?:my|a) (?:friend|ex|"
    r"colleague)|"
    r"commande (?:de|d')\s?(?:mon|ma|un|une|mes) \w+|(?:mon|ma) (?:ex|mari|femme|"
    r"copain|copine|collegue|voisine?|soeur|frere|mere|pere|amie?|fille|fils)\b(?: "
    r"\w+){0,3} (?:a commande|a achete|commande)|"
    r"adresse de (?:mon|ma|cette|ce) \w+|(?:what|which) (?:did|has) (?:my|he|she) \w+ (?:order|buy|bought)"
)
_READ_OUT: Final = re.compile(
    r"read (?:me|out)|tell me (?:the|what|where|his|her)|give me (?:the|his|her)|what "
    r"is (?:the|his|her) (?:address|e-?mail|phone)|delivery address|donne[zr]?[- ]moi|"
    r"lire l'adresse|"
    r"quelle (?:est )?(?:l'|son )?adresse|savoir (?:ce qu|ou|si|quand)|dites[- ]moi|"
    r"voir (?:sa|la) commande|what (?:is|was|s) (?:in|on)|surprise|can you see|cancel "
    r"(?:it|her|his)"
)
_RESERVE: Final = re.compile(r"mettre de cote|reserv|put (?:it )?aside|hold it|keep it|click and collect|retir|collect")
_ACCESS: Final = re.compile(
    r"wheelchair|step|acces|ascenseur|lift\b|elevator|parking|park\b|dog|chien|"
    r"poussette|pram|fauteuil|adresse|address|where (?:is|are)|metro"
)


def reply_to(case: Case) -> Reply:
    """The answer, with no further call: what is left to do is said instead."""
    move = next_move(case)
    return nothing_known(case) if isinstance(move, Call) else move


def next_move(case: Case) -> Call | Reply:
    """The next call, or the answer."""
    if not case.has_words:
        return nothing_known(case)
    signal = case.signal
    if signal:
        return escalated(case, signal)
    if _speaks_of_somebody(case):
        return Reply("refused", cited=case.procedure_or(("privacy",)), points=[say("not_yours", case.answered)])
    if case.named.orders or (case.intent == "order_status" and case.sure):
        return order_move(case)
    move = _by_intent(case)
    return move if move is not None else from_knowledge(case)


def escalated(case: Case, reason: str) -> Call | Reply:
    """To a person: with a summary, the draft of an answer, and what was tried."""
    if not case.done("hand_over"):
        return hand_over(case, reason)
    cited = case.procedure[:1] if reason == "safety" else []
    found = from_knowledge(case, case.procedure[:1]) if cited else None
    points = [say(f"handed_{reason.replace(' ', '_')}", case.answered)]
    return Reply("handed_over", points=points, cited=cited, quotes=found.quotes if found else [], reason=reason)


def hand_over(case: Case, reason: str, draft: str = "") -> Call:
    """The call that hands over."""
    from lib.commerce.service_assistant.writing import as_draft

    return Call(
        "hand_over",
        {
            "reason": reason,
            "summary": case.summary[:1_400],
            "draft": (draft or as_draft(case))[:2_400],
            "tried": case.tried_so_far[:900],
        },
    )


def _speaks_of_somebody(case: Case) -> bool:
    bare = fold(case.whole.replace("’", "'"))
    return (
        _SOMEBODY.search(bare) is not None
        and (bool(case.named.orders) or case.intent == "privacy" or _READ_OUT.search(bare) is not None)
        and not (case.named.emails or case.intent in ("gift_return", "gift", "allergy", "size_advice", "payment"))
    )


def _by_intent(case: Case) -> Call | Reply | None:
    if case.intent == "stock" or (case.named.pieces and case.named.stores and case.named.size):
        return _stock(case)
    if case.intent == "store_hours" and case.named.stores:
        return _hours(case)
    if case.intent == "appointment":
        return _appointment(case)
    if case.intent == "complaint" and case.inputs.probability >= 0.5:
        return escalated(case, case.complaint)
    if case.intent == "safety" and case.sure:
        return escalated(case, "safety")
    return None


def _stock(case: Case) -> Call | Reply | None:
    if not case.named.pieces:
        return None
    size = case.named.size or ("one size" if case.one_size else "")
    if not size:
        return Reply("says_unknown", points=[say("which_size", case.answered)])
    place = case.named.stores[0] if case.named.stores else "online"
    arguments = {"sku": case.named.pieces[0], "size": size, "store_id": place}
    if not case.tried("stock_in_store", arguments):
        return Call("stock_in_store", arguments)
    reply = stock_said(case, case.result("stock_in_store", arguments))
    if _RESERVE.search(fold(case.whole)):
        more = from_knowledge(case, case.procedure[:1])
        reply = Reply(reply.resolution, reply.points, more.quotes, more.cited)
    return reply


def _hours(case: Case) -> Call | Reply | None:
    if _ACCESS.search(fold(case.last)) and case.named.day is None:
        return None
    day = (case.named.day or case.today).isoformat()
    for store in case.named.stores[:3]:
        arguments = {"store_id": store, "day": day}
        if not case.tried("opening_hours", arguments):
            return Call("opening_hours", arguments)
    found = [case.result("opening_hours", {"store_id": store, "day": day}) for store in case.named.stores[:3]]
    return hours_said(case, found)


def _appointment(case: Case) -> Call | Reply | None:
    kind = "alterations" if re.search(r"retouche|ourlet|alter|hem\b|shorten|take in", fold(case.whole)) else "styling"
    store = case.named.stores[0] if case.named.stores else ""
    service = "alterations" if kind == "alterations" else "appointments"
    if store and service not in case.house.stores[store].services:
        found = from_knowledge(case, case.procedure[:1])
        points = [say("no_appointments_there", case.answered, store=case.store_name(store))]
        return Reply("refused", points, found.quotes, found.cited)
    if not (store and case.named.day and case.named.time):
        return None
    arguments = {"store_id": store, "day": case.named.day.isoformat(), "time": case.named.time, "kind": kind}
    if not case.tried("book_appointment", arguments):
        return Call("book_appointment", arguments)
    found = from_knowledge(case, case.procedure[:1])
    booked = case.result("book_appointment", arguments)
    if not booked.get("booked"):
        return Reply("refused", [say("not_booked", case.answered)], found.quotes, found.cited)
    point = say(
        "booked",
        case.answered,
        store=booked["store"],
        day=case.day(booked["day"]),
        time=case.clock(booked["time"]),
        id=booked["appointment_id"],
    )
    return Reply("action", [point], found.quotes, found.cited)
