"""One server for each model file, owned by one process, used by all of them.

The first process that needs a model takes the lock beside the database, loads the model and writes down the port and a
random key; the others read them and call it over loopback. The operating system gives the lock back when its owner
ends, however it ends, and the next one who needs the model loads it again. Nothing is started before the first use.
"""

from __future__ import annotations

import atexit
import ctypes
import http.client
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from lib.engines.embedded.gguf import ModelFile
from lib.engines.text.line import hang_up_all
from lib.errors import EngineUnavailable
from lib.i18n import N_
from lib.settings import settings

SLOTS = 2  # answers written at once; more wait
PROMPT_CACHE_MIB = 64  # llama.cpp's own default is 8 GiB
LONGEST_START = 300.0  # seconds; a large file on a slow disk
LOOK_EVERY = 0.1
LOOK_SECONDS = 5.0
LONGEST_GOODBYE = 2.0

NO_LIBRARY = N_(
    "The models on this machine need the package xllamacpp, which is not installed. Run 'make install', then try again."
)
CANNOT_LOAD = N_(
    "The model file of {engine} cannot be loaded: this llama.cpp does not know its architecture, or there is too "
    "little memory. Choose another file, or a smaller context."
)
STILL_LOADING = N_("{engine} is still loading its model after {seconds} seconds. Try again in a moment.")


@dataclass(frozen=True)
class Address:
    """Where a model is served. ``key`` is random and changes with each start."""

    port: int
    key: str
    process: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Owned:
    """A server that this process runs."""

    def __init__(self, server: Any, lock: FileLock, address: Address) -> None:
        self.server, self.lock, self.address = server, lock, address


_owned: dict[Path, _Owned] = {}
_guard = threading.Lock()


def folder() -> Path:
    """Where the locks and addresses lie: beside the database, readable by its owner only."""
    found = settings().engine_folder
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def address_of(
    file: ModelFile, title: str, context: int, threads: int | None = None, embeddings: bool = False
) -> Address:
    """Where ``file`` is served, started in this process if it is nowhere. ``context`` is in tokens, for one answer.

    With ``embeddings`` it also gives the mean of its last layer as a text's vector.

    Raises:
        EngineUnavailable: it cannot be loaded, or another process has been loading it for too long.
    """
    place = place_of(file, context, embeddings)
    until = time.monotonic() + LONGEST_START
    while True:
        with _guard:
            if place in _owned:
                return _owned[place].address
            lock = _take(place)
            if lock is not None:
                return _start(place, lock, _load, file, title, context, threads, embeddings)
        found = _read(place)
        if found is not None and _answers(found):
            return found
        if time.monotonic() > until:
            break
        time.sleep(LOOK_EVERY)
    raise EngineUnavailable(STILL_LOADING, engine=title, seconds=round(LONGEST_START))


def stop(place: Path | None = None) -> None:
    """End the servers that this process owns, or the one at ``place``. Waits for the answers that are being written."""
    with _guard:
        for found in [place] if place else list(_owned):
            owned = _owned.pop(found, None)
            if owned is not None:
                found.unlink(missing_ok=True)
                owned.server = None  # xllamacpp shuts down when the last reference goes
                owned.lock.release()


def _leave() -> None:
    """The process ends, and its servers with it.

    Taking a server down in the middle of an answer blocks the whole process for half a minute, with the interpreter's
    lock held. So this process hangs up first. A server that still writes for another process is not taken down: its
    threads end with the process.
    """
    hang_up_all()
    until = time.monotonic() + LONGEST_GOODBYE
    for place, owned in _owned.items():
        if owned.address.process != os.getpid():
            continue
        place.unlink(missing_ok=True)
        while _busy(owned.address) and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
        if _busy(owned.address):
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(owned.server))
    _owned.clear()


def _busy(address: Address) -> bool:
    status, body = _get(address, "/slots")
    return status == 200 and any(slot.get("is_processing") for slot in json.loads(body))


def place_of(file: ModelFile, context: int, embeddings: bool = False) -> Path:
    """Where the address of the server for ``file`` is written down."""
    return folder() / f"{file.sha256[:16]}-{context}{'-vectors' if embeddings else ''}.json"


def owner(file: ModelFile, context: int) -> int | None:
    """The process that serves ``file`` now, None where none does."""
    found = _read(place_of(file, context))
    return found.process if found is not None and _answers(found) else None


def _take(place: Path) -> FileLock | None:
    lock = FileLock(place.with_suffix(".lock"), thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock


def _start(place: Path, lock: FileLock, load: Callable[..., tuple[Address, Any]], *given: Any) -> Address:
    try:
        address, server = load(*given)
        _write(place, address)
    except BaseException:
        lock.release()
        raise
    _owned[place] = _Owned(server, lock, address)
    atexit.unregister(_leave)
    atexit.register(_leave)
    return address


def _load(file: ModelFile, title: str, context: int, threads: int | None, embeddings: bool) -> tuple[Address, Any]:
    try:
        import xllamacpp
    except ImportError:
        raise EngineUnavailable(NO_LIBRARY) from None
    key = secrets.token_urlsafe(24)
    given = xllamacpp.CommonParams()
    given.model.path = str(file.path)
    given.model_alias = {file.path.stem}
    given.hostnames, given.port, given.api_keys = ["127.0.0.1"], 0, [key]
    given.verbosity, given.ui, given.cors_origins = 0, False, ""
    given.n_ctx, given.n_parallel, given.cache_ram_mib = context * SLOTS, SLOTS, PROMPT_CACHE_MIB
    given.offline, given.warmup = True, False
    if embeddings:
        given.embedding, given.pooling_type = True, xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    # One core is left for the pages. llama.cpp's threads wait for each other after every layer, so one that has to wait
    # for a busy core stops all: on two cores that other programs kept busy (load 8 to 20), one thread wrote 7 to 20
    # tokens a second and two threads fewer. An owner whose machine serves nothing else sets 'threads'.
    cores = threads or max(1, (os.cpu_count() or 2) - 1)
    given.cpuparams.n_threads = given.cpuparams_batch.n_threads = cores
    try:
        server = xllamacpp.Server(given)
    except RuntimeError:
        raise EngineUnavailable(CANNOT_LOAD, engine=title) from None
    port = int(str(server.listening_address).rsplit(":", 1)[-1])
    return Address(port, key, os.getpid()), server


def _write(place: Path, address: Address) -> None:
    """Put the address beside the lock, in one step, for this user's eyes only: it holds the key."""
    aside = place.with_suffix(f".{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(address), file)
    aside.replace(place)


def _read(place: Path) -> Address | None:
    try:
        return Address(**json.loads(place.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _answers(address: Address) -> bool:
    """Whether the server is there and knows its key: a port may have gone to another program since."""
    return _get(address, "/v1/models")[0] == 200


def _get(address: Address, path: str) -> tuple[int, bytes]:
    """Status and body; status 0 where nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", address.port, timeout=LOOK_SECONDS)
    try:
        line.request("GET", path, headers={"Authorization": f"Bearer {address.key}"})
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()
