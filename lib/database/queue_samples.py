"""Samples of bulk jobs for review: how they were drawn, and what people said of the outputs in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.jobs import job
from lib.database.review_queue import LAST_REVIEW, insert_item, rule
from lib.errors import InputError, NotFound
from lib.i18n import N_

Row = dict[str, Any]
_KIND = "coalesce(" + ", ".join(
    f"json_extract(r.inputs, '$.{path}')" for path in ("product.category", "category", "kind", "garment.kind")
) + ", '')"  # fmt: skip
_WORST = (
    "(select c.verdict from check_results c where c.run_id = r.id order by case c.verdict when 'fail' then 3"
    " when 'warn' then 2 when 'note' then 1 else 0 end desc limit 1)"
)
NO_SAMPLE = N_("There is no such sample in this workspace. Choose one from the list.")


def population(database: Database, actor: Actor, job_id: str) -> list[Row]:
    """The outputs of a bulk job, in the order of its rows: run (id), language, product_kind, checks (worst verdict).

    Raises:
        NotFound: no such job among those that the actor sees.
    """
    require(actor, Right.REVIEW)
    job(database, actor, job_id)
    return list(
        database.query(
            f"select r.id as run, coalesce(r.language, '') as language, {_KIND} as product_kind,"
            f" coalesce({_WORST}, 'pass') as checks from runs r where r.job_id = :job and r.status = 'done'"
            f" and r.output is not null and r.kind in ('generation', 'rendering') and {visible('r')} order by r.rowid",
            {"job": job_id, **scope(actor)},
        )
    )


def take_in(database: Database, actor: Actor, job_id: str) -> int:
    """Ask for verdicts on every finished output of a bulk job, for all who may review; how many were not asked for yet.

    Raises:
        NotAllowed: the job is somebody else's, and the actor may not open review queues.
        NotFound: no such job among those that the actor sees.
    """
    require(actor, Right.REVIEW)
    if job(database, actor, job_id).person != actor.person:
        require(actor, Right.GOVERN)
    with writing(database):
        runs = [row["run"] for row in population(database, actor, job_id)]
        asked = "select run_id from queue_items where workspace_id = ? and run_id in (select value from json_each(?))"
        known = {run for (run,) in database.execute(asked, [actor.workspace, json.dumps(runs)]).fetchall()}
        people = rule(database, actor)
        for run in runs:
            if run not in known:
                insert_item(database, actor, run, people)
    return len(runs) - len(known)


def add(
    database: Database,
    actor: Actor,
    job_id: str,
    seed: int,
    plan: Mapping[str, Any],
    strata: Mapping[str, tuple[int, Sequence[str]]],
    reviewers: int = 1,
) -> str:
    """Keep a sample and put its outputs into the queue; its id.

    Args:
        plan: how it was drawn (JSON values).
        strata: for each stratum how many outputs it has, and the runs drawn from it.

    Raises:
        NotAllowed: the actor may not open review queues.
        NotFound: no such job or run.
        InputError: the sample is empty.
    """
    require(actor, Right.GOVERN)
    job(database, actor, job_id)
    if not any(runs for _size, runs in strata.values()):
        raise InputError(N_("This sample would be empty. Choose a larger share or number."))
    identifier, total = new_id(), sum(size for size, _runs in strata.values())
    with writing(database):
        database.table("queue_samples").insert(
            {
                "id": identifier, "workspace_id": actor.workspace, "person_id": actor.person, "job_id": job_id,
                "plan": json.dumps(dict(plan)), "seed": seed, "population": total, "created_at": now(),
            }
        )  # fmt: skip
        for name, (size, runs) in strata.items():
            drawn = {"sample_id": identifier, "name": name, "population": size, "size": len(runs)}
            database.table("queue_sample_strata").insert(drawn)
            for run in runs:
                insert_item(database, actor, run, reviewers)
                database.table("queue_sample_items").insert({"sample_id": identifier, "run_id": run, "stratum": name})
    return identifier


def listing(database: Database, actor: Actor) -> list[Row]:
    """The workspace's samples, newest first: id, job_id, use_case, title, title_values, plan, seed, population,
    created_at, person (a name), size, judged."""
    require(actor, Right.REVIEW)
    rows = database.query(
        "select s.*, j.use_case, j.title, j.title_values, p.name as person,"
        " (select count(*) from queue_sample_items i where i.sample_id = s.id) as size,"
        f" (select count(*) from queue_sample_items i join runs r on r.id = i.run_id {_ITEM}"
        f" where i.sample_id = s.id and {_JUDGED} is not null) as judged"
        " from queue_samples s join jobs j on j.id = s.job_id join people p on p.id = s.person_id"
        f" where {visible('s')} order by s.rowid desc",
        scope(actor),
    )
    return [{**row, "plan": json.loads(row["plan"]), "title_values": json.loads(row["title_values"])} for row in rows]


_ITEM = "left join queue_items q on q.run_id = r.id and q.workspace_id = r.workspace_id"
# What people said of an output: the settled item's outcome, or a verdict on its own page where one person is asked.
_JUDGED = (
    "case when q.status = 'settled' then q.outcome when coalesce(q.reviewers, 1) = 1"
    f" and {LAST_REVIEW} <> 'withdrawn' then {LAST_REVIEW} end"
)


def results(database: Database, actor: Actor, sample: str) -> list[Row]:
    """The strata of a sample in their order: name, population, size, outcomes (verdicts, in no order, so far).

    Raises:
        NotFound: no such sample in the workspace.
    """
    require(actor, Right.REVIEW)
    found = database.execute(
        f"select 1 from queue_samples where id = :id and {visible()}", {"id": sample, **scope(actor)}
    ).fetchone()
    if found is None:
        raise NotFound(NO_SAMPLE)
    said = list(
        database.query(
            f"select i.stratum, i.run_id, {_JUDGED} as outcome from queue_sample_items i"
            f" join runs r on r.id = i.run_id {_ITEM} where i.sample_id = ?",
            [sample],
        )
    )
    strata = database.query("select * from queue_sample_strata where sample_id = ? order by name", [sample])
    return [
        {**row, "outcomes": [one["outcome"] for one in said if one["stratum"] == row["name"] and one["outcome"]]}
        for row in strata
    ]
