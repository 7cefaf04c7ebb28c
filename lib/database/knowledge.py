"""Documents that pages answer from, and their passages: text, full-text index and vectors. See ``lib.retrieval``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.artefacts import describe
from lib.database.connection import new_id, now, writing
from lib.errors import NotFound
from lib.i18n import N_

WIDER = 4  # times as many passages as asked for are ranked before it is looked up whose they are
GONE = N_("There is no such document in this workspace. It may have been taken out.")
COMMON = 5_000  # passages of the installation that hold a word before it says too little


@dataclass(frozen=True)
class NewPassage:
    """One passage on its way in. ``words`` are its stems; ``vector`` is float32 in bytes, or None."""

    text: str
    heading: tuple[str, ...]
    page: int | None
    row: int | None
    words: str
    vector: bytes | None = None


@dataclass(frozen=True)
class StoredPassage:
    """One passage with its document's name and title."""

    id: int
    document: str
    name: str
    title: str
    position: int
    text: str
    heading: tuple[str, ...]
    page: int | None
    row: int | None
    language: str


@dataclass(frozen=True)
class StoredDocument:
    """One document of a collection and how many passages it has."""

    id: str
    name: str
    kind: str
    title: str
    language: str
    pages: int | None
    passages: int
    embedder: str
    created_at: str


def add_document(
    database: Database,
    actor: Actor,
    *,
    collection: str,
    name: str,
    kind: str,
    title: str,
    language: str,
    passages: Sequence[NewPassage],
    embedder: str = "",
    pages: int | None = None,
    artefact: str | None = None,
) -> str:
    """Keep a document with all of its passages, or nothing of it; a document of the same name gives way. Its id.

    Raises:
        NotAllowed: the actor may not run tasks here.
        NotFound: the artefact isn't in the actor's workspace.
    """
    require(actor, Right.RUN)
    identifier = new_id()
    with writing(database):
        if artefact is not None:
            describe(database, actor, artefact)
        _remove(database, actor, collection, "name", name)
        database.table("documents").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "collection": collection,
                "name": name,
                "kind": kind,
                "title": title,
                "language": language,
                "pages": pages,
                "artefact_id": artefact,
                "embedder": embedder,
                "created_at": now(),
            }
        )
        _insert_passages(database, identifier, passages)
    return identifier


