"""The comparison as files: a workbook, a table of the votes, the whole as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from lib.comparable import Comparable
from lib.files.writers import Sheet, write_csv, write_json, write_xlsx
from lib.i18n import _
from lib.shell.compare.naming import plain_reading
from lib.shell.exports import CSV, JSON, XLSX, Export, downloads
from lib.workbench.outcome import (
    DUEL_COLUMNS,
    SIDE_COLUMNS,
    TEXT_COLUMNS,
    VOTE_COLUMNS,
    Outcome,
    as_json,
    duel_rows,
    side_rows,
    text_rows,
    vote_rows,
)


def workbook(found: Outcome, titles: Sequence[str], names: dict[str, str], how: Comparable) -> bytes:
    """Sides, pairs, agreement, votes and texts, one sheet each."""
    agreed = found.agreement
    texts = text_rows(found, titles, lambda output: plain_reading(how, output))
    return write_xlsx(
        [
            Sheet(_("Sides"), SIDE_COLUMNS, side_rows(found, titles)),
            Sheet(_("Pairs"), DUEL_COLUMNS, duel_rows(found, titles)),
            Sheet(
                _("Agreement"),
                ("krippendorff_alpha", "low", "high", "inputs"),
                [[agreed.alpha, agreed.low, agreed.high, agreed.units]],
            ),
            Sheet(_("Votes"), VOTE_COLUMNS, vote_rows(found, titles, names), {"reason": 50}),
            Sheet(_("Texts"), TEXT_COLUMNS, texts, {"text": 60}),
        ]
    )


def draw(found: Outcome, titles: Sequence[str], names: dict[str, str], how: Comparable) -> None:
    """The download buttons; each file is kept with the comparison's run."""
    run = found.comparison.run

    def csv() -> bytes:
        return write_csv(vote_rows(found, titles, names), VOTE_COLUMNS)

    def json() -> bytes:
        return write_json(as_json(found, titles, names, lambda output: plain_reading(how, output)))

    downloads(
        [
            Export("XLSX", "comparison.xlsx", lambda: workbook(found, titles, names, how), XLSX, run),
            Export(_("Votes as CSV"), "comparison_votes.csv", csv, CSV, run),
            Export("JSON", "comparison.json", json, JSON, run),
        ],
        key=f"compare_{found.comparison.id}",
    )
