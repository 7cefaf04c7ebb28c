"""Sentences that follow an earlier text with some words changed, and the lines that anybody writes."""

from __future__ import annotations

from lib.checks.near_copy import Earlier, copy_findings, index_of

OLD = "The oldest loom in the valley hums below our office, and each bolt that leaves it carries a small red knot."
POSTS = index_of([Earlier("p1", OLD), Earlier("p2", "Dry clean only. Free returns within thirty days of delivery.")])


def test_a_sentence_with_every_fifth_word_changed_is_found() -> None:
    new = "The oldest loom of the valley hums under our office and each roll that leaves it bears a small red knot."
    assert [one.kind for one in copy_findings(new, "body", POSTS)] == ["reworded"]


def test_the_same_facts_in_another_order_are_not() -> None:
    new = "Look for a red knot on the bolt: it comes from an old loom that stands in our valley, under the office."
    assert copy_findings(new, "body", POSTS) == []


def test_care_and_delivery_lines_are_nobodys() -> None:
    assert copy_findings("Dry clean only. Free returns within thirty days of delivery.", "body", POSTS) == []
