"""Charts draw what the figure says, in the reader's way."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.figures import Figure, Mark, domain, said
from lib.i18n import use_language
from lib.shell.charts import HEADING, LABEL_LINE, ROW, ZERO, chart, rows, spoken, table
from lib.shell.palette import palette

FIGURE = Figure(
    "Numbers in the opening go with 12% more orders",
    (Mark("Numbers", 0.12, 0.04, 0.2), Mark("Length", -0.01, None, None, "baseline", note="weak")),
    "",
    number_format="signed_percent",
)
values = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(st.tuples(values, st.floats(0, 1e3), st.floats(0, 1e3)), max_size=8), st.booleans())
def test_every_mark_and_interval_lies_on_the_axis(marks: list[tuple[float, float, float]], zero: bool) -> None:
    figure = Figure("t", tuple(Mark("m", v, v - a, v + b) for v, a, b in marks), "", zero=zero)
    low, high = domain(figure)
    assert low < high and math.isfinite(low) and math.isfinite(high)
    assert all(low <= mark.low <= mark.high <= high for mark in figure.marks)  # type: ignore[operator]
    if zero:
        assert low <= 0 <= high


def test_values_are_written_in_the_readers_way() -> None:
    assert said(0.126, FIGURE) == "+13%"
    with use_language("fr"):
        assert said(-0.05, FIGURE) == "−5,0\u202f%"
        assert said(1234.5, Figure("", (), "")) == "1\u202f234,5"


def test_the_chart_shows_intervals_baseline_and_ours_in_their_colours() -> None:
    colours = palette("light")
    drawn = chart(FIGURE, colours).to_dict()
    text = str(drawn)
    assert colours.evidence in text and colours.quiet in text
    assert "x2" in text
    assert [row["role"] for row in rows(FIGURE)] == ["ours", "baseline"]


@pytest.mark.parametrize("kind", ["dots", "bars", "line"])
def test_every_kind_can_be_drawn(kind: str) -> None:
    figure = Figure("t", FIGURE.marks, "", kind=kind)  # type: ignore[arg-type]
    height = chart(figure, palette("dark")).to_dict()["height"]
    assert height == 2 * ROW + ZERO


def test_zero_stands_beside_the_marks_and_never_in_a_label() -> None:
    drawn = chart(FIGURE, palette("light")).to_dict()
    ticks = [layer for layer in drawn["layer"] if layer["mark"]["type"] == "tick"]
    assert [tick["encoding"]["x"]["datum"] for tick in ticks] == [0]
    reach = ticks[0]["mark"]["size"] / 2
    placed = [row for data in drawn["datasets"].values() for row in data if "label_y" in row] or [
        row for layer in drawn["layer"] for row in layer.get("data", {}).get("values", []) if "label_y" in row
    ]
    assert placed and all(row["y"] - reach > row["label_y"] for row in placed)
    assert all(one["y"] + reach < two["label_y"] - LABEL_LINE for one, two in pairwise(placed))
    assert not [layer for layer in chart(replace(FIGURE, zero=False), palette("light")).to_dict()["layer"]
                if layer["mark"]["type"] == "tick"]  # fmt: skip


def test_a_group_is_named_once_and_a_long_label_takes_two_lines() -> None:
    long = "Une phrase d’ouverture plus longue de quatre mots que les autres"
    figure = Figure("t", (Mark(long, 1, group="Net"), Mark("b", 1, group="Net"), Mark("c", 1, group="Incertain")), "")
    found = rows(figure)
    assert [row["heading"] for row in found] == ["Net", "", "Incertain"]
    height = chart(figure, palette("light")).to_dict()["height"]
    assert height == 3 * ROW + ZERO + 2 * HEADING + LABEL_LINE
    drawn = chart(figure, palette("light")).to_dict()
    values = [row for layer in drawn["layer"] for row in layer.get("data", {}).get("values", [])]
    values += [row for data in drawn.get("datasets", {}).values() for row in data]
    mark = next(row["y"] for row in values if row.get("label") == long)
    first, second = [row["line_y"] for row in values if "line_y" in row and row["said"] in long][:2]
    assert second - first == LABEL_LINE and second < mark - 5  # both lines stand above the mark
    assert f"Net · {long}" in spoken(figure) and f"Net · {long}" in str(table(figure))


def test_who_does_not_see_it_hears_title_values_and_intervals() -> None:
    words = spoken(FIGURE)
    assert FIGURE.title in words and "Numbers: +12% (+4.0% to +20%)" in words
    assert "+12%" in str(table(FIGURE))
