"""The ranking under uncertainty: order, bands, probabilities, and what a house's own use case starts with."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor
from lib.catalogue import USE_CASES, Area, Criterion
from lib.database import connect, portfolio
from lib.decide import ranking
from lib.decide.model import Basis, Candidate
from lib.decide.portfolio_map import finding, source
from lib.decide.roadmap import proposing

levels = st.integers(1, 5)


def _candidates(count: int) -> list[Candidate]:
    return [Candidate(f"c{at:02}", f"C{at:02}", Area.COMMERCE, own=False, has_page=False) for at in range(count)]


def _sure(levels: list[int]) -> ranking.Scores:
    return {
        f"c{at:02}": {criterion: ranking.Judged(level, level, level, Basis.EVIDENCE) for criterion in Criterion}
        for at, level in enumerate(levels)
    }


@given(st.lists(levels, min_size=1, max_size=12, unique=True))
@settings(deadline=None, max_examples=20)
def test_what_is_sure_is_ranked_as_it_is(values: list[int]) -> None:
    made = ranking.rank(_candidates(len(values)), _sure(values), ranking.equal_weights(), draws=50)

    assert [round(row.overall.value, 3) for row in made.rows] == sorted(values, reverse=True)
    assert [row.rank.value for row in made.rows] == list(range(1, len(values) + 1))
    assert all(row.evidence == 1 for row in made.rows)


@given(st.lists(st.tuples(levels, levels, levels), min_size=2, max_size=15))
@settings(deadline=None, max_examples=20)
def test_chances_of_the_first_places_add_up(drawn: list[tuple[int, int, int]]) -> None:
    scores = {
        f"c{at:02}": dict.fromkeys(Criterion, ranking.Judged(min(three), sorted(three)[1], max(three), Basis.OPINION))
        for at, three in enumerate(drawn)
    }

    made = ranking.rank(_candidates(len(drawn)), scores, ranking.equal_weights(), draws=200)

    assert round(sum(row.top for row in made.rows), 6) == min(ranking.TOP, len(drawn))
    assert all(1 <= row.rank.low <= row.rank.value <= row.rank.high <= len(drawn) for row in made.rows)


def test_a_house_begins_with_the_catalogues_assumptions(actor: Actor) -> None:
    with connect() as database:
        portfolio.add_use_case(database, actor, Area.MARKETING, "Window scripts", "Texts for our windows")
        made = ranking.current(database, actor)

    own = made.of("own_window_scripts")
    assert len(made.rows) == len(USE_CASES) + 1 and own is not None
    assert own.overall.high - own.overall.low > max(
        row.overall.high - row.overall.low for row in made.rows if not row.candidate.own
    )
    assert all(basis is Basis.ASSUMPTION for row in made.rows for basis in row.bases.values())


def test_what_nobody_scored_is_neither_worth_doing_now_nor_proposed_for_the_roadmap(actor: Actor) -> None:
    """All that its draws say is the middle of the scale. Others keep their quarters, whatever the draws."""
    with connect() as database:
        before = finding(ranking.current(database, actor))
        slugs = [portfolio.add_use_case(database, actor, Area.MARKETING, f"Ours {n}", "") for n in range(6)]
        stand = ranking.standing(database, actor)
        made = ranking.current(database, actor)

    assert {row.quadrant for slug in slugs if (row := made.of(slug))} == {"open"}
    assert finding(made) == before
    quarters = [{row.candidate.slug: row.quadrant for row in stand.ranking(seed).rows} for seed in range(4)]
    assert all(one == quarters[0] for one in quarters)
    assert source(made).endswith("6 use cases of the house’s own aren’t scored yet: they may be anything")
    proposed = proposing.steps(made, proposing.by_slug(stand.cases), stand.scores())
    assert not {step.slug for step in proposed} & set(slugs)
