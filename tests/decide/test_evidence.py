"""What is measured is offered where it speaks: only money and hours become scores, and only when there is enough."""

from __future__ import annotations

import pytest

from lib.access import Actor
from lib.catalogue import Area, Criterion, HouseUseCase, use_case
from lib.database import connect
from lib.database.reviews import add_review
from lib.database.runs import add_check, finish_run, start_run
from lib.decide import evidence
from lib.decide.evidence import offers
from lib.decide.model import Basis
from lib.evidence import code_version
from lib.proofs import Measure, Proof
from lib.verdicts import CheckResult, Finding, Verdict

CASE = use_case("product_descriptions")


def _run(actor: Actor, cost: float | None = None, minutes: float | None = None, rating: int | None = None) -> None:
    with connect() as database:
        run = start_run(
            database, actor, use_case=CASE.slug, kind="generation", method="m", method_version="1", inputs={}
        )
        finish_run(
            database, actor, run, output={}, status="done", seconds=1, cost=cost, currency="EUR" if cost else None
        )
        add_check(database, actor, run, CheckResult("claims", (Finding("body", Verdict.FAIL, "x", {}),)))
        if minutes is not None or rating is not None:
            add_review(database, actor, run, "rated", rating=rating, minutes_saved=minutes)


def _offers(actor: Actor) -> dict[Criterion, object]:
    with connect() as database:
        return {one.criterion: one for one in offers(database, actor, CASE)}


@pytest.mark.parametrize(("cost", "score"), [(0.0001, 5), (0.001, 5), (0.03, 3), (1.0, 1), (20.0, 1)])
def test_what_a_use_costs_becomes_a_score_by_the_anchors(actor: Actor, cost: float, score: float) -> None:
    for _use in range(3):
        _run(actor, cost)
    found = _offers(actor)[Criterion.RUNNING_COST]
    assert found.judged.likeliest == pytest.approx(score) and found.judged.basis is Basis.EVIDENCE


def test_hours_saved_a_week_become_a_score_with_what_reviews_leave_open(actor: Actor) -> None:
    for minutes in (40, 60, 80, 60):
        _run(actor, minutes=minutes, rating=4)
    found = _offers(actor)
    saved = found[Criterion.COST].judged
    assert saved.likeliest == pytest.approx(3) and saved.low < 3 < saved.high
    assert found[Criterion.TEAM_SKILLS].judged is None and "4 ratings" in found[Criterion.TEAM_SKILLS].reference.said
    assert found[Criterion.RISK_CLASS].judged is None and "100%" in found[Criterion.RISK_CLASS].reference.said


def test_two_measurements_are_told_and_are_no_score(actor: Actor) -> None:
    for _use in range(2):
        _run(actor, 0.03, minutes=60)
    found = _offers(actor)
    assert found[Criterion.RUNNING_COST].judged is None and found[Criterion.COST].judged is None


def test_others_runs_are_not_ours(actor: Actor, stranger: Actor) -> None:
    for _use in range(3):
        _run(stranger, 0.03, minutes=60, rating=2)
    assert all(one.reference.page == CASE.slug for one in _offers(actor).values())


def test_a_houses_own_use_case_without_runs_has_nothing_to_offer(actor: Actor) -> None:
    with connect() as database:
        assert offers(database, actor, HouseUseCase("own_x", Area.SUPPORT, "X", "")) == []


