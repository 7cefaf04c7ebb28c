"""What Streamlit itself writes, in the reader's language: the words stand in its own files, the pairs say both."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit

from lib.shell.streamlit_words import WORDS, pairs

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_each_word_is_one_that_streamlit_writes():
    """A word that Streamlit changes is found here, at the next upgrade."""
    written = "\n".join(path.read_text("utf-8") for path in SCRIPTS.glob("*.js"))
    heads = {word.split("{what}")[0].rstrip(": ") or word.split("{what}")[1] for word in WORDS}
    assert not [head for head in heads if head not in written]


@pytest.mark.parametrize(("language", "pair"), [
    ("fr", ("Fullscreen", "Plein écran")), ("en", ("Plein écran", "Fullscreen")),
    ("fr", ("Help for {what}", "Aide\u00a0: {what}")),
])  # fmt: skip
def test_a_pair_says_what_may_stand_there_and_what_is_to(language, pair):
    assert pair in pairs(language)


def test_no_word_is_put_into_another_word_again():
    """Else a text would be replaced for ever."""
    for language in ("en", "fr"):
        found = pairs(language)
        assert not {to for _from, to in found} & {word for word, to in found if word != to}
