"""Holding the chain to the records: which is the first that was changed, taken out, exchanged or slipped in by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.chain import KINDS, START, Head, Link, digest_of, head, link_of, payloads

AT_ONCE = 1_000  # links
MOST_LOOKED_THROUGH = 20_000  # records of a kind among which the one that was exchanged is looked for


class Fault(StrEnum):
    """What was done to the log by hand."""

    CHANGED = "changed"  # a record says something else than what was linked
    REMOVED = "removed"  # a record is gone, and no deletion tells of it
    SWAPPED = "swapped"  # two records, or two links, stand in each other's place
    LINK = "link"  # a link was changed, or one before it taken out
    CUT = "cut"  # links at the end are gone
    INSERTED = "inserted"  # a record that was never linked
    REWRITTEN = "rewritten"  # the chain is whole, and another one than the seal was made of


@dataclass(frozen=True)
class Broken:
    """The first place at which chain and records differ. ``kind``, ``row`` and ``at`` are empty where nothing tells.

    ``at`` is when the record was linked (UTC, ISO 8601), ``other`` the id of the record that it was exchanged with.
    """

    fault: Fault
    position: int
    kind: str = ""
    row: str = ""
    workspace: str = ""
    at: str = ""
    other: str = ""


def verify(database: Database) -> Broken | None:
    """Compute every digest and every link again; the first place that differs, or None where the log is whole."""
    with _as_it_stands(database):
        erased = _erased(database)
        newest = _newest(database)
        before, position = START, 0
        for links in _batches(database):
            found = _first_of(database, links, before, position, erased, newest)
            if found is not None:
                return found
            before, position = links[-1].link, links[-1].position
        return _at_the_end(database, Head(position, before)) or _never_linked(database)


@contextmanager
def _as_it_stands(database: Database) -> Iterator[None]:
    """One state of the database, whatever is written meanwhile. Bytes that are no text are read all the same."""
    kept = database.conn.text_factory
    database.conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    began = not database.conn.in_transaction
    if began:
        database.conn.execute("begin")
    try:
        yield
    finally:
        if began:
            database.conn.execute("commit")
        database.conn.text_factory = kept


def _batches(database: Database) -> Iterator[list[Link]]:
    last = -(2**62)
    while True:
        rows = database.execute(
            "select position, workspace_id, kind, row_id, digest, at, link from chain_links where position > ?"
            " order by position limit ?",
            [last, AT_ONCE],
        ).fetchall()
        if not rows:
            return
        yield [Link(*row) for row in rows]
        last = rows[-1][0]


def _first_of(
    database: Database,
    links: list[Link],
    before: str,
    position: int,
    erased: set[int],
    newest: dict[tuple[str, str], int],
) -> Broken | None:
    salts = dict(
        database.execute(
            "select position, salt from chain_salts where position between ? and ?",
            [links[0].position, links[-1].position],
        ).fetchall()
    )
    records = {
        (kind, row): payload
        for kind in {link.kind for link in links if link.kind in KINDS}
        for row, payload in payloads(database, kind, {link.row for link in links if link.kind == kind}).items()
    }
    for link in links:
        position += 1
        if link.position != position:
            return Broken(Fault.REMOVED if link.position > position else Fault.LINK, position)
        if link_of(before, link.workspace, link.kind, link.row, link.digest, link.at) != link.link:
            return _misplaced(database, link, before)
        before = link.link
        if newest.get((link.kind, link.row)) != position or position in erased:
            continue
        record, salt = records.get((link.kind, link.row)), salts.get(position)
        if record is None:
            return _broken(Fault.REMOVED, link)
        if salt is None or digest_of(salt, record) != link.digest:
            return _exchanged(database, link, salt)
    return None


def _broken(fault: Fault, link: Link, other: str = "") -> Broken:
    return Broken(fault, link.position, link.kind, link.row, link.workspace, link.at, other)


def _misplaced(database: Database, found: Link, before: str) -> Broken:
    """A link that does not follow: it stands in another's place, or it was changed."""
    for links in _batches(database):
        for link in links:
            if link.position > found.position and link.link == link_of(
                before, link.workspace, link.kind, link.row, link.digest, link.at
            ):
                return _broken(Fault.SWAPPED, found, link.row)
    return _broken(Fault.LINK, found)


def _exchanged(database: Database, link: Link, salt: bytes | None) -> Broken:
    """A record that differs: another record of its kind may hold what it said."""
    if salt is None:
        return _broken(Fault.CHANGED, link)
    of = KINDS[link.kind]
    ids = database.execute(
        f"select id from {of.table} where id <> ? order by id limit {MOST_LOOKED_THROUGH}", [link.row]
    ).fetchall()
    for start in range(0, len(ids), AT_ONCE):
        others = payloads(database, link.kind, [row[0] for row in ids[start : start + AT_ONCE]])
        for other, payload in others.items():
            if digest_of(salt, {**payload, "id": link.row}) == link.digest:
                return _broken(Fault.SWAPPED, link, other)
    return _broken(Fault.CHANGED, link)


