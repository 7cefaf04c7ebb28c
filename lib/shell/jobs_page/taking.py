"""Taking a job's results away as one table."""

from __future__ import annotations

from lib.access import Actor
from lib.database import connect
from lib.database.jobs import each_item
from lib.files.parquet import write_parquet
from lib.files.writers import Sheet, write_csv, write_xlsx
from lib.i18n import _, ngettext
from lib.shell import session
from lib.shell.exports import CSV, XLSX, Export, csv_kinds, downloads
from lib.shell.jobs_page.state import Seen
from lib.shell.page import section
from lib.workbench.jobs_results import Table, table_of

PARQUET = "application/vnd.apache.parquet"


def take_away(seen: Seen) -> None:
    """All rows as XLSX, CSV and Parquet, finished or not: each says its state and its error."""
    job, actor = seen.job, session.actor()
    if job.kind != "rows" or not seen.rows.finished:
        return
    note = ""
    if seen.rows.left:
        note = ngettext("{n} row is finished so far.", "{n} rows are finished so far.", seen.rows.finished)
    section(_("Take away"), note)
    stem = f"job_{job.id[:8]}"
    downloads(
        [
            Export("XLSX", f"{stem}.xlsx", lambda: _xlsx(actor, job.id), XLSX),
            *[
                Export(label, name, lambda separator=separator: _csv(actor, job.id, separator), CSV)  # type: ignore[misc]
                for label, name, separator in csv_kinds(stem)
            ],
            Export("Parquet", f"{stem}.parquet", lambda: _parquet(actor, job.id), PARQUET),
        ],
        key=f"job_{job.id}",
    )


def _table(actor: Actor, job_id: str) -> Table:
    with connect() as database:
        return table_of(each_item(database, actor, job_id))


def _xlsx(actor: Actor, job_id: str) -> bytes:
    table = _table(actor, job_id)
    return write_xlsx([Sheet(_("Results"), table.columns, table.fitted().rows)])


def _csv(actor: Actor, job_id: str, separator: str) -> bytes:
    table = _table(actor, job_id)
    return write_csv(table.rows, table.columns, separator=separator)


def _parquet(actor: Actor, job_id: str) -> bytes:
    table = _table(actor, job_id)
    return write_parquet(table.rows, table.columns)
