"""What is asked before the queue is simulated: the team, what the assistant resolves, promises and money."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.commerce.service_assistant.jobs import METHOD as BENCH_METHOD
from lib.commerce.service_assistant.queueing.jobs import MEASURE
from lib.commerce.service_assistant.queueing.log import Log
from lib.commerce.service_assistant.queueing.plan import (
    MINUTE,
    Plan,
    Promise,
    Shares,
    expected,
    first_hours,
    first_team,
    shares_of,
)
from lib.commerce.service_assistant.queueing.telling import channel_title, time_of
from lib.database import connect
from lib.database.runs import recent
from lib.engines.registry import BUILT_IN
from lib.i18n import _, date_time, percent
from lib.shell import session
from lib.shell.service_assistant.bench_tab import engine_title
from lib.shell.service_assistant.state import USE_CASE, keep, state, widget

ASSUMED = "assumed"
BENCHES = 30  # recent runs among which the test bench's are looked for
DAYS = range(7)
WAGE = 25.0  # an assumption, said to be one


def plan_of(log: Log, folded: DeltaGenerator) -> Plan:
    """The plan as the person has set it; every choice is kept. What few change stands ``folded``."""
    kept: dict[str, Any] = state().get("queue", {})
    first = _first(log, kept)
    chosen = {**first, **{name: value for name, value in kept.items() if name in first}}
    team, arrivals, resolves = st.columns([1, 2, 3])
    with team:
        chosen["agents"] = int(
            st.number_input(
                _("Agents on duty"), 1, 500, int(chosen["agents"]), help=_("At any moment of the opening hours"),
                key=widget("queue_agents"),
            )
        )  # fmt: skip
    with arrivals:
        labels = {False: _("Average week, at random"), True: _("The busiest week, replayed")}
        chosen["replay"] = bool(
            st.selectbox(
                _("Week simulated"), list(labels), index=int(bool(chosen["replay"])),
                format_func=lambda one: labels[bool(one)], key=widget("queue_replay"),
            )
        )  # fmt: skip
    with resolves:
        shares, cost = _assistant(chosen)
    with folded, st.expander(_("Opening hours, promises and money"), icon=":material/tune:"):
        _hours(chosen)
        _promises(log, chosen)
        _service(chosen)
        _money(chosen, cost)
    if chosen != kept:
        keep(queue=chosen)
    return _made(log, chosen, shares)


def _first(log: Log, kept: dict[str, Any]) -> dict[str, Any]:
    """What stands in the fields of somebody who has set nothing yet."""
    opens, closes, days = first_hours(log)
    promises = [expected(channel) for channel in log.channels]
    plan = Plan(1, tuple(promises), opens, closes, days)
    return {
        "agents": first_team(log, plan),
        "replay": False,
        "opens": opens,
        "closes": closes,
        "days": list(days),
        "promises": {},
        "live": {},
        "target": 80,
        "patience": 0.0,
        "must": 5,
        "assistant": 2.0,
        "comes_back": 60.0,
        "saved": 0,
        "source": "",
        "resolved": 50,
        "wrong": 10,
        "wage": WAGE,
        "wage_source": "",
        "off": 30,
        "engine_cost": None,
    }


def _made(log: Log, chosen: dict[str, Any], shares: Shares) -> Plan:
    promises = []
    for channel in log.channels:
        usual = expected(channel)
        minutes = float(chosen["promises"].get(channel, usual.seconds / MINUTE))
        promises.append(Promise(channel, minutes * MINUTE, bool(chosen["live"].get(channel, usual.live))))
    return Plan(
        agents=int(chosen["agents"]),
        promises=tuple(promises),
        opens=int(chosen["opens"]),
        closes=int(chosen["closes"]),
        days=tuple(int(day) for day in chosen["days"]),
        target=chosen["target"] / 100,
        patience=float(chosen["patience"]) * MINUTE,
        replay=bool(chosen["replay"]),
        shares=shares,
        must=chosen["must"] / 100,
        assistant_seconds=float(chosen["assistant"]) * MINUTE,
        comes_back=float(chosen["comes_back"]) * MINUTE,
        saved=chosen["saved"] / 100,
        wage=float(chosen["wage"]),
        wage_source=str(chosen["wage_source"]),
        currency=currency(),
        off=chosen["off"] / 100,
        engine_cost=float(chosen["engine_cost"] or 0.0),
    )


def currency() -> str:
    """The workspace's."""
    return str(next((one["currency"] for one in session.workspaces() if one["id"] == session.workspace()), "EUR"))


