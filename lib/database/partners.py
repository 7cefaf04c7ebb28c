"""Candidates that a house could work with, their scores, what counts, and the way that it chose for each use case."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import portfolio
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

MAX_NAME = 120
MAX_TEXT = 600
MAX_PARTNERS = 20
NO_PARTNER = N_("There is no such candidate in this workspace. Choose one from the list.")


class PartnerKind(StrEnum):
    """What a candidate is."""

    MODEL_PROVIDER = "model_provider"
    CLOUD = "cloud"
    SPECIALISED = "specialised"
    INTEGRATOR = "integrator"


class PartnerCriterion(StrEnum):
    """What a candidate is judged by."""

    QUALITY = "quality"
    PRICE = "price"
    LATENCY = "latency"
    LANGUAGES = "languages"
    DATA_LOCATION = "data_location"
    OWNERSHIP = "ownership"
    TRAINING_USE = "training_use"
    INDEMNITY = "indemnity"
    EXIT = "exit"


class Way(StrEnum):
    """How a house comes to a use case."""

    BUILD = "build"
    BUY = "buy"
    PARTNER = "partner"


@dataclass(frozen=True)
class PartnerScore:
    """A score from 1 to 5 with its range. ``basis`` is 'opinion', 'assumption' or 'evidence'; ``source`` says whose.

    ``reference`` is the comparison that an evidence came from, ``dated`` an ISO date; both may be empty.
    """

    low: float
    likeliest: float
    high: float
    basis: str
    source: str = ""
    dated: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Partner:
    """A candidate. ``engine`` names the engine through which it was compared here, if it is one."""

    id: str
    name: str
    kind: PartnerKind
    engine: str
    scores: Mapping[PartnerCriterion, PartnerScore]


@dataclass(frozen=True)
class Choice:
    """Build, buy or partner for one use case, with whom, and why."""

    slug: str
    way: Way
    partner: str | None
    reason: str
    changed_at: str


def listing(database: Database, actor: Actor) -> list[Partner]:
    """The workspace's candidates, oldest first, with the scores that somebody gave."""
    require(actor, Right.READ)
    rows = list(
        database.query(
            f"select id, name, kind, engine from partners where retired_at is null and {visible()}"
            " order by created_at, id",
            scope(actor),
        )
    )
    return [
        Partner(row["id"], row["name"], PartnerKind(row["kind"]), row["engine"], _scores(database, row["id"]))
        for row in rows
    ]


def _scores(database: Database, partner: str) -> dict[PartnerCriterion, PartnerScore]:
    rows = database.query(
        "select criterion, low, likeliest, high, basis, source, dated, reference from partner_scores"
        " where partner_id = ?",
        [partner],
    )
    return {PartnerCriterion(row.pop("criterion")): PartnerScore(**row) for row in rows}


