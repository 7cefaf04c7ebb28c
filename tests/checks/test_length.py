"""Length by field and channel."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.checks.length import Limit, length_findings, limits_for
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
