"""What the board pack gets: nothing before there is a plan, then slides whose numbers have references."""

from __future__ import annotations

import pytest

from lib.access import Actor
from lib.database import connect
from lib.decide.pack import collecting
from lib.decide.pack.model import Handed, PackTable, Points
from lib.decide.roadmap import planning
from lib.decide.roadmap.pack import ROWS, handed
from lib.figures import Timeline
from lib.i18n import use_language


def test_nothing_is_handed_in_before_there_is_a_plan(actor: Actor) -> None:
    with connect() as database:
        assert handed(database, actor, "en") == Handed()
        planning.begin(database, actor, "2027-1")
        assert handed(database, actor, "en") == Handed()


@pytest.mark.parametrize(("language", "quarter"), [("en", "Q1 2027"), ("fr", "T1\u00a02027")])
def test_the_slides_hold_the_picture_and_what_each_step_must_show(actor: Actor, language: str, quarter: str) -> None:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
    row = planning.make(actor, "en")
    with connect() as database:
        given = handed(database, actor, language)

    picture, gates, _ask = given.slides
    drawn = next(body for body in picture.bodies if isinstance(body, Timeline))
    table = next(body for body in gates.bodies if isinstance(body, PackTable))
    assert drawn.periods[0] == quarter
    assert {span.key for span in drawn.spans} == set(row.starts)
    assert len(table.rows) == min(ROWS, len(row.starts))
    assert ("runs", row.run_id) in {(one.page, one.key) for slide in given.slides for one in slide.references}
    steps, team = given.sheets
    assert all(len(line) == len(sheet.columns) for sheet in given.sheets for line in sheet.rows)
    assert {line[0] for line in team.rows} and {line[2] for line in steps.rows} >= {quarter}


@pytest.mark.parametrize(("language", "words"), [("en", "person-weeks"), ("fr", "semaines-personnes")])
def test_the_board_is_asked_for_what_the_plan_begins_with(actor: Actor, language: str, words: str) -> None:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
    row = planning.make(actor, "en")
    with connect() as database, use_language(language):
        parts = collecting.handed(database, actor, language)
        found = planning.sketch(database, actor)
    assert found is not None
    (ask,) = [slide for part in parts for slide in part.slides if slide.part == "ask"]
    (points,) = ask.bodies
    assert isinstance(points, Points)
    first = points.said[0][0]
    for step in found.steps:
        assert (step.title in first) == (row.starts.get(step.slug) == 0)
    assert words in points.said[1][0]
    assert ("runs", row.run_id) in {(one.page, one.key) for one in ask.references}
