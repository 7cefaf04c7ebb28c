"""A text that came in, in pieces, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where in a document something stands: what a citation opens. Pages and rows are counted from 1."""

    heading: tuple[str, ...] = ()  # from the outermost to the innermost
    page: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Piece:
    """One paragraph, list item or table row: plain text, with its place."""

    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Written:
    """A document's pieces in reading order. ``notes`` are English message ids of what could not be read."""

    name: str
    kind: str  # 'markdown', 'pdf', 'docx', 'html', 'csv', 'text'
    title: str
    pieces: tuple[Piece, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()
