"""The page in the client's language answers; the return period is found however it is asked for."""

from __future__ import annotations

import re

import pytest

from lib.commerce.service_assistant.clearing import clearer
from lib.commerce.service_assistant.dialogue import Turn, converse
from lib.commerce.service_assistant.knowledge import Place, Section
from lib.commerce.service_assistant.tools import arguments_of
from lib.commerce.service_assistant.twins import twin_of
from lib.commerce.service_assistant.writing import unmarked


def turn(place: Place, text: str) -> Turn:
    return converse([text], "chat", place, place.actor)[-1]


def cited(place: Place, text: str) -> list[Section]:
    made = turn(place, text)
    known = {one.id: one for one in (*made.inputs.sections, *made.inputs.procedure, *made.inputs.limits)}
    return [known[identifier] for identifier in made.answer.cites]


@pytest.mark.parametrize(
    "text",
    [
        "Within how long can I return a dress bought online",
        "What is the deadline for a return?",
        "until when may I give a jumper back",
        "By when do I have to send a coat back?",
        "Jusqu’à quand puis-je rendre une robe achetée en ligne\u202f?",
        "Sous combien de jours dois-je renvoyer un pull\u202f?",
    ],
)
def test_the_return_period_is_found_however_it_is_asked_for(place: Place, text: str) -> None:
    assert cited(place, text)[0].heading in ("Return period", "Délai de retour")
    assert re.search(r"\b30\s(?:days|jours)", turn(place, text).answer.text)


@pytest.mark.parametrize(
    "text", ["What is the deadline to return a gift?", "How long does the refund of a return take?"]
)
def test_another_period_is_not_taken_for_that_of_a_return(place: Place, text: str) -> None:
    assert clearer(text) == text
    assert cited(place, text)[0].heading != "Return period"


@pytest.mark.parametrize(
    "text",
    [
        "I want to return the Garance trousers, too big. MS254427, LS1 0AC",
        "Is the return window 14 days?",
        "How many days do I have to send something back?",
    ],
)
def test_where_there_is_a_page_in_the_clients_language_no_other_is_quoted(place: Place, text: str) -> None:
    assert {section.language for section in cited(place, text)} == {"en"}
    assert "in French" not in turn(place, text).answer.text


def test_a_page_that_gives_another_figure_is_no_twin() -> None:
    french = Section(
        id=1, document="a.md", heading="Délai de retour", language="fr", text="Vous avez 30 jours pour la rendre."
    )
    english = Section(
        id=2, document="b.md", heading="Return period", language="en", text="You have 30 days to return a piece."
    )
    other = english.model_copy(update={"text": "You have 14 days to return a piece."})
    assert twin_of(french, [english], "en") == english
    assert twin_of(french, [other], "en") is None
    assert twin_of(english, [english], "en") is None


def test_a_client_reads_no_signs_of_markdown(place: Place) -> None:
    assert "you ask for it" in turn(place, "What is the deadline for a return?").answer.text
    assert unmarked("you *ask* for **it** in `MS`, 2 * 3 * 4 and a_b") == "you ask for it in MS, 2 * 3 * 4 and a_b"


@pytest.mark.parametrize(
    ("text", "channel", "language"),
    [("There was a needle in my shoe.", "in the chat", "English"), ("Il y avait une aiguille", "chat", "Français")],
)
def test_the_summary_for_the_person_is_made_of_sentences(place: Place, text: str, channel: str, language: str) -> None:
    handed = arguments_of(next(one for one in turn(place, text).results if one.tool == "hand_over"))
    assert channel in handed["summary"] and language in handed["summary"] and text[:20] in handed["summary"]
    assert "safety." not in handed["summary"]


def test_what_was_tried_is_told_in_words(place: Place) -> None:
    talk = converse(["My parcel is lost. MS254427, LS1 0AC", "I want to speak to a person"], "chat", place, place.actor)
    handed = arguments_of(next(one for one in talk[-1].results if one.tool == "hand_over"))
    assert "Find an order (used)" in handed["tried"] and "_" not in handed["tried"]
