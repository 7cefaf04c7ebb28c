"""The page through Streamlit's script runner: brief, run, choice, edit, review; kept in the database."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.settings import ROOT

PAGE = "pages/commerce/product_descriptions.py"


def opened(language: str = "en") -> AppTest:
    """The page as a new visitor of the demo house sees it."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def rows(query: str) -> list[dict]:
    with connect() as database:
        return list(database.query(query))


def written(app: AppTest) -> AppTest:
    app.button(key="run").click().run()
    assert not app.exception, app.exception
    assert not app.error, [box.value for box in app.error]
    return app


def area(app: AppTest, field: str, option: int = 0):
    """The editor's text area for a field of an option."""
    return next(box for box in app.text_area if box.key.endswith(f"_{option}_{field}"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_run_is_recorded_with_its_checks_and_shown(language):
    app = written(opened(language))
    run = rows("select * from runs where kind = 'generation'")[0]
    options = json.loads(run["output"])["options"]
    assert (run["status"], run["engine"], run["language"], len(options)) == ("done", "built-in", language, 3)
    assert area(app, "title").value == options[0]["title"]
    assert {row["check_name"] for row in rows("select * from check_results")}
    findings = [
        finding for row in rows("select findings from check_results") for finding in json.loads(row["findings"])
    ]
    assert not [finding for finding in findings if finding["kind"] == "broken"]


def test_interface_and_text_have_languages_of_their_own():
    app = opened("en")
    next(box for box in app.selectbox if box.key.endswith("_language")).set_value("fr").run()
    written(app)
    assert rows("select language from runs where kind = 'generation'") == [{"language": "fr"}]
    assert any("Three options" in block.value for block in app.get("html")) or app.button(key="run").label


def test_an_edit_is_kept_and_approved_as_edited():
    app = written(opened())
    area(app, "title").set_value("A title of my own").run()
    state = json.loads(rows("select state from page_states where page = 'product_descriptions'")[0]["state"])
    assert "A title of my own" in json.dumps(state["edits"])
    approve = next(button for button in app.button if button.label == "Approve")
    approve.click().run()
    assert not app.exception, app.exception
    review = rows("select verdict, edited_output from reviews")[0]
    assert review["verdict"] == "approved"
    assert json.loads(review["edited_output"])["description"]["title"] == "A title of my own"


def test_another_option_can_be_chosen():
    app = written(opened())
    next(button for button in app.button if button.label == "Choose option 2").click().run()
    state = json.loads(rows("select state from page_states where page = 'product_descriptions'")[0]["state"])
    assert state["choice"] == 1
    assert area(app, "title", 1).value


def test_writing_again_gives_other_texts_and_keeps_the_first():
    app = written(opened())
    written(app)
    runs = rows("select output from runs where kind = 'generation' order by rowid")
    assert len(runs) == 2
    assert runs[0]["output"] != runs[1]["output"]
