"""What the workbench remembers: SQLite through sqlite-utils, and artefacts on disk by their content's hash."""

from lib.database.connection import connect, new_id, now, writing

__all__ = ["connect", "new_id", "now", "writing"]
