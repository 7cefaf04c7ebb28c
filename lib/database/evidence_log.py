"""The log as an auditor reads it: every run with its checks and verdicts, narrowed down, a page at a time, or all.

Ids begin with the time, so the newest run has the greatest id: a page begins behind the last id of the one before, and
the hundredth page costs what the first does. What an open vote seals is left out until the vote closes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require, scope, visible
from lib.database.chain import KINDS
from lib.database.run_list import whole_run
from lib.errors import InputError, NotFound
from lib.i18n import N_

ON_A_PAGE = 25
AT_ONCE = 200  # runs of an export that are held at the same time
MOST_WORDS = 12  # of a search
NO_VERDICT = "none"
WRONG_PERIOD = N_("The period ends before it begins. Exchange the two days.")
_WORD = re.compile(r"\w+")
# A comparison's texts are sealed until its vote closes: an engine beside a text would give the sides away.
SEALED = (
    "(select run_id from comparisons where workspace_id = :workspace and status <> 'closed' and run_id is not null)"
)
COLUMNS = (
    "r.id, r.use_case, r.kind, r.task, r.method, r.method_version, r.engine, r.model, r.prompt_hash, r.language,"
    " r.status, r.started_at, r.seconds, r.input_tokens, r.output_tokens, r.cost, r.currency, r.seed, r.data_set_id,"
    " r.parent_id, r.erased_at, p.name as person, p.erased_at as person_erased,"
    " case when json_valid(r.inputs) then json_extract(r.inputs, '$.number') end as number"
)
GRAVITY = "case verdict when 'fail' then 3 when 'warn' then 2 when 'note' then 1 else 0 end"


@dataclass(frozen=True)
class Wanted:
    """Which runs; an empty field leaves its choice open.

    ``since`` and ``until`` are days (ISO 8601, both included), ``check`` is a check's name, ``finding`` the gravest
    that a check at least found ('note', 'warn', 'fail'), ``verdict`` a person's last ('none': nobody gave one),
    ``words`` have all to stand in inputs or output.
    """

    person: str = ""
    use_case: str = ""
    engine: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    check: str = ""
    finding: str = ""
    verdict: str = ""
    words: str = ""


@dataclass(frozen=True)
class LogPage:
    """Some of the runs, newest first. Each has the columns of ``COLUMNS``, ``checks`` (how many of each verdict),
    ``verdict`` (the last that is more than a rating, or None), ``rating`` and ``position`` (of its link, or None)."""

    runs: tuple[dict[str, Any], ...]
    total: int


def log_page(database: Database, actor: Actor, wanted: Wanted, offset: int = 0, limit: int = ON_A_PAGE) -> LogPage:
    """``limit`` of the wanted runs from ``offset`` on, newest first, and how many there are.

    Raises:
        InputError: the period ends before it begins.
    """
    require(actor, Right.READ)
    where, given = _chosen(actor, wanted)
    total = int(database.execute(f"select count(*) from runs r where {where}", given).fetchone()[0])
    # Ids alone first: they stand in an index, the rows behind them are large.
    found = database.execute(
        f"select r.id from runs r where {where} order by r.id desc limit :limit offset :offset",
        {**given, "limit": limit, "offset": max(0, offset)},
    ).fetchall()
    return LogPage(tuple(_told(database, actor, [row[0] for row in found])), total)


def _chosen(actor: Actor, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The SQL condition of the wanted runs, and its parameters."""
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise InputError(WRONG_PERIOD)
    given = {name: value for name, value in asdict(wanted).items() if value}
    parts = [visible("r"), f"(r.parent_id is null or r.parent_id not in {SEALED})"]
    parts += [f"r.{name} = :{name}" for name in ("use_case", "engine", "status") if name in given]
    parts += ["r.person_id = :whose"] if wanted.person else []
    parts += ["r.started_at >= :since"] if wanted.since else []
    if wanted.until:
        given["until"] = (dt.date.fromisoformat(wanted.until) + dt.timedelta(days=1)).isoformat()
        parts.append("r.started_at < :until")
    parts += _judged(wanted)
    if wanted.words.strip():
        given["words"] = match_of(wanted.words)
        parts.append(
            "r.id in (select t.run_id from run_search s join run_texts t on t.id = s.rowid"
            " where run_search match :words)"
        )
    given |= {"whose": given.pop("person", ""), **scope(actor)}
    return " and ".join(parts), given


