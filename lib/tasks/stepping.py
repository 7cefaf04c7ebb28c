"""Calling tools through a JSON schema, for servers that have no tools or do not hold to them.

Each answer is one object: ``{"next": {"tool": ..., "arguments": ...}}`` or ``{"next": {"answer": ...}}``. The schema is
the union of all calls and the answer, so a server that keeps schemas can write nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from lib.engines.text.model import ToolCall, ToolSpec
from lib.tasks.schema import json_in, strict_schema

ANSWER_BEGINS = re.compile(r'\s*\{\s*"next"\s*:\s*\{\s*"answer"\s*:\s*')


class _Call(BaseModel):
    tool: str
    arguments: dict[str, Any]


class _Answer(BaseModel):
    answer: dict[str, Any]


class _Step(BaseModel):
    next: _Call | _Answer


def step_schema(output: type[BaseModel], tools: Sequence[ToolSpec], final: bool = False) -> dict[str, Any]:
    """The schema of one step; with ``final`` only the answer is left."""
    answer = dict(strict_schema(output))
    definitions = answer.pop("$defs", {})
    steps = [_object(answer=answer)]
    for tool in () if final else tools:
        schema = dict(tool.schema)
        definitions |= schema.pop("$defs", {})
        steps.append(_object(tool={"type": "string", "enum": [tool.name]}, arguments=schema))
    whole = _object(next={"anyOf": steps} if len(steps) > 1 else steps[0])
    return whole | ({"$defs": definitions} if definitions else {})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_step(text: str) -> ToolCall | str:
    """The call, or the answer as JSON. The call has no id: the text has only one.

    Raises:
        ValidationError: it is no step.
    """
    step = _Step.model_validate_json(json_in(text)).next
    if isinstance(step, _Answer):
        return json.dumps(step.answer, ensure_ascii=False)
    return ToolCall("", step.tool, json.dumps(step.arguments, ensure_ascii=False))


def answer_part(text: str) -> str:
    """As much of the answer as has come inside a step that is still being written; empty while it may be a call."""
    found = ANSWER_BEGINS.match(text)
    return text[found.end() :] if found else ""


__all__ = ["ValidationError", "answer_part", "read_step", "step_schema"]