def benches() -> dict[str, dict[str, Any]]:
    """The person's finished test benches on the half to report, by run, newest first; one of each engine."""
    with connect() as database:
        runs = recent(database, session.actor(), BENCHES, USE_CASE, "comparison", mine=True, status="done")
    found: dict[str, dict[str, Any]] = {}
    for run in runs:
        inputs = run["inputs"]
        engines = {one["inputs"]["engine"] for one in found.values()}
        if run["method"] == BENCH_METHOD and inputs["half"] == "report" and inputs["engine"] not in engines:
            found[run["id"]] = run
    return found


def _assistant(chosen: dict[str, Any]) -> tuple[Shares, float | None]:
    """What the assistant resolves, and what one conversation cost where the test bench knows."""
    known = benches()
    options = list(known)
    if BUILT_IN not in {one["inputs"]["engine"] for one in known.values()}:
        options.append(MEASURE)
    options.append(ASSUMED)
    source = chosen["source"] if chosen["source"] in options else options[0]
    source = str(
        st.selectbox(
            _("What the assistant resolves"), options, index=options.index(source),
            format_func=lambda one: _source_title(one, known), key=widget("queue_source"),
        )
    )  # fmt: skip
    chosen["source"] = source
    if source == ASSUMED:
        return _assumed(chosen), None
    if source == MEASURE:
        return Shares(source=MEASURE), 0.0
    output = known[source]["output"]
    return shares_of(output["rows"], source), output.get("cost", {}).get("each")


def _source_title(one: str, known: dict[str, dict[str, Any]]) -> str:
    if one == MEASURE:
        return _("Measured now: the built-in engine, half to report")
    if one == ASSUMED:
        return _("An assumption of yours")
    run = known[one]
    when = date_time(dt.datetime.fromisoformat(run["finished_at"]).astimezone())
    shares = shares_of(run["output"]["rows"], one)
    return _(
        "Test bench, {engine}, {when}: {share} resolved",
        engine=engine_title(run["inputs"]["engine"]),
        when=when,
        share=percent(shares.resolved),
    )


def _assumed(chosen: dict[str, Any]) -> Shares:
    st.caption(_("These two shares are an assumption: no interval stands behind them."))
    one, two = st.columns(2)
    with one:
        chosen["resolved"] = int(
            st.slider(
                _("Resolved rightly by the assistant (%)"), 0, 100, int(chosen["resolved"]),
                key=widget("queue_resolved"),
            )
        )  # fmt: skip
    with two:
        chosen["wrong"] = int(
            st.slider(
                _("Answered wrongly, comes back (%)"), 0, 100, int(chosen["wrong"]), key=widget("queue_wrong")
            )
        )  # fmt: skip
    return Shares(chosen["resolved"] / 100, chosen["wrong"] / 100)


def _hours(chosen: dict[str, Any]) -> None:
    one, two = st.columns(2)
    names = day_names()
    with one:
        opens, closes = st.select_slider(
            _("Opening hours of the team"), list(range(49)), (int(chosen["opens"]), int(chosen["closes"])),
            format_func=time_of, key=widget("queue_hours"),
        )  # fmt: skip
        chosen["opens"], chosen["closes"] = int(opens), int(closes)
    with two:
        chosen["days"] = sorted(
            st.pills(
                _("Days"), list(DAYS), selection_mode="multi", default=list(chosen["days"]),
                format_func=lambda day: names[day], key=widget("queue_days"), wrap=True,
            )
        )  # fmt: skip


