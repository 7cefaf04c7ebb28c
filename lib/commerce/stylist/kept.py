"""What was read of a large file, as a file of its run: written once by the worker, read back by the page."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import asdict
from typing import Any

from lib.commerce.stylist.model import LeftOut, Opinion, Said
from lib.commerce.stylist.reading_all import Read

NAME, MEDIA_TYPE = "reading.json.gz", "application/gzip"


def packed(read: Read) -> bytes:
    """All opinions as compressed JSON."""
    rows = {
        "said": {key: [_row(one) for one in found] for key, found in read.said.items()},
        "left_out": {key: [[one.sentence, one.why] for one in found] for key, found in read.left_out.items()},
        "languages": dict(read.languages),
        "closed": read.closed,
    }
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)


def unpacked(content: bytes) -> Read:
    """The opinions from ``packed``."""
    rows = json.loads(gzip.decompress(content))
    return Read(
        {key: tuple(_said(key, one) for one in found) for key, found in rows["said"].items()},
        {key: tuple(LeftOut(key, *one) for one in found) for key, found in rows["left_out"].items()},
        rows["languages"],
        rows["closed"],
    )


def _row(one: Said) -> list[Any]:
    day = one.written_on.isoformat() if one.written_on else ""
    return [list(asdict(one.opinion).values()), one.sentence, one.source, day, one.sku, one.language]


def _said(comment: str, row: list[Any]) -> Said:
    opinion, sentence, source, day, sku, language = row
    when = dt.date.fromisoformat(day) if day else None
    return Said(Opinion(*opinion), comment, sentence, source, when, sku, language)
