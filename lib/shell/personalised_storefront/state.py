"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from lib.shell.page_state import PageState

USE_CASE = "personalised_storefront"
_PAGE = PageState(USE_CASE)
state, keep, widget, kept = _PAGE.state, _PAGE.keep, _PAGE.widget, _PAGE.kept
recall = _PAGE.recall
