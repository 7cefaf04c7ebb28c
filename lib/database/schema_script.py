"""Running a script of a schema step."""

from __future__ import annotations

from sqlite_utils import Database


def run(database: Database, script: str) -> None:
    """Execute the statements of ``script``, which end with a semicolon at the end of a line, within the step."""
    for statement in script.split(";\n"):
        if statement.strip():
            database.execute(statement)
