"""What was agreed with clients: returns, exchanges and appointments that a person allowed, to look at and take away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from lib.commerce.service_assistant.tools import told
from lib.database import connect
from lib.database.tool_calls import agreed
from lib.files.writers import write_csv
from lib.i18n import N_, _, date_time, ngettext, translate
from lib.shell import html, session
from lib.shell.exports import Export, downloads
from lib.tasks import ToolResult

KINDS = {
    "start_return": N_("Return"),
    "start_exchange": N_("Exchange"),
    "book_appointment": N_("Appointment"),
}
NUMBERS = ("return_id", "exchange_id", "appointment_id")
WORKED = ("started", "booked")


def show() -> None:
    """The list, where something was agreed."""
    with connect() as database:
        rows = agreed(database, session.actor(), tuple(KINDS))
    found = [made for row in rows if (made := _told(row))]
    if not found:
        return
    label = ngettext("{n} request agreed with clients", "{n} requests agreed with clients", len(found))
    with st.expander(label, icon=":material/checklist:"):
        st.caption(_("They are recorded here and wait for a person; nothing is written to an order system."))
        table = pd.DataFrame([{title: one[name] for name, title in _columns().items()} for one in found])
        html.draw(html.table(table))
        downloads([Export("CSV", "requests.csv", lambda: _csv(found), "text/csv")], key="service_requests")


def _columns() -> dict[str, str]:
    return {
        "at": _("When"),
        "kind": _("What"),
        "number": _("Number"),
        "order": _("Order or store"),
        "what": _("Piece or time"),
        "by": _("Allowed by"),
    }


def _told(row: dict[str, str]) -> dict[str, str]:
    """One request in words; {} where the tool did nothing."""
    given: dict[str, Any] = told(ToolResult(row["tool"], "", "done", row["result"]))
    if not any(given.get(name) for name in WORKED):
        return {}
    kind = KINDS[row["tool"]]
    piece = " · ".join(str(given[name]) for name in ("piece", "size") if given.get(name))
    if given.get("new_size"):
        piece += f" → {given['new_size']}"
    booked = f"{given.get('day', '')} {given.get('time', '')}".strip()
    return {
        "at": date_time(dt.datetime.fromisoformat(row["at"]).astimezone()),
        "kind": translate(kind),
        "number": next((str(given[name]) for name in NUMBERS if given.get(name)), ""),
        "order": str(given.get("order_id") or given.get("store") or ""),
        "what": piece or booked,
        "by": row["by"] or _("somebody without a name"),
    }


def _csv(found: list[dict[str, str]]) -> bytes:
    columns = _columns()
    return write_csv([[one[name] for name in columns] for one in found], list(columns.values()))
