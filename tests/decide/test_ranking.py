"""The ranking under uncertainty: order, bands, probabilities, and what a house's own use case starts with."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor
from lib.catalogue import USE_CASES, Area, Criterion
from lib.database import connect, portfolio
from lib.decide import ranking
from lib.decide.model import Basis, Candidate

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
