"""Answers and their evidence: kept, never overwritten, refused with their fix."""

from __future__ import annotations

import pytest

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.database import artefacts, connect, risk_answers, risk_evidence
from lib.database.connection import now
from lib.database.people import actor_for, create_person
from lib.database.risk_answers import Answer
from lib.database.runs import checks_of
from lib.errors import FileRejected, InputError, NotAllowed, NotFound, Overtaken
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.controls import BY_ID
from lib.govern.risk_review.saying import evidence_said, evidence_told
from lib.verdicts import CheckResult, Finding, Verdict
from tests.govern.risk_review.reviews import SLUG, answered, colleague, ran

NEEDS = "input_rights"  # a 'yes' to it needs evidence
FREE = "intended_use"


def test_every_answer_is_kept_with_its_name_and_time(actor: Actor) -> None:
    with connect() as database:
        answered(database, actor, FREE, "no", "Not written down")
        answered(database, actor, FREE, "yes")
        found = risk_answers.history(database, actor, SLUG, "", FREE)
        assert [(one.answer, one.version, one.person) for one in found] == [("yes", 2, "Ada"), ("no", 1, "Ada")]
        assert found[1].reason == "Not written down"
        assert risk_answers.get(database, actor, SLUG).answers[FREE].answer == "yes"


def test_who_saves_second_is_told_and_both_answers_stay(actor: Actor) -> None:
    other = colleague(actor)
    with connect() as database:
        work.answer(database, other, SLUG, "", FREE, Answer("no"), version=0)
        with pytest.raises(Overtaken, match="Bo answered"):
            work.answer(database, actor, SLUG, "", FREE, Answer("yes"), version=0)
        work.answer(database, actor, SLUG, "", FREE, Answer("yes"), version=1)
        assert [one.answer for one in risk_answers.history(database, actor, SLUG, "", FREE)] == ["yes", "no"]


def test_a_yes_without_the_evidence_that_it_needs_is_refused(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(InputError, match="needs evidence"):
            answered(database, actor, NEEDS)
        assert risk_answers.get(database, actor, SLUG).answers == {}
        answered(database, actor, NEEDS, "partly")  # says what is so, and needs none
        kept = risk_evidence.attach_link(database, actor, SLUG, "", NEEDS, "https://house.example/rights")
        answered(database, actor, NEEDS)
        risk_evidence.withdraw(database, actor, kept)
        assert work.dossier(database, actor, SLUG).headings[BY_ID[NEEDS].risk].settled == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [(Answer("na"), "doesn’t apply"), (Answer("maybe"), "Choose an answer"), (Answer("no", "x" * 4_001), "Shorten"),  # type: ignore[arg-type]
     (Answer("no", due_on="soon"), "due date"), (Answer("no", owner="x" * 121), "Shorten")],
)  # fmt: skip
def test_what_can_not_be_an_answer_is_refused(actor: Actor, given: Answer, message: str) -> None:
    with connect() as database:
        with pytest.raises(InputError, match=message):
            work.answer(database, actor, SLUG, "", FREE, given, version=0)
        assert risk_answers.listing(database, actor) == []


def test_a_file_keeps_the_last_part_of_its_name(actor: Actor) -> None:
    with connect() as database:
        for name in ("../../etc/passwd", "C:\\Users\\ada\\rights.pdf", "a\x00b\u202efdp.txt"):
            risk_evidence.attach_file(database, actor, SLUG, "", NEEDS, name, b"content " + name.encode())
        found = risk_answers.get(database, actor, SLUG).evidence[NEEDS]
        assert [one.name for one in found] == ["passwd", "rights.pdf", "abfdp.txt"]
        assert artefacts.load(database, actor, found[1].reference).startswith(b"content")


@pytest.mark.parametrize(
    ("name", "size", "message"),
    [("film.mp4", risk_evidence.MAX_BYTES + 1, "25 MB"), ("empty.pdf", 0, "empty"), ("macro.xlsm", 9, "could run"),
     ("page.HTML", 9, "could run"), ("a.svg", 9, "could run")],
)  # fmt: skip
def test_a_file_that_will_not_do_is_refused_and_nothing_is_kept(
    actor: Actor, name: str, size: int, message: str
) -> None:
    with connect() as database:
        with pytest.raises(FileRejected, match=message):
            risk_evidence.attach_file(database, actor, SLUG, "", NEEDS, name, bytes(size))
        assert risk_answers.listing(database, actor) == []
        assert database.execute("select count(*) from artefacts").fetchone()[0] == 0


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://ada:secret@a.example", "data:text/html,x",
     "https://a.example/\nx", "http://[", "https://a.example/" + "x" * 2_000, 'https://a.example/"onclick="x'],
)  # fmt: skip
def test_only_a_web_address_is_a_link(actor: Actor, address: str) -> None:
    with connect() as database, pytest.raises(InputError, match="https://"):
        risk_evidence.attach_link(database, actor, SLUG, "", NEEDS, address)


