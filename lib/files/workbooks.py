"""XLSX: read cell by cell with openpyxl, after a look at the archive itself. Formulas are never evaluated."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from lib.errors import FileRejected, InputError
from lib.files.kinds import _BROKEN_ZIP
from lib.files.structured import cell_text, float_text, unpacks_too_large
from lib.files.tables import Grid, Limits, Notice, Progress
from lib.files.text_tables import refuse_beyond, refuse_cell
from lib.i18n import N_

MAX_SHEET_ROWS = 1_048_576  # Excel's own limit
_MAX_MEMBERS = 5_000
_RATIO_FROM_BYTES = 20 * 1024 * 1024  # below it even a perfect bomb does no harm
_MAX_SCANNED = 60_000_000  # cells, blank ones included: a row that names its last column costs 16,384
SHOWN_CELLS = 5  # of those with a formula, in a notice
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
# openpyxl lets its parts' own errors through; each means that the file isn't what its parts claim.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, IndexError, ValueError, TypeError, AttributeError, ParseError, OSError,
    EOFError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def read_workbook(content: bytes, name: str, limits: Limits, sheet: str | None, progress: Progress) -> Grid:
    """One sheet of an XLSX file, the first visible one that looks like a table when ``sheet`` is None.

    Numbers, dates and percentages come as they are shown; a formula comes as the value that the spreadsheet last
    computed, or as its own text where none was kept.

    Raises:
        FileRejected: damaged, hostile, empty or too large.
    """
    _refuse_hostile(content, name, limits)
    try:
        return _read(content, name, limits, sheet, progress)
    except InputError:
        raise
    except _DAMAGE as error:
        raise FileRejected(_BROKEN_ZIP, name=name) from error


def _refuse_hostile(content: bytes, name: str, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much, or whose XML declares entities (billion laughs, outside files)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            swollen = unpacked > _RATIO_FROM_BYTES and unpacked > limits.max_unpacked_ratio * len(content)
            if unpacked > limits.max_unpacked_bytes or swollen or len(members) > _MAX_MEMBERS:
                raise unpacks_too_large(name, limits)
            if any(member.flag_bits & 1 for member in members):
                raise FileRejected(
                    N_("{name} is protected by a password. Save it without one, then upload it."), name=name
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _declares_type(archive, member):
                    raise FileRejected(
                        N_(
                            "{name} declares XML entities, which spreadsheets never do. It wasn’t opened. "
                            "Save it again in Excel, or export it as CSV."
                        ),
                        name=name,
                    )
    except _DAMAGE as error:
        raise FileRejected(_BROKEN_ZIP, name=name) from error


def _declares_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part has a DOCTYPE, in whatever encoding: null bytes are dropped before the look."""
    tail = b""
    with archive.open(member) as part:
        while block := part.read(1 << 20):
            window = tail + (block.replace(b"\x00", b"") if b"\x00" in block else block)
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                return True
            tail = window[-16:]
    return False


def _read(content: bytes, name: str, limits: Limits, sheet: str | None, progress: Progress) -> Grid:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = tuple(one.title for one in book.worksheets if one.sheet_state == "visible") or tuple(
            one.title for one in book.worksheets
        )
        if sheet is not None and sheet not in sheets:
            raise FileRejected(N_("{name} has no sheet named {sheet}. Choose another one."), name=name, sheet=sheet)
        title, rows, lines = _first_table(book, (sheet,) if sheet else sheets, name, limits, progress)
    finally:
        book.close()
    warnings = _fill_formulas(content, title, rows, lines)
    return Grid(rows, lines, sheet=title, sheets=sheets, decimal=".", warnings=warnings)


def _first_table(
    book: Any, titles: tuple[str, ...], name: str, limits: Limits, progress: Progress
) -> tuple[str, list[list[str]], list[int]]:
    """The first sheet that looks like a table; where none does, the first with any content."""
    spare: tuple[str, list[list[str]], list[int]] | None = None
    for title in titles:
        rows, lines = _rows(book[title], name, limits, progress)
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            return title, rows, lines
        if rows and (spare is None or len(rows) > len(spare[1])):
            spare = title, rows, lines
    if spare is None:
        raise FileRejected(N_("{name} has no cell with content. Fill it in, then upload it again."), name=name)
    return spare


