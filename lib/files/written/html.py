"""HTML: headings, paragraphs, list items, table rows. Scripts and styles are left out; nothing is fetched."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from lib.files.written.model import Piece, Place, Written

_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "figcaption",
        "address",
        "table",
        "ul",
        "ol",
    ]
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_UNSEEN: Final = frozenset(
    ["script", "style", "template", "noscript", "svg", "math", "head", "nav", "iframe", "object", "select", "textarea"]
)
_CELLS: Final = frozenset(("td", "th"))


def read_html(text: str, name: str) -> Written:
    """The document; its title is the page's own, else its first heading, else the file's name."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    first = next((piece.place.heading[0] for piece in reader.pieces if piece.place.heading), name)
    return Written(name, "html", " ".join(reader.title.split()) or first, tuple(reader.pieces))


class _Reader(HTMLParser):
    """Blocks as they close. An unclosed tag costs nothing but its break."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.title = ""
        self._headings: dict[int, str] = {}
        self._held: list[str] = []
        self._unseen: list[str] = []
        self._level = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "title":
            self._in_title = True
        elif self._unseen or tag in _UNSEEN or "hidden" in named or named.get("aria-hidden") == "true":
            if tag not in _VOID:
                self._unseen.append(tag)
        elif tag in _HEADINGS:
            self.end_block()
            self._level = _HEADINGS[tag]
        elif tag in _BLOCKS:
            self.end_block()
        elif tag in _CELLS and any(part.strip() for part in self._held):
            self._held.append(" — ")
        elif tag == "br":
            self._held.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif self._unseen:
            if tag in self._unseen:
                del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._unseen:
            self._held.append(data)

    def end_block(self) -> None:
        """Close what is being read: a heading takes its place, anything else becomes a piece."""
        said = " ".join("".join(self._held).split())
        self._held.clear()
        level, self._level = self._level, 0
        if not said:
            return
        if level:
            self._headings = {other: kept for other, kept in self._headings.items() if other < level}
            self._headings[level] = said
        else:
            place = Place(tuple(self._headings[other] for other in sorted(self._headings)))
            self.pieces.append(Piece(said, place))


_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
