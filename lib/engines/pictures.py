"""Pictures on their way to a model: looked at before they are decoded, made small, and stripped of what they tell."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from lib.engines.text.model import Image
from lib.errors import InputError
from lib.i18n import N_, number
from lib.settings import settings

if TYPE_CHECKING:
    from PIL.Image import Image as Decoded

LONGEST_SIDE = 1568  # pixels; providers scale larger ones down themselves and charge for them
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
JPEG_QUALITY = 88

NO_PICTURE = N_("This file is not a picture that can be read. Choose a PNG, JPEG, WebP or GIF file.")
TOO_LARGE = N_(
    "This picture has {megapixels} megapixels, and {most} are the most that are taken. Scale it down, then choose it "
    "again."
)


def prepare(data: bytes, longest_side: int = LONGEST_SIDE) -> Image:
    """The picture as it is sent: upright, at most ``longest_side`` pixels long, without metadata such as the place.

    Its size is read from its head: a picture that is too large is refused before it fills the memory.

    Raises:
        InputError: it is no picture, broken, or has more pixels than the settings allow.
    """
    from PIL import Image as pictures
    from PIL import ImageOps, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pictures.DecompressionBombWarning)  # our own limit is the stricter one
        try:
            with pictures.open(BytesIO(data), formats=FORMATS) as found:
                _check_size(found.width * found.height)
                found.draft("RGB", (longest_side, longest_side))  # lets JPEG decode at a smaller size
                upright = ImageOps.exif_transpose(found)
                upright.thumbnail((longest_side, longest_side))
                return _written(upright)
        except pictures.DecompressionBombError:
            raise InputError(TOO_LARGE, megapixels="178+", most=_mega(settings().max_pixels)) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            raise InputError(NO_PICTURE) from None


def _check_size(pixels: int) -> None:
    most = settings().max_pixels
    if pixels > most:
        raise InputError(TOO_LARGE, megapixels=_mega(pixels), most=_mega(most))


def _mega(pixels: int) -> str:
    return number(pixels / 1e6)


def _written(picture: Decoded) -> Image:
    """As PNG where it has transparent parts or few colours, else as JPEG."""
    file = BytesIO()
    if picture.mode in ("RGBA", "LA", "P", "PA", "1", "L"):
        picture = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "PA", "P") else "L")
        _bare(picture).save(file, "PNG")
        return Image(file.getvalue(), "image/png")
    _bare(picture.convert("RGB")).save(file, "JPEG", quality=JPEG_QUALITY)
    return Image(file.getvalue(), "image/jpeg")


def _bare(picture: Decoded) -> Decoded:
    """The pixels alone."""
    picture.info.clear()
    return picture
