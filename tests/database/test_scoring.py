"""Scoring sessions: who sees what when, codes across workspaces, rounds, and many people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.catalogue import Criterion
from lib.database import connect, scores, scoring
from lib.database.people import actor_for, create_person
from lib.database.scores import Given
from lib.database.scoring import SessionCase
from lib.errors import InputError, NotAllowed, NotFound, Overtaken

CASES = (SessionCase("stylist"), SessionCase("own_windows", "Window scripts", "Texts for our windows"))
CRITERIA = (Criterion.REVENUE, Criterion.TEAM_SKILLS)


def _session(actor: Actor) -> tuple[str, str]:
    with connect() as database:
        return scoring.create(database, actor, "Board of May", CASES, CRITERIA)


def _visitor() -> Actor:
    with connect() as database:
        return actor_for(database, create_person(database)[0], DEMO_WORKSPACE)


def _put(actor: Actor, session: str, value: float, round: int = 1, slug: str = "stylist") -> None:
    with connect() as database:
        scores.put(database, actor, session, round, [Given(slug, Criterion.REVENUE, value, note="why")])


def _joined(actor: Actor, code: str) -> str:
    with connect() as database:
        return scoring.join(database, actor, code)


def test_a_code_opens_one_session_from_any_workspace_and_nothing_else(actor: Actor, stranger: Actor) -> None:
    (one, code), (other, _code) = _session(actor), _session(actor)

    for guest in (stranger, _visitor()):
        assert _joined(guest, code.lower().replace("-", " ")) == one
        with connect() as database:
            assert [found.id for found in scoring.listing(database, guest)] == [one]
            assert not scoring.get(database, guest, one).leads
            with pytest.raises(NotFound):
                scoring.get(database, guest, other)
            with pytest.raises(NotAllowed):
                scoring.show_round(database, guest, one)
            assert scores.standing(database, guest) == []


def test_the_code_is_kept_as_a_hash_and_can_be_renewed(actor: Actor, stranger: Actor) -> None:
    session, code = _session(actor)
    with connect() as database:
        stored = str(list(database.query("select * from scoring_sessions")))
        renewed = scoring.renew_code(database, actor, session)
    assert code not in stored and code.replace("-", "") not in stored
    with pytest.raises(InputError, match="opens no scoring session"):
        _joined(stranger, code)
    assert _joined(stranger, renewed) == session


def test_nobody_gets_anothers_scores_of_an_open_round_not_even_who_leads(actor: Actor, stranger: Actor) -> None:
    session, code = _session(actor)
    _joined(stranger, code)
    _put(stranger, session, 5)
    with connect() as database:
        assert scores.mine(database, actor, session, 1) == {}
        with pytest.raises(NotAllowed, match="sealed"):
            scores.of_round(database, actor, session, 1)
        assert scores.standing(database, actor) == []
        scoring.show_round(database, actor, session)
        shown = scores.of_round(database, stranger, session, 1)
    assert [(one.likeliest, one.note, one.rater) for one in shown] == [(5, "why", 0)]
    assert stranger.person not in repr(shown)


def test_who_does_not_score_again_keeps_the_last_score(actor: Actor, stranger: Actor) -> None:
    session, code = _session(actor)
    _joined(stranger, code)
    _put(actor, session, 2)
    _put(stranger, session, 5)
    with connect() as database:
        scoring.show_round(database, actor, session)
        assert scoring.next_round(database, actor, session) == 2
    _put(stranger, session, 3, round=2)
    with connect() as database:
        with pytest.raises(NotAllowed):
            scores.of_round(database, actor, session, 2)
        assert sorted(one.likeliest for one in scores.standing(database, actor)) == [2, 5]
        scoring.show_round(database, actor, session)
        assert sorted(one.likeliest for one in scores.of_round(database, actor, session, 2)) == [2, 3]
        assert sorted(one.likeliest for one in scores.of_round(database, actor, session, 1)) == [2, 5]
        assert sorted(one.likeliest for one in scores.standing(database, actor)) == [2, 3]


def test_a_score_for_a_round_that_was_closed_meanwhile_says_so(actor: Actor) -> None:
    session, _code = _session(actor)
    _put(actor, session, 2)
    with connect() as database:
        scoring.show_round(database, actor, session)
    with pytest.raises(Overtaken, match="Round 1 was closed"):
        _put(actor, session, 4)
    with connect() as database:
        scoring.next_round(database, actor, session)
        scoring.end(database, actor, session)
    with pytest.raises(Overtaken):
        _put(actor, session, 4, round=2)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Given("stylist", Criterion.REVENUE, 6), "between 1 and 5"),
        (Given("stylist", Criterion.REVENUE, 3, low=4, high=5), "between 1 and 5"),
        (Given("stylist", Criterion.REVENUE, float("nan")), "between 1 and 5"),
        (Given("elsewhere", Criterion.REVENUE, 3), "not scored"),
        (Given("stylist", Criterion.BRAND, 3), "not scored"),
    ],
)
def test_unfit_scores_are_refused_and_nothing_of_the_form_is_written(actor: Actor, given: Given, said: str) -> None:
    session, _code = _session(actor)
    with connect() as database:
        with pytest.raises(InputError, match=said):
            scores.put(database, actor, session, 1, [Given("stylist", Criterion.REVENUE, 3), given])
        assert scores.mine(database, actor, session, 1) == {}


def test_rounds_follow_each_other(actor: Actor) -> None:
    session, _code = _session(actor)
    with connect() as database:
        with pytest.raises(InputError, match="Nobody has scored"):
            scoring.show_round(database, actor, session)
        with pytest.raises(InputError, match="Show the scores"):
            scoring.next_round(database, actor, session)
        for title, cases in (("", CASES), ("a" * 300, CASES), ("Board", ())):
            with pytest.raises(InputError):
                scoring.create(database, actor, title, cases, CRITERIA)


def test_reviewers_score_and_do_not_lead(actor: Actor) -> None:
    session, _code = _session(actor)
    reviewer = Actor(_visitor().person, actor.workspace, Role.REVIEWER)
    _put(reviewer, session, 4)
    with connect() as database:
        assert scores.progress(database, reviewer, session).mine == 1
        with pytest.raises(NotAllowed):
            scoring.show_round(database, reviewer, session)
        with pytest.raises(NotAllowed):
            scoring.create(database, reviewer, "Mine", CASES, CRITERIA)


def test_a_session_of_the_demo_house_is_its_makers_alone_and_opens_by_code() -> None:
    maker, other = _visitor(), _visitor()
    session, code = _session(maker)
    with connect() as database, pytest.raises(NotFound):
        scoring.get(database, other, session)
    assert _joined(other, code) == session
    with connect() as database:
        assert not scoring.get(database, other, session).leads
        assert scoring.get(database, maker, session).leads


def test_twelve_people_score_at_the_same_time_and_nothing_is_lost(actor: Actor) -> None:
    session, code = _session(actor)
    people = [_visitor() for _person in range(12)]

    def work(person: Actor) -> None:
        _joined(person, code)
        for value in (1, 5, 3):
            for case in CASES:
                for criterion in CRITERIA:
                    with connect() as database:
                        scores.put(database, person, session, 1, [Given(case.slug, criterion, value)])

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, people))
    with connect() as database:
        progress = scores.progress(database, actor, session)
        assert (progress.seats, progress.started, progress.finished) == (12, 12, 12)
        scoring.show_round(database, actor, session)
        shown = scores.of_round(database, actor, session, 1)
        rounds = {scoring.get(database, person, session).status for person in people}
    assert len(shown) == 12 * 4 and {one.likeliest for one in shown} == {3}
    assert rounds == {"shown"}
