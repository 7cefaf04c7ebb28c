"""Markdown and plain text: headings, paragraphs, list items, table rows. Nothing in it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lib.files.written.model import Piece, Place, Written

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_RULE_OF_TABLE: Final = re.compile(r"[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$")
_LINK: Final = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)")
_MARKS: Final = re.compile(r"(\*\*|__|`|~~)")


def read_markdown(text: str, name: str) -> Written:
    """The document; a plain text is a Markdown without headings."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = tuple(_pieces(_without_front_matter(lines)))
    title = next((piece.place.heading[0] for piece in pieces if piece.place.heading), name)
    headed = any(piece.place.heading for piece in pieces)
    return Written(name, "markdown" if headed else "text", title, pieces)


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---":
        for at, line in enumerate(lines[1:200], start=1):
            if line.strip() in ("---", "..."):
                return lines[at + 1 :]
    return lines


def _pieces(lines: list[str]) -> Iterator[Piece]:
    headings: dict[int, str] = {}
    held: list[str] = []
    fenced = False

    def flush() -> Iterator[Piece]:
        said = plain(" ".join(part.strip() for part in held))
        held.clear()
        if said:
            yield Piece(said, Place(tuple(headings[level] for level in sorted(headings))))

    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
            continue
        heading = None if fenced else _HEADING.match(line)
        underline = None if fenced or len(held) != 1 else _UNDERLINE.match(line)
        if heading or underline:
            level = len(heading.group(1)) if heading else 1 if underline and "=" in underline.group(1) else 2
            said = heading.group(2) if heading else held.pop()
            yield from flush()
            headings = {other: kept for other, kept in headings.items() if other < level}
            headings[level] = plain(said)
        elif not line.strip() or _RULE_OF_TABLE.match(line):
            yield from flush()
        elif line.lstrip().startswith("|") or _ITEM.match(line):
            yield from flush()
            held.append(
                " — ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
                if "|" in line
                else _ITEM.sub("", line)
            )
        else:
            held.append(line)
    yield from flush()


def plain(text: str) -> str:
    """Without Markdown's own marks; a link keeps its words."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())
