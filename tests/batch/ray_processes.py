"""A real cluster of two machines on loopback addresses: each a Ray node of its own, with its own settings."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lib.settings import ROOT
from tests.loopback.engine import configure

HEAD, SECOND = "127.0.0.2", "127.0.0.3"  # not 127.0.0.1, which Ray replaces by the machine's address


class Machines:
    """See the module. ``nodes`` maps an address to the process that runs the machine's node."""

    def __init__(self, folder: Path, engine_url: str) -> None:
        self._folder, self._url = folder, engine_url
        self._ray = Path(tempfile.mkdtemp(prefix="ray", dir="/tmp"))  # short: it holds sockets
        self.nodes: dict[str, subprocess.Popen[bytes]] = {}
        self.address = f"{HEAD}:{_free_port(HEAD)}"
        # Whoever else is on this machine may reach the ports, and may do nothing there without this.
        self._token = secrets.token_hex(16)

    def environment(self, **more: str) -> dict[str, str]:
        """A process's own: a home folder of the test's, and the cluster's token."""
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
        kept |= {"HOME": str(home), "RAY_TMPDIR": str(self._ray), "RAY_AUTH_TOKEN": self._token}
        return kept | {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": str(ROOT)} | more

    def database(self, address: str) -> Path:
        """Where a machine would have its database if it used one."""
        return self._folder / address / "data" / "toile.db"

    def start(self, address: str, engine: bool = True) -> None:
        """Start a machine; its settings hold the engine with a key that is the machine's own."""
        own = self._folder / address
        own.mkdir()
        if engine:
            configure(own, self._url, key=key_of(address))
        where = ["--head", f"--port={self.address.rpartition(':')[2]}", "--include-dashboard=false"]
        command = [
            *(sys.executable, "-m", "ray.scripts.scripts", "start", "--block", f"--node-ip-address={address}"),
            *("--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats"),
            *(where if address == HEAD else [f"--address={self.address}"]),
        ]
        environment = self.environment(
            RAY_AUTH_MODE="token", TOILE_DB=str(self.database(address)), TOILE_SECRETS=str(own / "secrets.toml")
        )
        with (self._folder / f"{address}.log").open("wb") as log:
            self.nodes[address] = subprocess.Popen(
                command, cwd=self._folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        if address == HEAD:
            _wait_for(self.address)

    def kill(self, address: str) -> None:
        """Everything of a machine ends at once, as when its power fails."""
        process = self.nodes.pop(address)
        for identifier in _of_session(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(identifier, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for address in list(self.nodes)[::-1]:
            self.kill(address)
        shutil.rmtree(self._ray, ignore_errors=True)


@contextlib.contextmanager
def machines(folder: Path, engine_url: str) -> Iterator[Machines]:
    """The cluster's machines; none is started yet, and all end with the test."""
    found = Machines(folder, engine_url)
    try:
        yield found
    finally:
        found.end()


def key_of(address: str) -> str:
    return f"sk-of-{address}"


def _free_port(host: str) -> int:
    with socket.socket() as bound:
        bound.bind((host, 0))
        return int(bound.getsockname()[1])


def _wait_for(address: str) -> None:
    host, _colon, port = address.rpartition(":")
    for _try in range(300):
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1.0):
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def _of_session(session: int) -> list[int]:
    """The processes of a session: all that one machine's command has started."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if entry.name.isdigit() and int(fields[3]) == session:
                found.append(int(entry.name))
    return found
