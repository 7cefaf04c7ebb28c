"""The texts of an output or of inputs, with their dotted paths, for checks that read every kind of output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

# Fields that no reader reads: identifiers, places of pictures, names of kinds.
UNREAD = frozenset(
    [
        "id",
        "ids",
        "sku",
        "slug",
        "kind",
        "language",
        "reference",
        "url",
        "href",
        "path",
        "image",
        "images",
        "picture",
        "seed",
        "product_id",
        "customer_id",
        "colour_hex",
        "hex",
        "engine",
        "version",
        "currency",
        "intent",
        "status",
        "svg",
        "png",
    ]
)


def texts_of(value: Any, path: str = "", every: bool = False) -> Iterator[tuple[str, str]]:
    """Every text in ``value`` (a model, a dict, a list or a text) as (path, text).

    Fields that nobody reads are left out, unless ``every`` one is wanted: an engine reads them all.
    """
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if every or name not in UNREAD:
                yield from texts_of(inner, f"{path}.{name}" if path else str(name), every)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from texts_of(inner, f"{path}.{place}" if path else str(place), every)


def given_text(inputs: Any) -> str:
    """All texts of the inputs in one, each on its line."""
    return "\n".join(text for _path, text in texts_of(inputs))
