"""A dialogue: one task, turn by turn. Each turn is a run; what was said before is handed to drafters and prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Generic

from lib.database import connect
from lib.database import conversations as stored
from lib.engines.registry import BUILT_IN
from lib.errors import NotFound
from lib.tasks.model import Context, Exchange, In, Out, Run, Task, TaskEvent, TaskFinished
from lib.tasks.run import collect_run, stream_task


@dataclass
class Conversation(Generic[In, Out]):
    """A persisted dialogue on ``task``. Made by ``start`` or ``resume``."""

    id: str
    task: Task[In, Out]
    context: Context
    engine: str = BUILT_IN
    history: list[Exchange] = field(default_factory=list)

    @classmethod
    def start(cls, task: Task[In, Out], context: Context, engine: str = BUILT_IN) -> Conversation[In, Out]:
        """A new dialogue.

        Raises:
            NotAllowed: the actor may not run.
        """
        with connect() as database:
            identifier = stored.start_conversation(database, context.actor, task=task.name, language=context.language)
        return cls(identifier, task, context, engine)

    @classmethod
    def resume(
        cls, identifier: str, task: Task[In, Out], context: Context, engine: str = BUILT_IN
    ) -> Conversation[In, Out]:
        """The dialogue as it was left: in its language, with the turns that were answered.

        Raises:
            NotFound: no such dialogue on this task in the actor's workspace.
        """
        with connect() as database:
            row = stored.get_conversation(database, context.actor, identifier)
            if row["task"] != task.name:
                raise NotFound(stored.NO_CONVERSATION)
            runs = stored.turns(database, context.actor, identifier)
        history = [_exchange(task, run) for run in runs if run["status"] == "done"]
        return cls(identifier, task, replace(context, language=row["language"]), engine, history)

    def turn(self, inputs: In) -> Run[Out]:
        """Say something and wait for the answer. One that fails is recorded, raised, and stays out of the history."""
        return collect_run(self.stream_turn(inputs))

    def stream_turn(self, inputs: In) -> Iterator[TaskEvent[Out]]:
        """Say something; the partial answers as they come, then the finished run."""
        parent = self.history[-1].run if self.history else self.context.parent
        context = replace(self.context, history=tuple(self.history), parent=parent)
        for event in stream_task(self.task, inputs, context, self.engine):
            if isinstance(event, TaskFinished) and event.run.output is not None:
                with connect() as database:
                    stored.add_turn(database, context.actor, self.id, event.run.id)
                self.history.append(Exchange(inputs, event.run.output, event.run.id))
            yield event


def _exchange(task: Task[In, Out], run: dict[str, Any]) -> Exchange:
    inputs, output = task.inputs.model_validate(run["inputs"]), task.output.model_validate(run["output"])
    return Exchange(inputs, output, run["id"])
