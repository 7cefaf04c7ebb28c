"""Sizes as houses write them: a list ('36 38 40', '36-38-40'), a range ('36 à 42', 'XS-XL') or one size.

A range is kept as it is written: which sizes lie between its ends is the house's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lib.commerce.product_descriptions.values import list_from
from lib.vocabulary.matching import bare

_SIZE = r"[A-Za-z0-9]{1,4}(?:[.,]5)?"
_RUN = re.compile(rf"{_SIZE}(?:\s*[-–]\s*{_SIZE}){{2,}}")
_WORDS = r"(?:(?:du|de|from|sizes?|tailles?|pointures?|[A-Z]{2})\s+)*"
_RANGE = re.compile(rf"(?i){_WORDS}t?({_SIZE})(?:\s*[-–—]\s*|\s+(?:à|au|a|to)\s+)(?:la\s+)?t?({_SIZE})")
_ONE = ("one size", "taille unique", "tu", "os", "u")


def sizes_from(cell: str) -> tuple[str, ...]:
    """The sizes of a cell; a range stays one entry."""
    sizes = list_from(cell)
    if len(sizes) != 1:
        return sizes
    if _RUN.fullmatch(sizes[0]):
        return tuple(part.strip() for part in re.split("[-–]", sizes[0]))
    if _RANGE.fullmatch(sizes[0]):
        return sizes
    parts = re.split("[ ,/]", sizes[0])
    return tuple(parts) if all(1 <= len(part) <= 4 for part in parts) else sizes


def size_ends(sizes: Sequence[str]) -> tuple[str, str]:
    """The first and the last size: of a list, or of a range; ('', '') for one size or what can't be read."""
    listed = [size for given in sizes if given.strip() for size in sizes_from(given.strip())]
    if bare(" ".join(listed)) in _ONE:
        return "", ""
    if len(listed) > 1:
        return listed[0], listed[-1]
    match = _RANGE.fullmatch(listed[0]) if listed else None
    return (match[1], match[2]) if match else ("", "")
