"""The schema, as the list of steps that made it, in the order in which they were released.

Money is stored as a number with its currency beside it, times as UTC ISO 8601 text, structures as JSON text.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from lib.database import schema_decide, schema_govern, schema_workbench

migrations = Migrations("toile")
for step in (*schema_workbench.STEPS, *schema_decide.STEPS, *schema_govern.STEPS):
    migrations()(step)


def upgrade(database: Database) -> None:
    """Apply the steps that ``database`` has not had yet, each in a transaction of its own.

    The caller holds the upgrade lock (see ``connection``): two processes that start together would both find the same
    steps pending.
    """
    migrations.apply(database)
