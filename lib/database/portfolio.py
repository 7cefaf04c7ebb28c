"""A house's own use cases, and the domains in which it sees value, each in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.catalogue import Area, HouseUseCase, UseCase, with_additions
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

MAX_TITLE = 120
MAX_SUMMARY = 600
MAX_DOMAINS = 12


@dataclass(frozen=True)
class Domain:
    """Where the house sees value. Name and reason are as typed; ``slugs`` are the use cases that serve it."""

    id: str
    name: str
    why: str
    slugs: tuple[str, ...]


def additions(database: Database, actor: Actor) -> list[HouseUseCase]:
    """The workspace's own use cases that are still considered, oldest first."""
    require(actor, Right.READ)
    rows = database.query(
        f"select slug, area, title, summary from house_use_cases where retired_at is null and {visible()}"
        " order by created_at, id",
        scope(actor),
    )
    return [HouseUseCase(row["slug"], Area(row["area"]), row["title"], row["summary"]) for row in rows]


def candidates(database: Database, actor: Actor) -> tuple[UseCase | HouseUseCase, ...]:
    """All use cases of the workspace: the catalogue's and its own, by area along the value chain."""
    return with_additions(additions(database, actor))


def add_use_case(database: Database, actor: Actor, area: Area, title: str, summary: str) -> str:
    """Add a use case of the house's own; its slug.

    Raises:
        InputError: no title, one too long, an area outside the value chain, or a title that is taken.
    """
    require(actor, Right.STEER)
    title, summary = _one_line(title), summary.strip()[:MAX_SUMMARY]
    if len(title) > MAX_TITLE:
        raise InputError(
            N_("A title has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_TITLE,
            length=len(title),
        )
    addition = HouseUseCase(f"own_{_slug(title)}", area, title, summary)
    with writing(database):
        with_additions([*additions(database, actor), addition])
        database.table("house_use_cases").insert(
            {
                "id": new_id(),
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "slug": addition.slug,
                "area": area.value,
                "title": title,
                "summary": summary,
                "created_at": now(),
            }
        )
    return addition.slug


def retire_use_case(database: Database, actor: Actor, slug: str) -> None:
    """Consider a use case of the house's own no longer; what refers to it keeps its name.

    Raises:
        NotFound: no such use case among the workspace's own.
    """
    require(actor, Right.STEER)
    with writing(database):
        changed = database.execute(
            f"update house_use_cases set retired_at = :now where slug = :slug and retired_at is null and {visible()}",
            {"now": now(), "slug": slug, **scope(actor)},
        ).rowcount
    if not changed:
        raise NotFound(N_("There is no use case called '{slug}' among your own."), slug=slug)


def domains(database: Database, actor: Actor) -> list[Domain]:
    """The workspace's domains in their order, with the use cases in each."""
    require(actor, Right.READ)
    rows = database.query(
        f"select id, name, why from value_domains where {visible()} order by position, created_at", scope(actor)
    )
    return [Domain(row["id"], row["name"], row["why"], _in_domain(database, row["id"])) for row in list(rows)]


def save_domains(database: Database, actor: Actor, wanted: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """Put (name, why, slugs) in place of the workspace's domains; the order is the house's.

    Raises:
        InputError: one has no name, two have the same, or there are too many.
    """
    require(actor, Right.STEER)
    names = [_one_line(name)[:MAX_TITLE] for name, _why, _slugs in wanted]
    if not all(names):
        raise InputError(N_("A domain needs a name. Type one, or take the line out."))
    if len({name.casefold() for name in names}) < len(names):
        raise InputError(N_("Two domains have the same name. Give each its own."))
    if len(names) > MAX_DOMAINS:
        raise InputError(N_("More than {most} domains say nothing about what matters. Join some."), most=MAX_DOMAINS)
    with writing(database):
        for domain in domains(database, actor):
            database.execute("delete from value_domains where id = ?", [domain.id])
        for position, (name, (_name, why, slugs)) in enumerate(zip(names, wanted, strict=True)):
            _insert_domain(database, actor, position, name, why, slugs)


def _insert_domain(database: Database, actor: Actor, position: int, name: str, why: str, slugs: Sequence[str]) -> None:
    identifier = new_id()
    database.table("value_domains").insert(
        {
            "id": identifier,
            "workspace_id": actor.workspace,
            "person_id": actor.person,
            "position": position,
            "name": name,
            "why": why.strip()[:MAX_SUMMARY],
            "created_at": now(),
        }
    )
    database.table("domain_use_cases").insert_all(
        [{"domain_id": identifier, "slug": slug} for slug in dict.fromkeys(slugs)]
    )


def _in_domain(database: Database, domain: str) -> tuple[str, ...]:
    rows = database.execute("select slug from domain_use_cases where domain_id = ? order by slug", [domain])
    return tuple(row[0] for row in rows.fetchall())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _slug(title: str) -> str:
    """Letters and digits of a title without accents, joined by underscores; a random one where nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or new_id()[-8:]
