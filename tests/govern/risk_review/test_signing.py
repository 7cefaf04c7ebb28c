"""The sign-off: two people, what ends it, and that nobody signs what they haven't seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from lib.access import Actor, Role
from lib.database import connect, data_sets, incidents, pilots, prompts, risk_answers, risk_evidence
from lib.database.incidents import Entry
from lib.database.people import rename_person
from lib.database.risk_reviews import _months_on, standing
from lib.errors import InputError, NotAllowed, Overtaken, ToileError
from lib.govern.risk_review import dossier as work
from tests.decide.pilots.plans import MEAN
from tests.govern.risk_review.reviews import SLUG, answered, colleague, ran, settle, sign

TODAY = dt.date.today().isoformat()
SEVERE = Entry("incident", "severe", TODAY, "A false claim went out")


@pytest.fixture
def other(actor: Actor) -> Actor:
    """A colleague who may sign."""
    return colleague(actor)


def signed(actor: Actor, other: Actor) -> None:
    with connect() as database:
        ran(database, actor, prompt="p1")
        settle(database, actor)
        sign(database, actor)
        assert standing(database, actor, SLUG).state == "half"
        sign(database, other)
        assert standing(database, actor, SLUG).passed


def test_it_is_passed_when_two_people_have_signed_and_until_when(actor: Actor, other: Actor) -> None:
    with connect() as database:
        assert standing(database, actor, SLUG).state == "none"
        answered(database, actor, "intended_use")
        assert standing(database, actor, SLUG).state == "open"
        settle(database, actor)
        sign(database, actor, months=6)
        assert "Ada has signed" in standing(database, other, SLUG).said()
        found = sign(database, other, months=3)
        assert found.passed  # type: ignore[attr-defined]
        until = standing(database, actor, SLUG).signed_until
        assert until == _months_on(dt.date.today(), 3).isoformat()  # the earlier end of both
        assert standing(database, actor, SLUG, today=until).passed
        late = (dt.date.fromisoformat(until) + dt.timedelta(days=1)).isoformat()
        assert standing(database, actor, SLUG, today=late).state == "expired"


def test_one_person_can_not_sign_twice(actor: Actor, other: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
        with pytest.raises(InputError, match="another person"):
            sign(database, actor)
        sign(database, other)
        with pytest.raises(InputError, match="Two people have signed"):
            sign(database, other)


def test_nobody_signs_while_something_required_is_open(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(InputError, match="Required questions are still open: 14"):
            sign(database, actor)
        settle(database, actor)
        incidents.log(database, actor, SLUG, SEVERE)
        with pytest.raises(InputError, match="Severe incidents are open: 1"):
            sign(database, actor)
        assert standing(database, actor, SLUG).state == "open"


def test_who_looked_at_an_older_state_signs_nothing(actor: Actor, other: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        seen = risk_answers.get(database, actor, SLUG).content
        answered(database, other, "thresholds", "no")
        with pytest.raises(Overtaken, match="Nothing was signed"):
            work.sign(database, actor, SLUG, "", seen=seen, months=6)
        assert work.dossier(database, actor, SLUG).signatures == ()


def test_the_second_signature_is_for_what_the_first_was(actor: Actor, other: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
        answered(database, other, "thresholds", "no")
        assert "both signatures are needed" in standing(database, actor, SLUG).said()
        sign(database, other)
        assert standing(database, actor, SLUG).state == "half"
        assert "Bo has signed" in standing(database, actor, SLUG).said()
        sign(database, actor)
        assert standing(database, actor, SLUG).passed


@pytest.mark.parametrize("same_person", [True, False])
def test_two_who_sign_at_once_take_one_seat_each(actor: Actor, other: Actor, same_person: bool) -> None:
    with connect() as database:
        settle(database, actor)
        seen = risk_answers.get(database, actor, SLUG).content
    barrier, refused = Barrier(2), []

    def one(who: Actor) -> None:
        with connect() as database:
            barrier.wait()
            try:
                work.sign(database, who, SLUG, "", seen=seen, months=6)
            except ToileError as error:
                refused.append(error)

    threads = [Thread(target=one, args=(who,)) for who in (actor, actor if same_person else other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connect() as database:
        found = work.dossier(database, actor, SLUG)
    assert [(one.round, one.seat) for one in found.signatures] == ([(1, 1)] if same_person else [(1, 1), (1, 2)])
    assert len(refused) == int(same_person)
    assert found.standing.passed is not same_person


def test_who_may_not_sign_or_has_no_name_signs_nothing(actor: Actor) -> None:
    trainer = colleague(actor, Role.TRAINER)
    with connect() as database:
        settle(database, actor)
        with pytest.raises(NotAllowed):
            sign(database, trainer)
        rename_person(database, actor, " ")
        with pytest.raises(InputError, match="your name"):
            sign(database, actor)
        with pytest.raises(InputError, match="three, six or twelve"):
            sign(database, colleague(actor), months=99)


def test_another_engine_opens_it_again_and_says_which(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        ran(database, actor, prompt="p1")  # what was signed for
        assert standing(database, actor, SLUG).passed
        ran(database, actor, engine="openai", model="gpt-x", prompt="p1")
        found = standing(database, actor, SLUG)
        assert (found.state, found.signed_until) == ("reopened", "")
        assert "openai gpt-x" in found.said()
        assert "openai gpt-x" in found.said("fr")
        sign(database, actor)
        sign(database, other)
        assert standing(database, actor, SLUG).passed


def test_the_products_own_engine_is_signed_for_before_its_first_run(actor: Actor, other: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
        sign(database, other)
        ran(database, actor)
        assert standing(database, actor, SLUG).passed


def test_another_version_of_a_method_opens_it_again_a_further_method_does_not(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        run = ran(database, actor)
        database.execute("update runs set method = 'ranking' where id = ?", [run])
        assert standing(database, actor, SLUG).passed
        database.execute("update runs set method = 'drafter', method_version = '2' where id = ?", [run])
        assert "drafter 2" in standing(database, actor, SLUG).said()


def test_it_is_signed_anew_in_its_last_days_and_holds_meanwhile(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    soon = (dt.date.today() + dt.timedelta(days=29)).isoformat()
    with connect() as database:
        database.execute("update risk_signatures set expires_on = ?", [soon])
        sign(database, other)
        assert standing(database, actor, SLUG).passed
        assert standing(database, actor, SLUG).signed_until == soon
        assert sign(database, actor).signed_until > soon  # type: ignore[attr-defined]


def test_another_prompt_opens_it_again(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        prompts.save_version(database, actor, task="describe_product", text="Write", digest="abcdef0123456789")
        assert standing(database, actor, SLUG).state == "reopened"
        assert "describe_product" in standing(database, actor, SLUG).said()


def test_other_data_open_it_again_the_same_file_does_not(actor: Actor, other: Actor) -> None:
    with connect() as database:
        first = data_sets.save(database, actor, SLUG, "products", "spring.csv", b"a,b", {}, 1)
        ran(database, actor, prompt="p1", data_set=first)
    signed(actor, other)
    with connect() as database:
        same = data_sets.save(database, actor, SLUG, "products", "spring.csv", b"a,b", {}, 1)
        ran(database, actor, prompt="p1", data_set=same)
        assert standing(database, actor, SLUG).passed
        new = data_sets.save(database, actor, SLUG, "products", "autumn.csv", b"a,c", {}, 1)
        ran(database, actor, prompt="p1", data_set=new)
        assert "autumn.csv" in standing(database, actor, SLUG).said()


def test_what_was_only_compared_or_deleted_opens_nothing(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        run = ran(database, actor, engine="openai", model="gpt-x", prompt="p1")
        parent = ran(database, actor, prompt="p1")
        database.execute("update runs set kind = 'comparison' where id = ?", [parent])
        database.execute("update runs set parent_id = ? where id = ?", [parent, run])
        assert standing(database, actor, SLUG).passed
        database.execute("delete from runs where id = ?", [run])
        assert standing(database, actor, SLUG).passed


def test_an_answer_or_evidence_that_changes_opens_it_again(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        kept = risk_answers.get(database, actor, SLUG).evidence["input_rights"][0]
        risk_evidence.withdraw(database, actor, kept.id)
        assert standing(database, actor, SLUG).state == "reopened"
        with pytest.raises(InputError, match="Required"):
            sign(database, actor)


def test_a_severe_incident_opens_it_again_and_closed_it_asks_for_both_signatures(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        incidents.log(database, actor, SLUG, Entry("near_miss", "severe", TODAY, "Nearly"))
        incidents.log(database, actor, SLUG, Entry("incident", "serious", TODAY, "Bad"))
        assert standing(database, actor, SLUG).passed
        made = incidents.log(database, actor, SLUG, SEVERE)
        assert standing(database, actor, SLUG).state == "reopened"
        closed = Entry("incident", "severe", TODAY, "A false claim went out", changed="The check", closed_on=TODAY)
        incidents.change(database, actor, made, closed, version=1)
        assert "closed after it was signed" in standing(database, actor, SLUG).said()
        sign(database, actor)
        sign(database, other)
        assert standing(database, actor, SLUG).passed
        incidents.change(database, actor, made, replace(closed, changed="The check, and its list"), version=2)
        assert standing(database, actor, SLUG).passed  # a closed one, told better


def test_one_that_was_no_severe_incident_after_all_asks_for_nothing(actor: Actor, other: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        made = incidents.log(database, actor, SLUG, SEVERE)
        incidents.change(database, actor, made, replace(SEVERE, severity="minor"), version=1)
        assert standing(database, actor, SLUG).passed


def test_a_severe_incident_between_the_signatures_asks_for_both_anew(actor: Actor, other: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
        incidents.log(database, actor, SLUG, replace(SEVERE, changed="The check", closed_on=TODAY))
        assert "both signatures are needed" in standing(database, actor, SLUG).said()
        sign(database, other)
        assert standing(database, actor, SLUG).state == "half"


def test_a_pilot_has_a_review_of_its_own(actor: Actor, other: Actor) -> None:
    with connect() as database:
        pilot = pilots.add(database, actor, MEAN)
        settle(database, actor, pilot=pilot)
        sign(database, actor, pilot=pilot)
        sign(database, other, pilot=pilot)
        assert standing(database, actor, SLUG, pilot).passed
        assert standing(database, actor, SLUG).state == "none"


def test_another_workspace_sees_none_of_it(actor: Actor, other: Actor, stranger: Actor) -> None:
    signed(actor, other)
    with connect() as database:
        assert standing(database, stranger, SLUG).state == "none"


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [("2026-11-22", 6, "2027-05-22"), ("2026-08-31", 6, "2027-02-28"), ("2026-12-31", 12, "2027-12-31"),
     ("2027-11-30", 3, "2028-02-29")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_last(day: str, months: int, end: str) -> None:
    assert _months_on(dt.date.fromisoformat(day), months).isoformat() == end
