"""Joining a Ray cluster, or starting one of this machine alone: what Ray is told before it is imported."""

from __future__ import annotations

import logging
import os
import socket
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lib.errors import SettingsError
from lib.i18n import N_
from lib.settings import ROOT

log = logging.getLogger(__name__)

RAY = "2.60.0"  # the version that was tried, and that all machines of a cluster have to share
OBJECT_STORE = 100 * 1024 * 1024  # bytes, of a cluster that is started here: rows are small
REACH = 5.0  # seconds in which the cluster's address has to answer
JOIN = 30.0  # seconds in which joining is tried again: the cluster may be starting

NOT_INSTALLED = N_(
    "BATCH_ENGINE is 'ray', and the package is not installed. Run 'pip install ray=={version}' here and on each "
    "machine of the cluster, then resume the job."
)
WRONG_ADDRESS = N_(
    "RAY_ADDRESS is '{address}', which is no address of a cluster. Write it as host:port, such as 10.0.0.5:6379, or "
    "leave it empty for this machine alone; then start the worker again."
)
NOT_REACHED = N_(
    "The cluster at {address} does not answer. Start it there with 'ray start --head', or correct RAY_ADDRESS, then "
    "resume the job."
)
NOT_TRUSTED = N_(
    "The cluster at {address} asks for a token, and this machine has none or another one. Copy the cluster's "
    "~/.ray/auth_token to this machine, start the worker again, then resume the job."
)
NOT_JOINED = N_(
    "The cluster at {address} answers, but this machine cannot join it: {reason} Join it first with 'ray start "
    "--address={address} --num-cpus=0' and the same versions of Python and Ray, then resume the job."
)


def address_of_cluster() -> str:
    """RAY_ADDRESS, empty for this machine alone.

    Raises:
        SettingsError: the package is not installed, or RAY_ADDRESS is no address.
    """
    if find_spec("ray") is None:
        raise SettingsError(NOT_INSTALLED, version=RAY)
    address = os.environ.get("RAY_ADDRESS", "").strip()
    if address:
        host_and_port(address)
    return address


def host_and_port(address: str) -> tuple[str, int]:
    """The parts of RAY_ADDRESS.

    Raises:
        SettingsError: it isn't host:port.
    """
    host, _colon, port = address.rpartition(":")
    if not host or "/" in host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise SettingsError(WRONG_ADDRESS, address=address)
    return host.strip("[]"), int(port)


def join(address: str) -> None:
    """Join the cluster at ``address``, or start one of this machine alone where it is empty.

    Raises:
        SettingsError: it does not answer, or it does not take this machine.
    """
    if address:
        # Ray waits for a minute and then ends the process where nobody answers, so that is found out before.
        try:
            socket.create_connection(host_and_port(address), timeout=REACH).close()
        except OSError as error:
            raise SettingsError(NOT_REACHED, address=address) from error
    _prepare(address)
    import ray
    from ray.exceptions import RayError
    from ray.job_config import JobConfig

    options: dict[str, Any] = {"address": address or "local"}
    if not address:
        options |= {"include_dashboard": False, "object_store_memory": OBJECT_STORE}
    until = time.monotonic() + JOIN
    while True:
        try:
            # Machines that have the product in the same folder find it there.
            code = JobConfig(_py_driver_sys_path=[str(ROOT)])
            ray.init(**options, job_config=code, namespace="toile", log_to_driver=False, logging_level=logging.ERROR)
            return
        except (RayError, ConnectionError, TimeoutError, RuntimeError, ValueError, OSError) as error:
            if "InvalidAuthToken" in f"{error} {error.__cause__}":
                raise SettingsError(NOT_TRUSTED, address=address) from error
            if time.monotonic() >= until:
                log.warning("the cluster cannot be joined", exc_info=True)
                reason = str(error).strip().partition("\n")[0][:200]
                raise SettingsError(NOT_JOINED, address=address or "local", reason=reason) from error
            time.sleep(1.0)  # its machines may be starting


def _prepare(address: str) -> None:
    """Ray reads these when it is imported. What the owner set stays."""
    logging.getLogger("ray").setLevel(logging.ERROR)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not address:
        # Despite its name this is what makes Ray's servers listen on loopback only, on every system.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    # Without this Ray writes a token into the home folder.
    os.environ.setdefault("RAY_AUTH_MODE", "token" if address and _has_token() else "disabled")


def _has_token() -> bool:
    """Whether the owner gave this machine a cluster's token."""
    named = os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")
    return bool(named) or (Path.home() / ".ray" / "auth_token").is_file()
