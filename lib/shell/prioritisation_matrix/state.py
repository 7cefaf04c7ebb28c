"""What a person chose on the matrix, found again after a refresh."""

from __future__ import annotations

from lib.shell.page_state import PageState

SLUG = "prioritisation_matrix"
SESSION = "session"  # the address's parameter that opens one scoring session
CASE = "case"  # the address's parameter that opens on one use case
PAGE = PageState(SLUG)
CHOSEN = "chosen"  # the use case whose evidence is open
DOMAIN = "domain"  # the domain that the map is narrowed to; empty: all
