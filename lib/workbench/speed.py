"""Speed against price: what the last tests say, as points and as a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.engines.prices import rate
from lib.engines.registry import BUILT_IN
from lib.i18n import _, number, translate
from lib.workbench.engine_list import Connected
from lib.workbench.engine_test import EngineTest


@dataclass(frozen=True)
class Point:
    """One tested model: tokens per second, and the price of a million written tokens in one currency."""

    engine: str
    title: str
    speed: float
    price: float


def points(engines: Sequence[Connected], tests: Mapping[str, EngineTest], currency: str) -> tuple[Point, ...]:
    """The models that answered their last test and whose price is known, the cheapest first.

    The built-in engine is left out: it hands over a whole draft and writes no tokens one after another.
    """
    found = []
    for engine in engines:
        test = tests.get(engine.info.name)
        speed = test.tokens_per_second if test and test.error is None else None
        factor = rate(engine.price.currency, currency) if engine.price else None
        if engine.info.name == BUILT_IN or speed is None or engine.price is None:
            continue
        price = 0.0 if engine.price.output == 0 else engine.price.output * factor if factor is not None else None
        if price is not None:
            found.append(Point(engine.info.name, translate(engine.info.title), speed, price))
    return tuple(sorted(found, key=lambda point: (point.price, -point.speed)))


def finding(found: Sequence[Point]) -> str:
    """What the points say, in one sentence; ``found`` isn't empty and has the cheapest first."""
    fastest = max(found, key=lambda point: point.speed)
    speed = number(fastest.speed, 0 if fastest.speed >= 10 else 1)
    if len(found) == 1:
        return _("{name} writes {speed} tokens a second", name=fastest.title, speed=speed)
    cheapest = [point for point in found if point.price == found[0].price]
    if fastest in cheapest:
        return _(
            "{name} is the fastest ({speed} tokens a second), and none is cheaper", name=fastest.title, speed=speed
        )
    return _(
        "{name} is the fastest ({speed} tokens a second), {cheap} the cheapest",
        name=fastest.title,
        speed=speed,
        cheap=cheapest[0].title,
    )
