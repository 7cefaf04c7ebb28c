"""Which questions concern a use case: by the letters of what it does, the catalogue's or those that people gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lib.catalogue import HouseUseCase, UseCase
from lib.database.risk_answers import Review
from lib.govern.risk_review.controls import CONTROLS
from lib.govern.risk_review.model import BEYOND_CATALOGUE, USE_TITLES, Control, Risk
from lib.i18n import N_

Case = UseCase | HouseUseCase
NOT_CLASSED: Final = N_("A use case of the house’s own: nobody has classed it yet.")


@dataclass(frozen=True)
class Subject:
    """A use case as its review sees it. ``reason`` is a message id where ``given`` is False, else as typed.

    ``uses`` are letters of ``USE_TITLES``; ``given``: people said so in the review.
    """

    case: Case
    risk_class: str  # 'minimal', 'limited', 'high', or empty where nobody has classed it
    uses: str
    reason: str
    given: bool


def subject(case: Case, review: Review) -> Subject:
    """What people said in the review, else what the catalogue starts with."""
    if review.classification is not None:
        told = review.classification
        return Subject(case, told.risk_class, told.uses, told.reason, True)
    if isinstance(case, UseCase):
        return Subject(case, case.risk_class, letters(case), case.risk_reason, False)
    return Subject(case, "", "", NOT_CLASSED, False)


def letters(case: UseCase) -> str:
    """The catalogue's letters of a use case, and those that the catalogue has no letter for."""
    return "".join(sorted({*case.risk_tags, *BEYOND_CATALOGUE.get(case.slug, "")}, key=list(USE_TITLES).index))


def questions(uses: str) -> tuple[Control, ...]:
    """The questions for these letters, in the order of the four risks; those for all uses are always among them."""
    wanted = {"A", *uses}
    order = list(Risk)
    return tuple(
        sorted((one for one in CONTROLS if wanted & set(one.uses)), key=lambda control: order.index(control.risk))
    )


def by_risk(controls: tuple[Control, ...]) -> Mapping[Risk, tuple[Control, ...]]:
    """Questions under the four headings; a heading without any is there, too."""
    return {risk: tuple(one for one in controls if one.risk is risk) for risk in Risk}