def _rows(sheet: Any, name: str, limits: Limits, progress: Progress) -> tuple[list[list[str]], list[int]]:
    formats: dict[int, str] = {}
    rows: list[list[str]] = []
    lines: list[int] = []
    filled = 0
    sheet.reset_dimensions()  # some exporters declare 'A1' for a full sheet, and openpyxl would believe it
    for line, cells in _bounded(sheet, name, limits):
        row = [_cell(cell, formats) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if not any(cell and not cell.isspace() for cell in row):
            continue
        for text in row:
            refuse_cell(text, name, line, limits)
        filled += len(row)
        refuse_beyond(limits, len(rows), filled, name)
        rows.append(row)
        lines.append(line)
        if line % 2000 == 0:
            progress(min(line / limits.max_rows, 1.0))
    return rows, lines


def _bounded(sheet: Any, name: str, limits: Limits) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The sheet's rows with their numbers, refused where it claims more rows or cells than a spreadsheet can hold."""
    scanned = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        scanned += len(cells)
        if line > MAX_SHEET_ROWS or scanned > _MAX_SCANNED:
            raise unpacks_too_large(name, limits)
        yield line, cells


def _cell(cell: Any, formats: dict[int, str]) -> str:
    """A cell's text as the spreadsheet shows it: dates in ISO, percentages with their sign, leading zeros kept."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value) if "_x" in value else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        style = cell._style_id  # the public number_format looks it up anew for each cell
        pattern = formats.get(style)
        if pattern is None:
            pattern = formats[style] = str(cell.number_format)
        return _number(value, pattern)
    if isinstance(value, dt.timedelta):
        return str(value)
    return cell_text(value)


def _number(value: float, pattern: str) -> str:
    if pattern != "General":
        if pattern.rstrip().endswith("%"):
            return f"{float_text(round(value * 100, 10))}%"
        if re.fullmatch(r"0{2,}", pattern) and value == int(value) and value >= 0:
            return str(int(value)).zfill(len(pattern))
    return cell_text(value) if isinstance(value, int) else float_text(value)


def _unescaped(text: str) -> str:
    """Excel writes a control character as _x000D_: tabs and line ends come back, the others are left out."""
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) else ""


def _fill_formulas(content: bytes, title: str, rows: list[list[str]], lines: list[int]) -> tuple[Notice, ...]:
    """Put the text of each formula without a kept value where its cell is blank: nothing goes missing silently."""
    if not _has_formulas(content):
        return ()
    from openpyxl import load_workbook

    place = {line: at for at, line in enumerate(lines)}
    found: list[str] = []
    blank: list[str] = []
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book[title]
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_row=lines[-1] if lines else 1), start=1):
            for at, cell in enumerate(cells):
                if cell.data_type == "f" and line in place:
                    found.append(cell.coordinate)
                    row = rows[place[line]]
                    if at >= len(row) or not row[at]:
                        row.extend([""] * (at + 1 - len(row)))
                        row[at] = str(getattr(cell.value, "text", cell.value))
                        blank.append(cell.coordinate)
    finally:
        book.close()
    if blank:
        message = N_(
            "Formulas without a saved value stay as text, because nothing is calculated here: {count}, in {cells}. "
            "Open the file in Excel and save it again to get their values."
        )
        return (Notice(message, {"count": len(blank), "cells": _places(blank)}),)
    if found:
        message = N_("Cells with a formula: {count}, in {cells}. Their saved values were read.")
        return (Notice(message, {"count": len(found), "cells": _places(found)}),)
    return ()


def _places(cells: list[str]) -> str:
    """Cell references as a spreadsheet names them, the first few of many: 'C2, C3, C4, …'."""
    return ", ".join(cells[:SHOWN_CELLS]) + (", …" if len(cells) > SHOWN_CELLS else "")


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                tail = b""
                with archive.open(member) as part:
                    while block := part.read(1 << 20):
                        if re.search(rb"<(\w+:)?f[ >/]", tail + block):
                            return True
                        tail = block[-16:]
    return False
