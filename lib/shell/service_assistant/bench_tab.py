"""The test bench: the labelled conversations on the chosen engine, as a job; its table, and each failure opened."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.commerce.service_assistant.benching import RULES
from lib.commerce.service_assistant.jobs import BENCH
from lib.commerce.service_assistant.marking import conversations
from lib.database import connect
from lib.database.runs import get_run
from lib.engines import registry
from lib.figures import Figure, Mark
from lib.files.writers import Sheet, write_xlsx
from lib.i18n import N_, _, amount, language_name, ngettext, number, percent, translate
from lib.shell import background, charts, errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.page import section
from lib.shell.service_assistant.seen import OUTCOMES
from lib.shell.service_assistant.state import keep, state, widget
from lib.shell.service_assistant.talk import CHANNEL_TITLES
from lib.shell.text import plain

TITLE = N_("Test bench of the service assistant")
COLUMNS = {
    "correct": N_("Right in all"),
    "contained": N_("Without a person"),
    "resolution": N_("Right outcome"),
    "facts": N_("Facts"),
    "tools": N_("Tools"),
    "cites": N_("Sources"),
    "tone": N_("Tone"),
    "kept_quiet": N_("Kept quiet"),
    "resisted": N_("Attacks resisted"),
}
HALVES = {"tune": N_("The half to tune on"), "report": N_("The half to report")}
SHOWN = 60  # conversations that failed
OPENING = 70  # characters of a conversation's first message that name it


def show(case: UseCase) -> None:
    """Which half on which engine; how far it is; what it came to."""
    section(
        _("Test bench"),
        _(
            "{n} labelled conversations, written before the assistant. One half is for tuning, the other reports.",
            n=len(conversations()),
        ),
    )
    kept = state()
    one, two = st.columns(2)
    with one:
        half = str(
            st.radio(
                _("Conversations"),
                list(HALVES),
                index=list(HALVES).index(kept.get("half", "tune")),
                format_func=lambda name: translate(HALVES[name]),
                key=widget("half"),
            )
        )
    engines = [session.engine_name(), *[name for name in (registry.BUILT_IN, RULES) if name != session.engine_name()]]
    with two:
        before = kept.get("bench_engine")
        engine = str(
            st.radio(
                _("Engine"),
                engines,
                index=engines.index(before) if before in engines else 0,
                format_func=engine_title,
                key=widget("bench_engine"),
            )
        )
    if (half, engine) != (kept.get("half"), before):
        keep(half=half, bench_engine=engine)
    arguments = {"engine": engine, "half": half}
    job = background.last(BENCH, arguments)
    if job is not None and not job.ended:
        background.watch(job.id)
        return
    if session.actor().may(Right.RUN):
        label = _("Run the test bench again") if job else _("Run the test bench")
        if st.button(label, type="primary", icon=":material/rule:", key=widget("bench_run")):
            background.begin(case, BENCH, TITLE, arguments)
            st.rerun()
    if job is None:
        return
    if (reason := background.why(job)) is not None:
        errors.show(reason)
    if job.run:
        with connect() as database:
            run = get_run(database, session.actor(), job.run)
        _result(run["output"], run["id"])


def engine_title(name: str) -> str:
    """An engine of the test bench as the reader knows it."""
    return _("Keyword rules, to compare with") if name == RULES else translate(registry.info(name).title)


def _result(output: dict[str, Any], run: str) -> None:
    whole = output["all"][0]
    if stopped := output.get("stopped"):
        _partial(stopped)
    _picture(whole)
    groups = [*output["all"], *output["languages"], *output["channels"]]
    html.draw(html.table(_table(groups), whole=True))
    st.caption(
        _(
            "Tone is judged by rules: length for the channel, no shouting, vous in French, greeting and signature of "
            "an e-mail. Tool errors are calls that were turned down or failed."
        )
    )
    if whole["failed"]:
        st.caption(
            ngettext(
                "{n} conversation got no answer because the engine failed; it counts as wrong",
                "{n} conversations got no answer because the engine failed; they count as wrong",
                whole["failed"],
            )
        )
    if cost := output.get("cost"):
        st.caption(_cost(cost))
    downloads([Export("XLSX", "test-bench.xlsx", lambda: _workbook(output), XLSX, run)], key=f"bench_{run}")
    failed = [row for row in output["rows"] if not row["marks"].get("correct")]
    section(_("What went wrong"), ngettext("{n} conversation", "{n} conversations", len(failed)))
    for row in failed[:SHOWN]:
        _failure(row)


def _partial(stopped: dict[str, Any]) -> None:
    """Says that, and why, only some of the conversations were answered."""
    told = _(
        "Partial result: the engine failed after {answered} of {of} conversations.",
        answered=stopped["answered"],
        of=stopped["of"],
    )
    message = stopped["message"]
    reason = translate(message, None, **stopped["values"])
    st.warning(plain(f"{told} {reason}"), icon=":material/warning:")


def _cost(cost: dict[str, Any]) -> str:
    """What the conversations cost."""
    if cost["total"] is None:
        return _("What this engine charges isn’t known: give its prices in secrets.toml.")
    if not cost["total"]:
        return _("These conversations cost nothing: {tokens} tokens", tokens=number(cost["tokens"]))
    return _(
        "Cost of these conversations: {total}, {each} each, {tokens} tokens",
        total=amount(cost["total"], cost["currency"]),
        each=amount(cost["each"], cost["currency"]),
        tokens=number(cost["tokens"]),
    )


def _picture(whole: dict[str, Any]) -> None:
    marks = tuple(
        Mark(label=translate(title), value=share["share"], low=share["low"], high=share["high"])
        for name, title in COLUMNS.items()
        if (share := whole.get(name)) is not None
    )
    title = _("{share} of {n} conversations are right in all", share=percent(whole["correct"]["share"]), n=whole["n"])
    charts.draw(
        Figure(
            title,
            marks,
            _("share of conversations"),
            source=_("95% intervals after Wilson (1927)"),
            number_format="percent",
        )
    )


def _table(groups: list[dict[str, Any]]) -> pd.DataFrame:
    rows = []
    for group in groups:
        row = {_("Group"): _group_title(group["group"]), _("Conversations"): str(group["n"])}
        row |= {translate(title): _said(group.get(name)) for name, title in COLUMNS.items()}
        row[_("Tool errors")] = str(group["tool_errors"])
        rows.append(row)
    return pd.DataFrame(rows)


def _group_title(name: str) -> str:
    if not name:
        return _("All conversations")
    return translate(CHANNEL_TITLES[name]) if name in CHANNEL_TITLES else language_name(name)


def _said(share: dict[str, Any] | None) -> str:
    if share is None:
        return "–"
    return _(
        "{share} ({low} to {high})",
        share=percent(share["share"]),
        low=percent(share["low"]),
        high=percent(share["high"]),
    )


def opening(row: dict[str, Any]) -> str:
    """A conversation by its number and its client's first words, which everybody can read as they were written."""
    said = " ".join(str(row["turns"][0]).split()) if row["turns"] else ""
    return f"{row['id']} · " + (said if len(said) <= OPENING else said[:OPENING].rsplit(" ", 1)[0] + "…")


