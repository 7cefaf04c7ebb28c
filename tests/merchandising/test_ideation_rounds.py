"""A round: the same from the same inputs, and every objection that is shown has changed something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import Cancelled, InputError
from lib.merchandising.product_ideation.agents import BAR, Objection, settle
from lib.merchandising.product_ideation.exports import overall_said
from lib.merchandising.product_ideation.levels import genome_name, titles
from lib.merchandising.product_ideation.line import differs_in
from lib.merchandising.product_ideation.model import ROLES, Round, Steering
from lib.merchandising.product_ideation.rounds import APART, VISIBLE, hold_round
from lib.merchandising.product_ideation.samples import fitted, sample_codes, sample_styles
from lib.merchandising.product_ideation.scoring import Codes, Scorer, key_of
from lib.merchandising.product_ideation.telling import change_said, line_of, reason_said
from tests.merchandising.made_line import HOUSE, PARTNER, made_styles

SMALL = {"generations": 4, "population": 24}


def scorer_with(partner=(), **steering) -> Scorer:
    _line, sell, margin = fitted(made_styles())
    return Scorer(sell, margin, Codes(HOUSE, partner), Steering(**steering))


@pytest.fixture(scope="module")
def of_sample() -> tuple[Scorer, Round]:
    _line, sell, margin = fitted(sample_styles())
    scorer = Scorer(sell, margin, Codes(sample_codes(), sample_codes(partner=True)), Steering())
    return scorer, hold_round(scorer, 1, 0)


def assert_shown_objections_changed_something(held: Round) -> None:
    for event in held.events:
        if event.act == "revise":
            assert event.before != event.after and event.standing_before is not None
            assert [name for name in event.after if event.after[name] != event.before.get(name)] == [event.attribute]
            assert event.view_after > event.view_before
        elif event.act == "reserve":
            assert event.before == event.after
            assert event.standing_after < event.standing_before
        else:
            assert event.act in ("propose", "keep")


def test_every_shown_objection_has_a_before_and_an_after(of_sample):
    _scorer, held = of_sample
    assert {event.act for event in held.events} >= {"propose", "revise", "reserve"}
    assert_shown_objections_changed_something(held)


@settings(max_examples=12)
@given(
    st.integers(0, 500),
    st.fixed_dictionaries({role: st.sampled_from([0.0, 0.5, 1.0, 3.0]) for role in ROLES}),
    st.booleans(),
)
def test_that_holds_for_any_seed_and_any_weights(seed, weights, with_partner):
    scorer = scorer_with(PARTNER if with_partner else (), weights=weights)
    held = hold_round(scorer, 1, seed, **SMALL)
    assert_shown_objections_changed_something(held)
    assert 0 < len(held.ideas) <= scorer.steering.ideas
    assert len({key_of(idea.genome) for idea in held.ideas}) == len(held.ideas)


def test_an_agent_without_weight_cannot_reserve():
    scorer = scorer_with(weights={"director": 0.0, "merchandiser": 1.0, "materials": 1.0, "guardian": 1.0})
    held = hold_round(scorer, 1, 0, **SMALL)
    assert not [event for event in held.events if event.agent == "director" and event.act == "reserve"]


def test_the_events_replayed_give_the_ideas(of_sample):
    """Whoever reads the exchange from its first line arrives at the shortlist."""
    _scorer, held = of_sample
    genomes, standing = {}, {}
    for event in held.events:
        assert event.before is None or genomes[event.idea] == event.before
        if event.standing_before is not None:
            assert standing[event.idea] == pytest.approx(event.standing_before)
        genomes[event.idea], standing[event.idea] = event.after, event.standing_after
    for idea in held.ideas:
        assert genomes[idea.id] == idea.genome
        assert standing[idea.id] == pytest.approx(idea.standing)


def test_the_same_inputs_give_the_same_round_and_it_survives_the_database(of_sample):
    scorer, held = of_sample
    again = hold_round(Scorer(scorer.sell, scorer.margin, scorer.codes, scorer.steering), 1, 0)
    assert again == held
    assert Round.model_validate_json(held.model_dump_json()) == held
    assert hold_round(scorer, 1, 1) != held


def test_no_idea_was_already_made(of_sample):
    scorer, held = of_sample
    made = {key_of(style.genome) for style in scorer.line.styles}
    assert all(key_of(idea.genome) not in made and idea.nearest > 0 for idea in held.ideas)


def test_each_idea_has_evidence_and_intervals(of_sample):
    scorer, held = of_sample
    styles = {(style.style, style.season): style for style in scorer.line.styles}
    for idea in held.ideas:
        assert len(idea.evidence) == 5
        for row in idea.evidence:
            style = styles[row.style, row.season]
            assert row.sell_through == style.sell_through
            assert row.shared and all(style.genome[name] == idea.genome[name] for name in row.shared)
        assert idea.scores["sell"].low < idea.scores["sell"].value < idea.scores["sell"].high
        for one, value, two, other in idea.unmade:
            both = [s for s in scorer.line.styles if s.genome["category"] == idea.genome["category"]]
            assert not [s for s in both if s.genome.get(one) == value and s.genome.get(two) == other]


def test_pinned_ideas_stay_and_vetoed_ones_dont_come_back():
    scorer = scorer_with()
    first = hold_round(scorer, 1, 0, **SMALL)
    pinned, vetoed = first.ideas[0], first.ideas[1]
    second = hold_round(scorer, 2, 0, first, (pinned.id,), (vetoed.genome,), **SMALL)
    kept = next(idea for idea in second.ideas if idea.id == pinned.id)
    assert kept.pinned and kept.genome == pinned.genome
    others = [idea for idea in second.ideas if not idea.pinned]  # what a person pins they want, near a veto or not
    assert others and all(differs_in(idea.genome, vetoed.genome) > 1 for idea in others)
    assert not [event for event in second.events if event.idea == pinned.id and event.act in ("revise", "reserve")]


def test_more_pins_than_ideas_are_all_kept():
    first = hold_round(scorer_with(), 1, 0, **SMALL)
    second = hold_round(scorer_with(ideas=2), 2, 0, first, tuple(idea.id for idea in first.ideas), **SMALL)
    assert {idea.id for idea in second.ideas} >= {idea.id for idea in first.ideas}


def test_weights_steer_what_comes_out(of_sample):
    scorer, _held = of_sample

    def weighed(role: str) -> Round:
        steering = Steering(weights={**dict.fromkeys(ROLES, 0.0), role: 3.0})
        return hold_round(Scorer(scorer.sell, scorer.margin, scorer.codes, steering), 1, 0)

    bold, safe = weighed("director"), weighed("merchandiser")

    def mean(held: Round, goal: str) -> float:
        return sum(idea.scores[goal].value for idea in held.ideas) / len(held.ideas)

    assert mean(bold, "novelty") > mean(safe, "novelty")
    assert mean(safe, "sell") > mean(bold, "sell")


def test_an_objection_that_changes_nothing_is_no_line():
    scorer = scorer_with()
    idea = hold_round(scorer, 1, 0, **SMALL).ideas[0]
    content = next(role for role in ROLES if idea.views[role] >= BAR)
    worse = min(
        ({**idea.genome, "colour": colour} for colour in scorer.choices[idea.genome["category"]]["colour"]),
        key=scorer.standing,
    )
    assert settle(scorer, idea, Objection(content, "colour", worse, scorer.goals[0])) is None


def test_where_nothing_is_left_to_propose_the_reason_is_said():
    scorer = scorer_with(must=(("fabric", "linen"), ("colour", "navy")), categories=("dress",))
    made = hold_round(scorer, 1, 0, **SMALL)
    vetoes = [style.genome for style in scorer.line.styles] + [idea.genome for idea in made.ideas]
    with pytest.raises(InputError, match="loosen"):
        hold_round(scorer, 2, 0, made, (), vetoes, **SMALL)


def test_a_round_can_be_stopped():
    with pytest.raises(Cancelled):
        hold_round(scorer_with(), 1, 0, cancelled=lambda: True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_exchange_is_said_in_the_readers_language(of_sample, language):
    from lib.i18n import use_language

    with use_language(language):
        for event in of_sample[1].events:
            assert "{" not in line_of(event)
            assert reason_said(event) and change_said(event)
        text = " ".join(line_of(event) for event in of_sample[1].events)
    assert ("Brand guardian" in text) == (language == "en")
    assert ("Gardien de la marque" in text) == (language == "fr")


def test_ideas_of_a_shortlist_are_no_twins(of_sample):
    _scorer, held = of_sample
    assert len(held.ideas) == Steering().ideas
    for at, idea in enumerate(held.ideas):
        for other in held.ideas[at + 1 :]:
            assert sum(idea.genome.get(name, "") != other.genome.get(name, "") for name in VISIBLE) >= APART


def test_titles_tell_apart_what_would_be_called_the_same():
    dress = {"category": "dress", "fabric": "linen", "colour": "sage", "cut": "a_line"}
    found = titles([{**dress, "length": "knee"}, {**dress, "length": "maxi"}, {**dress, "colour": "navy"}])
    assert len(set(found)) == 3
    assert found[2] == genome_name({**dress, "colour": "navy"})


def test_the_overall_score_is_told_with_its_interval_and_its_parts():
    _line, sell, margin = fitted(made_styles())
    scorer = Scorer(sell, margin, Codes(HOUSE), Steering(weights={"director": 2.0, "merchandiser": 1.0}))
    for idea in hold_round(scorer, 1, 0, generations=4, population=24).ideas:
        whole = idea.overall
        assert whole.value == idea.standing and whole.low is not None and whole.high is not None
        assert whole.low <= whole.value <= whole.high
        told = overall_said(idea, scorer.steering.weights)
        assert "Creative director" in told and "× 2" in told
        assert ("reservations" in told) is bool(idea.reservations)
