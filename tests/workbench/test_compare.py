"""The page through Streamlit's script runner, in both languages, on the built-in engine alone."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.database import connect
from lib.database.ballots import vote
from lib.settings import ROOT
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

PAGE = "pages/workbench/compare.py"
WAIT_SECONDS = 60
WORDS = {
    "en": {"left": "Text A", "none": "No clear", "result": "Quality, cost and time", "close": "Close it now"},
    "fr": {"left": "Texte A", "none": "Aucun camp", "result": "Qualité, coût et temps", "close": "Clore maintenant"},
}


def opened(language: str, actor: Actor | None = None, comparison: str = "") -> AppTest:
    """The page as a visitor of the demo house, or as ``actor``, sees it."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    if actor is not None:
        app.session_state["person"], app.session_state["token"] = actor.person, ""
        app.session_state["workspace"] = actor.workspace
    app.run()
    app.switch_page(PAGE)
    if comparison:
        app.query_params["comparison"] = comparison
    app.run()
    assert not app.exception, app.exception
    return app


def html_of(app: AppTest) -> str:
    return "".join(block.value for block in app.get("html") if "<style" not in block.value)


def voting(app: AppTest) -> AppTest:
    """Press the button and wait until the ballot is there."""
    app.button(key="compare_make").click().run()
    until = time.monotonic() + WAIT_SECONDS
    while "toile-ballot" not in html_of(app) and time.monotonic() < until:
        assert not app.exception, app.exception
        assert not app.error, [box.value for box in app.error]
        time.sleep(0.2)
        app.run()
    assert "toile-ballot" in html_of(app)
    return app


def comparison_of(app: AppTest) -> str:
    """The id in the page's address, which is that of the one comparison there is."""
    asked = app.query_params["comparison"]
    identifier = asked if isinstance(asked, str) else asked[0]
    assert rows("select id from comparisons") == [{"id": identifier}]
    return identifier


def rows(query: str) -> list[dict]:
    with connect() as database:
        return list(database.query(query))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_form_to_the_result(language):
    app = voting(opened(language))
    identifier = comparison_of(app)
    shown = html_of(app)
    assert WORDS[language]["left"] in shown
    for secret in ("toile-engine", "Built-in", "Moteur intégré", "Warm", "haleureuse", "EUR"):
        assert secret not in shown
    assert rows("select language, blind, raters, status from comparisons") == [
        {"language": language, "blind": 1, "raters": 1, "status": "voting"}
    ]
    person = rows("select person_id from comparisons")[0]["person_id"]
    for _turn in range(6):
        assert WORDS[language]["result"] not in html_of(app)
        next(group for group in app.button_group if group.key and group.key.startswith("choice_")).set_value("0")
        next(button for button in app.button if button.key and "FormSubmitter" in button.key).click().run()
        assert not app.exception, app.exception
    assert len(rows("select * from votes")) == 6
    assert rows("select distinct person_id from votes") == [{"person_id": person}]
    shown = html_of(app)
    assert WORDS[language]["result"] in shown and "toile-engine" in shown
    assert {button.label for button in app.get("download_button")} >= {"XLSX", "JSON"}
    assert rows("select status from comparisons where id = '" + identifier + "'") == [{"status": "closed"}]


def test_a_vote_without_a_choice_is_not_recorded():
    app = voting(opened("en"))
    next(button for button in app.button if button.key and "FormSubmitter" in button.key).click().run()
    assert [box.value for box in app.warning] and rows("select * from votes") == []


def test_the_maker_may_close_and_the_result_says_that_nobody_voted(actor):
    app = voting(opened("en", actor))
    next(button for button in app.button if button.label == "Close it now").click().run()
    assert not app.exception, app.exception
    assert "Nobody voted" in html_of(app)


def test_a_link_of_another_workspace_leads_nowhere(actor, stranger):
    app = voting(opened("en", actor))
    identifier = comparison_of(app)
    other = opened("en", stranger, identifier)
    assert ["no such comparison" in box.value for box in other.error] == [True]
    assert "toile-ballot" not in html_of(other)


def test_a_refresh_finds_the_vote_where_it_was(actor):
    app = voting(opened("en", actor))
    identifier = comparison_of(app)
    with connect() as database:
        vote(database, actor, identifier, 0, 1, "Because <b>it is</b>")
    again = opened("en", actor, identifier)
    assert "Input 2 of 6" in html_of(again)
    app = opened("en", actor)
    assert "Waiting for your vote" in html_of(app)


def test_two_equal_sides_are_refused_with_the_fix(actor):
    app = opened("en", actor)
    for name in ("compare_variant_1_describe_product", "compare_take_1"):
        box = app.selectbox(key=name)
        box.set_value(app.selectbox(key=name.replace("_1", "_0")).value)
    app.button(key="compare_make").click().run()
    assert ["Two sides are the same" in box.value for box in app.error] == [True]
    assert rows("select * from comparisons") == []


@pytest.mark.parametrize(
    ("language", "free"), [("en", "Free: the built-in engine"), ("fr", "Gratuit\u00a0: le moteur")]
)
def test_the_built_in_engine_is_said_to_be_free_before_it_writes(language, free):
    assert free in html_of(opened(language))


@pytest.mark.parametrize(
    ("language", "heads", "lacking"),
    [
        ("en", ("Tokens read", "In total", "Cost"), "does not cover"),
        ("fr", ("Jetons lus", "Au total", "Coût"), "n’y suffit pas"),
    ],
)
def test_cost_and_a_budget_that_will_not_do_stand_before_the_button(actor, tmp_path, language, heads, lacking):
    with LoopbackServer(s.answer("x")) as server:
        configure(tmp_path, server.url, title="House server", price_input=1.0, price_output=10.0, currency="EUR")
        app = opened(language, actor)
        app.selectbox(key="compare_engine_1_3").set_value("loop").run()
        shown = html_of(app)
        assert "toile-beforehand" in shown and "House server" in shown and all(head in shown for head in heads)
        assert not app.warning
        with connect() as database:
            database.execute("update workspaces set budget = 0.0001, currency = 'EUR'")
        app.run()
        assert [lacking in box.value for box in app.warning] == [True]
        assert server.calls == []
