"""The seal: it is read as it was written, and a slip of the hand in it is told from a log that was rewritten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.database.chain import START, Head
from lib.errors import InputError
from lib.govern.evidence import seal

AT = "2026-03-05T10:00:00.000+00:00"
LINKS = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(st.integers(0, 10**9), LINKS)
def test_a_seal_is_read_as_it_was_written(n, link):
    assert seal.read(seal.text_of(Head(n, link), AT)) == (Head(n, link), AT)


@pytest.mark.parametrize(
    "change", [lambda s: s.replace("\n", "\r\n"), lambda s: f"\ufeff  {s}\n\n", lambda s: f"> \n{s}"]
)
def test_what_a_mail_program_does_to_it_is_borne(change):
    written = seal.text_of(Head(7, START), AT)
    assert seal.read(change(written))[0] == Head(7, START)


@given(st.integers(0, 200), st.sampled_from("0123456789abcdefxyz"))
def test_a_changed_letter_is_found_or_changes_nothing(place, letter):
    written = seal.text_of(Head(7, "a" * 64), AT)
    changed = written[:place] + letter + written[place + 1 :]
    try:
        assert seal.read(changed) == (Head(7, "a" * 64), AT)
    except InputError:
        assert changed != written


@pytest.mark.parametrize("text", ["", "hello", "toile-seal 1", "x" * 20_000, "toile-seal 1\nrecords: 1\nlink: zz\n"])
def test_what_is_no_seal_is_said(text):
    with pytest.raises(InputError):
        seal.read(text)
