"""A house with what was learned from it, once per process for the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from lib.commerce.personalised_storefront.choosing import Choice, choose
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.ranker import Ranker, learn
from lib.commerce.personalised_storefront.storefront import House, house_of

MOST = 3
_lock = Lock()


@dataclass(frozen=True)
class Learned:
    """Everything that pages are made from."""

    house: House
    ranker: Ranker
    choice: Choice


_kept: dict[str, Learned] = {}


def learned_of(tables: Tables, key: str) -> Learned:
    """Clean, choose the method, learn. ``key`` names the tables: the same key gives what was learned before.

    Raises:
        InputError: see ``cleaning.clean``.
    """
    with _lock:
        found = _kept.get(key)
        if found is not None:
            return found
        house = house_of(tables)
        choice = choose(house.agreed, len(house.who), house.line, house.sales, house.today)
        ranker = learn(
            house.agreed, len(house.who), house.line, house.sales, house.today, choice.method, choice.penalty
        )
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)))
        _kept[key] = Learned(house, ranker, choice)
        return _kept[key]
