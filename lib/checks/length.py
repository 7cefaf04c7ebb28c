"""Length of a field: each limit is data, with its reason in its message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

Unit = Literal["characters", "words", "items"]

EMPTY = N_("This field is empty. Write it, or generate again.")


@dataclass(frozen=True)
class Limit:
    """A field's length on one channel ('' for all channels without a limit of their own in the same unit).

    ``too_long`` and ``too_short`` are English message ids that name the limit, its reason and what to do; they may hold
    {length}, {most}, {least} and {excess}. ``hard``: past ``most`` the channel cuts or refuses the text, a FAIL;
    otherwise it is advice, a WARN. Too short is a NOTE.
    """

    field: str
    channel: str = ""
    most: int | None = None
    too_long: str = ""
    least: int | None = None
    too_short: str = ""
    unit: Unit = "characters"
    hard: bool = False


def limits_for(field: str, channel: str, limits: Iterable[Limit]) -> list[Limit]:
    """The limits of ``field`` on ``channel``: those named for the channel replace general ones in the same unit."""
    own = [limit for limit in limits if limit.field == field]
    named = [limit for limit in own if limit.channel == channel]
    units = {limit.unit for limit in named}
    return named + [limit for limit in own if not limit.channel and limit.unit not in units]


def length_findings(value: str | list[str], path: str, limits: Iterable[Limit]) -> list[Finding]:
    """``value`` against each limit. A text past its limit is marked from the limit to its end: what would be lost."""
    if not (value.strip() if isinstance(value, str) else value):
        return [Finding(path, Verdict.FAIL, EMPTY, kind="length")]
    return [finding for limit in limits for finding in _against(value, limit, path)]


def _against(value: str | list[str], limit: Limit, path: str) -> list[Finding]:
    length = measure(value, limit.unit)
    if limit.most is not None and length > limit.most:
        values = {"length": length, "most": limit.most, "excess": length - limit.most}
        verdict = Verdict.FAIL if limit.hard else Verdict.WARN
        start = limit.most if limit.unit == "characters" and isinstance(value, str) else None
        end = len(value) if start is not None else None
        return [Finding(path, verdict, limit.too_long, values, start, end, kind="length")]
    if limit.least is not None and length < limit.least:
        values = {"length": length, "least": limit.least}
        return [Finding(path, Verdict.NOTE, limit.too_short, values, kind="length")]
    return []


def measure(value: str | list[str], unit: Unit) -> int:
    """Characters as a shop counts them (spaces included), words, or items of a list (1 for a text)."""
    if unit == "items":
        return len(value) if isinstance(value, list) else 1
    text = value if isinstance(value, str) else "\n".join(value)
    return len(text) if unit == "characters" else len(text.split())
