"""What single goals are reckoned from: pairs of values, nearness to a palette, how far a wish is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from lib.merchandising.product_ideation.cloth import colour_hex
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.model import Steering

FAR = 60.0  # CIEDE2000 from which a colour has nothing of a palette


def pairs_of(genome: Mapping[str, str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Every two of an idea's values, with its category."""
    present = [(name, genome[name]) for name in ATTRIBUTES if genome.get(name)]
    for (first, one), (second, two) in combinations(present, 2):
        yield genome["category"], first, one, second, two


def wish_met(genome: Mapping[str, str], steering: Steering) -> float:
    """The share of the person's wishes that an idea meets; several values of one attribute are one wish."""
    met = []
    for wished, wanted in ((steering.more, True), (steering.less, False)):
        for name in dict.fromkeys(name for name, _value in wished):
            met.append((genome.get(name, "") in {value for one, value in wished if one == name}) is wanted)
    return sum(met) / max(len(met), 1)


def near_palette(colour: str, palette: tuple[str, ...]) -> float:
    from lib.atelier.colours import Colour, difference

    own = Colour(colour_hex(colour)).lab
    nearest = min(float(difference(own, Colour(one).lab)) for one in palette)
    return max(0.0, 1 - nearest / FAR) ** 2


def within(value: float, low: float, high: float) -> float:
    """Where ``value`` lies between two ends, 0 to 1."""
    return min(max((value - low) / (high - low), 0.0), 1.0)
