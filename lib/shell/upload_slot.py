"""What the parts of an upload share: which table is asked for, and what this session has computed for it already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from lib.access import Actor
from lib.database import connect
from lib.database.page_states import remember
from lib.files.columns import Column, RowProblem

T = TypeVar("T")
SAMPLE, OWN = "sample", "own"


@dataclass(frozen=True)
class UploadResult(Generic[T]):
    """The table that the page works on. ``ready`` is False while the person has to choose or correct something.

    ``data_set`` is the kept data set's id, None for the demo house's own table. ``problems`` are the rows left out.
    """

    items: tuple[T, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    name: str = ""
    origin: str = SAMPLE
    data_set: str | None = None
    ready: bool = False

    @property
    def source(self) -> str:
        """Which table this is: changes with every file, also where its rows have the same references."""
        return self.data_set or self.name


@dataclass(frozen=True)
class Slot:
    """Everything that the parts below need to know of the table that is asked for."""

    key: str
    use_case: str
    slot: str
    title: str
    columns: tuple[Column, ...]
    actor: Actor

    @property
    def page(self) -> str:
        return f"{self.use_case}/{self.slot}"

    def named(self, part: str) -> str:
        """A key for a widget or for session state, apart for each workspace and person."""
        return f"upload_{self.key}_{self.actor.workspace}_{self.actor.person}_{part}"

    def remember(self, **state: Any) -> None:
        """Keep a choice for this person beyond the session."""
        with connect() as database:
            remember(database, self.actor, self.page, state)

    def cached(self, part: str, fingerprint: object) -> Any:
        """What this session computed from the same input before, or None; a page reruns at every click."""
        kept = st.session_state.get(self.named(f"cache_{part}"))
        return kept[1] if kept is not None and kept[0] == fingerprint else None

    def keep(self, part: str, fingerprint: object, value: object) -> None:
        """Let ``cached`` find ``value``, in place of what was kept under this part."""
        st.session_state[self.named(f"cache_{part}")] = (fingerprint, value)
