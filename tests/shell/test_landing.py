"""Where a link led somebody who has to log in first: a page of ours and its query, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.navigation import entries
from lib.shell.landing import LONGEST, held, place


@pytest.mark.parametrize(
    ("slug", "query", "made"),
    [
        ("runs", {"run": "a b&c", "lang": "fr"}, "runs?run=a+b%26c"),
        ("", {"lang": "fr"}, ""),
        ("", {"me": "a-secret", "lang": "en"}, ""),
        ("risk_review", {"case": "stylist", "me": "a-secret"}, "risk_review?case=stylist"),
        ("runs", {"run": "x" * LONGEST}, "runs"),
    ],
)
def test_a_place_is_a_page_and_its_query_without_the_frames_own(slug, query, made):
    assert place(slug, query) == made


@given(st.sampled_from([one.slug for one in entries()]), st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_what_was_held_is_what_was_there(slug, query):
    made = place(slug, query)
    wanted = {name: value for name, value in query.items() if name not in ("lang", "me")}
    assert held({"place": made, "language": "fr"}) == ("fr", slug, wanted if "?" in made else {})


@pytest.mark.parametrize(
    "said",
    [
        None, 7, "runs", [], {}, {"place": 7}, {"place": "no_such?run=1"}, {"language": "xx"}, {"place": "x" * 9_999},
        {"place": "https://example.com/runs"}, {"place": "//example.com"}, {"place": "../runs"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_leads_nowhere(said):
    assert held(said) == ("", "", {})


def test_no_personal_link_comes_in_by_a_held_place():
    assert held({"place": "runs?me=token&run=1", "language": "en"}) == ("en", "runs", {"run": "1"})
