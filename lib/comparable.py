"""What a use case says so that its task can be compared: where inputs come from, how they vary, how an output reads."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from sqlite_utils import Database

from lib.access import Actor

Style = Literal["title", "lead", "text", "points", "small"]


@dataclass(frozen=True)
class Input:
    """One input of a task with the name that people know it by."""

    label: str
    values: BaseModel


@dataclass(frozen=True)
class InputSet:
    """Inputs to choose from. ``title`` is in the reader's language; ``load`` reads them when they are asked for."""

    key: str
    title: str
    load: Callable[[], tuple[Input, ...]]


@dataclass(frozen=True)
class Variant:
    """A way to put the same input, for instance in another voice. ``title`` is an English message id."""

    key: str
    title: str
    apply: Callable[[Any], Any]


@dataclass(frozen=True)
class Passage:
    """A part of an output as it is read. ``lines`` are the items of a list for 'points', else one text.

    ``heading`` is an English message id, or empty where the part needs none.
    """

    style: Style
    lines: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True)
class Comparable:
    """How one use case's task is compared.

    ``sets(database, actor)`` are the inputs that the actor may use; ``variant_title`` says what the variants vary
    (English message id); ``passages(output)`` is the output as a reader of the published text would see it.
    """

    sets: Callable[[Database, Actor], tuple[InputSet, ...]]
    passages: Callable[[dict[str, Any]], tuple[Passage, ...]]
    variants: tuple[Variant, ...] = ()
    variant_title: str = ""
    note: str = ""  # what of the output is compared, an English message id


def comparable(dotted: str) -> Comparable:
    """The ``Comparable`` that the catalogue names, as a dotted name."""
    module, _dot, name = dotted.rpartition(".")
    found: Comparable = getattr(importlib.import_module(module), name)
    return found
