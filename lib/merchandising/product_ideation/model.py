"""What the page works on: styles of a past line, a brand's codes, genomes of attributes, and what a round came to."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Genome = dict[str, str]  # attribute -> value, 'category' among them; values are those of ``levels``
ROLES = ("director", "merchandiser", "materials", "guardian")
Role = Literal["director", "merchandiser", "materials", "guardian"]
GOALS = ("novelty", "sell", "margin", "brand", "materials", "balance", "inspiration", "wish")


class Style(BaseModel, frozen=True):
    """One style of one season. Shares are between 0 and 1; ``season`` is 'YYYY-1' (spring) or 'YYYY-2' (autumn)."""

    style: str
    season: str
    name: str = ""
    genome: Genome
    price: float | None = None
    bought: int
    sold: int
    margin: float | None = None
    markdown: float | None = None

    @property
    def sell_through(self) -> float:
        return self.sold / self.bought


class Code(BaseModel, frozen=True):
    """One code of a brand: ``weight`` from -2 (never) to 2 (signature)."""

    attribute: str
    value: str
    weight: float
    why: str = ""


class Score(BaseModel, frozen=True):
    """A goal's value, with the ends of its 95% interval where one is known. All lie between 0 and 1."""

    value: float
    low: float | None = None
    high: float | None = None


class Steering(BaseModel, frozen=True):
    """What the person wants of the next round."""

    weights: dict[str, float] = Field(default_factory=lambda: dict.fromkeys(ROLES, 1.0))
    categories: tuple[str, ...] = ()  # empty: all
    must: tuple[tuple[str, str], ...] = ()  # (attribute, value); several of one attribute: any of them
    must_not: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()  # what is wished for, or wished for less; it steers and doesn't bind
    less: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    palette: tuple[str, ...] = ()  # '#RRGGBB', from inspiration images
    ideas: int = Field(default=6, ge=2, le=12)


class Evidence(BaseModel, frozen=True):
    """A style of the past line behind an idea, and the attributes that both have."""

    style: str
    season: str
    name: str
    shared: tuple[str, ...]
    sell_through: float
    bought: int
    markdown: float | None = None


class Idea(BaseModel, frozen=True):
    """One idea as it stands: its genome, its scores by goal, each agent's view (0 to 1), and the joint score."""

    id: str
    genome: Genome
    by: Role
    scores: dict[str, Score]
    views: dict[str, float]
    joint: float
    joint_low: float | None = None  # where its sell-through and margin end at the ends of their intervals
    joint_high: float | None = None
    reservations: dict[str, float] = {}  # role -> what its objection that stands takes off the joint score
    front: int = 0  # Pareto front, 0 is the first
    pinned: bool = False
    evidence: tuple[Evidence, ...] = ()
    unmade: tuple[tuple[str, str, str, str], ...] = ()  # (attribute, value, attribute, value) never made together
    nearest: int = 0  # attributes in which the most similar past style differs

    @property
    def standing(self) -> float:
        """The joint score less the reservations: what ideas are ordered by."""
        return self.joint - sum(self.reservations.values())

    @property
    def overall(self) -> Score:
        """The standing as a score, with what its sell-through and margin leave open."""
        cost = sum(self.reservations.values())
        ends = [None if end is None else end - cost for end in (self.joint_low, self.joint_high)]
        return Score(value=self.standing, low=ends[0], high=ends[1])


Act = Literal["propose", "keep", "revise", "reserve"]


class Event(BaseModel, frozen=True):
    """One line of the exchange. What it changed is in it: genome or standing before and after.

    ``reason`` is an English message id with ``values``; ``said`` is what a model wrote.
    """

    agent: Role
    act: Act
    idea: str
    reason: str
    values: dict[str, str | float] = {}
    before: Genome | None = None
    after: Genome
    standing_before: float | None = None
    standing_after: float
    view_before: float | None = None
    view_after: float | None = None
    attribute: str = ""
    said: str = ""


class Round(BaseModel, frozen=True):
    """One round, as its run records it."""

    number: int
    seed: int
    engine: str
    steering: Steering
    ideas: tuple[Idea, ...]
    events: tuple[Event, ...]
    population: tuple[Genome, ...] = ()  # the first fronts, from which the next round goes on
    tried: int = 0  # genomes that were scored
    withdrawn: int = 0  # remarks of a model that changed nothing and aren't shown
    learned_from: str = ""  # the line's fingerprint, for which ``reaches`` of its intervals hold
    reaches: dict[str, float] = {}
    conversations: dict[str, str] = {}  # role -> dialogue on a model
    openings: dict[str, str] = {}  # role -> what a model said of the shortlist as a whole
    unusable: tuple[str, ...] = ()  # roles whose answer did not fit the output type
