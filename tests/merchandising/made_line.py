"""Past lines made for tests: small, with effects that are known."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lib.merchandising.product_ideation.line import PastLine, past_line
from lib.merchandising.product_ideation.model import Code, Style

FABRICS, COLOURS, CUTS = ("linen", "velvet", "crepe"), ("sage", "navy", "camel"), ("a_line", "straight_fit", "fitted")
HOUSE = (
    Code(attribute="fabric", value="linen", weight=2),
    Code(attribute="fabric", value="velvet", weight=-2),
    Code(attribute="colour", value="sage", weight=1),
)
PARTNER = (Code(attribute="colour", value="cobalt", weight=2), Code(attribute="cut", value="straight_fit", weight=1))


def made_styles(
    count: int = 240,
    seed: int = 0,
    effects: Mapping[tuple[str, str], float] = {("fabric", "linen"): 0.9, ("colour", "sage"): 0.7},
    never: tuple[tuple[str, str], tuple[str, str]] = (("fabric", "linen"), ("colour", "sage")),
    luck: float = 0.25,
) -> list[Style]:
    """Skirts and dresses over four seasons; ``never`` is the pair that the house does not make."""
    draw = np.random.default_rng(seed)
    styles: list[Style] = []
    while len(styles) < count:
        genome = {
            "category": ("dress", "skirt")[int(draw.integers(2))],
            "fabric": FABRICS[int(draw.integers(3))],
            "colour": COLOURS[int(draw.integers(3))],
            "cut": CUTS[int(draw.integers(3))],
            "length": ("midi", "knee")[int(draw.integers(2))],
        }
        if all(genome[name] == value for name, value in never):
            continue
        odds = sum(effects.get(pair, 0.0) for pair in genome.items()) + float(draw.normal(0, luck)) - 0.4
        bought = int(draw.integers(40, 240))
        sold = int(draw.binomial(bought, 1 / (1 + math.exp(-odds))))
        season = f"20{22 + len(styles) * 4 // count}-1"
        margin = 0.5 + 0.2 * sold / bought
        styles.append(
            Style(style=f"S{len(styles)}", season=season, genome=genome, bought=bought, sold=sold, margin=margin)
        )
    return styles


def made_line(**changes: object) -> PastLine:
    return past_line(made_styles(**changes))  # type: ignore[arg-type]
