"""SVG's elements, the tiles that fill them, and the PNG that an SVG becomes."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_

Pixels = NDArray[np.uint8]
OVERLAP = 2


@dataclass(frozen=True, eq=False)
class Tile:
    """A seamless picture of a fabric: (h, w, 3) uint8, and how many cm it is wide."""

    pixels: Pixels
    width_cm: float
    _uri: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or not self.pixels.size or self.width_cm <= 0:
            raise InputError(N_("A fabric’s picture needs height, width and three colours. Choose another fabric."))

    @property
    def height_cm(self) -> float:
        """Its height at the same scale."""
        return float(self.width_cm * self.pixels.shape[0] / self.pixels.shape[1])

    def uri(self) -> str:
        """The picture, ``OVERLAP`` pixels repeated around it against gaps between tiles, as a PNG inside the SVG."""
        if not self._uri:
            around = np.pad(self.pixels, ((OVERLAP, OVERLAP), (OVERLAP, OVERLAP), (0, 0)), mode="wrap")
            self._uri.append("data:image/png;base64," + base64.b64encode(_png(around)).decode("ascii"))
        return self._uri[0]

    def box(self) -> tuple[float, float, float, float]:
        """Where ``uri``'s picture lies so that the tile itself starts at 0, 0: x, y, width, height in cm."""
        pixel = self.width_cm / self.pixels.shape[1]
        more = 2 * OVERLAP * pixel
        return -OVERLAP * pixel, -OVERLAP * pixel, self.width_cm + more, self.height_cm + more

    def at(self, pixels_per_cm: float) -> Tile:
        """The tile for a picture of that resolution: averaged down, so that threads don't flicker; never enlarged."""
        from PIL import Image

        height, width = (max(2, round(cm * pixels_per_cm)) for cm in (self.height_cm, self.width_cm))
        if width >= self.pixels.shape[1] or height >= self.pixels.shape[0]:
            return self
        small = Image.fromarray(np.ascontiguousarray(self.pixels)).resize((width, height), Image.Resampling.BOX)
        return Tile(np.asarray(small), self.width_cm)

    def mean(self) -> str:
        """Its mean colour as '#rrggbb'."""
        red, green, blue = (round(float(value)) for value in self.pixels.reshape(-1, 3).mean(axis=0))
        return f"#{red:02x}{green:02x}{blue:02x}"


Fill = str | Tile


def element(tag: str, attributes: Mapping[str, str | float], *children: str) -> str:
    """One SVG element; attribute values are escaped, children are markup already."""
    text = "".join(f" {name}={quoteattr(_text(value))}" for name, value in attributes.items())
    return f"<{tag}{text}>{''.join(children)}</{tag}>" if children else f"<{tag}{text}/>"


def title(text: str) -> str:
    """A title element, which a drawing tool and a screen reader show as the name."""
    return f"<title>{escape(text)}</title>"


def png(svg: str, width: int) -> bytes:
    """The SVG as a PNG of ``width`` pixels, on white. No font of the machine and no file is read.

    Raises:
        InputError: the width is not between 16 and 8192 pixels, or the SVG isn't one.
    """
    import resvg_py

    if not 16 <= width <= 8192:
        raise InputError(N_("A picture can be 16 to 8192 pixels wide. Choose a width in between."))
    try:
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, width=width, dpi=96, background="#ffffff", skip_system_fonts=True)
        )
    except ValueError as error:
        raise InputError(N_("This drawing isn’t a readable SVG. Save it again as plain SVG, then retry.")) from error


def _png(pixels: Pixels) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG")
    return file.getvalue()


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A number as short as a tenth of a millimetre allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"
