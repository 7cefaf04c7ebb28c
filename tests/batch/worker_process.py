"""A worker whose hands may also do the tests' tiny task."""

import signal
import sys

from lib.batch.worker import Worker

if __name__ == "__main__":
    worker = Worker((sys.executable, "-m", "tests.batch.hand_process"))
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
    worker.run()
