"""The page through Streamlit's script runner: brief, run, choice, edit, review; kept in the database."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import DEMO_WORKSPACE
from lib.commerce.product_descriptions.voice import voice_of
from lib.database import connect
from lib.database.page_states import remember
from lib.database.people import actor_for, create_person, create_workspace, join, make_join_code
from lib.settings import ROOT
from lib.shell.session import FRAME
from tests.app_pages import opener, rows

PAGE = "pages/commerce/product_descriptions.py"
opened = opener(PAGE)


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


def in_a_house_of_its_own(language: str = "en") -> AppTest:
    """The page as it opens for a person who works in a workspace of the house Atelier Dupont."""
    with connect() as database:
        person, token = create_person(database)
        made = create_workspace(database, person, "Pilote", "Atelier Dupont")
        remember(database, actor_for(database, person, DEMO_WORKSPACE), FRAME, {"workspace": made})
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["token"] = person, token
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def voice_box(app: AppTest, name: str):
    """A field of the house's voice."""
    boxes = (*app.text_input, *app.text_area)
    return next(box for box in boxes if (box.key or "").startswith("voice_") and box.key.endswith(name))


def last_brief() -> dict:
    return json.loads(
        rows("select inputs from runs where kind = 'generation' order by rowid desc limit 1")[0]["inputs"]
    )


def test_a_house_of_its_own_is_written_for_in_its_own_name_and_without_the_demos_words_or_sales():
    app = in_a_house_of_its_own()
    assert voice_box(app, "_house").value == "Atelier Dupont"
    assert voice_box(app, "_forbidden").value == ""
    written(app)
    brief = last_brief()
    assert (brief["voice"]["house"], brief["voice"]["preferred"], brief["voice"]["forbidden"]) == (
        "Atelier Dupont",
        [],
        [],
    )
    assert (brief["advice"], brief["winners"]) == ([], [])
    assert rows("select * from runs where kind = 'analysis'") == []
    assert any("No past posts yet" in block.value for block in app.get("html"))


def test_the_demo_houses_posts_can_be_chosen_knowingly_and_are_named():
    app = in_a_house_of_its_own()
    app.button(key="posts_demo").click().run()
    assert not app.exception, app.exception
    shown = " ".join(block.value for block in app.get("html"))
    assert "chosen as an example: not from yours" in shown
    assert "No past posts yet" not in shown


def test_a_voice_that_is_set_is_the_whole_workspaces():
    app = in_a_house_of_its_own()
    voice_box(app, "_house").set_value("Dupont & Fille").run()
    voice_box(app, "_forbidden").set_value("chic\niconique").run()
    written(app)
    assert last_brief()["voice"]["house"] == "Dupont & Fille"
    assert last_brief()["voice"]["forbidden"] == ["chic", "iconique"]
    workspace = app.session_state["workspace"]
    with connect() as database:
        person, _token = create_person(database)
        me = actor_for(database, app.session_state["person"], workspace)
        join(database, person, make_join_code(database, me))
        assert voice_of(database, actor_for(database, person, workspace))[0].house == "Dupont & Fille"


@pytest.mark.parametrize(("language", "name"), [("fr", "Robe nuisette Dariole"), ("en", "Goélette slip dress")])
def test_the_demo_house_opens_with_its_products_in_the_readers_language(language, name):
    app = opened(language)
    box = next(box for box in app.selectbox if "_product_" in (box.key or ""))
    assert box.options[0].startswith(name)
    choice = next(radio for radio in app.radio if "_sample_" in (radio.key or ""))
    assert len(choice.options) == 2 and any("64" in one for one in choice.options)


def test_the_other_products_can_be_chosen_and_stay_chosen():
    app = opened("fr")
    next(radio for radio in app.radio if "_sample_" in (radio.key or "")).set_value("en").run()
    assert not app.exception, app.exception
    app.run()
    box = next(box for box in app.selectbox if "_product_" in (box.key or ""))
    assert box.options[0].startswith("Goélette slip dress")


WRONG = "The softest in the world, certified organic, made in Paris."


def test_approving_over_findings_asks_for_a_reason_and_keeps_it():
    app = written(opened())
    area(app, "body").set_value(WRONG).run()
    press(app, "Approve")
    assert rows("select * from reviews") == []
    press(app, "Approve all the same")
    assert ["Say why" in error.value for error in app.error] == [True]
    assert rows("select * from reviews") == []
    next(box for box in app.text_area if (box.key or "").startswith("reason_")).set_value("Legal has seen it")
    press(app, "Approve all the same")
    review = rows("select verdict, open_findings, reason from reviews")[0]
    assert (review["verdict"], review["reason"]) == ("approved", "Legal has seen it")
    assert review["open_findings"] >= 2


def test_a_text_that_was_corrected_meanwhile_is_not_approved_behind_ones_back():
    app = written(opened())
    before = area(app, "body").value
    area(app, "body").set_value(WRONG).run()
    press(app, "Approve")
    area(app, "body").set_value(before).run()
    assert not [button for button in app.button if button.label == "Approve all the same"]
    assert rows("select * from reviews") == []


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


def test_what_has_to_be_fixed_is_counted_as_such_and_gets_no_score():
    app = written(opened())
    area(app, "body").set_value(WRONG).run()
    said = [caption.value for caption in app.caption]
    assert any("to fix" in one and "nothing to fix" not in one for one in said)
    assert not any("Expected orders" in one for one in said)


def bring(app: AppTest, name: str, product: str) -> AppTest:
    """Upload a file with one product, Z-1."""
    content = f"Référence;Libellé;Catégorie;Composition\nZ-1;{product};maille;100% laine\n".encode()
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    for _press in range(2):
        use = [button for button in app.button if "_use_" in (button.key or "")]
        if use:
            use[0].click().run()
    assert not app.exception, app.exception
    return app


def test_a_corrected_file_shows_its_own_names():
    app = opened()
    next(radio for radio in app.radio if "products" in (radio.key or "") and "_origin_" in radio.key).set_value(
        "own"
    ).run()
    bring(app, "v1.csv", "Pull Vieuxnom")
    before = product_box(app)
    assert before.options == ["Pull Vieuxnom · Z-1"]
    bring(app, "v2.csv", "Pull Nouveaunom")
    after = product_box(app)
    assert after.options == ["Pull Nouveaunom · Z-1"]
    # The browser keeps the label of a box that it knows: it must be another one.
    assert after.key != before.key


def product_box(app: AppTest):
    return next(box for box in app.selectbox if "_product_" in (box.key or ""))


def test_french_files_come_for_excel_and_for_an_import():
    labels = [button.label for button in written(opened("fr")).get("download_button")]
    assert "CSV (Excel)" in labels and "CSV (import, virgules)" in labels
    assert [one for one in (button.label for button in written(opened("en")).get("download_button")) if "CSV" in one][
        -1
    ] == "CSV"
