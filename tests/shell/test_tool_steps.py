"""Tools as a person sees them, and the question that lets a run go on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.runs import get_run
from lib.database.tool_calls import calls_of
from lib.i18n import use_language
from lib.settings import ROOT
from lib.shell.tool_steps import LONGEST_RESULT, STATES, arguments_said, result_said, steps
from lib.tasks.model import ToolResult
from tests.tasks.test_tools import cancel_order, ordered, stock_of

PAGE = ROOT / "tests" / "shell" / "tools_page.py"


def opened(actor: Actor, run: str = "") -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    if run:
        app.query_params["run"] = run
    app.run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.text, app.caption, app.error)
    return "\n".join(str(block.value) for kind in kinds for block in kind if "<style" not in str(block.value))


def begun(actor: Actor) -> tuple[AppTest, str]:
    """A page whose run waits, and the run."""
    ordered.clear()
    app = opened(actor)
    app.button(key="begin").click().run()
    assert not app.exception, app.exception
    asked = app.query_params["run"]
    return app, asked if isinstance(asked, str) else asked[0]


def answer(app: AppTest, word: str) -> AppTest:
    next(button for button in app.button if button.key and button.key.startswith(word)).click().run()
    assert not app.exception, app.exception
    return app


def test_a_used_call_is_shown_with_its_arguments_and_its_result() -> None:
    told = ToolResult("stock_of", '{"sku": "C-1"}', "done", '{"result": {"sku": "C-1", "pieces": 3}}')
    said = str(steps([told], (stock_of,)))
    assert "Stock of" in said and "article: C-1" in said and "pieces: 3" in said and "was used" in said
    with use_language("fr"):
        assert "utilisé" in str(steps([told], (stock_of,)))


def test_a_tools_title_is_in_the_readers_language() -> None:
    titled = replace(cancel_order, title="Cost")
    with use_language("fr"):
        assert "Coût" in str(steps([ToolResult("cancel_order", "{}", "denied", "")], (titled,)))


@pytest.mark.parametrize("status", STATES)
def test_every_state_has_its_sign_and_its_word(status: str) -> None:
    told = ToolResult("stock_of", "{}", status, "")
    with use_language("fr"):
        french = str(steps([told], ()))
    assert french != str(steps([told], ())) and 'data-sign=""' not in french


def test_what_a_tool_or_an_engine_wrote_is_never_markup() -> None:
    bad = "<img src=x onerror=alert(1)>"
    said = str(steps([ToolResult(bad, json.dumps({bad: bad}), "done", json.dumps({"result": bad}))], ()))
    assert "<img" not in said and said.count("&lt;img") == 4


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=20))
def test_any_result_is_said_briefly(value: Any) -> None:
    assert len(result_said(json.dumps({"result": value}))) <= LONGEST_RESULT
    assert isinstance(arguments_said(json.dumps({"value": value})), str)


@given(st.text())
def test_what_is_no_json_is_said_as_it_stands(text: str) -> None:
    assert len(result_said(text)) <= LONGEST_RESULT and isinstance(arguments_said(text), str)


def test_a_question_is_there_after_a_reload_and_allowing_it_goes_on(actor: Actor) -> None:
    app, run = begun(actor)
    assert "May this be done" in shown(app) and "article: C\\-1" in shown(app).replace("C-1", "C\\-1") and ordered == []
    again = opened(actor, run)  # a reload, or another browser
    assert "May this be done" in shown(again)
    answer(again, "allow_")
    assert ordered == [("C-1", 0)] and "done: " in shown(again) and "cancelled" in shown(again)
    with connect() as database:
        assert get_run(database, actor, run)["status"] == "done"
        assert [call.status for call in calls_of(database, actor, run)] == ["done", "done"]


def test_refusing_it_goes_on_without_it(actor: Actor) -> None:
    app, run = begun(actor)
    answer(app, "refuse_")
    assert ordered == [] and "done: " in shown(app)
    with connect() as database:
        assert [call.status for call in calls_of(database, actor, run)] == ["done", "denied"]


def test_an_answer_that_comes_second_is_told(actor: Actor) -> None:
    first, run = begun(actor)
    second = opened(actor, run)
    answer(first, "allow_")
    answer(second, "refuse_")  # the question stood there when somebody else was faster
    assert ordered == [("C-1", 0)]
    with connect() as database:
        assert get_run(database, actor, run)["status"] == "done"


def test_who_may_not_run_is_asked_nothing(actor: Actor) -> None:
    _app, run = begun(actor)
    with connect() as database:
        person, _token = create_person(database, "Lou")
        reader = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.REVIEWER)))
    app = opened(reader, run)
    assert "has to answer" in shown(app)
    assert not [button for button in app.button if button.key and button.key.startswith("allow_")]


def test_another_workspaces_question_is_not_there(actor: Actor, stranger: Actor) -> None:
    _app, run = begun(actor)
    app = opened(stranger, run)
    assert "no such run" in shown(app).lower() and "May this be done" not in shown(app)


@pytest.mark.parametrize(
    ("language", "words", "none"),
    [
        ("en", ("Order S-1042", "line 1", "reason: too small", "number R12AB"), ("order_id", "order id", "started")),
        ("fr", ("Commande S-1042", "taille 38", "numéro R12AB"), ("order", "reason", "too small", "started")),
    ],
)
def test_what_the_client_service_asks_to_do_is_said_in_words(
    language: str, words: tuple[str, ...], none: tuple[str, ...]
) -> None:
    given = json.dumps({"order_id": "S-1042", "line": 1, "reason": "too small"})
    found = json.dumps({"result": {"started": True, "return_id": "R12AB", "piece": "Robe Alba", "size": "38"}})
    with use_language(language):
        said = str(steps([ToolResult("start_return", given, "done", found)], ()))
    assert all(word in said for word in words), said
    assert not any(word in said for word in none), said


def test_other_tools_keys_are_words_of_the_readers_language() -> None:
    with use_language("fr"):
        said = arguments_said(json.dumps({"idea": "A", "other_attribute": "sleeve"}))
    assert said == "idée\u00a0: A · second attribut\u00a0: sleeve"
