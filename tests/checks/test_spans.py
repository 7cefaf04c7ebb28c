"""Pieces of text that a page marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.checks.model import Finding, Verdict
from lib.checks.spans import CHECK_TITLES, VERDICT_TITLES, gravest, segments
from lib.i18n import translate


def finding(start: int | None, end: int | None, verdict: Verdict, evidence: str = "") -> Finding:
    return Finding("body", verdict, "m", {}, start, end, evidence)


def test_the_gravest_wins_where_findings_overlap() -> None:
    pieces = segments(
        "abcdefgh", [finding(0, 6, Verdict.PASS, "p"), finding(2, 4, Verdict.FAIL), finding(3, 5, Verdict.WARN)]
    )
    assert [(p.text, p.verdict, p.evidence_label) for p in pieces] == [
        ("ab", Verdict.PASS, "p"),
        ("cd", Verdict.FAIL, ""),
        ("e", Verdict.WARN, ""),
        ("f", Verdict.PASS, "p"),
        ("gh", None, ""),
    ]


def test_findings_without_a_place_mark_nothing() -> None:
    pieces = segments(
        "abc", [finding(None, None, Verdict.FAIL), finding(2, 2, Verdict.FAIL), finding(1, 9, Verdict.FAIL)]
    )
    assert [(p.text, p.verdict) for p in pieces] == [("abc", None)]
    assert segments("", []) == []


PLACED = st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(list(Verdict)))


@given(st.text(min_size=0, max_size=12), st.lists(PLACED, max_size=6))
def test_the_pieces_joined_are_the_text(text: str, placed: list[tuple[int, int, Verdict]]) -> None:
    findings = [finding(start, end, verdict) for start, end, verdict in placed]
    pieces = segments(text, findings)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    at = 0
    for piece in pieces:
        over = [f for f in findings if (f.end or 0) <= len(text) and (f.start or 0) <= at < (f.end or 0)]
        assert piece.verdict is gravest(over)
        at += len(piece.text)


def test_every_verdict_has_a_title_in_french() -> None:
    for titles in (VERDICT_TITLES, CHECK_TITLES):
        assert set(titles) == set(Verdict)
        assert all(translate(title, "fr") != title for title in titles.values())
