"""The demo house's tables, and a line's fitted parts, kept per process for data that are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

from pydantic import BaseModel

from lib.files.kept import open_sample
from lib.merchandising.product_ideation.columns import CODE_COLUMNS, PAST_COLUMNS
from lib.merchandising.product_ideation.conformal import learned_reach
from lib.merchandising.product_ideation.data import codes_from, styles_from
from lib.merchandising.product_ideation.line import PastLine, past_line, refuse
from lib.merchandising.product_ideation.model import Code, Style
from lib.merchandising.product_ideation.pooling import Pooled, fit, margins, sold_odds
from lib.settings import ROOT

FOLDER = ROOT / "sample_data"
LINE, HOUSE, PARTNER = FOLDER / "past_line.csv", FOLDER / "house_codes.csv", FOLDER / "partner_codes.csv"
HOUSE_NAME, PARTNER_NAME = "Maison Solène", "Atelier Terrane"  # a pottery, invented like the house
_fitted: dict[str, tuple[Pooled, Pooled | None]] = {}
_reaches: dict[str, dict[str, float]] = {}
_lock = Lock()
MOST_FITTED = 4
MOST_STYLES = 900  # fitted at once: the time grows with the cube; of a longer line the latest seasons are taken


@lru_cache(maxsize=2)
def _styles(modified: int) -> tuple[Style, ...]:
    return open_sample(LINE, PAST_COLUMNS, styles_from).items


def sample_styles() -> tuple[Style, ...]:
    """The demo house's past line."""
    return _styles(LINE.stat().st_mtime_ns)


def sample_codes(partner: bool = False) -> tuple[Code, ...]:
    """The demo house's codes, or those of the invented house that it could work with."""
    return open_sample(PARTNER if partner else HOUSE, CODE_COLUMNS, codes_from).items


def fingerprint(items: Sequence[BaseModel]) -> str:
    """The hash of what is learned from."""
    digest = hashlib.sha256()
    for item in items:
        digest.update(item.model_dump_json().encode())
    return digest.hexdigest()[:24]


def latest(styles: Sequence[Style], most: int = MOST_STYLES) -> tuple[Sequence[Style], int]:
    """The styles of the latest seasons, ``most`` at most, and how many earlier ones are left out."""
    if len(styles) <= most:
        return styles, 0
    order = sorted(range(len(styles)), key=lambda at: (styles[at].season, -at), reverse=True)[:most]
    return tuple(styles[at] for at in sorted(order)), len(styles) - most


def fitted(styles: Sequence[Style]) -> tuple[PastLine, Pooled, Pooled | None]:
    """The line with its sell-through and margin fitted; the same styles are fitted once per process.

    Raises:
        TooFewRows, InputError: nothing can be learned from them; see ``line.refuse``.
    """
    styles, _earlier = latest(styles)
    key = fingerprint(styles)
    with _lock:
        found = _fitted.get(key)
    if found is None:
        line = past_line(styles)
        refuse(line)
        known = sum(style.margin is not None for style in line.styles)
        margin = fit(line, *margins(line)) if known >= 0.5 * len(line.styles) else None
        found = (fit(line, *sold_odds(line)), margin)
        with _lock:
            while len(_fitted) >= MOST_FITTED:
                _fitted.pop(next(iter(_fitted)))
            _fitted[key] = found
    return found[0].line, found[0], found[1]


def reaches(line: PastLine, margin: Pooled | None, cancelled: Callable[[], bool] = lambda: False) -> dict[str, float]:
    """How far the intervals of one style reach, by goal; the same line is looked at once per process.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    key = fingerprint(line.styles)
    with _lock:
        found = _reaches.get(key)
    if found is None:
        found = {"sell": learned_reach(line, sold_odds, cancelled)}
        if margin is not None:
            found["margin"] = learned_reach(line, margins, cancelled)
        with _lock:
            while len(_reaches) >= MOST_FITTED:
                _reaches.pop(next(iter(_reaches)))
            _reaches[key] = found
    return found
