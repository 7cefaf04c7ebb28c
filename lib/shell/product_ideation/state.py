"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

from lib.shell.page_state import PageState

USE_CASE = "product_ideation"
_PAGE = PageState(USE_CASE)
state, keep, widget, recall = _PAGE.state, _PAGE.keep, _PAGE.widget, _PAGE.recall


def meeting_of(source: str) -> dict[str, Any]:
    """The meeting held on one past line: rounds (runs), pins, vetoes, the job under way."""
    found: dict[str, Any] = state().get("meetings", {}).get(source, {})
    return {"rounds": [], "pins": [], "vetoes": [], "job": "", **found}


def keep_meeting(source: str, **changes: Any) -> None:
    """Change the meeting on one past line."""
    meetings = state().get("meetings", {})
    keep(meetings={**meetings, source: {**meeting_of(source), **changes}})
