"""Length of a field: each limit is data, with its reason in its message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

Unit = Literal["characters", "graphemes", "words", "items", "sms_segments"]

# The default alphabet of short messages and what it takes two places for (3GPP TS 23.038).
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

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
        start = overflow(value, limit.unit, limit.most) if isinstance(value, str) else None
        end = len(value) if start is not None else None
        return [Finding(path, verdict, limit.too_long, values, start, end, kind="length")]
    if limit.least is not None and length < limit.least:
        values = {"length": length, "least": limit.least}
        return [Finding(path, Verdict.NOTE, limit.too_short, values, kind="length")]
    return []


def measure(value: str | list[str], unit: Unit) -> int:
    """``value`` in ``unit``: characters (code points, spaces included), graphemes (what a reader counts as one sign, by
    Unicode's annex 29), words (that hold a letter or a figure), segments of a short message, or items of a list (1 for
    a text).
    """
    if unit == "items":
        return len(value) if isinstance(value, list) else 1
    text = value if isinstance(value, str) else "\n".join(value)
    if unit == "sms_segments":
        return segments(text)
    return len(text) if unit == "characters" else len(_starts(text, unit))


def overflow(text: str, unit: Unit, most: int) -> int | None:
    """Where what is past the limit begins, in characters; None where the unit has no place in a text."""
    if unit == "items":
        return None
    if unit == "sms_segments":
        return _past_segments(text, most)
    start = most if unit == "characters" else _starts(text, unit)[most]
    return start + len(text[start:]) - len(text[start:].lstrip()) if text[start:].strip() else start


def _starts(text: str, unit: Unit) -> list[int]:
    """The place at which each grapheme, or each word, begins."""
    if unit == "graphemes":
        import regex

        return [match.start() for match in regex.finditer(r"\X", text)]
    return [match.start() for match in re.finditer(r"\S+", text) if any(char.isalnum() for char in match[0])]


def segments(text: str) -> int:
    """How many segments a short message takes (3GPP TS 23.038 and 23.040): one of 160 signs, or several of 153, in the
    GSM alphabet; one of 70 or several of 67 UTF-16 units as soon as one sign isn't in it. An empty one takes none.
    """
    costs, single, joined = _costs(text)
    if not costs:
        return 0
    return 1 if sum(costs) <= single else 1 + len(_breaks(costs, joined))


def _costs(text: str) -> tuple[list[int], int, int]:
    if all(char in GSM or char in GSM_EXTENDED for char in text):
        return [2 if char in GSM_EXTENDED else 1 for char in text], 160, 153
    return [2 if ord(char) > 0xFFFF else 1 for char in text], 70, 67


def _breaks(costs: list[int], room: int) -> list[int]:
    """Where each segment after the first begins; no sign is parted."""
    found: list[int] = []
    left = room
    for place, cost in enumerate(costs):
        if cost > left:
            found.append(place)
            left = room
        left -= cost
    return found


def _past_segments(text: str, most: int) -> int:
    costs, single, joined = _costs(text)
    if most > 1:
        return _breaks(costs, joined)[most - 1]
    used = 0
    for place, cost in enumerate(costs):
        used += cost
        if used > single:
            return place
    return len(text)
