"""The typefaces of documents, and what stands in where one lacks a letter.

The instances in ``fonts/`` are cut from the app's own web fonts (SIL Open Font License 1.1), with a narrow no-break
space added for French; DejaVu Sans (Bitstream Vera licence) stands in for Greek, Cyrillic, arrows and signs.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

FONTS: Final = Path(__file__).parent / "fonts"
SERIF: Final = "Newsreader"
SERIF_ITALIC: Final = "Newsreader-Italic"
SANS: Final = "HankenGrotesk"
SANS_BOLD: Final = "HankenGrotesk-SemiBold"
FALLBACK: Final = "DejaVuSans"
FILES: Final = {
    SERIF: "newsreader.ttf",
    SERIF_ITALIC: "newsreader-italic.ttf",
    SANS: "hanken-grotesk.ttf",
    SANS_BOLD: "hanken-grotesk-semibold.ttf",
    FALLBACK: "dejavu-sans.ttf",
}
NO_LETTER: Final = "\ufffd"


@cache
def register() -> None:
    """Make the typefaces known to reportlab, once per process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    pdfmetrics.registerFontFamily(SERIF, SERIF, SERIF, SERIF_ITALIC, SERIF_ITALIC)
    pdfmetrics.registerFontFamily(SANS, SANS, SANS_BOLD, SANS, SANS_BOLD)


@cache
def letters(face: str) -> frozenset[int]:
    """The code points that a typeface has."""
    from reportlab.pdfbase import pdfmetrics

    register()
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


def markup(text: str, face: str) -> str:
    """Plain text as reportlab's markup: escaped, each run of letters that ``face`` lacks in the fallback.

    Line ends become breaks; a letter that no typeface has becomes U+FFFD, so that it is seen to be missing.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<br/>".join(_line(line, face) for line in lines)


def _line(line: str, face: str) -> str:
    runs = groupby(line.replace("\t", " "), key=lambda letter: _face(letter, face))
    return "".join(_run("".join(part), found, face) for found, part in runs)


def _face(letter: str, face: str) -> str:
    code = ord(letter)
    return face if code in letters(face) else FALLBACK if code in letters(FALLBACK) else ""


def _run(text: str, found: str, face: str) -> str:
    if found == face:
        return escape(text)
    shown = text if found else NO_LETTER * len(text)
    return f'<font name="{FALLBACK}">{escape(shown)}</font>'
