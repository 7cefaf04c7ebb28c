"""Starting the worker with the app, and starting it again when it ends: one for all sessions of this server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

from lib.batch.alive import worker_is_alive
from lib.settings import ROOT

LOOK_SECONDS = 2.0
START_SECONDS = 20.0  # in which a worker has come up, on a busy machine too
FIRST_SECONDS = 1.0  # the first page is drawn first
LONGEST_REST = 60.0
_started = threading.Event()
_ending = threading.Event()  # set by nobody: the watch ends with its process
_guard = threading.Lock()
_since = time.monotonic()  # of this process's first look at this module: the app has just begun


def wanted() -> bool:
    """Whether the app looks after a worker: TOILE_WORKER=off leaves that to ``python -m lib.batch``."""
    return os.environ.get("TOILE_WORKER", "on").strip().lower() not in ("off", "0", "no")


def ensure() -> None:
    """Look after a worker from now on; called by each script run, it does something once."""
    if _started.is_set() or not wanted():
        return
    with _guard:
        if not _started.is_set():
            _started.set()
            threading.Thread(target=_watch, args=(_ending,), daemon=True, name="worker's watch").start()


def runs() -> bool:
    """Whether a worker of this installation runs, whoever started it, or is about to: this app has just begun."""
    return worker_is_alive() or (_started.is_set() and time.monotonic() - _since < START_SECONDS)


def _watch(done: threading.Event) -> None:
    """Start a worker where none runs, for as long as this server lives; the worker ends when this process does."""
    done.wait(FIRST_SECONDS)
    rest, child, since = LOOK_SECONDS, None, time.monotonic()
    while not done.is_set():
        if child is not None and child.poll() is not None:
            # One that lived for a while was ended by somebody; one that dies at once would die again.
            rest = LOOK_SECONDS if time.monotonic() - since > LONGEST_REST else min(LONGEST_REST, rest * 2)
            child = None
        if child is None and not worker_is_alive():
            since = time.monotonic()
            child = subprocess.Popen([sys.executable, "-m", "lib.batch", "--with-app"], cwd=ROOT, stdin=subprocess.PIPE)
        done.wait(rest)
