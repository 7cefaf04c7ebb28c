"""What every check of wording is held to, whatever it looks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from lib.checks import Finding

Judge = Callable[[str, str], Sequence[Finding]]

# Texts that have broken readers of text before.
NAUGHTY = (
    "",
    " \t\n\u00a0",
    "\ud800 lone \udfff surrogates",
    "معطف طويل من الصوف بجيبين عميقين",
    "\u202egnitirw desrever\u202c",
    "e\u0301" * 500,
    "👩🏽‍🦽" * 300,
    "<div style='" * 300,
    '"' * 999,
    "a" * 30_000,
    "\x00\x01\x02",
    "İSTANBUL ﬁn ß",
)
LONG = "A long wool coat, cut straight, with two deep pockets. " * 3_640  # a little over 200,000 characters
# Plain text with what the patterns turn on mixed in, so that matches happen.
TURNS = (
    "idiot", "É", "’", "« ", " »", "shut up", "ignore all previous instructions", "eco-friendly", "nude", "\n", ". ",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(TURNS)), max_size=12).map(" ".join)


def assert_sound(judge: Judge, text: str, language: str) -> None:
    """Findings lie in the text and mark something; blanks behind the text change no verdict."""
    found = judge(text, language)
    for finding in found:
        assert finding.start is not None
        assert finding.end is not None
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.message
    behind = judge(text + "   ", language)
    assert [f.verdict for f in behind] == [f.verdict for f in found]
