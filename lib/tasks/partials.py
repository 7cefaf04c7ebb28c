"""Typed partial outputs: what of an unfinished JSON answer already validates, field by field.

Successive results only grow: a field that has come stays, a text is only ever added to. So a page can draw each one
over the last.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json

# A number at the very end may go on: '12' may become '125'.
NUMBER_AT_END = re.compile(r"[-+.\deE]+$")
SEQUENCES: dict[Any, Callable[[Any], Any]] = {list: list, tuple: tuple}


class PartialReader:
    """Reads one growing answer as the partial form of ``output``."""

    def __init__(self, output: type[BaseModel]) -> None:
        self._output = output
        self._last: dict[str, Any] = {}

    def read(self, text: str) -> dict[str, Any]:
        """The fields that validate so far, by field name; nested models as dictionaries, likewise partial."""
        start = text.find("{")
        if start < 0:
            return self._last
        body = text[start:]
        try:
            growing = from_json(body, allow_partial="trailing-strings")
            settled = from_json(NUMBER_AT_END.sub("", body), allow_partial=True)
        except ValueError:
            return self._last
        if isinstance(growing, dict) and isinstance(settled, dict):
            self._last = _model(self._output, growing, settled, self._last)
        return self._last


class _Missing:
    """No value yet."""


MISSING = _Missing()


def _model(
    model: type[BaseModel], growing: dict[str, Any], settled: dict[str, Any], last: dict[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.validation_alias if isinstance(field.validation_alias, str) else name
        key = key if key in growing else name
        before = last.get(name, MISSING)
        value = MISSING
        if key in growing:
            kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            value = _value(kind, growing[key], settled.get(key, MISSING), before)
        if value is MISSING:
            value = before
        if value is not MISSING:
            found[name] = value
    return found


def _value(kind: Any, growing: Any, settled: Any, before: Any) -> Any:
    """One value as far as it validates. ``settled`` is what no longer changes, ``growing`` includes an open text."""
    bare, origin = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, BaseModel) and isinstance(growing, dict):
        inner = settled if isinstance(settled, dict) else {}
        return _model(bare, growing, inner, before if isinstance(before, dict) else {})
    if origin in SEQUENCES and isinstance(growing, list) and _item(bare) is not None:
        return _items(_item(bare), growing, settled, before)
    if origin in (Union, types.UnionType) and isinstance(growing, dict | list):
        return _member(bare, growing, settled, before)
    open_text = isinstance(growing, str) and (
        bare is str or (origin in (Union, types.UnionType) and str in get_args(bare))
    )
    return _checked(kind, growing if open_text else settled)


def _items(kind: Any, growing: list[Any], settled: Any, before: Any) -> list[Any]:
    done = settled if isinstance(settled, list) else []
    past = before if isinstance(before, list) else []
    found = []
    for place, value in enumerate(growing):
        item = _value(
            kind, value, done[place] if place < len(done) else MISSING, past[place] if place < len(past) else MISSING
        )
        item = past[place] if item is MISSING and place < len(past) else item
        if item is MISSING:
            break
        found.append(item)
    return found if len(found) >= len(past) else past


def _member(kind: Any, growing: Any, settled: Any, before: Any) -> Any:
    """A model or a list inside a union, when one member alone can hold it; otherwise only a whole value counts."""
    able = [part for part in get_args(kind) if _holds(part, growing)]
    return _value(able[0], growing, settled, before) if len(able) == 1 else MISSING


def _holds(kind: Any, growing: Any) -> bool:
    bare, origin = _bare(kind)
    if isinstance(growing, dict):
        return isinstance(bare, type) and issubclass(bare, BaseModel)
    return origin in SEQUENCES


def _checked(kind: Any, value: Any) -> Any:
    if value is MISSING:
        return MISSING
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError:
        return MISSING


def _bare(kind: Any) -> tuple[Any, Any]:
    """The type without its annotations, and its origin: list for list[int]."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind, get_origin(kind)


def _item(kind: Any) -> Any:
    """The type of the items of list[X] or tuple[X, ...], else None."""
    arguments = get_args(kind)
    return arguments[0] if len(arguments) == 1 or (len(arguments) == 2 and arguments[1] is ...) else None


@cache
def _cached(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _adapter(kind: Any) -> TypeAdapter[Any]:
    try:
        return _cached(kind)
    except TypeError:  # an annotation that has no hash, such as one holding a list
        return TypeAdapter(kind)
