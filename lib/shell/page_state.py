"""What a person chose on a page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.i18n import LANGUAGES
from lib.shell import session


@dataclass(frozen=True)
class PageState:
    """One page's memory for the person of this session in their workspace, and its widgets' keys.

    A browser keeps a widget's options by its key, so the reader's language is in it.
    """

    page: str

    def state(self) -> dict[str, Any]:
        """What this person last chose on the page."""
        with connect() as database:
            return remembered(database, session.actor(), self.page)

    def keep(self, **changes: Any) -> None:
        """Remember choices (JSON values) beyond this session; what is as before is not written."""
        before = self.state()
        if any(name not in before or before[name] != value for name, value in changes.items()):
            with connect() as database:
                remember(database, session.actor(), self.page, changes)

    def widget(self, name: str) -> str:
        """A widget's key, apart for each workspace, person and language."""
        return self._key(name, session.language())

    def recall(self, name: str, default: Any, offered: Collection[Any] | None = None, own: str = "") -> str:
        """A widget's key, its value set in the session's first run and wherever it isn't among those ``offered``.

        It comes from the same widget in another language (typed a moment ago, before the language was switched), else
        from what is remembered under ``name``, else it is the ``default``.

        Args:
            own: the widget's name where several share what is remembered.
        """
        key = self.widget(own or name)
        if key not in st.session_state or (offered is not None and st.session_state[key] not in offered):
            value = self._before(own or name, name, default)
            st.session_state[key] = value if offered is None or value in offered else default
        return key

    def kept(self, name: str, key: str) -> Callable[[], None]:
        """A callback that remembers a widget's value under ``name``."""
        return lambda: self.keep(**{name: st.session_state[key]})

    def _before(self, widget: str, name: str, default: Any) -> Any:
        others = [self._key(widget, language) for language in LANGUAGES if language != session.language()]
        said = [st.session_state[key] for key in others if key in st.session_state]
        return said[0] if said else self.state().get(name, default)

    def _key(self, name: str, language: str) -> str:
        actor = session.actor()
        return f"{self.page}_{actor.workspace}_{actor.person}_{language}_{name}"
