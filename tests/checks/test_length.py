"""Length by field and channel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.checks.length import Limit, length_findings, limits_for, measure, segments
from lib.checks.model import Verdict

LIMITS = (
    Limit("title", most=20, too_long="{length} {most} {excess}", least=3, too_short="{length} {least}"),
    Limit("title", "marketplace", most=30, too_long="{length} {most} {excess}", hard=True),
    Limit("bullets", unit="items", most=2, too_long="{length} {most} {excess}"),
)


def test_a_channels_own_limit_replaces_the_general_one() -> None:
    assert [limit.most for limit in limits_for("title", "site", LIMITS)] == [20]
    assert [limit.most for limit in limits_for("title", "marketplace", LIMITS)] == [30]
    assert limits_for("body", "site", LIMITS) == []


def test_what_is_past_the_limit_is_marked() -> None:
    text = "x" * 33
    (soft,) = length_findings(text, "options.0.title", limits_for("title", "site", LIMITS))
    (hard,) = length_findings(text, "options.0.title", limits_for("title", "marketplace", LIMITS))
    assert (soft.verdict, soft.start, soft.end) == (Verdict.WARN, 20, 33)
    assert (hard.verdict, hard.start, hard.end) == (Verdict.FAIL, 30, 33)
    assert hard.values == {"length": 33, "most": 30, "excess": 3}


def test_empty_and_short_fields() -> None:
    assert length_findings("  ", "title", LIMITS[:1])[0].verdict is Verdict.FAIL
    assert length_findings([], "bullets", LIMITS[2:])[0].verdict is Verdict.FAIL
    assert length_findings("ab", "title", LIMITS[:1])[0].verdict is Verdict.NOTE


def test_items_are_counted_as_items() -> None:
    (found,) = length_findings(["a", "b", "c"], "bullets", limits_for("bullets", "site", LIMITS))
    assert found.values["excess"] == 1
    assert found.start is None


@given(st.text(alphabet="abc é\n", min_size=3, max_size=20).filter(lambda text: len(text.strip()) > 0))
def test_what_fits_is_not_mentioned(text: str) -> None:
    assert length_findings(text, "title", LIMITS[:1]) == []


def test_a_reader_counts_signs_and_not_code_points() -> None:
    assert measure("👩🏽‍🦽 été", "graphemes") == 5
    assert measure("e\u0301te\u0301", "graphemes") == 3
    limit = Limit("title", unit="graphemes", most=2, too_long="{length}")
    (found,) = length_findings("🇫🇷🇮🇹🇬🇧", "title", [limit])
    assert ("🇫🇷🇮🇹🇬🇧"[found.start : found.end], found.values["length"]) == ("🇬🇧", 3)


def test_dashes_are_no_words() -> None:
    assert measure("Coton — lin — chanvre", "words") == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("ç" * 70, 1), ("ç" * 71, 2), ("ç" * 134, 2), ("ç" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2), ("😀" * 67, 3),
    ],
)  # fmt: skip
def test_segments_of_a_short_message(text: str, count: int) -> None:
    """160 signs of the GSM alphabet or 70 others; in a chain 153 or 67, and no sign is parted between two."""
    assert segments(text) == count


def test_what_the_next_segment_would_hold_is_marked() -> None:
    limit = Limit("message", "sms", unit="sms_segments", most=1, too_long="{length}")
    (found,) = length_findings("x" * 165, "message", [limit])
    assert (found.start, found.end) == (160, 165)
    two = Limit("message", "sms", unit="sms_segments", most=2, too_long="{length}")
    (found,) = length_findings("x" * 310, "message", [two])
    assert (found.start, found.end) == (306, 310)


@given(st.text(min_size=1, max_size=400), st.integers(1, 3))
def test_what_fits_keeps_the_limit_and_the_mark_lies_in_the_text(text: str, most: int) -> None:
    for unit in ("characters", "graphemes", "words", "sms_segments"):
        for found in length_findings(text, "x", [Limit("x", unit=unit, most=most, too_long="{length}")]):
            if found.start is not None and found.values:
                assert 0 <= found.start < len(text) or not text[found.start :].strip()
                assert measure(text[: found.start].rstrip(), unit) <= most
