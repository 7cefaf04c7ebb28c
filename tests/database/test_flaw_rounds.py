"""Rounds of spotting flaws in the database: kept, their key sealed until the end, seen by those who may."""

from __future__ import annotations

import pytest

from lib.access import Actor, Role
from lib.database import connect, flaw_rounds
from lib.errors import InputError, NotFound
from tests.database.test_review_queue import colleague

ITEMS = [
    {
        "shown": {"fields": {"body": "Made in Italy."}, "label": "a", "language": "en", "facts": {}},
        "key": {"flaws": [1]},
    },
    {"shown": {"fields": {"body": "A bag."}, "label": "b", "language": "en", "facts": {}}, "key": {"flaws": []}},
]


def begun(actor: Actor) -> str:
    with connect() as database:
        return flaw_rounds.add(database, actor, "en", 1, "1", ITEMS)


def test_the_key_is_held_back_until_the_last_text_is_answered(actor: Actor) -> None:
    made = begun(actor)
    with connect() as database:
        flaw_rounds.mark(database, actor, made, 0, "body", (8, 13), "wrong_origin")
        assert not flaw_rounds.answer(database, actor, made, 0)
        found = flaw_rounds.get(database, actor, made)
        assert all("key" not in item for item in found["items"]) and found["answered"] == {0}
        assert "flaws" not in str(found["items"])
        assert flaw_rounds.finished(database, actor) == []
        assert flaw_rounds.answer(database, actor, made, 1)
        found = flaw_rounds.get(database, actor, made)
    assert found["items"] == ITEMS and found["finished_at"]
    assert [(one["field"], one["start"], one["kind"]) for one in found["marks"][0]] == [("body", 8, "wrong_origin")]


def test_marks_are_taken_back_before_the_answer_and_never_after(actor: Actor) -> None:
    made = begun(actor)
    with connect() as database:
        first = flaw_rounds.mark(database, actor, made, 0, "body", (0, 4), "tone_slip")
        second = flaw_rounds.mark(database, actor, made, 0, "body", (0, 4), "tone_slip")
        flaw_rounds.unmark(database, actor, made, first)
        flaw_rounds.answer(database, actor, made, 0)
        flaw_rounds.unmark(database, actor, made, second)
        with pytest.raises(InputError, match="finished"):
            flaw_rounds.mark(database, actor, made, 0, "body", (0, 4), "tone_slip")
        assert [one["id"] for one in flaw_rounds.get(database, actor, made)["marks"][0]] == [second]


@pytest.mark.parametrize(("item", "field", "span"), [(0, "body", (0, 99)), (0, "x", (0, 2)), (7, "body", (0, 2))])
def test_a_place_outside_the_text_is_refused(actor: Actor, item: int, field: str, span: tuple[int, int]) -> None:
    made = begun(actor)
    with connect() as database, pytest.raises(InputError, match="isn’t in the text"):
        flaw_rounds.mark(database, actor, made, item, field, span, "tone_slip")


def test_another_person_gets_nothing_of_a_round_and_who_governs_gets_the_finished_ones(
    actor: Actor, stranger: Actor
) -> None:
    lou, mia = colleague(actor, "Lou", Role.PARTICIPANT), colleague(actor, "Mia", Role.PARTICIPANT)
    made = begun(lou)
    with connect() as database:
        for other in (actor, mia, stranger):
            for act in (
                lambda who=other: flaw_rounds.get(database, who, made),
                lambda who=other: flaw_rounds.mark(database, who, made, 0, "body", (0, 4), "tone_slip"),
                lambda who=other: flaw_rounds.answer(database, who, made, 0),
                lambda who=other: flaw_rounds.unmark(database, who, made, "x"),
            ):
                with pytest.raises(NotFound):
                    act()
        for at in range(2):
            flaw_rounds.answer(database, lou, made, at)
        assert [row["person"] for row in flaw_rounds.finished(database, actor)] == ["Lou"]
        assert len(flaw_rounds.finished(database, lou)) == 1
        assert flaw_rounds.finished(database, mia) == flaw_rounds.finished(database, stranger) == []
        assert flaw_rounds.mine(database, lou)[0]["answered"] == 2 and flaw_rounds.mine(database, actor) == []
