"""Plans of pilots that the tests begin with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lib.database.pilots import Plan

MEAN = Plan(
    use_case="product_descriptions",
    title="Descriptions for the autumn line",
    hypothesis="Drafts halve the time that a description takes, because facts are set already.",
    kpi="Minutes per description",
    unit="min",
    direction="down",
    measure="mean",
    design="before_after",
    paired=False,
    baseline=30.0,
    target=20.0,
    spread=10.0,
    power=0.8,
    sample=17,
    starts_on="2026-10-01",
    ends_on="2026-11-30",
    business_owner="Head of e-commerce",
    technical_owner="Data engineer",
    budget=4_000.0,
    currency="EUR",
)
SHARE = replace(
    MEAN,
    title="A personal front page",
    kpi="Visits with an order",
    unit="",
    direction="up",
    measure="share",
    design="ab",
    baseline=0.02,
    target=0.03,
    spread=None,
)


def plan(base: Plan = MEAN, **changes: Any) -> Plan:
    """A plan with some fields changed."""
    return replace(base, **changes)
