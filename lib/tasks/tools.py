"""Tools: typed Python functions that an engine may call while it works on a task.

``@tool(...)`` makes one from a function with type hints and a docstring. Its arguments are validated before it runs;
a first parameter ``context: Context`` is handed in and not shown to the engine. Which tools there are is the task's
alone: what a document or a tool's result says is data, and names no tool, no permission and no limit.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import to_json

from lib.engines.text.model import ToolSpec
from lib.errors import ToileError
from lib.tasks.model import Context
from lib.tasks.schema import complaints, strict_schema

LONGEST_RESULT = 20_000  # characters of a result that the engine is told
CUT_HERE = " […] The result was longer than {characters} characters and is cut here."


class Permission(StrEnum):
    """What a tool may do without a person. In order of care."""

    READ = "read"  # changes nothing: runs at once
    WRITE = "write"  # changes something: runs at once unless the engine has read a text by others
    ASKS_FIRST = "asks_first"  # a person answers each time


@dataclass(frozen=True)
class Tool:
    """One tool. ``limit`` is how often a run may call it; ``foreign`` says that its results hold texts by others."""

    name: str
    description: str
    permission: Permission
    limit: int
    arguments: type[BaseModel]
    function: Callable[..., Any]
    takes_context: bool = False
    foreign: bool = True
    title: str = ""  # what a person reads, an English message id; empty: the name

    @cached_property
    def spec(self) -> ToolSpec:
        """The tool as an engine sees it."""
        return ToolSpec(self.name, self.description, strict_schema(self.arguments))

    def run(self, arguments: str, context: Context) -> tuple[str, str]:
        """Call it with ``arguments`` (JSON). The status ('done', 'failed', 'refused') and what the engine is told."""
        try:
            given = self.arguments.model_validate_json(arguments or "{}")
        except ValidationError as error:
            return "refused", said(error="; ".join(complaints(error)))
        values = {name: getattr(given, name) for name in self.arguments.model_fields}
        try:
            found = self.function(context, **values) if self.takes_context else self.function(**values)
        except ToileError as error:
            return "failed", said(error=error.text("en"))
        return "done", said(result=found)


def said(**content: Any) -> str:
    """What an engine is told, as JSON: in it a text cannot pass for anything but a text."""
    text = to_json(content, fallback=str).decode()
    if len(text) <= LONGEST_RESULT:
        return text
    cut = text[:LONGEST_RESULT] + CUT_HERE.format(characters=LONGEST_RESULT)
    return to_json({"result": cut}).decode()


def tool(
    permission: Permission | str = Permission.READ, limit: int = 8, foreign: bool = True, title: str = ""
) -> Callable[[Callable[..., Any]], Tool]:
    """Make a tool of a function.

    Raises:
        TypeError: it has no docstring, or a parameter without a type, or one that no strict schema can say.
    """

    def make(function: Callable[..., Any]) -> Tool:
        description = inspect.cleandoc(function.__doc__ or "")
        if not description:
            raise TypeError(f"the tool {function.__name__} needs a docstring: it is what the engine knows of it")
        hints = get_type_hints(function, include_extras=True)
        parameters = dict(inspect.signature(function).parameters)
        takes_context = hints.get("context") is Context
        if takes_context:
            parameters.pop("context")
        made = Tool(
            name=function.__name__,
            description=description,
            permission=Permission(permission),
            limit=limit,
            arguments=_arguments(function.__name__, parameters, hints),
            function=function,
            takes_context=takes_context,
            foreign=foreign,
            title=title,
        )
        made.spec  # noqa: B018  a type that cannot be said is found here and not at the first call
        return made

    return make


def _arguments(name: str, parameters: dict[str, inspect.Parameter], hints: dict[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for parameter in parameters.values():
        if parameter.name not in hints or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise TypeError(f"the parameter {parameter.name} of the tool {name} needs a type")
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    return create_model(f"{name}_arguments", __config__=ConfigDict(extra="forbid"), **fields)
