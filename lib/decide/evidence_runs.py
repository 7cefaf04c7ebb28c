"""What single recorded runs of a workspace measured: waiting in a queue simulation, a Proof on its own data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import UseCase
from lib.database.runs import recent
from lib.evidence import code_version, read_proof
from lib.proofs import Proof

LOOK_BACK = 50  # runs of a kind in which the last one that fits is looked for
QUEUE, ALL = "service_queue", "*"  # the simulation's method, and all channels together in its output
SAMPLE = "sample"  # as a run's data: the demo house's, not this house's
SHORTEST = 1.0  # seconds: what is lost less than that counts as that


@dataclass(frozen=True)
class Waiting:
    """Seconds that a contact loses on average, over the simulated weeks, without and with the use case.

    Waiting day and night, and what a wrong answer cost. ``low`` and ``high``: 19 weeks of 20 lie between them.
    """

    run: str
    dated: str
    own: bool  # on this workspace's arrivals
    without: float
    value: float
    low: float
    high: float
    wrong: float  # share of contacts that got a wrong answer

    def left(self, seconds: float) -> float:
        """What is left of the waiting before, as a share of it."""
        return max(seconds, SHORTEST) / max(self.without, SHORTEST)


@dataclass(frozen=True)
class ProofHere:
    """A Proof that this workspace computed with the present code."""

    run: str
    dated: str
    own: bool  # on the workspace's own data
    proof: Proof


def waiting(database: Database, actor: Actor, slug: str) -> Waiting | None:
    """The last queue simulation in which both queues were stable; one on own arrivals before one on the sample."""
    found = recent(database, actor, LOOK_BACK, use_case=slug, kind="simulation", status="done")
    known = [one for run in found if run["method"] == QUEUE and (one := _waiting(run)) is not None]
    return next((one for one in known if one.own), known[0] if known else None)


def _waiting(run: Mapping[str, Any]) -> Waiting | None:
    scenarios = (run["output"] or {}).get("scenarios", {})
    before, after = (scenarios.get(name, {}).get("measures", {}).get(ALL) for name in ("without", "with"))
    if not before or not after:
        return None
    own = run["inputs"].get("data", SAMPLE) != SAMPLE
    lost = after["lost"]
    numbers = (before["lost"]["value"], lost["value"], lost["low"], lost["high"], after["wrong"]["value"])
    if not all(math.isfinite(number) for number in numbers):
        return None
    return Waiting(run["id"], run["started_at"][:10], own, *numbers)


def proofs(database: Database, actor: Actor, case: UseCase) -> list[ProofHere]:
    """The last Proof on each data that was computed here with exactly this code, own data first."""
    code, found = code_version(case), dict[str, ProofHere]()
    for run in recent(database, actor, LOOK_BACK, use_case=case.slug, kind="comparison", status="done"):
        data = run["inputs"].get("data")
        if run["inputs"].get("code") == code and isinstance(data, str) and data not in found and run["output"]:
            proof = read_proof(run["output"])
            found[data] = ProofHere(run["id"], run["started_at"][:10], data != SAMPLE, proof)
    return sorted(found.values(), key=lambda one: not one.own)
