"""A hash chain over what was recorded, so that a later change by hand shows.

Each record has a salted digest: SHA-256 over 32 random bytes and the record's columns as canonical JSON. The digests
are chained: each link is SHA-256 over the link before, the record's kind and id, its digest and the time (Haber and
Stornetta, 1991). What is linked is the digest and not the record, so that a record and its salt can be erased and the
chain still holds: without the salt the digest says nothing about what was erased (Schneier and Kelsey, 1999, link
digests for the same reason). A record that is linked again, as after its text was erased, is held to its newest link.

Whoever may write the database could compute all links anew. Against that stands a seal: the number of links and the
last one, kept outside; see ``Head`` and ``against``. How the links are held to the records is in ``chain_check``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import now

START = "0" * 64  # what the first link stands on
SALT_BYTES = 32


@dataclass(frozen=True)
class Kind:
    """One kind of record: its table, the columns that are linked, and which rows are records (SQL over ``r``)."""

    table: str
    columns: tuple[str, ...]
    final: str = "1"


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# What changes by itself after it was recorded (the process of a run, which prompt is in use) is not linked.
KINDS: dict[str, Kind] = {
    "runs": Kind(
        "runs",
        _columns(
            "id workspace_id person_id use_case kind method method_version task data_set_id parent_id language seed"
            " inputs output status error started_at finished_at seconds engine model prompt_hash input_tokens"
            " output_tokens first_token_seconds cost currency cohort job_id"
        ),
        "r.finished_at is not null",
    ),
    "check_results": Kind("check_results", _columns("id workspace_id run_id check_name verdict findings created_at")),
    "reviews": Kind(
        "reviews",
        _columns(
            "id workspace_id run_id person_id verdict rating comment minutes_saved edited_output open_findings reason"
            " created_at"
        ),
    ),
    "prompt_versions": Kind("prompt_versions", _columns("id workspace_id task hash text person_id note created_at")),
    "tool_calls": Kind(
        "tool_calls",
        _columns(
            "id workspace_id run_id person_id round position said call_id tool arguments permission status result"
            " answered_by created_at finished_at"
        ),
        "r.status in ('done', 'failed', 'denied', 'refused')",
    ),
    "risk_answers": Kind(
        "risk_answers",
        _columns("id workspace_id person_id review_id question version answer reason owner due_on created_at"),
    ),
    "risk_classifications": Kind(
        "risk_classifications",
        _columns("id workspace_id person_id review_id version risk_class uses reason created_at"),
    ),
    "risk_evidence": Kind(
        "risk_evidence",
        _columns(
            "id workspace_id person_id review_id question kind reference name said created_at withdrawn_at withdrawn_by"
        ),
    ),
    "risk_signatures": Kind(
        "risk_signatures",
        _columns("id workspace_id person_id review_id round seat content fingerprint score expires_on created_at"),
    ),
    "incident_entries": Kind(
        "incident_entries",
        _columns(
            "id workspace_id person_id incident_id version kind severity happened_on run_id what harm cause changed"
            " owner closed_on created_at"
        ),
    ),
    "queue_verdicts": Kind(
        "queue_verdicts",
        _columns(
            "id workspace_id item_id run_id person_id verdict reasons comment edited_output findings open_findings"
            " adjudicates withdraws created_at"
        ),
    ),
    "deletions": Kind("deletions", _columns("id workspace_id person_id scope counts positions at")),
}


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many links there are, and the last. Kept outside, it is a seal."""

    links: int
    link: str


@dataclass(frozen=True)
class Link:
    """One record's place in the chain."""

    position: int
    workspace: str
    kind: str
    row: str
    digest: str
    at: str
    link: str


