"""Review of a grid: what the checks see, what a person says."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lib.atelier.colours import Colour
from lib.checks import Finding
from lib.i18n import _
from lib.merchandising.sketch_to_design.checks import CHECKS, Judged, judge
from lib.merchandising.sketch_to_design.names import PARTS, part_name, value_name
from lib.shell.page import review, section
from lib.shell.sketch_to_design.showing import wish_of
from lib.shell.sketch_to_design.state import Grid


def draw(grid: Grid) -> None:
    """The checks' verdicts on the grid in view and the form for a person's own."""
    section(_("Review"))
    results = judge(Judged(grid.brief, grid.designs, wish_of(grid)))
    rows = [
        {
            "check_name": result.check,
            "verdict": result.verdict.value,
            "findings": [_said(finding) for finding in result.findings],
        }
        for result in results
    ]
    review(grid.id, CHECKS, None, rows)


def _said(finding: Finding) -> dict[str, Any]:
    """A finding whose parts and values are in the reader's words."""
    values = dict(finding.values)
    if "part" in values:
        values["part"] = part_name(values["part"]) if values["part"] in PARTS else values["part"]
        values |= {name: _word(str(values[name])) for name in ("value", "shown")}
    return {**asdict(finding), "verdict": finding.verdict.value, "values": values}


def _word(value: str) -> str:
    return Colour(value).label() if value.startswith("#") else value_name(value)
