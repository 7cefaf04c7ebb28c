"""The errors that a person can see. Each names what happened and what to do about it.

::

    ToileError
    ├── SettingsError            a setting is missing or makes no sense
    ├── NotAllowed               the actor's role does not carry the right
    ├── NotFound                 no such thing in the actor's workspace
    ├── InputError               what the person gave cannot be used as it is
    │   ├── FileRejected         the file cannot be read: empty, too large, wrong kind, broken
    │   ├── ColumnsMissing       the table lacks columns that the use case needs
    │   └── TooFewRows           the table is readable, but too small for the method
    ├── Overtaken                somebody else changed the same thing meanwhile; nothing was replaced
    ├── PromptError              a prompt does not render: a variable is missing or its syntax is wrong
    ├── StorageError             the database or the artefact folder refused a write
    └── EngineError              an engine did not fulfil a task
        ├── EngineNotConfigured  its key or address is missing
        ├── EngineUnavailable    it cannot be reached, or it is overloaded, after all tries
        ├── EngineRefused        it answered that it will not do this (key, rights, content)
        ├── AnswerCut            the stream ended before its end; what came is kept
        ├── AnswerInvalid        the answer does not fit the output type, after one repair
        ├── BudgetSpent          the workspace's budget does not cover the call; nothing was sent
        ├── PersonNeeded         a tool asks first, and nobody was there to answer; the run waits
        └── Cancelled            the person stopped it

A message is an English text marked with ``N_`` and used as gettext's id, with the values that it names. It is
translated when it is shown and not when it is raised, so an error that was recorded by a worker reads in the language
of whoever opens it.
"""

from __future__ import annotations

from typing import Any

from lib.i18n import translate


class ToileError(Exception):
    """Base of every error that is shown to a person.

    Args:
        message: English text marked with ``N_``; gettext's message id. It names the fix.
        values: what fills the braces in the message.
    """

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def text(self, language: str | None = None) -> str:
        """The message in ``language``, or in the reader's language where it is None."""
        return translate(self.message, language, **self.values)

    def __str__(self) -> str:
        return self.text()


class SettingsError(ToileError):
    """A setting is missing or makes no sense."""


class NotAllowed(ToileError):
    """The actor's role does not carry the right."""


class NotFound(ToileError):
    """No such thing in the actor's workspace; said alike for what does not exist and what belongs to others."""


class InputError(ToileError):
    """What the person gave cannot be used as it is."""


class FileRejected(InputError):
    """The file cannot be read: empty, too large, of the wrong kind, broken."""


class ColumnsMissing(InputError):
    """The table lacks columns that the use case needs."""


class TooFewRows(InputError):
    """The table is readable, but too small for the method."""


class Overtaken(ToileError):
    """Somebody else changed the same thing since the person began; nothing was replaced."""


class PromptError(ToileError):
    """A prompt does not render: a variable is missing or its syntax is wrong."""


class StorageError(ToileError):
    """The database or the artefact folder refused a write."""


class EngineError(ToileError):
    """An engine did not fulfil a task. ``partial`` is the raw text that had come."""

    def __init__(self, message: str, *, partial: str = "", **values: Any) -> None:
        super().__init__(message, **values)
        self.partial = partial


class EngineNotConfigured(EngineError):
    """The engine's key or address is missing."""


class EngineUnavailable(EngineError):
    """The engine cannot be reached, or is overloaded, after all tries."""


class EngineRefused(EngineError):
    """The engine answered that it will not do this: key, rights, content."""


class AnswerCut(EngineError):
    """The stream ended before its end; ``partial`` holds what came."""


class AnswerInvalid(EngineError):
    """The answer does not fit the output type, after one repair; ``partial`` holds it as it came."""


class BudgetSpent(EngineError):
    """The workspace's budget does not cover the call; nothing was sent."""


class PersonNeeded(EngineError):
    """A tool asks first, and nobody was there to answer; the run waits."""


class Cancelled(EngineError):
    """The person stopped it; ``partial`` holds what had come."""
