"""A page with nothing but an upload; ``tests/shell/test_uploads.py`` runs it."""

import tempfile
from pathlib import Path

import streamlit as st

from lib.files.columns import Column, RowProblem
from lib.shell import errors, session
from lib.shell.uploads import upload_table

COLUMNS = (
    Column("sku", "Reference", True, "text", ("référence", "sku"), "A-100"),
    Column("name", "Name", True, "text", ("nom",), "Aube coat"),
    Column("price", "Price", False, "number", ("prix",), "1250"),
)


def parse(rows, lines):
    """Names, and a problem for each row without one."""
    items = [row["name"] for row in rows if row["name"]]
    problems = [
        RowProblem(line, "name", "The cell is empty, and this column is needed. Fill it in, or leave the row out.")
        for row, line in zip(rows, lines, strict=True)
        if not row["name"]
    ]
    return items, problems


session.begin()
session.meet()
sample = Path(tempfile.gettempdir()) / "toile-upload-page-sample.csv"
sample.write_text("sku,name,price\nS-1,Sample one,10\nS-2,Sample two,20\n", encoding="utf-8")
with errors.shown():
    result = upload_table("page", "product_descriptions", "products", COLUMNS, sample, parse)
    st.json(
        {
            "items": list(result.items),
            "ready": result.ready,
            "origin": result.origin,
            "kept": bool(result.data_set),
            "left_out": [problem.line for problem in result.problems],
        }
    )
