"""Marked passages: all text stays, each mark has a sign and words beside its colour."""

from __future__ import annotations

from lib.checks import Finding, Verdict
from lib.checks.spans import segments
from lib.shell.spans import SIGNS, markup
from tests.shell.test_html import Reader

TEXT = "Cut from <b>pure</b> silk in Lyon."
FINDINGS = [
    Finding("body", Verdict.PASS, "Stated: {what}", {"what": "silk <i>"}, 21, 25, "product.materials.0"),
    Finding("body", Verdict.FAIL, "Nothing supports this", start=29, end=33),
]


def test_text_stays_and_each_mark_is_told_without_colour() -> None:
    made = str(markup(segments(TEXT, FINDINGS), lambda path: f"from {path}"))
    reader = Reader()
    reader.feed(made)
    assert reader.tags.count("mark") == 2
    assert "b" not in reader.tags and "i" not in reader.tags
    for words in (
        "Cut from <b>pure</b> ",
        SIGNS[Verdict.FAIL],
        "Stated: silk <i>",
        "from product.materials.0",
        "Nothing supports this",
    ):
        assert words in reader.text


def test_signs_differ() -> None:
    assert len(set(SIGNS.values())) == len(Verdict)
