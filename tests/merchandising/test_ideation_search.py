"""The search: fronts as their definition says, children that keep the rules, a shortlist of different ideas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lib.merchandising.product_ideation.model import Steering
from lib.merchandising.product_ideation.samples import fitted
from lib.merchandising.product_ideation.scoring import Codes, Scorer, key_of, random_genome
from lib.merchandising.product_ideation.search import diverse, likeness, mutated, neighbours, ranked, search
from tests.merchandising.made_line import HOUSE, PARTNER, made_styles


def scorer_with(partner=(), **steering) -> Scorer:
    _line, sell, margin = fitted(made_styles())
    return Scorer(sell, margin, Codes(HOUSE, partner), Steering(**steering))


@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 4)))
def test_fronts_are_what_nobody_left_dominates(values):
    fronts, crowding = ranked(values)
    left = list(range(len(values)))
    number = 0
    while left:
        front = [
            one
            for one in left
            if not any((values[two] >= values[one]).all() and (values[two] > values[one]).any() for two in left)
        ]
        assert [int(fronts[one]) for one in front] == [number] * len(front)
        left = [one for one in left if one not in front]
        number += 1
    assert (crowding >= 0).all()


def test_the_same_seed_finds_the_same():
    scorer = scorer_with()
    first = search(scorer, np.random.default_rng(3), generations=4, population=20)
    again = search(scorer, np.random.default_rng(3), generations=4, population=20)
    assert first == again
    assert first != search(scorer, np.random.default_rng(4), generations=4, population=20)


def test_the_search_beats_chance_on_every_goal():
    scorer = scorer_with()
    found, _fronts, tried = search(scorer, np.random.default_rng(0))
    generator = np.random.default_rng(1)
    drawn = [random_genome(scorer, generator) for _draw in range(len(found))]
    for goal in scorer.goals:
        assert max(one[goal] for one in scorer.raw(found)) >= max(one[goal] for one in scorer.raw(drawn)) - 1e-9
    assert tried >= len(found)


@pytest.mark.parametrize(
    "steering",
    [
        {"must": (("fabric", "linen"),)},
        {"must_not": (("fabric", "velvet"), ("colour", "camel"))},
        {"categories": ("skirt",)},
        {"must": (("fabric", "linen"), ("fabric", "crepe")), "must_not": (("cut", "fitted"),)},
    ],
)
def test_what_must_and_must_not_be_holds_for_every_idea_found(steering):
    scorer = scorer_with(**steering)
    start = [style.genome for style in scorer.line.styles[:30]]
    found, _fronts, _tried = search(scorer, np.random.default_rng(0), start, generations=4, population=24)
    assert found
    for genome in found:
        assert all((name, value) not in scorer.steering.must_not for name, value in genome.items())
        for name in {name for name, _value in scorer.steering.must}:
            assert (name, genome[name]) in scorer.steering.must
        assert not scorer.steering.categories or genome["category"] in scorer.steering.categories


def test_banned_genomes_never_come_up():
    scorer = scorer_with()
    found, _fronts, _tried = search(
        scorer, np.random.default_rng(0), banned=lambda genome: genome["colour"] == "sage", generations=5, population=24
    )
    assert found and all(genome["colour"] != "sage" for genome in found)


def test_a_partners_codes_can_be_chosen_and_are_balanced():
    alone, together = scorer_with(), scorer_with(PARTNER)
    assert "cobalt" not in alone.choices["dress"]["colour"] and "cobalt" in together.choices["dress"]["colour"]
    both = {**together.line.styles[0].genome, "colour": "cobalt", "fabric": "linen", "cut": "straight_fit"}
    one = {**both, "fabric": "velvet"}
    assert "balance" in together.goals and "balance" not in alone.goals
    assert together.raw([both])[0]["balance"] > together.raw([one])[0]["balance"] == 0


@given(st.integers(0, 10_000))
def test_children_keep_to_the_choices(seed):
    scorer = scorer_with(must_not=(("fabric", "velvet"),))
    generator = np.random.default_rng(seed)
    child = mutated(scorer, {"category": "dress", "fabric": "velvet", "sleeve": "none"}, generator)
    assert all(child[name] in values for name, values in scorer.choices["dress"].items())
    assert set(child) == {"category", *scorer.choices["dress"]}


def test_neighbours_differ_in_one_attribute():
    scorer = scorer_with()
    genome = scorer.line.styles[0].genome
    for attribute, other in neighbours(scorer, genome):
        assert [name for name in genome if genome[name] != other[name]] == [attribute]


def test_a_shortlist_is_good_and_different():
    scorer = scorer_with()
    found, _fronts, _tried = search(scorer, np.random.default_rng(0))
    chosen = diverse(found, scorer.standing, 5)
    best = sorted(found, key=scorer.standing, reverse=True)[:5]
    assert chosen[0] == max(found, key=scorer.standing)
    assert mean_likeness(chosen) < mean_likeness(best)
    assert len({key_of(one) for one in chosen}) == 5


def mean_likeness(genomes) -> float:
    return float(np.mean([likeness(a, b) for at, a in enumerate(genomes) for b in genomes[at + 1 :]]))


def test_inspiration_draws_to_near_colours():
    scorer = scorer_with(palette=("#8E9C80",))
    base = scorer.line.styles[0].genome
    sage, camel = scorer.raw([{**base, "colour": "sage"}, {**base, "colour": "camel"}])
    assert sage["inspiration"] > 0.9 > camel["inspiration"]