def _judged(wanted: Wanted) -> list[str]:
    parts = []
    if wanted.check or wanted.finding:
        least = {"fail": "('fail')", "warn": "('fail', 'warn')", "note": "('fail', 'warn', 'note')"}
        of_check = " and check_name = :check" if wanted.check else ""
        of_verdict = f" and verdict in {least[wanted.finding]}" if wanted.finding in least else ""
        parts.append(
            f"r.id in (select run_id from check_results where workspace_id = :workspace{of_check}{of_verdict})"
        )
    if wanted.verdict == NO_VERDICT:
        parts.append("r.id not in (select run_id from reviews where workspace_id = :workspace)")
    elif wanted.verdict:
        parts.append(
            "r.id in (select v.run_id from reviews v where v.workspace_id = :workspace and v.verdict = :verdict"
            " and v.rowid = (select max(rowid) from reviews where run_id = v.run_id"
            " and (verdict <> 'rated' or :verdict = 'rated')))"
        )
    return parts


def match_of(words: str) -> str:
    """A search in FTS5's own language: each word as it is written, all of them, the last one may go on."""
    found = _WORD.findall(words)[:MOST_WORDS]
    if not found:
        return '""'
    return " AND ".join([f'"{word}"' for word in found[:-1]] + [f'"{found[-1]}"*'])


def _told(database: Database, actor: Actor, ids: list[str]) -> list[dict[str, Any]]:
    """Runs with what is said of them, in the order of ``ids``."""
    given = {"ids": json.dumps(ids), **scope(actor)}
    inside = "(select value from json_each(:ids))"
    rows = {
        row["id"]: {**row, "checks": {}, "verdict": None, "rating": None, "position": None}
        for row in database.query(
            f"select {COLUMNS} from runs r left join people p on p.id = r.person_id where r.id in {inside}", given
        )
    }
    for run, verdict, n in database.execute(
        "select run_id, worst, count(*) from (select run_id, check_name, max("
        f"{GRAVITY}) as worst from check_results where run_id in {inside} group by run_id, check_name)"
        " group by run_id, worst order by worst desc",
        given,
    ):
        rows[run]["checks"][("pass", "note", "warn", "fail")[verdict]] = n
    for run, verdict, rating in database.execute(
        f"select run_id, verdict, rating from reviews where run_id in {inside} order by rowid", given
    ):
        rows[run]["verdict"] = rows[run]["verdict"] if verdict == "rated" else verdict
        rows[run]["rating"] = rating if rating is not None else rows[run]["rating"]
    for run, position in database.execute(
        f"select row_id, max(position) from chain_links where kind = 'runs' and row_id in {inside} group by row_id",
        given,
    ):
        rows[run]["position"] = position
    return [rows[identifier] for identifier in ids]


