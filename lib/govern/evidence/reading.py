"""A run's inputs and output as lines of text: to print them, and to see where two runs differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

DEEPEST = 40  # levels of nesting; what lies deeper is printed as JSON


def lines(value: Any) -> list[str]:
    """Each value on a line of its own behind its path: 'product.materials.0: wool'. Texts keep their line ends."""
    return list(_lines(value, "", 0))


def _lines(value: Any, path: str, depth: int) -> Iterator[str]:
    if depth < DEEPEST and isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _lines(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif depth < DEEPEST and isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from _lines(inner, f"{path}.{at}" if path else str(at), depth + 1)
    else:
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        yield f"{path}: {said}" if path else said


def text(value: Any) -> str:
    """All lines of a value; an empty text where there is none."""
    return "" if value in (None, {}, []) else "\n".join(lines(value))
