"""How far a weight must move: exact against enumeration of its whole range, and the sentence that says it."""

from __future__ import annotations

import random

import pytest

from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Area, Criterion
from lib.decide.model import Basis, Candidate
from lib.decide.ranking import Judged, Scores, equal_weights
from lib.decide.sensitivity import sensitivities, sentence


def _portfolio(chance: random.Random, count: int) -> tuple[list[Candidate], Scores]:
    candidates = [Candidate(f"c{at}", f"C{at}", Area.COMMERCE, own=False, has_page=False) for at in range(count)]
    scores = {
        one.slug: {
            criterion: Judged(level, level, level, Basis.OPINION)
            for criterion in Criterion
            if (level := chance.uniform(1, 5))
        }
        for one in candidates
    }
    return candidates, scores


def _weights(chance: random.Random) -> dict[Criterion, float]:
    found: dict[Criterion, float] = {}
    for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA):
        points = [chance.random() for _one in side]
        found |= {one: point / sum(points) for one, point in zip(side, points, strict=True)}
    return found


def _first(scores: Scores, weights: dict[Criterion, float], share: float, top: int) -> set[str]:
    def overall(slug: str) -> float:
        value = sum(weights[one] * scores[slug][one].likeliest for one in VALUE_CRITERIA)
        return share * value + (1 - share) * sum(
            weights[one] * scores[slug][one].likeliest for one in FEASIBILITY_CRITERIA
        )

    return set(sorted(scores, key=overall, reverse=True)[:top])


def _moved(weights: dict[Criterion, float], criterion: Criterion, share: float) -> dict[Criterion, float]:
    side = VALUE_CRITERIA if criterion in VALUE_CRITERIA else FEASIBILITY_CRITERIA
    left = sum(weights[one] for one in side if one is not criterion)
    return {
        one: share if one is criterion else weights[one] * (1 - share) / left if one in side else weights[one]
        for one in Criterion
    }


@pytest.mark.parametrize("seed", range(25))
def test_the_first_five_stay_until_the_turning_point_and_change_beyond_it(seed: int) -> None:
    chance = random.Random(seed)
    candidates, scores = _portfolio(chance, 12)
    weights, share = _weights(chance), chance.random()
    now = _first(scores, weights, share, 5)
    for one in sensitivities(candidates, scores, weights, share):
        for turn, end, step in ((one.below, 0.0, -1e-6), (one.above, 1.0, 1e-6)):
            reached = end if turn is None else turn.share - step
            for part in range(1, 21):  # nothing changes on the way
                at = one.share + (reached - one.share) * part / 20
                assert _first(scores, _moved(weights, one.criterion, at), share, 5) == now
            if turn is not None and 0 < turn.share < 1:
                beyond = _first(scores, _moved(weights, one.criterion, turn.share + step), share, 5)
                assert beyond - now == {turn.enters.slug} and now - beyond == {turn.leaves.slug}


def test_the_sentence_names_the_smallest_move() -> None:
    candidates, scores = _portfolio(random.Random(3), 12)
    found = sensitivities(candidates, scores, equal_weights())
    said = sentence(found)
    nearest = min((one for one in found if one.nearest), key=lambda one: abs(one.nearest.share - one.share))
    assert nearest.nearest and nearest.nearest.enters.title in said and "17%" in said


def test_with_five_use_cases_or_fewer_there_is_nothing_to_change() -> None:
    candidates, scores = _portfolio(random.Random(3), 5)
    assert sensitivities(candidates, scores, equal_weights()) == []
    assert "no more than five" in sentence([])


def test_where_nothing_can_change_it_says_so() -> None:
    candidates, _scores = _portfolio(random.Random(3), 8)
    sure = {
        one.slug: dict.fromkeys(Criterion, Judged(5.0 - at / 2, 5.0 - at / 2, 5.0 - at / 2, Basis.OPINION))
        for at, one in enumerate(candidates)
    }
    assert "No single weight" in sentence(sensitivities(candidates, sure, equal_weights()))
