"""The log as an auditor reads it: narrowed down, a page at a time, all of it; never another workspace's."""

from __future__ import annotations

import pytest

from lib.access import Role
from lib.checks import CheckResult, Finding, Verdict
from lib.database import connect, new_id
from lib.database.connection import now
from lib.database.erasure import erase_runs
from lib.database.evidence_log import (
    NO_VERDICT,
    Wanted,
    every_run,
    log_page,
    match_of,
    offered,
    one_run,
    sealed,
    workspace_of_run,
)
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.reviews import add_review
from lib.database.runs import finish_run, start_run
from lib.errors import InputError, NotAllowed, NotFound


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def ran(database, actor, text="a coat", day="2026-03-05", verdict=Verdict.PASS, status="done", **more):
    details = {"use_case": "u", "kind": "analysis", "method": "m", "method_version": "1", "inputs": {"brief": text}}
    run = start_run(database, actor, **{**details, **more})
    database.execute("update runs set started_at = ? where id = ?", [f"{day}T10:00:00.000+00:00", run])
    found = () if verdict is Verdict.PASS else (Finding("text", verdict, "Says {words}", {"words": "x"}),)
    finish_run(
        database, actor, run, output={"text": f"About {text}"}, status=status, seconds=1.0,
        checks=[CheckResult("claims", found), CheckResult("length")], cost=0.5, currency="EUR",
    )  # fmt: skip
    return run


def ids(database, actor, **wanted):
    return [run["id"] for run in log_page(database, actor, Wanted(**wanted)).runs]


def test_each_choice_leaves_the_runs_that_fit(database, actor):
    lou, _token = create_person(database, "Lou")
    colleague = actor_for(database, lou, join(database, lou, make_join_code(database, actor, Role.INNOVATOR)))
    one = ran(database, actor, "a été coat", "2026-03-01", Verdict.FAIL, engine="gpt", use_case="stylist")
    two = ran(database, actor, "a summer dress", "2026-03-05", Verdict.WARN, status="failed")
    three = ran(database, colleague, "a silk scarf", "2026-03-09")
    add_review(database, actor, one, "sent_back", comment="no")
    add_review(database, actor, one, "approved")
    add_review(database, actor, one, "rated", rating=2)
    add_review(database, actor, two, "sent_back", comment="no")
    expected = {
        (): [three, two, one],
        (("person", lou),): [three],
        (("use_case", "stylist"),): [one],
        (("engine", "gpt"),): [one],
        (("status", "failed"),): [two],
        (("since", "2026-03-05"),): [three, two],
        (("until", "2026-03-05"),): [two, one],
        (("since", "2026-03-05"), ("until", "2026-03-05")): [two],
        (("finding", "fail"),): [one],
        (("finding", "warn"),): [two, one],
        (("check", "claims"), ("finding", "warn")): [two, one],
        (("check", "length"), ("finding", "warn")): [],
        (("verdict", "approved"),): [one],
        (("verdict", "sent_back"),): [two],
        (("verdict", "rated"),): [one],
        (("verdict", NO_VERDICT),): [three],
        (("words", "ete"),): [one],
        (("words", "about SILK"),): [three],
        (("words", "sum"),): [two],
        (("words", "silk dress"),): [],
        (("words", "silk"), ("person", actor.person)): [],
    }
    for wanted, runs in expected.items():
        assert ids(database, actor, **dict(wanted)) == runs, wanted


def test_a_row_says_what_checks_and_people_said(database, actor):
    run = ran(database, actor, verdict=Verdict.FAIL)
    add_review(database, actor, run, "approved", rating=4)
    add_review(database, actor, run, "rated", rating=2)
    row = log_page(database, actor, Wanted()).runs[0]
    assert (row["checks"], row["verdict"], row["rating"]) == ({"fail": 1, "pass": 1}, "approved", 2)
    assert row["person"] == "Ada" and row["position"] == 1


@pytest.mark.parametrize(
    "words", ['"', "' or 1=1", "a* OR b", "NEAR(", "text:", "(", "--", "é' \\x00", "^", "a" * 5000, " "]
)
def test_no_search_is_a_command(database, actor, words):
    ran(database, actor)
    assert isinstance(log_page(database, actor, Wanted(words=words)).total, int)
    assert '"' in match_of(words)


def test_a_period_the_wrong_way_round_is_said(database, actor):
    with pytest.raises(InputError, match="Exchange"):
        log_page(database, actor, Wanted(since="2026-03-05", until="2026-03-01"))


def test_pages_hold_every_run_once(database, actor):
    made = [ran(database, actor, f"text {number}") for number in range(23)]
    seen = [run["id"] for at in range(0, 30, 5) for run in log_page(database, actor, Wanted(), at, 5).runs]
    assert seen == made[::-1]
    assert [run["id"] for run in every_run(database, actor, Wanted())] == made[::-1]
    assert log_page(database, actor, Wanted()).total == 23


def test_another_workspace_sees_nothing_of_it(database, actor, stranger):
    run = ran(database, actor)
    assert log_page(database, stranger, Wanted(words="coat")).total == 0
    assert list(every_run(database, stranger, Wanted())) == []
    assert log_page(database, stranger, Wanted(person=actor.person)).runs == ()
    with pytest.raises(NotFound):
        one_run(database, stranger, run)
    assert workspace_of_run(database, stranger, run) is None
    assert offered(database, stranger).people == {}


def test_a_permalink_is_found_in_ones_other_workspace(database, actor):
    run = ran(database, actor)
    elsewhere = actor_for(database, actor.person, "demo")
    assert workspace_of_run(database, elsewhere, run) == (actor.workspace, "Atelier Ada")
    assert workspace_of_run(database, actor, run) is None
    lou = actor_for(database, create_person(database, "Lou")[0], "demo")
    assert workspace_of_run(database, lou, ran(database, elsewhere)) is None


def test_what_an_open_vote_seals_appears_when_it_is_closed(database, actor):
    parent = ran(database, actor, kind="comparison")
    text = ran(database, actor, "a sealed text", parent=parent)
    database.table("comparisons").insert(
        {"id": new_id(), "workspace_id": actor.workspace, "person_id": actor.person, "run_id": parent, "use_case": "u",
         "task": "t", "language": "en", "question": "q", "blind": 1, "raters": 1, "status": "open", "created_at": now()}
    )  # fmt: skip
    assert ids(database, actor) == [parent] and ids(database, actor, words="sealed") == []
    assert sealed(database, actor) == 1
    with pytest.raises(NotAllowed):
        one_run(database, actor, text)
    database.execute("update comparisons set status = 'closed'")
    assert ids(database, actor, words="sealed") == [text] and sealed(database, actor) == 0


def test_an_erased_run_stays_as_a_line_without_words(database, actor):
    run = ran(database, actor, "a secret coat")
    erase_runs(database, actor, [run])
    assert ids(database, actor) == [run] and ids(database, actor, words="secret") == []
    whole = one_run(database, actor, run)
    assert (whole["inputs"], whole["output"], whole["checks"]) == ("{}", None, {"pass": 2})


def test_the_choices_are_those_of_the_log(database, actor):
    ran(database, actor, engine="gpt", use_case="stylist")
    found = offered(database, actor)
    assert (found.people, found.use_cases, found.engines) == ({actor.person: "Ada"}, ("stylist",), ("gpt",))
    assert found.checks == ("claims", "length")
