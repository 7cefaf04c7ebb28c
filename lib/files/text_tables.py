"""Delimited text: finding the separator, and reading records with the line on which each starts."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lib.errors import FileRejected
from lib.files.tables import Grid, Limits, Progress
from lib.files.writers import unprotected
from lib.i18n import N_, number

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 300
_NEVER = "\x1f"  # a separator that no text holds, for files of one column
_PREAMBLE = 10  # lines above the header that a separator may not fit
_END = "\x02end of file\x02"  # control characters: no exported table holds this line
_NUMBER_PART = re.compile(r"\s*[+-]?\d[\d ]*\s*")

# A process-wide setting of the csv module; each cell is held against ``Limits.max_cell_characters`` as well.
csv.field_size_limit(Limits().max_cell_characters + 1)


@dataclass(frozen=True)
class _Fit:
    """How well a separator fits: the better one compares greater."""

    header: bool  # the first record is as wide as the others
    regular: float  # share of records that are exactly as wide
    width: int
    order: int  # the earlier in ``SEPARATORS``, the greater

    def key(self) -> tuple[bool, float, int, int]:
        return self.header, round(self.regular, 2), self.width, self.order


def detect_separator(text: str) -> str:
    """The separator of ``text``, one of ';', ',', tab and '|'; '' where there is but one column.

    Each candidate reads a sample with quotes obeyed strictly; the one wins under which most records are as wide as the
    first, so the comma of '12,50' and separators and line breaks within quotes don't mislead.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    cut = len(sample) < len(text)
    fits = [(fit.key(), separator) for separator in SEPARATORS if (fit := _fit(sample, separator, cut))]
    return max(fits)[1] if fits else ""


def _fit(sample: str, separator: str, cut: bool) -> _Fit | None:
    records, broken = _sample_records(sample, separator, cut)
    widths = Counter(len(record) for record in records)
    if not records or max(widths) < 2:
        return None
    width, count = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
    header = len(records[0]) == width
    if not header and not _below_preamble(records, width):
        return None
    if separator == "," and _splits_decimals(records, width):
        return None
    regular = count / len(records) * (0.5 if broken else 1.0)
    return _Fit(header, regular, width, -SEPARATORS.index(separator))


def _sample_records(sample: str, separator: str, cut: bool) -> tuple[list[list[str]], bool]:
    """Non-blank records of the sample, and whether a quote stands where this separator allows none."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                records.append(record)
            if len(records) > _SAMPLE_RECORDS:
                return records[:-1], False
    except csv.Error as error:
        # At the end of a cut sample an open quote is our own doing.
        return records, not (cut and "unexpected end" in str(error))
    return (records[:-1] if cut else records), False


def _below_preamble(records: list[list[str]], width: int) -> bool:
    """Whether the table starts a few lines down, under a title: then what would be its header must look like one."""
    at = next((index for index, record in enumerate(records) if len(record) == width), None)
    if at is None or at > _PREAMBLE or width < 3:
        return False
    names = [name.strip() for name in records[at]]
    tidy = all(names) and len(set(names)) == width and not any(_NUMBER_PART.fullmatch(name) for name in names)
    return tidy and not any(name.startswith(" ") for name in records[at])


def _splits_decimals(records: list[list[str]], width: int) -> bool:
    """Whether every comma but the header's stands inside a number: '12,50' alone on its line is one cell."""
    if width != 2 or (len(records[0]) == width and not _NUMBER_PART.fullmatch(records[0][0])):
        return False
    return all(all(_NUMBER_PART.fullmatch(cell) for cell in record) for record in records if len(record) == width)


def read_delimited(text: str, name: str, limits: Limits, separator: str | None, progress: Progress) -> Grid:
    """All non-blank records of ``text``.

    Raises:
        FileRejected: too many rows or cells, a cell too large, a quote that never closes.
    """
    hint = re.match(r"sep=(.)\r?\n", text)  # Excel's own way of naming the separator
    if separator is None:
        separator = hint[1] if hint and hint[1] in SEPARATORS else detect_separator(text)
    rows: list[list[str]] = []
    lines: list[int] = []
    cells, total_lines = 0, text.count("\n") + 1
    for line, record in _records(text, separator or _NEVER, name, limits):
        if hint and line == 1 and not rows:
            continue
        if not any(cell and not cell.isspace() for cell in record):
            continue
        cells += len(record)
        refuse_beyond(limits, len(rows), cells, name)
        rows.append([unprotected(cell) for cell in record] if "'" in "".join(record) else record)
        lines.append(line)
        if len(rows) % 5000 == 0:
            progress(min(line / total_lines, 1.0))
    return Grid(rows, lines, separator=separator)


def _records(text: str, separator: str, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it starts."""
    end = "" if text.endswith(("\n", "\r")) else "\n"
    reader = csv.reader(io.StringIO(f"{text}{end}{_END}", newline=""), delimiter=separator)
    start = 1
    try:
        for record in reader:
            if record == [_END]:
                return
            if record and _END in record[-1]:
                raise FileRejected(
                    N_(
                        "In {name}, a quotation mark opens on line {line} and never closes. Close or remove it, then "
                        "upload the file again."
                    ),
                    name=name,
                    line=start,
                )
            for cell in record:
                refuse_cell(cell, name, start, limits)
            yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise cell_too_large(name, start, limits) from error


def refuse_cell(cell: str, name: str, line: int, limits: Limits) -> None:
    """Raise FileRejected where ``cell`` is longer than the limit."""
    if len(cell) > limits.max_cell_characters:
        raise cell_too_large(name, line, limits)


def cell_too_large(name: str, line: int, limits: Limits) -> FileRejected:
    """The refusal of a cell that no table needs; most often a quotation mark swallowed the rest of the file."""
    return FileRejected(
        N_(
            "In {name}, a cell on line {line} has more than {limit} characters. Shorten it, or close the "
            "quotation mark that it opens."
        ),
        name=name,
        line=line,
        limit=number(limits.max_cell_characters),
    )


def refuse_beyond(limits: Limits, rows: int, cells: int, name: str) -> None:
    """Raise FileRejected once a table has more rows (its header is one of ``rows``) or cells than the limits allow."""
    if rows > limits.max_rows:
        raise FileRejected(
            N_(
                "{name} has more than {limit} rows, which is the most that is read at once. Split it into "
                "several files and upload them one after the other, or have the installation’s limit "
                "TOILE_MAX_ROWS raised."
            ),
            name=name,
            limit=number(limits.max_rows),
        )
    if cells > limits.max_cells:
        raise FileRejected(
            N_(
                "{name} has more than {limit} cells. Leave out the columns that aren’t needed, or split it into "
                "several files."
            ),
            name=name,
            limit=number(limits.max_cells),
        )
