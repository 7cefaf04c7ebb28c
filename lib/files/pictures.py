"""Pictures that people bring: looked at by their head, decoded, made plain sRGB pixels, and nothing else.

What a file says beside its pixels (place, camera, owner) is dropped, but for the lens's focal length; its orientation
and colour profile are applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from lib.files.picture_limits import check_weight, opened
from lib.files.tables import Notice
from lib.files.vector_pictures import is_vector, rasterised
from lib.i18n import N_

if TYPE_CHECKING:
    from PIL.Image import Image as Decoded

#: The kinds of file that an uploader offers.
SUFFIXES: Final = ("png", "jpg", "jpeg", "webp", "gif", "tif", "tiff", "svg")
#: What a file is, by Pillow's name. An MPO is what phones make of two shots: a JPEG with a second one behind it.
KINDS: Final = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "WEBP": "webp", "GIF": "gif", "TIFF": "tiff"}
JPEG_QUALITY: Final = 92

EXIF: Final = 0x8769  # the block of an Exif header that tells of the shot
CROPPED: Final = 0.03  # of the sides' proportion, beyond which the picture is a part of what the lens saw

ANIMATED = N_("The file is animated or has several pages: only its first picture is used.")
PROFILE_UNREAD = N_("The picture’s colour profile can’t be read: its colours may look a little different.")
PRINT_COLOURS = N_("The picture is in print colours (CMYK). They were converted for the screen.")


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as pixels.

    Attributes:
        pixels: sRGB, shape (h, w, 3), upright. Where the file is transparent it lies on white paper.
        alpha: shape (h, w), 0 where the file is transparent; None where it is opaque throughout.
        kind: of the file: 'png', 'jpeg', 'webp', 'gif', 'tiff' or 'svg'.
        original_size: upright width and height in the file, in pixels.
        notes: what a person should know of how it was read.
        film: focal length as for 35 mm film, in millimetres, where the file says it and the picture wasn't cropped.
    """

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    kind: str
    original_size: tuple[int, int]
    notes: tuple[Notice, ...] = ()
    film: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of ``pixels``."""
        return self.pixels.shape[1], self.pixels.shape[0]


def read_picture(data: bytes, *, longest_side: int | None = None) -> Picture:
    """The picture in ``data``, at most ``longest_side`` pixels long where that is given.

    Its size is read from its head: a picture that is too large is refused before it fills the memory. An SVG is drawn
    at ``longest_side``, or at 2048 pixels.

    Raises:
        InputError: it is no picture, damaged, too large, or an SVG that holds a script or refers to something outside.
    """
    check_weight(data)
    if is_vector(data):
        drawn, size = rasterised(data, longest_side)
        with opened(drawn) as found:
            return _picture(found, "svg", size, None)
    with opened(data) as found:
        size = _upright_size(found)
        return _picture(found, KINDS[str(found.format)], size, longest_side)


def written(
    pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None = None, kind: str = "png", quality: int = JPEG_QUALITY
) -> bytes:
    """Pixels as a file without any metadata.

    Args:
        pixels: sRGB, shape (h, w, 3), or grey, shape (h, w).
        alpha: shape (h, w); a JPEG has none, so there it is left out.
        kind: 'png', 'jpeg' or 'webp'.
        quality: of a JPEG or WebP, 1 to 100.
    """
    from PIL import Image as pictures

    if alpha is not None and kind != "jpeg":
        pixels = np.dstack([pixels, alpha])
    file = BytesIO()
    # A third of the time that Pillow's own level takes, for one hundredth more bytes.
    options = {"compress_level": 4} if kind == "png" else {"quality": quality}
    pictures.fromarray(np.ascontiguousarray(pixels)).save(file, kind.upper(), **options)
    return file.getvalue()


def _upright_size(found: Decoded) -> tuple[int, int]:
    turned = found.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (found.height, found.width) if turned else (found.width, found.height)


def _film(found: Decoded, size: tuple[int, int]) -> float | None:
    """Exif's focal length for 35 mm film; None where it isn't told or the picture is a part of the shot."""
    said = found.getexif().get_ifd(EXIF)
    film, *sides = (_count(said.get(tag)) for tag in (0xA405, 0xA002, 0xA003))
    if not 8 <= film <= 800:
        return None
    if all(sides) and abs(max(sides) / min(sides) / (max(size) / min(size)) - 1) > CROPPED:
        return None
    return float(film)


def _count(value: object) -> int:
    """A whole number of an Exif field, 0 where there is none; what a file says there may be anything."""
    return value if isinstance(value, int) and value > 0 else 0


def _picture(found: Decoded, kind: str, size: tuple[int, int], longest_side: int | None) -> Picture:
    from PIL import ImageOps

    notes: list[Notice] = []
    film = _film(found, size)
    if found.format != "MPO" and getattr(found, "n_frames", 1) > 1:
        notes.append(Notice(ANIMATED))
        found.seek(0)
    if longest_side:
        found.draft("RGB", (longest_side, longest_side))  # lets JPEG decode at a smaller size
    profile = found.info.get("icc_profile")
    upright = ImageOps.exif_transpose(found)
    alpha = _alpha(upright)
    colours = _screen_colours(_opaque(upright), profile, notes)
    if longest_side:
        colours.thumbnail((longest_side, longest_side))
        if alpha is not None:
            alpha = alpha.resize(colours.size)
    return Picture(*_on_paper(colours, alpha), kind, size, tuple(notes), film)


def _alpha(picture: Decoded) -> Decoded | None:
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        return picture.convert("RGBA").getchannel("A")
    return None


def _opaque(picture: Decoded) -> Decoded:
    """The colours alone, in a mode that a colour profile can be for: grey, RGB or CMYK."""
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return _eight_bits(picture)
    if picture.mode in ("1", "LA", "La"):
        return picture.convert("L")
    if picture.mode in ("P", "PA"):
        return picture.convert("RGBA").convert("RGB")  # a palette with transparent entries can't go straight to RGB
    return picture.convert("RGB")


def _eight_bits(picture: Decoded) -> Decoded:
    """Grey with more bits than a screen shows: 16-bit scans by their upper byte, others stretched to what they hold."""
    from PIL import Image as pictures

    values = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    low, high = (0.0, 65535.0) if values.min() >= 0 and 255 < values.max() <= 65535 else (values.min(), values.max())
    scaled = (values - low) / max(high - low, 1e-12) * 255
    return pictures.fromarray(scaled.round().clip(0, 255).astype(np.uint8))


def _screen_colours(picture: Decoded, profile: bytes | None, notes: list[Notice]) -> Decoded:
    """The picture in sRGB: through its own profile where it has one, else by the plain formula."""
    if picture.mode == "CMYK":
        notes.append(Notice(PRINT_COLOURS))
    converted = _through_profile(picture, profile) if profile else None
    if profile and converted is None:
        notes.append(Notice(PROFILE_UNREAD))
    return converted or picture.convert("RGB")


def _through_profile(picture: Decoded, profile: bytes) -> Decoded | None:
    """The picture through its colour profile, None where the profile is broken or for another kind of colours."""
    from PIL import ImageCms

    try:
        own = ImageCms.getOpenProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _on_paper(colours: Decoded, alpha: Decoded | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    pixels = np.array(colours.convert("RGB"), dtype=np.uint8)
    if alpha is None:
        return pixels, None
    cover = np.array(alpha, dtype=np.uint8)
    if cover.min() == 255:
        return pixels, None
    share = cover[..., None].astype(np.float32) / 255
    return (pixels * share + 255 * (1 - share)).round().astype(np.uint8), cover
