"""The assistant's tools. Which order may be spoken of is read from the recorded calls, never from a text."""

from __future__ import annotations

import hashlib
import json
from contextlib import nullcontext
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from lib.commerce.service_assistant.house import House, Order
from lib.commerce.service_assistant.own_records import house_of
from lib.commerce.service_assistant.records import (
    NO_MATCH,
    NO_PRODUCT,
    NOT_CHECKED,
    bookable,
    found_order,
    hours_on,
    order_number,
    read_day,
    returnable,
    seen,
    status_of,
    store_called,
)
from lib.database import connect
from lib.database.tool_calls import calls_of
from lib.errors import InputError
from lib.i18n import N_, translate, use_language
from lib.tasks import Context, ToolResult
from lib.tasks.tools import Permission, Tool, tool

Reason = Literal[
    "too small", "too large", "not as pictured", "quality", "changed my mind", "gift not wanted", "arrived late"
]
HandOverReason = Literal["anger", "legal threat", "safety", "high value", "asks for a person", "unknown"]
REASONS: Final = Reason.__args__  # type: ignore[attr-defined]
MOST_TRIES: Final = 5  # wrong proofs of identity in one conversation
TOO_MANY_TRIES: Final = N_("Too many wrong tries. A person has to check the identity: use hand_over.")
BEGUN: Final = N_("This was begun earlier in the conversation.")


def results_so_far(context: Context) -> tuple[ToolResult, ...]:
    """The calls of the whole conversation, earlier turns' from the database: a model's words can't add to them."""
    earlier: list[ToolResult] = []
    runs = [turn.run for turn in context.history if turn.run]
    if runs:
        with connect() as database:
            for run in runs:
                earlier += [
                    ToolResult(call.tool, call.arguments, call.status, call.result)
                    for call in calls_of(database, context.actor, run)
                ]
    return (*earlier, *context.results)


def told(result: ToolResult) -> dict[str, Any]:
    """What a call gave, or {'error': ...}."""
    try:
        content = json.loads(result.text)
    except ValueError:
        return {}
    found = content.get("result", content) if isinstance(content, dict) else {}
    return found if isinstance(found, dict) else {}


