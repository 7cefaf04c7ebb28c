"""The log says what broke and where, and nothing of what somebody typed."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from lib import quiet_log
from lib.errors import InputError
from lib.settings import ROOT

SENTINEL = "zq7sentinelkx"
RAISES = """
import logging, threading
from lib import quiet_log
from lib.errors import InputError

quiet_log.install()
logging.basicConfig()
typed = {typed!r}


def deep(value):
    try:
        return {{}}[value]
    except KeyError as error:
        raise InputError("Choose another {{name}}.", name=value) from error


try:
    deep(typed)
except InputError:
    logging.getLogger("x").exception("a check broke down")
other = threading.Thread(target=lambda: int(typed))
other.start()
other.join()
exec(compile("raise ValueError(typed)  # " + typed, "<prompt>", "exec"))
"""


def test_a_log_of_a_whole_process_holds_nothing_that_was_typed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RAISES.format(typed=SENTINEL)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and SENTINEL not in done.stderr
    for kind in ("KeyError", "InputError: Choose another {name}.", "ValueError", "a check broke down", "in deep"):
        assert kind in done.stderr
    assert done.stderr.count("Traceback") == 4  # the error and its cause, the thread's, the last one


@given(st.text(min_size=1))
def test_no_kind_of_error_quotes_its_values(typed: str) -> None:
    said = "".join(f"<{letter}>" for letter in typed)  # nothing in a traceback looks like it
    for error in (ValueError(said), KeyError(said), InputError("No.", name=said), FileNotFoundError(2, "Gone", said)):
        assert said not in quiet_log.without_data(error)


def test_a_chain_of_causes_ends() -> None:
    first = ValueError("a")
    first.__cause__ = first
    assert quiet_log.without_data(first).count("ValueError") == quiet_log.DEEPEST
