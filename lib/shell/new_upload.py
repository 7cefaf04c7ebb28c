"""A file that has just been uploaded: read, matched with the template, its bad rows agreed on, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from lib.database import connect, data_sets
from lib.errors import ToileError
from lib.files.columns import Column, RowProblem
from lib.files.encodings import ENCODINGS
from lib.files.intake import Choices, Intake, Parse, mapping_of, read, take_in
from lib.files.mapping import CERTAIN, Mapping, Match, missing_columns
from lib.files.tables import Table
from lib.i18n import N_, _, ngettext, translate
from lib.settings import settings
from lib.shell import errors, html
from lib.shell.text import plain
from lib.shell.upload_slot import OWN, Slot, UploadResult

T = TypeVar("T")
FORMAT_TITLES = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet", "json": "JSON", "json lines": "JSON Lines"}
SEPARATOR_TITLES = {
    ";": N_("semicolon"),
    ",": N_("comma"),
    "\t": N_("tab"),
    "|": N_("vertical bar"),
    "": N_("none, one column"),
}
SHOWN_PROBLEMS = 1_000
_NOTHING = ""  # in a choice of columns: the file doesn't have it


def new_file(asked: Slot, parse: Parse[T]) -> UploadResult[T] | None:
    """The uploader and what follows from it, until the file is kept; None where no file lies in it."""
    turn = int(st.session_state.setdefault(asked.named("turn"), 0))
    limit = max(1, settings().max_upload_bytes // 2**20)
    in_readers_language()
    file = st.file_uploader(
        _("CSV, XLSX, JSON or Parquet, up to {size} MB", size=limit),
        key=asked.named(f"file_{turn}"),
        max_upload_size=limit,
    )
    if file is None:
        return None
    try:
        kept = _take(asked, parse, file.getvalue(), file.name)
    except ToileError as error:
        errors.show(error)
        kept = None
    if kept is None:
        return UploadResult(name=file.name, origin=OWN)
    st.session_state[asked.named("turn")] = turn + 1  # a fresh, empty uploader
    st.session_state[asked.named("just_kept")] = kept
    asked.remember(origin=OWN, data_set=kept)
    st.rerun()


def in_readers_language() -> None:
    """Streamlit's uploader speaks English only: its button's word is replaced, its repeated limit left out."""
    zone = '[data-testid="stFileUploaderDropzone"]'
    word = _("Choose a file").replace("\\", "").replace('"', "")
    html.draw(
        html.stylesheet(
            f"{zone} button p {{ display: none; }}"
            f'{zone} button:has(p) [data-testid="stMarkdownContainer"]::after {{ content: "{word}"; }}'
            f'[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}'
        )
    )


def _take(asked: Slot, parse: Parse[T], content: bytes, name: str) -> str | None:
    """From the bytes to a kept data set's id; None while the person has something left to decide."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    choices = _choices(asked, digest)
    table = _read_once(asked, content, name, choices, digest)
    _reading(asked, table, digest)
    proposal = mapping_of(table, asked.columns, choices)
    mapping = _matching(asked, table, proposal, digest)
    intake = take_in(table, mapping, asked.columns, parse)
    if not _agreed(asked, intake, digest, sure=proposal.certain(asked.columns)):
        return None
    resolved = replace(
        choices,
        sheet=table.sheet or None,
        encoding=table.encoding or None,
        separator=table.separator if table.kind == "csv" else None,
        sources=mapping.sources(),
    )
    with connect() as database:
        return data_sets.save(
            database,
            asked.actor,
            asked.use_case,
            asked.slot,
            name,
            content,
            resolved.as_json(),
            len(intake.items),
            [asdict(problem) for problem in intake.problems],
        )


def _choices(asked: Slot, digest: str) -> Choices:
    """What the person chose for this very file; the widgets are drawn further down, after the reading."""
    state = st.session_state
    sheet = state.get(asked.named(f"sheet_{digest}"))
    if sheet == state.get(asked.named(f"first_sheet_{digest}")):
        sheet = None  # what is read anyway: no reason to read the file again
    return Choices(
        sheet=sheet,
        encoding=state.get(asked.named(f"encoding_{digest}")),
        separator=state.get(asked.named(f"separator_{digest}")),
    )


def _read_once(asked: Slot, content: bytes, name: str, choices: Choices, digest: str) -> Table:
    fingerprint = (digest, repr(choices))
    table: Table | None = asked.cached("table", fingerprint)
    if table is None:
        bar = st.progress(0.0, _("Reading the file"))
        try:
            table = read(content, name, choices, lambda share: _advance(bar, share))
        finally:
            bar.empty()
        asked.keep("table", fingerprint, table)
        st.session_state.setdefault(asked.named(f"first_sheet_{digest}"), table.sheet)
    return table


def _advance(bar: Any, share: float) -> None:
    bar.progress(min(max(share, 0.0), 1.0), _("Reading the file"))


