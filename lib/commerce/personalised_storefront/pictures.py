"""A product's picture: the one that comes with the product where it was drawn by exactly this code, else drawn now.

Drawing takes a fifth of a second each. The demo house's are drawn once, by ``make analyses``, so that its page stands
at once.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lib.commerce.personalised_storefront import drawing
from lib.commerce.personalised_storefront.model import Product

SHIPPED = Path(__file__).with_name("pictures.zip")
MOST = 3_000  # pictures that a process keeps
DRAWN_BY = ("drawing.py", "drawing.toml", "../../atelier/words.py")
_STAMP = (2026, 1, 1, 0, 0, 0)  # of every file in the archive: the same pictures make the same archive


@cache
def drawn_by() -> str:
    """The hash of what decides how a product is drawn."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in DRAWN_BY)).hexdigest()[:12]


def key_of(product: Product) -> str:
    """The hash of what a product's picture shows."""
    told = product.model_dump(include={"name", "category", "colour", "attributes", "details", "materials"})
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:20]


_drawn: dict[str, bytes] = {}


def picture(product: Product) -> bytes:
    """The product as WebP of ``drawing.SIZE``."""
    key = key_of(product)
    found = shipped().get(key) or _drawn.get(key)
    if found is None:
        found = _drawn[key] = drawing.picture(product)
        if len(_drawn) > MOST:
            _drawn.pop(next(iter(_drawn)), None)
    return found


def is_ready(product: Product) -> bool:
    """Whether the picture needs no drawing."""
    key = key_of(product)
    return key in shipped() or key in _drawn


@cache
def shipped(path: Path = SHIPPED) -> dict[str, bytes]:
    """Pictures by key; none where another code has drawn them."""
    if not path.is_file():
        return {}
    with zipfile.ZipFile(path) as archive:
        if archive.comment.decode() != drawn_by():
            return {}
        return {name: archive.read(name) for name in archive.namelist()}


def draw_all(products: Iterable[Product], path: Path = SHIPPED) -> int:
    """Draw what isn't there yet and write the archive; how many pictures it holds."""
    before = shipped(path)
    made = {key_of(one): before.get(key_of(one)) or drawing.picture(one) for one in products}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.comment = drawn_by().encode()
        for name in sorted(made):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), made[name])
    shipped.cache_clear()
    return len(made)
