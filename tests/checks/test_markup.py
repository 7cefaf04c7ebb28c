"""Markup in an output."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.checks.markup import find_markup
from lib.checks.model import Verdict


@pytest.mark.parametrize(
    ("text", "kind", "verdict"),
    [
        ("A coat <script>alert(1)</script>", "script", Verdict.FAIL),
        ("<SCRIPT SRC=//x.example/a.js>", "script", Verdict.FAIL),
        ('<img src=x onerror="alert(1)">', "script", Verdict.FAIL),
        ("javascript:alert(1)", "script", Verdict.FAIL),
        ("A <b>warm</b> coat", "html", Verdict.FAIL),
        ("<!-- hidden -->", "html", Verdict.FAIL),
        ("{{ product.name }} in wool", "template", Verdict.FAIL),
        ("{% for x in y %}", "template", Verdict.FAIL),
        ("Dear {first_name}", "template", Verdict.FAIL),
        ("[insert price here]", "template", Verdict.FAIL),
        ("[votre nom]", "template", Verdict.FAIL),
        ("[shop](https://x.example)", "link", Verdict.FAIL),
        ("see https://x.example/a?b=c", "link", Verdict.FAIL),
        ("a **bold** claim", "markdown", Verdict.WARN),
        ("# Title", "markdown", Verdict.WARN),
        ("wool &amp; silk", "entity", Verdict.WARN),
        ("wo\u200bol", "invisible", Verdict.WARN),
        ("abc\u202edef", "invisible", Verdict.WARN),
    ],
)
def test_markup_is_marked_where_it_stands(text: str, kind: str, verdict: Verdict) -> None:
    found = find_markup(text, "body")
    assert kind in {finding.kind for finding in found}
    assert max(found, key=lambda f: list(Verdict).index(f.verdict)).verdict is verdict
    assert all(0 <= (f.start or 0) < (f.end or 0) <= len(text) for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "A coat, 92% wool < 100% wool; 3 > 2.",
        "« Élise » coûte 450 € : laine & cachemire, 5 * 3 = 15.",
        "Data: wool. Size [38] or (40).",
        "The cut: straight. On load, it folds.",
        "N° 5_2, 10 x 12 cm, R&D; Q&A.",
    ],
)
def test_plain_text_passes(text: str) -> None:
    assert find_markup(text, "body") == []


@given(st.text(max_size=300))
def test_passages_lie_in_the_text_and_dont_overlap(text: str) -> None:
    found = find_markup(text, "body")
    assert all(0 <= (f.start or 0) < (f.end or 0) <= len(text) for f in found)
    assert all((one.end or 0) <= (two.start or 0) for one, two in pairwise(found))


@pytest.mark.parametrize("piece", ["<", "{{", "[", "](", "<!--", "&", "**", "<a ", "{", "on", "`", "[a](b"])
def test_hostile_repetition_ends(piece: str) -> None:
    find_markup(piece * 5_000, "body")
