"""The conversation: what the client wrote, what was answered, and the question of a tool that asks first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.access import Right
from lib.commerce.service_assistant.channels import CHANNELS
from lib.commerce.service_assistant.dialogue import understand
from lib.commerce.service_assistant.languages import answered_in
from lib.commerce.service_assistant.own_records import house_for, records_of
from lib.commerce.service_assistant.task import ANSWER_CLIENT, Answer, ClientMessage
from lib.database import connect
from lib.database import conversations as stored
from lib.database.runs import get_run
from lib.engines.registry import info
from lib.errors import NotFound
from lib.i18n import N_, _, ngettext, translate
from lib.shell import errors, session, tool_steps
from lib.shell.page import section
from lib.shell.service_assistant import embedding_choice, requests, seen
from lib.shell.service_assistant.state import USE_CASE, keep, place, state, widget
from lib.shell.text import plain
from lib.tasks import Context, ToolAsked
from lib.tasks.conversation import Conversation

CHANNEL_TITLES = {
    "chat": N_("Chat"),
    "e-mail": N_("E-mail"),
    "text": N_("Text message"),
    "social": N_("Social message"),
}
EXAMPLES = {
    "en": (
        "From what amount is delivery in France free?",
        "Hi, want to send back the Garance trousers, too big. Order MS254427 postcode LS1 0AC",
        "My new navy suede bag rubbed off on a cream coat. Is that normal?",
        "I'll see you in small claims court.",
    ),
    "fr": (
        "La livraison en France est gratuite à partir de combien\u202f?",
        "Je voudrais rendre la jupe Lisière, trop grande. MS254687, 44000",
        "le manteau romarin en 38, il est dispo au Marais\u202f?",
        "Il y avait une aiguille dans la chaussure, je me suis piquée le pied",
    ),
}
LISTED = 20
Dialogue = Conversation[ClientMessage, Answer]


def show() -> None:
    """The transcript and the message to write, beside what was recognised, called and cited."""
    now = state()
    talk, beside = st.columns([3, 2], gap="large")
    dialogue = _resumed(now)
    with talk:
        section(
            _("Conversation"), _("You write as a client would; the assistant answers from the documents and its tools.")
        )
        channel = _channel(now)
        waiting = str(now.get("waiting", ""))
        _transcript(dialogue, waiting)
        if dialogue is not None and dialogue.history:
            embedding_choice.tell_trouble(dialogue.id)
        if waiting:
            _settle(dialogue, waiting)
        else:
            _write(dialogue, channel)
        _others(dialogue)
    with beside:
        last = dialogue.history[-1] if dialogue and dialogue.history else None
        seen.show(last, waiting)
    requests.show()


def _resumed(now: dict[str, Any]) -> Dialogue | None:
    identifier = str(now.get("conversation", ""))
    if not identifier:
        return None
    context = Context(session.actor(), language=session.language(), use_case=USE_CASE)
    try:
        return Conversation.resume(identifier, ANSWER_CLIENT, context, session.engine_name())
    except NotFound:  # taken away since: a new one begins
        keep(conversation="", waiting="")
        return None


def _channel(now: dict[str, Any]) -> str:
    chosen = st.selectbox(
        _("Channel"),
        CHANNELS,
        index=CHANNELS.index(now.get("channel", "chat")),
        format_func=lambda name: translate(CHANNEL_TITLES[name]),
        key=widget("channel"),
    )
    if chosen and chosen != now.get("channel", "chat"):
        keep(channel=chosen)
    return str(chosen or "chat")


def _transcript(dialogue: Dialogue | None, waiting: str) -> None:
    for turn in dialogue.history if dialogue else ():
        _message("user", turn.inputs)  # type: ignore[arg-type]
        answer = turn.output
        assert isinstance(answer, Answer)
        with st.chat_message("assistant", avatar=":material/support_agent:"):
            st.markdown(plain(answer.text))
            st.caption(plain(seen.outcome(answer)))
    if waiting:
        with connect() as database:
            run = get_run(database, session.actor(), waiting)
        _message("user", ClientMessage.model_validate(run["inputs"]))


def _message(role: str, inputs: ClientMessage) -> None:
    with st.chat_message(role, avatar=":material/person:"):
        text = inputs.text if len(inputs.text) <= 1_500 else inputs.text[:1_500] + "…"
        st.markdown(plain(text or "…"))
        for marked in inputs.marked:
            st.caption(plain(_("Marked, and not followed: {text}", text=marked[:300])))


def _write(dialogue: Dialogue | None, channel: str) -> None:
    if not session.actor().may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t write to the assistant."))
        return
    chosen = None
    if dialogue is None or not dialogue.history:
        st.caption(_("Try one of these"))
        with st.container(key="assistant_examples"):
            for number, example in enumerate(EXAMPLES[session.language()]):
                key = widget(f"example_{number}") if number else "run"
                if st.button(plain(example), key=key, icon=":material/chat_bubble:", type="tertiary"):
                    chosen = example
    text = st.chat_input(_("Write as the client"), key=widget("message"), max_chars=250_000)
    if text or chosen:
        with errors.shown():
            _send(dialogue, str(text or chosen), channel)


def _send(dialogue: Dialogue | None, text: str, channel: str) -> None:
    """One turn: understood, answered, written down; or waiting for an answer to a tool's question."""
    where = place()
    turns = [turn.inputs for turn in dialogue.history] if dialogue else []
    before = [str(getattr(one, "text", "")) for one in turns]
    known = str(getattr(turns[-1], "language", "")) if turns else ""
    with st.spinner(_("Answering")):
        records = records_of(session.actor())
        house = house_for(session.actor(), records)
        inputs = understand(text, channel, before, where, known, session.language(), house)  # type: ignore[arg-type]
        context = Context(session.actor(), language=_spoken(inputs.language), use_case=USE_CASE, data_set=records)
        if dialogue is None:
            dialogue = Conversation.start(ANSWER_CLIENT, context, session.engine_name())
            keep(conversation=dialogue.id)
        embedding_choice.remember_trouble(where, dialogue.id)
        dialogue.context = replace(dialogue.context, language=context.language, data_set=records)
        ended = tool_steps.follow(dialogue.stream_turn(inputs), ANSWER_CLIENT)
    if isinstance(ended, ToolAsked):
        keep(waiting=ended.run)
    st.rerun()


