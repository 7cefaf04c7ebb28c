"""Which tasks there are, and inputs on which their prompts can be tried.

The catalogue's ready use cases name the tasks. A module ``examples`` beside a task's own module may hold
``examples() -> dict[title, inputs]`` and ``MEANINGS: dict[variable, sentence]``, both with English message ids; where
there is none, an input is made up from the types.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from lib.catalogue import UseCase, ready
from lib.errors import NotFound
from lib.i18n import N_
from lib.tasks import Task
from lib.workbench.made_up import made_up

AnyTask = Task[Any, Any]
MADE_UP = N_("A made-up input")
NO_TASK = N_("There is no task called '{task}'. Choose one from the list.")


@cache
def _found() -> dict[str, tuple[AnyTask, UseCase, str]]:
    """Each task by its name, with the use case that it belongs to and its module.

    First those of use cases that bring inputs to compare on: with them a prompt or an engine can be tried at once.
    """
    tasks: dict[str, tuple[AnyTask, UseCase, str]] = {}
    for case in sorted(ready(), key=lambda case: not case.comparable):
        for dotted in case.tasks:
            module, attribute = dotted.rsplit(".", 1)
            task: AnyTask = getattr(importlib.import_module(module), attribute)
            tasks.setdefault(task.name, (task, case, module))
    return tasks


def all_tasks() -> tuple[AnyTask, ...]:
    """The tasks of the ready use cases: see ``_found`` for their order."""
    return tuple(task for task, _case, _module in _found().values())


def task_called(name: str) -> AnyTask:
    """The task with this name.

    Raises:
        NotFound: no ready use case has it.
    """
    if name not in _found():
        raise NotFound(NO_TASK, task=name)
    return _found()[name][0]


def use_case_of(task: AnyTask) -> UseCase | None:
    """The use case that the task belongs to; None for one that is not in the catalogue."""
    found = _found().get(task.name)
    return found[1] if found else None


def examples_of(task: AnyTask) -> dict[str, BaseModel]:
    """Inputs to try the task's prompt on, by their titles (English message ids); at least one."""
    module = _examples_module(task)
    found: dict[str, BaseModel] = dict(module.examples()) if module else {}
    return found or {MADE_UP: made_up(task.inputs)}


def meanings_of(task: AnyTask) -> Mapping[str, str]:
    """What the task's variables are (English message ids); a variable may be missing."""
    module = _examples_module(task)
    said: Mapping[str, str] = getattr(module, "MEANINGS", {}) if module else {}
    return said


def _examples_module(task: AnyTask) -> Any:
    found = _found().get(task.name)
    if found is None:
        return None
    beside = found[2].rpartition(".")[0] + ".examples"
    return importlib.import_module(beside) if importlib.util.find_spec(beside) else None
