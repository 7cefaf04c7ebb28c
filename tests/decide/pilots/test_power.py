"""Sample sizes against the tables of Cohen (1988), and against what simulated pilots show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decide.pilots.outcome import welch
from lib.decide.pilots.power import needed, power_of
from lib.errors import InputError
from tests.decide.pilots.plans import SHARE, plan


@pytest.mark.parametrize(("d", "n"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_two_groups_need_what_cohens_table_says(d: float, n: int) -> None:
    assert needed(plan(baseline=10.0, target=10.0 - d, spread=1.0)) == n


def test_pairs_need_what_the_table_says() -> None:
    assert needed(plan(baseline=10.0, target=9.5, spread=1.0, paired=True)) == 34


def test_shares_need_what_the_arcsine_table_says() -> None:
    # h = 0.2 needs 392.4 a group at 80% (Cohen, table 6.4.1); sin² of half the angle gives the shares
    start = 0.3
    target = float(np.sin((2 * np.arcsin(np.sqrt(start)) + 0.2) / 2) ** 2)
    assert needed(plan(SHARE, baseline=start, target=target)) == 393


@given(
    gain=st.floats(0.5, 30), spread=st.floats(1, 40), power=st.floats(0.5, 0.99), paired=st.booleans(),
)  # fmt: skip
@settings(max_examples=40)
def test_the_sample_is_the_smallest_that_has_the_power(gain: float, spread: float, power: float, paired: bool) -> None:
    asked = plan(baseline=50.0, target=50.0 - gain, spread=spread, power=power, paired=paired)
    n = needed(asked)

    assert power_of(asked, n) >= power
    assert n == 2 or power_of(asked, n - 1) < power


def test_simulated_pilots_find_the_effect_as_often_as_promised() -> None:
    asked = plan()
    n = needed(asked)
    rng = np.random.default_rng(4)
    found = sum(
        (one := welch(rng.normal(30, 10, n), rng.normal(20, 10, n))).high < 0 or one.low > 0 for _trial in range(1_000)
    )

    assert found / 1_000 == pytest.approx(power_of(asked, n), abs=0.04)


def test_a_target_beside_the_baseline_is_refused() -> None:
    with pytest.raises(InputError, match="so close"):
        needed(plan(baseline=10.0, target=10.0 - 1e-9, spread=10.0))
