"""A piece in three dimensions: closed solids, one for each material, in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from lib.atelier.solids.materials import Material, material
from lib.errors import InputError
from lib.i18n import N_, _

if TYPE_CHECKING:
    from manifold3d import Manifold

Unit = Literal["g", "kg", "ct", "dm3"]
GRAMS: Mapping[str, float] = {"g": 1.0, "kg": 1000.0, "ct": 0.2}
NOT_CLOSED = N_(
    "The part {part} did not come out as one closed solid with these measures. Change one of them a little."
)
NO_PRICE = N_("There is no price for {material}. Add it to the price table.")
OUT_OF_RANGE = N_("{what}: {value} can’t be made. Choose a value from {low} to {high}.")
NOT_OFFERED = N_("{what}: the atelier knows no {value}. Choose one of: {known}.")


def between(what: str, value: float, low: float, high: float) -> float:
    """``value``, where it lies in the range that can be made.

    Raises:
        InputError: it doesn't (nor does a value that is no number).
    """
    if not low <= value <= high:
        raise InputError(OUT_OF_RANGE, what=_(what), value=value, low=low, high=high)
    return float(value)


def one_of(what: str, value: str, known: tuple[str, ...]) -> str:
    """``value``, where it is one of ``known``.

    Raises:
        InputError: it isn't.
    """
    if value not in known:
        raise InputError(NOT_OFFERED, what=_(what), value=value, known=", ".join(known))
    return value


@dataclass(frozen=True)
class Part:
    """One closed solid of one material; its name is a message in English.

    Raises:
        InputError: the solid is not closed, or is empty.
    """

    name: str
    material: Material
    shape: Manifold

    def __post_init__(self) -> None:
        """A shape that is not watertight never becomes a part: its volume would mean nothing."""
        if self.shape.status().name != "NoError" or self.shape.is_empty() or self.shape.volume() <= 0:
            raise InputError(NOT_CLOSED, part=_(self.name))

    @property
    def volume_mm3(self) -> float:
        return float(self.shape.volume())

    @property
    def weight_g(self) -> float:
        return self.volume_mm3 / 1000.0 * self.material.density


@dataclass(frozen=True)
class Price:
    """What one unit of a material costs: by gram, kilogram, carat (0.2 g) or cubic decimetre."""

    amount: float
    unit: Unit


@dataclass(frozen=True)
class CostLine:
    """One part's share of the material cost, in the currency of the price table."""

    part: str
    material: str
    quantity: float
    unit: Unit
    amount: float


@dataclass(frozen=True)
class Piece:
    """A piece: its parts, and the dimensions that it was asked for and built to, in millimetres."""

    kind: str
    parts: tuple[Part, ...]
    dimensions: Mapping[str, float] = field(default_factory=dict)

    @property
    def volume_mm3(self) -> float:
        return sum(part.volume_mm3 for part in self.parts)

    @property
    def weight_g(self) -> float:
        return sum(part.weight_g for part in self.parts)

    @property
    def weights_g(self) -> dict[str, float]:
        """Weight in grams by material's key."""
        weights: dict[str, float] = {}
        for part in self.parts:
            weights[part.material.key] = weights.get(part.material.key, 0.0) + part.weight_g
        return weights

    @property
    def extent_mm(self) -> tuple[float, float, float]:
        """Width, depth and height of the box around the piece."""
        boxes = [part.shape.bounding_box() for part in self.parts]
        low = [min(box[axis] for box in boxes) for axis in range(3)]
        high = [max(box[axis + 3] for box in boxes) for axis in range(3)]
        return (high[0] - low[0], high[1] - low[1], high[2] - low[2])

    def in_material(self, old: str, new: str) -> Piece:
        """The same piece with every part of material ``old`` made of ``new``."""
        other = material(new)
        parts = tuple(Part(p.name, other, p.shape) if p.material.key == old else p for p in self.parts)
        return Piece(self.kind, parts, self.dimensions)

    def cost(self, prices: Mapping[str, Price]) -> list[CostLine]:
        """Material cost by part, without waste, making or setting: those are the house's to add.

        Args:
            prices: by material's key, as the house gave them; all in one currency.

        Raises:
            InputError: a material of the piece has no price.
        """
        return [_cost_line(part, prices) for part in self.parts]


def _cost_line(part: Part, prices: Mapping[str, Price]) -> CostLine:
    price = prices.get(part.material.key)
    if price is None:
        raise InputError(NO_PRICE, material=part.material.key)
    quantity = part.volume_mm3 / 1e6 if price.unit == "dm3" else part.weight_g / GRAMS[price.unit]
    return CostLine(part.name, part.material.key, quantity, price.unit, quantity * price.amount)
