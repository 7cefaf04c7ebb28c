"""Pooled scores against numpy, cell by cell; differences, agreement, and what a single rater says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Actor
from lib.catalogue import Criterion
from lib.database import connect, scores, scoring, weights
from lib.database.scores import Given, Score
from lib.database.scoring import SessionCase
from lib.decide import ranking
from lib.decide.model import Basis
from lib.decide.scoring.pooling import agreed, differences, pool

CELLS = st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(list(Criterion)[:3]))
LEVEL = st.integers(2, 10).map(lambda half: half / 2)


@given(st.lists(st.tuples(CELLS, st.lists(LEVEL, min_size=3, max_size=3)), min_size=1, max_size=60))
def test_quartiles_are_those_of_each_cell(drawn: list[tuple[tuple[str, Criterion], list[float]]]) -> None:
    given_scores = [
        Score(slug, criterion, sorted(three)[1], min(three), max(three), rater=at)
        for at, ((slug, criterion), three) in enumerate(drawn)
    ]
    for (slug, criterion), found in pool(given_scores).items():
        own = [one for one in given_scores if (one.slug, one.criterion) == (slug, criterion)]
        likeliest = [one.likeliest for one in own]
        wanted = [np.quantile(likeliest, share) for share in (0.25, 0.5, 0.75)]
        assert [found.lower, found.median, found.upper] == pytest.approx(wanted)
        assert found.low == pytest.approx(min(np.quantile([one.low for one in own], 0.25), found.median))
        assert found.people == len(own) and 1 <= found.low <= found.median <= found.high <= 5


def test_one_rater_is_one_opinion_with_a_range() -> None:
    (found,) = pool([Score("a", Criterion.BRAND, 5.0)]).values()
    assert (found.people, found.low, found.median, found.high, found.spread) == (1, 4.5, 5.0, 5.0, 0)
    assert agreed([Score("a", Criterion.BRAND, 5.0)]).alpha is None


def test_the_widest_difference_comes_first_with_what_was_said_at_either_end() -> None:
    wide = [(1.0, "nobody asked"), (1.0, ""), (5.0, ""), (5.0, "clients love it")]
    given_scores = [Score("a", Criterion.BRAND, value, note=note, rater=at) for at, (value, note) in enumerate(wide)]
    given_scores += [Score("b", Criterion.BRAND, value, rater=at) for at, value in enumerate((3.0, 3.0, 4.0, 4.0))]
    given_scores += [Score("c", Criterion.BRAND, 2.0, rater=at) for at in range(4)]
    first, second = differences(given_scores)
    assert (first.slug, first.low_note, first.high_note) == ("a", "nobody asked", "clients love it")
    assert second.slug == "b"


def test_scores_and_evidence_reach_the_ranking_with_their_basis(actor: Actor) -> None:
    with connect() as database:
        session, _code = scoring.create(database, actor, "Board", [SessionCase("stylist")], [Criterion.REVENUE])
        scores.put(database, actor, session, 1, [Given("stylist", Criterion.REVENUE, 5)])
        before = ranking.current(database, actor).of("stylist")
        assert before and before.bases[Criterion.REVENUE] is Basis.ASSUMPTION
        scoring.show_round(database, actor, session)
        weights.accept(database, actor, "stylist", Criterion.RUNNING_COST, (4, 4.5, 5), "said", {})
        made = ranking.current(database, actor)
        found = made.of("stylist")
    assert found and made.raters == 1 and found.evidence == pytest.approx(1 / 12)
    assert found.bases[Criterion.REVENUE] is Basis.OPINION
    assert found.bases[Criterion.RUNNING_COST] is Basis.EVIDENCE
    assert found.bases[Criterion.BRAND] is Basis.ASSUMPTION


def test_the_workspaces_weights_decide_the_order(actor: Actor) -> None:
    with connect() as database:
        for criterion in (Criterion.REVENUE, Criterion.BRAND):
            points = weights.equal().points | dict.fromkeys(list(Criterion)[:6], 0.0) | {criterion: 100.0}
            weights.set_weights(database, actor, points, 1.0)
            stand = ranking.standing(database, actor)
            first = stand.ranking().rows[0]
            judged = stand.scores()
            best = max(sum((one.low, one.likeliest, one.high)) for one in (judged[slug][criterion] for slug in judged))
            one = judged[first.candidate.slug][criterion]
            assert sum((one.low, one.likeliest, one.high)) == best
