"""A house's own use cases beside the documented ones: rows in the database, scored alike, without a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lib.catalogue.model import VALUE_CHAIN, Area, UseCase
from lib.errors import InputError
from lib.i18n import N_


@dataclass(frozen=True)
class HouseUseCase:
    """A use case that a house added for itself. Its texts are as the house typed them, never message ids."""

    slug: str
    area: Area
    title: str
    summary: str


def merge(documented: Iterable[UseCase], additions: Iterable[HouseUseCase]) -> tuple[UseCase | HouseUseCase, ...]:
    """Documented use cases and a house's own, by area along the value chain; in each area the documented ones first.

    Raises:
        InputError: an addition has no title, lies outside the value chain, or takes a slug that is in use.
    """
    together: list[UseCase | HouseUseCase] = list(documented)
    taken = {use_case.slug for use_case in together}
    for addition in additions:
        _refuse_unfit(addition, taken)
        taken.add(addition.slug)
        together.append(addition)
    # A stable sort: the order inside an area stays.
    return tuple(sorted(together, key=lambda use_case: VALUE_CHAIN.index(use_case.area)))


def _refuse_unfit(addition: HouseUseCase, taken: set[str]) -> None:
    if not addition.title.strip():
        raise InputError(N_("A use case of your own needs a title. Type one and save again."))
    if addition.area not in VALUE_CHAIN:
        raise InputError(
            N_("'{title}' needs one of the six areas of the value chain. Choose one and save again."),
            title=addition.title,
        )
    if addition.slug in taken:
        raise InputError(
            N_("There is already a use case named like '{title}'. Choose another title."), title=addition.title
        )
