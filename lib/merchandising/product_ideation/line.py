"""The past line as arrays: which styles have which value, and what nothing can be learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError, TooFewRows
from lib.i18n import N_
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.model import Genome, Style

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
LEAST_STYLES = 30
LEAST_SHARE = 0.5  # of a category's styles that have an attribute, from which it belongs to the category
DOMAIN = ("category", *ATTRIBUTES)
MISSING = -1


@dataclass(frozen=True)
class PastLine:
    """Styles in the order of the file. An attribute that never varies is left out and named in ``constant``."""

    styles: tuple[Style, ...]
    attributes: tuple[str, ...]  # that vary, 'category' first where it does
    constant: tuple[str, ...]

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Attribute -> its values, the most frequent first."""
        found = {}
        for name in self.attributes:
            counted = Counter(style.genome[name] for style in self.styles if style.genome.get(name))
            found[name] = tuple(sorted(counted, key=lambda value: (-counted[value], value)))
        return found

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        return {name: {value: at for at, value in enumerate(values)} for name, values in self.values.items()}

    @cached_property
    def codes(self) -> Codes:
        """(n, attributes) each style's values as numbers; ``MISSING`` where there is none."""
        return self.coded([style.genome for style in self.styles])

    @cached_property
    def seasons(self) -> tuple[str, ...]:
        """The seasons, the earliest first."""
        return tuple(sorted({style.season for style in self.styles}))

    @cached_property
    def times(self) -> Array:
        """(n,) each style's season in half years."""
        return np.array([time_of(style.season) for style in self.styles])

    @cached_property
    def next_time(self) -> float:
        """The half year after the last season."""
        return float(self.times.max()) + 1

    def coded(self, genomes: Sequence[Mapping[str, str]]) -> Codes:
        """(m, attributes) of any genomes; a value that the line never had is ``MISSING`` too."""
        rows = [
            [self.places[name].get(genome.get(name, ""), MISSING) for name in self.attributes] for genome in genomes
        ]
        return np.array(rows, dtype=np.int64).reshape(len(genomes), len(self.attributes))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories, the largest first."""
        counted = Counter(style.genome["category"] for style in self.styles)
        return tuple(sorted(counted, key=lambda value: (-counted[value], value)))

    @cached_property
    def offered(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Category -> attribute -> the values that it was made in, the most frequent first.

        An attribute that fewer than half of a category's styles have is not the category's (sleeves of trousers).
        """
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for category in self.categories:
            inside = [style.genome for style in self.styles if style.genome["category"] == category]
            found[category] = {}
            for name in ATTRIBUTES:
                counted = Counter(genome[name] for genome in inside if genome.get(name))
                if sum(counted.values()) >= LEAST_SHARE * len(inside):
                    found[category][name] = tuple(sorted(counted, key=lambda value: (-counted[value], value)))
        return found

    def only(self, keep: NDArray[np.bool_]) -> PastLine:
        """Some of the styles, with the attributes that vary among them."""
        return past_line([style for style, kept in zip(self.styles, keep, strict=True) if kept])


def time_of(season: str) -> float:
    """A season in half years."""
    return int(season[:4]) * 2 + int(season[5:])


def past_line(styles: Sequence[Style]) -> PastLine:
    """The line of these styles; see ``refuse`` for what can't be learned from."""
    varying, constant = [], []
    for name in DOMAIN:
        values = {style.genome[name] for style in styles if style.genome.get(name)}
        if len(values) > 1:
            varying.append(name)
        elif values:
            constant.append(name)
    return PastLine(tuple(styles), tuple(varying), tuple(constant))


def refuse(line: PastLine) -> None:
    """Raise where nothing can be learned.

    Raises:
        TooFewRows: fewer than ``LEAST_STYLES`` styles.
        InputError: all sold alike, or fewer than two attributes vary.
    """
    if len(line.styles) < LEAST_STYLES:
        raise TooFewRows(
            N_(
                "Usable styles in the past line: {n}. At least {least} are needed to tell a gap from chance. Add "
                "earlier seasons to the file."
            ),
            n=len(line.styles),
            least=LEAST_STYLES,
        )
    if len([name for name in line.attributes if name != "category"]) < 2:
        raise InputError(
            N_(
                "Fewer than two attributes vary in this line, so there are no combinations to look at. Add columns "
                "such as fabric, colour or cut, or check that they are mapped."
            )
        )
    if len({round(style.sell_through, 6) for style in line.styles}) < 2:
        raise InputError(
            N_(
                "All styles have the same sell-through ({share}%), so nothing tells what sold better. If all sold out, "
                "give the units sold at full price in the first weeks instead."
            ),
            share=round(100 * line.styles[0].sell_through),
        )


def differs_in(one: Genome, other: Genome) -> int:
    """In how many attributes two genomes differ."""
    return sum(one.get(name, "") != other.get(name, "") for name in DOMAIN)
