"""A page's memory: a choice outlives the session, a text that was typed outlives a switch of the language."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lib.database import connect

PAGE = str(Path(__file__).with_name("page_state_page.py"))


def opened(before: AppTest | None = None, language: str = "en") -> AppTest:
    """The page as a new visitor sees it, or as the one of ``before`` does in a new session."""
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.session_state["language"] = language
    for name in ("person", "token") if before else ():
        page.session_state[name] = before.session_state[name]
    return page.run()


def in_language(page: AppTest, language: str) -> AppTest:
    page.session_state["language"] = language
    return page.run()


def changes() -> list[str]:
    with connect() as database:
        return [row["changed_at"] for row in database.query("select changed_at from page_states where page = 'memory'")]


def test_a_choice_is_there_again_in_a_new_session_and_in_the_other_language():
    page = opened()
    page.selectbox[0].set_value("green").run()
    again = opened(page, "fr")
    assert again.selectbox[0].value == "green"
    assert again.selectbox[0].key != page.selectbox[0].key
    assert opened().selectbox[0].value == "red", "nobody else's"


def test_what_was_typed_and_not_yet_kept_outlives_a_switch_of_the_language():
    page = opened()
    page.text_input[0].set_value("more linen").run()
    assert in_language(page, "fr").text_input[0].value == "more linen"
    page.text_input[0].set_value("plus de lin").run()
    assert in_language(page, "en").text_input[0].value == "plus de lin"
    assert opened(page).text_input[0].value == ""


def test_what_is_on_offer_no_more_gives_way_to_the_default():
    page = opened()
    page.selectbox[0].set_value("blue").run()
    page.session_state["offer"] = 2
    assert page.run().selectbox[0].value == "red"
    other = opened(page)
    assert other.selectbox[0].value == "blue"


def test_what_is_as_before_is_not_written_again():
    page = opened()
    page.selectbox[0].set_value("green").run()
    (first,) = changes()
    page.button[0].click().run()
    assert changes() == [first]
