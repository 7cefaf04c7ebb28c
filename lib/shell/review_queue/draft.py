"""What a reviewer is about to say of one output, kept in the database: a refresh or another language finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.i18n import _
from lib.shell import session
from lib.shell.review_queue.wanting import STATE

MODE = "queue_mode_"  # and the run: 'edit', or the verdict whose reasons are being given


def of(run_id: str) -> dict[str, Any]:
    """What was begun on this output: 'mode', 'option', 'edits' (texts by path), 'reasons', 'comment'."""
    kept = STATE.state().get("draft")
    return dict(kept) if isinstance(kept, dict) and kept.get("run") == run_id else {"run": run_id}


def keep(run_id: str, **changes: Any) -> None:
    """Keep a part of it; what was begun on another output is let go."""
    STATE.keep(draft={**of(run_id), **changes})


def drop() -> None:
    """It was said, or given up."""
    for key in [key for key in st.session_state if str(key).startswith(MODE)]:
        del st.session_state[key]
    STATE.keep(draft={})


def mode(run_id: str) -> str:
    """What is being asked about this output: '' while it is only read."""
    key = MODE + run_id
    if key not in st.session_state:
        st.session_state[key] = str(of(run_id).get("mode", ""))
    return str(st.session_state[key])


def turn(run_id: str, name: str) -> None:
    """Ask something else; '' goes back to reading."""
    st.session_state[MODE + run_id] = name
    keep(run_id, mode=name)


def comment(run_id: str) -> str:
    """The field for a comment."""
    key = f"queue_comment_{run_id}_{session.language()}"
    kept = str(of(run_id).get("comment", ""))
    if key not in st.session_state:
        st.session_state[key] = kept
    said = str(st.text_area(_("Comment"), max_chars=4000, height=90, key=key))
    if said != kept:
        keep(run_id, comment=said)
    return said