def canonical(payload: Mapping[str, Any]) -> bytes:
    """A record as bytes: JSON with sorted names and no spaces."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogateescape")  # a text that was broken by hand is told from the one before too


def digest_of(salt: bytes, payload: Mapping[str, Any]) -> str:
    """The salted digest of a record, as 64 hexadecimal digits."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def link_of(before: str, workspace: str, kind: str, row: str, digest: str, at: str) -> str:
    """The link that follows ``before``, as 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps([before, workspace, kind, row, digest, at]).encode()).hexdigest()


def append(database: Database, kind: str, row: str) -> None:
    """Link one record as it is in the database now; part of the transaction that wrote it."""
    append_many(database, [(kind, row)])


def append_many(database: Database, records: Sequence[tuple[str, str]]) -> None:
    """Link records (kind, id) in their order, as they are in the database now.

    Raises:
        RuntimeError: outside a transaction, where another process could link in between.
        KeyError: there is no such record.
    """
    if not records:
        return
    if not database.conn.in_transaction:
        raise RuntimeError("a record is linked in the transaction that writes it")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for kind in {kind for kind, _row in records}:
        rows = payloads(database, kind, [row for other, row in records if other == kind])
        found |= {(kind, row): payload for row, payload in rows.items()}
    end = head(database)
    before, position, at = end.link, end.links, now()
    links, salts = [], []
    for kind, row in records:
        salt, payload = secrets.token_bytes(SALT_BYTES), found[kind, row]
        position += 1
        digest = digest_of(salt, payload)
        before = link_of(before, payload["workspace_id"], kind, row, digest, at)
        links.append((position, payload["workspace_id"], kind, row, digest, at, before))
        salts.append((position, salt))
    database.conn.executemany(
        "insert into chain_links (position, workspace_id, kind, row_id, digest, at, link) values (?, ?, ?, ?, ?, ?, ?)",
        links,
    )
    database.conn.executemany("insert into chain_salts (position, salt) values (?, ?)", salts)
    database.execute("update chain_head set links = ?, link = ?", [position, before])


def payloads(database: Database, kind: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The records of a kind by their ids, each with its linked columns."""
    of = KINDS[kind]
    rows = database.execute(
        f"select {', '.join(of.columns)} from {of.table} where id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    ).fetchall()
    place = of.columns.index("id")
    return {row[place]: dict(zip(of.columns, row, strict=True)) for row in rows}


def head(database: Database) -> Head:
    """The end of the chain; of one whose head was taken out, an end that fits no link."""
    row = database.execute("select links, link from chain_head").fetchone()
    return Head(int(row[0]), str(row[1])) if row else Head(-1, START)


def forget(database: Database, records: Sequence[tuple[str, str]]) -> list[int]:
    """Erase the salts of records; the positions of their links, in order. Part of the transaction that erases them."""
    positions: list[int] = []
    for kind in {kind for kind, _row in records}:
        ids = json.dumps([row for other, row in records if other == kind])
        found = database.execute(
            "select position from chain_links where kind = ? and row_id in (select value from json_each(?))",
            [kind, ids],
        ).fetchall()
        positions += [row[0] for row in found]
    database.conn.executemany("delete from chain_salts where position = ?", [(position,) for position in positions])
    return sorted(positions)


def link_all_present(database: Database) -> None:
    """Link every record that has no link yet, the oldest first; the step that begins the chain calls it once."""
    tables = set(database.table_names())
    for kind, of in KINDS.items():
        if of.table not in tables:
            continue
        rows = database.execute(
            f"select r.id from {of.table} r where {of.final} and not exists"
            " (select 1 from chain_links l where l.kind = ? and l.row_id = r.id) order by r.rowid",
            [kind],
        ).fetchall()
        for start in range(0, len(rows), 500):
            append_many(database, [(kind, row[0]) for row in rows[start : start + 500]])


def link_of_run(database: Database, actor: Actor, run_id: str) -> Link | None:
    """Where a run of the actor's workspace stands in the chain; None where it is not linked yet."""
    require(actor, Right.READ)
    row = database.execute(
        "select l.position, l.workspace_id, l.kind, l.row_id, l.digest, l.at, l.link from chain_links l"
        f" join runs r on r.id = l.row_id where l.kind = 'runs' and l.row_id = :run and {visible('r')}"
        " order by l.position desc limit 1",
        {"run": run_id, **scope(actor)},
    ).fetchone()
    return Link(*row) if row else None
