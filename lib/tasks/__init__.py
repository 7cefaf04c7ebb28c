"""Contracts of generation: a Task, its Context, the Run it leaves, and the two ways to do it: at once or streamed."""

from lib.tasks.model import Context, Exchange, Partial, Run, Task, TaskFinished

__all__ = ["Context", "Exchange", "Partial", "Run", "Task", "TaskFinished"]