def test_a_run_is_attached_and_what_was_said_stays_when_it_is_deleted(actor: Actor) -> None:
    with connect() as database:
        run = ran(database, actor)
        risk_evidence.attach_run(database, actor, SLUG, "", NEEDS, run)
        answered(database, actor, NEEDS)
        database.execute("delete from runs where id = ?", [run])
        found = work.dossier(database, actor, SLUG)
        assert found.review.evidence[NEEDS][0].reference == run
        assert evidence_said(found.review.evidence[NEEDS][0]).startswith("Run: Product descriptions · ")
        assert found.review.answers[NEEDS].answer == "yes"
        with pytest.raises(NotFound, match="no such run"):
            risk_evidence.attach_run(database, actor, SLUG, "", NEEDS, run)
        with pytest.raises(NotFound, match="deleted"):
            risk_evidence.attach_check(database, actor, SLUG, "", NEEDS, "gone")


def test_the_result_of_a_check_is_attached_with_its_verdict(actor: Actor) -> None:
    with connect() as database:
        run = ran(database, actor, checks=(CheckResult("claims", (Finding("body", Verdict.WARN, "Doubtful"),)),))
        (result,) = checks_of(database, actor, run)
        first = risk_evidence.attach_check(database, actor, SLUG, "", NEEDS, result["id"])
        assert risk_evidence.attach_check(database, actor, SLUG, "", NEEDS, result["id"]) == first  # twice is once
        (kept,) = risk_answers.get(database, actor, SLUG).evidence[NEEDS]
        assert (kept.kind, kept.reference) == ("check", run)
        assert evidence_said(kept).startswith("Check’s result: Claims traced to the product (")


def test_a_comparison_is_attached_and_that_of_others_is_not(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        for who, name in ((actor, "ours"), (stranger, "theirs")):
            database.table("comparisons").insert(
                {"id": name, "workspace_id": who.workspace, "person_id": who.person, "run_id": ran(database, who),
                 "use_case": SLUG, "task": "describe_product", "language": "en", "question": "Which one?", "blind": 1,
                 "raters": 2, "status": "closed", "created_at": now()}
            )  # fmt: skip
        risk_evidence.attach_comparison(database, actor, SLUG, "", NEEDS, "ours")
        (kept,) = risk_answers.get(database, actor, SLUG).evidence[NEEDS]
        assert evidence_said(kept) == "Comparison: Which one?"
        assert evidence_told(kept).startswith("Comparison: Which one? · Ada, ")
        with pytest.raises(NotFound):
            risk_evidence.attach_comparison(database, actor, SLUG, "", NEEDS, "theirs")


def test_another_workspace_gives_nothing(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        run = ran(database, stranger)
        kept = risk_evidence.attach_link(database, stranger, SLUG, "", NEEDS, "https://elsewhere.example")
        answered(database, stranger, FREE)
        assert risk_answers.get(database, actor, SLUG).answers == {}
        assert risk_answers.history(database, actor, SLUG, "", FREE) == []
        assert risk_answers.listing(database, actor) == []
        with pytest.raises(NotFound):
            risk_evidence.attach_run(database, actor, SLUG, "", NEEDS, run)
        with pytest.raises(NotFound):
            risk_evidence.withdraw(database, actor, kept)
        with pytest.raises(NotFound):
            risk_answers.get(database, actor, "own_elsewhere")


def test_roles_without_the_right_read_only(actor: Actor) -> None:
    reader = colleague(actor, Role.PARTICIPANT)
    with connect() as database:
        answered(database, actor, FREE)
        assert risk_answers.get(database, reader, SLUG).answers[FREE].answer == "yes"
        with pytest.raises(NotAllowed):
            answered(database, reader, FREE, "no")
        with pytest.raises(NotAllowed):
            risk_evidence.attach_file(database, reader, SLUG, "", NEEDS, "a.txt", b"a")
        with pytest.raises(NotAllowed):
            risk_answers.classify(database, reader, SLUG, "", "high", "C", "because", version=0)


def test_a_reviewer_answers_and_attaches_files(actor: Actor) -> None:
    reviewer = colleague(actor, Role.REVIEWER, "Rita")
    with connect() as database:
        risk_evidence.attach_file(database, reviewer, SLUG, "", NEEDS, "rights.txt", b"all ours")
        answered(database, reviewer, NEEDS)
        assert risk_answers.get(database, actor, SLUG).answers[NEEDS].person == "Rita"


def test_visitors_of_the_demo_house_have_reviews_of_their_own() -> None:
    with connect() as database:
        one, other = (actor_for(database, create_person(database)[0], DEMO_WORKSPACE) for _ in range(2))
        answered(database, one, FREE)
        assert risk_answers.get(database, other, SLUG).answers == {}
        answered(database, other, FREE, "no")
        assert risk_answers.get(database, one, SLUG).answers[FREE].answer == "yes"


def test_the_class_is_changed_with_a_reason_and_every_earlier_one_stays(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(InputError, match="Say why"):
            risk_answers.classify(database, actor, SLUG, "", "high", "CB", " ", version=0)
        risk_answers.classify(database, actor, SLUG, "", "high", "CBK", "It also chats", version=0)
        with pytest.raises(Overtaken):
            risk_answers.classify(database, actor, SLUG, "", "limited", "CB", "No", version=0)
        risk_answers.classify(database, actor, SLUG, "", "limited", "CB", "Chat is off", version=1)
        found = risk_answers.classifications(database, actor, SLUG)
        assert [one.risk_class for one in found] == ["limited", "high"]
        assert work.dossier(database, actor, SLUG).subject.reason == "Chat is off"