def _spoken(language: str) -> str:
    """The language to answer in: the client's where the engine writes it."""
    languages = info(session.engine_name()).languages
    if not languages or language in languages:
        return language
    near = answered_in(language)
    return near if near in languages else languages[0]


def _settle(dialogue: Dialogue | None, waiting: str) -> None:
    """The question of the tool that waits; once it is answered, the turn's end joins the conversation."""
    with connect() as database:
        run = get_run(database, session.actor(), waiting)
    if run["status"] != "waiting":
        keep(waiting="")
        st.rerun()
    events = _question(dialogue, waiting)
    if events is None:
        return
    if isinstance(events, ToolAsked):
        st.rerun()
    if dialogue is not None:
        with connect() as database:
            stored.add_turn(database, session.actor(), dialogue.id, waiting)
    keep(waiting="")
    st.rerun()


def _question(dialogue: Dialogue | None, waiting: str) -> Any:
    """The run's end, or its next question, where the person has answered; None while they haven't."""
    answer = tool_steps.question(ANSWER_CLIENT, waiting)
    if answer is None:
        return None
    from lib.tasks.run import resume_task

    history = tuple(dialogue.history) if dialogue else ()
    with connect() as database:
        run = get_run(database, session.actor(), waiting)
    context = Context(session.actor(), use_case=USE_CASE, history=history, data_set=run.get("data_set_id"))
    with st.spinner(_("Going on")):
        return tool_steps.follow(resume_task(ANSWER_CLIENT, waiting, context, answer), ANSWER_CLIENT)


def _others(dialogue: Dialogue | None) -> None:
    """A new conversation, and the earlier ones."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if dialogue is not None and st.button(_("New conversation"), icon=":material/add_comment:", key=widget("new")):
            keep(conversation="", waiting="")
            st.rerun()
    with connect() as database:
        earlier = stored.conversations(database, session.actor(), ANSWER_CLIENT.name, LISTED)
    rows = {row["id"]: row for row in earlier if row["turns"] and (dialogue is None or row["id"] != dialogue.id)}
    if not rows:
        return
    with st.expander(_("Earlier conversations")):
        for number, (identifier, row) in enumerate(rows.items()):
            label = _named(identifier) + " · " + ngettext("{n} message", "{n} messages", row["turns"])
            if st.button(plain(label), key=widget(f"open_{number}"), type="tertiary"):
                keep(conversation=identifier, waiting="")
                st.rerun()


def _named(identifier: str) -> str:
    with connect() as database:
        first: Iterator[dict[str, Any]] = iter(stored.turns(database, session.actor(), identifier))
    inputs = next(first, {}).get("inputs", {})
    return " ".join(str(inputs.get("text", "")).split())[:60] or "…"
