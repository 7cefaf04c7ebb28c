"""What all rows of a job share: its task and its prompt, looked up once."""

from __future__ import annotations

import importlib
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlite_utils import Database

from lib.batch.model import RowRequest
from lib.catalogue import USE_CASES
from lib.checks.brand_terms import BrandTerms
from lib.database.claims import Claim
from lib.engines.registry import BUILT_IN
from lib.errors import InputError
from lib.i18n import N_
from lib.tasks.checking import terms_of
from lib.tasks.model import Task
from lib.tasks.prompts import Prompt, prompt_of

NO_TASK = N_("This version of the product has no task '{task}' any more. Start a new job on the use case's page.")


_allowed: set[str] = set()


def allow(dotted: str) -> None:
    """Let this process do a task that the catalogue does not name: a measurement's, or a test's."""
    _allowed.add(dotted)


@cache
def task_called(dotted: str) -> Task[Any, Any]:
    """The task of that dotted name: only those that the catalogue names are ever imported.

    Raises:
        InputError: the catalogue names no such task.
    """
    if dotted not in _allowed and not any(dotted in use_case.tasks for use_case in USE_CASES):
        raise InputError(NO_TASK, task=dotted.rpartition(".")[2])
    module, _dot, name = dotted.rpartition(".")
    found: Task[Any, Any] = getattr(importlib.import_module(module), name)
    return found


class Preparing:
    """Requests from claims, with each job's prompt and the house's names read once."""

    def __init__(self) -> None:
        self._prompts: dict[str, Prompt | None] = {}
        self._terms: dict[str, BrandTerms] = {}

    def request(self, database: Database, found: Claim) -> RowRequest:
        """The request for a row.

        Raises:
            PromptError: the prompt that the job began with is gone.
            InputError: its task is gone.
        """
        task = task_called(found.task)
        if found.job not in self._prompts:
            wanted = found.prompt_hash if found.engine != BUILT_IN else None
            self._prompts[found.job] = prompt_of(database, found.actor, task, wanted) if wanted else None
            self._terms[found.job] = terms_of(database, found.actor)
        return RowRequest(
            job=found.job,
            task=found.task,
            use_case=found.use_case,
            engine=found.engine,
            language=found.language,
            seed=found.seed,
            prompt=self._prompts[found.job],
            inputs=found.inputs,
            actor=found.actor,
            terms=self._terms[found.job],
        )

    def forget_all_but(self, jobs: Collection[str]) -> list[str]:
        """Forget the jobs of which no row is taken now; which these were."""
        gone = [job for job in self._prompts if job not in jobs]
        for job in gone:
            del self._prompts[job], self._terms[job]
        return gone
