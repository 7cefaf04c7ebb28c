"""The server and the two sides as processes that stay warm between rounds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

AT_ONCE, LATENCY, PROCESSES, WARM = 64, 0.2, 2, 256
ROOT = Path(__file__).parent.parent.parent


@contextmanager
def served(folder: Path, name: str, text: str) -> Iterator[str]:
    """The address of a server that answers with ``text``."""
    file = folder / f"{name}.answer"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "bench.bulk.server", str(LATENCY), str(file)]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None and server.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
    finally:
        server.stdin.close()
        server.wait()


class Bare:
    """Processes of bare clients. See ``bench.bulk.bare``."""

    def __init__(self, how: str, url: str, body: Path, python: str = sys.executable) -> None:
        script = ROOT / "bench" / "bulk" / "bare.py"
        command = [python, "-P", str(script), how, url, str(body), str(AT_ONCE // PROCESSES)]
        surroundings = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        self._processes = [
            subprocess.Popen(
                command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=body.parent
            )
            for _process in range(PROCESSES)
        ]
        self.cpu: list[float] = []  # processor seconds of each row, by round
        self.seconds(WARM)
        self.cpu.clear()

    def seconds(self, rows: int) -> float:
        """How long ``rows`` calls take in all processes together."""
        began = time.perf_counter()
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write(f"{rows // len(self._processes)}\n")
            process.stdin.flush()
        spent = [float(process.stdout.readline()) for process in self._processes if process.stdout is not None]
        taken = time.perf_counter() - began
        self.cpu.append(sum(spent) / rows)
        return taken

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


class Ours:
    """The product's worker with its own processes, on a database in ``folder``."""

    def __init__(self, folder: Path, urls: dict[str, str]) -> None:
        os.environ["TOILE_DB"] = str(folder / "toile.db")
        os.environ["TOILE_SECRETS"] = str(folder / "secrets.toml")
        os.environ["BATCH_PROCESSES"] = str(PROCESSES)
        lines = (
            f'[engines.{name}]\nkind = "openai"\nmodel = "loop-1"\nkey = "bench"\nlocal = true\nbase_url = "{url}"\n'
            f"price_input = 0.1\nprice_output = 0.5\nconcurrency = {AT_ONCE}\n"
            for name, url in urls.items()
        )
        (folder / "secrets.toml").write_text("".join(lines), encoding="utf-8")
        from lib.batch.worker import Worker
        from lib.database import connect
        from lib.database.people import actor_for, create_person, create_workspace
        from lib.settings import settings

        settings.cache_clear()
        with connect() as database:
            person, _token = create_person(database, "Bench")
            self.actor = actor_for(database, person, create_workspace(database, person, "Bench"))
        self._worker = Worker((sys.executable, "-m", "bench.bulk.hand"))
        self._thread = threading.Thread(target=self._worker.run)
        self._thread.start()
        self.cpu: list[float] = []

    def seconds(self, engine: str, task: str, prompt_hash: str, rows: Iterable[dict[str, Any]]) -> float:
        """How long a job takes from when it is written down until it is done."""
        from lib.database import connect
        from lib.database.jobs import job
        from lib.database.new_jobs import NewItem, create_rows_job

        items = [NewItem(str(number), "en", row) for number, row in enumerate(rows)]
        spent = self._spent()
        with connect() as database:
            identifier = create_rows_job(
                database,
                self.actor,
                use_case="bench",
                task=task,
                title="Bench",
                title_values={},
                engine=engine,
                prompt_hash=prompt_hash,
                seed=1,
                items=items,
            )
            began = time.perf_counter()
            query = "select status from jobs where id = ?"
            while database.execute(query, [identifier]).fetchone()[0] in ("waiting", "running"):
                time.sleep(0.02)
            taken = time.perf_counter() - began
            found = job(database, self.actor, identifier)
        if found.counts.get("done", 0) != len(items):
            raise RuntimeError(f"not all rows were done: {found.counts} {found.reason}")
        self.cpu.append((self._spent() - spent) / len(items))
        return taken

    def _spent(self) -> float:
        """Processor seconds of the processes for rows so far; 0 where the system does not say."""
        ticks = 0
        for process in self._worker._hands:
            stat = Path(f"/proc/{process.pid}/stat")
            if stat.is_file():
                ticks += sum(int(part) for part in stat.read_text().rpartition(")")[2].split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the worker and its processes."""
        self._worker.stop()
        self._thread.join()
