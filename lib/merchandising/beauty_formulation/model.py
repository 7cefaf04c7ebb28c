"""What a formula is made of, what is measured on it, and what is wanted of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from lib.i18n import N_

Scale = Literal["plain", "log", "share"]  # as it is; above zero over orders of magnitude; from 0 to 100
Goal = Literal["maximise", "minimise", "hit", "at_least", "at_most", "watch"]
KINDS: dict[str, str] = {
    "face": N_("Face cream or serum"),
    "body": N_("Body lotion or cream"),
    "hand": N_("Hand cream"),
    "eye": N_("Around the eyes: cream, shadow, liner, mascara"),
    "lip": N_("Lip product"),
    "deodorant": N_("Deodorant or antiperspirant"),
    "hair": N_("Hair care that stays in"),
    "leave_on": N_("Other product that stays on"),
    "wash": N_("Shower gel or cleanser"),
    "shampoo": N_("Shampoo or rinse-off hair care"),
    "rinse_off": N_("Other product that is rinsed off"),
}
RINSED = ("wash", "shampoo", "rinse_off")
SPRAYS: dict[str, str] = {
    "none": N_("Not sprayed"),
    "pump": N_("Pump spray"),
    "propellant": N_("Spray with propellant"),
}
GOALS: dict[str, str] = {
    "maximise": N_("As high as possible"),
    "minimise": N_("As low as possible"),
    "hit": N_("Hit a value"),
    "at_least": N_("At least"),
    "at_most": N_("At most"),
    "watch": N_("Only watch"),
}


@dataclass(frozen=True)
class Product:
    """What the law asks of a product before it says how much of a substance may be in it."""

    kind: str = "face"  # of KINDS
    spray: str = "none"  # of SPRAYS
    under_three: bool = False  # it is for children under three, or may be used on them

    @property
    def rinsed(self) -> bool:
        """Whether it is rinsed off."""
        return self.kind in RINSED

    @property
    def tags(self) -> frozenset[str]:
        """The words by which a limit may name it."""
        found = {self.kind, "rinse_off" if self.rinsed else "leave_on"}
        if self.spray != "none":
            found |= {"spray", self.spray}
        return frozenset(found | ({"under_three"} if self.under_three else set()))


LEAVE_ON, RINSE_OFF = Product("leave_on"), Product("rinse_off")


@dataclass(frozen=True)
class Ingredient:
    """One raw material. Shares are percent by weight of the formula; costs are euros per kilogram."""

    inci: str
    function: str
    cost: float
    low: float  # % of the formula
    high: float
    natural: float | None = None  # % of natural origin by ISO 16128; None where the table doesn't say
    phase: str = ""  # in which it is weighed: A, B, C
    group: str = ""  # ingredients whose sum is bounded together
    group_low: float | None = None
    group_high: float | None = None
    not_with: tuple[str, ...] = ()  # INCI names that it must not meet
    legal_max: float | None = None  # % of the formula, where the house's table gives one
    legal_source: str = ""
    allergens: tuple[tuple[str, float], ...] = ()  # allergen and its % of this raw material
    composition: tuple[tuple[str, float], ...] = ()  # INCI names and their % of a blend
    ph_low: float | None = None  # within which it works
    ph_high: float | None = None


@dataclass(frozen=True)
class Response:
    """One quantity that a formula is judged by. ``computed`` ones follow from the table, others are measured."""

    key: str
    title: str  # message id
    unit: str  # message id; of a score out of 100 it is 'of 100'
    computed: bool = False
    scale: Scale = "plain"  # on which it is learned
    help: str = ""
    decimals: int = 1


RESPONSES = (
    Response(
        "viscosity",
        N_("Viscosity"),
        N_("Pa·s"),
        scale="log",
        help=N_("Rotational viscometer, one speed and one temperature for all trials."),
    ),
    Response(
        "spreading",
        N_("Spreading"),
        N_("mm"),
        help=N_("Diameter between two plates under a fixed weight after one minute."),
        decimals=0,
    ),
    Response(
        "stability",
        N_("Stability"),
        N_("of 100"),
        scale="share",
        help=N_("The laboratory’s score after storage and centrifuge; 100 is unchanged."),
        decimals=0,
    ),
    Response("cost", N_("Raw material cost"), N_("€ per kg"), computed=True, decimals=2),
    Response("natural", N_("Natural origin"), N_("% (ISO 16128)"), computed=True),
)
BY_KEY = {response.key: response for response in RESPONSES}
MEASURED = tuple(response for response in RESPONSES if not response.computed)


@dataclass(frozen=True)
class Trial:
    """One batch that was weighed: ``shares`` in percent, in the order of the ingredient table."""

    name: str
    shares: tuple[float, ...]
    results: tuple[tuple[str, float], ...]  # response key and value; what wasn't measured is left out
    note: str = ""

    def result(self, key: str) -> float | None:
        """The measured value, or None."""
        return dict(self.results).get(key)


@dataclass(frozen=True)
class Target:
    """What is wanted of one response.

    ``low`` and ``high`` are the ends of desirability (Derringer and Suich, 1980): worthless at one, perfect at the
    other; of 'hit' the tolerated ends around ``value``. Of 'at_least' and 'at_most' ``value`` is the bound.
    """

    key: str
    goal: Goal = "watch"
    low: float | None = None
    high: float | None = None
    value: float | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Formula:
    """Shares in percent beside the ingredients that they are of."""

    ingredients: tuple[Ingredient, ...]
    shares: tuple[float, ...]

    def used(self, least: float = 5e-4) -> tuple[tuple[Ingredient, float], ...]:
        """The ingredients that are in it, with their percent."""
        return tuple((one, share) for one, share in zip(self.ingredients, self.shares, strict=True) if share > least)


def fingerprint(ingredients: Sequence[Ingredient]) -> str:
    """The hash of an ingredient table: a plan and its rounds belong to exactly one."""
    return hashlib.sha256(repr(tuple(ingredients)).encode()).hexdigest()[:16]


def product_of(stored: Any) -> Product:
    """A product from a run's record or a person's settings; an older one says only whether it is rinsed off."""
    if isinstance(stored, str):
        return Product(stored if stored in KINDS else LEAVE_ON.kind)
    known = {one.name for one in fields(Product)}
    return Product(**{name: value for name, value in dict(stored).items() if name in known})


def trial_json(trial: Trial) -> dict[str, Any]:
    """A trial for a run's record."""
    return asdict(trial)


def trial_of(stored: dict[str, Any]) -> Trial:
    """A trial from a run's record."""
    results = tuple((str(key), float(value)) for key, value in stored["results"])
    return Trial(stored["name"], tuple(map(float, stored["shares"])), results, stored.get("note", ""))


def target_of(stored: dict[str, Any]) -> Target:
    """A target from a run's record."""
    return Target(**stored)
