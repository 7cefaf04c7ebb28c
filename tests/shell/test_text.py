"""Text from data reads as it is, whatever Markdown would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.shell.text import WORD_JOINER, plain


def unescaped(shown: str) -> str:
    """What CommonMark shows: escapes and hard breaks resolved, the invisible joiner dropped."""
    out, skip = [], False
    for letter in shown.replace("  \n", "\n").replace(WORD_JOINER, ""):
        if letter == "\\" and not skip:
            skip = True
            continue
        out.append(letter)
        skip = False
    return "".join(out)


@given(st.text())
def test_nothing_is_lost_but_indents(text: str) -> None:
    assert unescaped(plain(text)) == "\n".join(line.strip() for line in text.splitlines())


@given(st.text(alphabet="*_`[]()<>#+-!|~$:&a1 \n"))
def test_every_mark_is_escaped(text: str) -> None:
    shown = plain(text)
    for place, letter in enumerate(shown):
        if letter in "*_`[]()<>#!|~$&":
            before = len(shown[:place]) - len(shown[:place].rstrip("\\"))
            assert before % 2 == 1


@pytest.mark.parametrize("text", [":material/home:", ":smile:", ":red[x]"])
def test_no_icon_or_emoji_can_form(text: str) -> None:
    name = text.strip(":").split("[")[0]
    assert f":{name}" not in plain(text).replace("\\", "")
