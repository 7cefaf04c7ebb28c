"""The demo house's two products, and what to begin with on a table of one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any

import numpy as np

from lib.errors import InputError
from lib.merchandising.beauty_formulation.model import (
    RESPONSES,
    Ingredient,
    Product,
    Target,
    Trial,
    product_of,
    target_of,
)
from lib.merchandising.beauty_formulation.planning import ENOUGH
from lib.merchandising.beauty_formulation.space import space_of
from lib.settings import ROOT

DATA = ROOT / "sample_data"
PRODUCTS = ("cream", "gel")
BATCH = 500.0  # grams


@dataclass(frozen=True)
class Settings:
    """What a person sets for a project beside the two tables."""

    product: Product = field(default_factory=Product)
    targets: tuple[Target, ...] = ()
    batch: float = BATCH  # grams of a trial
    ph: float | None = None
    claims: tuple[str, ...] = ()
    natural_claim: float = 95.0
    count: int = 4
    first: str = "space_filling"
    enough: float = ENOUGH

    def as_json(self) -> dict[str, Any]:
        """To be remembered."""
        return asdict(self)


def settings_of(stored: dict[str, Any]) -> Settings:
    """Settings that were remembered; what an older version kept and this one doesn't know is left out."""
    known = {one.name for one in fields(Settings)}
    targets = tuple(target_of(one) for one in stored["targets"])
    kept = {name: value for name, value in stored.items() if name in known}
    kept["product"] = product_of(stored.get("product", {}))
    return Settings(**{**kept, "targets": targets, "claims": tuple(stored.get("claims", ()))})


@cache
def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "beauty_targets.json").read_text(encoding="utf-8"))
    return found


def of_sample(product: str) -> Settings:
    """What the demo house wants of one of its products."""
    kept = _kept()[product]
    given = {one["key"]: target_of(one) for one in kept["targets"]}
    targets = tuple(given.get(one.key, Target(one.key)) for one in RESPONSES)
    return Settings(product_of(kept["product"]), targets, float(kept["batch"]), float(kept["ph"]))


def to_begin_with(ingredients: Sequence[Ingredient], trials: Sequence[Trial]) -> Settings:
    """A starting point for a table of one's own, from what it holds: the person sets what they really want.

    A score is to rise and cost to fall: nobody wants them otherwise. Viscosity is only wanted at a value, so what is
    usual among the trials is held; spreading is watched, unless nothing else was measured. Without trials only what
    the ingredient table gives is wanted: cost and, where it says so, natural origin.
    """
    held = {one.key: [value for trial in trials if (value := trial.result(one.key)) is not None] for one in RESPONSES}
    found = {one.key: Target(one.key) for one in RESPONSES}
    if held["stability"]:
        found["stability"] = Target("stability", "maximise", _worst(held["stability"]), 100.0)
    if held["viscosity"]:
        found["viscosity"] = _usual("viscosity", held["viscosity"])
    elif held["spreading"] and not held["stability"]:
        found["spreading"] = Target("spreading", "maximise", *_ends(held["spreading"]))
    found["cost"] = _cost(ingredients, trials) if trials else _within(ingredients, "cost")
    if not trials and any(one.natural is not None for one in ingredients):
        found["natural"] = _within(ingredients, "natural")
    return Settings(targets=tuple(found.values()))


def _within(ingredients: Sequence[Ingredient], key: str) -> Target:
    """From the least to the most of something computed that the limits allow; only watched where that is one value."""
    each = np.array([one.cost if key == "cost" else one.natural or 0.0 for one in ingredients])
    try:
        values = np.vstack([part.vertices for part in space_of(ingredients, Product()).parts]) @ each / 100
    except InputError:  # no mixture is possible, which is said beside the table
        return Target(key)
    low, high = round(float(values.min()), 2), round(float(values.max()), 2)
    if high - low < 0.01:
        return Target(key)
    return Target(key, "minimise" if key == "cost" else "maximise", low, high, None, 0.5)


def _worst(scores: Sequence[float]) -> float:
    """The end at which a score of 100 at best is worth nothing: the worst that was measured, below 95 at any rate."""
    return round(min(min(scores, default=50.0), 95.0), 3)


def _usual(key: str, values: Sequence[float]) -> Target:
    """The middle of what was measured, tolerated from end to end of it."""
    middle = float(np.median(values))
    low, high = min(*values, middle * 0.8), max(*values, middle * 1.2)
    return Target(key, "hit", round(low, 3), round(high, 3), round(middle, 3))


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The span of what was measured, a little wider, so that something better is worth something."""
    low, high = float(np.min(values)), float(np.max(values))
    room = (high - low) * 0.25 or max(abs(high) * 0.1, 1.0)
    return round(max(low, 0.0), 3), round(high + room, 3)


def _cost(ingredients: Sequence[Ingredient], trials: Sequence[Trial]) -> Target:
    each = np.array([one.cost for one in ingredients])
    costs = np.array([trial.shares for trial in trials]) @ each / 100
    low, high = float(costs.min()), float(costs.max())
    return Target("cost", "minimise", round(low * 0.8, 2), round(max(high, low * 0.8 + 0.1), 2), None, 0.5)
