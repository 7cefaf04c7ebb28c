"""The proof: what is measured against what, what it can't win, and that a shuffled one doesn't."""

from __future__ import annotations

import pytest

from lib.errors import Cancelled
from lib.merchandising.made_to_measure_eyewear.proof import (
    ONE_SIZE,
    TRADE_RUN,
    ProofData,
    proof,
    sample,
)
from lib.merchandising.made_to_measure_eyewear.proof_pictures import photographed
from lib.proofs import Proof

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def small() -> Proof:
    return proof(people=6, draws=300, size=(504, 600))


def test_every_measure_has_an_interval_and_what_is_compared_a_baseline(small: Proof) -> None:
    assert len(small.measures) >= 15
    for measure in small.measures:
        assert measure.low is not None and measure.high is not None and measure.low <= measure.ours <= measure.high
        assert measure.baselines or measure.control
    assert {name for measure in small.measures for name in measure.baselines} >= {ONE_SIZE, TRADE_RUN}


def test_shuffled_people_win_nothing(small: Proof) -> None:
    assert not small.null_win
    (null,) = [measure for measure in small.measures if measure.metric.startswith("Null control")]
    assert null.control and null.wins(ONE_SIZE) is not True


def test_a_card_measures_pupils_better_than_the_mean_adult_does(small: Proof) -> None:
    first = small.measures[0]
    assert first.ours < 1.0 < first.baselines[ONE_SIZE]


def test_tones_and_shapes_stand_side_by_side(small: Proof) -> None:
    titles = [measure.metric for measure in small.measures]
    assert sum("skin tones" in title for title in titles) >= 2 and sum("faces: mean" in title for title in titles) == 2


def test_the_same_seed_gives_the_same_pictures() -> None:
    one, two = (photographed(1, 4, (420, 500)) for _again in range(2))
    assert [each.card for each in one] == [each.card for each in two]


def test_a_stop_is_heeded() -> None:
    with pytest.raises(Cancelled):
        proof(people=2, cancelled=lambda: True)


def test_a_houses_own_customers_change_the_size_runs_alone() -> None:
    data = sample()
    assert len(data.customers) == 1_197
    own = proof(ProofData(data.customers[:200], "ds1"), people=2, draws=200, size=(420, 500))
    assert own.data == "ds1"
    assert next(measure.n for measure in own.measures if measure.metric == "Customers fitted by four sizes") == 100
