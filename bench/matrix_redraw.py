"""What a change on the matrix costs: 100 use cases, 12 raters, 12 criteria, 10,000 draws, ranked anew.

A change of a weight uses the draws that are there; a change of one score draws again. The value is the slower of the
two at its 95th percentile; the baseline is the same ranking, draw by draw, as one would write it first (on 20 draws,
counted up).
"""

from __future__ import annotations

import random
from statistics import quantiles

from bench.model import Result, timed
from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Area, Criterion
from lib.database.scores import Score
from lib.decide.model import Basis, Candidate
from lib.decide.ranking import DRAWS, Judged, Scores, equal_weights, rank
from lib.decide.scoring.pooling import pool
from lib.decide.sensitivity import sensitivities

CASES, RATERS, TURNS, PLAIN_DRAWS = 100, 12, 40, 20


def _given(chance: random.Random) -> list[Score]:
    return [
        Score(f"c{at:03}", criterion, float(chance.randint(1, 5)), rater=rater)
        for at in range(CASES)
        for criterion in Criterion
        for rater in range(RATERS)
    ]


def _scores(given: list[Score]) -> Scores:
    found: dict[str, dict[Criterion, Judged]] = {}
    for (slug, criterion), one in pool(given).items():
        found.setdefault(slug, {})[criterion] = Judged(one.low, one.median, one.high, Basis.OPINION)
    return found


def _weights(chance: random.Random) -> dict[Criterion, float]:
    found: dict[Criterion, float] = {}
    for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA):
        points = [chance.random() for _one in side]
        found |= {one: point / sum(points) for one, point in zip(side, points, strict=True)}
    return found


def run() -> Result:
    """Times of 40 changes of a weight and 40 of a score, pooling and sensitivities included."""
    chance = random.Random(0)
    given = _given(chance)
    candidates = [Candidate(f"c{at:03}", f"C{at:03}", Area.COMMERCE, own=False, has_page=False) for at in range(CASES)]

    def redraw(weights: dict[Criterion, float]) -> None:
        scores = _scores(given)
        rank(candidates, scores, weights, raters=RATERS)
        sensitivities(candidates, scores, weights)

    def rescore() -> None:
        at = chance.randrange(len(given))
        given[at] = Score(given[at].slug, given[at].criterion, float(chance.randint(1, 5)), rater=given[at].rater)
        redraw(equal_weights())

    redraw(equal_weights())
    weighed = [timed(lambda: redraw(_weights(chance))) for _turn in range(TURNS)]
    scored = [timed(rescore) for _turn in range(TURNS)]
    plain = timed(lambda: _plain(_scores(given), equal_weights(), chance)) * DRAWS / PLAIN_DRAWS
    value = max(_p95(weighed), _p95(scored))
    detail = {
        "use_cases": CASES,
        "raters": RATERS,
        "draws": DRAWS,
        "weight_p95": _p95(weighed),
        "score_p95": _p95(scored),
    }
    return Result("matrix_redraw", "p95 of a change's redraw, beside a plain loop's", value, plain, "s", detail)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _plain(scores: Scores, weights: dict[Criterion, float], chance: random.Random) -> dict[str, list[int]]:
    """The same, one draw after another."""
    places: dict[str, list[int]] = {slug: [] for slug in scores}
    for _draw in range(PLAIN_DRAWS):
        overall = {
            slug: sum(
                weights[criterion] * chance.triangular(one.low, one.high, one.likeliest)
                for criterion, one in judged.items()
            )
            for slug, judged in scores.items()
        }
        for place, slug in enumerate(sorted(overall, key=lambda one: -overall[one]), start=1):
            places[slug].append(place)
    return places
