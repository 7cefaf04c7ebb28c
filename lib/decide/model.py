"""What the pages of *decide* tell each other: candidates, their ranking, and where each number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from lib.catalogue import Area, Criterion
from lib.i18n import N_


class Basis(StrEnum):
    """What a number rests on. Told apart by sight wherever one is shown."""

    OPINION = "opinion"  # somebody's judgement
    ASSUMPTION = "assumption"  # taken for granted, with or without a source
    EVIDENCE = "evidence"  # measured: a run, a rating, a pilot, a Proof


BASIS_NAMES = {
    Basis.OPINION: N_("Opinion"),
    Basis.ASSUMPTION: N_("Assumption"),
    Basis.EVIDENCE: N_("Evidence"),
}
# Beside the name: told apart in black and white, too.
BASIS_SIGNS = {Basis.OPINION: "○", Basis.ASSUMPTION: "◇", Basis.EVIDENCE: "●"}


@dataclass(frozen=True)
class Reference:
    """Where a number comes from: something that can be opened, or an assumption with its source.

    ``page`` is a page's slug and ``key`` what that page finds it by (a run's id, a pilot's id, a use case's slug);
    both are empty where there is nothing to open. ``said`` is in the reader's language.
    """

    basis: Basis
    said: str
    page: str = ""
    key: str = ""
    dated: str = ""  # ISO date, where known


@dataclass(frozen=True)
class Band:
    """A value between ``low`` and ``high``, a 90% range unless said otherwise, all in one unit."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"a band of {self.low}, {self.value}, {self.high}")


@dataclass(frozen=True)
class Candidate:
    """A use case that may be chosen: of the catalogue, or a house's own. Texts are in the reader's language."""

    slug: str
    title: str
    area: Area
    own: bool  # a house's own addition
    has_page: bool


@dataclass(frozen=True)
class Ranked:
    """A candidate with its place: means and ranges over the draws of scores and weights.

    ``value`` and ``feasibility`` are on the scale from 1 to 5; ``rank`` counts from 1; ``top`` is the probability of
    being among the first five; ``evidence`` the share of its score's weight that rests on evidence.
    """

    candidate: Candidate
    value: Band
    feasibility: Band
    overall: Band
    rank: Band
    top: float
    quadrant: Literal["now", "prepare", "fill", "leave", "open"]  # open: nobody has scored it
    bases: dict[Criterion, Basis]
    evidence: float


@dataclass(frozen=True)
class Ranking:
    """All candidates in order of their mean overall score; ``draws`` were taken with ``seed``."""

    rows: tuple[Ranked, ...]
    weights: dict[Criterion, float]  # sum to 1 within value and within feasibility
    draws: int
    seed: int
    raters: int  # people whose scores are in it; 0: the catalogue's starting scores alone

    def of(self, slug: str) -> Ranked | None:
        """The row of a use case, None where it isn't ranked."""
        return next((row for row in self.rows if row.candidate.slug == slug), None)
