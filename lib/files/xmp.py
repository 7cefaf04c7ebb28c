"""XMP packets put into files as bytes: the pixels and drawings beside them are not touched, let alone coded again.

Where each kind of file keeps its packet: Adobe, XMP Specification Part 3 (2020); WebP: RIFF container specification.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

PNG_BEGINS: Final = b"\x89PNG\r\n\x1a\n"
PNG_KEYWORD: Final = b"XML:com.adobe.xmp"
JPEG_NAME: Final = b"http://ns.adobe.com/xap/1.0/\0"
MOST_IN_JPEG: Final = 65_502  # bytes of a packet in one segment
XMP_FLAG, ALPHA_FLAG = 0x04, 0x10  # of a WebP's extended header
SVG_ID: Final = "provenance"

_SVG_OPENS = re.compile(r"<(?:[\w.-]+:)?svg\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_SVG_OWN = re.compile(rf'<metadata id="{SVG_ID}">.*?</metadata>\s*', re.DOTALL)


def with_packet(content: bytes, media_type: str, packet: str) -> bytes:
    """``content`` with ``packet`` as its XMP, in place of one that it had.

    Raises:
        ValueError: a kind of file that carries none here, or a file that is not of its kind.
    """
    if media_type not in _EMBEDDERS:
        raise ValueError(f"no XMP is put into {media_type}")
    return _EMBEDDERS[media_type](content, packet)


def _png(content: bytes, packet: str) -> bytes:
    if not content.startswith(PNG_BEGINS):
        raise ValueError("not a PNG")
    own = _png_chunk(b"iTXt", PNG_KEYWORD + b"\0\0\0\0\0" + packet.encode())
    parts = [PNG_BEGINS]
    for name, body in _png_chunks(content):
        if name == b"iTXt" and body.startswith(PNG_KEYWORD + b"\0"):
            continue
        parts.append(_png_chunk(name, body))
        if name == b"IHDR":
            parts.append(own)
    return b"".join(parts)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_BEGINS)
    while at + 12 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _jpeg(content: bytes, packet: str) -> bytes:
    if not content.startswith(b"\xff\xd8"):
        raise ValueError("not a JPEG")
    said = packet.encode()
    if len(said) > MOST_IN_JPEG:
        raise ValueError("the packet is too large for a JPEG")
    own = b"\xff\xe1" + struct.pack(">H", len(JPEG_NAME) + len(said) + 2) + JPEG_NAME + said
    before, kept, at = b"", [], 2
    while content[at : at + 1] == b"\xff" and 0xE0 <= content[at + 1] <= 0xEF:  # the application's segments come first
        (size,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + size]
        at += 2 + size
        if segment[1] == 0xE0 and not before:
            before = segment  # JFIF's own stands first
        elif not segment[4:].startswith(JPEG_NAME):
            kept.append(segment)
    return b"".join([b"\xff\xd8", before, own, *kept, content[at:]])


def _webp(content: bytes, packet: str) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("not a WebP")
    chunks = [(name, body) for name, body in _riff_chunks(content) if name != b"XMP "]
    head = bytearray(chunks.pop(0)[1] if chunks[0][0] == b"VP8X" else _extended_head(content))
    head[0] |= XMP_FLAG
    whole = [(b"VP8X", bytes(head)), *chunks, (b"XMP ", packet.encode())]
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for name, part in whole
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        (size,) = struct.unpack_from("<I", content, at + 4)
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _extended_head(content: bytes) -> bytes:
    """The header of an extended WebP, which a simple one lacks: flags, width and height less one in 24 bits each."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=("WEBP",)) as found:
        (width, height), transparent = found.size, found.mode == "RGBA"
    flags = ALPHA_FLAG if transparent else 0
    return bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def _svg(content: bytes, packet: str) -> bytes:
    text = _SVG_OWN.sub("", content.decode("utf-8-sig"))
    opened = _SVG_OPENS.search(text)
    if opened is None:
        raise ValueError("not an SVG")
    inner = re.sub(r"<\?xpacket.*?\?>\s*", "", packet, flags=re.DOTALL)  # the wrapper is for files that are no XML
    own = f'\n<metadata id="{SVG_ID}">{inner.strip()}</metadata>\n'
    start, tag, rest = text[: opened.start()], opened.group(), text[opened.end() :]
    if tag.endswith("/>"):
        name = tag[1:].split()[0].rstrip("/>")
        return f"{start}{tag[:-2].rstrip()}>{own}</{name}>{rest}".encode()
    return f"{start}{tag}{own}{rest}".encode()


def _pdf(content: bytes, packet: str) -> bytes:
    from pypdf import PdfWriter
    from pypdf.errors import PyPdfError

    try:
        # The file stays as it is; what is new is written behind it, as PDF allows.
        writer = PdfWriter(BytesIO(content), incremental=True)
        writer.xmp_metadata = packet.encode()
        file = BytesIO()
        writer.write(file)
    except PyPdfError as error:
        raise ValueError("not a PDF") from error
    return file.getvalue()


_EMBEDDERS: Final = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
    "image/svg+xml": _svg,
    "application/pdf": _pdf,
}
CARRIERS: Final = frozenset(_EMBEDDERS)
