"""A use case's table: the demo house's or a file of one's own; what was brought is kept in the database.

Nothing of a file reaches the page but as plain text: cells are escaped, names go through ``plain``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from lib.access import Right
from lib.database import connect, data_sets
from lib.database.data_sets import DataSet
from lib.database.page_states import remembered
from lib.files.columns import Column
from lib.files.intake import Intake, Parse
from lib.files.kept import open_sample, reopen
from lib.files.writers import KIND_TITLES, template_file
from lib.i18n import _, date_time, ngettext, translate
from lib.shell import html, session
from lib.shell.new_upload import draw_problems, new_file
from lib.shell.upload_slot import OWN, SAMPLE, Slot, UploadResult

__all__ = ["Sample", "UploadResult", "own_table", "sample_items", "upload_table"]
T = TypeVar("T")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sample:
    """One of the demo house's tables. Where it has several, ``language`` says in which it is, ``title`` names it."""

    path: Path
    language: str = ""
    title: str = ""  # an English message id with the count {n}: 'Products in French ({n})'


def upload_table(
    key: str,
    use_case: str,
    slot: str,
    columns: tuple[Column, ...],
    sample: Path | Sequence[Sample],
    parse: Parse[T],
    title: str = "",
    begin_with: str = SAMPLE,
) -> UploadResult[T]:
    """Let a person choose the demo house's table or bring their own, and return its items.

    Args:
        key: makes the widgets' keys unique on the page.
        use_case: the use case's slug.
        slot: which of its tables: 'products', 'posts'.
        columns: the template.
        sample: the demo house's file, or one for each language; the reader's is taken unless they choose another.
        parse: rows and their lines to items and problems; see ``lib.files.intake.Parse``.
        title: the label above the choice, in the reader's language.
        begin_with: what is chosen at first, the sample or ``OWN``.
    """
    asked = Slot(key, use_case, slot, title or _("Data"), columns, session.actor())
    with connect() as database:
        state = remembered(database, asked.actor, asked.page)
    origin = _origin(asked, state, begin_with)
    if origin == SAMPLE:
        return _from_sample(asked, [Sample(sample)] if isinstance(sample, Path) else sample, state, parse)
    if not asked.actor.may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t upload. Use the demo house’s data."))
        return UploadResult(origin=OWN)
    return _from_own(asked, state, parse)


def own_table(
    key: str, use_case: str, slot: str, columns: tuple[Column, ...], parse: Parse[T], title: str
) -> UploadResult[T]:
    """A table of one's own, where the page itself offers the demo house's records as a whole; see ``upload_table``."""
    asked = Slot(key, use_case, slot, title, columns, session.actor())
    if not asked.actor.may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t upload. Use the demo house’s data."))
        return UploadResult(origin=OWN)
    with connect() as database:
        state = remembered(database, asked.actor, asked.page)
    return _from_own(asked, state, parse)


def choose_sample(key: str, use_case: str, slot: str) -> None:
    """Choose the demo house's table, as its radio button does; for a button's callback."""
    asked = Slot(key, use_case, slot, "", (), session.actor())
    st.session_state[_spoken(asked, "origin")] = SAMPLE
    asked.remember(origin=SAMPLE)


def _spoken(asked: Slot, part: str) -> str:
    """The key of a choice whose options are said in the reader's language.

    A browser keeps a widget's options by its key: with the language in it they are said anew when the language is
    switched, and the choice comes back from what was kept.
    """
    return asked.named(f"{part}_{session.language()}")


def _origin(asked: Slot, state: dict[str, Any], begin_with: str) -> str:
    labels = {SAMPLE: _("The demo house’s data"), OWN: _("A file of your own")}
    before = state.get("origin", begin_with)
    origin = str(
        st.radio(
            asked.title,
            list(labels),
            index=list(labels).index(before) if before in labels else 0,
            format_func=lambda choice: labels[choice],
            horizontal=True,
            key=_spoken(asked, "origin"),
        )
    )
    if origin != before:
        asked.remember(origin=origin)
    return origin


@lru_cache(maxsize=64)
def _read_sample(path: Path, modified: int, columns: tuple[Column, ...], parse: Parse[T]) -> Intake[T]:
    """The demo house's table; it is everybody's, so it is read once per process."""
    return open_sample(path, columns, parse)


def sample_items(path: Path, columns: tuple[Column, ...], parse: Parse[T]) -> tuple[T, ...]:
    """The items of one of the demo house's tables."""
    intake: Intake[T] = _read_sample(path, path.stat().st_mtime_ns, columns, parse)
    return intake.items


def _from_sample(asked: Slot, samples: Sequence[Sample], state: dict[str, Any], parse: Parse[T]) -> UploadResult[T]:
    sample = _choose_sample(asked, samples, state, parse) if len(samples) > 1 else samples[0]
    intake: Intake[T] = _read_sample(sample.path, sample.path.stat().st_mtime_ns, asked.columns, parse)
    result = UploadResult(intake.items, intake.problems, sample.path.name, SAMPLE, None, bool(intake.items))
    if len(samples) == 1:
        st.caption(ngettext("{n} row of the demo house", "{n} rows of the demo house", len(result.items)))
    _left_out(asked, result)
    _what_it_should_hold(asked)
    return result


