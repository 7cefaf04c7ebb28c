"""PDF: the text of each page, in paragraphs. A scan has none, and is told so."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from lib.errors import Cancelled, FileRejected
from lib.files.written.model import Piece, Place, Written
from lib.i18n import N_

MOST_PAGES: Final = 3_000
SCAN: Final = N_(
    "{name} is a scan: its {pages} pages are pictures without text. Run it through text recognition, then upload it."
)
LOCKED: Final = N_("{name} is protected by a password. Save it without one, then upload it.")
BROKEN: Final = N_("{name} is damaged and can’t be opened. Save it again from its source, then upload it.")
TOO_MANY: Final = N_("{name} has {pages} pages, and {most} are the most. Split it, then upload its parts.")
SOME_SCANNED: Final = N_("Some pages are pictures without text and weren’t read.")
STOPPED: Final = N_("Reading was stopped.")

_pdfium = threading.Lock()  # PDFium may be used by one thread at a time
_LETTERS_OF_A_PAGE: Final = 20  # fewer are a page's number or a stamp
_HYPHEN: Final = re.compile(r"(\w)[\u00ad-]\n(?=[a-zà-ÿœæ])")
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_ENDS: Final = (".", "!", "?", ":", ";", "»", "”", ")")


def read_pdf(content: bytes, name: str, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Written:
    """The document, a page after the other; running heads and feet that stand on most pages are left out.

    Raises:
        FileRejected: a scan, locked, damaged, or of too many pages.
        Cancelled: somebody stopped it.
    """
    pages = _texts(content, name, progress, cancelled)
    read = [page for page in pages if len(page.strip()) >= _LETTERS_OF_A_PAGE]
    if not read:
        raise FileRejected(SCAN, name=name, pages=len(pages))
    # Pages that hold nothing but lines alike, as cards or tickets do, are the text itself.
    pieces = _pieces(pages, _running(pages)) or _pieces(pages, frozenset())
    notes = (SOME_SCANNED,) if len(read) < 0.8 * len(pages) else ()
    return Written(name, "pdf", name, pieces, pages=len(pages), notes=notes)


def _pieces(pages: list[str], running: frozenset[str]) -> tuple[Piece, ...]:
    return tuple(
        Piece(said, Place(page=number))
        for number, page in enumerate(pages, start=1)
        for said in _paragraphs(page, running)
    )


def _texts(content: bytes, name: str, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> list[str]:
    import pypdfium2

    try:
        with _pdfium:
            document = pypdfium2.PdfDocument(content)
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise FileRejected(LOCKED if "password" in str(error).lower() else BROKEN, name=name) from None
    try:
        if pages > MOST_PAGES:
            raise FileRejected(TOO_MANY, name=name, pages=pages, most=MOST_PAGES)
        texts = []
        for number in range(pages):
            if cancelled():
                raise Cancelled(STOPPED)
            with _pdfium:  # a page at a time: nobody's letter waits for somebody's 2,000 pages
                texts.append(_text(document, number))
            progress((number + 1) / pages)
        return texts
    finally:
        with _pdfium:
            document.close()


def _text(document: Any, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            said: str = words.get_text_bounded()
        finally:
            words.close()
    finally:
        page.close()
    return said.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\x00", "")


def _running(pages: list[str]) -> frozenset[str]:
    """First and last lines that more than half of the pages share, but for their numbers."""
    if len(pages) < 4:
        return frozenset()
    counted: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        counted.update({_unnumbered(line) for line in (*lines[:2], *lines[-2:])})
    return frozenset(line for line, pages_with in counted.items() if pages_with > len(pages) / 2)


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(page: str, running: frozenset[str]) -> list[str]:
    """Lines joined to paragraphs: an empty line parts them, and so does a short line that ends a sentence."""
    kept = [line for line in page.split("\n") if _unnumbered(line) not in running or not line.strip()]
    text = _HYPHEN.sub(r"\1", "\n".join(kept))
    found = []
    for part in _PARAGRAPH.split(text):
        lines = part.split("\n")
        longest = max((len(line) for line in lines), default=0)
        held: list[str] = []
        for line in lines:
            held.append(line.strip())
            if line.rstrip().endswith(_ENDS) and len(line) < 0.8 * longest:
                found.append(" ".join(held))
                held = []
        found.append(" ".join(held))
    return [" ".join(said.split()) for said in found if said.strip()]
