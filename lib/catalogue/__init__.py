"""Every documented use case, once. Navigation, matrix, risk review, bootcamp, home, worker and docs read it here."""

from __future__ import annotations

from collections.abc import Iterable

from lib.catalogue import commerce, marketing, merchandising, store_operations, supply_chain, support
from lib.catalogue.areas import (
    AREA_SUMMARIES,
    AREA_TITLES,
    MODALITY_TITLES,
    RISK_CLASS_NOTE,
    RISK_CLASS_TITLES,
    RISK_TAG_TITLES,
    SCORE_NOTE,
    SOURCE_SECTION_TITLES,
)
from lib.catalogue.criteria import CRITERIA, CriterionScale
from lib.catalogue.house import HouseUseCase, merge
from lib.catalogue.model import (
    FEASIBILITY_CRITERIA,
    VALUE_CHAIN,
    VALUE_CRITERIA,
    Area,
    Criterion,
    Needs,
    Score,
    SteeringPage,
    UseCase,
    ValueLever,
)
from lib.catalogue.steering import STEERING_PAGES
from lib.errors import NotFound
from lib.i18n import N_

USE_CASES: tuple[UseCase, ...] = (
    *merchandising.USE_CASES,
    *supply_chain.USE_CASES,
    *marketing.USE_CASES,
    *commerce.USE_CASES,
    *store_operations.USE_CASES,
    *support.USE_CASES,
)
_BY_SLUG = {entry.slug: entry for entry in USE_CASES}


def use_case(slug: str) -> UseCase:
    """The documented use case with this slug.

    Raises:
        NotFound: there is none; a house's own additions are not looked up here.
    """
    if slug not in _BY_SLUG:
        raise NotFound(N_("There is no use case called '{slug}'. Choose one from Home."), slug=slug)
    return _BY_SLUG[slug]


def in_area(area: Area) -> tuple[UseCase, ...]:
    """The documented use cases of one area, in the source's order."""
    return tuple(entry for entry in USE_CASES if entry.area == area)


def ready() -> tuple[UseCase, ...]:
    """The use cases that have a page."""
    return tuple(entry for entry in USE_CASES if entry.status == "ready")


def with_additions(additions: Iterable[HouseUseCase]) -> tuple[UseCase | HouseUseCase, ...]:
    """All use cases of a workspace: the documented ones and the house's own, by area.

    Raises:
        InputError: an addition has no title, lies outside the value chain, or takes a slug that is in use.
    """
    return merge(USE_CASES, additions)


__all__ = [
    "AREA_SUMMARIES",
    "AREA_TITLES",
    "CRITERIA",
    "FEASIBILITY_CRITERIA",
    "MODALITY_TITLES",
    "RISK_CLASS_NOTE",
    "RISK_CLASS_TITLES",
    "RISK_TAG_TITLES",
    "SCORE_NOTE",
    "SOURCE_SECTION_TITLES",
    "STEERING_PAGES",
    "USE_CASES",
    "VALUE_CHAIN",
    "VALUE_CRITERIA",
    "Area",
    "Criterion",
    "CriterionScale",
    "HouseUseCase",
    "Needs",
    "Score",
    "SteeringPage",
    "UseCase",
    "ValueLever",
    "in_area",
    "ready",
    "use_case",
    "with_additions",
]
