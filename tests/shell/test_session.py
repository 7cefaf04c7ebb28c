"""Who reads and in which language, as far as it goes without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.database.people import actor_for, create_person, create_workspace, person_name, renew_token, workspaces_of
from lib.settings import ROOT
from lib.shell.session import choose_language
from lib.shell.workspace_parts import personal_link

SECONDS = 30


def opened(language: str = "en", **query: str) -> AppTest:
    """The app as a fresh visitor sees it."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS)
    app.query_params["lang"] = language
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize(
    ("asked", "locale", "language"),
    [("fr", "en-GB", "fr"), (None, "fr-CA", "fr"), (None, "de-DE", "en"), ("xx", "fr", "fr"), (None, None, "en")],
)
def test_language_of_the_url_then_of_the_browser(asked: str | None, locale: str | None, language: str) -> None:
    assert choose_language(asked, locale) == language


def test_choosing_a_language_turns_the_whole_page() -> None:
    app = opened("en")
    assert [header.value for header in app.header] == ["Your next step", "Last runs"]
    app.button_group(key="language").set_value("fr").run()
    assert [header.value for header in app.header] == ["Votre prochaine étape", "Dernières exécutions"]
    app.switch_page("pages/start/workspace.py").run()
    assert "Vos espaces" in [header.value for header in app.header]


def test_each_visitor_without_a_link_is_a_new_person() -> None:
    assert opened().session_state["person"] != opened().session_state["person"]


def test_a_personal_link_opens_as_its_person() -> None:
    with connect() as database:
        person, token = create_person(database, "Ada")
    assert opened(me=token).session_state["person"] == person


def test_a_link_that_opens_nothing_says_so() -> None:
    app = opened(me="not-a-token")
    assert ["opens nothing" in warning.value for warning in app.warning] == [True]


def test_the_link_keeps_its_token_from_servers() -> None:
    assert personal_link("http://host:8501/workspace?lang=fr&x=1#top", "T0k_en") == "http://host:8501/#me=T0k_en"


def test_the_chosen_workspace_outlasts_the_session() -> None:
    with connect() as database:
        person, token = create_person(database, "Ada")
        mine = create_workspace(database, person, "Knitwear pilot")
    app = opened(me=token)
    app.selectbox(key="workspace").select(mine).run()
    assert app.session_state["workspace"] == mine
    assert opened(me=token).selectbox(key="workspace").value == mine


def test_a_new_workspace_is_entered_at_once() -> None:
    app = opened()
    app.switch_page("pages/start/workspace.py").run()
    field = next(field for field in app.text_input if field.label == "Name of the workspace")
    field.set_value("Capsule *2027* <b>")
    next(button for button in app.button if button.label == "Create the workspace").click().run()
    assert not app.exception
    with connect() as database:
        names = {row["id"]: row["name"] for row in workspaces_of(database, app.session_state["person"])}
    assert names[app.selectbox(key="workspace").value] == "Capsule *2027* <b>"


def test_a_code_lets_a_colleague_in() -> None:
    with connect() as database:
        person, token = create_person(database, "Ada")
        mine = create_workspace(database, person, "Knitwear pilot")
    app = opened(me=token)
    app.selectbox(key="workspace").select(mine).run()
    app.switch_page("pages/start/workspace.py").run()
    next(button for button in app.button if button.label == "Make a code").click().run()
    shown = next(block.value for block in app.get("html") if "toile-code" in block.value)
    code = shown.split(">")[1].split("<")[0]
    guest = opened()
    guest.switch_page("pages/start/workspace.py").run()
    next(field for field in guest.text_input if "Code" in field.label).set_value(code)
    next(button for button in guest.button if button.label == "Join").click().run()
    assert guest.selectbox(key="workspace").value == mine


def test_a_wrong_code_is_an_error_that_names_the_fix() -> None:
    app = opened()
    app.switch_page("pages/start/workspace.py").run()
    next(field for field in app.text_input if "Code" in field.label).set_value("XXXX-9999")
    next(button for button in app.button if button.label == "Join").click().run()
    assert not app.exception
    assert ["Ask for a new one" in error.value for error in app.error] == [True]


def test_a_name_is_kept() -> None:
    app = opened()
    app.switch_page("pages/start/workspace.py").run()
    next(field for field in app.text_input if field.label == "Your name").set_value("Zoé <3")
    next(button for button in app.button if button.label == "Save the name").click().run()
    from lib.access import DEMO_WORKSPACE
    from lib.database.people import actor_for

    with connect() as database:
        assert person_name(database, actor_for(database, app.session_state["person"], DEMO_WORKSPACE)) == "Zoé <3"


def test_a_link_that_was_made_void_ends_the_visits_that_it_opened() -> None:
    """On another device: whoever found the old one is not let go on."""
    with connect() as database:
        person, token = create_person(database, "Ada")
    app = opened(me=token)
    assert app.session_state["person"] == person
    with connect() as database:
        fresh = renew_token(database, actor_for(database, person, "demo"))
    app.run()
    assert not app.exception and app.session_state["person"] != person
    assert opened(me=fresh).session_state["person"] == person
