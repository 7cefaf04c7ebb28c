"""Who comes first, how sure that is, and the weights at which that turns: held against the definition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalogue import USE_CASES, Area, HouseUseCase
from lib.database.partners import Partner, PartnerCriterion, PartnerKind, PartnerScore, Way
from lib.decide.partners.criteria import Compared, latency_score, price_score, scores_from
from lib.decide.partners.pack import figure
from lib.decide.partners.weighing import proposed, standings, turns
from lib.decide.ranking import starting_scores

EQUAL = {key: 1 / len(PartnerCriterion) for key in PartnerCriterion}
LEVELS = st.lists(st.integers(1, 5), min_size=9, max_size=9)


def partner(name: str, levels: list[int] | None = None, basis: str = "opinion") -> Partner:
    scores = dict(zip(PartnerCriterion, levels or [], strict=False))
    return Partner(name, name, PartnerKind.CLOUD, "", {key: PartnerScore(v, v, v, basis) for key, v in scores.items()})


def means(one: Partner, weights: dict[PartnerCriterion, float]) -> float:
    return sum(weights[key] * one.scores[key].likeliest for key in PartnerCriterion)


def moved(weights: dict[PartnerCriterion, float], key: PartnerCriterion, value: float) -> dict[PartnerCriterion, float]:
    rest = 1 - weights[key]
    return {one: value if one == key else weight / rest * (1 - value) for one, weight in weights.items()}


@given(st.lists(LEVELS, min_size=1, max_size=5))
@settings(max_examples=25)
def test_what_is_sure_is_ordered_as_it_is_and_chances_add_up(levels: list[list[int]]) -> None:
    found = standings([partner(f"p{at}", one) for at, one in enumerate(levels)], EQUAL, draws=50)
    values = [one.overall.value for one in found]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(max(sum(one) / 9 for one in levels))
    assert sum(one.first for one in found) == pytest.approx(1)


def test_nobody_knows_who_is_first_of_two_unknown_ones() -> None:
    first, second = standings([partner("a"), partner("b")], EQUAL)
    assert 0.45 < first.first < 0.55 and second.overall.low < first.overall.value < second.overall.high
    assert first.unknown == tuple(PartnerCriterion) and first.evidence == 0


def test_evidence_counts_by_its_weight() -> None:
    (one,) = standings([partner("a", [5, 5, 5], "evidence")], EQUAL, draws=10)
    assert one.evidence == pytest.approx(3 / 9) and len(one.unknown) == 6


@given(LEVELS, LEVELS, LEVELS)
@settings(max_examples=60)
def test_at_the_weight_that_is_told_another_comes_level_and_beyond_it_leads(
    first: list[int], second: list[int], third: list[int]
) -> None:
    listed = [partner("a", first), partner("b", second), partner("c", third)]
    leader = max(listed, key=lambda one: means(one, EQUAL))
    for turn in turns(listed, EQUAL):
        if turn.at is None or turn.other is None or abs(turn.at - turn.now) < 1e-9:  # level already
            continue
        at = moved(EQUAL, turn.criterion, turn.at)
        assert means(turn.other, at) == pytest.approx(means(leader, at))
        step = 0.02 if turn.at > turn.now else -0.02
        if 0 <= turn.at + step <= 1:
            beyond = moved(EQUAL, turn.criterion, turn.at + step)
            assert means(turn.other, beyond) >= means(leader, beyond) - 1e-9


def test_one_who_is_better_in_everything_stays_first_whatever_counts() -> None:
    found = turns([partner("a", [5] * 9), partner("b", [2] * 9)], EQUAL)
    assert len(found) == 9 and all(turn.at is None for turn in found)
    assert turns([partner("a", [5] * 9)], EQUAL) == []


def test_the_turn_of_one_weight_is_where_the_lines_cross() -> None:
    better = partner("a", [1, 4, 4, 4, 4, 4, 4, 4, 4])
    found = turns([better, partner("b", [5, 3, 3, 3, 3, 3, 3, 3, 3])], EQUAL)
    nearest = next(turn for turn in found if turn.criterion is PartnerCriterion.QUALITY)
    assert nearest.at == pytest.approx(1 / 5) and nearest.other is not None and nearest.other.name == "b"


def compared(**values: object) -> Compared:
    about = {
        "comparison": "c1", "question": "Which?", "dated": "2026-11-02", "engine": "e", "title": "E",
        "preferred": 0.75, "low": 0.5, "high": 1.0, "inputs": 8, "cost": 0.01, "currency": "EUR", "seconds": 10.0,
    }  # fmt: skip
    return Compared(**{**about, **values})  # type: ignore[arg-type]


def test_figures_become_scores_by_the_anchored_scales() -> None:
    found = scores_from(compared())
    quality = found[PartnerCriterion.QUALITY]
    assert (quality.low, quality.likeliest, quality.high, quality.reference) == (3, 4, 5, "c1")
    assert found[PartnerCriterion.PRICE].likeliest == pytest.approx(3)
    assert found[PartnerCriterion.LATENCY].likeliest == pytest.approx(3)
    assert {score.basis for score in found.values()} == {"evidence"}


@pytest.mark.parametrize("wanting", [{"blind": False}, {"low": None, "high": None}, {"preferred": None}])
def test_a_vote_that_proves_nothing_gives_no_score_of_quality(wanting: dict[str, object]) -> None:
    assert PartnerCriterion.QUALITY not in scores_from(compared(**wanting))


def test_another_currency_is_not_taken_for_euros() -> None:
    assert PartnerCriterion.PRICE not in scores_from(compared(currency="USD"))
    assert scores_from(compared(currency="USD", cost=0.0))[PartnerCriterion.PRICE].likeliest == 5


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_dearer_and_slower_never_score_higher(one: float, other: float) -> None:
    less, more = sorted((one, other))
    for scored in (price_score, latency_score):
        assert 1 <= scored(more) <= scored(less) <= 5


def test_each_use_case_gets_an_idea_and_a_house_that_knows_nothing_of_its_own_can_build() -> None:
    assert {proposed(starting_scores(case)) for case in USE_CASES} == set(Way)
    own = HouseUseCase("own_x", Area.MARKETING, "X", "")
    assert proposed(starting_scores(own)) is Way.BUILD


@pytest.mark.parametrize(("basis", "role"), [("evidence", "ours"), ("opinion", "neutral"), ("assumption", "neutral")])
def test_the_first_ones_colour_is_evidences_only_where_its_scores_are_measured(basis: str, role: str) -> None:
    found = standings([partner("a", [5] * 9, basis), partner("b", [3] * 9, basis)], EQUAL, draws=10)
    assert [mark.role for mark in figure(found).marks] == [role, "baseline"]
