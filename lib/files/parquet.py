"""Tables that go out as Parquet: typed columns, which no program reads as formulas."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from lib.files.writers import Cell


def write_parquet(rows: Sequence[Sequence[Cell]], columns: Sequence[str]) -> bytes:
    """A Parquet file, compressed with Snappy.

    A column takes the type that all its values share: truth values, whole numbers, numbers, dates, moments in UTC; else
    it is text. Empty cells are nulls. Texts stand unchanged: unlike CSV, a cell's type says that it is no formula.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [_column([row[place] for row in rows]) for place in range(len(columns))]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), out)
    return out.getvalue()


def _column(cells: list[Cell]) -> Any:
    import pyarrow as pa

    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {bool} and kinds:
        return pa.array(cells, pa.bool_())
    if kinds <= {int} and kinds and all(abs(cell) < 2**63 for cell in cells if isinstance(cell, int)):
        return pa.array(cells, pa.int64())
    if kinds <= {int, float} and kinds:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())  # type: ignore[arg-type]
    if kinds == {dt.datetime}:
        moments = [cell.astimezone(dt.UTC) if isinstance(cell, dt.datetime) else None for cell in cells]
        return pa.array(moments, pa.timestamp("us", tz="UTC"))
    if kinds == {dt.date}:
        return pa.array(cells, pa.date32())
    return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _text(cell: Cell) -> str:
    """A cell as text; half a surrogate pair, which UTF-8 cannot hold, becomes the sign for that."""
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
