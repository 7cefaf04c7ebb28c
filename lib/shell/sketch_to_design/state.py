"""What a person last did on the page, read back from the database: the brief, the grid in view, what is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from lib.access import Actor
from lib.database import artefacts, connect
from lib.database.runs import get_run, recent
from lib.errors import NotFound
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.jobs import METHOD, PLATE, file_name
from lib.shell import session
from lib.shell.page_state import PageState

USE_CASE = "sketch_to_design"
V = TypeVar("V")
EARLIER = 12
_PAGE = PageState(USE_CASE)
state, keep = _PAGE.state, _PAGE.keep


def widget(name: str) -> str:
    """A widget's key, apart for each workspace."""
    return f"{USE_CASE}_{session.actor().workspace}_{name}"


def sentence(name: str, samples: Mapping[str, str]) -> str:
    """A text widget's key, its text set: what was written here, else the sample in the language of the page. A sample
    that nobody changed follows the language, and isn't remembered.
    """
    key = widget(name)
    text = str(st.session_state[key] if key in st.session_state else state().get(name) or "")
    fresh = key not in st.session_state and not text
    st.session_state[key] = samples[session.language()] if fresh or text in samples.values() else text
    return key


def keep_sentence(name: str, text: str, samples: Mapping[str, str]) -> None:
    """Remember what somebody wrote; a sample is none of it."""
    own = "" if text in samples.values() else text
    if own != str(state().get(name) or ""):
        keep(**{name: own})


def named(values: Iterable[V], name: Callable[[V], str]) -> Callable[[V], str]:
    """A widget's names, put into words now: it may ask for them where no reader's language is set."""
    return {value: name(value) for value in values}.__getitem__


@dataclass(frozen=True)
class Grid:
    """One recorded grid."""

    run: dict[str, Any]
    brief: Brief
    designs: tuple[Design, ...]
    files: dict[str, str]  # artefacts' ids by name

    @property
    def id(self) -> str:
        return str(self.run["id"])

    def picture(self, number: int) -> bytes | None:
        """The picture of the variant with this number, from 1."""
        return file_of(self.files.get(file_name(number), ""))

    def plate(self) -> bytes | None:
        """All variants on one sheet."""
        return file_of(self.files.get(PLATE, ""))


def file_of(artefact: str) -> bytes | None:
    """An artefact's content; None where it is gone."""
    if not artefact:
        return None
    try:
        return _content(session.actor(), artefact)
    except NotFound:
        return None


@st.cache_data(max_entries=200, show_spinner=False)
def _content(actor: Actor, artefact: str) -> bytes:
    """Kept by actor and artefact: nobody is handed another one's file."""
    with connect() as database:
        return artefacts.load(database, actor, artefact)


def grid_in_view() -> Grid | None:
    """The grid that this person looks at; None before the first one."""
    chosen = str(state().get("grid") or "")
    return grid_of(chosen) if chosen else None


def grid_of(run_id: str) -> Grid | None:
    """A recorded grid by its run; None where there is none (any more)."""
    with connect() as database:
        try:
            run = get_run(database, session.actor(), run_id)
        except NotFound:
            return None
        if not run["output"]:
            return None
        files = {row["name"]: row["id"] for row in artefacts.of_run(database, session.actor(), run_id)}
    output = run["output"]
    designs = tuple(Design.model_validate(one) for one in output["designs"])
    return Grid(run, Brief.model_validate(output["brief"]), designs, files)


def earlier() -> list[dict[str, Any]]:
    """This person's last grids, newest first."""
    with connect() as database:
        rows = recent(
            database, session.actor(), EARLIER * 4, use_case=USE_CASE, kind="rendering", status="done", mine=True
        )
    return [row for row in rows if row["method"] == METHOD][:EARLIER]


@dataclass(frozen=True)
class Locked:
    """A design that was locked, and where its picture lies."""

    design: Design
    run: str
    number: int

    def as_json(self) -> dict[str, Any]:
        return {"design": self.design.model_dump(mode="json"), "run": self.run, "number": self.number}


def locked() -> list[Locked]:
    """What this person has locked, oldest first."""
    rows = state().get("locked", [])
    return [Locked(Design.model_validate(row["design"]), row["run"], row["number"]) for row in rows]


def keep_locked(rows: Sequence[Locked]) -> None:
    keep(locked=[row.as_json() for row in rows])


def toggle_lock(design: Design, run: str, number: int) -> None:
    """Lock a design, or let it go."""
    rows = locked()
    left = [row for row in rows if row.design.id != design.id]
    keep_locked(left if len(left) < len(rows) else [*rows, Locked(design, run, number)])
