"""Questions in other words than the labelled ones: how many are answered from the right page with the right figures."""

from __future__ import annotations

import pytest

from lib.commerce.service_assistant.dialogue import converse
from lib.commerce.service_assistant.knowledge import Place
from lib.commerce.service_assistant.marking import Conversation, says
from tests.commerce.service_assistant.wordings import wordings

LEAST = 0.75  # 68% before sections were ranked together, 80% after


def right(one: Conversation, place: Place) -> bool:
    """Whether outcome, source and facts are as the row says."""
    turns = converse(one.turns, one.channel, place, place.actor)  # type: ignore[arg-type]
    given = [
        section for turn in turns for section in (*turn.inputs.sections, *turn.inputs.procedure, *turn.inputs.limits)
    ]
    cited = {section.heading for turn in turns for section in given if section.id in turn.answer.cites}
    said = "\n".join(turn.answer.text for turn in turns)
    sourced = not one.expect["headings"] or not cited.isdisjoint(one.expect["headings"])
    facts = all(any(says(said, spelling) for spelling in spellings) for spellings in one.expect["facts"])
    return turns[-1].answer.resolution == one.expect["resolution"] and sourced and facts


@pytest.mark.long
def test_other_wordings_are_answered(place: Place):
    found = [right(one, place) for one in wordings()]
    assert sum(found) / len(found) >= LEAST


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("how late can I cancel my styling session for free?", "answered"),
        ("can I get my money back for an unused gift card", "answered"),
        ("utilisez-vous de la fourrure ou de l’angora", "refused"),
        ("can you post it to a PO box?", "refused"),
    ],
)
def test_a_question_that_asks_how_is_no_refused_request(place: Place, text: str, outcome: str):
    assert converse([text], "chat", place, place.actor)[-1].answer.resolution == outcome
