"""The values that a prompt is given: which there are, which it needs, which it uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, meta, nodes
from pydantic import BaseModel

from lib.access import Actor
from lib.errors import PromptError
from lib.i18n import N_, list_of, translate
from lib.tasks import Context
from lib.tasks.prompts import read_file, values_for
from lib.workbench.task_list import AnyTask, meanings_of

LANGUAGE = ("language", "language_code")
COMMON = {
    "language": N_("The language to write in, by its English name."),
    "language_code": N_("The same language as a code, for conditions."),
    "history": N_("In a dialogue, the earlier turns with their inputs and outputs; otherwise empty."),
}
MISSING = N_(
    "The prompt '{prompt}' leaves out {missing}, without which the model does not know what to write about. Put it "
    "back, for instance as {example}, then save it again."
)
NO_LANGUAGE = N_(
    "The prompt '{prompt}' no longer says in which language to write. Put {example} back, then save it again."
)
UNKNOWN = N_("The prompt '{prompt}' uses values that there are not: {unknown}. Use some of: {known}.")
UNKNOWN_FIELD = N_("The prompt '{prompt}' uses '{field}', which there is not. '{variable}' has: {known}.")
LONGEST_EXAMPLE = 160


@dataclass(frozen=True)
class Variable:
    """One value: ``meaning`` is in the reader's language, ``example`` is plain text, ``fields`` what stands in it."""

    name: str
    meaning: str
    required: bool
    used: bool
    example: str
    fields: tuple[tuple[str, str], ...] = ()


def required(task: AnyTask) -> tuple[str, ...]:
    """The inputs without a default: a prompt that leaves one out would ask about nothing."""
    return tuple(name for name, field in task.inputs.model_fields.items() if field.is_required())


def names(task: AnyTask) -> tuple[str, ...]:
    """Every value that the task's prompt may use, the inputs first."""
    return (*task.inputs.model_fields, *COMMON)


def used_in(text: str) -> frozenset[str]:
    """The values that a template uses. Its syntax has been checked before."""
    return frozenset(meta.find_undeclared_variables(Environment(autoescape=True).parse(text)))


def check_variables(task: AnyTask, parts: Mapping[str, str], title: str) -> None:
    """Pass silently when the parts use what they must and nothing that there is not.

    Raises:
        PromptError: a value is left out or unknown.
    """
    used = frozenset().union(*(used_in(text) for text in parts.values()))
    unknown = sorted(used - set(names(task)))
    if unknown:
        raise PromptError(UNKNOWN, prompt=title, unknown=_listed(unknown), known=_listed(names(task)))
    for text in parts.values():
        _check_fields(task, text, title)
    missing = [name for name in required(task) if name not in used]
    if missing:
        raise PromptError(MISSING, prompt=title, missing=_listed(missing), example="{{ " + missing[0] + " | tojson }}")
    if _speaks_of_language(task) and not used & set(LANGUAGE):
        raise PromptError(NO_LANGUAGE, prompt=title, example="{{ language }}")


def _speaks_of_language(task: AnyTask) -> bool:
    file = read_file(task.prompts, task.name)
    return bool((used_in(file.system) | used_in(file.user)) & set(LANGUAGE))


def _check_fields(task: AnyTask, text: str, title: str) -> None:
    """'product.color' where the field is 'colour' fails in some branch at some time: it is found here."""
    for node in Environment(autoescape=True).parse(text).find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in task.inputs.model_fields:
            kind = task.inputs.model_fields[node.node.name].annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel) and node.attr not in kind.model_fields:
                field = f"{node.node.name}.{node.attr}"
                known = _listed(kind.model_fields)
                raise PromptError(UNKNOWN_FIELD, prompt=title, field=field, variable=node.node.name, known=known)


def _listed(found: Any) -> str:
    return list_of([str(name) for name in found])


def explained(task: AnyTask, parts: Mapping[str, str], inputs: BaseModel, language: str) -> tuple[Variable, ...]:
    """All values of the task's prompt with what they hold for ``inputs``."""
    actor: Actor = None  # type: ignore[assignment]  # a prompt sees no actor
    values = values_for(inputs, Context(actor=actor, language=language))
    used = frozenset().union(*(used_in(text) for text in parts.values()))
    said = {**meanings_of(task), **COMMON}
    return tuple(
        Variable(
            name,
            translate(said[name]) if name in said else task.inputs.model_fields[name].description or "",
            name in required(task),
            name in used,
            as_example(values[name]),
            _fields(name, values[name]),
        )
        for name in names(task)
    )


def _fields(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(value, list) and value:
        return _fields(f"{name}[0]", value[0])
    if not isinstance(value, dict):
        return ()
    return tuple((f"{name}.{key}", as_example(item)) for key, item in value.items())


def as_example(value: Any) -> str:
    """A value in a line of text, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE - 1] + "…"
