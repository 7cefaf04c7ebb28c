"""Runs to look through, a page at a time, and one run to look at whole. What a vote seals stays sealed here too."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.comparisons import SEALED
from lib.database.runs import get_run
from lib.errors import NotAllowed

# A comparison's texts are sealed until its vote closes: an engine beside a text would give the sides away.
OPEN = (
    "exists (select 1 from comparisons c where c.run_id = {table}.parent_id and c.status <> 'closed'"
    " and c.workspace_id = {table}.workspace_id)"
)
IN_A_COMPARISON = "exists (select 1 from runs q where q.id = r.parent_id and q.kind = 'comparison')"


@dataclass(frozen=True)
class Wanted:
    """Which runs; an empty field leaves its choice open.

    ``prompt`` is the hash of the text that a model got: the runs within comparisons are then among them, which are
    otherwise left to their comparison.
    """

    task: str = ""
    engine: str = ""
    status: str = ""
    kind: str = ""
    prompt: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a list. ``runs`` have id, use_case, kind, task, engine, model, language, status, started_at,
    seconds, cost, currency, method, number (the input of that name, or None), person (a name), sealed (1 while an open
    vote hides it)."""

    runs: tuple[dict[str, Any], ...]
    total: int


def runs_page(database: Database, actor: Actor, wanted: Wanted, offset: int = 0, limit: int = 20) -> Page:
    """``limit`` of the workspace's runs from ``offset`` on, newest first, and how many there are."""
    require(actor, Right.READ)
    columns = {"task": "task", "engine": "engine", "status": "status", "kind": "kind", "prompt": "prompt_hash"}
    values = {name: value for name, value in asdict(wanted).items() if name in columns and value}
    conditions = [visible("r"), *(f"r.{columns[name]} = :{name}" for name in values)]
    conditions += [] if wanted.prompt else [f"not {IN_A_COMPARISON}"]
    conditions += ["r.person_id = :person"] if wanted.mine else []
    chosen = " from runs r join people p on p.id = r.person_id where " + " and ".join(conditions)
    given = {**values, **scope(actor)}
    total = database.execute("select count(*)" + chosen, given).fetchone()[0]
    rows = database.query(
        "select r.id, r.use_case, r.kind, r.task, r.engine, r.model, r.language, r.status, r.started_at, r.seconds,"
        " r.cost, r.currency, r.method, p.name as person,"
        " case when json_valid(r.inputs) then json_extract(r.inputs, '$.number') end as number,"
        f" {OPEN.format(table='r')} as sealed{chosen}"
        " order by r.rowid desc limit :limit offset :offset",
        {**given, "limit": limit, "offset": max(0, offset)},
    )
    return Page(tuple(rows), int(total))


def engines_used(database: Database, actor: Actor) -> list[str]:
    """The engines of the workspace's runs, by name."""
    require(actor, Right.READ)
    rows = database.query(
        f"select distinct engine from runs where engine is not null and {visible()} order by engine", scope(actor)
    )
    return [row["engine"] for row in rows]


def whole_run(database: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """A run with its JSON read, the name of who ran it (``person_name``) and, where it belongs to a comparison, that
    one's id (``comparison``). A comparison's own inputs, which name its sides, are left to the comparison.

    Raises:
        NotFound: no such run in the actor's workspace.
        NotAllowed: it is one of the texts of a comparison whose vote is still open.
    """
    run = get_run(database, actor, run_id, erased=True)
    if database.execute(f"select 1 from runs where id = ? and {OPEN.format(table='runs')}", [run_id]).fetchone():
        raise NotAllowed(SEALED)
    person = database.execute("select name from people where id = ?", [run["person_id"]]).fetchone()
    comparison = database.execute(
        "select id from comparisons where run_id in (?, ?) and workspace_id = ?",
        [run_id, run["parent_id"] or "", actor.workspace],
    ).fetchone()
    inputs = {} if run["kind"] == "comparison" else run["inputs"]
    found = {"person_name": person[0] if person else "", "comparison": comparison[0] if comparison else None}
    return {**run, **found, "inputs": inputs}
