"""The reasons in plain sentences, the findings and the picture, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.access import Actor
from lib.database import connect
from lib.decide.roadmap import planning, saying
from lib.decide.roadmap.explaining import Kind, Reason
from lib.decide.roadmap.model import Capacity, Plan
from lib.decide.roadmap.picture import timeline, uses
from lib.decide.roadmap.planning import Move, Sketch
from lib.decide.roadmap.solving import solve
from lib.i18n import use_language
from lib.shell import timeline_chart
from lib.shell.palette import palette

KINDS: tuple[Kind, ...] = (
    "gate", "forbidden", "too_long", "after", "alone", "pins", "worse", "equal", "planned",
)  # fmt: skip


@pytest.fixture
def found(actor: Actor) -> Sketch:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
        made = planning.sketch(database, actor)
    assert made is not None
    return made


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_reason_is_a_sentence_that_names_what_it_is_about(
    found: Sketch, kind: Kind, language: str
) -> None:
    step, other, third = found.steps[:3]
    skill = next(iter(step.effort)) if kind == "alone" else ""
    reason = Reason(kind, skill, 1, others=(other.slug,), later=(third.slug,), lost=5.0)
    plan = Plan({step.slug: 0}, 50.0, 50.0, True)
    with use_language(language):
        said = saying.reason_said(reason, found, plan, step, 1, "EUR")
    assert said.endswith(".") and "{" not in said
    named = {"after": other.title, "pins": other.title, "worse": third.title, "equal": third.title}
    assert named.get(kind, "") in said
    if kind == "worse":
        assert "10" in said  # 5 of 50, as a share


def test_money_that_is_lacking_is_said_as_money(found: Sketch) -> None:
    step = replace(found.steps[0], cost=90_000.0, quarters=1)
    said = saying.reason_said(Reason("alone", "", 0), found, Plan({}, 0, 0, True), step, 0, "EUR")
    assert "€90,000" in said and "€40,000" in said


def test_many_titles_are_cut_to_some_and_a_count(found: Sketch) -> None:
    slugs = tuple(step.slug for step in found.steps[:6])
    said = saying.reason_said(
        Reason("worse", others=slugs, lost=1.0), found, Plan({}, 10, 10, True), found.steps[0], 0, "EUR"
    )
    assert found.steps[2].title in said and found.steps[3].title not in said and "3 others" in said


def test_moves_in_and_out_are_told(found: Sketch) -> None:
    slug, title = found.steps[0].slug, found.steps[0].title
    assert saying.move_said(Move(slug, "2027-1", None), found) == f"{title}: no longer in the plan, before in Q1 2027"
    assert saying.move_said(Move(slug, None, "2027-2"), found) == f"{title}: new in the plan, in Q2 2027"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_picture_holds_each_planned_step_within_the_periods_and_the_renewals_of_aims(
    found: Sketch, language: str
) -> None:
    plan = solve(found.steps, found.capacity)
    with use_language(language):
        drawn = timeline(found, plan)
        chart = timeline_chart.chart(drawn, palette("light")).to_dict()
        spoken = timeline_chart.spoken(drawn)
    assert [key for key, _spans in timeline_chart.rows(drawn)] and len(timeline_chart.rows(drawn)) == len(plan.starts)
    assert all(0 <= span.start <= span.end < len(drawn.periods) for span in drawn.spans)
    assert chart["height"] > 0 and all(step.title in spoken for step in found.steps if step.slug in plan.starts)


def test_capacity_in_use_never_exceeds_what_there_is_and_an_empty_plan_says_so(found: Sketch) -> None:
    plan = solve(found.steps, found.capacity)
    assert all(use.taken <= use.there + 1e-9 for use in uses(found, plan))
    assert "used" in saying.use_finding(found, plan)
    nobody = replace(found, capacity=Capacity(found.capacity.quarters, {"data": (0.5,) * 4}, (0.0,) * 4))
    nothing = solve(nobody.steps, nobody.capacity)
    assert nothing.starts == {}
    assert saying.plan_finding(nobody, nothing) == "No step fits the team’s capacity"
    assert saying.use_finding(nobody, nothing) == "The plan takes nothing of the team"


def test_a_search_that_ran_out_of_time_tells_what_could_still_be_had() -> None:
    assert "9.1%" in saying.proven_said(Plan({}, 100.0, 110.0, False, 10.0))