def every_run(database: Database, actor: Actor, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """All wanted runs, newest first, a few at a time: each as in ``LogPage``, with ``inputs`` and ``output`` as JSON
    text, ``person_id``, ``all_checks`` (check_name, verdict, findings) and ``reviews`` (verdict, rating, comment,
    reason, minutes_saved, edited_output, person, created_at). Checks and reviews are oldest first.

    Raises:
        InputError: the period ends before it begins.
    """
    require(actor, Right.READ)
    where, given = _chosen(actor, wanted)
    last = "~"  # behind every id
    while True:
        found = database.execute(
            f"select r.id from runs r where {where} and r.id < :last order by r.id desc limit {AT_ONCE}",
            {**given, "last": last},
        ).fetchall()
        if not found:
            return
        ids = [row[0] for row in found]
        yield from _whole(database, actor, ids)
        last = ids[-1]


def _whole(database: Database, actor: Actor, ids: list[str]) -> Iterator[dict[str, Any]]:
    inside, given = "(select value from json_each(?))", [json.dumps(ids)]
    texts = {
        row[0]: (row[1], row[2], row[3])
        for row in database.execute(f"select id, inputs, output, error from runs where id in {inside}", given)
    }
    checks: dict[str, list[dict[str, Any]]] = {}
    for row in database.query(
        f"select run_id, check_name, verdict, findings from check_results where run_id in {inside} order by rowid",
        given,
    ):
        checks.setdefault(row["run_id"], []).append(row)
    reviews: dict[str, list[dict[str, Any]]] = {}
    for row in database.query(
        "select v.run_id, v.verdict, v.rating, v.comment, v.reason, v.minutes_saved, v.edited_output, v.created_at,"
        f" p.name as person from reviews v left join people p on p.id = v.person_id where v.run_id in {inside}"
        " order by v.rowid",
        given,
    ):
        reviews.setdefault(row["run_id"], []).append(row)
    for run in _told(database, actor, ids):
        inputs, output, error = texts[run["id"]]
        more = {"all_checks": checks.get(run["id"], []), "reviews": reviews.get(run["id"], [])}
        yield {**run, "inputs": inputs, "output": output, "error": error, **more}


def one_run(database: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """One run as ``every_run`` gives it.

    Raises:
        NotFound: no such run in the actor's workspace.
        NotAllowed: an open vote seals it.
        StorageError: its record was changed by hand so that it can't be read.
    """
    whole_run(database, actor, run_id)
    return next(_whole(database, actor, [run_id]))


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: people (id, name), use cases, engines and checks that the log knows."""

    people: dict[str, str]
    use_cases: tuple[str, ...]
    engines: tuple[str, ...]
    checks: tuple[str, ...]


def offered(database: Database, actor: Actor) -> Offered:
    """The choices that narrow down the actor's log."""
    require(actor, Right.READ)
    given = scope(actor)

    def distinct(column: str) -> list[str]:
        # One look-up in the index for each value, and not one for each of many thousand runs.
        rows = database.execute(
            f"select distinct r.{column} from runs r where {visible('r')} and r.{column} is not null order by 1", given
        )
        return [row[0] for row in rows]

    whose = distinct("person_id")
    names = database.execute(
        "select id, name from people where erased_at is null and id in (select value from json_each(?)) order by name",
        [json.dumps(whose)],
    )
    checks = database.execute(
        "select distinct check_name from check_results where workspace_id = :workspace and (:workspace <> 'demo'"
        " or run_id in (select id from runs where workspace_id = 'demo' and person_id = :person)) order by 1",
        given,
    )
    return Offered(
        dict(names.fetchall()),
        tuple(distinct("use_case")),
        tuple(distinct("engine")),
        tuple(row[0] for row in checks),
    )


def sealed(database: Database, actor: Actor) -> int:
    """How many runs an open vote keeps out of the log for now."""
    require(actor, Right.READ)
    row = database.execute(
        f"select count(*) from runs r where {visible('r')} and r.parent_id in {SEALED}", scope(actor)
    ).fetchone()
    return int(row[0])


def row_of(database: Database, actor: Actor, run_id: str) -> dict[str, Any] | None:
    """A run's linked columns as they stand in the database, nothing read; None where the actor sees no such run."""
    require(actor, Right.READ)
    columns = ", ".join(KINDS["runs"].columns)
    rows = database.query(
        f"select {columns} from runs r where id = :run and {visible('r')}", {"run": run_id, **scope(actor)}
    )
    return next((dict(row) for row in rows), None)


def workspace_of_run(database: Database, actor: Actor, run_id: str) -> tuple[str, str] | None:
    """Another workspace of the person in which a run is that they may see: (id, name); None where there is none.

    A permalink that was sent round is often opened while another workspace is chosen.
    """
    require(actor, Right.READ)
    row = database.execute(
        "select w.id, w.name from runs r join workspaces w on w.id = r.workspace_id join memberships m on"
        " m.workspace_id = w.id where r.id = :run and m.person_id = :person and w.id <> :here"
        " and (w.id <> :demo or r.person_id = :person)",
        {"run": run_id, "person": actor.person, "here": actor.workspace, "demo": DEMO_WORKSPACE},
    ).fetchone()
    return None if row is None else (row[0], row[1])


def erased_run(database: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """What is left of a run that was erased: the deletion that did it (at, scope, person) or an empty dict.

    Raises:
        NotFound: no such run in the actor's workspace.
    """
    require(actor, Right.READ)
    row = database.execute(
        f"select erased_at from runs r where id = :run and {visible('r')}", {"run": run_id, **scope(actor)}
    ).fetchone()
    if row is None:
        raise NotFound(N_("There is no such run in this workspace. Choose one from the list of runs."))
    if row[0] is None:
        return {}
    found = database.query(
        "select d.at, d.scope, p.name as person from deletions d left join people p on p.id = d.person_id"
        " where d.workspace_id = ? and d.at = ? limit 1",
        [actor.workspace, row[0]],
    )
    return next((dict(one) for one in found), {"at": row[0], "scope": "", "person": ""})
