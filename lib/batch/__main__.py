"""``python -m lib.batch``: the worker. ``--with-app`` ends it when its standard input ends: the app has."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from lib import quiet_log
from lib.batch.worker import Worker
from lib.settings import one_thread

NICE = 10  # what people wait for in front of a page comes first


def main(arguments: list[str]) -> int:
    """Work until a signal, or the app's end."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s worker: %(message)s")
    if hasattr(os, "nice"):
        os.nice(NICE)
    one_thread()  # for the processes that it starts
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: worker.stop())
    if "--with-app" in arguments:
        threading.Thread(target=_end_with_app, args=(worker,), daemon=True).start()
    worker.run()
    return 0


def _end_with_app(worker: Worker) -> None:
    sys.stdin.read()
    worker.stop()


if __name__ == "__main__":
    quiet_log.install()
    sys.exit(main(sys.argv[1:]))
