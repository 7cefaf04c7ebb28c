"""What the page remembers of a person, and what its address names."""

from __future__ import annotations

from typing import Final

from lib.shell.page_state import PageState

PAGE: Final = "risk_review"
CASE: Final = "case"
PILOT: Final = "pilot"
MEMORY: Final = PageState(PAGE)
