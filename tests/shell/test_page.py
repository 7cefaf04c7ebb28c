"""The parts that every use case page shares: head, review, errors, engine mark."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.catalogue import use_case
from lib.checks import CheckResult, Finding, Verdict
from lib.database import connect
from lib.database.reviews import reviews_of
from lib.database.runs import finish_run, start_run
from lib.i18n import use_language
from lib.shell import marks


def recorded(actor: Actor) -> str:
    """A finished run with one check that found something."""
    found = CheckResult("claims", (Finding("body", Verdict.WARN, "Nothing supports '{words}'", {"words": "<b>pure"}),))
    with connect() as database:
        run = start_run(
            database,
            actor,
            use_case="product_descriptions",
            kind="generation",
            method="m",
            method_version="1",
            inputs={},
        )
        finish_run(database, actor, run, output={"title": "Slip"}, status="done", seconds=0.1, checks=[found])
    return run


def reviewing(run_id: str) -> None:
    """A page with nothing but the Review block."""
    from lib.shell.reviewing import review

    review(run_id, edited_output={"title": "Slip dress"})


def opened(actor: Actor, run_id: str) -> AppTest:
    """The Review block as the actor sees it."""
    app = AppTest.from_function(reviewing, kwargs={"run_id": run_id}, default_timeout=30)
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.session_state["language"] = "en"
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(button for button in app.button if button.label == label).click().run()


def reviews(actor: Actor, run_id: str) -> list[tuple[str, int | None, str, float | None, object]]:
    """What the database holds of a run's reviews."""
    with connect() as database:
        return [
            (row["verdict"], row["rating"], row["comment"], row["minutes_saved"], row["edited_output"])
            for row in reviews_of(database, actor, run_id)
        ]


def test_an_approval_is_recorded_with_what_was_edited(actor: Actor) -> None:
    run = recorded(actor)
    app = opened(actor, run)
    app.button_group(key=f"rating_{run}").set_value(4)
    app.number_input(key=f"minutes_{run}").set_value(12)
    app.text_area(key=f"comment_{run}").set_value("Good <i>")
    press(app, "Approve")
    assert reviews(actor, run) == [("approved", 4, "Good <i>", 12.0, {"title": "Slip dress"})]
    assert "Good &lt;i&gt;" in "".join(block.value for block in app.get("html"))


def test_sending_back_needs_a_reason(actor: Actor) -> None:
    run = recorded(actor)
    app = press(opened(actor, run), "Send back")
    assert ["Say what is wrong" in error.value for error in app.error] == [True]
    assert reviews(actor, run) == []


def test_a_strangers_run_is_not_shown(actor: Actor, stranger: Actor) -> None:
    app = opened(stranger, recorded(actor))
    assert ["no such run" in error.value for error in app.error] == [True]
    assert not app.button


def test_checks_are_told_in_words_and_their_values_are_no_markup(actor: Actor) -> None:
    rows = [
        {
            "check_name": "claims",
            "verdict": "warn",
            "findings": [{"verdict": "warn", "message": "Nothing supports '{words}'", "values": {"words": "<b>pure"}}],
        }
    ]
    shown = str(marks.checks_markup(rows))
    assert "&lt;b&gt;pure" in shown and "Please check" in shown


@pytest.mark.parametrize(
    ("engine", "model", "words"),
    [
        ("built-in", "", "without a model"),
        ("ollama", "qwen3", "qwen3 through ollama"),
    ],
)
def test_the_engine_mark_names_who_wrote(engine: str, model: str, words: str) -> None:
    assert words in str(marks.engine_mark_markup(engine, model))


def head_alone() -> None:
    from lib.catalogue import use_case
    from lib.shell.page import head, how_it_works

    head(use_case("product_descriptions"))
    how_it_works(use_case("product_descriptions"))


def test_the_head_says_area_lever_and_risk() -> None:
    app = AppTest.from_function(head_alone, default_timeout=30).run()
    shown = "".join(block.value for block in app.get("html"))
    case = use_case("product_descriptions")
    assert not app.exception
    for words in (case.title, case.levers[0].kpi, "Digital commerce", "Limited risk"):
        assert words in shown


def test_what_is_planned_beside_a_use_case_is_said_last() -> None:
    app = AppTest.from_function(head_alone, default_timeout=30).run()
    blocks = [block.value for block in app.get("html")]
    assert "planned" not in blocks[0].lower()
    assert "Planned beside it" in blocks[-1]


def failing() -> None:
    from lib.errors import InputError
    from lib.i18n import set_language
    from lib.shell import errors

    set_language("fr")
    with errors.page():
        raise InputError("The workspace needs a name. Type one, then create it.")


def breaking() -> None:
    from lib.i18n import set_language
    from lib.shell import errors

    set_language("fr")
    with errors.page():
        raise KeyError("nobody thought of this")


def test_a_known_error_reads_in_the_readers_language() -> None:
    app = AppTest.from_function(failing).run()
    assert not app.exception
    assert len(app.error) == 1


def test_an_unforeseen_error_is_said_and_still_goes_to_the_log() -> None:
    app = AppTest.from_function(breaking).run()
    with use_language("fr"):
        assert "imprévu" in app.error[0].value
    assert len(app.exception) == 1
