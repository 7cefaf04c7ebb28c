"""What a text is, by its content; then the reader for it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath
from typing import Final

from lib.errors import FileRejected
from lib.files.encodings import decode
from lib.files.written.model import Written
from lib.i18n import N_
from lib.settings import settings

MOST_CHARACTERS: Final = 5_000_000  # of one document; about 2,500 pages
TOO_LARGE: Final = N_("{name} is larger than {most} MB. Split it, then upload its parts.")
NOTHING: Final = N_("{name} holds no text. Upload a document with text in it.")
NOT_WRITTEN: Final = N_(
    "{name} is no document that can be read here. Upload Markdown, PDF, DOCX, HTML, CSV or plain text."
)
OLD_WORD: Final = N_(
    "{name} is an older Word file (.doc) or is protected by a password. Save it as .docx, then upload that."
)
TOO_LONG: Final = N_("{name} holds more than {most} million characters. Split it, then upload its parts.")

_HTML_STARTS: Final = ("<!doctype html", "<html", "<head", "<body")

Progress = Callable[[float], None]


def read_written(
    content: bytes, name: str, progress: Progress = lambda share: None, cancelled: Callable[[], bool] = lambda: False
) -> Written:
    """The document in pieces. ``progress`` is told a share between 0 and 1.

    Raises:
        FileRejected: it is none of the kinds, empty, too large, a scan without text, or damaged.
        Cancelled: somebody stopped it.
    """
    if len(content) > settings().max_upload_bytes:
        raise FileRejected(TOO_LARGE, name=name, most=settings().max_upload_bytes // (1024 * 1024))
    read = _reader(content, name, progress, cancelled)
    written = read()
    if not any(piece.text.strip() for piece in written.pieces):
        raise FileRejected(NOTHING, name=name)
    if sum(len(piece.text) for piece in written.pieces) > MOST_CHARACTERS:
        raise FileRejected(TOO_LONG, name=name, most=MOST_CHARACTERS // 1_000_000)
    return written


def _reader(content: bytes, name: str, progress: Progress, cancelled: Callable[[], bool]) -> Callable[[], Written]:
    if content.startswith(b"%PDF-"):
        from lib.files.written.pdf import read_pdf

        return lambda: read_pdf(content, name, progress, cancelled)
    if content.startswith(b"PK"):
        return _docx(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRejected(OLD_WORD, name=name)
    return _text(content, name)


def _docx(content: bytes, name: str) -> Callable[[], Written]:
    from lib.files.written.word import read_docx

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if "word/document.xml" in archive.namelist():
                return lambda: read_docx(content, name)
    except zipfile.BadZipFile:
        pass
    raise FileRejected(NOT_WRITTEN, name=name)


def _text(content: bytes, name: str) -> Callable[[], Written]:
    from lib.files.written.html import read_html
    from lib.files.written.markdown import read_markdown
    from lib.files.written.rows import read_rows

    if not content.strip():
        raise FileRejected(NOTHING, name=name)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRejected(NOT_WRITTEN, name=name)
    text = decode(content, name).text
    ending = PurePath(name).suffix.lower()
    if text.lstrip("\ufeff \t\r\n")[:200].lower().startswith(_HTML_STARTS) or ending in (".html", ".htm"):
        return lambda: read_html(text, name)
    if ending in (".csv", ".tsv"):
        return lambda: read_rows(content, name)
    return lambda: read_markdown(text, name)
