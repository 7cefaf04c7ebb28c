"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

from lib.shell.page_state import PageState

USE_CASE = "stylist"
_PAGE = PageState(USE_CASE)
state, keep, widget, recall = _PAGE.state, _PAGE.keep, _PAGE.widget, _PAGE.recall


def of_who(source: str, who: str) -> dict[str, Any]:
    """What was done for one client or product of one house: its runs and the stylist's corrections."""
    found: dict[str, Any] = state().get("whose", {}).get(source, {}).get(who, {})
    return {"run": "", "pinned": [], "removed": [], "weights": {}, "answers": [], "note": "", "chosen": None, **found}


def keep_who(source: str, who: str, **changes: Any) -> None:
    """Change what was done for one client or product."""
    whose = state().get("whose", {})
    here = whose.get(source, {})
    keep(whose={**whose, source: {**here, who: {**of_who(source, who), **changes}}})
