"""Review of a grid: what the checks see, what a person says."""

from __future__ import annotations

from typing import Any

from lib.atelier.colours import Colour
from lib.database import connect
from lib.database.runs import checks_of
from lib.i18n import _
from lib.merchandising.sketch_to_design.checks import CHECKS
from lib.merchandising.sketch_to_design.names import PARTS, part_name, value_name
from lib.shell import session
from lib.shell.page import review, section
from lib.shell.sketch_to_design.state import Grid


def draw(grid: Grid) -> None:
    """The checks' verdicts on the grid in view, as they were recorded with its run, and the form for a person's own."""
    section(_("Review"))
    with connect() as database:
        recorded = checks_of(database, session.actor(), grid.id)
    review(grid.id, CHECKS, None, [{**row, "findings": [_said(one) for one in row["findings"]]} for row in recorded])


def _said(finding: dict[str, Any]) -> dict[str, Any]:
    """A recorded finding whose parts and values are in the reader's words."""
    values = dict(finding["values"])
    if "part" in values:
        values["part"] = part_name(values["part"]) if values["part"] in PARTS else values["part"]
        values |= {name: _word(str(values[name])) for name in ("value", "shown")}
    return {**finding, "values": values}


def _word(value: str) -> str:
    return Colour(value).label() if value.startswith("#") else value_name(value)
