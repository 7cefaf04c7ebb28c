"""DOCX: paragraphs with their headings, list items, table rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from lib.errors import FileRejected
from lib.files.written.model import Piece, Place, Written
from lib.i18n import N_

MOST_UNPACKED: Final = 200 * 1024 * 1024
BROKEN: Final = N_("{name} is damaged and can’t be opened. Open it in Word, save it again, then upload it.")
MACROS: Final = N_("{name} holds macros, which are never run here. Save it as .docx, which has none, then upload that.")
BOMB: Final = N_("{name} unpacks to far more than a document holds. It wasn’t opened. Upload another file.")


def read_docx(content: bytes, name: str) -> Written:
    """The document: headers, footers and comments are left out.

    Raises:
        FileRejected: damaged, with macros, or unpacks to far too much.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise FileRejected(BOMB, name=name)
        if any(PurePosixPath(entry).name.lower() == "vbaproject.bin" for entry in archive.namelist()):
            raise FileRejected(MACROS, name=name)
    try:
        document = Document(BytesIO(content))
        pieces = tuple(_pieces(document))
        title = str(document.core_properties.title or "").strip()
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile):
        raise FileRejected(BROKEN, name=name) from None
    first = next((piece.place.heading[0] for piece in pieces if piece.place.heading), name)
    return Written(name, "docx", title or first, pieces)


def _pieces(document: Any) -> Iterator[Piece]:
    from docx.table import Table

    headings: dict[int, str] = {}
    for block in document.iter_inner_content():
        place = Place(tuple(headings[level] for level in sorted(headings)))
        if isinstance(block, Table):
            yield from _rows(block, place)
            continue
        said = " ".join(block.text.split())
        level = _level(block)
        if said and level:
            headings = {other: kept for other, kept in headings.items() if other < level}
            headings[level] = said
        elif said:
            yield Piece(said, place)


def _level(paragraph: Any) -> int:
    """1 to 9 for a heading, 0 for anything else. Word keeps its built-in styles' English names in every language."""
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style == "title":
        return 1
    number = style.removeprefix("heading ")
    return int(number) if style.startswith("heading ") and number.isdigit() else 0


def _rows(table: Any, place: Place) -> Iterator[Piece]:
    for number, row in enumerate(table.rows, start=1):
        cells: list[str] = []
        for cell in row.cells:
            said = " ".join(cell.text.split())
            if said and (not cells or cells[-1] != said):  # merged cells come once for each column
                cells.append(said)
        if cells:
            yield Piece(" — ".join(cells), Place(place.heading, row=number))
