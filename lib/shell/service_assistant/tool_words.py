"""What a tool was asked and what it gave, as a person says it: no keys, no codes, nothing cut off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from lib.commerce.service_assistant.tools import arguments_of, told, tool_title
from lib.database.tool_calls import StoredCall
from lib.i18n import N_, _, date, list_of, money, ngettext, translate
from lib.shell import html
from lib.shell.html import element
from lib.shell.tool_steps import STATES, STYLE, result_said
from lib.tasks import ToolResult

LINES = {
    "delivered": N_("delivered"),
    "collected": N_("collected"),
    "shipped": N_("on its way"),
    "in preparation": N_("in preparation"),
    "lost": N_("lost"),
}
WHY = {
    "too small": N_("too small"),
    "too large": N_("too large"),
    "not as pictured": N_("not as pictured"),
    "quality": N_("quality"),
    "changed my mind": N_("changed their mind"),
    "gift not wanted": N_("gift not wanted"),
    "arrived late": N_("arrived late"),
}
VISITS = {"styling": N_("styling"), "alterations": N_("alterations")}
Told = dict[str, Any]


def draw(calls: Sequence[StoredCall]) -> None:
    """The calls, one under the other."""
    html.draw(html.stylesheet(STYLE))
    html.draw(element("ul", *(_step(call) for call in calls), class_="toile-tools"))


def _step(call: StoredCall) -> Markup:
    sign, state = STATES.get(call.status, ("·", call.status))
    lines = [asked_of(call), *given_by(call)]
    return element(
        "li",
        element("strong", tool_title(call.tool)),
        " ",
        element("em", translate(state), class_="toile-state"),
        *(element("span", line) for line in lines if line),
        data_sign=sign,
    )


def lines_of(call: ToolResult | StoredCall) -> list[str] | None:
    """What one of these tools was given and gave, a line each; None for a tool of another task."""
    if call.tool not in SAID:
        return None
    return [asked_of(call), *given_by(call)]


def asked_of(call: ToolResult | StoredCall) -> str:
    """What the tool was given, in a line."""
    given = arguments_of(_result(call))
    parts = [
        _("Order {order}", order=given["order_id"]) if given.get("order_id") else "",
        _("with the e-mail {mail}", mail=given["email"]) if given.get("email") else "",
        _("with the postcode {code}", code=given["postcode"]) if given.get("postcode") else "",
        _("line {n}", n=given["line"]) if given.get("line") else "",
        str(given.get("sku") or ""),
        _("size {size}", size=given["size"]) if given.get("size") else "",
        _place(given["store_id"]) if given.get("store_id") else "",
        _day(given.get("day")),
        str(given.get("time") or ""),
        _named(VISITS, given.get("kind")),
        _("reason: {reason}", reason=_named(WHY, given["reason"])) if given.get("reason") else "",
    ]
    return " · ".join(part for part in parts if part)


def given_by(call: ToolResult | StoredCall) -> list[str]:
    """What came of it, a line each; the tool's own words where it was turned down or failed."""
    result = _result(call)
    if not result.text:
        return []
    given = told(result)
    said = SAID.get(call.tool)
    if said is None or call.status != "done" or not given or "error" in given:
        return [result_said(result.text)]
    return said(given)


def _order(given: Told) -> list[str]:
    if not given.get("found"):
        return [_("Number and proof don’t go together: nothing of an order was told.")]
    head = [
        _("placed on {day}", day=_day(given.get("placed_on"))),
        money(float(given.get("total_eur") or 0)),
        _("a gift") if given.get("gift") else "",
        _("above the limit: a person handles it") if given.get("above_limit") else "",
    ]
    if given.get("return_until"):
        open_still = bool(given.get("return_open"))
        until = _day(given["return_until"])
        head.append(_("returns until {day}", day=until) if open_still else _("returns ended on {day}", day=until))
    return [" · ".join(part for part in head if part), *_pieces(given)]


def _status(given: Told) -> list[str]:
    return [*([_("The client’s note: {note}", note=given["note"])] if given.get("note") else []), *_pieces(given)]


def _pieces(given: Told) -> list[str]:
    found = []
    for line in given.get("lines", []):
        parts = [
            str(line.get("piece", "")),
            _("size {size}", size=line["size"]) if line.get("size") else "",
            _named(LINES, line.get("status")),
            _("sent on {day}", day=_day(line["shipped_on"])) if line.get("shipped_on") else "",
            _("arrived on {day}", day=_day(line["delivered_on"])) if line.get("delivered_on") else "",
            " ".join(str(line[name]) for name in ("carrier", "parcel") if line.get(name)),
            _("is coming back") if line.get("coming_back") else "",
        ]
        found.append(" · ".join(part for part in parts if part))
    return found


def _returned(given: Told) -> list[str]:
    return [_("{piece}, size {size}: number {number}", number=given.get("return_id"), **_of(given))]


def _exchanged(given: Told) -> list[str]:
    if not given.get("started"):
        return [_("Size {size} isn’t in stock.", size=given.get("new_size"))]
    new, number = given.get("new_size"), given.get("exchange_id")
    return [_("{piece}, size {size} for size {new}: number {number}", new=new, number=number, **_of(given))]


def _of(given: Told) -> dict[str, Any]:
    return {"piece": given.get("piece"), "size": given.get("size")}


def _stock(given: Told) -> list[str]:
    units = ngettext("{n} unit there", "{n} units there", int(given.get("units") or 0))
    elsewhere = [_place(one) for one in given.get("elsewhere", [])]
    more = [_("also in: {places}", places=list_of(elsewhere))] if elsewhere else []
    return [" · ".join([str(given.get("piece", "")), units, *more])]


def _hours(given: Told) -> list[str]:
    if not given.get("open"):
        return [_("{store}: closed that day", store=given.get("store"))]
    return [_("{store}: {hours}", store=given.get("store"), hours=str(given.get("hours")).replace("-", " – "))]


def _booked(given: Told) -> list[str]:
    return [
        _(
            "{store}, {day}, {time}, {minutes} minutes: number {number}",
            store=given.get("store"),
            day=_day(given.get("day")),
            time=given.get("time"),
            minutes=given.get("minutes"),
            number=given.get("appointment_id"),
        )
    ]


def _handed(given: Told) -> list[str]:
    return [str(given.get("summary", ""))]


SAID: dict[str, Callable[[Told], list[str]]] = {
    "find_order": _order,
    "order_status": _status,
    "start_return": _returned,
    "start_exchange": _exchanged,
    "stock_in_store": _stock,
    "opening_hours": _hours,
    "book_appointment": _booked,
    "hand_over": _handed,
}


def _result(call: ToolResult | StoredCall) -> ToolResult:
    return call if isinstance(call, ToolResult) else ToolResult(call.tool, call.arguments, call.status, call.result)


def _named(titles: dict[str, str], value: Any) -> str:
    return translate(titles[value]) if value in titles else str(value or "")


def _place(identifier: Any) -> str:
    """A store's name out of its number: 'paris-passy' is 'Paris Passy'."""
    return _("online shop") if identifier == "online" else str(identifier).replace("-", " ").title()


def _day(iso: Any) -> str:
    try:
        return date(dt.date.fromisoformat(str(iso)), "long") if iso else ""
    except ValueError:  # an engine's own words
        return str(iso)