def _newest(database: Database) -> dict[tuple[str, str], int]:
    """The newest link of each record, by (kind, id)."""
    rows = database.execute("select kind, row_id, max(position) from chain_links group by kind, row_id").fetchall()
    return {(kind, row): position for kind, row, position in rows}


def _erased(database: Database) -> set[int]:
    """The links whose records a deletion erased; the deletions are records of the chain themselves."""
    found: set[int] = set()
    end = max(head(database).links, 0)  # whatever somebody wrote there by hand, no more than there are
    for (written,) in database.execute("select positions from deletions").fetchall():
        for first, last in _ranges(written):
            found |= set(range(max(first, 1), min(last, end) + 1))
    return found


def _ranges(written: str) -> list[tuple[int, int]]:
    """What ``positions`` of a deletion says; nothing where somebody wrote something else into it."""
    try:
        return [(int(first), int(last)) for first, last in json.loads(written)]
    except (ValueError, TypeError):
        return []


def ranges(positions: list[int]) -> str:
    """Sorted positions as JSON: [[first, last], ...]."""
    found: list[list[int]] = []
    for position in positions:
        if found and position == found[-1][1] + 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return json.dumps(found)


def _at_the_end(database: Database, reached: Head) -> Broken | None:
    end = head(database)
    if end == reached:
        return None
    if end.links > reached.links or end.links < 0:
        return Broken(Fault.CUT, reached.links + 1)
    return Broken(Fault.LINK, reached.links)


def _never_linked(database: Database) -> Broken | None:
    tables = set(database.table_names())
    for kind, of in KINDS.items():
        if of.table not in tables:
            continue
        row = database.execute(
            f"select r.id, r.workspace_id from {of.table} r where {of.final} and not exists"
            " (select 1 from chain_links l where l.kind = ? and l.row_id = r.id) limit 1",
            [kind],
        ).fetchone()
        if row is not None:
            return Broken(Fault.INSERTED, head(database).links + 1, kind, row[0], row[1])
    return None


def against(database: Database, seal: Head) -> Broken | None:
    """Hold the chain to a seal that was kept outside; None where it still begins with what was sealed."""
    if seal.links == 0:
        return None
    row = database.execute("select link from chain_links where position = ?", [seal.links]).fetchone()
    if row is None:
        return Broken(Fault.CUT, seal.links)
    return None if row[0] == seal.link else Broken(Fault.REWRITTEN, seal.links)


def check_run(database: Database, actor: Actor, run_id: str) -> Broken | None:
    """Hold one run that the actor may see, with its checks, calls and verdicts, to their links; at once."""
    require(actor, Right.READ)
    mine = f"select 1 from runs where id = :run and {visible()}"
    if database.execute(mine, {"run": run_id, **scope(actor)}).fetchone() is None:
        return None
    with _as_it_stands(database):
        erased = _erased(database)
        for kind, column in (
            ("runs", "id"),
            ("check_results", "run_id"),
            ("reviews", "run_id"),
            ("tool_calls", "run_id"),
            ("queue_verdicts", "run_id"),
        ):
            of = KINDS[kind]
            ids = [
                row[0]
                for row in database.execute(
                    f"select r.id from {of.table} r where {column} = ? and workspace_id = ? and {of.final}",
                    [run_id, actor.workspace],
                )
            ]
            broken = _first_unlike(database, kind, ids, erased)
            if broken is not None:
                return broken
    return None


def _first_unlike(database: Database, kind: str, ids: list[str], erased: set[int]) -> Broken | None:
    records = payloads(database, kind, ids)
    for row in ids:
        found = database.execute(
            "select position, workspace_id, kind, row_id, digest, at, link from chain_links"
            " where kind = ? and row_id = ? order by position desc limit 1",
            [kind, row],
        ).fetchone()
        if found is None:
            return Broken(Fault.INSERTED, head(database).links + 1, kind, row, records[row]["workspace_id"])
        link = Link(*found)
        salt = database.execute("select salt from chain_salts where position = ?", [link.position]).fetchone()
        before = database.execute("select link from chain_links where position = ?", [link.position - 1]).fetchone()
        if link.link != link_of(
            before[0] if before else START, link.workspace, link.kind, link.row, link.digest, link.at
        ):
            return _broken(Fault.LINK, link)
        if link.position not in erased and (salt is None or digest_of(salt[0], records[row]) != link.digest):
            return _broken(Fault.CHANGED, link)
    return None
