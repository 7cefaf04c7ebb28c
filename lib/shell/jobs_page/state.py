"""A job as the page shows it, read anew each time: how far, how long still, whether anybody does it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from lib.database import connect
from lib.database.jobs import Job, finish_times, items, job, rows_to_fix
from lib.shell import session
from lib.shell.jobs_page.words import ACTIVE
from lib.shell.worker import runs
from lib.workbench.jobs import Standing, TimeToGo, standing, time_to_go

SAMPLED = 60  # finished rows whose times say what a slow one is


@dataclass(frozen=True)
class Seen:
    """One look at a job. ``deserted``: it has work to do, and no worker runs."""

    job: Job
    rows: Standing
    left: TimeToGo | None
    deserted: bool
    to_fix: int = 0  # finished rows in whose text a check found something to fix

    @property
    def moving(self) -> bool:
        """Whether it may look different in a moment."""
        return self.job.status in ACTIVE or (not self.job.ended and self.rows.running > 0)

    @property
    def signature(self) -> tuple[object, ...]:
        """What decides which parts the page has; where it changes, the whole page is drawn again."""
        return self.job.status, self.rows.done > 0, self.rows.left > 0, self.rows.failed > 0


def look(job_id: str) -> Seen:
    """The job now.

    Raises:
        NotFound: no such job among those that the person sees.
    """
    actor = session.actor()
    with connect() as database:
        found = job(database, actor, job_id)
        left = None
        to_fix = rows_to_fix(database, actor, job_id) if found.kind == "rows" else 0
        if found.status == "running" and found.kind == "rows":
            times = finish_times(database, actor, job_id)
            took = [row.seconds for row in items(database, actor, job_id, "done", SAMPLED) if row.seconds is not None]
            left = time_to_go(times, standing(found).left, time.time(), took)
    return Seen(found, standing(found), left, found.status in ACTIVE and not runs(), to_fix)
