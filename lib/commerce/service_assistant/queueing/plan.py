"""What is asked of the simulation: team, promises, what the assistant resolves, and what an hour costs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np

from lib.commerce.service_assistant.queueing.log import DAY, WEEK, Log
from lib.errors import InputError
from lib.i18n import N_

MINUTE, HOUR, DAY_SECONDS, WEEK_SECONDS = 60.0, 3_600.0, 86_400.0, 604_800.0
WEEKS_A_MONTH: Final = 52 / 12
COMFORTABLE: Final = 0.85  # occupancy that the first proposal of a team aims at
NO_HOURS = N_("The team is never there. Choose at least one day, and a closing time after the opening time.")
NO_AGENTS = N_("A team has at least one agent. Raise the number of agents.")
TOO_MUCH = N_("What is resolved and what is answered wrongly can’t be more than all contacts. Lower one of the two.")

# What a client expects of a channel, in seconds, and whether they wait in front of the screen: a start to be changed.
EXPECTED: Final[dict[str, tuple[float, bool]]] = {
    "chat": (60.0, True),
    "phone": (60.0, True),
    "text": (600.0, False),
    "social": (3_600.0, False),
    "e-mail": (4 * 3_600.0, False),
}
ALSO_CALLED: Final = {
    "call": "phone",
    "calls": "phone",
    "voice": "phone",
    "téléphone": "phone",
    "telephone": "phone",
    "appel": "phone",
    "appels": "phone",
    "livechat": "chat",
    "live chat": "chat",
    "email": "e-mail",
    "mail": "e-mail",
    "courriel": "e-mail",
    "sms": "text",
    "whatsapp": "text",
    "instagram": "social",
    "facebook": "social",
}
OTHERWISE: Final = (600.0, False)


@dataclass(frozen=True)
class Promise:
    """A channel, the seconds in which it is to be answered, and whether the client waits in front of the screen.

    Who waits so is served first, may lose patience, and can't write while the team is away.
    """

    channel: str
    seconds: float
    live: bool = False


@dataclass(frozen=True)
class Shares:
    """What becomes of a contact that needn't go to a person: shares of 1; the rest is handed over.

    ``resolved`` rightly by the assistant; ``wrong``: contained, but not rightly, so that the client comes back.
    ``counts`` are conversations of a test bench (resolved, wrong, handed over): then the shares are drawn anew for
    each simulated week from what so few conversations leave open. Without them they are an assumption.
    """

    resolved: float = 0.5
    wrong: float = 0.1
    counts: tuple[int, int, int] | None = None
    missed: tuple[int, int] | None = None  # of those that had to go to a person: not handed over, all
    source: str = ""  # the bench run's id

    @property
    def handed(self) -> float:
        return max(1 - self.resolved - self.wrong, 0.0)


@dataclass(frozen=True)
class Plan:
    """Everything but the log. Times in seconds, ``opens`` and ``closes`` in half hours of the day, money per hour."""

    agents: int
    promises: tuple[Promise, ...]
    opens: int = 18
    closes: int = 38
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5)  # 0 is Monday
    target: float = 0.8  # share of each channel's contacts that is to be answered as promised
    patience: float = 0.0  # mean, of those who wait in front of the screen; 0: nobody leaves
    replay: bool = False  # the busiest week of the log as it was, instead of chance around the average week
    shares: Shares = field(default_factory=Shares)
    must: float = 0.05  # share that always goes to a person: safety, anger, legal threats, high value
    assistant_seconds: float = 120.0  # that a conversation with the assistant takes
    comes_back: float = 3_600.0  # mean time after which a client who was answered wrongly writes again
    saved: float = 0.0  # share of the handling time that the summary of a hand-over saves
    wage: float = 0.0  # per paid hour, with charges
    wage_source: str = ""
    currency: str = "EUR"
    off: float = 0.3  # share of the paid time that isn't spent on contacts: breaks, training, leave
    engine_cost: float = 0.0  # of one conversation with the assistant
    weeks: int = 60

    def __post_init__(self) -> None:
        if self.agents < 1:
            raise InputError(NO_AGENTS)
        if not self.days or self.closes <= self.opens:
            raise InputError(NO_HOURS)
        if self.shares.resolved + self.shares.wrong > 1 + 1e-9:
            raise InputError(TOO_MUCH)

    @property
    def open(self) -> tuple[bool, ...]:
        """For each half hour of the week, whether the team is there."""
        return tuple(at // DAY in self.days and self.opens <= at % DAY < self.closes for at in range(WEEK))

    @property
    def open_hours(self) -> float:
        """Of a week."""
        return sum(self.open) / 2

    def roster(self) -> tuple[int, ...]:
        """The team as it is: the same number whenever it is there."""
        return tuple(self.agents if one else 0 for one in self.open)

    def monthly(self, agents: Sequence[float]) -> float:
        """What a week's roster costs in a month."""
        return sum(agents) / 2 / (1 - self.off) * self.wage * WEEKS_A_MONTH

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Plan:
        """From a job's arguments."""
        shares = kept["shares"]
        known = {one.name for one in dataclasses.fields(cls)}
        return cls(
            **{
                **{name: value for name, value in kept.items() if name in known},
                "promises": tuple(Promise(**one) for one in kept["promises"]),
                "days": tuple(kept["days"]),
                "shares": Shares(
                    shares["resolved"],
                    shares["wrong"],
                    tuple(shares["counts"]) if shares["counts"] else None,
                    tuple(shares["missed"]) if shares["missed"] else None,
                    shares["source"],
                ),
            }
        )


def expected(channel: str) -> Promise:
    """What clients are taken to expect of a channel, by its name."""
    seconds, live = EXPECTED.get(ALSO_CALLED.get(channel, channel), OTHERWISE)
    return Promise(channel, seconds, live)


def first_hours(log: Log) -> tuple[int, int, tuple[int, ...]]:
    """When the team seems to be there: while clients write who wait in front of the screen, else while most do.

    Gives the half hours of opening and closing, and the days (0 is Monday).
    """
    live = [channel for channel in log.channels if expected(channel).live] or list(log.channels)
    week = np.sum([log.average[channel] for channel in live], axis=0).reshape(7, DAY)
    days = tuple(day for day in range(7) if week[day].sum() > 0.1 * week.sum(axis=1).max())
    used = np.flatnonzero(week.sum(axis=0) > 0.1 * week.sum(axis=0).max())
    return int(used[0]), int(used[-1]) + 1, days


def first_team(log: Log, plan: Plan) -> int:
    """Agents who are busy 85% of the time that the team is there, without the assistant."""
    hours = float(log.work.sum()) / 2
    return max(1, -int(-hours // (COMFORTABLE * plan.open_hours)))


def shares_of(rows: Sequence[dict[str, Any]], source: str) -> Shares:
    """What a test bench's conversations say. ``rows`` as ``benching.outcomes`` makes them."""
    free = [row for row in rows if row["expected"] != "handed_over"]
    must = [row for row in rows if row["expected"] == "handed_over"]
    resolved = sum(bool(row["marks"].get("contained") and row["marks"].get("correct")) for row in free)
    wrong = sum(bool(row["marks"].get("contained") and not row["marks"].get("correct")) for row in free)
    missed = sum(bool(row["marks"].get("contained")) for row in must)
    n = max(len(free), 1)
    counts = (resolved, wrong, len(free) - resolved - wrong)
    return Shares(resolved / n, wrong / n, counts if free else None, (missed, len(must)) if must else None, source)
