"""How firmly a step stands: always in when nothing competes, now and then when its rival may be worth more."""

from __future__ import annotations

import pytest

from lib.decide.model import Band
from lib.decide.roadmap.firmness import firmness
from lib.decide.roadmap.model import Capacity, Step
from lib.errors import Cancelled

ONE = Capacity(("Q1",), {"data": (1.0,)}, (0.0,))
RIVALS = [Step(name, name, value, 1, {"data": 1.0}) for name, value in (("a", 2.0), ("b", 1.8))]


def test_of_two_rivals_with_ranges_that_overlap_either_is_planned_now_and_then() -> None:
    close = {"a": Band(2.0, 1.0, 3.0), "b": Band(1.8, 0.8, 2.8)}
    found = firmness(RIVALS, ONE, close, draws=25, seconds=60)
    assert found["draws"] == 25
    assert found["in"]["a"] + found["in"]["b"] == 25
    assert found["in"]["a"] > found["in"]["b"] > 0


def test_without_ranges_the_plan_is_always_the_same() -> None:
    sure = {"a": Band(2.0, 2.0, 2.0), "b": Band(1.8, 1.8, 1.8)}
    assert firmness(RIVALS, ONE, sure, draws=5, seconds=60)["in"] == {"a": 5, "b": 0}


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        firmness(RIVALS, ONE, {"a": Band(2, 2, 2), "b": Band(1, 1, 1)}, watch=lambda share: False)
