"""The review queue: which outputs wait for a person, who is reading which, and how many have to judge each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.reviews import insert_review
from lib.database.run_list import IN_A_COMPARISON
from lib.database.runs import get_run
from lib.errors import InputError, Overtaken
from lib.i18n import N_

LEASE = dt.timedelta(minutes=10)  # how long an opened item is kept for who opened it
MOST_REVIEWERS = 5
MAX_NOTE = 500
KINDS = ("generation", "rendering")  # of run whose output a person judges

# The verdict that stands last on a run, given on its own page or by the queue. 'withdrawn': it waits again.
LAST_REVIEW = (
    "coalesce((select v.verdict from reviews v where v.run_id = r.id and v.verdict <> 'rated'"
    " order by v.rowid desc limit 1), 'withdrawn')"
)
STANDING = (
    "{table}.verdict <> 'withdrawn' and not exists (select 1 from queue_verdicts w where w.withdraws = {table}.id)"
)
_JUDGED_BY_ME = (
    "exists (select 1 from queue_verdicts m where m.run_id = r.id and m.person_id = :person"
    f" and {STANDING.format(table='m')})"
)
_GIVEN = f"(select count(*) from queue_verdicts g where g.run_id = r.id and {STANDING.format(table='g')})"
_OTHERS_READ = (
    "(select count(*) from queue_claims k where k.run_id = r.id and k.person_id <> :person and k.until > :now)"
)
# An output waits while its item isn't settled; without an item, while no verdict stands and it is no row of a job,
# which is sampled instead. What one person is to judge, a verdict on its own page settles too.
_UNSETTLED = (
    f"((q.id is not null and q.status <> 'settled' and (q.reviewers > 1 or {LAST_REVIEW} = 'withdrawn'))"
    f" or (q.id is null and (:bulk = 1 or r.job_id is null) and {LAST_REVIEW} = 'withdrawn'))"
)
_OUTPUTS = (
    " from runs r join people p on p.id = r.person_id"
    " left join queue_items q on q.run_id = r.id and q.workspace_id = r.workspace_id"
    " where r.status = 'done' and r.output is not null and r.kind in ('generation', 'rendering')"
    f" and not {IN_A_COMPARISON} and {visible('r')} and {_UNSETTLED}"
)
_GRAVITY = (
    "coalesce((select max(case c.verdict when 'fail' then 3 when 'warn' then 2 when 'note' then 1 else 0 end)"
    " from check_results c where c.run_id = r.id), 0)"
)
_LABEL = "coalesce(" + ", ".join(
    f"json_extract(r.inputs, '$.{path}')" for path in ("product.name", "name", "title", "subject", "client.name")
) + ", '')"  # fmt: skip
NO_ITEM = N_("This output doesn’t wait for a verdict any more. Take the next one.")
TAKEN = N_("Somebody else is reading this output just now. Take the next one; it comes back if they leave it.")
ALONE = N_(
    "In the demo house each visitor sees their own outputs only, so nobody could give a second verdict. Create a"
    " workspace of your own for reviews by several people."
)


@dataclass(frozen=True)
class Wanted:
    """Which outputs; an empty field leaves its choice open.

    ``bulk`` takes the rows of bulk jobs in too; ``sample`` is the id of a sample; ``order`` puts the gravest finding
    first, or the oldest output.
    """

    use_case: str = ""
    language: str = ""
    bulk: bool = False
    sample: str = ""
    order: str = "gravest"


@dataclass(frozen=True)
class Waiting:
    """One page of what waits for the actor.

    ``items`` have id (the run's), use_case, task, kind, language, engine, model, label, started_at, person (a name),
    own (1 where the actor made it), gravity (0 to 3: pass, note, warn, fail), reviewers, given (verdicts), status,
    job_id, taken (how many others read it now). ``by_use_case`` counts all that wait, whichever use case is wanted;
    ``elsewhere`` are those that the actor has judged and that wait for others.
    """

    items: tuple[dict[str, Any], ...]
    total: int
    by_use_case: dict[str, int]
    elsewhere: int


def _values(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    return {
        **scope(actor), "now": now(), "bulk": int(wanted.bulk or bool(wanted.sample)), "use_case": wanted.use_case,
        "language": wanted.language, "sample": wanted.sample, "rule": 1,
    }  # fmt: skip


def _narrowed(wanted: Wanted) -> str:
    conditions = ["r.use_case = :use_case"] if wanted.use_case else []
    conditions += ["r.language = :language"] if wanted.language else []
    if wanted.sample:
        conditions.append("r.id in (select run_id from queue_sample_items where sample_id = :sample)")
    return "".join(f" and {condition}" for condition in conditions)


def waiting(database: Database, actor: Actor, wanted: Wanted, offset: int = 0, limit: int = 20) -> Waiting:
    """``limit`` of the outputs that wait for the actor from ``offset`` on, with counts."""
    require(actor, Right.REVIEW)
    values = {**_values(actor, wanted), "rule": rule(database, actor)}
    chosen = f"{_OUTPUTS} and not {_JUDGED_BY_ME}{_narrowed(wanted)}"
    items = database.query(
        f"{_SELECT}{chosen} order by {_order(wanted)} limit :limit offset :offset",
        {**values, "limit": limit, "offset": max(0, offset)},
    )
    found = tuple(items)
    everywhere = Wanted(bulk=wanted.bulk, sample=wanted.sample)
    counted = database.execute(
        f"select r.use_case, count(*){_OUTPUTS} and not {_JUDGED_BY_ME}{_narrowed(everywhere)}"
        " group by 1 order by 2 desc",
        values,
    )
    total = database.execute(f"select count(*){chosen}", values).fetchone()[0]
    by_use_case = {str(name): int(n) for name, n in counted.fetchall()}
    elsewhere = database.execute(f"select count(*){_OUTPUTS} and {_JUDGED_BY_ME}", values).fetchone()[0]
    return Waiting(found, int(total), by_use_case, int(elsewhere))


_SELECT = (
    "select r.id, r.use_case, r.task, r.kind, r.language, r.engine, r.model, r.started_at, r.job_id,"
    f" p.name as person, r.person_id = :person as own, {_GRAVITY} as gravity, {_LABEL} as label,"
    f" coalesce(q.reviewers, :rule) as reviewers, coalesce(q.status, 'open') as status, {_GIVEN} as given,"
    f" {_OTHERS_READ} as taken, coalesce(q.note, '') as note"
)


def _order(wanted: Wanted) -> str:
    return "r.rowid" if wanted.order == "oldest" else "gravity desc, r.rowid"


def next_waiting(database: Database, actor: Actor, wanted: Wanted, skipped: Collection[str] = ()) -> str | None:
    """The run that the actor should judge next: free, not yet judged by them, not among ``skipped``; None without."""
    require(actor, Right.REVIEW)
    values = {**_values(actor, wanted), "rule": rule(database, actor), "skipped": json.dumps(list(skipped))}
    row = next(
        database.query(
            f"{_SELECT}{_OUTPUTS} and not {_JUDGED_BY_ME}{_narrowed(wanted)}"
            f" and {_OTHERS_READ} < case when q.status = 'adjudicate' then 1"
            f" else coalesce(q.reviewers, :rule) - {_GIVEN} end"
            " and r.id not in (select value from json_each(:skipped))"
            f" order by {_order(wanted)} limit 1",
            values,
        ),
        None,
    )
    return str(row["id"]) if row else None


def rule(database: Database, actor: Actor) -> int:
    """How many people judge an output of this workspace, where nothing else was asked for it."""
    require(actor, Right.READ)
    row = database.execute(
        f"select reviewers from queue_rules where {visible()} order by rowid desc limit 1", scope(actor)
    ).fetchone()
    return int(row[0]) if row else 1


def set_rule(database: Database, actor: Actor, reviewers: int) -> None:
    """From now on so many people judge an output; what somebody has begun to judge keeps its own number.

    Raises:
        NotAllowed: the actor may not open review queues.
        InputError: not between 1 and ``MOST_REVIEWERS``, or several in the demo house.
    """
    require(actor, Right.GOVERN)
    _possible(actor, reviewers)
    whose = {"id": new_id(), "workspace_id": actor.workspace, "person_id": actor.person}
    with writing(database):
        before = rule(database, actor)
        database.table("queue_rules").insert({**whose, "reviewers": reviewers, "created_at": now()})
        database.execute(  # what was asked for by the rule and nobody has begun follows it
            "update queue_items set reviewers = ? where workspace_id = ? and status = 'open' and reviewers = ?"
            " and not exists (select 1 from queue_verdicts v where v.item_id = queue_items.id)",
            [reviewers, actor.workspace, before],
        )


def _possible(actor: Actor, reviewers: int) -> None:
    if not 1 <= reviewers <= MOST_REVIEWERS:
        raise InputError(N_("Between 1 and {most} people judge an output. Choose a number in between."),
                         most=MOST_REVIEWERS)  # fmt: skip
    if reviewers > 1 and actor.workspace == DEMO_WORKSPACE:
        raise InputError(ALONE)


def put(database: Database, actor: Actor, run_id: str, reviewers: int = 1, note: str = "") -> str:
    """Ask ``reviewers`` people for a verdict on a run's output; the item's id.

    What was said before is withdrawn, as new records; sealed verdicts stay where more people are asked than gave one.

    Raises:
        NotAllowed: the actor may not open review queues.
        NotFound: no such run.
        InputError: the run has no output to judge, or the number isn't possible.
    """
    require(actor, Right.GOVERN)
    _possible(actor, reviewers)
    with writing(database):
        identifier = insert_item(database, actor, run_id, reviewers, note)
        sealed = f"select count(*) from queue_verdicts s where s.item_id = q.id and {STANDING.format(table='s')}"
        (status, given) = database.execute(
            f"select q.status, ({sealed}) from queue_items q where q.id = ?", [identifier]
        ).fetchone()
        changes = {"status": "open", "outcome": None, "settled_at": None, "reviewers": reviewers,
                   "note": note.strip()[:MAX_NOTE]}  # fmt: skip
        database.table("queue_items").update(identifier, changes)
        if status != "open" or not 0 < given < reviewers:
            _reopen(database, actor, identifier, run_id, note)
    return identifier


def _reopen(database: Database, actor: Actor, item: str, run_id: str, note: str) -> None:
    """Withdraw the verdicts that stand, each by a record of its own, and say so on the run."""
    standing = database.execute(
        f"select s.id from queue_verdicts s where s.item_id = ? and {STANDING.format(table='s')}", [item]
    ).fetchall()
    whose = {"workspace_id": actor.workspace, "item_id": item, "run_id": run_id, "person_id": actor.person}
    for (verdict,) in standing:
        record = {"id": new_id(), **whose, "verdict": "withdrawn", "withdraws": verdict, "created_at": now()}
        database.table("queue_verdicts").insert(record)
        chain.append(database, "queue_verdicts", str(record["id"]))
    last = database.execute(f"select {LAST_REVIEW} from runs r where r.id = ?", [run_id]).fetchone()[0]
    if last != "withdrawn":
        insert_review(database, actor, run_id, {"verdict": "withdrawn", "comment": note.strip()[:MAX_NOTE]})


def insert_item(database: Database, actor: Actor, run_id: str, reviewers: int, note: str = "") -> str:
    """An item for a run, within the caller's ``writing`` block; its id. One that is there stays as it is."""
    require(actor, Right.REVIEW)
    run = get_run(database, actor, run_id)
    if run["status"] != "done" or run["output"] is None or run["kind"] not in KINDS:
        raise InputError(N_("This run has no text or picture that a person could judge. Choose another run."))
    row = database.execute(
        "select id from queue_items where run_id = ? and workspace_id = ?", [run_id, actor.workspace]
    ).fetchone()
    if row is not None:
        return str(row[0])
    identifier = new_id()
    database.table("queue_items").insert(
        {
            "id": identifier, "workspace_id": actor.workspace, "person_id": run["person_id"], "run_id": run_id,
            "reviewers": reviewers, "status": "open", "note": note.strip()[:MAX_NOTE], "created_at": now(),
        }
    )  # fmt: skip
    return identifier


def item(database: Database, actor: Actor, run_id: str) -> dict[str, Any] | None:
    """What waits under this run, as one of ``Waiting.items``; None where it doesn't wait for the actor (any more).

    Raises:
        NotFound: no such run.
    """
    require(actor, Right.REVIEW)
    get_run(database, actor, run_id)
    values = {**_values(actor, Wanted(bulk=True)), "rule": rule(database, actor), "run": run_id}
    return next(database.query(f"{_SELECT}{_OUTPUTS} and not {_JUDGED_BY_ME} and r.id = :run", values), None)


def claim(database: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """Keep an item for the actor for ``LEASE``, so that no two people read the same output for one verdict.

    Returns:
        The item, as one of ``Waiting.items``.

    Raises:
        NotFound: no such run.
        Overtaken: it doesn't wait any more, or as many people as are asked for read it already.
    """
    require(actor, Right.REVIEW)
    until = (dt.datetime.now(dt.UTC) + LEASE).isoformat(timespec="milliseconds")
    with writing(database):
        found = free_item(database, actor, run_id)
        database.execute("delete from queue_claims where until <= ?", [now()])
        database.table("queue_claims").upsert(
            {"workspace_id": actor.workspace, "run_id": run_id, "person_id": actor.person, "until": until},
            pk=("run_id", "person_id"),
        )
    return found


def free_item(database: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """The item where a seat is free for the actor. Raises as ``claim``."""
    found = item(database, actor, run_id)
    if found is None:
        raise Overtaken(NO_ITEM)
    seats = 1 if found["status"] == "adjudicate" else found["reviewers"] - found["given"]
    if found["taken"] >= seats:
        raise Overtaken(TAKEN)
    return found


def release(database: Database, actor: Actor, run_id: str) -> None:
    """Let an item go that the actor opened and doesn't judge."""
    require(actor, Right.REVIEW)
    with writing(database):
        database.execute("delete from queue_claims where run_id = ? and person_id = ?", [run_id, actor.person])