def arguments_of(result: ToolResult) -> dict[str, Any]:
    """What a call was given."""
    try:
        found = json.loads(result.arguments or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def checked_orders(results: tuple[ToolResult, ...]) -> dict[str, dict[str, Any]]:
    """Orders whose number and proof fitted in this conversation, with what was then told of them."""
    calls = [told(one) for one in results if one.tool == "find_order" and one.status == "done"]
    return {call["order_id"]: call for call in calls if call.get("found") and "order_id" in call}


@tool(Permission.READ, limit=MOST_TRIES, title=N_("Find an order"))
def find_order(
    context: Context, order_id: str, email: str | None = None, postcode: str | None = None
) -> dict[str, Any]:
    """Check a client's identity: the order number with the e-mail or the postcode of that order. Use it before any
    other tool on an order. It gives the order's lines, what it came to, and until when it may be returned. It says the
    same for a number that doesn't exist as for a proof that doesn't fit."""
    wrong = [one for one in results_so_far(context) if one.tool == "find_order" and told(one).get("found") is False]
    if len(wrong) >= MOST_TRIES:
        raise InputError(TOO_MANY_TRIES)
    house = house_of(context)
    order = found_order(house, order_id, email, postcode)
    return {"found": False, "why": NO_MATCH} if order is None else seen(house, order)


@tool(Permission.READ, limit=4, title=N_("Where an order stands"))
def order_status(context: Context, order_id: str) -> dict[str, Any]:
    """Where each line of a checked order is: its state, parcel, carrier, days of dispatch and delivery."""
    house, order = _checked(context, order_id)
    return status_of(house, order)


@tool(Permission.ASKS_FIRST, limit=4, title=N_("Start a return"))
def start_return(context: Context, order_id: str, line: int, reason: Reason) -> dict[str, Any]:
    """Start the return of one line of a checked order. A label goes to the client's e-mail. It refunds nothing: a
    person decides on refunds after the piece was looked at."""
    house, order = _checked(context, order_id)
    _not_begun(context, order.id, line)
    chosen = returnable(house, order, line, faulty=reason == "quality")
    return {
        "started": True,
        "return_id": _reference("R", order.id, line),
        "order_id": order.id,
        "line": line,
        "sku": chosen.sku,
        "piece": _name(house, chosen.sku),
        "size": chosen.size,
        "reason": reason,
    }


@tool(Permission.ASKS_FIRST, limit=4, title=N_("Start an exchange"))
def start_exchange(context: Context, order_id: str, line: int, size: str) -> dict[str, Any]:
    """Start the exchange of one line of a checked order for another size of the same style, where it is in stock."""
    house, order = _checked(context, order_id)
    _not_begun(context, order.id, line)
    chosen = returnable(house, order, line, faulty=False)
    units = house.stock.get(("online", chosen.sku, size), 0)
    return {
        "started": units > 0,
        "exchange_id": _reference("E", order.id, line) if units > 0 else None,
        "order_id": order.id,
        "line": line,
        "sku": chosen.sku,
        "piece": _name(house, chosen.sku),
        "size": chosen.size,
        "new_size": size,
        "in_stock": units > 0,
    }


@tool(Permission.READ, limit=6, foreign=False, title=N_("Stock in a store"))
def stock_in_store(context: Context, sku: str, size: str, store_id: str) -> dict[str, Any]:
    """Units of one piece in one size in a store ('online' for the shop), and where else there are some."""
    house = house_of(context)
    sku = sku.strip().upper()
    if sku not in house.products:
        raise InputError(NO_PRODUCT, sku=sku[:40])
    place = "online" if store_id.strip().lower() == "online" else store_called(house, store_id).id
    units = {where: count for (where, one, of), count in house.stock.items() if one == sku and of == size and count > 0}
    return {
        "sku": sku,
        "piece": _name(house, sku),
        "size": size,
        "store_id": place,
        "units": units.get(place, 0),
        "elsewhere": sorted(where for where in units if where != place),
    }


@tool(Permission.READ, limit=8, foreign=False, title=N_("Opening hours"))
def opening_hours(context: Context, store_id: str, day: str) -> dict[str, Any]:
    """A store's hours on one day (YYYY-MM-DD), with public holidays; and its usual hours beside them."""
    house = house_of(context)
    store, when = store_called(house, store_id), read_day(day)
    hours = hours_on(store, when)
    return {
        "store_id": store.id,
        "store": store.name,
        "day": when.isoformat(),
        "open": bool(hours),
        "hours": hours or None,
        "monday_to_saturday": store.hours or None,
        "sunday": store.hours_sunday or None,
    }


@tool(Permission.ASKS_FIRST, limit=2, foreign=False, title=N_("Book an appointment"))
def book_appointment(
    context: Context, store_id: str, day: str, time: str, kind: Literal["styling", "alterations"] = "styling"
) -> dict[str, Any]:
    """Book an appointment in a store: day YYYY-MM-DD, time HH:MM, for styling or alterations."""
    house = house_of(context)
    store, when = store_called(house, store_id), read_day(day)
    bookable(house, store, when, time, kind)
    return {
        "booked": True,
        "appointment_id": _reference("A", f"{store.id}{when}{time}", 0),
        "store_id": store.id,
        "store": store.name,
        "day": when.isoformat(),
        "time": time,
        "kind": kind,
        "minutes": 30 if kind == "alterations" else 60,
    }


@tool(Permission.WRITE, limit=1, foreign=False, title=N_("Hand over to a person"))
def hand_over(
    reason: HandOverReason,
    summary: Annotated[str, Field(max_length=1_500)] = "",
    draft: Annotated[str, Field(max_length=2_500)] = "",
    tried: Annotated[str, Field(max_length=1_000)] = "",
) -> dict[str, Any]:
    """Hand the conversation to a person: for anger, a legal threat, safety, an order of high value, a client who asks
    for a person, or what no tool does ('unknown'). Give a summary, the draft of an answer, and what was tried."""
    return {"handed_over": True, "reason": reason, "summary": summary, "draft": draft, "tried": tried}


TOOLS: Final[tuple[Tool, ...]] = (
    find_order,
    order_status,
    start_return,
    start_exchange,
    stock_in_store,
    opening_hours,
    book_appointment,
    hand_over,
)


def _checked(context: Context, order_id: str) -> tuple[House, Order]:
    number = order_number(order_id)
    house = house_of(context)
    if number not in checked_orders(results_so_far(context)) or number not in house.orders:
        raise InputError(NOT_CHECKED)
    return house, house.orders[number]


def _not_begun(context: Context, order_id: str, line: int) -> None:
    for one in results_so_far(context):
        known = told(one)
        begun = one.tool in ("start_return", "start_exchange") and known.get("started")
        if begun and (known.get("order_id"), known.get("line")) == (order_id, line):
            raise InputError(BEGUN)


def _name(house: House, sku: str) -> str:
    product = house.products.get(sku)
    return product.name if product else sku


def _reference(letter: str, order_id: str, line: int) -> str:
    return letter + hashlib.sha256(f"{letter}{order_id}/{line}".encode()).hexdigest()[:6].upper()


def tool_title(name: str, language: str | None = None) -> str:
    """A tool's name in a language, the reader's where none is given."""
    with use_language(language) if language else nullcontext():
        return next((translate(one.title) for one in TOOLS if one.name == name), name)
