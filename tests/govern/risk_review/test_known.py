"""What the workbench knows: counted from real runs, proposed with its source, and taken over by a person alone."""

from __future__ import annotations

import pytest

from lib.access import Actor
from lib.checks.measured import measured
from lib.database import connect, risk_evidence
from lib.database.reviews import add_review
from lib.database.risk_answers import Answer
from lib.errors import InputError
from lib.govern.risk_review import check_words, known
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.saying import evidence_said
from lib.govern.risk_review.todo import to_do, to_do_said
from lib.tasks.check_titles import check_title
from lib.verdicts import CheckResult, Finding, Verdict
from tests.govern.risk_review.reviews import SLUG, ran


def said(actor: Actor, control: str, slug: str = SLUG) -> list[str]:
    with connect() as database:
        return [one.said() for one in work.dossier(database, actor, slug).known.get(control, ())]


def test_without_runs_nothing_is_said_of_runs(actor: Actor) -> None:
    assert said(actor, "retained") == []
    assert said(actor, "facts_checked") == []
    assert said(actor, "named_reviewer") == []


def test_runs_engines_checks_and_verdicts_are_counted(actor: Actor) -> None:
    failed = CheckResult("claims", (Finding("body", Verdict.FAIL, "Wrong"),))
    with connect() as database:
        run = ran(database, actor, checks=(CheckResult("claims"),))
        ran(database, actor, engine="openai", model="gpt-x", prompt="p1", checks=(failed, CheckResult("injection")))
        add_review(database, actor, run, "approved", edited_output={"text": "Robe longue"})
        add_review(database, actor, run, "sent_back", comment="Wrong colour")
    assert said(actor, "retained") == [
        "2 of 2 runs keep inputs, output, method and version; 1 a prompt’s version."
    ]  # fmt: skip
    assert said(actor, "facts_checked") == [
        "Claims traced to the product, results: 2; please check: 0, must be changed: 1. How well this check reads was"
        " not measured on labelled cases: look at its results yourself."
    ]
    assert said(actor, "named_reviewer") == ["Outputs approved: 1, sent back: 1, people who judged: 1."]
    assert "openai gpt-x" in said(actor, "vendor_terms")[0]
    (attacks,) = said(actor, "red_teamed")
    assert attacks.startswith("Instructions hidden in what was given, results: 1; please check: 0, must be changed: 0.")
    assert f"measured on {measured('injection').cases} cases" in attacks  # type: ignore[union-attr]


def test_a_weak_check_says_so_and_a_check_of_a_products_name_speaks_for_nobodys_likeness(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.checks.measured.BAR", 0.99)
    with connect() as database:
        ran(database, actor, checks=(CheckResult("near_copy"), CheckResult("name")))
        work.take_over(database, actor, SLUG, "", "protected_works", Answer("partly"), version=0)
        (kept,) = work.dossier(database, actor, SLUG).review.evidence["protected_works"]
    assert "A weak check: it finds" in evidence_said(kept)
    assert said(actor, "likeness") == []


def test_evidence_taken_over_before_names_its_checks_in_words() -> None:
    old = {"names": ["near_copy", "brands"], "total": 3, "failed": 1}
    assert known.said("{names}: {total}, {failed}", old, "fr") == (
        "Reprises de ce qui a été fourni et Noms d’autres maisons: 3, 1"
    )


@pytest.mark.parametrize("check", ["pii", "claims", "no_such_check"])
def test_a_checks_quality_reads_in_both_languages(check: str) -> None:
    kept = check_words.quality(check)
    assert check_words.quality_said(kept, "fr") != check_words.quality_said(kept, "en")
    assert "_" not in check_title(check)


def test_tests_by_body_and_skin_come_from_the_proof_with_their_intervals(actor: Actor) -> None:
    found = said(actor, "compared_groups", "virtual_try_on")
    assert len(found) >= 6
    assert any("skin tones 8 to 10" in one and " to " in one and "12 cases" in one for one in found)
    assert said(actor, "compared_groups", "stylist") == []


def test_nothing_is_answered_by_itself_and_a_person_takes_it_over(actor: Actor) -> None:
    with connect() as database:
        ran(database, actor)
        before = work.dossier(database, actor, SLUG)
        assert before.review.answers == {}
        assert before.score.value == 0
        for version in (0, 1):  # twice attaches once
            work.take_over(database, actor, SLUG, "", "tested_broadly", Answer("yes"), version=version)
        after = work.dossier(database, actor, SLUG)
    (attached,) = after.review.evidence["tested_broadly"]
    assert after.review.answers["tested_broadly"].person == "Ada"
    assert (attached.kind, attached.person) == ("known", "Ada")
    assert "measures against baselines" in evidence_said(attached)


def test_what_nobody_knows_can_not_be_taken_over(actor: Actor) -> None:
    with connect() as database, pytest.raises(InputError, match="knows nothing"):
        work.take_over(database, actor, SLUG, "", "intended_use", Answer("yes"), version=0)


def test_a_known_thing_stays_as_it_was_when_it_was_taken_over(actor: Actor) -> None:
    with connect() as database:
        ran(database, actor)
        work.take_over(database, actor, SLUG, "", "retained", Answer("yes"), version=0)
        ran(database, actor)
        kept = work.dossier(database, actor, SLUG).review.evidence["retained"]
        assert "1 of 1 runs" in evidence_said(kept[0])
        risk_evidence.withdraw(database, actor, kept[0].id)
        assert work.dossier(database, actor, SLUG).review.evidence.get("retained") is None


def test_what_is_to_be_done_stands_by_its_day_over_all_use_cases(actor: Actor, stranger: Actor) -> None:
    given = (
        (SLUG, "intended_use", Answer("no", "Not written", "Léa", "2026-01-31")),
        ("stylist", "thresholds", Answer("partly", "Half")),
        ("stylist", "intended_use", Answer("no", owner="Max", due_on="2099-01-31")),
        ("stylist", "warned", Answer("yes")),
    )
    with connect() as database:
        for slug, control, answer in given:
            work.answer(database, actor, slug, "", control, answer, version=0)
        items = to_do(database, actor)
        assert to_do(database, stranger) == []
    assert [(one.use_case, one.control.id) for one in items] == [
        (SLUG, "intended_use"), ("stylist", "intended_use"), ("stylist", "thresholds"),
    ]  # fmt: skip
    assert to_do_said(items, "2026-11-22") == "3 things are to be done, 1 is overdue, 1 has no owner"
    assert to_do_said([], "2026-11-22").startswith("Nothing is promised yet")


def test_the_built_in_engine_is_named_in_words(actor: Actor) -> None:
    with connect() as database:
        ran(database, actor)
        (told,) = work.dossier(database, actor, SLUG).known["inventory"]
    assert "Moteur intégré" in told.said("fr")
    assert "built-in" not in told.said("fr")
