"""JSON, JSON lines and Parquet: formats that name their columns themselves."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from decimal import Decimal
from typing import Any

from lib.errors import FileRejected
from lib.files.tables import Grid, Limits
from lib.files.text_tables import refuse_beyond, refuse_cell
from lib.i18n import N_

_SPACE = re.compile(r"[ \t\r\n]*")
_MAX_DEPTH = 3  # objects within objects that become columns of their own: 'price.amount'


def looks_like_json(text: str) -> bool:
    """Whether ``text`` begins as JSON does; '[sku],[name]' begins a CSV and doesn't."""
    head = text.lstrip(" \t\r\n\ufeff")[:200]
    return bool(re.match(r"\[\s*([{\[\"\]\d-]|$)|{\s*([\"}]|$)", head)) and not re.match(
        r"\[\s*\"[^\"]*\"\]\s*[,;\t|]", head
    )


def read_json(text: str, name: str, limits: Limits) -> tuple[Grid, str]:
    """An array of objects, an object that holds one, or one object per line: (grid, 'json' or 'json lines').

    Raises:
        FileRejected: it doesn't parse, or holds no list of records.
    """
    try:
        whole = _only_value(text)
        if whole is None and (records := _json_lines(text, name)):
            return _json_grid(records, name, limits), "json lines"
        return _json_grid(_json_array(text, name), name, limits), "json"
    except RecursionError as error:
        raise FileRejected(
            N_("{name} nests too deeply to be a table. Export a plain list of records, then upload that."), name=name
        ) from error


def _only_value(text: str) -> Any:
    """The text's one JSON value, None where something follows it or it doesn't parse."""
    start = _skip(text, 0)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except ValueError:
        return None
    return value if _skip(text, end) == len(text) else None


def _constant(name: str) -> None:
    """NaN and Infinity are no JSON; they read as blank."""


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_int=str, parse_float=str)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _json_lines(text: str, name: str) -> list[tuple[int, Any]]:
    records: list[tuple[int, Any]] = []
    for line, row in enumerate(io.StringIO(text), start=1):
        if not row.strip():
            continue
        try:
            records.append((line, _DECODER.decode(row.strip())))
        except ValueError as error:
            if not records:
                return []  # not one record per line: then the whole is JSON, or broken
            raise _broken_json(name, line) from error
    return records


def _broken_json(name: str, line: int) -> FileRejected:
    return FileRejected(
        N_("{name} isn’t valid JSON: it breaks off or is mistyped on line {line}. Correct it, then upload it again."),
        name=name,
        line=line,
    )


def _json_array(text: str, name: str) -> list[tuple[int, Any]]:
    """The records of the first array of objects, each with the line on which it starts."""
    at = _skip(text, 0)
    if text[at : at + 1] == "{":
        at = _array_within(text, at, name)
    at = _skip(text, at + 1)
    records: list[tuple[int, Any]] = []
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except ValueError as error:
            raise _broken_json(name, line + text.count("\n", counted, getattr(error, "pos", at))) from error
        records.append((line, value))
        at = _skip(text, at)
        if text[at : at + 1] not in (",", "]"):
            raise _broken_json(name, line + text.count("\n", counted, at))
        if text[at] == ",":
            at = _skip(text, at + 1)
    if at >= len(text):
        raise _broken_json(name, text.count("\n") + 1)
    return records


def _array_within(text: str, at: int, name: str) -> int:
    """Where the list stands in '{"data": {"products": [...]}}': the position of its opening bracket."""
    try:
        whole, _end = _DECODER.raw_decode(text, at)
    except ValueError as error:
        raise _broken_json(name, text.count("\n", 0, getattr(error, "pos", 0)) + 1) from error
    if path := _path_to_records(whole):
        for key in path:  # each key behind the one that holds it
            place = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:\s*").search(text, at)
            at = place.end() if place else len(text)
        if text[at : at + 1] == "[":
            return at
    raise FileRejected(
        N_('{name} holds no list of records. A table in JSON is a list of objects: [{{"sku": "A1"}}, ...].'), name=name
    )


def _path_to_records(value: dict[str, Any], depth: int = 4) -> tuple[str, ...]:
    """The keys that lead to the first list of objects, () where there is none."""
    for key, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return (key,)
    for key, inner in value.items():
        if isinstance(inner, dict) and depth > 1 and (path := _path_to_records(inner, depth - 1)):
            return (key, *path)
    return ()


