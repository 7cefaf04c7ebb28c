"""Contracts of generation: a Task, its Context, the Run it leaves, and the two ways to do it: at once or streamed."""

from lib.tasks.model import (
    Call,
    Context,
    Exchange,
    Partial,
    Run,
    Task,
    TaskEvent,
    TaskFinished,
    ToolAsked,
    ToolResult,
    ToolUsed,
)

__all__ = [
    "Call",
    "Context",
    "Exchange",
    "Partial",
    "Run",
    "Task",
    "TaskEvent",
    "TaskFinished",
    "ToolAsked",
    "ToolResult",
    "ToolUsed",
]