def _reading(asked: Slot, table: Table, digest: str) -> None:
    """One quiet line on what was found, and the means to correct it."""
    st.caption(plain(" · ".join(_found(table))))
    for notice in table.warnings:
        st.caption(plain(notice.text()))
    if len(table.sheets) > 1:
        at = table.sheets.index(table.sheet)
        st.selectbox(_("Sheet"), table.sheets, index=at, key=asked.named(f"sheet_{digest}"))
    if table.encoding:
        with st.popover(_("Read it differently"), icon=":material/tune:"):
            _text_options(asked, table, digest)


def _found(table: Table) -> list[str]:
    parts = [FORMAT_TITLES[table.kind]]
    if table.encoding:
        parts.append(_("encoding {encoding}", encoding=table.encoding.upper()))
    if table.kind == "csv":
        parts.append(_("separator: {separator}", separator=_separator(table.separator)))
    if table.sheet:
        parts.append(_("sheet {sheet}", sheet=table.sheet))
    parts.append(ngettext("{n} row", "{n} rows", len(table.rows)))
    parts.append(ngettext("{n} column", "{n} columns", len(table.columns)))
    return parts


def _separator(mark: str) -> str:
    return translate(SEPARATOR_TITLES[mark]) if mark in SEPARATOR_TITLES else mark


def _text_options(asked: Slot, table: Table, digest: str) -> None:
    detected = _("As detected")
    st.selectbox(
        _("Encoding"),
        [None, *ENCODINGS],
        format_func=lambda name: name.upper() if name else detected,
        key=asked.named(f"encoding_{digest}"),
    )
    if table.kind == "csv":
        st.selectbox(
            _("Separator"),
            [None, *SEPARATOR_TITLES],
            format_func=lambda mark: detected if mark is None else _separator(mark),
            key=asked.named(f"separator_{digest}"),
        )


def _matching(asked: Slot, table: Table, proposal: Mapping, digest: str) -> Mapping:
    """The columns' matching: quiet where all names are clear, one choice per column where they aren't."""
    lacking = {column.name for column in missing_columns(proposal, asked.columns)}
    doubtful = {match.column for match in proposal.matches if match.source and match.confidence < CERTAIN}
    templates = {column.name: column for column in asked.columns}
    chosen: dict[str, Match] = {}
    if lacking or doubtful:
        st.markdown(_("Which column of your file is which? Check what was guessed and choose what is missing."))
    for match in proposal.matches:
        if match.column in lacking | doubtful:
            chosen[match.column] = _ask(asked, templates[match.column], match, table, digest)
    with st.expander(_("All columns, as they were matched by name")):
        for match in proposal.matches:
            if match.column not in chosen:
                chosen[match.column] = _ask(asked, templates[match.column], match, table, digest)
    return Mapping(tuple(chosen[match.column] for match in proposal.matches))


def _ask(asked: Slot, column: Column, match: Match, table: Table, digest: str) -> Match:
    """One template column's choice among the file's columns."""
    title = translate(column.title)
    label = _("{title} (required)", title=title) if column.required else title
    options = [_NOTHING, *table.columns]
    source = st.selectbox(
        label,
        options,
        index=options.index(match.source) if match.source else 0,
        format_func=lambda name: name or _("not in the file"),
        help=translate(column.help) if column.help else None,
        key=asked.named(f"column_{digest}_{table.sheet}_{column.name}"),
    )
    if source == (match.source or _NOTHING):
        return match
    return Match(column.name, source or None, 1.0, "chosen")


def _agreed(asked: Slot, intake: Intake[T], digest: str, sure: bool) -> bool:
    """Whether the rows may be used: at once where nothing is in doubt, else when the person says so."""
    usable, bad = len(intake.items), len(intake.problems)
    if bad:
        st.markdown(ngettext("{n} row can’t be used as it is:", "{n} rows can’t be used as they are:", bad))
        draw_problems(intake.problems, asked.columns)
    if not usable:
        st.error(_("No row of the file can be used. Correct the rows listed above, or match the columns differently."))
        return False
    if not bad and sure:
        return True
    left_out = True
    if bad:
        label = ngettext("Leave out this row", "Leave out these {n} rows", bad)
        left_out = st.checkbox(label, key=asked.named(f"leave_out_{digest}"))
    label = ngettext("Use {n} row", "Use {n} rows", usable)
    return st.button(label, type="primary", disabled=not left_out, key=asked.named(f"use_{digest}"))


def draw_problems(problems: Sequence[RowProblem], columns: Sequence[Column]) -> None:
    """The list of bad rows; its reasons wrap, and a long list scrolls."""
    html.draw(html.table(problems_table(problems, columns)))


def problems_table(problems: Sequence[RowProblem], columns: Sequence[Column]) -> pd.DataFrame:
    """Line, column and reason of each bad row in the reader's language; at most the first thousand."""
    titles = {column.name: translate(column.title) for column in columns}
    shown = problems[:SHOWN_PROBLEMS]
    return pd.DataFrame(
        {
            _("Line"): [problem.line for problem in shown],
            _("Column"): [titles.get(problem.column, problem.column) for problem in shown],
            _("Reason"): [translate(problem.message, None, **problem.values) for problem in shown],
        }
    )
