"""What reviewers' verdicts say together: agreement beyond chance, who differs on what, and why things come back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lib.agreement import Agreement, agreement
from lib.database.queue_verdicts import VERDICTS


@dataclass(frozen=True)
class Reviewer:
    """One person's verdicts: how many, on outputs that others judged too how many, and how often those stood."""

    identifier: str
    person: str  # a name
    verdicts: int
    shared: int
    upheld: int


@dataclass(frozen=True)
class Together:
    """Blind verdicts of several people on the same outputs.

    ``confusion`` counts pairs of verdicts on one output, by the two verdicts in the order of ``VERDICTS``; ``reasons``
    counts reasons of all verdicts; ``disputed`` counts outputs on which they disagree and nobody has decided yet.
    """

    agreement: Agreement
    confusion: Mapping[tuple[str, str], int]
    reviewers: tuple[Reviewer, ...]
    reasons: Mapping[str, int]
    outcomes: Mapping[str, int]
    disputed: int = 0


def together(rows: Sequence[Mapping[str, Any]]) -> Together:
    """The figures of ``lib.database.queue_verdicts.judged``'s rows. A third person's decision is no blind vote."""
    blind: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if not row["adjudicates"]:
            blind[row["run_id"]].append(row)
    pairs: Counter[tuple[str, str]] = Counter()
    for votes in blind.values():
        for one, other in combinations(sorted((vote["verdict"] for vote in votes), key=VERDICTS.index), 2):
            pairs[one, other] += 1
    last = {row["run_id"]: row["outcome"] for row in rows if row["outcome"]}
    return Together(
        agreement([[vote["verdict"] for vote in votes] for votes in blind.values()]),
        dict(pairs),
        _reviewers(blind),
        dict(Counter(reason for row in rows for reason in row["reasons"]).most_common()),
        dict(Counter(last.values())),
        len({row["run_id"] for row in rows if not row["outcome"]}),
    )


def _reviewers(blind: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[Reviewer, ...]:
    names: dict[str, str] = {}
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for votes in blind.values():
        for vote in votes:
            names[vote["person_id"]] = vote["person"]
            mine = counted[vote["person_id"]]
            mine[0] += 1
            if len(votes) > 1 and vote["outcome"]:
                mine[1] += 1
                mine[2] += vote["verdict"] == vote["outcome"]
    made = [Reviewer(person, names[person], *found) for person, found in counted.items()]
    return tuple(sorted(made, key=lambda one: -one.verdicts))
