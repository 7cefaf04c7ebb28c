"""From bytes to text: which encoding a file was written in, told from its bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from lib.errors import FileRejected
from lib.files.tables import Notice
from lib.i18n import N_

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850")
# What stands outside ASCII in texts of Western Europe, with the punctuation that Word and Excel put in by themselves.
_LOWER = set("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿß")
_UPPER = {letter.upper() for letter in _LOWER - {"ß"}}
_SIGNS = set("«»‹›“”‘’–—…•·°€£¥§©®™½¼¾²³±×÷µ¿¡ªº\u00a0\u202f")
_SAMPLE_LINES = 2_000
_ACCENTED_LINE = re.compile(rb"[^\n]{0,200}[\x80-\xff][^\n]{0,200}")
_CERTAIN = 0.9


@dataclass(frozen=True)
class Decoded:
    """A file's text, without its byte order mark, and how it was found."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


def decode(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of ``content``: by its byte order mark, else as UTF-8, UTF-16, or the likeliest 8-bit encoding.

    Raises:
        FileRejected: the bytes are no text, or not in the ``encoding`` that was asked for.
    """
    if encoding is not None:
        return Decoded(_strictly(content, encoding, name).removeprefix("\ufeff"), encoding)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return Decoded(_strictly(content[len(mark) :], marked, name), marked)
    if b"\x00" in content:
        return _without_mark(content, name)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _eight_bits(content, name)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRejected(
            N_("{name} can’t be read as {encoding}. Choose another encoding, or save the file as “CSV UTF-8”."),
            name=name,
            encoding=encoding,
        ) from error
    if "\x00" in text:
        raise _null_bytes(name)
    return text


def _null_bytes(name: str) -> FileRejected:
    return FileRejected(
        N_(
            "{name} holds null bytes: it is damaged or no text. Open it in a spreadsheet, save it as “CSV "
            "UTF-8”, then upload that."
        ),
        name=name,
    )


def _without_mark(content: bytes, name: str) -> Decoded:
    """UTF-16 without its mark: ASCII letters leave a null byte at every second place, and the place tells the order."""
    encoding = "utf-16-le" if content[1::2].count(0) >= content[0::2].count(0) else "utf-16-be"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _null_bytes(name) from error
    sample = text[:20_000]
    odd = sum(1 for letter in sample if letter == "\x00" or unicodedata.category(letter) in ("Cn", "Co"))
    if "\x00" in text or odd * 50 > len(sample):
        raise _null_bytes(name)
    return Decoded(text, encoding)


def _eight_bits(content: bytes, name: str) -> Decoded:
    """Windows, ISO, Macintosh or DOS: the one in which the bytes over 127 are letters that Western Europe writes."""
    scored = sorted(((_westernness(content, each), -at, each) for at, each in enumerate(ENCODINGS[3:])), reverse=True)
    share, _order, encoding = scored[0]
    if share < _CERTAIN and (guess := _guessed(content)):
        return Decoded(content.decode(guess), guess, (_uncertain(guess),))
    warnings = () if share >= _CERTAIN else (_uncertain(encoding),)
    return Decoded(_strictly(content, encoding, name), encoding, warnings)


def _uncertain(encoding: str) -> Notice:
    return Notice(
        N_("The encoding {encoding} is a guess. Check the accents below; if they are wrong, choose another encoding."),
        {"encoding": encoding},
    )


def _westernness(content: bytes, encoding: str) -> float:
    """How far the characters outside ASCII stand as Western texts have them, from 0 to 1; -1 where it doesn't decode.

    Under a wrong encoding capitals turn up within words ('ÇtÇ' for 'été') and accented letters side by side.
    """
    sample = b"\n".join(match[0] for match in islice(_ACCENTED_LINE.finditer(content), _SAMPLE_LINES))
    try:
        content.decode(encoding)
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    points = 0.0
    count = 0
    before = ""
    for letter in text:
        if letter > "\x7f":
            count += 1
            points += _plausible(before, letter)
        before = letter
    return points / max(count, 1)


def _plausible(before: str, letter: str) -> float:
    if letter in _SIGNS:
        return 1.0
    crowded = before in _LOWER or before in _UPPER
    if letter in _LOWER:
        return 0.5 if crowded else 1.0
    if letter in _UPPER:
        return 0.0 if before.islower() or crowded else 1.0
    return 0.0


def _guessed(content: bytes) -> str | None:
    """charset-normalizer's opinion, for what isn't Western European; None where it has none that holds throughout."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    if best is None:
        return None
    try:
        content.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return str(best.encoding)
