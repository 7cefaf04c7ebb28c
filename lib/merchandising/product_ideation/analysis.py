"""The white space of a line as a recorded run: how much each group of effects varies, and the gaps worth most.

What was learned is read back for the same data and method; the picture is drawn from it without learning again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right
from lib.database import connect
from lib.database.runs import recent
from lib.merchandising.product_ideation.model import Style
from lib.merchandising.product_ideation.pooling import Pooled
from lib.merchandising.product_ideation.samples import fingerprint, fitted
from lib.merchandising.product_ideation.white_space import Cell, best_gaps
from lib.tasks.recorded import recorded

USE_CASE = "product_ideation"
METHOD = "white_space"
LEARNING = ("levels", "line", "pooling", "white_space", "feasible", "cloth")
LOOK_BACK = 200


@cache
def method_version() -> str:
    """The hash of the code that learns."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in LEARNING)).hexdigest()[:12]


def known(database: Database, actor: Actor, data: str) -> dict[str, Any] | None:
    """The last analysis of the data with this fingerprint by the present method, or None."""
    for run in recent(database, actor, LOOK_BACK, use_case=USE_CASE, kind="analysis", status="done"):
        this = run["method"] == METHOD and run["method_version"] == method_version()
        if this and run["inputs"].get("fingerprint") == data:
            return run
    return None


def look(
    actor: Actor, styles: Sequence[Style], data_set: str | None = None
) -> tuple[Pooled, list[tuple[str, str, str, Cell]]]:
    """The fitted line, and its gaps: (category, row attribute, column attribute, cell). Recorded once.

    Raises:
        TooFewRows, InputError: nothing can be learned; see ``line.refuse``.
    """
    line, sell, _margin = fitted(styles)
    data = fingerprint(styles)
    with connect() as database:
        run = known(database, actor, data)
    if run is not None:
        return sell, [_gap(row) for row in run["output"]["gaps"]]
    if not actor.may(Right.RUN):
        return sell, _gaps(sell)
    inputs = {"fingerprint": data, "styles": len(line.styles), "seasons": list(line.seasons)}
    with recorded(
        actor,
        use_case=USE_CASE,
        kind="analysis",
        method=METHOD,
        method_version=method_version(),
        inputs=inputs,
        data_set=data_set,
    ) as recording:
        gaps = _gaps(sell)
        rows = [{"category": one[0], "rows": one[1], "columns": one[2], **asdict(one[3])} for one in gaps]
        recording.output = {"variances": sell.variances, "gaps": rows, "constant": list(line.constant)}
    return sell, gaps


def _gaps(sell: Pooled) -> list[tuple[str, str, str, Cell]]:
    return [(drawn.category, drawn.rows, drawn.columns, cell) for drawn, cell in best_gaps(sell)]


def _gap(row: dict[str, Any]) -> tuple[str, str, str, Cell]:
    cell = {name: value for name, value in row.items() if name not in ("category", "rows", "columns")}
    return row["category"], row["rows"], row["columns"], Cell(**cell)