def _json_grid(records: list[tuple[int, Any]], name: str, limits: Limits) -> Grid:
    flat: list[dict[str, str]] = []
    columns: dict[str, None] = {}
    for line, record in records:
        if not isinstance(record, dict):
            raise FileRejected(
                N_(
                    "In {name}, the record on line {line} is no object with names and values. Export a list of objects."
                ),
                name=name,
                line=line,
            )
        row = _flattened(record)
        for cell in row.values():
            refuse_cell(cell, name, line, limits)
        columns.update(dict.fromkeys(row))
        flat.append(row)
        refuse_beyond(limits, len(flat), len(flat) * min(len(columns), limits.max_columns), name)
    if len(columns) <= limits.max_columns:
        rows = [[row.get(column, "") for column in columns] for row in flat]
    else:
        rows = [[""]]  # ``to_table`` refuses the number of columns
    lines = [line for line, _record in records][: len(rows)]
    kept = [at for at, row in enumerate(rows) if any(row)] if len(columns) <= limits.max_columns else [0]
    return Grid([rows[at] for at in kept], [lines[at] for at in kept], header=list(columns), decimal=".")


def _flattened(record: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < _MAX_DEPTH and value:
            cells.update(_flattened(value, f"{prefix}{key}.", depth + 1))
        else:
            cells[f"{prefix}{key}"] = cell_text(value)
    return cells


def cell_text(value: Any) -> str:
    """A value of a typed format as a person would have typed it: no exponent, ISO dates, lists separated by ' | '."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -(10**30) < value < 10**30 else ""
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 40 else ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple) and not any(isinstance(item, list | tuple | dict) for item in value):
        return " | ".join(cell_text(item) for item in value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False, default=str)


def float_text(value: float) -> str:
    """A float with the 15 digits that a spreadsheet keeps, without exponent: 0.1 + 0.2 is '0.3', 12.0 is '12'."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = format(value, ".15g")
    if "e" in text:
        text = format(Decimal(text), "f")
    return text if text != "-0" else "0"


def read_parquet(content: bytes, name: str, limits: Limits) -> Grid:
    """A Parquet file's rows as text. Line numbers count rows, the header being line 1 as in a CSV of the same table.

    Raises:
        FileRejected: damaged, too many rows or columns, or unpacking to more than the limit.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        metadata = file.metadata
        refuse_beyond(limits, metadata.num_rows, metadata.num_rows * metadata.num_columns, name)
        _refuse_unpacked(metadata, len(content), limits, name)
        file = pq.ParquetFile(io.BytesIO(content), read_dictionary=_text_columns(file.schema_arrow))
        columns = [_column_text(column, name, limits) for column in file.read().columns]
        header = list(file.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        raise FileRejected(
            N_("{name} is a damaged Parquet file. Export it again, then upload it."), name=name
        ) from error
    rows = [list(row) for row in zip(*columns, strict=True)]
    kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    return Grid([rows[at] for at in kept], [at + 2 for at in kept], header=header, decimal=".")


def _refuse_unpacked(metadata: Any, size: int, limits: Limits, name: str) -> None:
    unpacked = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    if unpacked > limits.max_unpacked_bytes:
        raise unpacks_too_large(name, limits)


def unpacks_too_large(name: str, limits: Limits) -> FileRejected:
    """The refusal of a file that is small on disk and huge in memory."""
    return FileRejected(
        N_(
            "{name} unpacks to far more than it seems: over {limit} MB, or blank over and over. It wasn’t "
            "opened. Export the table as CSV, then upload that."
        ),
        name=name,
        limit=limits.max_unpacked_bytes // 2**20,
    )


def _text_columns(schema: Any) -> list[str]:
    import pyarrow as pa

    return [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]


def _column_text(column: Any, name: str, limits: Limits) -> list[str]:
    """A column's cells as text; a text that occurs often is held once, however often a hostile file repeats it."""
    import pyarrow as pa

    cells: list[str] = []
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            words = [cell_text(value) for value in chunk.dictionary.to_pylist()]
            for word in words:
                refuse_cell(word, name, 2, limits)
            cells.extend("" if at is None else words[at] for at in chunk.indices.to_pylist())
        else:
            cells.extend(cell_text(value) for value in chunk.to_pylist())
    for line, cell in enumerate(cells, start=2):
        refuse_cell(cell, name, line, limits)
    return cells
