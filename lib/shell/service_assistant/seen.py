"""Beside the conversation: what was recognised, which tools were used, which passages are cited, what a person gets."""

from __future__ import annotations

import streamlit as st

from lib.commerce.service_assistant.house import wish_title
from lib.commerce.service_assistant.instructions import without_instructions
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.own_records import house_for
from lib.commerce.service_assistant.task import ANSWER_CLIENT, Answer, ClientMessage
from lib.commerce.service_assistant.tools import told
from lib.commerce.service_assistant.writing import unmarked
from lib.database import connect
from lib.database.runs import get_run
from lib.database.tool_calls import StoredCall, calls_of
from lib.errors import ToileError
from lib.i18n import N_, _, language_name, percent, translate
from lib.shell import session
from lib.shell.exports import Export, downloads
from lib.shell.marks import engine_mark
from lib.shell.page import review, section
from lib.shell.service_assistant import tool_words
from lib.shell.text import plain
from lib.tasks import Exchange, ToolResult

OUTCOMES = {
    "answered": N_("answered"),
    "action": N_("done"),
    "asks_identity": N_("asks who is writing"),
    "handed_over": N_("handed over to a person"),
    "refused": N_("refused by the rules"),
    "says_unknown": N_("says that it doesn’t know"),
}
REASONS = {
    "anger": N_("anger"),
    "legal threat": N_("legal threat"),
    "safety": N_("safety"),
    "high value": N_("high value"),
    "asks for a person": N_("wish for a person"),
    "unknown": N_("no tool does it"),
}


def outcome(answer: Answer) -> str:
    """What became of a turn, in a few words."""
    return translate(OUTCOMES[answer.resolution])


def show(last: Exchange | None, waiting: str) -> None:
    """The last turn, opened; before the first one, what will stand here."""
    if last is None and not waiting:
        section(_("Behind the answer"))
        st.caption(
            _(
                "Once you have written, you see here what was recognised, the tools that were "
                "used and the passages cited."
            )
        )
        return
    run_id = waiting or (last.run if last else "")
    with connect() as database:
        run, calls = get_run(database, session.actor(), run_id), calls_of(database, session.actor(), run_id)
    inputs = ClientMessage.model_validate(run["inputs"])
    section(_("Behind the answer"))
    _recognised(inputs)
    _passed_on(calls)
    if last is not None and not waiting and isinstance(last.output, Answer):
        _cited(inputs, last.output)
    _notes(calls, run.get("data_set_id"))
    _used(calls)
    if run["status"] == "done":
        engine_mark(run["engine"], run["model"] or "")
        with st.expander(_("Review and take away")):
            review(run_id)
            _take(run_id)


def _recognised(inputs: ClientMessage) -> None:
    sure = percent(inputs.probability) + ("" if inputs.sure else " · " + _("unsure"))
    parts = [
        _("Language: {name}", name=language_name(inputs.language)),
        _("wish: {wish} ({sure})", wish=wish_title(inputs.intent, session.language()), sure=sure),
    ]
    if inputs.signal:
        parts.append(_("signal: {signal}", signal=translate(REASONS[inputs.signal])))
    st.markdown(plain(" · ".join(parts)))


def _notes(calls: list[StoredCall], data_set: str | None) -> None:
    """What instructs a machine in the note of an order that a tool looked at: followed by none, shown to the team."""
    numbers = {
        str(given["order_id"])
        for call in calls
        if (given := told(ToolResult(call.tool, call.arguments, call.status, call.result))).get(
            "note_held_instructions"
        )
    }
    if not numbers:
        return
    orders = house_for(session.actor(), data_set).orders
    for identifier in sorted(numbers & set(orders)):
        for sentence in dict.fromkeys(without_instructions(orders[identifier].note)[1]):
            st.warning(
                plain(
                    _(
                        "Instruction to a machine in the note of order {order}, not followed: {text}",
                        order=identifier,
                        text=sentence,
                    )
                ),
                icon=":material/block:",
            )


def _used(calls: list[StoredCall]) -> None:
    used = [call for call in calls if call.tool != "hand_over" or call.status != "done"]
    if used:
        with st.expander(_("Tools that were used"), expanded=True):
            tool_words.draw(used)


def _passed_on(calls: list[StoredCall]) -> None:
    """What the person who takes over gets."""
    for call in calls:
        if call.tool != "hand_over" or call.status != "done":
            continue
        given = told(ToolResult(call.tool, call.arguments, call.status, call.result))
        with st.container(border=True, key=f"handed_{call.id}"):
            reason = REASONS.get(str(given.get("reason", "")), "")
            st.markdown(
                plain(_("For the person who takes over: {reason}", reason=translate(reason) if reason else "–"))
            )
            st.caption(plain(str(given.get("summary", ""))))
            if given.get("tried"):
                st.caption(plain(_("Tried: {tools}", tools=given["tried"])))
            if given.get("draft"):
                with st.expander(_("Draft of an answer")):
                    st.markdown(plain(str(given["draft"])))


def _cited(inputs: ClientMessage, answer: Answer) -> None:
    """Each cited passage, opened by a click; what instructs a machine in it is shown as such."""
    known = {one.id: one for one in (*inputs.sections, *inputs.procedure, *inputs.limits)}
    cited = [known[identifier] for identifier in answer.cites if identifier in known]
    if not cited:
        st.caption(_("No passage is cited."))
    for number, one in enumerate(cited, start=1):
        with st.expander(plain(f"[{number}] {where(one)}")):
            if one.dated:
                st.caption(plain(one.dated))
            st.markdown(plain(unmarked(one.text)))
            for sentence in one.marked:
                st.warning(
                    plain(_("Instruction to a machine in this document, not followed: {text}", text=sentence)),
                    icon=":material/block:",
                )


def where(one: Section) -> str:
    """Document, heading, page or row of a passage."""
    parts = [one.document]
    if one.heading and one.heading != one.document:
        parts.append(one.heading)
    if one.page is not None:
        parts.append(_("page {n}", n=one.page))
    if one.row is not None:
        parts.append(_("row {n}", n=one.row))
    return " · ".join(parts)


def _take(run_id: str) -> None:
    downloads(
        [Export(_("Conversation (text)"), "conversation.txt", lambda: _transcript(run_id), "text/plain", run_id)],
        key=f"take_{run_id}",
    )


def _transcript(run_id: str) -> bytes:
    """The turns up to this run, oldest first."""
    actor, lines, at = session.actor(), [], run_id
    while at:
        with connect() as database:
            try:
                run = get_run(database, actor, at)
            except ToileError:
                break
        answer = (run["output"] or {}).get("text", "")
        lines.append(
            _("Client: {text}", text=run["inputs"].get("text", "")) + "\n\n" + _("Assistant: {text}", text=answer)
        )
        at = str(run["parent_id"] or "") if run.get("task") == ANSWER_CLIENT.name else ""
    return "\n\n".join(reversed(lines)).encode("utf-8-sig")