def _choose_sample(asked: Slot, samples: Sequence[Sample], state: dict[str, Any], parse: Parse[T]) -> Sample:
    """The demo house's table in the reader's language, until they choose another one themselves."""
    by_language = {one.language: one for one in samples}
    names = {
        one.language: translate(one.title, None, n=len(sample_items(one.path, asked.columns, parse))) for one in samples
    }
    widget = _spoken(asked, "sample")
    wanted = state.get("sample", session.language())
    if st.session_state.get(widget) != wanted:
        st.session_state[widget] = wanted if wanted in by_language else samples[0].language
    chosen = st.radio(
        _("Which of its products"),
        list(by_language),
        format_func=names.__getitem__,
        horizontal=True,
        key=widget,
        on_change=lambda: asked.remember(sample=st.session_state[widget]),
        label_visibility="collapsed",
    )
    return by_language[str(chosen)]


def _from_own(asked: Slot, state: dict[str, Any], parse: Parse[T]) -> UploadResult[T]:
    """A kept file, or a new one until it is kept."""
    with connect() as database:
        kept = data_sets.listing(database, asked.actor, asked.use_case, asked.slot)
    wanted = _choose_kept(asked, kept, state)
    with st.expander(_("Upload another file") if kept else _("Upload a file"), expanded=not kept):
        new = new_file(asked, parse)
    _what_it_should_hold(asked)
    # Until the new file can be used, the page goes on with the one that was chosen before.
    if wanted is not None:
        return _open_kept(asked, wanted, parse)
    return new or UploadResult(origin=OWN)


def _choose_kept(asked: Slot, kept: list[DataSet], state: dict[str, Any]) -> DataSet | None:
    """The file to work on among those that were uploaded before: the last one unless another was chosen."""
    if not kept:
        return None
    by_id = {one.id: one for one in kept}
    before = state.get("data_set")
    widget = _spoken(asked, "kept")
    just_kept = st.session_state.pop(asked.named("just_kept"), None)
    if just_kept in by_id:
        st.session_state[widget] = just_kept
    elif st.session_state.get(widget) not in by_id:
        st.session_state[widget] = before if before in by_id else kept[0].id
    chosen = str(st.selectbox(_("Your files"), list(by_id), format_func=lambda one: _kept_name(by_id[one]), key=widget))
    if chosen != before:
        asked.remember(data_set=chosen)
    return by_id[chosen]


def _kept_name(data_set: DataSet) -> str:
    when = date_time(dt.datetime.fromisoformat(data_set.created_at).astimezone())
    rows = ngettext("{n} row", "{n} rows", data_set.rows)
    return f"{data_set.name} · {rows} · {when}"


def _open_kept(asked: Slot, data_set: DataSet, parse: Parse[T]) -> UploadResult[T]:
    """Read a kept file the way it was read when it was kept."""
    result: UploadResult[T] | None = asked.cached("kept", data_set.id)
    if result is None:
        with connect() as database, st.spinner(_("Reading the file")):
            found, intake = reopen(database, asked.actor, data_set.id, asked.columns, parse)
        result = UploadResult(intake.items, intake.problems, found.name, OWN, found.id, bool(intake.items))
        asked.keep("kept", data_set.id, result)
    _left_out(asked, result)
    return result


def _left_out(asked: Slot, result: UploadResult[T]) -> None:
    """Which rows of the file aren't used, and why."""
    if not result.problems:
        return
    label = ngettext("{n} row was left out", "{n} rows were left out", len(result.problems))
    with st.popover(label, key=asked.named("left_out")):
        draw_problems(result.problems, asked.columns)


def _what_it_should_hold(asked: Slot) -> None:
    """The template: its columns explained, and as files to fill in."""
    with st.expander(_("What the file should hold")):
        html.draw(html.table(_columns_table(asked.columns)))
        language = session.language()
        kinds = (("xlsx", _("Template as XLSX"), XLSX_TYPE), ("csv", _("Template as CSV"), "text/csv"))
        with st.container(horizontal=True):
            for kind, label, media_type in kinds:
                st.download_button(
                    label,
                    _template(asked.columns, language, kind),
                    file_name=f"{asked.use_case}-{asked.slot}.{kind}",
                    mime=media_type,
                    key=asked.named(f"template_{kind}"),
                    on_click="ignore",
                    icon=":material/download:",
                )


@st.cache_data(show_spinner=False, max_entries=64)
def _template(columns: tuple[Column, ...], language: str, kind: str) -> bytes:
    return template_file(columns, language, "xlsx" if kind == "xlsx" else "csv")


def _columns_table(columns: tuple[Column, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Column"): [translate(column.title) for column in columns],
            _("Required"): [_("yes") if column.required else _("no") for column in columns],
            _("Kind"): [translate(KIND_TITLES[column.kind]) for column in columns],
            _("Example"): [column.example for column in columns],
            _("Meaning"): [translate(column.help) if column.help else "" for column in columns],
        }
    )
