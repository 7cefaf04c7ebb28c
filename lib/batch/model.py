"""What goes to whoever does a row: nothing in it opens a database, so that it may happen on another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lib.access import Actor
from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms
from lib.database.settling import RowOutcome
from lib.tasks.prompts import Prompt


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
    terms: BrandTerms = HOUSE_DEFAULT  # the names that the house added when the job began here


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
