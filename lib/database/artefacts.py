"""Files that runs make and people bring: on disk under their content's SHA-256, with one row for each keeping."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.errors import NotFound, StorageError
from lib.i18n import N_
from lib.settings import settings

MAX_NAME_CHARACTERS = 120


def path_of(digest: str) -> Path:
    """Where the content with this SHA-256 lies: ``ab/cd/abcd...`` under the artefacts' folder."""
    return settings().artefacts / digest[:2] / digest[2:4] / digest


def store(
    database: Database, actor: Actor, name: str, content: bytes, media_type: str, run_id: str | None = None
) -> str:
    """Keep ``content`` and return the artefact's id. The same content lies on disk once, however often it is kept.

    Raises:
        NotAllowed: the actor may not run.
        NotFound: ``run_id`` is no run that the actor sees.
        StorageError: the disk refused; neither file nor row is left behind.
    """
    require(actor, Right.RUN)
    digest = hashlib.sha256(content).hexdigest()
    write_once(path_of(digest), content)
    with writing(database):
        identifier = insert(database, actor, name, digest, len(content), media_type, run_id)
        write_once(path_of(digest), content)  # somebody may have erased the same content in between
    return identifier


def insert(
    database: Database, actor: Actor, name: str, digest: str, size: int, media_type: str, run_id: str | None
) -> str:
    """The row of an artefact whose content is on disk already; inside the caller's ``writing`` block.

    A run's files come with the right to run; a reviewer who may govern attaches evidence.
    """
    if not actor.may(Right.GOVERN):
        require(actor, Right.RUN)
    if run_id is not None:
        found = database.execute(
            f"select 1 from runs where id = :id and {visible()}", {"id": run_id, **scope(actor)}
        ).fetchone()
        if found is None:
            raise NotFound(N_("There is no such run in this workspace. Choose one from the list of runs."))
        kept = database.execute(
            "select id from artefacts where run_id = ? and hash = ? and name = ? and person_id = ?",
            [run_id, digest, safe_name(name), actor.person],
        ).fetchone()
        if kept is not None:  # the same export, taken away twice
            return str(kept[0])
    identifier = new_id()
    database.table("artefacts").insert(
        {
            "id": identifier,
            "hash": digest,
            "workspace_id": actor.workspace,
            "person_id": actor.person,
            "run_id": run_id,
            "name": safe_name(name),
            "media_type": media_type,
            "bytes": size,
            "created_at": now(),
        }
    )
    return identifier


def write_once(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` so that nobody ever sees half of it: a temporary file, fsync, rename.

    Raises:
        StorageError: the disk is full or refuses; what had been written is removed.
    """
    if path.is_file() and path.stat().st_size == len(content):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            N_("The file couldn’t be kept: {reason}. Free some disk space, then try again."),
            reason=os.strerror(error.errno or 0),
        ) from error


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; Windows can't open a folder and needn't."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def describe(database: Database, actor: Actor, artefact: str) -> dict[str, Any]:
    """An artefact's row: id, hash, name, media_type, bytes, run_id, created_at.

    Raises:
        NotFound: no such artefact among those that the actor sees.
    """
    require(actor, Right.READ)
    rows = list(
        database.query(f"select * from artefacts where id = :id and {visible()}", {"id": artefact, **scope(actor)})
    )
    if not rows or rows[0]["erased_at"] is not None:
        raise NotFound(N_("There is no such file in this workspace. Choose one from the list."))
    return dict(rows[0])


def load(database: Database, actor: Actor, artefact: str) -> bytes:
    """An artefact's content, held against its hash.

    Raises:
        NotFound: no such artefact among those that the actor sees.
        StorageError: its file is missing or was changed on disk.
    """
    row = describe(database, actor, artefact)
    try:
        content = path_of(row["hash"]).read_bytes()
    except OSError as error:
        raise _damaged(row["name"]) from error
    if hashlib.sha256(content).hexdigest() != row["hash"]:
        raise _damaged(row["name"])
    return content


def _damaged(name: str) -> StorageError:
    return StorageError(
        N_(
            "The stored file {name} is missing or damaged. Restore the artefacts’ folder from a backup, or "
            "upload it again."
        ),
        name=name,
    )


def of_run(database: Database, actor: Actor, run_id: str) -> list[dict[str, Any]]:
    """The artefacts of a run, oldest first."""
    require(actor, Right.READ)
    return list(
        database.query(
            f"select * from artefacts where run_id = :run and {visible()} order by created_at, id",
            {"run": run_id, **scope(actor)},
        )
    )


def safe_name(name: str) -> str:
    """A file's name without folders, control, direction-changing and reserved characters, of at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    # Category C: control and format characters, among them those that reverse the reading direction of 'fdp.exe'.
    kept = "".join(" " if letter in '<>:"|?*' else letter for letter in last if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip(" .")
    if len(plain) > MAX_NAME_CHARACTERS:
        stem, dot, suffix = plain.rpartition(".")
        suffix = suffix if dot and len(suffix) <= 8 else ""
        plain = (stem or plain)[: MAX_NAME_CHARACTERS - len(suffix) - 1] + (f".{suffix}" if suffix else "")
    return plain or "file"
