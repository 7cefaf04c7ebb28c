"""What a use case's table needs: its columns; and what is wrong with a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "number", "integer", "date", "list", "composition"]


@dataclass(frozen=True)
class Column:
    """One column of a template. Texts are English message ids, marked with ``N_`` and translated when shown.

    ``name`` is the key that the use case's code reads; ``title`` is what a person sees and what the template's header
    says; ``aliases`` are other names, French and English, under which files carry the same thing.
    """

    name: str
    title: str
    required: bool = False
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: str = ""


@dataclass(frozen=True)
class RowProblem:
    """Why one row cannot be used. ``line`` counts from 1 in the person's file, its header included.

    ``message`` is an English message id whose braces ``values`` fills; ``column`` is a template column's name, or
    empty where the whole row is meant.
    """

    line: int
    column: str
    message: str
    values: dict[str, object] = field(default_factory=dict)
