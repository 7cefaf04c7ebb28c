"""The queue simulation: the house's arrivals, what is assumed, and what the assistant is worth in time and money."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.commerce.service_assistant.queueing import exports, telling
from lib.commerce.service_assistant.queueing.columns import ARRIVAL_COLUMNS, HalfHour, arrivals_from
from lib.commerce.service_assistant.queueing.jobs import ARRIVALS, DEMO, MEASURE, SIMULATE
from lib.commerce.service_assistant.queueing.log import DAY, Log, read_log
from lib.commerce.service_assistant.queueing.plan import Plan
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT
from lib.database import connect
from lib.database.runs import get_run
from lib.i18n import N_, _, date, list_of, ngettext, number, translate
from lib.shell import background, charts, errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.service_assistant import queue_form, queue_pictures
from lib.shell.service_assistant.state import keep, state, widget
from lib.shell.text import plain
from lib.shell.upload_slot import UploadResult
from lib.shell.uploads import upload_table

TITLE = N_("Queue simulation of the service assistant")


def show(case: UseCase) -> None:
    """Arrivals, what is assumed, the run, and what it came to."""
    section(
        _("Queue simulation"),
        _("From your own arrivals: what the assistant changes in waiting, agents needed and cost, errors included."),
    )
    asked_here, folded = st.container(), st.container()
    with folded:
        settings = st.container()
        arrivals = _arrivals(case)
    if not arrivals.ready:
        asked_here.info(
            _("Choose the demo house’s arrivals, or upload yours, to begin."), icon=":material/arrow_downward:"
        )
        return
    with asked_here:
        log = read_log(arrivals.items)
        html.draw(element("p", _about(log), class_="toile-source"))
        plan = queue_form.plan_of(log, settings)
        arguments = {"data": arrivals.data_set or DEMO, "plan": plan.as_json()}
        job = background.last(SIMULATE, arguments)
        if job is not None and not job.ended:
            background.watch(job.id)
            return
        _run(case, plan, arguments, job is not None)
    if job is not None and (reason := background.why(job)) is not None:
        errors.show(reason)
        return
    _last(job.run if job else None)


def _arrivals(case: UseCase) -> UploadResult[HalfHour]:
    """The log of arrivals, folded: the page opens with its brief and its button."""
    with st.expander(_("Data: arrivals by channel"), icon=":material/table_rows:"):
        return upload_table("queue", case.slug, "arrivals", ARRIVAL_COLUMNS, ARRIVALS, arrivals_from, _("Arrivals"))


def _run(case: UseCase, plan: Plan, arguments: dict[str, Any], again: bool) -> None:
    """The button, with what it does first beside it."""
    if not session.actor().may(Right.RUN):
        return
    label = _("Simulate the queue again") if again else _("Simulate the queue")
    with st.container(horizontal=True, vertical_alignment="center", key="queue_run"):
        if st.button(label, type="primary", icon=":material/hourglass_top:", key=widget("queue_go")):
            background.begin(
                case, SIMULATE, TITLE, arguments, data_set=None if arguments["data"] == DEMO else arguments["data"]
            )
            keep(queue_ran=arguments)
            st.rerun()
        if plan.shares.source == MEASURE and not again:
            st.caption(
                _(
                    "First the built-in engine answers the labelled conversations of the half to report: one to three "
                    "minutes more, the first time."
                )
            )


def _about(log: Log) -> str:
    """What the log holds, and what of it isn't used."""
    told = _(
        "{n} contacts from {first} to {last} ({channels})",
        n=number(log.contacts),
        first=date(log.first, "medium"),
        last=date(log.last, "medium"),
        channels=list_of([telling.channel_title(one) for one in log.channels]),
    )
    if log.set_aside:
        told += " · " + ngettext(
            "{n} entry is set aside ({days}): the counter stood still and then wrote all at once",
            "{n} entries are set aside ({days}): the counter stood still and then wrote all at once",
            len(log.set_aside),
            days=list_of(sorted({date(one.day, "medium") for one in log.set_aside})),
        )
    return told


