"""The proof: its measures and intervals, what is refused, and the null control."""

from __future__ import annotations

import numpy as np
import pytest

from lib.commerce.stylist.features import FEATURES
from lib.commerce.stylist.held_out import hit, ndcg
from lib.commerce.stylist.learning import learned, start
from lib.commerce.stylist.proof import ProofData, proof, reach_of
from lib.commerce.stylist.reading_all import Read, sample_read
from lib.commerce.stylist.reading_proof import null_reading
from lib.commerce.stylist.samples import House, sample_house
from lib.errors import Cancelled, InputError


def test_hits_and_gains_are_those_of_their_definitions() -> None:
    scores = np.array([5.0, 4.0, 3.0, 2.0, 1.0])
    assert hit(scores, (1,), 2) == 1.0
    assert hit(scores, (3,), 2) == 0.0
    assert ndcg(scores, (0, 1), 10) == pytest.approx(1.0)
    assert ndcg(scores, (1,), 10) == pytest.approx(1 / np.log2(3))


@pytest.mark.long
def test_the_sample_s_proof_measures_reading_and_ranking_and_its_null_control_claims_nothing() -> None:
    found = proof(draws=200, shuffles=6)
    assert not found.null_win
    languages = [one.metric for one in found.measures if "French" in one.metric or "English" in one.metric]
    assert len(languages) == 4
    for one in found.measures:
        assert one.low is not None
        assert one.high is not None
        assert one.low - 1e-9 <= one.ours <= one.high + 1e-9
        assert one.control or one.differences
    ranking = next(one for one in found.measures if "nDCG@10" in one.unit)
    assert len(ranking.baselines) == 3


def test_labels_of_other_sentences_give_no_win() -> None:
    assert not null_reading(0, 12, 200).beyond_doubt


def test_a_house_without_purchases_is_told_what_is_missing() -> None:
    house = House(comments=sample_house().comments, pieces=sample_house().pieces, clients=sample_house().clients)
    with pytest.raises(InputError, match="clients have both"):
        proof(ProofData(house, Read(), "own"), draws=50, shuffles=1)


def test_a_stop_ends_it() -> None:
    with pytest.raises(Cancelled):
        proof(ProofData(sample_house(), sample_read(), "own"), cancelled=lambda: True, draws=50, shuffles=1)


def test_where_a_few_pieces_decide_the_interval_is_wide_enough() -> None:
    """Many clients buy the same few pieces, and chance lifts some of these: a gain that no ranking deserves."""
    who = [f"c{at}" for at in range(120)]
    wrong = 0
    for turn in range(200):
        generator = np.random.default_rng(turn)
        bought = [(f"p{int(at)}",) for at in generator.integers(0, 12, len(who))]
        lift = {f"p{at}": generator.normal() for at in range(12)}
        gain = np.array([lift[row[0]] for row in bought]) + generator.normal(size=len(who))
        wrong += float(gain.mean()) > reach_of(gain, who, bought)
    assert wrong <= 12  # 5 are promised; by clients alone there are 36


def test_a_house_where_nothing_tells_pieces_apart_learns_the_start() -> None:
    assert learned([(np.zeros((3, len(FEATURES))), 0)]) == start()


def test_where_every_client_buys_a_piece_of_their_own_the_interval_is_the_plain_one() -> None:
    values = np.random.default_rng(3).normal(size=400)
    found = reach_of(values, [f"c{at}" for at in range(400)], [(f"p{at}",) for at in range(400)])
    assert found == pytest.approx(1.966 * values.std() / 20, rel=0.01)
