"""Numbers, targets and reasons in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.i18n import _, money, number, percent, translate
from lib.merchandising.beauty_formulation.caution import Caution
from lib.merchandising.beauty_formulation.model import BY_KEY, GOALS, KINDS, SPRAYS, Ingredient, Product, Target
from lib.merchandising.beauty_formulation.planning import Proposal, Said
from lib.merchandising.beauty_formulation.space import Bound

UNBROKEN = "\u00a0"
_IDS = {"response", "claim", "product"}  # values that are message ids
_SHARES = {"chance", "score"}  # values from 0 to 1


def amount(key: str, value: float) -> str:
    """A response's value with as many digits as it is measured with."""
    one = BY_KEY[key]
    decimals = one.decimals if abs(value) < 100 else 0
    return number(value, decimals)


def with_unit(key: str, value: float) -> str:
    """A response's value and its unit."""
    if key == "cost":
        return _("{cost} per kg", cost=money(value))
    if key == "natural":
        return percent(value / 100, 1)
    return f"{amount(key, value)} {translate(BY_KEY[key].unit)}"


def told(said: Said | Caution, language: str | None = None) -> str:
    """A sentence with its values in the reader's way."""
    return translate(
        said.message, language, **{name: _shown(name, value, said.values) for name, value in said.values.items()}
    )


def _shown(name: str, value: Any, values: Mapping[str, Any]) -> str:
    if isinstance(value, Bound):
        return value.said()
    if name in _IDS:
        return translate(str(value))
    if name in _SHARES:
        return percent(float(value))
    if name in ("low", "high") and "key" in values:
        return with_unit(str(values["key"]), float(value))
    return number(value) if isinstance(value, float | int) else str(value)


def product_said(product: Product) -> str:
    """The kind of product, and what else the law asks of it."""
    found = [translate(KINDS[product.kind])]
    if product.spray != "none":
        found.append(translate(SPRAYS[product.spray]).lower())
    if product.under_three:
        found.append(_("for children under three"))
    return ", ".join(found)


def target_said(target: Target) -> str:
    """What is wanted of a response, in a few words."""
    key = target.key
    match target.goal:
        case "maximise":
            return _("as high as possible, best from {value}", value=with_unit(key, target.high or 0.0))
        case "minimise":
            return _("as low as possible, best below {value}", value=with_unit(key, target.low or 0.0))
        case "hit":
            low, high = amount(key, target.low or 0.0), amount(key, target.high or 0.0)
            return _(
                "hit {value}, tolerated from {low} to {high}",
                value=with_unit(key, target.value or 0.0),
                low=low,
                high=high,
            )
        case "at_least":
            return _("at least {value}", value=with_unit(key, target.value or 0.0))
        case "at_most":
            return _("at most {value}", value=with_unit(key, target.value or 0.0))
    return translate(GOALS["watch"]).lower()


def target_short(target: Target) -> str:
    """A target in two or three words, for a line of them."""
    name, value = translate(BY_KEY[target.key].title), with_unit(target.key, target.value or 0.0)
    match target.goal:
        case "maximise":
            return _("{name} high", name=name)
        case "minimise":
            return _("{name} low", name=name)
        case "at_least":
            return f"{name} ≥{UNBROKEN}{value}"
        case "at_most":
            return f"{name} ≤{UNBROKEN}{value}"
    return f"{name} {value}"


def expected_said(key: str, ends: tuple[float, float, float]) -> str:
    """An expectation with the ends of its interval, or a computed value alone."""
    middle, low, high = ends
    if BY_KEY[key].computed:
        return with_unit(key, middle)
    unit = translate(BY_KEY[key].unit)
    interval = _("({low} to {high})", low=amount(key, low), high=amount(key, high)).replace(" ", UNBROKEN)
    return f"{amount(key, middle)} {unit} {interval}"


def against_said(changes: str) -> str:
    """What ``changes_said`` gave, with what it is against and in which unit."""
    return _("Against the best trial, in percentage points of the formula: {changes}", changes=changes)


def changes_said(proposal: Proposal, ingredients: tuple[Ingredient, ...]) -> str:
    """What is more and what is less than in the best trial, in percentage points."""
    parts = [
        _(
            "{name} {sign}{points}",
            name=ingredients[place].inci,
            sign="+" if points > 0 else "−",
            points=number(abs(points), 2),
        )
        for place, points in proposal.changes
    ]
    return " · ".join(parts)
