"""People, join codes, and the wall between workspaces: another's ids give nothing, in every table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.access import Right, Role
from lib.checks import CheckResult, Finding, Verdict
from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.database.people import (
    actor_for,
    create_person,
    create_workspace,
    join,
    make_join_code,
    members,
    person_of_token,
    renew_token,
    set_role,
    workspaces_of,
)
from lib.database.reviews import add_review, approved, reviews_of
from lib.database.runs import add_check, checks_of, children, finish_run, get_run, recent, spent, start_run
from lib.errors import InputError, NotAllowed, NotFound


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def make_run(database, actor, **more):
    details = {"use_case": "u", "kind": "analysis", "method": "m", "method_version": "1", "inputs": {"a": "é"}}
    return start_run(database, actor, **{**details, **more})


def finished(database, actor, **more):
    run = make_run(database, actor, **more)
    check = CheckResult("length", (Finding("title", Verdict.WARN, "Too long"),))
    finish_run(
        database, actor, run, output={"b": 2}, status="done", seconds=1.5, checks=[check], cost=0.5, currency="EUR"
    )
    return run


def test_a_run_is_read_back_as_it_was_written(database, actor):
    row = get_run(database, actor, finished(database, actor))
    assert (row["inputs"], row["output"], row["status"], row["seconds"]) == ({"a": "é"}, {"b": 2}, "done", 1.5)
    assert [check["verdict"] for check in checks_of(database, actor, row["id"])] == ["warn"]
    assert [run["id"] for run in recent(database, actor)] == [row["id"]]
    assert spent(database, actor) == {"EUR": 0.5}


def test_another_workspaces_ids_give_nothing(database, actor, stranger):
    run = finished(database, actor)
    add_review(database, actor, run, "approved", rating=5)
    for read in (get_run, checks_of, reviews_of):
        with pytest.raises(NotFound):
            read(database, stranger, run)
    assert recent(database, stranger) == []
    assert children(database, stranger, run) == []
    assert spent(database, stranger) == {}
    for write in (
        lambda: finish_run(database, stranger, run, output=None, status="failed", seconds=0),
        lambda: add_check(database, stranger, run, CheckResult("x")),
        lambda: add_review(database, stranger, run, "approved"),
        lambda: make_run(database, stranger, parent=run),
    ):
        with pytest.raises(NotFound):
            write()
    assert get_run(database, actor, run)["status"] == "done"


def test_in_the_demo_house_each_visitor_sees_their_own(database):
    one, other = (actor_for(database, create_person(database)[0], "demo") for _visitor in range(2))
    run = finished(database, one)
    assert [row["id"] for row in recent(database, one)] == [run]
    assert recent(database, other) == []
    with pytest.raises(NotFound):
        get_run(database, other, run)
    assert [member["id"] for member in members(database, other)] == [other.person]


def test_members_of_one_workspace_see_each_others_runs(database, actor):
    run = finished(database, actor)
    person, _token = create_person(database, "Lou")
    workspace = join(database, person, make_join_code(database, actor))
    colleague = actor_for(database, person, workspace)
    assert [row["id"] for row in recent(database, colleague)] == [run]
    assert recent(database, colleague, mine=True) == []


def test_a_token_is_never_stored(database):
    _person, token = create_person(database)
    assert token not in "\n".join(database.conn.iterdump())
    assert person_of_token(database, token) == _person
    assert person_of_token(database, token + "x") is None


def test_a_renewed_link_ends_the_old_one(database):
    person, token = create_person(database)
    fresh = renew_token(database, actor_for(database, person, "demo"))
    assert person_of_token(database, token) is None
    assert person_of_token(database, fresh) == person


def test_a_code_is_read_whatever_its_case_and_dashes(database, actor):
    code = make_join_code(database, actor, Role.TRAINER)
    person, _token = create_person(database)
    assert join(database, person, f" {code.lower().replace('-', ' ')} ") == actor.workspace
    assert actor_for(database, person, actor.workspace).role is Role.TRAINER


@pytest.mark.parametrize("code", ["", "ZZZZ-ZZZZ", "' or 1=1 --"])
def test_a_wrong_code_opens_nothing(database, code):
    person, _token = create_person(database)
    with pytest.raises(InputError):
        join(database, person, code)
    assert [row["id"] for row in workspaces_of(database, person)] == ["demo"]


def test_an_old_code_opens_nothing(database, actor):
    code = make_join_code(database, actor, days=-1)
    with pytest.raises(InputError):
        join(database, create_person(database)[0], code)


def test_a_code_never_lowers_a_role(database, actor):
    join(database, actor.person, make_join_code(database, actor, Role.PARTICIPANT))
    assert actor_for(database, actor.person, actor.workspace).role is Role.ADMINISTRATOR


def test_only_an_administrator_invites_administrators(database, actor):
    person, _token = create_person(database)
    colleague = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.INNOVATOR)))
    with pytest.raises(NotAllowed):
        make_join_code(database, colleague, Role.ADMINISTRATOR)


def test_roles_are_asked_on_every_write(database, actor):
    reader = replace(actor, role=Role.REVIEWER)
    with pytest.raises(NotAllowed):
        make_run(database, reader)
    with pytest.raises(NotAllowed):
        make_join_code(database, replace(actor, role=Role.PARTICIPANT))
    with pytest.raises(NotAllowed):
        set_role(database, replace(actor, role=Role.INNOVATOR), actor.person, Role.EXECUTIVE)


def test_a_workspace_keeps_an_administrator(database, actor):
    with pytest.raises(NotAllowed):
        set_role(database, actor, actor.person, Role.EXECUTIVE)
    assert actor_for(database, actor.person, actor.workspace).role is Role.ADMINISTRATOR


def test_every_role_may_read():
    from lib.access import RIGHTS

    assert all(Right.READ in rights for rights in RIGHTS.values())
    assert set(RIGHTS) == set(Role)


def test_a_workspace_needs_a_name(database):
    with pytest.raises(InputError):
        create_workspace(database, create_person(database)[0], "  ")


def test_sending_back_needs_a_reason(database, actor):
    run = finished(database, actor)
    with pytest.raises(InputError):
        add_review(database, actor, run, "sent_back", comment="  ")
    with pytest.raises(InputError):
        add_review(database, actor, run, "rated", rating=6)
    assert reviews_of(database, actor, run) == []


def test_approving_over_findings_needs_a_reason_and_records_how_many_stood(database, actor):
    run = finished(database, actor)
    with pytest.raises(InputError):
        add_review(database, actor, run, "approved", open_findings=9, reason=" ")
    assert reviews_of(database, actor, run) == []
    add_review(database, actor, run, "approved", open_findings=9, reason="Legal has seen it")
    (row,) = approved(database, actor, "u")
    assert (row["open_findings"], row["reason"], row["person_id"]) == (9, "Legal has seen it", actor.person)


def test_page_states_merge_and_are_personal(database, actor, stranger):
    remember(database, actor, "p", {"a": 1})
    remember(database, actor, "p", {"b": "é"})
    assert remembered(database, actor, "p") == {"a": 1, "b": "é"}
    assert remembered(database, stranger, "p") == {}


def test_approved_is_what_the_last_verdict_says(database, actor, stranger):
    first, second = finished(database, actor), finished(database, actor)
    add_review(database, actor, first, "approved", edited_output={"b": 3})
    add_review(database, actor, first, "rated", rating=4)
    add_review(database, actor, second, "approved")
    add_review(database, actor, second, "sent_back", comment="No")
    assert [(row["run_id"], row["edited_output"]) for row in approved(database, actor, "u")] == [(first, {"b": 3})]
    assert approved(database, stranger, "u") == []
