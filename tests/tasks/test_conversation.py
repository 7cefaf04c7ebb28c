"""Dialogues: turn by turn, kept, and taken up again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.conversations import conversations, turns
from lib.errors import AnswerCut, NotAllowed, NotFound
from lib.tasks import Context
from lib.tasks.conversation import Conversation
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer
from tests.tasks.greeting import GOOD, GREET, Greet


@pytest.fixture
def context(actor: Actor) -> Context:
    return Context(actor=actor, language="fr", use_case="greeting")


def test_a_dialogue_is_taken_up_where_it_was_left(context: Context) -> None:
    talk = Conversation.start(GREET, context)
    first, second = talk.turn(Greet(name="Ada")), talk.turn(Greet(name="Bo"))
    again = Conversation.resume(talk.id, GREET, replace(context, language="en"))
    assert [turn.run for turn in again.history] == [first.id, second.id]
    assert again.history == talk.history
    third = again.turn(Greet(name="Cy"))
    assert third.output is not None and third.output.lines[0].text == "Bonjour Cy (2)"
    with connect() as database:
        rows = turns(database, context.actor, talk.id)
        assert [row["id"] for row in rows] == [first.id, second.id, third.id]
        assert [row["parent_id"] for row in rows] == [None, first.id, second.id]
        assert [row["turns"] for row in conversations(database, context.actor, "greet")] == [3]


def test_a_model_is_told_what_was_said(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(GOOD.model_dump_json())) as server:
        configure(tmp_path, server.url)
        talk = Conversation.start(GREET, context, "loop")
        talk.turn(Greet(name="Ada"))
        talk.turn(Greet(name="Bo"))
    said = [(message["role"], message["content"]) for message in server.calls[1].body["messages"]]
    assert said == [
        ("system", "You write greetings in French."),
        ("user", "Greet Ada."),
        ("assistant", GOOD.model_dump_json()),
        ("user", "Greet Bo.\nEarlier: Ada"),
    ]


def test_a_turn_that_fails_is_not_part_of_the_dialogue(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.clean_cut('{"tone"'), s.answer(GOOD.model_dump_json())) as server:
        configure(tmp_path, server.url)
        talk = Conversation.start(GREET, context, "loop")
        with pytest.raises(AnswerCut):
            talk.turn(Greet(name="Ada"))
        run = talk.turn(Greet(name="Ada"))
    assert [turn.run for turn in Conversation.resume(talk.id, GREET, context).history] == [run.id]


def test_a_dialogue_belongs_to_its_workspace_and_its_task(context: Context, stranger: Actor) -> None:
    talk = Conversation.start(GREET, context)
    with pytest.raises(NotFound):
        Conversation.resume(talk.id, GREET, replace(context, actor=stranger))
    with pytest.raises(NotFound):
        Conversation.resume(talk.id, replace(GREET, name="other"), context)
    with pytest.raises(NotAllowed):
        Conversation.start(GREET, replace(context, actor=replace(context.actor, role=Role.REVIEWER)))
