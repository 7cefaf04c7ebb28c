"""Small ingredient tables and trials for the tests of the beauty formulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lib.files.kept import open_sample
from lib.merchandising.beauty_formulation.columns import INGREDIENT_COLUMNS, trial_columns
from lib.merchandising.beauty_formulation.data import TrialParser, ingredients_from
from lib.merchandising.beauty_formulation.model import Ingredient, Target, Trial
from lib.merchandising.beauty_formulation.samples import DATA

SIMPLE = (
    Ingredient("Aqua", "Solvent", 0.02, 50, 95, 100, "A"),
    Ingredient("Glycerin", "Humectant", 2.0, 2, 20, 100, "A"),
    Ingredient("Squalane", "Emollient", 30.0, 1, 20, 100, "B"),
    Ingredient("Dimethicone", "Emollient", 9.0, 0, 10, 0, "B"),
)
WANTED = (Target("spreading", "maximise", 20.0, 80.0), Target("viscosity"), Target("stability"), Target("cost"))


def sample(name: str) -> tuple[tuple[Ingredient, ...], tuple[Trial, ...]]:
    """The demo house's day cream or shower gel."""
    ingredients = open_sample(DATA / f"{name}_ingredients.csv", INGREDIENT_COLUMNS, ingredients_from).items
    parser = TrialParser(tuple(one.inci for one in ingredients))
    return ingredients, open_sample(DATA / f"{name}_trials.csv", trial_columns(ingredients), parser).items


def trials(mixtures: np.ndarray, spreading: Callable[[np.ndarray], np.ndarray] | Sequence[float]) -> tuple[Trial, ...]:
    """Trials of these mixtures with a spreading that a function or a list gives."""
    values = spreading(mixtures) if callable(spreading) else spreading
    return tuple(
        Trial(f"T{at}", tuple(map(float, mixture)), (("spreading", float(value)),))
        for at, (mixture, value) in enumerate(zip(mixtures, values, strict=True))
    )
