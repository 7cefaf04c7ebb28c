"""Cells of a house's table read as values: numbers, dates, lists and compositions, in French and in English writing."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re

from lib.commerce.product_descriptions.model import Material
from lib.files.cells import NO_DATE, NO_NUMBER, SHOWN, BadValue
from lib.files.values import plain_letters, read_currency, read_date, read_number
from lib.i18n import N_

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_OTHER = re.compile(r"%|\d\s*e[+-]?\d", re.I)  # what a price or a count is never written with
_TAX = re.compile(r"\s*(ttc|ht)\s*$", re.I)


def plain(text: str) -> str:
    """Lower case, without accents, spaces joined: for comparing names, never for showing."""
    return SPACES.sub(" ", plain_letters(text)).strip()


def number_from(cell: str) -> float:
    """A number as people write it: '1 250,00 €', '1,250.00', '1.250,00', "1'250", '149.90 € TTC'.

    A single comma or point before exactly three digits separates thousands: prices and counts have no three decimals.

    Raises:
        BadValue: words, several numbers, or a number below zero.
    """
    value = None if _OTHER.search(cell) else read_number(_TAX.sub("", cell))
    if value is None:
        raise BadValue(NO_NUMBER, cell=cell[:SHOWN])
    if value < 0:
        raise BadValue(N_("“{cell}” is out of range. A number of zero or more is expected."), cell=cell[:SHOWN])
    return value


def integer_from(cell: str) -> int:
    """A whole number; '1 250', '1,250' and '1250.0' are 1250.

    Raises:
        BadValue: it is not a number, or not a whole one.
    """
    value = number_from(cell)
    if value != int(value):
        raise BadValue(N_("“{cell}” is not a whole number."), cell=cell[:80])
    return int(value)


def currency_from(cell: str) -> str:
    """The ISO code of the currency that a price carries, or '' where it carries none."""
    return read_currency(cell) or ""


def date_from(cell: str) -> dt.date:
    """A date as ``read_date`` reads it.

    Raises:
        BadValue: no date can be read.
    """
    found = read_date(cell)
    if found is None:
        raise BadValue(NO_DATE, cell=cell[:SHOWN])
    return found


def list_from(cell: str) -> tuple[str, ...]:
    """The items of a list: split at line ends, ';', '|' or ' / ' where there are any, else at commas; or from JSON."""
    text = cell.strip()
    if text.startswith("["):
        try:
            loaded = json.loads(text)
        except (ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, list):
            return tuple(str(item).strip() for item in loaded if str(item).strip())
    strong = r"[\n;|]|\s/\s"
    pattern = strong if re.search(strong, text) else r",(?!\d)"
    return tuple(item for part in re.split(pattern, text) if (item := SPACES.sub(" ", part).strip(" •·")))


def pairs_from(cell: str) -> dict[str, str]:
    """Named attributes: 'encolure : V ; manches : longues', one a line, or a JSON object."""
    text = cell.strip()
    if text.startswith("{"):
        try:
            loaded = json.loads(text)
        except (ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, dict):
            return {str(key).strip(): str(value).strip() for key, value in loaded.items() if str(value or "").strip()}
    found: dict[str, str] = {}
    for part in re.split(r"[\n;|]", text) if re.search(r"[\n;|]", text) else text.split(","):
        key, mark, value = part.partition(":" if ":" in part else "=")
        if mark and key.strip() and value.strip():
            found[SPACES.sub(" ", key).strip()] = SPACES.sub(" ", value).strip()
    return found


_SHARE = r"(\d{1,3}(?:[.,]\d+)?)\s*%"
_LABEL = re.compile(
    r"(?P<lining>doublure|lining|lined in)\b\s*:?|(?P<main>tissu principal|mati[èe]re principale|ext[ée]rieur"
    r"|outer(?: fabric)?|shell|main(?: fabric)?|tissu|dessus|upper)\s*:",
    re.IGNORECASE,
)


def composition_from(cell: str) -> tuple[tuple[Material, ...], tuple[Material, ...]]:
    """What a product is made of: (main fabric, lining).

    Reads '92% wool, 8% cashmere', '92 % laine vierge - 8 % cachemire', 'wool 92 % / cashmere 8 %', 'calfskin' and
    labelled parts ('Outer: 100% wool. Lining: 100% cupro').

    Raises:
        BadValue: the shares of one part add up to more than 100%.
    """
    parts: dict[str, list[str]] = {"main": [], "lining": []}
    place, start = "main", 0
    for match in _LABEL.finditer(cell):
        parts[place].append(cell[start : match.start()])
        place, start = ("lining" if match["lining"] else "main"), match.end()
    parts[place].append(cell[start:])
    return _materials(" ; ".join(parts["main"])), _materials(" ; ".join(parts["lining"]))


def _materials(text: str) -> tuple[Material, ...]:
    """The materials of one part, in the order given."""
    text = SPACES.sub(" ", text)
    separators = r"\s*(?:[;|/+\n]|,(?!\d)|(?<!\d),| [-–—] | & |\.(?=\s|$))\s*"
    found: list[Material] = []
    for part in re.split(separators, text):
        for piece in _pieces(part):
            if material := _material(piece):
                found.append(material)
    total = sum(material.share or 0 for material in found)
    if total > 1.011:
        raise BadValue(
            N_("The shares of “{cell}” add up to {total}%. Correct the composition."),
            cell=text.strip()[:80],
            total=round(100 * total),
        )
    return tuple(found)


def _pieces(part: str) -> list[str]:
    """One piece a material: '92% wool 8% cashmere' has two, 'wool 92% cashmere 8%' too, 'silk and cotton' as well."""
    shares = list(re.finditer(_SHARE, part))
    if not shares:
        return re.split(r"\s+(?:and|et)\s+", part)
    if len(shares) == 1:
        return [part]
    leading = not part[: shares[0].start()].strip()
    starts, ends = [share.start() for share in shares], [share.end() for share in shares]
    cuts = [*starts, len(part)] if leading else [0, *ends]
    return [re.sub(r"^\s*(?:and|et)\s+|\s+(?:and|et)\s*$", "", part[a:b]) for a, b in itertools.pairwise(cuts)]


def _material(piece: str) -> Material | None:
    """One material with its share, or None for an empty piece."""
    share = re.search(_SHARE, piece)
    name = piece[: share.start()] + piece[share.end() :] if share else piece
    name = re.sub(r"^(?:de |d['’]|of |in |en )", "", name.strip()).strip(" .:,()-–")
    if not name:
        return None
    value = float(share[1].replace(",", ".")) / 100 if share else None
    if value is not None and value > 1:
        raise BadValue(N_("“{cell}” is more than 100%. Correct the composition."), cell=piece.strip()[:80])
    return Material(name=name, share=value)
