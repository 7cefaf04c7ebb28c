"""The proof: its measures and intervals, what is refused, and the null control."""

from __future__ import annotations

import numpy as np
import pytest

from lib.commerce.stylist.held_out import hit, ndcg
from lib.commerce.stylist.proof import ProofData, proof
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
