"""What reaches the demo house's client service: contacts per half hour and channel over eight weeks, invented."""

from __future__ import annotations

import random
from datetime import date, timedelta

FIRST, DAYS = date(2026, 9, 6), 56
LAUNCH, BROKEN = date(2026, 10, 8), date(2026, 9, 23)
# channel: contacts of a common day, seconds of handling, first and last half hour (number from midnight), days off
CHANNELS = {
    "chat": (150, 430, 18, 40, (6,)),
    "e-mail": (120, 610, 14, 46, ()),
    "text": (70, 240, 16, 42, ()),
    "social": (55, 290, 16, 46, ()),
}
WEEK = (1.28, 1.12, 1.02, 0.98, 1.0, 0.86, 0.62)  # Monday to Sunday


def arrival_rows(seed: int) -> list[dict[str, str]]:
    """One row per half hour in which a channel is open; a few are missing, and one day's counter broke."""
    draw = random.Random(seed)
    rows = []
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        mood = draw.gammavariate(25, 1 / 25)  # what raises or lowers a whole day
        for channel in CHANNELS:
            rows += _day(draw, day, channel, mood)
    kept = [row for row in rows if draw.random() >= 0.006]
    return [_broken(row) if row["day"] == BROKEN.isoformat() else row for row in kept]


def _day(draw: random.Random, day: date, channel: str, mood: float) -> list[dict[str, str]]:
    daily, seconds, first, last, off = CHANNELS[channel]
    if day.weekday() in off:
        return []
    shape = [_shape(channel, half / 2) for half in range(first, last)]
    scale = daily * WEEK[day.weekday()] * mood * _event(day) / sum(shape)
    rows = []
    for half, share in zip(range(first, last), shape, strict=True):
        launch = 2.4 if day == LAUNCH and 20 <= half < 28 else 1.0
        count = _poisson(draw, scale * share * launch * draw.gammavariate(8, 1 / 8))
        handled = [draw.lognormvariate(0, 0.65) * seconds / 1.235 for _ in range(count)]
        rows.append(
            {
                "day": day.isoformat(), "start": f"{half // 2:02d}:{half % 2 * 30:02d}", "channel": channel,
                "contacts": str(count), "handling_s": f"{sum(handled) / count:.0f}" if count else "",
            }
        )  # fmt: skip
    return rows


def _shape(channel: str, hour: float) -> float:
    """The day's two humps, at eleven and in the evening; the evening one is higher where people write from home."""
    evening = {"chat": 0.6, "e-mail": 0.7, "text": 0.9, "social": 1.3}[channel]
    morning = 2.718 ** (-(((hour - 11) / 2.6) ** 2))
    return float(0.25 + morning + evening * 2.718 ** (-(((hour - 18.5) / 2.2) ** 2)))


def _event(day: date) -> float:
    """The launch, the days after it when parcels arrive, and the slow growth towards the winter."""
    after = (day - LAUNCH).days
    peak = {0: 1.9, 1: 1.6, 2: 1.35, 4: 1.3, 5: 1.35, 6: 1.25, 7: 1.15}.get(after, 1.0)
    return peak * (1 + 0.0025 * (day - FIRST).days)


def _poisson(draw: random.Random, mean: float) -> int:
    limit, product, count = float(2.718281828459045 ** -min(mean, 600)), 1.0, -1
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def _broken(row: dict[str, str]) -> dict[str, str]:
    """From eleven to four nothing was counted; when the counter came back it wrote the backlog into one half hour."""
    if "11:00" <= row["start"] < "16:00":
        return row | {"contacts": "0", "handling_s": ""}
    return row | {"contacts": str(int(row["contacts"]) + 60)} if row["start"] == "16:00" else row
