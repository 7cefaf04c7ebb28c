"""The bench of the checks: what counts as found, the intervals, and what a reader is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.checks import PICTURES, SETS, cases, measure, share, write
from lib.checks.labelled import LABELLED
from lib.checks.measured import measured, sentence
from lib.checks.model import Finding, Verdict
from lib.i18n import use_language


def case(number: int, half: str = "report", spans: tuple[tuple[int, int], ...] = ()) -> dict[str, Any]:
    marked = [{"start": start, "end": end, "kind": "x"} for start, end in spans]
    return {"id": f"c{number}", "language": "en", "text": str(number), "spans": marked, "half": half}


ROWS = [case(0, spans=((0, 4),)), case(1, spans=((0, 4),)), case(2, spans=((0, 4),)), case(3), case(4), case(5, "tune")]
SAID = {
    "0": [Finding("t", Verdict.WARN, "m", {}, 2, 9)],
    "1": [Finding("t", Verdict.FAIL, "m", {}, 6, 9)],  # beside the labelled passage
    "2": [Finding("t", Verdict.NOTE, "m", {}, 0, 4)],  # no objection
    "3": [Finding("t", Verdict.WARN, "m")],
}


def test_found_missed_and_false_are_counted_by_case_and_place() -> None:
    row = measure(lambda one: SAID.get(one["text"], []), ROWS)["report"]["all"]
    assert (row["cases"], row["found"], row["missed"], row["false"]) == (5, 1, 2, 2)
    assert row["precision"][0] == row["recall"][0] == pytest.approx(1 / 3, abs=0.001)
    assert row["f1"][0] == pytest.approx(1 / 3, abs=0.001)


def test_wilsons_interval_is_the_textbooks() -> None:
    assert share(8, 10) == [0.8, 0.49, 0.943]
    assert share(0, 0) == [None, None, None]


@pytest.mark.parametrize(("low", "word"), [(True, "weak"), (False, "Finds 10 of 10")])
def test_a_reader_is_told_how_good_a_check_is(tmp_path: Path, low: bool, word: str) -> None:
    rows = [case(n, spans=((0, 1),)) for n in range(10)]
    result = measure(lambda one: [] if low else [Finding("t", Verdict.WARN, "m", {}, 0, 1)], rows)
    write({"tone": result}, tmp_path / "checks.json", tmp_path / "checks.md")
    with use_language("en"):
        assert word in sentence("tone", tmp_path / "checks.json")
        assert "was not measured" in sentence("other", tmp_path / "checks.json")
    found = measured("tone", path=tmp_path / "checks.json")
    assert found is not None and found.weak == low and found.cases == 10
    assert "| tone | all | 10 |" in (tmp_path / "checks.md").read_text(encoding="utf-8")


def test_nothing_measured_has_no_numbers(tmp_path: Path) -> None:
    assert measured("tone", path=tmp_path / "none.json") is None


@pytest.mark.parametrize("name", [*LABELLED, *PICTURES])
def test_a_set_is_as_it_was_promised(name: str) -> None:
    rows = cases(name)
    assert len(rows) >= 200 and len({row["id"] for row in rows}) == len(rows)
    assert sum(not row["spans"] for row in rows) >= 0.4 * len(rows)
    halves = Counter(row["half"] for row in rows)
    assert set(halves) == {"tune", "report"} and min(halves.values()) >= 0.45 * len(rows)
    if name not in PICTURES:
        languages = Counter(row["language"] for row in rows)
        assert set(languages) == {"en", "fr"} and min(languages.values()) >= 0.45 * len(rows)
        for row in rows:
            text = row.get("text") or row["output"]
            assert all(0 <= span["start"] < span["end"] <= len(text) for span in row["spans"]), row["id"]


def test_every_set_is_measured_or_waits_for_its_check() -> None:
    sets = {path.stem for path in SETS.glob("*.jsonl")}
    assert {*LABELLED, *PICTURES} <= sets
    for path in SETS.glob("*.jsonl"):
        json.loads(path.read_text(encoding="utf-8").splitlines()[0])
