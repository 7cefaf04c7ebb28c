"""The examples of the demo house: sound by the same rules as what people enter, and in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from lib.access import Actor
from lib.database import connect, roadmaps
from lib.database.partners import PartnerCriterion
from lib.database.pilots import checked
from lib.database.weekly_table import checked as checked_entry
from lib.decide.model import Basis
from lib.decide.partners import example as partners
from lib.decide.partners.weighing import standings
from lib.decide.pilots import example as pilots
from lib.decide.pilots.observations import COLUMNS, observations_from, sides
from lib.decide.roadmap import example as roadmap
from lib.decide.roadmap.picture import timeline
from lib.decide.weekly_table import example as weekly
from lib.decide.weekly_table.agenda import agenda
from lib.files.tables import read_table
from lib.i18n import use_language

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_example_pilot_could_be_planned_and_its_file_says_the_same(language: str) -> None:
    with use_language(language):
        plan = pilots.plan(TODAY)
        assert checked(plan).sample == plan.sample
        table = read_table(pilots.figures(), "figures.csv")
        names = [column.name for column in COLUMNS]
        rows = [
            {name: dict(zip(table.columns, row, strict=True)).get(name, "") for name in names} for row in table.rows
        ]
        found, problems = observations_from(rows, range(len(rows)))
    given = sides(plan, found)
    assert not problems and (given.yes, given.all) == (pilots.YES, pilots.ALL)
    assert pilots.outcome(plan).n[0] >= plan.sample  # an example that is itself too small would teach the wrong thing


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_example_candidates_are_assumptions_and_none_is_certain(language: str) -> None:
    with use_language(language):
        found = partners.candidates()
    assert {score.basis for one in found for score in one.scores.values()} == {Basis.ASSUMPTION.value}
    ranked = standings(found, dict.fromkeys(PartnerCriterion, 1 / 9))
    assert ranked[0].first < 0.95 and all(one.assumption == pytest.approx(1.0) for one in ranked)
    assert ("Exemple A" in {one.name for one in found}) == (language == "fr")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_example_week_holds_every_kind_and_could_have_been_entered(language: str) -> None:
    with use_language(language):
        found = weekly.entries(TODAY)
        for one in found:
            assert checked_entry(one.entry).kind == one.entry.kind
    made = agenda(found, TODAY)
    assert made.overdue and made.requests and made.offers and made.aims
    assert weekly.sketches()[weekly.SKETCH].startswith(b"\xff\xd8")


def test_the_example_roadmap_is_the_solvers_shows_an_aim_with_its_renewal_and_is_never_kept(actor: Actor) -> None:
    with connect() as database, use_language("en"):
        found = roadmap.sketch(database, actor, "2027-1")
        plan = roadmap.plan(found)
        assert roadmaps.roadmap(database, actor) is None
        drawn = timeline(found, plan)
    assert plan.proven and len(plan.starts) > len(found.steps) / 2
    assert {span.role for span in drawn.spans} == {"neutral", "baseline"} and len(
        {one.lane for one in drawn.spans}
    ) == 2
    assert len(set(plan.starts.values())) > 2  # a year, and not a heap in its first quarter
