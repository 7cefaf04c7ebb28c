"""The roadmap as kept: proposed, planned as a recorded run, older than its ranking, moved by a re-plan, one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from lib.access import Actor, Role
from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Area, Criterion
from lib.database import connect, portfolio, roadmaps, weights
from lib.database.roadmaps import StepRow, Team
from lib.decide import ranking
from lib.decide.model import Basis
from lib.decide.ranking import Judged
from lib.decide.roadmap import planning, proposing
from lib.decide.roadmap.picture import timeline
from lib.decide.roadmap.quarters import following, onwards, said
from lib.decide.roadmap.solving import fits
from lib.errors import InputError, NotAllowed, NotFound
from lib.i18n import use_language

FIRST = "2027-1"


@pytest.fixture
def begun(actor: Actor) -> Actor:
    with connect() as database:
        planning.begin(database, actor, FIRST)
    return actor


def sketch(actor: Actor) -> planning.Sketch:
    with connect() as database:
        found = planning.sketch(database, actor)
    assert found is not None
    return found


def save(actor: Actor, slug: str, **changes: object) -> None:
    with connect() as database:
        roadmaps.save_step(database, actor, replace(sketch(actor).row(slug), **changes))  # type: ignore[arg-type]


def test_a_proposal_holds_the_first_of_the_ranking_and_an_aim_and_says_that_it_is_assumed(begun: Actor) -> None:
    found = sketch(begun)
    with connect() as database:
        first = [row.candidate.slug for row in ranking.current(database, begun).rows][:3]

    assert {step.slug for step in found.steps} >= set(first)
    assert [step.slug for step in found.steps if step.lane == "aim"] == list(proposing.AIMS)
    assert {row.basis for row in found.roadmap.steps} == {found.roadmap.team.basis} == {roadmaps.ASSUMED}
    assert all(step.must_show for step in found.steps)


def test_a_plan_is_a_recorded_run_and_keeps_to_the_team(begun: Actor) -> None:
    plan, found = planning.make(begun, "en"), sketch(begun)

    assert plan.starts and plan.proven and fits(plan.starts, found.steps, found.capacity)
    assert planning.stale(plan, found) == ""
    with connect() as database:
        run = database.table("runs").get(plan.run_id or "")
        assert planning.latest(database, begun) == plan
    assert (run["use_case"], run["status"]) == ("roadmap", "done")


def weigh(actor: Actor, side: tuple[Criterion, ...]) -> None:
    """Let the first criterion of a side count alone in it."""
    points = {**dict.fromkeys(Criterion, 50.0), **dict.fromkeys(side, 0.0), side[0]: 50.0}
    with connect() as database:
        weights.set_weights(database, actor, points, 0.5)


def test_a_changed_ranking_or_step_makes_the_plan_older_than_it(begun: Actor) -> None:
    plan = planning.make(begun, "en")
    weigh(begun, VALUE_CRITERIA)
    assert planning.stale(plan, sketch(begun)) == "ranking"
    save(begun, next(iter(plan.starts)), cost=1.0)
    assert planning.stale(plan, sketch(begun)) == "steps"


def test_feasibility_counts_once_in_the_effort_and_not_again_in_what_a_quarter_of_use_is_worth(begun: Actor) -> None:
    before = sketch(begun)
    weigh(begun, FEASIBILITY_CRITERIA)
    after = sketch(begun)
    assert [row.overall for row in after.ranking.rows] != [row.overall for row in before.ranking.rows]
    assert [step.value for step in after.steps] == [step.value for step in before.steps]
    for step in after.steps:
        place = after.ranking.of(step.slug)
        assert place is not None and step.value == place.value.value - planning.NOTHING


def test_a_proposed_step_takes_its_effort_from_the_scores_as_they_stand_in_this_house(begun: Actor) -> None:
    case = sketch(begun).cases["product_descriptions"]
    hard = {**sketch(begun).scores[case.slug], Criterion.INTEGRATION: Judged(1.0, 1.0, 1.0, Basis.EVIDENCE)}
    assumed, measured = proposing.step(case, sketch(begun).scores[case.slug]), proposing.step(case, hard)
    assert measured.effort["engineering"] > assumed.effort["engineering"]
    assert measured.quarters == assumed.quarters + 1

    with connect() as database:
        weights.accept(
            database, begun, case.slug, Criterion.INTEGRATION, (1.0, 1.0, 1.0), "", {}, page="runs", key="", dated=""
        )
    assert proposing.step(case, sketch(begun).scores[case.slug]) == measured


def test_a_pin_moves_the_step_and_the_move_is_told(begun: Actor) -> None:
    first = planning.make(begun, "en")
    slug = next(slug for slug, start in first.starts.items() if start == 0)
    save(begun, slug, pinned=2)
    second = planning.make(begun, "en")

    moves = {move.slug: move for move in planning.moved(first, second)}
    assert second.starts[slug] == 2
    assert (moves[slug].before, moves[slug].after) == ("2027-1", "2027-3")
    assert planning.moved(second, second) == []


def test_a_later_first_quarter_keeps_the_plan_where_it_was_in_the_calendar(begun: Actor) -> None:
    plan = planning.make(begun, "en")
    later = next(slug for slug, start in plan.starts.items() if start >= 1)
    with connect() as database:
        roadmaps.save_team(database, begun, proposing.team("2027-2"))

    shown = planning.as_plan(plan, sketch(begun))
    assert shown.starts[later] == plan.starts[later] - 1
    assert all(start >= 0 for start in shown.starts.values())


def test_a_first_quarter_that_moves_keeps_pins_bans_and_gates_in_the_calendar(begun: Actor) -> None:
    one, other = (step.slug for step in sketch(begun).steps[:2])
    save(begun, one, pinned=2, forbidden=(0, 3), gate=1)
    save(begun, other, pinned=0, gate=0)
    order = [row.slug for row in sketch(begun).roadmap.steps]
    with connect() as database:
        planning.save_team(database, begun, proposing.team("2027-2"))
    moved, freed = (sketch(begun).row(slug) for slug in (one, other))
    assert (moved.pinned, moved.forbidden, moved.gate) == (1, (2,), 0)
    assert (freed.pinned, freed.gate) == (None, 0)
    assert [row.slug for row in sketch(begun).roadmap.steps] == order


def test_a_roadmap_made_shorter_shows_what_is_left_of_the_older_plan(begun: Actor) -> None:
    plan = planning.make(begun, "en")
    assert any(start >= 1 for start in plan.starts.values())
    with connect() as database:
        planning.save_team(database, begun, Team(FIRST, {"data": (9.0,)}, (1.0,)))
    found = sketch(begun)
    shown = planning.as_plan(plan, found)
    assert set(shown.starts.values()) == {0}
    assert {span.end for span in timeline(found, shown).spans} == {0}


def test_what_is_planned_without_capacity_or_in_a_circle_is_told_and_nothing_is_lost(begun: Actor) -> None:
    plan = planning.make(begun, "en")
    one, other = (step.slug for step in sketch(begun).steps[:2])
    save(begun, one, after=(other,))
    save(begun, other, after=(one,))
    with pytest.raises(InputError, match="circle"):
        planning.make(begun, "en")
    save(begun, other, after=())
    with connect() as database:
        roadmaps.save_team(database, begun, Team(FIRST, {"data": (0.0, 0.0)}, (1.0, 1.0)))
    with pytest.raises(InputError, match="no capacity"):
        planning.make(begun, "en")
    with connect() as database:
        assert planning.latest(database, begun) == plan


@pytest.mark.parametrize(
    "people",
    [{"d" * 300: (1.0,)}, {" ": (1.0,)}, {"Data": (1.0,), "data ": (1.0,)}, {f"s{at}": (1.0,) for at in range(20)}],
)
def test_a_team_that_can_not_be_kept_is_refused(begun: Actor, people: dict[str, tuple[float, ...]]) -> None:
    before = sketch(begun).roadmap.team
    with connect() as database, pytest.raises(InputError):
        roadmaps.save_team(database, begun, Team(FIRST, people, (1.0,)))
    assert sketch(begun).roadmap.team == before


def test_a_step_that_is_dropped_is_waited_for_no_longer(begun: Actor) -> None:
    one, other = (step.slug for step in sketch(begun).steps[:2])
    save(begun, one, after=(other,))
    with connect() as database:
        roadmaps.drop_step(database, begun, other)
    assert sketch(begun).row(one).after == ()
    assert other not in {step.slug for step in sketch(begun).steps}


def test_a_house_use_case_is_planned_and_left_out_once_it_is_retired(begun: Actor) -> None:
    with connect() as database:
        slug = portfolio.add_use_case(database, begun, Area.MARKETING, "Lettres de la maison", "")
        case = proposing.by_slug(portfolio.candidates(database, begun))[slug]
        roadmaps.save_step(database, begun, proposing.step(case, ranking.starting_scores(case)))
    assert sketch(begun).step(slug).title == "Lettres de la maison"
    with connect() as database:
        portfolio.retire_use_case(database, begun, slug)
    assert sketch(begun).gone == (slug,)
    with pytest.raises(NotFound):
        sketch(begun).step(slug)


def test_another_workspace_and_another_visitor_of_the_demo_house_see_nothing(begun: Actor, stranger: Actor) -> None:
    with connect() as database:
        assert planning.sketch(database, stranger) is None
        assert roadmaps.plans(database, stranger) == []
        for visitor, other in ((begun.person, stranger.person), (stranger.person, begun.person)):
            mine, theirs = (Actor(person, "demo", Role.EXECUTIVE) for person in (visitor, other))
            assert roadmaps.roadmap(database, theirs) is None
            planning.begin(database, mine, FIRST)
            assert roadmaps.roadmap(database, mine) is not None
            database.execute("delete from roadmaps where workspace_id = 'demo'")


def test_who_may_not_steer_reads_and_changes_nothing(begun: Actor) -> None:
    reader = replace(begun, role=Role.REVIEWER)
    assert sketch(reader).steps
    with pytest.raises(NotAllowed):
        planning.make(reader, "en")
    with connect() as database:
        changes: list[Callable[[], object]] = [
            partial(roadmaps.save_team, database, reader, proposing.team(FIRST)),
            partial(roadmaps.save_step, database, reader, StepRow("x", 1)),
            partial(roadmaps.drop_step, database, reader, "x"),
            partial(planning.begin, database, reader, FIRST),
        ]
        for change in changes:
            with pytest.raises(NotAllowed):
                change()


def test_two_who_begin_at_once_make_one_roadmap(begun: Actor) -> None:
    with connect() as database:
        planning.begin(database, begun, "2028-1")
        assert database.table("roadmaps").count == 1
    assert sketch(begun).roadmap.team.first == FIRST


def test_quarters_are_said_as_the_reader_says_them() -> None:
    import datetime as dt

    assert following(dt.date(2026, 11, 22)) == "2027-1"
    assert onwards("2026-4", 2) == ("2026-4", "2027-1")
    assert said("2027-1") == "Q1 2027"
    with use_language("fr"):
        assert said("2027-1") == "T1\u00a02027"
