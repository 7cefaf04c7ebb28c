"""What a cluster's machine runs: a process with its own connections, which does rows and hands them back.

Nothing of the database is here, and no key is sent to it: each machine reads its own settings.
"""

from __future__ import annotations

import threading

from lib.batch.here import Here
from lib.batch.limits import reread_settings
from lib.batch.model import RowRequest
from lib.batch.preparing import allow
from lib.database.settling import RowOutcome
from lib.engines.registry import BUILT_IN, engine_settings
from lib.errors import EngineNotConfigured
from lib.i18n import N_

NODE_LACKS = N_(
    "The machine {node} of the cluster has no engine '{engine}'. Configure it there as on this machine, in its "
    "secrets.toml or its environment, then resume the job."
)


class Node:
    """One process of one machine: a ``Doer`` that may be spoken to from another machine. ``name`` is the machine's."""

    def __init__(self, name: str) -> None:
        self._name, self._inside = name, Here()
        self._lock = threading.Lock()
        self._known: set[tuple[str, str]] = set()  # jobs with their engine whose settings were looked at
        self._hung_up: set[str] = set()

    def ready(self) -> str:
        """The machine's name, once everything that rows need is imported."""
        return self._name

    def do(self, request: RowRequest) -> RowOutcome:
        """Do one row. The machine that asks has found its task in the catalogue."""
        missing = self._missing(request)
        if missing is not None:
            return missing
        allow(request.task)
        return self._inside.do(request)

    def hang_up(self, job: str) -> None:
        """End the calls of one job that are under way; its rows that come later are handed back at once."""
        self._hung_up.add(job)
        self._inside.hang_up(job)

    def forget(self, job: str) -> None:
        """Close the connections of one job; if it goes on later, the settings are looked at again."""
        with self._lock:
            self._known = {key for key in self._known if key[0] != job}
            self._hung_up.discard(job)
        self._inside.forget(job)

    def _missing(self, request: RowRequest) -> RowOutcome | None:
        """The outcome of a row that this machine can't begin."""
        if request.job in self._hung_up:
            return RowOutcome("returned")
        key = request.job, request.engine
        with self._lock:
            if key in self._known or request.engine == BUILT_IN:
                return None
            reread_settings()
            try:
                engine_settings(request.engine)
            except EngineNotConfigured:
                values = {"node": self._name, "engine": request.engine}
                return RowOutcome("failed", error={"message": NODE_LACKS, "values": values}, halts=True)
            self._known.add(key)
        return None
