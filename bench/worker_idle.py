"""What a worker costs while there is nothing to do: its memory beside a bare interpreter's, and its processor time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.model import Result
from lib.settings import ROOT

SECONDS = 20.0
SETTLED = 4.0  # seconds after which a process has started
BARE = [sys.executable, "-c", "import time; time.sleep(3600)"]
WORKER = [sys.executable, "-m", "lib.batch"]
TICKS = os.sysconf("SC_CLK_TCK")


def cost(command: list[str], surroundings: dict[str, str]) -> tuple[float, float]:
    """Megabytes that a process holds for itself alone (PSS), and its share of one core, at rest."""
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    try:
        time.sleep(SETTLED)
        before, began = _seconds(process.pid), time.monotonic()
        time.sleep(SECONDS)
        share = (_seconds(process.pid) - before) / (time.monotonic() - began)
        return _megabytes(process.pid), share
    finally:
        process.terminate()
        process.wait()


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def run() -> Result:
    """Measure both, one after the other, beside a database with one finished job."""
    folder = Path(tempfile.mkdtemp())
    surroundings = {**os.environ, "TOILE_DB": str(folder / "toile.db")}
    os.environ["TOILE_DB"] = surroundings["TOILE_DB"]
    from lib.database import connect
    from lib.settings import settings

    settings.cache_clear()
    with connect():
        pass
    worker, share = cost(WORKER, surroundings)
    bare, bare_share = cost(BARE, surroundings)
    detail = {"core_share": share, "bare_core_share": bare_share, "seconds": SECONDS}
    return Result("worker_idle", "memory of an idle worker", worker, bare, "MB", detail)
