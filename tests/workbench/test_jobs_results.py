"""What a job's rows come to as texts and as files."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lib.commerce.product_descriptions.model import Description, Descriptions
from lib.database.jobs import Item
from lib.files.parquet import write_parquet
from lib.files.tables import read_table
from lib.files.writers import Sheet, write_csv, write_xlsx
from lib.i18n import use_language
from lib.workbench.jobs_results import passages_of, table_of

FORMULA = '=HYPERLINK("http://example.invalid","x")'


def item(position: int, **changes: Any) -> Item:
    values: dict[str, Any] = {
        "position": position, "label": f"Coat {position}", "language": "en", "status": "done", "attempts": 1,
        "faults": 0, "interruptions": 0, "error": None, "run": f"run{position}", "seconds": 1.5,
        "finished_at": "2026-11-22T09:00:00+00:00", "inputs": {}, "output": None, "cost": 0.01,
    }  # fmt: skip
    return Item(**{**values, **changes})


def output(title: str = "A coat") -> dict[str, Any]:
    option = Description(
        angle="Cut first", title=title, opener="One.", body="Two.", bullets=["a", "b"], fit_and_care="", snippet="s"
    )
    return Descriptions(options=[option, option]).model_dump()


def test_an_output_becomes_columns_and_a_failed_row_keeps_its_error() -> None:
    error = {"message": "There is no such job in this workspace. Choose one from the list of jobs.", "values": {}}
    table = table_of([item(0, output=output()), item(1, status="failed", error=error, attempts=4, run=None)])
    first, second = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert first["options.1.title"] == "A coat" and first["options.2.bullets"] == "a\nb"
    assert (first["row"], first["label"], first["error"]) == (1, "Coat 0", "")
    assert second["options.1.title"] is None and second["status"] == "failed" and second["attempts"] == 4
    assert second["error"] == error["message"]


def test_a_field_called_like_one_of_ours_hides_neither() -> None:
    table = table_of([item(0, output={"status": "theirs", "label": "theirs"})])
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["status"] == "done" and row["output.status"] == "theirs" and row["output.label"] == "theirs"


def test_no_file_holds_a_formula() -> None:
    table = table_of([item(0, label=FORMULA, output=output(FORMULA))])
    assert b'"=HYPER' not in write_csv(table.rows, table.columns)
    sheet = load_workbook(io.BytesIO(write_xlsx([Sheet("Results", table.columns, table.rows)]))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value and FORMULA in str(cell.value)]
    assert cells and all(cell.data_type == "s" for cell in cells)


def test_the_three_files_say_the_same() -> None:
    table = table_of([item(place, output=output(f"Coat “{place}”; é")) for place in range(12)])
    parquet = pd.read_parquet(io.BytesIO(write_parquet(table.rows, table.columns)))
    csv = read_table(write_csv(table.rows, table.columns), "job.csv")
    titles = [f"Coat “{place}”; é" for place in range(12)]
    assert list(parquet["options.1.title"]) == titles
    where = list(csv.columns).index("options.1.title")
    assert [row[where] for row in csv.rows] == titles
    assert parquet["row"].dtype == "int64" and parquet["cost"].dtype == "float64"
    assert str(parquet["finished_at"].dtype).endswith("UTC]")


def test_an_empty_job_makes_a_file_without_rows() -> None:
    table = table_of([])
    assert pd.read_parquet(io.BytesIO(write_parquet(table.rows, table.columns))).empty


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_any_cells_can_be_written_and_none_is_lost(rows: list[tuple[Any, Any]]) -> None:
    found = pd.read_parquet(io.BytesIO(write_parquet(rows, ("a", "b"))), dtype_backend="pyarrow")
    assert len(found) == len(rows)
    for place, name in enumerate(("a", "b")):
        assert [value is pd.NA for value in found[name]] == [row[place] is None for row in rows]


def test_an_output_is_read_as_its_use_case_publishes_it() -> None:
    found = passages_of("product_descriptions", output())
    assert found[0].style == "title" and found[0].lines == ("A coat",)


@pytest.mark.parametrize("case", ["no_such_case", "visual_search"])
def test_an_output_of_any_other_task_is_read_as_texts(case: str) -> None:
    found = passages_of(case, {"question": "Which size?", "answers": ["38", "40"], "sure": None})
    assert [line for passage in found for line in passage.lines] == ["Which size?", "38\n40"]


def test_errors_are_read_in_the_readers_language() -> None:
    with use_language("fr"):
        table = table_of([item(0, status="failed", error={"message": "Not known yet", "values": {}})])
    assert "Pas encore connu" in table.rows[0]


def test_one_text_too_long_for_a_cell_does_not_cost_the_whole_file() -> None:
    table = table_of([item(0, output={"text": "word " * 10_000}), item(1, output={"text": "short"})])
    written = load_workbook(io.BytesIO(write_xlsx([Sheet("Results", table.columns, table.fitted().rows)]))).active
    assert written is not None
    texts = [cell.value for cell in written["E"]]
    assert len(texts[1]) == 32_767 and texts[1].endswith("[…]") and texts[2] == "short"
    assert len(str(table.rows[0][4])) == 50_000, "the other files hold all of it"


def test_the_files_say_what_the_checks_found() -> None:
    table = table_of([item(0, output=output(), to_fix=2, to_check=1), item(1, status="failed", attempts=4)])
    first, second = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert (first["checks_to_fix"], first["checks_to_look_at"]) == (2, 1)
    assert second["checks_to_fix"] is None, "no text, no verdict"
