"""Tables as text: each row says its columns' names with what stands in them."""

from __future__ import annotations

from lib.files.tables import read_table
from lib.files.written.model import Piece, Place, Written


def read_rows(content: bytes, name: str) -> Written:
    """Each row of a CSV (or another table) as 'column: value; column: value', with its number.

    Raises:
        FileRejected: see ``read_table``.
    """
    table = read_table(content, name)
    pieces = []
    for number, row in enumerate(table.rows, start=1):
        said = "; ".join(
            f"{column}: {value}" for column, value in zip(table.columns, row, strict=True) if value.strip()
        )
        if said:
            pieces.append(Piece(said, Place(row=number)))
    return Written(name, "csv", name, tuple(pieces))
