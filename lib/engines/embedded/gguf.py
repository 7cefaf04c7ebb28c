"""Looking at a GGUF file before it is loaded: is it one, is it whole, is it the one that was meant.

The format: ggml's ``docs/gguf.md`` (ggml-org, version 3). Only the header is read, a few megabytes at most.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lib.errors import EngineNotConfigured
from lib.i18n import N_

MAGIC = b"GGUF"
VERSIONS = (2, 3)
LARGEST = 1_000_000  # tensors, keys and list entries in a header; more is a broken file
LONGEST_TEXT = 10_000_000
FIXED = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
TEXT, LIST = 8, 9
# ggml type: (values in a block, bytes of a block). An unknown type only makes the size check weaker.
BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
}  # fmt: skip

MISSING = N_("The model file of {engine} is not there: {file}. Correct 'path' in secrets.toml.")
NO_GGUF = N_("The model file of {engine}, {file}, is not a GGUF file. Name one that is in secrets.toml.")
CUT_SHORT = N_(
    "The model file of {engine}, {file}, is cut short: it has {size} bytes and needs at least {needed}. Copy or "
    "download it again."
)
NO_CHECKSUM = N_(
    "The model file of {engine} has no checksum in secrets.toml. If the file is the one you mean, write "
    'sha256 = "{found}" beside its path.'
)
OTHER_FILE = N_(
    "The model file of {engine}, {file}, is not the one that secrets.toml names: its checksum begins with {found}, not "
    "with {wanted}. Copy or download it again, or correct 'sha256'."
)


@dataclass(frozen=True)
class ModelFile:
    """A file that has been looked at. ``sha256`` is its real checksum."""

    path: Path
    sha256: str


def examine(path: Path, sha256: str, title: str) -> ModelFile:
    """The model file at ``path``, when it is whole and has the checksum that its owner wrote down.

    Raises:
        EngineNotConfigured: it is missing, no GGUF file, cut short, or another file.
    """
    try:
        status = path.stat()
        with path.open("rb") as file:
            needed = _needed(file)
        found = _digest(path, status.st_size, status.st_mtime_ns)
    except OSError:
        raise EngineNotConfigured(MISSING, engine=title, file=path.name or "?") from None
    except (ValueError, struct.error, UnicodeDecodeError):
        raise EngineNotConfigured(NO_GGUF, engine=title, file=path.name) from None
    if needed > status.st_size:
        raise EngineNotConfigured(CUT_SHORT, engine=title, file=path.name, size=status.st_size, needed=needed)
    if not sha256:
        raise EngineNotConfigured(NO_CHECKSUM, engine=title, found=found)
    if sha256.strip().lower() != found:
        wanted = sha256.strip()[:12]
        raise EngineNotConfigured(OTHER_FILE, engine=title, file=path.name, found=found[:12], wanted=wanted)
    return ModelFile(path, found)


@lru_cache(maxsize=32)
def _digest(path: Path, size: int, changed: int) -> str:
    """The file's SHA-256; read once for as long as its size and time of change stay as they are."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _needed(file: BinaryIO) -> int:
    """How many bytes the file must have for all its tensors. A header that ends early needs more than there is.

    Raises:
        ValueError, struct.error: it is no GGUF file of a known version.
    """
    if file.read(4) != MAGIC:
        raise ValueError("no GGUF")
    try:
        return _extent(file)
    except EOFError:
        return file.seek(0, 2) + 1


def _extent(file: BinaryIO) -> int:
    version, tensors, keys = _number(file, "I"), _number(file, "Q"), _number(file, "Q")
    if version not in VERSIONS or max(tensors, keys) > LARGEST:
        raise ValueError("unknown version")
    alignment = 32
    for _key in range(keys):
        name = _text(file)
        value = _value(file, _number(file, "I"))
        if name == b"general.alignment" and isinstance(value, int):
            alignment = max(1, value)
    ends = [_tensor_end(file) for _tensor in range(tensors)]
    start = -(-file.tell() // alignment) * alignment
    return start + max(ends) if ends else file.tell()


def _tensor_end(file: BinaryIO) -> int:
    _text(file)
    values = 1
    for _dimension in range(min(_number(file, "I"), 8)):
        values *= _number(file, "Q")
    in_block, bytes_of_block = BLOCKS.get(_number(file, "I"), (1, 0))
    return _number(file, "Q") + -(-values // in_block) * bytes_of_block


def _value(file: BinaryIO, kind: int) -> object:
    if kind == TEXT:
        return _text(file)
    if kind != LIST:
        return _number(file, FIXED[kind] if kind in FIXED else _unknown(kind))
    inner, length = _number(file, "I"), _number(file, "Q")
    if length > LARGEST:
        raise ValueError("too long a list")
    if inner in FIXED:
        _bytes(file, length * struct.calcsize(FIXED[inner]))
        return None
    for _place in range(length):
        _value(file, inner)
    return None


def _unknown(kind: int) -> str:
    raise ValueError(f"unknown type {kind}")


def _number(file: BinaryIO, form: str) -> int:
    found: int = struct.unpack(f"<{form}", _bytes(file, struct.calcsize(form)))[0]
    return found


def _text(file: BinaryIO) -> bytes:
    length = _number(file, "Q")
    if length > LONGEST_TEXT:
        raise ValueError("too long a text")
    return _bytes(file, length)


def _bytes(file: BinaryIO, count: int) -> bytes:
    found = file.read(count)
    if len(found) < count:
        raise EOFError
    return found
