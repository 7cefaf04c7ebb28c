"""What the catalogue says of a use case. Texts are English message ids, marked with ``N_``, translated when shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Area(StrEnum):
    """The six parts of the value chain, then the workbench's own sections."""

    MERCHANDISING = "merchandising"
    SUPPLY_CHAIN = "supply_chain"
    MARKETING = "marketing"
    COMMERCE = "commerce"
    STORE_OPERATIONS = "store_operations"
    SUPPORT = "support"
    DECIDE = "decide"
    GOVERN = "govern"
    LEARN = "learn"
    WORKBENCH = "workbench"
    START = "start"


VALUE_CHAIN = (
    Area.MERCHANDISING,
    Area.SUPPLY_CHAIN,
    Area.MARKETING,
    Area.COMMERCE,
    Area.STORE_OPERATIONS,
    Area.SUPPORT,
)


class Criterion(StrEnum):
    """The matrix's criteria: six of value, six of feasibility."""

    REVENUE = "revenue"
    COST = "cost"
    SATISFACTION = "satisfaction"
    WAITING_TIME = "waiting_time"
    TIME_TO_MARKET = "time_to_market"
    BRAND = "brand"
    DATA_READINESS = "data_readiness"
    TEAM_SKILLS = "team_skills"
    INTEGRATION = "integration"
    RUNNING_COST = "running_cost"
    RISK_CLASS = "risk_class"
    PARTNER_DEPENDENCE = "partner_dependence"


VALUE_CRITERIA = tuple(list(Criterion)[:6])
FEASIBILITY_CRITERIA = tuple(list(Criterion)[6:])


@dataclass(frozen=True)
class ValueLever:
    """A KPI that the use case moves, and how a house would measure it."""

    kpi: str
    unit: str
    direction: Literal["up", "down"]
    measured_by: str


@dataclass(frozen=True)
class Needs:
    """What must be there first."""

    data: str
    skills: str
    integration: str


@dataclass(frozen=True)
class Score:
    """A starting score from 1 (unfavourable) to 5 (favourable) with its reason: an assumption until a house scores."""

    value: Literal[1, 2, 3, 4, 5]
    reason: str


@dataclass(frozen=True)
class UseCase:
    """One documented application of generative AI; one page when ``status`` is 'ready'."""

    slug: str
    area: Area
    title: str
    summary: str  # one sentence
    documented_as: str  # which statement of the source it implements, in our own words
    source_section: str  # where in the source, a key of SOURCE_SECTION_TITLES: 'box' or one of the text's sections
    icon: str  # ':material/...:'
    modalities: tuple[str, ...]  # what goes in and out: 'text', 'image', 'table', 'video', '3d'
    users: tuple[str, ...]  # who works with it, job titles
    levers: tuple[ValueLever, ...]
    needs: Needs
    scores: dict[Criterion, Score]
    risk_tags: tuple[str, ...]  # letters of the controls list: C K I V T E H L B; they choose checklist questions
    risk_class: Literal["minimal", "limited", "high"]  # EU AI Act, starting assessment, to be confirmed by counsel
    risk_reason: str
    exercise: str  # the bootcamp exercise, one or two sentences
    tasks: tuple[str, ...] = ()  # dotted names of Task objects
    jobs: tuple[str, ...] = ()  # dotted names of functions that the worker may run
    proof: str = ""  # dotted name of proof(data, seed) -> Proof
    engine_proof: str = ""  # dotted name of a lib.proofs.EngineProof: how another engine's texts are measured
    comparable: str = ""  # dotted name of a lib.comparable.Comparable: inputs and reading of its first task
    sample_data: tuple[str, ...] = ()  # file names in sample_data/
    stands_on: tuple[str, ...] = ()  # folders of lib/ ('atelier') whose code changes what the Proof measures
    status: Literal["ready", "planned"] = "planned"

    @property
    def page(self) -> str:
        """The page's path from the project's root."""
        return f"pages/{self.area}/{self.slug}.py"


@dataclass(frozen=True)
class SteeringPage:
    """A page that is no use case: home, workspace, and later decide, govern, learn and workbench."""

    slug: str
    area: Area
    title: str
    summary: str
    icon: str
    default: bool = field(default=False)

    @property
    def page(self) -> str:
        return f"pages/{self.area}/{self.slug}.py"