def test_a_shipped_proof_is_told_beside_what_it_speaks_to_and_never_counted(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = Proof(
        CASE.slug,
        (
            Measure("A check", "share", 9, 1.0, None, None, {"chance": 0.5}, "higher", control=True),
            Measure("Orders", "orders per 100 visits", 9, 15.3, 12.0, 18.0, {"most sold": 14.9}, "higher"),
        ),
        False,
        0,
        "sample",
    )
    monkeypatch.setattr(evidence, "shipped", lambda _case, _seed: proof)
    found = _offers(actor)[Criterion.REVENUE]
    assert found.judged is None and found.reference.page == CASE.slug
    assert "Orders: 15.3" in found.reference.said and "most sold: 14.9" in found.reference.said


def _simulated(actor: Actor, data: str, lost: tuple[float, float, float], stable: bool = True) -> str:
    def scenario(value: float, low: float, high: float) -> dict[str, object]:
        spread = {"value": value, "low": low, "high": high}
        wrong = {"value": 0.031, "low": 0.02, "high": 0.04}
        return {"measures": {"*": {"lost": spread, "wrong": wrong}}} if stable else {"stable": False}

    output = {"scenarios": {"without": scenario(36_000.0, 30_000.0, 40_000.0), "with": scenario(*lost)}}
    with connect() as database:
        run = start_run(
            database, actor, use_case=CASE.slug, kind="simulation", method="service_queue", method_version="1",
            inputs={"data": data},
        )  # fmt: skip
        finish_run(database, actor, run, output=output, status="done", seconds=1)
    return run


def _of(actor: Actor, criterion: Criterion) -> list[evidence.Offer]:
    with connect() as database:
        return [one for one in offers(database, actor, CASE) if one.criterion is criterion]


def test_waiting_simulated_on_own_arrivals_is_offered_as_a_score_with_its_range(actor: Actor) -> None:
    run = _simulated(actor, "data1", (3_600.0, 360.0, 36_000.0))
    waited = _of(actor, Criterion.WAITING_TIME)[0]
    assert waited.judged is not None and waited.judged.basis is Basis.EVIDENCE
    assert (waited.judged.low, waited.judged.likeliest, waited.judged.high) == pytest.approx((1.0, 3.0, 5.0))
    assert (waited.reference.page, waited.reference.key) == ("runs", run)
    wrong = next(one for one in _of(actor, Criterion.RISK_CLASS) if one.reference.key == run)
    assert wrong.judged is None and "3.1%" in wrong.reference.said


def test_waiting_on_the_demo_houses_arrivals_is_told_and_gives_way_to_the_houses_own(actor: Actor) -> None:
    _simulated(actor, "data1", (3_600.0, 3_600.0, 3_600.0))
    _simulated(actor, "sample", (36.0, 36.0, 36.0))
    assert _of(actor, Criterion.WAITING_TIME)[0].judged is not None


def test_waiting_on_the_sample_alone_or_in_a_queue_that_never_ends_is_no_score(actor: Actor, stranger: Actor) -> None:
    _simulated(stranger, "data1", (3_600.0, 3_600.0, 3_600.0))
    _simulated(actor, "data1", (1.0, 1.0, 1.0), stable=False)
    assert not _of(actor, Criterion.WAITING_TIME)
    _simulated(actor, "sample", (36.0, 36.0, 36.0))
    told = _of(actor, Criterion.WAITING_TIME)[0]
    assert told.judged is None and told.uncounted == evidence.NOT_OURS


def test_a_proof_on_own_data_stands_before_the_one_that_comes_with_the_product(
    actor: Actor, stranger: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def proof(ours: float) -> Proof:
        made = Measure("Orders", "orders per 100 visits", 9, ours, 12.0, 18.0, {"most sold": 14.9}, "higher")
        return Proof(CASE.slug, (made,), False, 0, "sample")

    def computed(who: Actor, data: str, ours: float, code: str) -> str:
        with connect() as database:
            run = start_run(
                database, who, use_case=CASE.slug, kind="comparison", method="proof", method_version="1",
                inputs={"code": code, "data": data, "seed": 0},
            )  # fmt: skip
            finish_run(database, who, run, output=proof(ours).as_json(), status="done", seconds=1)
        return run

    monkeypatch.setattr(evidence, "shipped", lambda _case, _seed: proof(1.0))
    computed(actor, "data1", 2.0, "of another version")
    computed(stranger, "data1", 3.0, code_version(CASE))
    assert "1.00" in _of(actor, Criterion.REVENUE)[0].reference.said
    computed(actor, "sample", 4.0, code_version(CASE))
    own = computed(actor, "data1", 5.0, code_version(CASE))
    first, second = _of(actor, Criterion.REVENUE)
    assert "5.00" in first.reference.said and "on your own data" in first.reference.said and first.reference.key == own
    assert "4.00" in second.reference.said and first.judged is second.judged is None