def add(database: Database, actor: Actor, name: str, kind: PartnerKind, engine: str = "") -> str:
    """Add a candidate; its id.

    Raises:
        InputError: no name, one too long or taken, or too many candidates.
    """
    require(actor, Right.STEER)
    name = " ".join(name.split())
    if not name:
        raise InputError(N_("A candidate needs a name. Type it."))
    if len(name) > MAX_NAME:
        raise InputError(
            N_("A candidate’s name has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_NAME,
            length=len(name),
        )
    identifier = new_id()
    with writing(database):
        others = listing(database, actor)
        if name.casefold() in {other.name.casefold() for other in others}:
            raise InputError(N_("“{name}” is on the list already. Give this one another name."), name=name)
        if len(others) >= MAX_PARTNERS:
            raise InputError(N_("A list of {most} candidates is long enough. Take one out first."), most=MAX_PARTNERS)
        database.table("partners").insert(
            {**_whose(actor), "id": identifier, "name": name, "kind": kind.value, "engine": engine, "created_at": now()}
        )
    return identifier


def retire(database: Database, actor: Actor, partner: str) -> None:
    """Take a candidate off the list; choices that name it keep its name.

    Raises:
        NotFound: none of the workspace's.
    """
    require(actor, Right.STEER)
    with writing(database):
        _require_partner(database, actor, partner)
        database.execute("update partners set retired_at = ? where id = ?", [now(), partner])


def link_engine(database: Database, actor: Actor, partner: str, engine: str) -> None:
    """Say through which engine a candidate is compared here; empty for none.

    Raises:
        NotFound: none of the workspace's.
    """
    require(actor, Right.STEER)
    with writing(database):
        _require_partner(database, actor, partner)
        database.execute("update partners set engine = ? where id = ?", [engine, partner])


def name_of(database: Database, actor: Actor, partner: str) -> str:
    """A candidate's name, also of one that was taken off the list; empty where there is none."""
    require(actor, Right.READ)
    row = database.execute(
        f"select name from partners where id = :id and {visible()}", {"id": partner, **scope(actor)}
    ).fetchone()
    return str(row[0]) if row else ""


def save_scores(
    database: Database, actor: Actor, partner: str, scores: Mapping[PartnerCriterion, PartnerScore]
) -> None:
    """Put these scores in place of those on the same criteria; others stay.

    Raises:
        InputError: a score outside 1 to 5, or a range that doesn't hold its likeliest value.
        NotFound: no such candidate.
    """
    require(actor, Right.STEER)
    for score in scores.values():
        _require_sound(score)
    with writing(database):
        _require_partner(database, actor, partner)
        for criterion, score in scores.items():
            values = {**score.__dict__, "source": score.source.strip()[:MAX_TEXT], "dated": score.dated.strip()[:10]}
            database.table("partner_scores").insert(
                {"partner_id": partner, "criterion": criterion.value, **values, "changed_at": now()}, replace=True,
                pk=("partner_id", "criterion"),
            )  # fmt: skip


def _require_sound(score: PartnerScore) -> None:
    ends = (score.low, score.likeliest, score.high)
    if not all(math.isfinite(end) and 1 <= end <= 5 for end in ends):
        raise InputError(N_("Scores go from 1 to 5. Correct the one that doesn’t."))
    if not score.low <= score.likeliest <= score.high:
        raise InputError(N_("The likeliest score has to lie between the lowest and the highest. Correct the range."))


def weights(database: Database, actor: Actor) -> dict[PartnerCriterion, float]:
    """How much each criterion counts, 1 in all; the same for each until somebody says otherwise."""
    require(actor, Right.READ)
    rows = database.query(f"select criterion, weight from partner_weights where {visible()}", scope(actor))
    found = {PartnerCriterion(row["criterion"]): float(row["weight"]) for row in rows}
    given = {criterion: found.get(criterion, 0.0 if found else 1.0) for criterion in PartnerCriterion}
    total = sum(given.values())
    return {criterion: weight / total for criterion, weight in given.items()}


def save_weights(database: Database, actor: Actor, wanted: Mapping[PartnerCriterion, float]) -> None:
    """Keep how much each criterion counts, in any one unit.

    Raises:
        InputError: one below zero, or all zero.
    """
    require(actor, Right.STEER)
    if not all(math.isfinite(weight) and weight >= 0 for weight in wanted.values()):
        raise InputError(N_("A weight can’t be below zero. Correct it."))
    if not any(wanted.values()):
        raise InputError(N_("All weights are zero, so nothing would count. Give at least one criterion a weight."))
    with writing(database):
        database.execute(f"delete from partner_weights where {visible()}", scope(actor))
        database.table("partner_weights").insert_all(
            {**_whose(actor), "id": new_id(), "criterion": criterion.value, "weight": weight, "changed_at": now()}
            for criterion, weight in wanted.items()
        )


def choices(database: Database, actor: Actor) -> dict[str, Choice]:
    """What was chosen, by use case."""
    require(actor, Right.READ)
    rows = database.query(
        f"select slug, way, partner_id, reason, changed_at from partner_choices where {visible()} order by changed_at",
        scope(actor),
    )
    return {
        row["slug"]: Choice(row["slug"], Way(row["way"]), row["partner_id"], row["reason"], row["changed_at"])
        for row in rows
    }


def choose(database: Database, actor: Actor, slug: str, way: Way, partner: str | None = None, reason: str = "") -> None:
    """Write down the way to a use case, in place of what was chosen before.

    Raises:
        NotFound: no such use case, or no such candidate.
    """
    require(actor, Right.STEER)
    with writing(database):
        if slug not in {case.slug for case in portfolio.candidates(database, actor)}:
            raise NotFound(N_("There is no use case called '{slug}'. Choose one from Home."), slug=slug)
        if partner is not None:
            _require_partner(database, actor, partner)
        database.execute(
            f"delete from partner_choices where slug = :slug and {visible()}", {"slug": slug, **scope(actor)}
        )
        database.table("partner_choices").insert(
            {
                **_whose(actor),
                "id": new_id(),
                "slug": slug,
                "way": way.value,
                "partner_id": partner,
                "reason": reason.strip()[:MAX_TEXT],
                "changed_at": now(),
            }
        )


def _whose(actor: Actor) -> dict[str, str]:
    return {"workspace_id": actor.workspace, "person_id": actor.person}


def _require_partner(database: Database, actor: Actor, partner: str) -> None:
    found = database.execute(
        f"select 1 from partners where id = :id and retired_at is null and {visible()}",
        {"id": partner, **scope(actor)},
    ).fetchone()
    if found is None:
        raise NotFound(NO_PARTNER)
