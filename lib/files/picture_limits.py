"""How large a picture may be, told by its head before anything is decoded; and what can't be a picture at all."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from lib.errors import FileRejected, InputError
from lib.i18n import N_, number
from lib.settings import settings

if TYPE_CHECKING:
    from PIL.Image import Image as Decoded

#: The decoders that are used.
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "TIFF")
_PHONES: Final = (b"ftypheic", b"ftypheix", b"ftypheif", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")

NO_PICTURE = N_("This file is not a picture that can be read. Choose a PNG, JPEG, WebP, GIF, TIFF or SVG file.")
PHONE_PICTURE = N_(
    "This is a HEIC or AVIF picture, which isn’t read here. Export it as JPEG from the phone or the computer, then "
    "choose it again."
)
PACKED = N_("This is a compressed file. Unpack it (an SVGZ: save it as a plain SVG), then choose the picture inside.")
BROKEN = N_(
    "This picture is damaged or cut off: it can’t be read to its end. Save it again from its source, or send it again, "
    "then choose it."
)
TOO_LARGE = N_(
    "This picture has {pixels} pixels, and {most} are the most that are taken. Scale it down, then choose it again."
)
TOO_HEAVY = N_("This file has {size} MB, and {most} MB are the most that are taken. Save the picture smaller.")
TOO_SMALL = N_("This picture has only {width} x {height} pixels: nothing can be seen in it. Choose a larger one.")


def check_weight(data: bytes) -> None:
    """Pass silently where ``data`` may be looked at.

    Raises:
        FileRejected: it is too large a file, or one of the kinds of which we can say how to get a picture from it.
    """
    most = settings().max_upload_bytes
    if len(data) > most:
        raise FileRejected(TOO_HEAVY, size=number(len(data) / 2**20), most=number(most / 2**20))
    if data[4:12] in _PHONES:
        raise FileRejected(PHONE_PICTURE)
    if data.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        raise FileRejected(PACKED)


def check_size(width: int, height: int) -> None:
    """Pass silently where a picture of so many pixels is taken.

    Raises:
        InputError: it has too many, or next to none.
    """
    most = settings().max_pixels
    if width * height > most:
        raise InputError(TOO_LARGE, pixels=number(width * height), most=number(most))
    if min(width, height) < 2:
        raise InputError(TOO_SMALL, width=width, height=height)


@contextmanager
def opened(data: bytes) -> Iterator[Decoded]:
    """The picture with its head read and its size checked; nothing is decoded yet.

    Raises:
        InputError: it is no picture or too large; also for what goes wrong while the block decodes it.
    """
    from PIL import Image as pictures
    from PIL import UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own limits are the stricter ones; odd metadata is dropped anyway
        try:
            with pictures.open(BytesIO(data), formats=FORMATS) as found:
                check_size(found.width, found.height)
                yield found
        except pictures.DecompressionBombError as bomb:
            raise InputError(TOO_LARGE, pixels=_counted(bomb), most=number(settings().max_pixels)) from None
        except UnidentifiedImageError:
            raise InputError(NO_PICTURE) from None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error):
            # What Pillow's decoders raise for broken files.
            raise InputError(BROKEN) from None


def _counted(bomb: Exception) -> str:
    """How many pixels a picture has that Pillow itself refuses at its head: the first number that it says."""
    found = re.search(r"\d+", str(bomb))
    return number(int(found.group())) if found else str(bomb)
