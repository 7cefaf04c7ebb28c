"""Partial outputs: for every prefix of every answer, typed and only growing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from lib.tasks.partials import PartialReader
from tests.tasks.greeting import Greeting, Tone


class Price(BaseModel):
    amount: float
    currency: Literal["EUR", "USD"]


class Garment(BaseModel):
    name: str = Field(max_length=40)
    pieces: int
    tone: Tone
    day: dt.date | None = None
    prices: tuple[Price, ...] = ()
    tags: list[str] = []
    best: Price | None = None
    note: str | None = None
    shown_as: str = Field(default="", alias="shown")


prices = st.builds(
    Price, amount=st.floats(allow_nan=False, allow_infinity=False), currency=st.sampled_from(["EUR", "USD"])
)
garments = st.builds(
    Garment,
    name=st.text(max_size=40),
    pieces=st.integers(-(10**12), 10**12),
    tone=st.sampled_from(Tone),
    day=st.none() | st.dates(),
    prices=st.lists(prices, max_size=3).map(tuple),
    tags=st.lists(st.text(), max_size=3),
    best=st.none() | prices,
    note=st.none() | st.text(),
    shown=st.text(),
)


def grows(before: Any, after: Any) -> bool:
    if isinstance(before, dict):
        return all(key in after and grows(value, after[key]) for key, value in before.items())
    if isinstance(before, list):
        return len(before) <= len(after) and all(grows(*pair) for pair in zip(before, after, strict=False))
    if isinstance(before, str) and not isinstance(before, Tone):
        return bool(after.startswith(before))
    return bool(before == after)


@given(garments, st.booleans(), st.sampled_from([None, 2]))
def test_every_prefix_is_typed_and_only_grows(garment: Garment, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(garment.model_dump(mode="json", by_alias=True), ensure_ascii=ascii_only, indent=indent)
    reader, last = PartialReader(Garment), {}
    for end in range(len(text) + 1):
        found = reader.read(text[:end])
        assert grows(last, found), (text[:end], last, found)
        assert isinstance(found.get("tone", Tone.WARM), Tone)
        assert isinstance(found.get("day") or dt.date.today(), dt.date)
        last = found
    whole = garment.model_dump()
    assert {**last, "prices": tuple(last["prices"])} == whole


@given(st.text())
def test_nonsense_gives_nothing_and_raises_nothing(text: str) -> None:
    assert isinstance(PartialReader(Greeting).read(text), dict)


def test_a_value_that_stops_fitting_stays_as_it_was() -> None:
    reader = PartialReader(Garment)
    assert reader.read('{"name": "' + "a" * 40) == {"name": "a" * 40}
    assert reader.read('{"name": "' + "a" * 41) == {"name": "a" * 40}


def test_a_number_counts_when_it_can_grow_no_more() -> None:
    reader = PartialReader(Garment)
    assert reader.read('{"pieces": 12') == {}
    assert reader.read('{"pieces": 125,') == {"pieces": 125}


def test_what_is_wrong_is_left_out_and_the_rest_kept() -> None:
    text = '{"pieces": "many", "tone": "rude", "name": "Coat", "prices": [{"amount": 5, "currency": "GBP"}]}'
    assert PartialReader(Garment).read(text) == {"name": "Coat", "prices": [{"amount": 5.0}]}