def day_names() -> list[str]:
    """Monday first, in the reader's language."""
    from babel.dates import get_day_names

    names = get_day_names("wide", "stand-alone", session.language())
    return [names[day][:1].upper() + names[day][1:] for day in DAYS]


def _promises(log: Log, chosen: dict[str, Any]) -> None:
    st.caption(
        _(
            "What clients are promised, an assumption to be changed. The shortest promise is served first. The clock "
            "runs in opening hours only."
        )
    )
    promises, live = dict(chosen["promises"]), dict(chosen["live"])
    for channel, column in zip(log.channels, st.columns(len(log.channels)), strict=True):
        usual = expected(channel)
        with column:
            promises[channel] = st.number_input(
                _("{channel}: within minutes", channel=channel_title(channel)), 0.5, 2_880.0,
                float(promises.get(channel, usual.seconds / MINUTE)), format="%g",
                key=widget(f"queue_promise_{channel}"),
            )  # fmt: skip
            live[channel] = st.checkbox(
                _("waits in front of the screen"), bool(live.get(channel, usual.live)),
                key=widget(f"queue_live_{channel}"),
            )  # fmt: skip
    chosen["promises"], chosen["live"] = promises, live


def _service(chosen: dict[str, Any]) -> None:
    fields = (
        ("target", _("To be answered as promised (%)"), 50, 99, 1),
        ("must", _("Always goes to a person (%)"), 0, 100, 1),
        ("patience", _("Patience in front of the screen (minutes, 0: nobody leaves)"), 0.0, 120.0, 0.5),
        ("assistant", _("A conversation with the assistant (minutes)"), 0.0, 60.0, 0.5),
        ("comes_back", _("Comes back after a wrong answer (minutes)"), 0.0, 10_080.0, 10.0),
        ("saved", _("Handling time saved by a hand-over’s summary (%)"), 0, 90, 5),
    )
    columns = st.columns(2)
    for place, (name, label, low, high, step) in enumerate(fields):
        with columns[place % 2]:
            chosen[name] = st.number_input(
                label, low, high, type(low)(chosen[name]), step, "%g" if isinstance(low, float) else "%d",
                key=widget(f"queue_{name}"),
            )  # fmt: skip
    st.caption(
        _(
            "Safety, anger, legal threats and high value go to a person at once. Where the test bench saw that missed, "
            "as often it counts as a wrong answer here."
        )
    )


def _money(chosen: dict[str, Any], cost: float | None) -> None:
    one, two = st.columns(2)
    with one:
        chosen["wage"] = st.number_input(
            _("A paid hour with charges ({currency})", currency=currency()), 0.0, 500.0, float(chosen["wage"]), 1.0,
            format="%g", key=widget("queue_wage"),
        )  # fmt: skip
        chosen["off"] = st.number_input(
            _("Breaks, training and leave (% of paid time)"), 0, 80, int(chosen["off"]), 5, key=widget("queue_off")
        )
    with two:
        chosen["wage_source"] = st.text_input(
            _("Where the wage comes from, with its date"), str(chosen["wage_source"]), max_chars=120,
            placeholder=_("payroll, 2026"), key=widget("queue_wage_source"),
        )  # fmt: skip
        known = cost if chosen["engine_cost"] is None else chosen["engine_cost"]
        price = st.number_input(
            _("The engine’s price of a conversation ({currency})", currency=currency()), 0.0, 50.0,
            float(known or 0.0), 0.001, format="%g", key=widget(f"queue_engine_{chosen['source']}"),
        )  # fmt: skip
        chosen["engine_cost"] = price if price != cost else None
    if not chosen["wage_source"]:
        st.caption(_("This wage is an assumption of the page, no survey: put in your own and where it comes from."))
