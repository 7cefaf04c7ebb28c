"""The child process that does one job of one heavy function: ``python -m lib.batch.work_process JOB_ID [HOLDER]``."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence

from lib import quiet_log
from lib.batch.work import perform
from lib.database import connect
from lib.database.processes import this_process
from lib.database.work_claims import take_over

NICENESS = 10
PARENT_GONE = 3


def main(arguments: Sequence[str]) -> None:
    """Do the job that the process HOLDER has taken, or a waiting one that nobody holds."""
    job_id, holder = arguments[0], arguments[1] if len(arguments) > 1 else None
    _be_nice()
    if holder:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    with connect() as database:
        process = this_process(database)
        work = take_over(database, job_id, process, holder)
    if work is not None:
        perform(work, process)


def _be_nice() -> None:
    """What a person clicks comes first on this machine."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(os.getpriority(os.PRIO_PROCESS, 0), NICENESS))


def _end_with_parent() -> None:
    """The pipe from the worker ends when the worker does, however it ended: nobody could cancel this work any more."""
    while os.read(0, 1):
        pass
    os._exit(PARENT_GONE)


if __name__ == "__main__":
    quiet_log.install()
    main(sys.argv[1:])
