"""What is taken away: a workbook that answers each 'why not then?', and a calendar that other programs read."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import openpyxl
import pytest

from lib.access import Actor
from lib.database import connect
from lib.database.roadmaps import PlanRow
from lib.decide.roadmap import planning, taking
from lib.decide.roadmap.model import Plan
from lib.i18n import use_language

Made = tuple[planning.Sketch, PlanRow, Plan]


@pytest.fixture
def made(actor: Actor) -> Made:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
    row = planning.make(actor, "en")
    with connect() as database:
        found = planning.sketch(database, actor)
    assert found is not None
    return found, row, planning.as_plan(row, found)


@pytest.mark.parametrize(("language", "starts"), [("en", "It does start in Q"), ("fr", "Elle commence bien au")])
def test_the_workbook_answers_for_each_step_and_quarter(made: Made, language: str, starts: str) -> None:
    found, row, plan = made
    with use_language(language):
        book = openpyxl.load_workbook(io.BytesIO(taking.workbook(found, row, plan, "EUR", seconds=60)))
    steps, team, why, about = (list(sheet.values) for sheet in book.worksheets)
    assert len(steps) - 1 == len(found.steps)
    assert {line[0] for line in why[1:]} == {step.title for step in found.steps}
    assert len(why) - 1 == len(found.steps) * len(found.capacity.quarters)
    assert all(line[2] for line in why[1:]) and all(line[3] for line in team[1:])
    planned = [line for line in why[1:] if str(line[2]).startswith(starts)]
    assert {line[0] for line in planned} == {found.step(slug).title for slug in plan.starts}
    assert row.run_id in {line[1] for line in about}


def test_what_there_was_no_time_to_ask_is_said_to_be_unasked(made: Made) -> None:
    found, _row, plan = made
    sheet = taking.why_sheet(found, plan, "EUR", seconds=0.0)
    assert all(str(line[2]).startswith("Not asked") for line in sheet.rows)


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_has_each_step_the_day_it_must_show_its_worth_and_renewals(made: Made) -> None:
    found, row, plan = made
    content = taking.calendar(found, row, plan)
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    dated = [line.partition(":")[2] for line in lines if line.startswith(("DTSTART;", "DTEND;"))]
    days = [dt.date.fromisoformat(day) for day in dated]
    assert all(end > begin for begin, end in zip(days[::2], days[1::2], strict=True))
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) >= 2 * len(plan.starts)
    slug, start = next((slug, start) for slug, start in plan.starts.items() if start == 1)
    begins = lines[lines.index(f"UID:{row.id}-{slug}@toile") + 2]
    assert begins == f"DTSTART;VALUE=DATE:2027{start * 3 + 1:02}01"


def test_a_calendar_keeps_commas_lines_and_long_words_of_a_house(made: Made) -> None:
    found, row, plan = made
    slug = next(iter(plan.starts))
    words = "é" * 200 + "; a, b\nc\\d"
    steps = tuple(replace(step, must_show=words) if step.slug == slug else step for step in found.steps)
    lines = unfolded(taking.calendar(replace(found, steps=steps), row, plan))
    said = next(line for line in lines if line.startswith("DESCRIPTION:") and "éé" in line)
    assert "\\; a\\, b\\nc\\\\d" in said
    assert not re.search(r"(?<!\\)[;,]", said.partition(":")[2].replace("\\\\", ""))
