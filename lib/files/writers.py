"""Tables and records that go out: CSV, XLSX, JSON and JSON-LD. No cell of them is ever read as a formula.

A text that a spreadsheet would take for a formula gets an apostrophe in front in CSV (OWASP, 'CSV Injection'), which
``read_table`` takes off again; in XLSX it is stored as text and marked so, its content unchanged. Numbers stay numbers.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import itertools
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lib.errors import InputError
from lib.files.columns import Column
from lib.files.values import read_number
from lib.i18n import N_, translate

Cell = str | int | float | bool | dt.date | dt.datetime | None
MAX_CELL_CHARACTERS = 32_767  # Excel's limit
_MAX_SHEET_NAME = 31
_MAX_WIDTH = 60

# What starts a formula in Excel, LibreOffice or Google Sheets, as ASCII and in full width; or hides what follows it.
_TRIGGERS = "=+-@\t\r\n\u2212\uff1d\uff0b\uff0d\uff20"
_DANGEROUS = re.compile(rf"'*[\s\u200b\ufeff]*[{re.escape(_TRIGGERS)}]")
_PROTECTED = re.compile(rf"'+[\s\u200b\ufeff]*[{re.escape(_TRIGGERS)}]")
_PLAIN_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def protected(text: str) -> str:
    """``text`` for a CSV cell: with an apostrophe in front where a spreadsheet would read a formula ('-5' is none)."""
    return f"'{text}" if _DANGEROUS.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def unprotected(cell: str) -> str:
    """What ``protected`` was given: the reverse, for files that come back."""
    return cell[1:] if cell.startswith("'") and _PROTECTED.match(cell) else cell


def write_csv(
    rows: Sequence[Sequence[Cell]],
    columns: Sequence[str],
    separator: str = ",",
    encoding: str = "utf-8-sig",
    decimal: str | None = None,
) -> bytes:
    """A CSV file with quoted texts, bare numbers and Windows line ends, as Excel reads it.

    Args:
        rows: cells, in the order of ``columns``.
        separator: ',' or ';' (which French Excel expects) or a tab.
        encoding: with a byte order mark by default, without which Excel garbles accents.
        decimal: the decimal mark; a comma where the separator is ';', else a point.

    Raises:
        InputError: the encoding can't hold a character of the table.
    """
    return b"".join(csv_parts(rows, columns, separator, encoding, decimal))


def csv_parts(
    rows: Iterable[Sequence[Cell]],
    columns: Sequence[str],
    separator: str = ",",
    encoding: str = "utf-8-sig",
    decimal: str | None = None,
) -> Iterator[bytes]:
    """The same file line by line, for tables that are too long to be held twice. See ``write_csv``."""
    mark = decimal or ("," if separator == ";" else ".")
    encoder = codecs.getincrementalencoder(encoding)()  # writes its mark once, at the start
    for row in itertools.chain([columns], rows):
        line = _without_surrogates(separator.join(_csv_cell(cell, mark) for cell in row) + "\r\n")
        try:
            yield encoder.encode(line)
        except UnicodeEncodeError as error:
            raise InputError(
                N_("The encoding {encoding} has no “{character}”. Choose UTF-8 and export again."),
                encoding=encoding,
                character=line[error.start],
            ) from error


def _csv_cell(cell: Cell, mark: str) -> str:
    if isinstance(cell, bool | int):
        return str(cell).lower()
    if isinstance(cell, float):
        return _float(cell).replace(".", mark)
    text = "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else cell
    return '"' + protected(text.replace("\x00", "")).replace('"', '""') + '"'


def _float(value: float) -> str:
    from lib.files.structured import float_text

    return float_text(value) if math.isfinite(value) else ""


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. ``widths`` are in characters, by column name; others follow their content.

    ``above`` are lines that stand over the header, so that nobody reads the table without them. ``rows`` are gone
    through once.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: dict[str, int] = field(default_factory=dict)
    above: Sequence[str] = ()


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file: bold header that stays in view, filters, wrapped texts, numbers and dates as such.

    Raises:
        InputError: a text is longer than the 32,767 characters that a cell of XLSX holds.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book, sheet, _sheet_name(sheet.title, taken))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(book: Any, sheet: Sheet, title: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    head = len(sheet.above) + 1
    page.freeze_panes = f"A{head + 1}"
    coming = iter(sheet.rows)
    first = list(itertools.islice(coming, 200))
    for at, name in enumerate(sheet.columns):
        width = sheet.widths.get(name) or _fitting_width(name, [row[at] for row in first])
        page.column_dimensions[get_column_letter(at + 1)].width = width
    header = {
        "font": Font(bold=True),
        "fill": PatternFill("solid", fgColor="FFEDEAE4"),
        "alignment": Alignment(wrap_text=True, vertical="top"),
    }
    for line in sheet.above:
        page.append([_xlsx_cell(page, line, sheet.title, {"font": Font(bold=True)})])
    page.append([_xlsx_cell(page, name, name, header) for name in sheet.columns])
    body = {"alignment": Alignment(wrap_text=True, vertical="top")}
    written = 0
    for row in itertools.chain(first, coming):
        page.append([_xlsx_cell(page, cell, name, body) for name, cell in zip(sheet.columns, row, strict=True)])
        written += 1
    if sheet.columns:
        page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{head + written}"


def _xlsx_cell(page: Any, value: Cell, column: str, style: dict[str, Any]) -> Any:
    """A cell of its value's type; a text is a string whatever it begins with, and marked so for the next editor."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and not math.isfinite(value):
        value = None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        value = str(value)  # a spreadsheet keeps 15 digits: an EAN or an id would change
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    if not isinstance(value, str) or not value:
        value = None if value == "" else value
        cell: Any = WriteOnlyCell(page, value=value)  # type: ignore[arg-type]  # its stubs forget int and date
    else:
        text = _without_surrogates(_NOT_IN_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
        if len(text) > MAX_CELL_CHARACTERS:
            raise InputError(
                N_(
                    "A text in the column {column} is longer than the 32,767 characters of an XLSX cell. Export as "
                    "CSV instead."
                ),
                column=column,
            )
        cell = WriteOnlyCell(page, value="")
        cell._value, cell.data_type = text, "s"  # the public setter would guess a formula or an error from the text
        cell.quotePrefix = bool(_DANGEROUS.match(text))
    for name, value_of_style in style.items():
        setattr(cell, name, value_of_style)
    return cell


def _fitting_width(name: str, cells: Sequence[Cell]) -> int:
    longest = max(
        (len(line) for cell in cells for line in str(cell if cell is not None else "").split("\n")), default=0
    )
    return max(10, min(_MAX_WIDTH, max(len(name) + 3, longest + 2)))


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts: no []:*?/\\, no outer apostrophe, at most 31 characters, unique whatever the case."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", "".join(one for one in title if unicodedata.category(one)[0] != "C"))
    base = re.sub(r"\s+", " ", plain).strip(" '")[:_MAX_SHEET_NAME].strip(" '") or "Sheet"
    name, times = base, 1
    while name.casefold() in taken:
        times += 1
        name = f"{base[: _MAX_SHEET_NAME - len(str(times)) - 1]} {times}"
    taken.add(name.casefold())
    return name


