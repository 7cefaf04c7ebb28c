"""One text read by every check: which run, where they mark, and what the samples are said to hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks import Verdict
from lib.checks.brand_terms import BrandTerms
from lib.errors import InputError
from lib.govern.checks_desk import samples
from lib.govern.checks_desk.naming import KNOWN, TEXTS
from lib.govern.checks_desk.reading import LONGEST, PLACES, Asked, count, earlier, found_language, read, read_by

ALWAYS = {one.name for one in TEXTS} - {"length", "near_copy", "unsupported_numbers"}


def names(sample: samples.Sample) -> set[str]:
    results = read(Asked(sample.text, sample.language, sample.given, sample.where))
    return {result.check for result in results if result.findings}


def test_checks_without_their_input_do_not_run() -> None:
    assert {one.check for one in read(Asked("A coat.", "en"))} == ALWAYS
    assert {one.check for one in read(Asked("A coat.", "en", "Weight: 900 g", most=5))} == {one.name for one in TEXTS}


def test_every_result_has_a_name_for_the_reader() -> None:
    assert {one.check for one in read(Asked("A coat.", "en", "x", most=5))} <= KNOWN.keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("post-en", {"claims_plus", "inclusivity", "language", "markup"}),
        ("post-fr", {"claims_plus", "inclusivity", "language", "markup"}),
        ("letter-en", {"pii", "tone", "disclosure"}),
        ("letter-fr", {"pii", "tone", "disclosure"}),
        ("product-en", {"near_copy", "unsupported_numbers"}),
        ("product-fr", {"near_copy", "unsupported_numbers"}),
        ("note-en", {"injection", "markup"}),
        ("note-fr", {"injection", "markup"}),
        ("quiet-en", set()),
        ("quiet-fr", set()),
        ("missed-en", set()),
        ("missed-fr", set()),
    ],
)
def test_each_sample_shows_what_its_title_says(name: str, expected: set[str]) -> None:
    one = samples.sample(name)
    assert one is not None
    assert names(one) == expected
    assert found_language(one.text) == one.language


def test_samples_come_in_both_languages_the_readers_own_first() -> None:
    assert {one.title for one in samples.SAMPLES if one.language == "fr"} == {one.title for one in samples.SAMPLES}
    assert [one.language for one in samples.offered("fr")][:6] == ["fr"] * 6
    assert samples.sample_of(samples.SAMPLES[0].text) is samples.SAMPLES[0]
    assert samples.sample_of("mine") is None and samples.sample("gone") is None
    assert {one.where for one in samples.SAMPLES} <= PLACES.keys()


def test_the_houses_own_names_are_looked_for() -> None:
    asked = Asked("Comme chez Tissage Bellac.", "fr")
    assert not next(one for one in read(asked) if one.check == "brands").findings
    found = read(asked, BrandTerms(("Tissage Bellac",), ()))
    assert next(one for one in found if one.check == "brands").findings


def test_a_limit_marks_what_a_channel_would_cut() -> None:
    (found,) = next(one for one in read(Asked("abcdef", "en", most=4)) if one.check == "length").findings
    assert (found.verdict, found.start, found.end, found.values["excess"]) == (Verdict.FAIL, 4, 6, 2)


def test_given_texts_are_parted_by_empty_lines() -> None:
    assert [one.text for one in earlier("One text.\nStill it.\n\n \nAnother.")] == ["One text.\nStill it.", "Another."]


def test_a_text_that_is_too_long_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="Try a part"):
        read(Asked("a" * (LONGEST + 1), "en"))


def test_more_numbers_than_can_be_compared_leave_that_check_out() -> None:
    """Without the bound this pair of texts keeps the reader waiting for most of a minute."""
    many = "1 2 3 " * (LONGEST // 6)
    assert {one.check for one in read(Asked(many, "en", many))} == ALWAYS | {"near_copy"}


def test_lists_are_those_of_the_language_found_else_the_readers() -> None:
    assert [read_by(found, "fr") for found in ("en", "fr", "it", None)] == ["en", "fr", "fr", "fr"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["fr", "en"]), st.text(max_size=80))
def test_any_text_is_read_and_every_mark_lies_in_it(text: str, language: str, against: str) -> None:
    results = read(Asked(text, language, against, most=20))
    for finding in (finding for result in results for finding in result.findings):
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start <= finding.end <= len(text)
    assert count(results) == sum(len(result.findings) for result in results)
