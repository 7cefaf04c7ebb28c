"""What a file is, by its first bytes. A name says what its owner hopes; the content says what it is."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from lib.errors import FileRejected
from lib.i18n import N_


class Kind(StrEnum):
    """What ``read_table`` can read."""

    WORKBOOK = "workbook"
    PARQUET = "parquet"
    TEXT = "text"


_PROGRAM = N_("{name} is a program, not a table. It wasn’t opened. Upload a CSV, XLSX, JSON or Parquet file.")
_PDF = N_("{name} is a PDF, not a table. Export the table from its source as CSV or XLSX, then upload that.")
_IMAGE = N_("{name} is an image, not a table. Upload the table itself as CSV, XLSX, JSON or Parquet.")
_MEDIA = N_("{name} is a video or sound file, not a table. Upload a CSV, XLSX, JSON or Parquet file.")
_ARCHIVE = N_("{name} is a compressed archive. Unpack it, then upload the table inside.")
_OLD_OFFICE = N_(
    "{name} is an older Excel file (.xls) or is protected by a password. Open it in Excel, save it "
    "as .xlsx without a password, then upload that."
)
_DATABASE = N_("{name} is a database or a program’s own data, not a table. Export the table as CSV or XLSX.")
_DOCUMENT = N_(
    "{name} is a text document, not a table. Copy its table into a spreadsheet and save that as XLSX or CSV."
)
_SLIDES = N_("{name} is a presentation, not a table. Upload the table itself as CSV or XLSX.")
_OTHER_SHEET = N_("{name} is a spreadsheet in another format. Save it as .xlsx or .csv, then upload that.")
_WEB_PAGE = N_("{name} is a web page or an XML file, not a table. Export the table as CSV or XLSX.")
_BINARY = N_("{name} holds no readable text and is no known table format. Upload a CSV, XLSX, JSON or Parquet file.")
_BROKEN_ZIP = N_("{name} is damaged and can’t be opened. Open it in Excel, save it again, then upload it.")

# (first bytes, message). Short ones that could begin a text as well are in ``_SHORT``.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", _PROGRAM),
    (b"\xfe\xed\xfa\xce", _PROGRAM),
    (b"\xfe\xed\xfa\xcf", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\x00asm", _PROGRAM),
    (b"#!/", _PROGRAM),
    (b"#! /", _PROGRAM),
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"8BPS", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"BZh91AY&SY", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"SQLite format 3\x00", _DATABASE),
    (b"ARROW1", _DATABASE),
    (b"\x89HDF\r\n\x1a\n", _DATABASE),
    (b"\x93NUMPY", _DATABASE),
    (b"{\\rtf", _DOCUMENT),
    (b"ID3\x03", _MEDIA),
    (b"ID3\x04", _MEDIA),
    (b"OggS", _MEDIA),
    (b"\x1a\x45\xdf\xa3", _MEDIA),
)
# Two or four letters that a product code may begin with too: they count only beside bytes that no text holds.
_SHORT: tuple[tuple[int, bytes, str], ...] = (
    (0, b"MZ", _PROGRAM),
    (0, b"BM", _IMAGE),
    (4, b"ftyp", _MEDIA),
    (8, b"WEBP", _IMAGE),
    (8, b"WAVE", _MEDIA),
    (8, b"AVI ", _MEDIA),
    (0, b"\x80\x02", _DATABASE),
    (0, b"\x80\x03", _DATABASE),
    (0, b"\x80\x04", _DATABASE),
    (0, b"\x80\x05", _DATABASE),
)
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", _OTHER_SHEET),
    ("content.xml", _OTHER_SHEET),
    ("Index/Document.iwa", _OTHER_SHEET),
    ("word/", _DOCUMENT),
    ("ppt/", _SLIDES),
    ("META-INF/MANIFEST.MF", _PROGRAM),
    ("AndroidManifest.xml", _PROGRAM),
)
_UNSPEAKABLE = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))


def kind_of(content: bytes, name: str) -> Kind:
    """What ``content`` is.

    Raises:
        FileRejected: something that is no table, with what it is and what to do.
    """
    if content.startswith(b"PAR1"):
        return Kind.PARQUET
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_kind(content, name)
    for magic, message in _MAGIC:
        if content.startswith(magic):
            raise FileRejected(message, name=name)
    head = content[:1024]
    if any(byte in _UNSPEAKABLE for byte in head):
        for at, magic, message in _SHORT:
            if head[at:].startswith(magic):
                raise FileRejected(message, name=name)
    return Kind.TEXT


def _zip_kind(content: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise FileRejected(_BROKEN_ZIP, name=name) from error
    for part, message in _ZIP_PARTS:
        if any(member.startswith(part) for member in names):
            raise FileRejected(message, name=name)
    if any(member.startswith("xl/") for member in names):
        return Kind.WORKBOOK
    raise FileRejected(_ARCHIVE, name=name)


def require_table_text(text: str, name: str) -> None:
    """Refuse text that is no table: blank, binary under a lucky decoding, a web page or XML.

    Raises:
        FileRejected: with what it is and what to do.
    """
    head = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if not head and not text.strip("\ufeff \t\r\n"):
        raise FileRejected(N_("The file {name} holds no text. Export it again, then upload it."), name=name)
    if head.startswith(("<!doctype", "<html", "<?xml", "<svg", "<table")):
        raise FileRejected(_WEB_PAGE, name=name)
    sample = text[:65_536]
    strange = sum(
        1 for letter in sample if letter == "\ufffd" or (letter < " " and letter not in "\t\n\x0b\x0c\r\x1a\x1b")
    )
    if strange > max(8, len(sample) // 50):
        raise FileRejected(_BINARY, name=name)