def _last(run: str | None) -> None:
    """The simulation of just this plan, else the person's last one, said to be of an earlier plan."""
    if run is None:
        before = state().get("queue_ran")
        job = background.last(SIMULATE, before) if before else None
        if job is None or not job.run:
            return
        run = job.run
        st.caption(_("What you see below was simulated before you changed the data or the settings."))
    with connect() as database:
        found = get_run(database, session.actor(), run)
    _result(found["output"], run)


def _result(found: dict[str, Any], run: str) -> None:
    plan = Plan.from_json(found["plan"])
    section(telling.headline(found))
    for sentence in telling.unstable(found):
        st.warning(plain(sentence), icon=":material/warning:")
    channel = _channel(found)
    day = _needed(found, channel)
    for sentence in telling.costlier(found):
        st.markdown(plain(sentence))
    if any(one["stable"] for one in found["scenarios"].values()):
        left, right = st.columns(2, gap="large")
        with left:
            charts.draw(telling.promises(found, plan))
        with right:
            charts.draw(telling.lost(found))
    if plan.wage:
        charts.draw(telling.cost(found, plan))
    else:
        st.caption(_("Give the price of a paid hour above to see what this costs a month."))
    if found["scenarios"][WITH]["stable"] or found["scenarios"][WITHOUT]["stable"]:
        with st.expander(_("All measures")):
            html.draw(html.table(_table(found)))
    section(_("Is the simulation right?"))
    charts.draw(telling.check(found))
    _take_away(found, plan, run, channel, day)


def _channel(found: dict[str, Any]) -> str:
    """The channel that is drawn: at first the one with the most contacts."""
    average = found["log"]["average"]
    options = sorted(average, key=lambda one: -float(average[one]))
    kept = state().get("queue_channel")
    chosen = str(
        st.selectbox(
            _("Channel"), options, index=options.index(kept) if kept in options else 0,
            format_func=telling.channel_title, key=widget("queue_channel"),
        )
    )  # fmt: skip
    if chosen != kept:
        keep(queue_channel=chosen)
    return chosen


def _needed(found: dict[str, Any], channel: str) -> int:
    """Waiting by hour beside the agents of the day that takes most."""
    rosters = found["needed"]
    days = [sum(rosters[WITHOUT]["roster"][day * DAY : (day + 1) * DAY]) for day in range(7)]
    day = max(range(7), key=days.__getitem__)
    most = [max(rosters[name]["roster"][day * DAY : (day + 1) * DAY]) for name in (WITH, WITHOUT)]
    title = _(
        "{day}, the fullest day: at most {ours} agents at once with the assistant, {theirs} without it",
        day=queue_form.day_names()[day],
        ours=most[0],
        theirs=most[1],
    )
    left, right = st.columns(2, gap="large")
    if any(one["stable"] for one in found["scenarios"].values()):
        with left:
            queue_pictures.waiting(found, channel)
    with right:
        queue_pictures.agents(found, day, title)
    return day


def _table(found: dict[str, Any]) -> pd.DataFrame:
    rows = [
        {
            _("Channel"): telling.channel_title(channel),
            _("Measure"): title,
            **{translate(telling.SCENARIOS[name]): cells.get(name, "–") for name in (WITHOUT, WITH)},
        }
        for channel, title, cells in telling.table(found)
    ]
    return pd.DataFrame(rows)


def _take_away(found: dict[str, Any], plan: Plan, run: str, channel: str, day: int) -> None:
    names = queue_form.day_names()
    downloads(
        [
            Export("PDF", "service-queue.pdf", partial(exports.pdf, found, plan, channel, day, names[day]),
                   "application/pdf", run),
            Export("XLSX", "service-queue.xlsx", partial(exports.workbook, found, plan, names), XLSX, run),
        ],
        key=f"queue_{run}",
    )  # fmt: skip
