"""What an engine is asked: the prompt, the dialogue so far, the form of the answer, the tools and their results."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Generic

from lib.engines.text.model import Message, TextEngine, TextRequest, ToolCall
from lib.tasks.model import Context, In, Out, Task
from lib.tasks.prompts import Prompt, read_file, render
from lib.tasks.sandbox import fill_in
from lib.tasks.schema import strict_schema
from lib.tasks.stepping import answer_part, read_step, step_schema
from lib.tasks.toolbox import MOST_ROUNDS, Toolbox

WORDING = Path(__file__).with_name("wording")


class Asking(Generic[In, Out]):
    """The requests of one run, each built from the prompt and from what is in the database."""

    def __init__(
        self,
        task: Task[In, Out],
        inputs: In,
        context: Context,
        engine: TextEngine,
        prompt: Prompt,
        timeout: float,
        canary: str = "",
    ) -> None:
        """``canary`` is a mark for the instructions of a task with tools, by which a leak of them is found."""
        self._task, self._context, self._timeout = task, context, timeout
        self._can = engine.capabilities
        self._steps = bool(task.tools) and not engine.capabilities.tools
        self._repair: tuple[Message, ...] = ()
        self._specs = tuple(tool.spec for tool in task.tools)
        system, user = render(prompt, inputs, context)
        self._system = [system]
        if task.tools:
            self._system.append(_wording("tools"))
            self._system += [_wording("canary", canary=canary)] if canary else []
        if self._steps:
            tools = [{"name": tool.name, "description": tool.description} for tool in self._specs]
            self._system.append(_wording("steps", tools=tools))
        self._said: list[Message] = []
        for turn in context.history:
            earlier = render(prompt, turn.inputs, replace(context, history=()))[1]  # a turn holds no others
            self._said.append(Message("user", earlier))
            self._said.append(Message("assistant", self._as_answer(turn.output.model_dump_json(by_alias=True))))
        self._said.append(Message("user", user, images=context.images))

    def request(self, box: Toolbox[In, Out]) -> TextRequest:
        """The next request."""
        schema = strict_schema(self._task.output)
        if self._steps:
            final = box.rounds() >= MOST_ROUNDS
            schema = step_schema(self._task.output, self._specs, final)
        system = [part for part in self._system if part]
        if self._can.structured not in ("json_schema", "tool"):
            system.append(_wording("json_only", json_schema=_json(schema)))
        messages = [Message("system", "\n\n".join(system))] if system else []
        rounds = self._rounds(box) if self._task.tools else []
        return TextRequest(
            messages=(*messages, *self._said, *rounds, *self._repair),
            schema=schema,
            schema_name=self._task.output.__name__,
            tools=() if self._steps else self._specs,
            max_tokens=self._task.max_output_tokens,
            seed=self._context.seed,
            timeout=self._timeout,
            cancelled=self._context.cancelled,
        )

    def read(self, text: str) -> tuple[list[ToolCall], str]:
        """What an answer's text says: calls of tools, or the answer itself.

        Raises:
            pydantic.ValidationError: neither.
        """
        if not self._steps:
            return [], text
        step = read_step(text)
        return ([], step) if isinstance(step, str) else ([step], "")

    def answer_part(self, text: str) -> str:
        """As much of the answer itself as has come."""
        return answer_part(text) if self._steps else text

    def repair(self, answer: str, complaints: list[str]) -> None:
        """Ask once more, saying what does not fit."""
        wish = Message("user", _wording("repair", complaints=complaints))
        self._repair = (*self._repair, Message("assistant", answer or "…"), wish)

    def forget_repair(self) -> None:
        """Its answer was a call: the next request begins from the results."""
        self._repair = ()

    def _as_answer(self, answer: str) -> str:
        return f'{{"next": {{"answer": {answer}}}}}' if self._steps else answer

    def _rounds(self, box: Toolbox[In, Out]) -> list[Message]:
        if not self._steps:
            return box.messages()
        told: list[Message] = []
        for call in box.calls():
            told.append(Message("assistant", call.said or _step(call.tool, call.arguments)))
            told.append(Message("user", _wording("tool_result", tool=call.tool, content=call.result)))
        return told


def _step(tool: str, arguments: str) -> str:
    return f'{{"next": {{"tool": {_json(tool)}, "arguments": {arguments}}}}}'


def _wording(name: str, **values: object) -> str:
    return fill_in(_template(name), values, name)


@cache
def _template(name: str) -> str:
    return read_file(WORDING, name).user


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
