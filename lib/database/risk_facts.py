"""What the database knows of a use case's runs: what a review is filled in with, and what re-opens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible

# Texts under a comparison were written to try an engine out, not to be used.
IN_USE: Final = (
    "r.status in ('done', 'cut') and r.kind <> 'comparison' and r.use_case = :use_case"
    " and not exists (select 1 from runs q where q.id = r.parent_id and q.kind = 'comparison')"
)

ENGINE: Final = "trim(r.engine || ' ' || coalesce(r.model, ''))"
BUILT_IN: Final = ("atelier", "built-in")  # engines that come with the product: signed for, used or not
METHOD: Final = "r.method || ' ' || r.method_version"


@dataclass(frozen=True)
class Facts:
    """Counts over the runs that a use case has in a workspace; ``checks`` counts verdicts by check."""

    runs: int = 0
    kept: int = 0  # with inputs, output, method and its version
    prompted: int = 0  # with the prompt's version
    people: int = 0
    first: str = ""  # ISO dates
    last: str = ""
    engines: Mapping[str, int] = field(default_factory=dict)  # 'engine model' -> runs
    methods: Mapping[str, int] = field(default_factory=dict)  # 'name version' of what ran without an engine -> runs
    checks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    approved: int = 0
    sent_back: int = 0
    edited: int = 0
    reviewers: int = 0


def facts(database: Database, actor: Actor, use_case: str, since: str = "", until: str = "9999") -> Facts:
    """The facts of a use case, over all time or between two days (ISO dates, both included)."""
    require(actor, Right.READ)
    span = f"{IN_USE} and {visible('r')} and substr(r.started_at, 1, 10) between :since and :until"
    values = {"use_case": use_case, "since": since, "until": until, **scope(actor)}
    head: dict[str, Any] = next(
        iter(
            database.query(
                "select count(*) as runs, count(r.output) as kept, count(r.prompt_hash) as prompted,"
                " count(distinct r.person_id) as people, coalesce(min(substr(r.started_at, 1, 10)), '') as first,"
                f" coalesce(max(substr(r.started_at, 1, 10)), '') as last from runs r where {span}",
                values,
            )
        )
    )
    return Facts(
        **{**head, **_reviews(database, span, values)},
        engines=_counted(database, ENGINE, f"{span} and r.engine is not null", values),
        methods=_counted(database, METHOD, f"{span} and r.engine is null", values),
        checks=_checks(database, span, values),
    )


def _counted(database: Database, name: str, span: str, values: dict[str, Any]) -> dict[str, int]:
    rows = database.execute(f"select {name}, count(*) from runs r where {span} group by 1 order by 2 desc, 1", values)
    return {str(one): int(count) for one, count in rows.fetchall()}


def _checks(database: Database, span: str, values: dict[str, Any]) -> dict[str, dict[str, int]]:
    rows = database.execute(
        "select c.check_name, c.verdict, count(*) from check_results c join runs r on r.id = c.run_id"
        f" where {span} group by 1, 2",
        values,
    )
    found: dict[str, dict[str, int]] = {}
    for name, verdict, count in rows.fetchall():
        found.setdefault(name, {})[verdict] = count
    return found


def _reviews(database: Database, span: str, values: dict[str, Any]) -> dict[str, int]:
    row = database.execute(
        "select coalesce(sum(v.verdict = 'approved'), 0), coalesce(sum(v.verdict = 'sent_back'), 0),"
        " coalesce(sum(v.edited_output is not null), 0), count(distinct v.person_id) from reviews v"
        f" join runs r on r.id = v.run_id where {span}",
        values,
    ).fetchone()
    return dict(zip(("approved", "sent_back", "edited", "reviewers"), map(int, row), strict=True))


def fingerprint(database: Database, actor: Actor, use_case: str) -> dict[str, list[str]]:
    """What a use case is made with: 'engines' (with model), 'methods' (with version), 'prompts' (task and hash),
    'data' (name and content's hash). Each sorted.

    Those that come with the product are among the engines from the start.
    """
    require(actor, Right.READ)
    values = {"use_case": use_case, **scope(actor)}
    where = f"{IN_USE} and {visible('r')}"
    methods = f"select distinct {METHOD} from runs r where {where}"
    engines = f"select distinct {ENGINE} from runs r where r.engine is not null and {where}"
    prompts = "select distinct r.task || ' ' || r.prompt_hash from runs r where r.prompt_hash is not null and " + where
    edited = (
        "select distinct v.task || ' ' || v.hash from prompt_versions v where v.active = 1 and v.task in"
        f" (select r.task from runs r where {where}) and {visible('v')}"
    )
    data = (
        "select distinct d.name || ' ' || substr(a.hash, 1, 12) from runs r join data_sets d on d.id = r.data_set_id"
        f" join artefacts a on a.id = d.artefact_id where {where}"
    )
    return {
        "engines": sorted({*_column(database, [engines], values), *BUILT_IN}),
        "methods": _column(database, [methods], values),
        "prompts": _column(database, [prompts, edited], values),
        "data": _column(database, [data], values),
    }


def _column(database: Database, queries: Iterable[str], values: dict[str, Any]) -> list[str]:
    return sorted({str(row[0]) for query in queries for row in database.execute(query, values).fetchall()})


def added(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What is in use now and wasn't before, by kind; what is no longer used re-opens nothing.

    A method counts where another version of it was in use: one that is used for the first time is part of the page
    that was signed for.
    """
    found = {kind: sorted(set(now) - set(before.get(kind, ()))) for kind, now in after.items()}
    signed = {name.rpartition(" ")[0] for name in before.get("methods", ())}
    found["methods"] = [name for name in found.get("methods", ()) if name.rpartition(" ")[0] in signed]
    return {kind: names for kind, names in found.items() if names}
