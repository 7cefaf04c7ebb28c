"""Draws over all weights against every weighting enumerated, on a thousand random portfolios."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from lib.catalogue import Area, Criterion
from lib.decide.acceptability import over_all_weights, weightings
from lib.decide.method import agreement
from lib.decide.model import Basis, Candidate
from lib.decide.ranking import Judged


@pytest.mark.parametrize(("parts", "criteria"), [(1, 6), (3, 6), (6, 6), (4, 2)])
def test_weightings_are_all_of_them_once(parts: int, criteria: int) -> None:
    found = weightings(parts, criteria)
    assert found.shape == (comb(parts + criteria - 1, criteria - 1), criteria)
    assert len({tuple(row) for row in found.round(9).tolist()}) == len(found)
    assert np.allclose(found.sum(axis=1), 1) and found.min() == 0


def test_draws_agree_with_the_enumeration_within_their_intervals() -> None:
    found = agreement()
    assert found.portfolios == 1_000 and found.furthest < 0.07  # six standard errors at the worst
    # 95% is promised; some 6,000 shares are within half a point of what they estimate.
    assert 0.94 <= found.share <= 0.99


def test_what_is_best_at_everything_is_first_whatever_the_weights() -> None:
    candidates = [Candidate(f"c{at}", f"C{at}", Area.COMMERCE, own=False, has_page=False) for at in range(8)]
    scores = {
        one.slug: dict.fromkeys(Criterion, Judged(5 - at / 2, 5 - at / 2, 5 - at / 2, Basis.OPINION))
        for at, one in enumerate(candidates)
    }
    found = over_all_weights(candidates, scores, draws=500)
    assert [one.top for one in found] == [1, 1, 1, 1, 1, 0, 0, 0]
