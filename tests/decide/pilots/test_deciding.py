"""From figures to a recorded result, a decision, the matrix and the board pack."""

from __future__ import annotations

from typing import Any

import pytest

from lib.access import Actor
from lib.database import connect, pilots
from lib.database.runs import get_run, recent
from lib.decide.model import Basis
from lib.decide.pilots.deciding import decide
from lib.decide.pilots.evaluating import evaluate_figures
from lib.decide.pilots.evidence import evidence
from lib.decide.pilots.from_runs import MINUTES, findings
from lib.decide.pilots.pack import handed
from lib.decide.pilots.picture import costs_said, pilot_figure, run_figures
from lib.errors import InputError, TooFewRows
from tests.decide.pilots.plans import MEAN, SHARE, plan
from tests.decide.pilots.test_outcome import seen

WITHOUT = [25.0, 30.0, 35.0, 28.0, 32.0] * 4
FIGURES = seen(WITHOUT, "without") + seen([one - 12 for one in WITHOUT], "with")


def row(**values: Any) -> dict[str, Any]:
    empty = {"cost": None, "currency": None, "rating": None, "minutes": None}
    return {"status": "done", "approved": 0, "sent_back": 0, "checks": 0, "failed_checks": 0, **empty, **values}


def test_figures_become_a_run_and_the_matrix_sees_it(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        assert evidence(database, actor, MEAN.use_case) == ()
        outcome = evaluate_figures(database, actor, made, FIGURES, None)
        pilot = pilots.get(database, actor, made)
        assert pilot.run is not None
        run = get_run(database, actor, pilot.run)
        (found,) = evidence(database, actor, MEAN.use_case)
        assert evidence(database, actor, "stylist") == () == evidence(database, stranger, MEAN.use_case)
    assert run["status"] == "done" and run["output"]["outcome"]["verdict"] == outcome.verdict == "reached"
    assert found.difference.value == pytest.approx(-12) and found.way.value == pytest.approx(1.2)
    assert found.reference.basis is Basis.EVIDENCE and found.reference.key == made and "reached" in found.said


def test_figures_that_are_refused_leave_the_earlier_result(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        evaluate_figures(database, actor, made, FIGURES, None)
        before = pilots.get(database, actor, made).run
        with pytest.raises(TooFewRows):
            evaluate_figures(database, actor, made, FIGURES[:4], None)
        assert pilots.get(database, actor, made).run == before
        assert [one["status"] for one in recent(database, actor, use_case="pilots")] == ["failed", "done"]


def test_scaling_waits_for_a_result_and_for_the_risk_review(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        with pytest.raises(InputError, match="nothing to scale on"):
            decide(database, actor, made, "scale", "It works.", lambda *_asked: True)
        evaluate_figures(database, actor, made, FIGURES, None)
        with pytest.raises(InputError, match="risk review"):
            decide(database, actor, made, "scale", "It works.", lambda *_asked: False)
        assert pilots.get(database, actor, made).decisions == ()
        decide(database, actor, made, "go_on", "Until the review.", lambda *_asked: False)
        decide(database, actor, made, "scale", "It works.", lambda _database, _actor, slug: slug == MEAN.use_case)
        found = pilots.get(database, actor, made)
    assert found.decisions[0].decision == "scale" and found.decisions[0].run == found.run


def test_runs_give_each_quantity_with_its_interval() -> None:
    found = findings(
        [
            row(rating=4.0, minutes=10.0, approved=1, checks=2, cost=0.02, currency="EUR"),
            row(rating=5.0, minutes=14.0, sent_back=1, checks=2, failed_checks=1, cost=0.04, currency="EUR"),
            row(status="failed", cost=0.01, currency="USD"),
        ]
    )
    assert found.runs == 3 and len(found.measures) == 7
    minutes = next(one for one in found.measures if one.name == MINUTES)
    assert minutes.value == 12 and minutes.low is not None and minutes.low < 0
    single = next(one for one in found.measures if one.unit == "USD")
    assert single.low is None and single.n == 1
    assert found.spent(MEAN) == pytest.approx(0.06) and found.other_currencies(MEAN) == {"USD": 0.01}
    titles = [figure.title for figure in run_figures(found)]
    assert titles[0] == "Runs are rated 4.5 out of 5 on average" and len(titles) == 3
    assert "whether" in titles[1]  # two runs, 10 and 14 minutes: the interval holds zero
    assert costs_said(found)[1] == "One run cost US$0.010."


def test_a_pilot_without_runs_has_nothing_to_draw() -> None:
    assert run_figures(findings([])) == [] and findings([]).runs == 0


def test_the_picture_shows_baseline_target_and_result(actor: Actor) -> None:
    with connect() as database:
        outcome = evaluate_figures(database, actor, pilots.add(database, actor, MEAN), FIGURES, None)
    figure = pilot_figure(MEAN, outcome)
    assert [mark.value for mark in figure.marks] == [30.0, 30.0, 18.0, 20.0]
    assert [mark.low is None for mark in figure.marks] == [True, False, False, True]
    assert len(pilot_figure(SHARE, None).marks) == 2


@pytest.mark.parametrize(("language", "word"), [("en", "improves its KPI"), ("fr", "sans doute possible")])
def test_the_board_pack_tells_assumed_from_measured(actor: Actor, language: str, word: str) -> None:
    with connect() as database:
        assert handed(database, actor, language).slides == ()
        made = pilots.add(database, actor, MEAN)
        for at in range(9):
            pilots.add(database, actor, plan(title=f"Later {at}"))
        evaluate_figures(database, actor, made, FIGURES, None)
        given = handed(database, actor, language)
    (slide,), (sheet,) = given.slides, given.sheets
    table = slide.bodies[1]
    assert word in slide.title and len(table.rows) == 8 and len(sheet.rows) == 10
    assert [cell.basis for cell in table.rows[0][2:5]] == [Basis.ASSUMPTION, Basis.ASSUMPTION, Basis.EVIDENCE]
    assert table.rows[1][4].basis is None
    assert {one.basis for one in slide.references} == {Basis.ASSUMPTION, Basis.EVIDENCE}
    assert all(len(line) == len(sheet.columns) for line in sheet.rows)
    assert {line[1] for line in sheet.rows} == {{"en": "Product descriptions", "fr": "Descriptions produit"}[language]}


@pytest.mark.parametrize(("language", "choice"), [("en", "Go on"), ("fr", "Poursuivre")])
def test_the_board_pack_says_what_was_decided_last_and_why(actor: Actor, language: str, choice: str) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        pilots.add(database, actor, plan(title="Not decided"))
        outcome = evaluate_figures(database, actor, made, FIGURES, None)
        decide(database, actor, made, "stop", "Nobody used it.", lambda *_asked: False)
        decide(database, actor, made, "go_on", "The studio asked for another month.", lambda *_asked: False)
        given = handed(database, actor, language)
    first, second = given.slides
    (table,) = second.bodies
    assert [[cell.said for cell in (row[1], row[3])] for row in table.rows] == [
        [choice, "The studio asked for another month."]
    ]
    assert table.rows[0][3].basis is Basis.OPINION
    assert outcome.verdict and second.references[0] == first.references[0]
    assert second.references[0].basis is Basis.EVIDENCE
