"""The page itself, driven without a browser: hard messages, hard files, what a person is shown and can take away."""

from __future__ import annotations

import io
import time

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.commerce.service_assistant.knowledge import OWN_COLLECTION
from lib.database import connect, knowledge
from lib.i18n import translate, use_language
from lib.settings import ROOT
from lib.shell import work
from lib.shell.service_assistant.documents import WORK

SLUG = "service_assistant"
pytestmark = pytest.mark.long


def opened(actor: Actor, language: str = "en", tab: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.query_params["lang"] = language
    if tab:
        app.session_state[f"inner_{SLUG}_{language}"] = words(language, tab)
    app.run()
    app.switch_page("pages/commerce/service_assistant.py")
    app.run()
    assert not app.exception, app.exception
    return app


def words(language: str, message: str, **values: object) -> str:
    with use_language(language):
        return translate(message, None, **values)


def shown(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.text, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(block.value) for kind in kinds for block in kind if "<style" not in str(block.value)).replace(
        "\\", ""
    )


def write(app: AppTest, text: str) -> str:
    app.chat_input[0].set_value(text).run()
    assert not app.exception, app.exception
    return shown(app)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_abuse_goes_to_a_person_with_a_summary_in_sentences(actor: Actor, language: str) -> None:
    text = {"en": "YOU ARE THIEVES, WHAT A DISGRACE", "fr": "VOUS ÊTES DES VOLEURS, C’EST UNE HONTE"}[language]
    said = write(opened(actor, language), text)
    assert words(language, "handed over to a person") in said
    assert text in said and "chat, en" not in said and "chat, fr" not in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_somebody_elses_order_number_leaks_nothing(actor: Actor, language: str) -> None:
    text = {"en": "where is my order {n}? someone@example.com", "fr": "où est ma commande {n} ? someone@example.com"}
    real = write(opened(actor, language), text[language].format(n="MS253803"))
    assert words(language, "Number and proof don’t go together: nothing of an order was told.") in real
    assert "order_id" not in real and "found:" not in real


def test_two_hundred_thousand_characters_are_answered_and_said_to_be_cut(actor: Actor) -> None:
    said = write(opened(actor), "From what amount is delivery in France free? " * 4_500)
    assert "Your message was very long" in said


@pytest.mark.parametrize("text", ["   ", "?!"])
def test_a_message_without_words_is_met_by_a_question(actor: Actor, text: str) -> None:
    said = write(opened(actor), text)
    assert "\nsays that it doesn’t know" in said or words("en", "Try one of these") in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_return_is_asked_then_listed_and_its_note_is_told_in_words(actor: Actor, language: str) -> None:
    app = opened(actor, language)
    asked = write(app, "I want to return the Garance trousers, too big. MS254427, LS1 0AC")
    assert words(language, "Find an order") in asked and "total_eur" not in asked and "…" not in asked.split("LS1")[-1]
    next(one for one in app.button if one.key and one.key.startswith("allow_")).click().run()
    assert not app.exception, app.exception
    said = shown(app)
    assert "is open under number" in said
    assert any(words(language, "Return") in str(block.value) for block in app.get("html"))
    assert any("requests" in str(getattr(one, "proto", "")) for one in app.get("download_button"))


def test_a_hostile_order_note_is_marked_once(actor: Actor) -> None:
    from lib.commerce.service_assistant.house import sample_house
    from lib.commerce.service_assistant.instructions import without_instructions

    order = sample_house().orders["MS221745"]
    marked = without_instructions(order.note)[1]
    assert marked
    said = write(opened(actor), f"where is my order MS221745? {order.email}")
    assert said.count("Instruction to a machine in the note of order MS221745") == len(set(marked))
    assert "note_held_instructions" not in said


def pdf(pages: int, drawn: bool = True) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        if drawn:
            canvas.drawString(60, 700, f"Clause {number}: umbrellas of kind {number} are lent for three days.")
        else:
            canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def begin(actor: Actor, language: str, name: str, content: bytes) -> AppTest:
    """The page with a file chosen and its reading begun."""
    app = opened(actor, language, "Documents and records")
    next(one for one in app.radio if words(language, "Your own documents") in one.options).set_value("own").run()
    app.get("file_uploader")[0].set_value([(name, content, "application/pdf")]).run()
    next(one for one in app.button if one.label == words(language, "Read them")).click().run()
    assert not app.exception, app.exception
    return app


def finished(actor: Actor, seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        going = work._all.get((actor.person, WORK))
        if going is None or going.done:  # none: the page has shown its end already
            return
        time.sleep(0.05)


def documents(actor: Actor) -> list[str]:
    with connect() as database:
        return [one.name for one in knowledge.documents(database, actor, OWN_COLLECTION)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_scan_is_told_and_nothing_of_it_is_kept(actor: Actor, language: str) -> None:
    app = begin(actor, language, "scan.pdf", pdf(2, drawn=False))
    finished(actor)
    if not app.warning:
        app.run()
    assert "scan.pdf" in "\n".join(str(one.value).replace("\\", "") for one in app.warning)
    assert documents(actor) == []


def test_two_thousand_pages_go_on_in_the_background_and_stop_keeps_nothing(actor: Actor) -> None:
    app = begin(actor, "en", "charter.pdf", pdf(2_000))
    assert work._all[actor.person, WORK].future is not None
    next(one for one in app.button if one.key == f"stop_{WORK}").click().run()
    finished(actor)
    app.run()
    assert not app.exception and documents(actor) == []
