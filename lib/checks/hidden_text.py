"""What a text holds that a reader doesn't see: hidden markup, characters without a shape, words in another coding."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

TAGS = re.compile(r"[\U000E0020-\U000E007F]{4,}")
FLAG_OPENS = "\U0001f3f4"  # a flag of England or Scotland is an emoji with tag characters behind it
ZERO_WIDTH = re.compile(r"[\u200b\u200c\u200d\u2060-\u2064\ufeff\u180e\u00ad]{5,}|(?:[\u200b\u2060\ufeff]\w?){8,}")
SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000E0100-\U000E01EF]{4,}")
BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069][^\n\u202c\u2069]{3,200}")
UNSEEN_STYLE = (
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*(?:0(?:\.0\d*)?|\.0\d*)(?![.\d])|"
    r"font-size\s*:\s*(?:0|1px|0?\.\d+(?:px|em|rem|pt))(?![.\d])|font\s*:\s*0|color\s*:\s*transparent|"
    r"(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%|"
    r"(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|['\"])|transform\s*:\s*scale\(\s*0\s*\)|z-index\s*:\s*-\d|"
    r"color\s*:\s*(?:white|snow|#f[c-f]{2}\b|#(?:f[c-f]){3}\b|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d|rgba\([^)]*,\s*0?\.?0\d?\s*\))(?![^>]*background)|"
    r"line-height\s*:\s*0|letter-spacing\s*:\s*-|mso-hide\s*:\s*all|content-visibility\s*:\s*hidden"
)
HIDDEN_ELEMENT = re.compile(
    rf"<(?P<tag>[a-z][a-z0-9]*)\b(?=[^>]*(?:style\s*=\s*(?:\"[^\">]*|'[^'>]*)(?:{UNSEEN_STYLE})|\shidden(?=[\s>=])))[^>]*>"
    r"(?P<inside>.{0,4000}?)</(?P=tag)\s*>",
    re.I | re.S,
)
COMMENT = re.compile(r"<!--(?P<inside>.{3,4000}?)-->|/\*(?P<inner>.{3,2000}?)\*/", re.S)
UNSHOWN = re.compile(
    r"<(?P<tag>template|noscript|script|meta|style)\b[^>]*>(?P<inside>.{0,4000}?)</(?P=tag)\s*>", re.I | re.S
)
FONT = re.compile(
    r"<font\b[^>]*(?:size\s*=\s*[\"']?0|color\s*=\s*[\"']?(?:white|#fff(?:fff)?))[^>]*>(?P<inside>.{0,4000}?)</font\s*>",
    re.I | re.S,
)
MARKDOWN_COMMENT = re.compile(r"^\[(?://|comment|_|#)\]:\s*(?:#|<>)\s*[(\"'](?P<inside>[^\n]{3,2000})[)\"']", re.M)
UNSEEN_FIELD = re.compile(
    r"<input\b(?=[^>]*type\s*=\s*[\"']?hidden)[^>]*value\s*=\s*[\"'](?P<inside>[^\"'>]*\s[^\"'>]*)[\"'][^>]*>", re.I
)
BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/=])")
HEXED = re.compile(
    r"(?<![\w])(?:0x)?(?:[0-9a-fA-F]{2}[\s:]?){12,}(?!\w)|(?:\\x[0-9a-fA-F]{2}){8,}|(?:\\u00[0-9a-fA-F]{2}){8,}"
)
PERCENT = re.compile(r"(?<![\w%])[\w.]{0,40}(?:%[0-9a-fA-F]{2}[\w.]{0,40}){4,400}")
ENTITIES = re.compile(r"(?:&#(?:x[0-9a-fA-F]{1,5}|\d{1,6});[\w ]?){6,}")
SPACED = re.compile(r"(?<!\w)(?:\w[ ._*|-]{1,2}){11,}\w(?!\w)")
REVERSED_OR_ROTATED = re.compile(r"[a-zA-Z][a-zA-Z' ]{14,400}[a-zA-Z]")
TELLING = (
    "ignore",
    "instruct",
    "prompt",
    "reveal",
    "previous",
    "disregard",
    "oublie",
    "consigne",
    "system",
    "password",
)
ROTATED = tuple(codecs.encode(word, "rot13") for word in TELLING)
READABLE = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Unseen:
    """A passage that isn't seen as it reads: offsets in the text, and what it says to a machine.

    ``coded`` tells words in another coding from hidden ones.
    """

    start: int
    end: int
    says: str
    coded: bool


def unseen(text: str) -> Iterator[Unseen]:
    """Hidden markup, invisible characters and coded words, in no order; a comment or a rotated text is given as well.

    What is given may be harmless: whoever asks looks at ``says``.
    """
    for pattern in (HIDDEN_ELEMENT, COMMENT, UNSHOWN, FONT, MARKDOWN_COMMENT, UNSEEN_FIELD):
        if pattern is COMMENT and "-->" not in text and "*/" not in text:
            continue  # an opening without its end would be looked for again and again
        for match in pattern.finditer(text):
            says = match.groupdict().get("inside") or match.groupdict().get("inner") or ""
            yield Unseen(match.start(), match.end(), html.unescape(re.sub(r"<[^>]*>", " ", says)).strip(), False)
    yield from _invisible(text)
    yield from coded(text)


def _invisible(text: str) -> Iterator[Unseen]:
    if text.isascii():
        return
    for match in TAGS.finditer(text):
        if text[max(0, match.start() - 1) : match.start()] != FLAG_OPENS:
            yield Unseen(*match.span(), "".join(chr(ord(char) - 0xE0000) for char in match[0]).strip("\x7f"), False)
    for pattern in (ZERO_WIDTH, SELECTORS):
        for match in pattern.finditer(text):
            yield Unseen(*match.span(), "", False)
    for match in BIDI.finditer(text):
        yield Unseen(*match.span(), match[0][1:][::-1], True)


def coded(text: str) -> Iterator[Unseen]:
    """Base64, hexadecimal, percent signs, character references and spaced letters that read as words when decoded."""
    for match in BASE64.finditer(text):
        said = _base64(match[0])
        if said:
            yield Unseen(*match.span(), said, True)
    for match in HEXED.finditer(text):
        said = _readable(_hex(match[0]))
        if said:
            yield Unseen(*match.span(), said, True)
    for match in PERCENT.finditer(text):
        yield Unseen(*match.span(), urllib.parse.unquote(match[0]), True)
    for match in ENTITIES.finditer(text):
        yield Unseen(*match.span(), html.unescape(match[0]), True)
    for match in SPACED.finditer(text):
        yield Unseen(*match.span(), re.sub(r"\W|_", "", match[0]), True)


def turned(text: str) -> Iterator[Unseen]:
    """Each run of plain letters as rot13 and back to front, where a telling word stands in it so."""
    lower = text.lower()
    rotated = any(word in lower for word in ROTATED)
    reversed_ = any(word[::-1] in lower for word in TELLING)
    if not (rotated or reversed_):
        return
    for match in REVERSED_OR_ROTATED.finditer(text):
        if rotated:
            yield Unseen(*match.span(), codecs.decode(match[0], "rot13"), True)
        if reversed_:
            yield Unseen(*match.span(), match[0][::-1], True)


def _base64(token: str) -> str:
    plain = token.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return _readable(base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True))
    except (binascii.Error, ValueError):
        return ""


def _hex(token: str) -> bytes:
    digits = re.sub(r"\\x|\\u00|0x|[\s:]", "", token)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _readable(data: bytes) -> str:
    """The decoded text where it is one: UTF-8, printable, at least two words."""
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    printable = sum(char.isprintable() or char in "\n\r\t" for char in said)
    return said if printable == len(said) and len(READABLE.findall(said)) >= 2 else ""
