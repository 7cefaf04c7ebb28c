"""The records that the tools read: the demo house's, or tables of one's own with the rules on time and value."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import streamlit as st

from lib.commerce.service_assistant.house import House
from lib.commerce.service_assistant.own_records import SLOTS, Rules, house_for, records_of, rules_of
from lib.database import connect
from lib.i18n import _, ngettext, translate
from lib.shell import session
from lib.shell.page import section
from lib.shell.service_assistant.state import OWN, SAMPLE, USE_CASE, keep, state, widget
from lib.shell.uploads import own_table


def show() -> None:
    """Whose orders, returns, stores, stock and products the tools read."""
    section(
        _("Orders, stores and stock"),
        _("The tools read these tables. Nothing is written to an order system: what is agreed is listed on this page."),
    )
    key = widget("records")
    if key not in st.session_state:
        st.session_state[key] = state().get("records", SAMPLE)
    names = {SAMPLE: _("Records of the demo house"), OWN: _("Your own records")}
    st.radio(
        _("The tools read"),
        list(names),
        format_func=names.__getitem__,
        horizontal=True,
        key=key,
        on_change=lambda: keep(records=st.session_state[key], conversation="", waiting=""),
    )
    own = st.session_state[key] == OWN
    if own:
        _own()
    data_set = records_of(session.actor())
    _counted(House(dt.date.today(), {}, {}, {}) if own and data_set is None else house_for(session.actor(), data_set))


def _own() -> None:
    with connect() as database:
        rules = rules_of(database, session.actor())
    _rules(rules)
    tabs = st.tabs([translate(slot.title) for slot in SLOTS], key=widget("record_tabs"))
    for tab, slot in zip(tabs, SLOTS, strict=True):
        with tab:
            own_table(f"service_{slot.name}", USE_CASE, slot.name, slot.columns, slot.parse, translate(slot.title))


def _rules(rules: Rules) -> None:
    one, two, three = st.columns(3)
    days = one.number_input(_("Days for a return"), 0, 365, rules.return_days, key=widget("return_days"))
    guarantee = two.number_input(_("Days of guarantee"), 0, 3_650, rules.guarantee_days, key=widget("guarantee_days"))
    value = three.number_input(
        _("To a person above (euros)"), 0.0, 1e6, rules.high_value, step=100.0, format="%g", key=widget("high_value")
    )
    chosen = Rules(int(days), int(guarantee), float(value))
    if chosen != rules:
        keep(rules=asdict(chosen))


def _counted(house: House) -> None:
    """How much of each the tools find."""
    returned = sum(len(order.returned) for order in house.orders.values())
    st.caption(
        " · ".join(
            (
                ngettext("{n} order", "{n} orders", len(house.orders)),
                ngettext("{n} line returned", "{n} lines returned", returned),
                ngettext("{n} store", "{n} stores", len(house.stores)),
                ngettext("{n} product", "{n} products", len(house.products)),
                ngettext("{n} unit in stock", "{n} units in stock", sum(house.stock.values())),
            )
        )
    )
