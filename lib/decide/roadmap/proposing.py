"""Starting values of a roadmap, from the ranking and the catalogue's scores. All are assumptions until a house says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lib.catalogue import Criterion, HouseUseCase, UseCase
from lib.database.roadmaps import StepRow, Team
from lib.decide.model import Ranking
from lib.decide.ranking import Judged, Scores
from lib.decide.roadmap.quarters import onwards
from lib.i18n import N_, _, translate

Case = UseCase | HouseUseCase
SKILLS = {
    "business": N_("Business teams"),
    "data": N_("Data"),
    "engineering": N_("Engineering"),
    "creative": N_("Design and image"),
    "legal": N_("Legal and risk"),
}
QUARTERS = 4
TAKEN = 10  # use cases that a proposal takes onto the roadmap, in the ranking's order
WEEKS = {"business": 10.0, "data": 8.0, "engineering": 12.0, "creative": 6.0, "legal": 4.0}  # each quarter
BUDGET = 40_000.0  # in the workspace's currency, each quarter
DRAWN = {"image", "video", "3d"}
LEGAL_WEEKS = {"minimal": 0.5, "limited": 1.0, "high": 3.0}
AIMS = ("sketch_to_design",)  # a design platform is never finished: each season renews its fabrics and blocks


def skill_said(skill: str) -> str:
    """A skill's name: ours in the reader's language, a house's own as it was typed."""
    return translate(SKILLS[skill]) if skill in SKILLS else skill


def team(first: str) -> Team:
    """A small team over a year."""
    count = len(onwards(first, QUARTERS))
    return Team(first, {skill: (weeks,) * count for skill, weeks in WEEKS.items()}, (BUDGET,) * count)


def steps(ranking: Ranking, cases: Mapping[str, Case], scores: Scores) -> tuple[StepRow, ...]:
    """The first of the ranking, without those to be left or not scored yet, and the long-term aims."""
    first = [row.candidate.slug for row in ranking.rows if row.quadrant not in ("leave", "open")][:TAKEN]
    aims = [slug for slug in AIMS if slug in cases and slug not in first]
    return tuple(step(cases[slug], scores[slug]) for slug in (*first, *aims))


def step(case: Case, judged: Mapping[Criterion, Judged]) -> StepRow:
    """What a use case asks of the team, from its feasibility as it stands: the lower a score, the more weeks.

    A quarter more where data are hardly there, and one where integration is hard; what counts as high-risk waits a
    quarter for its review.
    """
    aim = case.slug in AIMS
    data, integration = (_score(judged, each) for each in (Criterion.DATA_READINESS, Criterion.INTEGRATION))
    quarters = 1 + (data <= 2) + (integration <= 2)
    return StepRow(
        case.slug,
        max(quarters, 2) if aim else quarters,
        effort(case, judged),
        cost=5_000.0 + 4_000.0 * (6 - _score(judged, Criterion.RUNNING_COST)),
        gate=int(_risk(case) == "high"),
        lane="aim" if aim else "test",
    )


def effort(case: Case, judged: Mapping[Criterion, Judged]) -> dict[str, float]:
    """Person-weeks a quarter by skill."""
    drawn = isinstance(case, UseCase) and bool(DRAWN & set(case.modalities))
    found = {
        "business": float(6 - _score(judged, Criterion.TEAM_SKILLS)),
        "data": float(6 - _score(judged, Criterion.DATA_READINESS)),
        "engineering": 1.5 * (6 - _score(judged, Criterion.INTEGRATION)),
        "creative": 3.0 if drawn else 0.0,
        "legal": LEGAL_WEEKS[_risk(case)],
    }
    return {skill: weeks for skill, weeks in found.items() if weeks}


def must_show(case: Case) -> str:
    """What a step has to show to go on, in the reader's language: its first KPI against a baseline."""
    if isinstance(case, HouseUseCase) or not case.levers:
        return _("A KPI of its own, better than before by more than chance")
    lever = case.levers[0]
    if lever.direction == "up":
        return _("{kpi}: higher than before by more than chance", kpi=translate(lever.kpi))
    return _("{kpi}: lower than before by more than chance", kpi=translate(lever.kpi))


def by_slug(cases: Iterable[Case]) -> dict[str, Case]:
    """Use cases by what they are found with."""
    return {case.slug: case for case in cases}


def _score(judged: Mapping[Criterion, Judged], criterion: Criterion) -> int:
    """The likeliest score as a whole number: effort is no finer than that."""
    return round(judged[criterion].likeliest)


def _risk(case: Case) -> str:
    return "limited" if isinstance(case, HouseUseCase) else case.risk_class
