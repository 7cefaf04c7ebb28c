"""What finds passages of one's own documents by their meaning: the model on this machine, or a connected engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from lib.access import Right
from lib.commerce.service_assistant.knowledge import OWN_COLLECTION, Place
from lib.commerce.service_assistant.rereading import cost_of, others, read_again
from lib.engines.registry import RUNS_NAMES, EngineInfo
from lib.i18n import _, amount, ngettext, translate
from lib.shell import errors, session, work
from lib.shell.service_assistant.state import USE_CASE, keep, recall, state
from lib.shell.service_assistant.state import widget as widget_key
from lib.shell.text import plain
from lib.tasks import Context
from lib.tasks.embedding import EmbeddingCost, EngineEmbedder, embedding_cost, embedding_engines
from lib.tasks.record import said_of

HERE: Final = "here"
CHOICE: Final = "meaning"  # under what name the page remembers it
TROUBLE: Final = "meaning_failed"
HUNDRED_PAGES: Final = ("x" * 2_000,) * 150  # as many characters as a hundred pages hold
WORK: Final = "service_read_again"


def own_place() -> Place:
    """The person's own documents, with what finds them by meaning; an engine that is there no more is not asked."""
    place = Place(session.actor(), OWN_COLLECTION)
    name = str(state().get(CHOICE, HERE))
    if name not in {engine.name for engine in embedding_engines()}:
        return place
    context = Context(session.actor(), language=session.language(), use_case=USE_CASE)
    return replace(place, meaning=EngineEmbedder(name, context))


def choose() -> None:
    """The choice, where there is one, and the documents that wait for being read again."""
    engines = {engine.name: engine for engine in embedding_engines()}
    if engines and session.actor().may(Right.RUN):
        key = recall(CHOICE, HERE, (HERE, *engines))
        st.selectbox(
            _("What finds passages by meaning"),
            (HERE, *engines),
            format_func=lambda name: _title(engines.get(name)),
            key=key,
            on_change=lambda: keep(**{CHOICE: st.session_state[key], TROUBLE: {}}),
            help=_(
                "The search by words always runs beside it, on this machine. An engine gets the text of the documents "
                "when they are read, and the client’s questions."
            ),
        )
        if st.session_state[key] != HERE:
            with errors.shown():
                st.caption(plain(_priced(embedding_cost(st.session_state[key], HUNDRED_PAGES))))
    _waiting(own_place())


def _priced(cost: EmbeddingCost) -> str:
    if cost.most is None:
        return _("No price is known for it: give price_input and price_output in secrets.toml.")
    if not cost.most:
        return _("Reading documents and comparing questions costs nothing.")
    return _(
        "Reading 100 pages costs {cost} at most, a question next to nothing. Each is a run, held against the budget.",
        cost=amount(cost.most, cost.currency),
    )


def _title(engine: EngineInfo | None) -> str:
    if engine is None:
        return _("The model on this machine, free")
    return _("{engine}, {where}", engine=engine.title, where=translate(RUNS_NAMES[engine.runs]))


def _waiting(place: Place) -> None:
    """Which documents the search by meaning can't see, and a button that reads them again, its cost said before."""
    ended = work.watch(WORK)
    if ended:
        st.success(
            ngettext("{n} document was read again", "{n} documents were read again", ended), icon=":material/check:"
        )
    waiting = others(place)
    if not waiting or work.running(WORK):
        return
    st.warning(
        plain(
            ngettext(
                "The meaning of {n} document was worked out by another model, and the two can’t be compared. Until it "
                "is read again, the search finds it by its words.",
                "The meaning of {n} documents was worked out by another model, and the two can’t be compared. Until "
                "they are read again, the search finds them by their words.",
                len(waiting),
            )
        ),
        icon=":material/info:",
    )
    if not session.actor().may(Right.RUN):
        return
    with errors.shown():
        cost = cost_of(place)
        if st.button(
            plain(_label(cost, place.meaning is None)), icon=":material/refresh:", key=widget_key("read_again")
        ):
            work.start(WORK, _read_again, place)
            st.rerun()


def _label(cost: EmbeddingCost, here: bool) -> str:
    if here or cost.most == 0:
        return _("Read again, at no cost")
    if cost.most is None:
        return _("Read again, price unknown")
    return _("Read again, {cost} at most", cost=amount(cost.most, cost.currency))


def _read_again(task: work.Work, place: Place) -> int:
    return read_again(place, lambda share: task.progress(share, _("Reading the documents again")), task.stop.is_set)


def remember_trouble(place: Place, conversation: str) -> None:
    """Keep why an engine didn't compare meanings for the last question; a later one that works takes it back."""
    failure = place.meaning.failure if place.meaning else None
    keep(**{TROUBLE: {**said_of(failure), "conversation": conversation} if failure else {}})


def tell_trouble(conversation: str) -> None:
    """Say under a conversation that its last answer was found by words, and why."""
    said = state().get(TROUBLE) or {}
    if said.get("conversation") != conversation:
        return
    message = said["message"]
    reason = translate(message, None, **said["values"])
    told = _("The passages of this answer were found by their words, as their meaning could not be compared.")
    st.warning(plain(f"{told} {reason}"), icon=":material/warning:")
