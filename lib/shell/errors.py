"""Errors as the reader sees them: one place, one form, with the fix in the message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.errors import EngineError, ToileError
from lib.i18n import _
from lib.shell.text import plain


def show(error: ToileError) -> None:
    """Show an error in the reader's language; what an engine had sent before it failed can be opened below."""
    st.error(plain(error.text()), icon=":material/error:")
    partial = error.partial if isinstance(error, EngineError) else ""
    if partial:
        with st.expander(_("What had come before it stopped")):
            st.code(partial, language=None, wrap_lines=True)


@contextmanager
def shown() -> Iterator[None]:
    """Show a ``ToileError`` of the block instead of raising it. Nothing else is caught."""
    try:
        yield
    except ToileError as error:
        show(error)


@contextmanager
def page() -> Iterator[None]:
    """Around a whole page: like ``shown``, and what nobody foresaw gets a sentence in the reader's language.

    Streamlit's own box for it speaks English only, so the style sheet hides it where this sentence stands. The error
    goes on to the server's log.
    """
    try:
        with shown():
            yield
    except Exception:
        with st.container(key="unexpected"):
            st.error(
                _(
                    "Something went wrong that we did not foresee. What you made is kept: reload the page."
                    " If it comes again, the server's log says what happened."
                ),
                icon=":material/error:",
            )
        raise
