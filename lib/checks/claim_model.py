"""A claim and what a reader is told about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lib.checks.model import Verdict
from lib.i18n import N_


class Kind(StrEnum):
    """What a claim speaks of."""

    MATERIAL = "material"
    ORIGIN = "origin"
    CARE = "care"
    COLOUR = "colour"
    ATTRIBUTE = "attribute"
    FIT = "fit"
    SUSTAINABILITY = "sustainability"
    NUMBER = "number"
    SUPERLATIVE = "superlative"
    PERFORMANCE = "performance"
    HEALTH = "health"
    PRICE = "price"
    HERITAGE = "heritage"


KIND_TITLES: dict[Kind, str] = {
    Kind.MATERIAL: N_("Material"),
    Kind.ORIGIN: N_("Origin"),
    Kind.CARE: N_("Care"),
    Kind.COLOUR: N_("Colour"),
    Kind.ATTRIBUTE: N_("Cut and details"),
    Kind.FIT: N_("Fit and size"),
    Kind.SUSTAINABILITY: N_("Environment"),
    Kind.NUMBER: N_("Figure"),
    Kind.SUPERLATIVE: N_("Superlative"),
    Kind.PERFORMANCE: N_("Performance"),
    Kind.HEALTH: N_("Health"),
    Kind.PRICE: N_("Price and offers"),
    Kind.HERITAGE: N_("Making and heritage"),
}

SUPPORTED = N_("“{claim}” is among this product's data.")
NOT_LISTED = N_(
    "“{claim}” isn't among this product's attributes. Take it out, or add it to the product's data if it is true."
)
OTHER_VALUE = N_("The product's data say “{value}”, not “{claim}”. Correct the text, or the product's data.")


@dataclass(frozen=True)
class Claim:
    """A passage that asserts something: ``start`` and ``end`` are character offsets, end exclusive.

    ``evidence`` is the path of the fact that supports it, or of the one it contradicts. ``reason`` is an English
    message id, filled with ``values``; it tells the reader what to do. ``verdict`` is PASS when supported.
    """

    start: int
    end: int
    kind: Kind
    supported: bool
    evidence: str
    reason: str
    verdict: Verdict
    values: dict[str, Any] = field(default_factory=dict)


def supported(text: str, start: int, end: int, kind: Kind, evidence: str) -> Claim:
    """A claim that the fact at ``evidence`` bears out."""
    return Claim(start, end, kind, True, evidence, SUPPORTED, Verdict.PASS, {"claim": text[start:end]})


def unsupported(
    text: str,
    start: int,
    end: int,
    kind: Kind,
    reason: str = NOT_LISTED,
    *,
    verdict: Verdict = Verdict.FAIL,
    evidence: str = "",
    **values: Any,
) -> Claim:
    """A claim that nothing bears out, or that the fact at ``evidence`` contradicts."""
    return Claim(start, end, kind, False, evidence, reason, verdict, {"claim": text[start:end], **values})
