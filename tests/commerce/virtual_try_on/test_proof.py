"""The proof: what is measured against what, by size and skin; exchanged names win nothing."""

from __future__ import annotations

import pytest

from lib.commerce.virtual_try_on.proof import PASTED, proof
from lib.errors import Cancelled
from lib.proofs import Proof

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def small() -> Proof:
    return proof(people=11, told=4, draws=300)


def test_every_measure_has_an_interval_and_what_is_compared_a_baseline(small: Proof) -> None:
    for measure in small.measures:
        assert measure.low is not None and measure.high is not None and measure.low <= measure.ours <= measure.high
        assert measure.baselines or measure.control


def test_sizes_and_tones_stand_side_by_side(small: Proof) -> None:
    titles = [measure.metric for measure in small.measures]
    assert sum("sizes" in title for title in titles) >= 2 and sum("skin tones" in title for title in titles) >= 2


def test_exchanged_names_win_nothing(small: Proof) -> None:
    assert not small.null_win
    (null,) = [measure for measure in small.measures if measure.metric.startswith("Null control")]
    assert null.control and null.wins(PASTED) is not True


def test_a_stop_is_heeded() -> None:
    with pytest.raises(Cancelled):
        proof(people=2, cancelled=lambda: True)
