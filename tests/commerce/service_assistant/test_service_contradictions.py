"""Pages that contradict each other are both cited, in whichever words the question is asked."""

from __future__ import annotations

import pytest

from lib.commerce.service_assistant.dialogue import converse
from lib.commerce.service_assistant.knowledge import OWN_COLLECTION, Place, keep
from lib.commerce.service_assistant.sentences import same_heading
from lib.files.written import read_written


@pytest.mark.parametrize(
    "text",
    [
        "How many days do I have to send something back?",
        "What is your return period?",
        "How long is the return period?",
        "Quel est le délai de retour ?",
        "Quel délai pour retourner une pièce ?",
        "De combien de jours est le délai pour rendre un achat ?",
    ],
)
def test_the_old_return_period_is_cited_beside_the_one_in_force(place: Place, text: str) -> None:
    turn = converse([text], "chat", place, place.actor)[-1]
    given = {one.id: one.document for one in turn.inputs.sections}
    cited = [given.get(identifier, "") for identifier in turn.answer.cites]
    assert "returns-policy-2024.en.md" in cited and cited[0] != "returns-policy-2024.en.md"
    assert "30" in turn.answer.text and "14" in turn.answer.text


def test_ones_own_contradicting_pages_are_both_cited_and_agreeing_ones_are_not(actor) -> None:  # type: ignore[no-untyped-def]
    here = Place(actor, OWN_COLLECTION)
    old = "# Old\n\n## Loan of an umbrella\n\nAn umbrella is lent for 3 days against a deposit of 20 euros.\n"
    new = "# New\n\n## Loan of an umbrella\n\nAn umbrella is lent for 8 days against a deposit of 20 euros.\n"
    keep(here, [read_written(old.encode(), "old.md"), read_written(new.encode(), "new.md")])
    turn = converse(["For how long do you lend an umbrella?"], "chat", here, actor)[-1]
    assert len(turn.answer.cites) == 2 and "3 days" in turn.answer.text and "8 days" in turn.answer.text


def test_headings_name_the_same_matter_in_either_language() -> None:
    assert same_heading("Return period", "Délai de retour")
    assert not same_heading("Return period", "Gift wrapping")
