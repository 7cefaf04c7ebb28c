"""Verdicts together: agreement, pairs, reasons, and a third person's decision that is no blind vote."""

from __future__ import annotations

from typing import Any

from lib.agreement import alpha
from lib.govern.review_queue.judging import together


def row(run: str, person: str, verdict: str, outcome: str | None = None, adjudicates: int = 0, **more: Any) -> Any:
    return {"run_id": run, "person_id": person, "person": person.title(), "verdict": verdict, "outcome": outcome,
            "adjudicates": adjudicates, "reasons": [], **more}  # fmt: skip


ROWS = [
    row("1", "ada", "approved", "approved"), row("1", "lou", "approved", "approved"),
    row("2", "ada", "rejected", "sent_back", reasons=["tone", "other"]), row("2", "lou", "approved", "sent_back"),
    row("2", "mia", "sent_back", "sent_back", 1, reasons=["tone"]),
    row("3", "ada", "rejected", "rejected", reasons=["tone"]), row("3", "lou", "rejected", "rejected"),
    row("4", "ada", "edited", "edited"),
]  # fmt: skip


def test_agreement_is_alpha_over_the_blind_verdicts() -> None:
    found = together(ROWS)
    expected = alpha([["approved", "approved"], ["rejected", "approved"], ["rejected", "rejected"], ["edited"]])
    assert found.agreement.alpha == expected and found.agreement.units == 3


def test_pairs_reasons_outcomes_and_reviewers_are_counted() -> None:
    found = together(ROWS)
    assert found.confusion == {("approved", "approved"): 1, ("approved", "rejected"): 1, ("rejected", "rejected"): 1}
    assert found.reasons == {"tone": 3, "other": 1}
    assert found.outcomes == {"approved": 1, "sent_back": 1, "rejected": 1, "edited": 1}
    ada, lou = found.reviewers
    assert (ada.person, ada.verdicts, ada.shared, ada.upheld) == ("Ada", 4, 3, 2)
    assert (lou.person, lou.verdicts, lou.shared, lou.upheld) == ("Lou", 3, 3, 2)


def test_no_verdicts_and_one_person_alone_have_no_agreement() -> None:
    assert together([]).agreement.alpha is None
    assert together([row("1", "ada", "approved", "approved")]).agreement.units == 0


def test_a_dispute_that_nobody_has_decided_counts_once() -> None:
    assert together(ROWS).disputed == 0
    open_ = [row("5", "ada", "approved"), row("5", "lou", "rejected")]
    assert together([*ROWS, *open_]).disputed == 1 and together(open_).outcomes == {}