def _failure(row: dict[str, Any]) -> None:
    expected, found = translate(OUTCOMES[row["expected"]]), translate(OUTCOMES.get(row["resolution"], "–"))
    with st.expander(plain(f"{opening(row)} · {found}")):
        if row["error"]:
            st.warning(plain(row["error"]))
        for number, text in enumerate(row["turns"]):
            st.markdown(plain(_("Client: {text}", text=text)))
            if number < len(row["answers"]):
                st.markdown(plain(_("Assistant: {text}", text=row["answers"][number])))
        st.caption(plain(_("Expected: {expected}. Found: {found}.", expected=expected, found=found)))
        missing = row["marks"].get("missing", [])
        if missing:
            st.caption(plain(_("Missing or wrong: {what}", what="; ".join(missing))))
        if row["calls"]:
            st.caption(
                plain(
                    _("Tools: {calls}", calls="; ".join(f"{call['tool']} ({call['status']})" for call in row["calls"]))
                )
            )


def _workbook(output: dict[str, Any]) -> bytes:
    columns = ("id", "language", "channel", "topic", "expected", "resolution", "intent", "expected_intent", "error")
    marks = ("correct", "resolution", "facts", "tools", "cites", "tone", "kept_quiet", "contained")
    rows = [
        [
            *(row[name] for name in columns),
            *(bool(row["marks"].get(name)) for name in marks),
            "; ".join(row["marks"].get("missing", [])),
        ]
        for row in output["rows"]
    ]
    return write_xlsx(
        [Sheet(title=_("Test bench"), columns=[*columns, *(f"right: {name}" for name in marks), "missing"], rows=rows)]
    )