def write_json(value: Any) -> bytes:
    """``value`` as indented UTF-8 JSON; dates in ISO 8601."""
    return _without_surrogates(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2, default=_iso)).encode()


def write_jsonld(value: Any) -> bytes:
    """``value`` as JSON that may stand in a page's ``<script type="application/ld+json">``.

    '<', '>' and '&' are written as escapes, so no text of a product can close the script or open a comment.
    """
    text = write_json(value).decode()
    for letter in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text.encode()


def _iso(value: object) -> str:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


KIND_TITLES = {
    "text": N_("text"),
    "number": N_("number"),
    "integer": N_("whole number"),
    "date": N_("date, as 2026-03-31"),
    "list": N_("several, separated by |"),
    "composition": N_("materials with shares, as 70% wool, 30% silk"),
}


def template_file(columns: Sequence[Column], language: str, kind: Literal["xlsx", "csv"] = "xlsx") -> bytes:
    """A file to fill in: the columns' titles, one example row and, in XLSX, a sheet that explains each column."""
    titles = [translate(column.title, language) for column in columns]
    example = [_example(column) for column in columns]
    if kind == "csv":
        return write_csv([example], titles, separator=";" if language == "fr" else ",")
    guide = [_guide(column, language) for column in columns]
    heads = (N_("Column"), N_("Required"), N_("Kind"), N_("Meaning"), N_("Also understood as"), N_("Example"))
    names = [translate(head, language) for head in heads]
    return write_xlsx(
        [
            Sheet(translate(N_("Data"), language), titles, [example]),
            Sheet(translate(N_("Guide"), language), names, guide, {names[3]: 60, names[4]: 40}),
        ]
    )


def _example(column: Column) -> Cell:
    if column.kind in ("number", "integer") and (value := read_number(column.example)) is not None:
        return int(value) if value == int(value) else value
    return column.example


def _guide(column: Column, language: str) -> list[Cell]:
    return [
        translate(column.title, language),
        translate(N_("yes") if column.required else N_("no"), language),
        translate(KIND_TITLES[column.kind], language),
        translate(column.help, language) if column.help else "",
        ", ".join(column.aliases),
        column.example,
    ]
