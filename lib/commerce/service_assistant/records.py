"""What a client may be told of an order once their identity is checked, and the rules that a write has to keep."""

from __future__ import annotations

import datetime as dt
import hmac
import re
from typing import Any, Final

from lib.commerce.service_assistant.holidays import is_holiday
from lib.commerce.service_assistant.house import House, Line, Order, Store
from lib.commerce.service_assistant.instructions import without_instructions
from lib.errors import InputError
from lib.i18n import N_

EARLIEST, LATEST = dt.timedelta(hours=24), dt.timedelta(days=30)

NO_MATCH: Final = N_("No order matches this number together with this e-mail or postcode.")
NOT_CHECKED: Final = N_("Identity isn’t checked for this order. Use find_order with its e-mail or postcode first.")
NO_LINE: Final = N_("The order has no line {line}. Choose one of {lines}.")
BACK_ALREADY: Final = N_("Line {line} has come back, or its return has begun.")
NOT_DELIVERED: Final = N_("Line {line} hasn’t arrived yet, so it can’t be returned. Wait until it is delivered.")
TOO_LATE: Final = N_("The {days} days of a return ended on {day}. A defect is another matter.")
HIGH: Final = N_("Orders above {limit} are handled by a person. Use hand_over with the reason 'high value'.")
NO_STORE: Final = N_("There is no store '{store}'. Use one of {stores}.")
NO_DAY: Final = N_("'{day}' is no day. Write YYYY-MM-DD.")
NO_TIME: Final = N_("'{time}' is no time. Write HH:MM.")
NO_PRODUCT: Final = N_("There is no product '{sku}'. Ask which piece is meant.")
NO_APPOINTMENTS: Final = N_("{store} gives no such appointments.")
TOO_SOON: Final = N_("Appointments are made at least 24 hours and at most 30 days ahead.")
CLOSED_THEN: Final = N_("{store} is closed at that time.")


def found_order(house: House, order_id: str, email: str | None, postcode: str | None) -> Order | None:
    """The order, where its number and one of the two proofs fit; None says no more than that."""
    order = house.orders.get(order_number(order_id))
    wanted_mail, wanted_code = (order.email, _code(order.postcode)) if order else ("", "")
    given_mail, given_code = (email or "").strip().lower(), _code(postcode or "")
    mail = bool(wanted_mail) and hmac.compare_digest(given_mail.encode(), wanted_mail.encode())
    code = bool(wanted_code) and hmac.compare_digest(given_code.encode(), wanted_code.encode())
    return order if order is not None and (mail or code) else None


def order_number(text: str) -> str:
    """'ms 255-259' as 'MS255259'."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _code(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def seen(house: House, order: Order) -> dict[str, Any]:
    """An order in brief: enough to choose a line, no address and no contact."""
    arrived = order.arrived_on
    until = arrived + dt.timedelta(days=house.return_days) if arrived else None
    return {
        "found": True,
        "order_id": order.id,
        "placed_on": order.placed_on.isoformat(),
        "gift": order.gift,
        "note_held_instructions": bool(without_instructions(order.note)[1]),
        "country": order.country,
        "total_eur": round(order.total, 2),
        "above_limit": order.total > house.high_value,
        "last_arrival": arrived.isoformat() if arrived else None,
        "return_until": until.isoformat() if until else None,
        "return_open": until is None or house.today <= until,
        "lines": [
            {
                "line": line.number,
                "sku": line.sku,
                "piece": piece(house, line),
                "size": line.size,
                "price_eur": line.price,
                "status": line.status,
                "coming_back": line.number in order.returned,
            }
            for line in order.lines
        ],
    }


def status_of(house: House, order: Order) -> dict[str, Any]:
    """Where each line of an order is, with its parcel; the client's note only where it instructs nobody."""
    note, marked = without_instructions(order.note)
    return {
        "order_id": order.id,
        "note": note,
        "note_held_instructions": bool(marked),
        "lines": [
            {
                "line": line.number,
                "sku": line.sku,
                "piece": piece(house, line),
                "size": line.size,
                "status": line.status,
                "shipped_on": line.shipped_on.isoformat() if line.shipped_on else None,
                "delivered_on": line.delivered_on.isoformat() if line.delivered_on else None,
                "carrier": line.carrier,
                "parcel": line.parcel,
                "coming_back": line.number in order.returned,
            }
            for line in order.lines
        ],
    }


def piece(house: House, line: Line) -> str:
    """The piece's name, or its number where the catalogue doesn't hold it any more."""
    product = house.products.get(line.sku)
    return product.name if product else line.sku


def returnable(house: House, order: Order, number: int, faulty: bool) -> Line:
    """The line, where the rules let it come back.

    Raises:
        InputError: they don't; the message says which rule.
    """
    line = next((one for one in order.lines if one.number == number), None)
    if line is None:
        lines = ", ".join(str(one.number) for one in order.lines)
        raise InputError(NO_LINE, line=number, lines=lines)
    if order.total > house.high_value:
        raise InputError(HIGH, limit=f"€{house.high_value:,.0f}")
    if number in order.returned:
        raise InputError(BACK_ALREADY, line=number)
    if line.status not in ("delivered", "collected"):
        raise InputError(NOT_DELIVERED, line=number)
    arrived, days = order.arrived_on or line.delivered_on, house.guarantee_days if faulty else house.return_days
    if arrived is not None and house.today > arrived + dt.timedelta(days=days):
        raise InputError(TOO_LATE, days=days, day=(arrived + dt.timedelta(days=days)).isoformat())
    return line


def store_called(house: House, identifier: str) -> Store:
    """One store by its id.

    Raises:
        InputError: there is none.
    """
    found = house.stores.get(identifier.strip().lower())
    if found is None:
        raise InputError(NO_STORE, store=identifier[:40], stores=", ".join(house.stores))
    return found


def hours_on(store: Store, day: dt.date) -> str:
    """'HH:MM-HH:MM' on that day, empty where the store is closed: the rules of the page on stores."""
    if (day.month, day.day) in store.closed_on:
        return ""
    hours = store.hours_sunday if day.weekday() == 6 else store.hours
    if is_holiday(day, store.country):
        hours = store.hours_holiday
    if hours and (day.month, day.day) in store.eves:
        hours = f"{hours.split('-')[0]}-{store.eve_close}"
    return hours


def read_day(text: str) -> dt.date:
    """An ISO day.

    Raises:
        InputError: it is none.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(NO_DAY, day=text[:40]) from None


def bookable(house: House, store: Store, day: dt.date, time: str, kind: str) -> None:
    """Pass silently where such an appointment can be made.

    Raises:
        InputError: it can't; the message says why.
    """
    if not re.fullmatch(r"[0-2]\d:[0-5]\d", time):
        raise InputError(NO_TIME, time=time[:20])
    service = "alterations" if kind == "alterations" else "appointments"
    if service not in store.services:
        raise InputError(NO_APPOINTMENTS, store=store.name)
    ahead = day - house.today
    if not EARLIEST <= ahead <= LATEST:
        raise InputError(TOO_SOON)
    hours = hours_on(store, day)
    if not hours or not hours.split("-")[0] <= time < hours.split("-")[1]:
        raise InputError(CLOSED_THEN, store=store.name)
