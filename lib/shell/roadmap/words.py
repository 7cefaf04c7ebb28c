"""Small words of the roadmap page."""

from __future__ import annotations

from lib.shell.page_state import PageState

STATE = PageState("roadmap")
PLANNING = "roadmap_planning"  # the keys of the page's work
ASKING = "roadmap_asking"
