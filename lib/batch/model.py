"""What goes to whoever does a row, and what comes back: no database in it, so that it may happen on another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from lib.access import Actor
from lib.tasks.prompts import Prompt
from lib.verdicts import CheckResult


@dataclass(frozen=True)
class RowRequest:
    """One row to do. ``task`` is a dotted name of the catalogue's, ``inputs`` JSON; ``job`` groups connections."""

    job: str
    task: str
    use_case: str
    engine: str
    language: str
    seed: int
    prompt: Prompt | None
    inputs: str
    actor: Actor


@dataclass(frozen=True)
class RowOutcome:
    """How it ended. ``output`` is JSON. ``returned``: it was not begun, or its machine ended; it is done again."""

    status: str  # 'done', 'failed', 'returned'
    output: str | None = None
    checks: tuple[CheckResult, ...] = ()
    error: dict[str, Any] | None = None
    seconds: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None
    model: str = ""
    retry: bool = False
    retry_after: float | None = None
    halts: bool = False


class Doer(Protocol):
    """What does rows: this process (``here``), or a cluster (``ray_cluster``)."""

    def do(self, request: RowRequest) -> RowOutcome:
        """Do one row; called from many threads at once."""
        ...

    def hang_up(self, job: str) -> None:
        """End the calls of one job that are under way: their ``do`` returns soon."""
        ...

    def forget(self, job: str) -> None:
        """Close what was kept open for a job."""
        ...

    def close(self) -> None:
        """Close everything."""
        ...
