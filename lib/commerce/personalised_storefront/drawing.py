"""A product's picture, drawn by the atelier from its attributes: garment, cloth, print and colour."""

from __future__ import annotations

import io
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours.names import find_name
from lib.atelier.words import COLOURS
from lib.commerce.personalised_storefront.model import Product

SIZE = (300, 380)  # pixels
MARGIN_CM = 5.0
MOST_PER_CM = 7.0
GROUND = (246, 243, 237)
UNKNOWN = "#B9B3A8"
_WORDS = tomllib.loads(Path(__file__).with_name("drawing.toml").read_text(encoding="utf-8"))
_BY_NAME = ("silhouette", "pleats", "belt", "handle")  # parts that a product's name may tell


def colour_hex(name: str) -> str:
    """A colour's value, '#RRGGBB'; a warm grey for one that nobody knows."""
    said = name.strip().casefold()
    found = str(_WORDS["colours"].get(said, "")) or COLOURS.get(said.replace(" ", "_"), "")
    found = found or (named.hex if (named := find_name(said)) else "")
    if found or " " not in said:
        return found or UNKNOWN
    return colour_hex(said.split()[-1])


def kind_of(product: Product) -> str:
    """The atelier's kind of garment; '' where no word of name or category names one."""
    for text in (product.name, product.category):
        for kind, pattern in _WORDS["kinds"]:
            if re.search(pattern, text.casefold()):
                return str(kind)
    return ""


def garment_of(product: Product) -> Any | None:
    """The garment that the atelier draws; a value that it doesn't know takes the kind's usual one."""
    from lib.atelier.garments import Garment, options

    kind = kind_of(product)
    if not kind:
        return None
    wanted: dict[str, Any] = {}
    for part, offered in options(kind).items():
        found = _part(product, part, offered)
        if found:
            wanted[part] = found
    return Garment(kind, **wanted).settled()


def _part(product: Product, part: str, offered: tuple[str, ...]) -> str:
    texts = [product.attributes.get(name, "") for name in _WORDS["read_of"].get(part, ())]
    if part in _BY_NAME:
        texts = [product.name, *texts, *product.details, product.attributes.get("fit", "")]
    for text in texts:
        for pattern, value in _WORDS["parts"].get(part, ()):
            if value in offered and text and re.search(pattern, text.casefold()):
                return str(value)
    return "none" if part in ("pleats", "belt") and "none" in offered else ""


def _cloth(product: Product) -> str:
    said = f"{product.attributes.get('fabric', '')} {' '.join(item.name for item in product.materials)}".casefold()
    if "cable" in product.attributes.get("pattern", "").casefold():
        return "cable_knit"
    return next((str(cloth) for pattern, cloth in _WORDS["cloths"] if re.search(pattern, said)), "plain_weave")


def picture(product: Product) -> bytes:
    """The product as WebP of ``SIZE``, in one scale for each kind of garment; an empty ground where none is known."""
    return _picture(
        product.model_dump_json(include={"name", "category", "colour", "attributes", "details", "materials"})
    )


@lru_cache(maxsize=1_000)
def _picture(content: str) -> bytes:
    from PIL import Image

    product = Product.model_validate_json(content[:-1] + ',"sku":"-"}')
    page = Image.new("RGB", SIZE, GROUND)
    garment = garment_of(product)
    if garment is not None:
        drawn = Image.fromarray(_drawn(product, garment))
        page.paste(drawn, ((SIZE[0] - drawn.width) // 2, (SIZE[1] - drawn.height) // 2), drawn)
    out = io.BytesIO()
    page.save(out, "WEBP", quality=82)
    return out.getvalue()


def _drawn(product: Product, garment: Any) -> NDArray[np.uint8]:
    """sRGB with alpha, (h, w, 4), at most ``SIZE``."""
    from lib.atelier.colours import Colour
    from lib.atelier.fabrics import Fabric
    from lib.atelier.garments import flat
    from lib.atelier.palettes import Palette
    from lib.atelier.rendering import render

    view = flat(garment).front
    left, top, right, bottom = view.bounds()
    per_cm = min(
        MOST_PER_CM, (SIZE[0] - 24) / (right - left + 2 * MARGIN_CM), (SIZE[1] - 24) / (bottom - top + 2 * MARGIN_CM)
    )
    if garment.kind in ("bag", "shoe"):
        per_cm = min((SIZE[0] - 40) / (right - left + 6), (SIZE[1] - 60) / (bottom - top + 6))
    main = Colour(colour_hex(product.colour))
    pattern = product.attributes.get("pattern", "").casefold()
    for words, printed, scale in _WORDS["prints"]:
        if pattern and re.search(words, pattern):
            other = Colour("#F5F0E6") if float(main.lab[0]) < 62 else Colour("#3C3A3C")
            return np.asarray(
                render(view, {"fabric": Fabric(printed, Palette((main, other)), scale or None)}, per_cm, seed=1)
            )
    return np.asarray(render(view, {"fabric": Fabric(_cloth(product), Palette((main,)))}, per_cm, seed=1))
