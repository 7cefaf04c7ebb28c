"""Weights of the criteria and evidence accepted as a score: whose they are, what is refused, what is found again."""

from __future__ import annotations

import pytest

from lib.access import Actor
from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion
from lib.database import connect, weights
from lib.errors import InputError, NotFound

POINTS = {criterion: float(10 * at) for at, criterion in enumerate(Criterion)} | {Criterion.PARTNER_DEPENDENCE: 0.0}


def test_weights_are_found_again_by_the_workspace_and_by_nobody_else(actor: Actor, stranger: Actor) -> None:
    points = {criterion: min(100.0, points) for criterion, points in POINTS.items()}
    with connect() as database:
        weights.set_weights(database, actor, points, 0.7)
        assert weights.weights(database, actor) == weights.Weights(points, 0.7)
        assert weights.weights(database, stranger) == weights.equal()
    shares = weights.Weights(points).shares()
    assert sum(shares[one] for one in VALUE_CRITERIA) == pytest.approx(1)
    assert sum(shares[one] for one in FEASIBILITY_CRITERIA) == pytest.approx(1)


@pytest.mark.parametrize("side", [VALUE_CRITERIA, FEASIBILITY_CRITERIA])
def test_all_weights_zero_are_refused_and_the_old_ones_stay(actor: Actor, side: tuple[Criterion, ...]) -> None:
    with connect() as database:
        weights.set_weights(database, actor, weights.equal().points, 0.6)
        with pytest.raises(InputError, match="are zero"):
            weights.set_weights(database, actor, weights.equal().points | dict.fromkeys(side, 0.0), 0.5)
        for bad in (-1.0, 101.0, float("nan")):
            with pytest.raises(InputError, match="between 0 and 100"):
                weights.set_weights(database, actor, weights.equal().points | {Criterion.BRAND: bad}, 0.5)
        assert weights.weights(database, actor).value_share == 0.6


def test_evidence_is_accepted_replaced_and_withdrawn(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        for cents in (3, 4):
            weights.accept(
                database, actor, "stylist", Criterion.RUNNING_COST, (2, 3, 4), "{n} cents", {"n": cents}, page="runs"
            )
        found = weights.accepted(database, actor)
        assert [(one.values, one.page) for one in found] == [({"n": 4}, "runs")]
        assert weights.accepted(database, stranger) == []
        with pytest.raises(NotFound):
            weights.withdraw(database, stranger, "stylist", Criterion.RUNNING_COST)
        weights.withdraw(database, actor, "stylist", Criterion.RUNNING_COST)
        assert weights.accepted(database, actor) == []