def _insert_passages(database: Database, document: str, passages: Sequence[NewPassage]) -> None:
    rows = [
        (document, at, one.text, json.dumps(one.heading, ensure_ascii=False), one.page, one.row, one.words, one.vector)
        for at, one in enumerate(passages)
    ]
    database.conn.executemany(
        "insert into passages (document_id, position, text, heading, page, row, words, vector)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def remove_document(database: Database, actor: Actor, document: str) -> None:
    """Take a document out with all of its passages.

    Raises:
        NotFound: no such document of this actor's workspace.
    """
    require(actor, Right.RUN)
    with writing(database):
        found = database.execute(
            f"select collection from documents where id = :id and {visible()}", {"id": document, **scope(actor)}
        ).fetchone()
        if found is None:
            raise NotFound(GONE)
        _remove(database, actor, str(found[0]), "id", document)


def replace_vectors(database: Database, actor: Actor, document: str, vectors: Sequence[bytes], embedder: str) -> None:
    """Give a document's passages, in their order, the vectors of another embedder; its name with all of them, or
    neither.

    Args:
        vectors: float32 in bytes.

    Raises:
        NotAllowed: the actor may not run tasks here.
        NotFound: no such document of this actor's workspace, or its passages are others by now.
    """
    require(actor, Right.RUN)
    with writing(database):
        rows = database.execute(
            "select p.id from passages p join documents d on d.id = p.document_id"
            f" where d.id = :id and {visible('d')} order by p.position",
            {"id": document, **scope(actor)},
        ).fetchall()
        if not rows or len(rows) != len(vectors):
            raise NotFound(GONE)
        pairs = [(vector, identifier) for (identifier,), vector in zip(rows, vectors, strict=True)]
        database.conn.executemany("update passages set vector = ? where id = ?", pairs)
        database.execute("update documents set embedder = ? where id = ?", [embedder, document])


def _remove(database: Database, actor: Actor, collection: str, column: str, value: str) -> None:
    rows = database.execute(
        f"select id from documents where {column} = :value and collection = :collection and {visible()}",
        {"value": value, "collection": collection, **scope(actor)},
    ).fetchall()
    for (identifier,) in rows:
        database.execute("delete from passages where document_id = ?", [identifier])
        database.execute("delete from documents where id = ?", [identifier])


def documents(database: Database, actor: Actor, collection: str) -> list[StoredDocument]:
    """The documents of a collection, in the order in which they came."""
    require(actor, Right.READ)
    rows = database.query(
        "select d.id, d.name, d.kind, d.title, d.language, d.pages, d.embedder, d.created_at,"
        " (select count(*) from passages where document_id = d.id) as passages"
        f" from documents d where d.collection = :collection and {visible('d')} order by d.rowid",
        {"collection": collection, **scope(actor)},
    )
    return [StoredDocument(**row) for row in rows]


def state_of(database: Database, actor: Actor, collection: str) -> str:
    """What changes whenever the collection does: its documents' ids, newest first, each with whose vectors it has."""
    require(actor, Right.READ)
    rows = database.execute(
        f"select id, embedder from documents where collection = :collection and {visible()} order by rowid desc",
        {"collection": collection, **scope(actor)},
    ).fetchall()
    return ",".join(f"{identifier}:{embedder}" for identifier, embedder in rows)


def full_text(database: Database, actor: Actor, collection: str, stems: Sequence[str], limit: int) -> list[int]:
    """Ids of the passages that hold any of ``stems``, best first by BM25 (Robertson and Zaragoza, 2009) as in FTS5.

    ``stems`` are letters and digits only: see ``lib.retrieval.words``. A word that very many passages hold says next to
    nothing about any of them and costs the most to rank: it is left out where a rarer one is asked for too.
    """
    require(actor, Right.READ)
    # A quote or a NUL would end the word in the query's own language.
    telling = _telling(database, [stem for stem in dict.fromkeys(stems) if not {'"', "\0"} & set(stem)])
    if not telling:
        return []
    wanted = " OR ".join(f'"{stem}"' for stem in telling)
    best = _best_of_all(database, wanted, WIDER * limit)
    mine = _of_collection(database, actor, collection, best)
    if len(mine) >= limit or len(best) < WIDER * limit:
        return mine[:limit]
    rows = database.execute(
        "select t.rowid from passages_text t join passages p on p.id = t.rowid join documents d on d.id = p.document_id"
        f" where passages_text match :wanted and d.collection = :collection and {visible('d')}"
        " order by bm25(passages_text), t.rowid limit :limit",
        {"wanted": wanted, "collection": collection, "limit": limit, **scope(actor)},
    ).fetchall()
    return [int(row[0]) for row in rows]


def _best_of_all(database: Database, wanted: str, limit: int) -> list[int]:
    """The installation's best passages. Whose they are is looked up after: rows are large, and looking up all costs
    several times what ranking them does.
    """
    rows = database.execute(
        "select rowid from passages_text where passages_text match ? order by bm25(passages_text), rowid limit ?",
        [wanted, limit],
    ).fetchall()
    return [int(row[0]) for row in rows]


def _of_collection(database: Database, actor: Actor, collection: str, ids: Sequence[int]) -> list[int]:
    """Those of ``ids`` that are the collection's, in their order."""
    rows = database.execute(
        "select p.id from passages p cross join documents d on d.id = p.document_id"
        f" where p.id in (select value from json_each(:ids)) and d.collection = :collection and {visible('d')}",
        {"ids": json.dumps(list(ids)), "collection": collection, **scope(actor)},
    ).fetchall()
    mine = {int(row[0]) for row in rows}
    return [identifier for identifier in ids if identifier in mine]


def _telling(database: Database, stems: list[str]) -> list[str]:
    """Those of ``stems`` that at most ``COMMON`` passages hold, else the rarest one; none that no passage holds."""
    held = {stem: _held_by(database, stem) for stem in stems}
    rare = [stem for stem in stems if 0 < held[stem] <= COMMON]
    if rare or not any(held.values()):
        return rare
    rows = database.execute(
        "select term from passages_words where term in (select value from json_each(?)) order by doc, term limit 1",
        [json.dumps(stems)],
    ).fetchall()
    return [str(row[0]) for row in rows]


def _held_by(database: Database, stem: str) -> int:
    """How many passages hold it, counted no further than one past ``COMMON``."""
    rows = database.execute(
        "select count(*) from (select 1 from passages_text where passages_text match ? limit ?)",
        [f'"{stem}"', COMMON + 1],
    )
    return int(rows.fetchone()[0])


def vectors(database: Database, actor: Actor, collection: str, embedder: str) -> list[tuple[int, bytes]]:
    """Ids and vectors (float32 in bytes) of the collection's passages that this embedder made, by id."""
    require(actor, Right.READ)
    rows: list[tuple[int, bytes]] = database.execute(
        "select p.id, p.vector from passages p join documents d on d.id = p.document_id"
        f" where d.collection = :collection and d.embedder = :embedder and p.vector is not null and {visible('d')}"
        " order by p.id",
        {"collection": collection, "embedder": embedder, **scope(actor)},
    ).fetchall()
    return rows


def passages(database: Database, actor: Actor, ids: Sequence[int]) -> list[StoredPassage]:
    """The passages with these ids, in their order; ids that the actor may not see are left out."""
    require(actor, Right.READ)
    if not ids:
        return []
    rows = database.query(
        "select p.id, d.id as document, d.name, d.title, p.position, p.text, p.heading, p.page, p.row, d.language"
        " from passages p cross join documents d on d.id = p.document_id"  # in this order: else every passage is read
        f" where p.id in (select value from json_each(:ids)) and {visible('d')}",
        {"ids": json.dumps(list(ids)), **scope(actor)},
    )
    found = {row["id"]: StoredPassage(**{**row, "heading": tuple(json.loads(row["heading"]))}) for row in rows}
    return [found[identifier] for identifier in ids if identifier in found]


def around(database: Database, actor: Actor, document: str, position: int, reach: int = 1) -> list[StoredPassage]:
    """A passage with its neighbours in the same document, in reading order: what a citation opens."""
    require(actor, Right.READ)
    rows = database.execute(
        "select id from passages where document_id = ? and position between ? and ? order by position",
        [document, position - reach, position + reach],
    ).fetchall()
    return passages(database, actor, [int(row[0]) for row in rows])
