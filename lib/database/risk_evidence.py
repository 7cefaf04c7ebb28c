"""What is attached to the answers of a risk review: files, links, runs, check results, comparisons, known facts."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import artefacts, chain, comparisons
from lib.database.connection import new_id, now, writing
from lib.database.risk_answers import begun
from lib.database.runs import get_run
from lib.errors import FileRejected, InputError, NotFound
from lib.i18n import N_

MAX_BYTES: Final = 25 * 1024 * 1024  # of an evidence file
MAX_LINK: Final = 2_000
MAX_NAME: Final = 200
# A browser runs these when they are opened; as evidence a PDF or a picture of the page serves.
REFUSED: Final = re.compile(
    r"\.(exe|dll|com|bat|cmd|msi|scr|ps1|vbs|js|mjs|jar|app|sh|html?|xhtml|svg|hta|lnk|docm|xlsm|pptm)$", re.IGNORECASE
)


def attach_file(
    database: Database, actor: Actor, use_case: str, pilot: str, question: str, name: str, content: bytes,
    media_type: str = "application/octet-stream",
) -> str:  # fmt: skip
    """Keep a file and attach it; the evidence's id. Of its name only the last part stays, without control characters.

    Raises:
        FileRejected: empty, larger than ``MAX_BYTES``, or of a kind that runs when it is opened.
        StorageError: the disk refused.
    """
    require(actor, Right.GOVERN)
    kept = artefacts.safe_name(name)
    if not content:
        raise FileRejected(N_("{name} is empty. Choose another file."), name=kept)
    if len(content) > MAX_BYTES:
        raise FileRejected(
            N_("{name} has {size} MB, and {most} MB are the most for evidence. Attach an excerpt, or a link to it."),
            name=kept,
            size=-(-len(content) // 2**20),
            most=MAX_BYTES // 2**20,
        )
    if REFUSED.search(kept):
        raise FileRejected(
            N_("{name} could run something when it is opened. Attach a PDF, a picture, a table or a text instead."),
            name=kept,
        )
    digest = hashlib.sha256(content).hexdigest()
    artefacts.write_once(artefacts.path_of(digest), content)
    with writing(database):
        artefact = artefacts.insert(database, actor, name, digest, len(content), media_type, None)
        return _insert(database, actor, use_case, pilot, question, "file", artefact, kept)


def attach_link(
    database: Database, actor: Actor, use_case: str, pilot: str, question: str, address: str, name: str = ""
) -> str:
    """Attach an address; nothing is fetched from it.

    Raises:
        InputError: no http or https address, one with a password in it, or one too long.
    """
    require(actor, Right.GOVERN)
    address = address.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and not parts.password
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s\x00-\x1f<>\"`\\]", address) or len(address) > MAX_LINK:
        raise InputError(
            N_("A link begins with https:// or http://, and holds no spaces and no password. Copy it from the browser.")
        )
    with writing(database):
        title = " ".join(name.split())[:MAX_NAME] or address
        return _insert(database, actor, use_case, pilot, question, "link", address, title)


def attach_run(database: Database, actor: Actor, use_case: str, pilot: str, question: str, run: str) -> str:
    """Attach a recorded run.

    Raises:
        NotFound: no such run in the actor's workspace, or it has been deleted.
    """
    require(actor, Right.GOVERN)
    with writing(database):
        found = get_run(database, actor, run)
        name = f"{found['use_case']} · {found['started_at'][:16].replace('T', ' ')}"
        return _insert(database, actor, use_case, pilot, question, "run", run, name)


def attach_check(database: Database, actor: Actor, use_case: str, pilot: str, question: str, result: str) -> str:
    """Attach one check's result of a run, with its verdict as it is now.

    Raises:
        NotFound: no such result in the actor's workspace, or its run has been deleted.
    """
    require(actor, Right.GOVERN)
    with writing(database):
        found = _check(database, actor, result)
        if found is None:
            raise NotFound(N_("This check’s result is no longer there: its run was deleted. Choose another one."))
        said = json.dumps({"check": found["check_name"], "verdict": found["verdict"]})
        return _insert(
            database, actor, use_case, pilot, question, "check", str(found["run_id"]), str(found["check_name"]), said
        )


def attach_comparison(database: Database, actor: Actor, use_case: str, pilot: str, question: str, which: str) -> str:
    """Attach a comparison of engines or prompts.

    Raises:
        NotFound: no such comparison in the actor's workspace.
    """
    require(actor, Right.GOVERN)
    with writing(database):
        found = comparisons.get(database, actor, which)
        name = " ".join(found.question.split())[:MAX_NAME]
        return _insert(database, actor, use_case, pilot, question, "comparison", which, name)


def attach_known(
    database: Database, actor: Actor, use_case: str, pilot: str, question: str, key: str, message: str,
    values: dict[str, Any],
) -> str:  # fmt: skip
    """Attach what the workbench knows, as it is now: a message id with its values, so that it reads in any language."""
    require(actor, Right.GOVERN)
    said = known_as(message, values)
    with writing(database):
        return _insert(database, actor, use_case, pilot, question, "known", key, key, said)


def known_as(message: str, values: dict[str, Any]) -> str:
    """How a known thing is kept."""
    return json.dumps({"message": message, "values": values}, ensure_ascii=False, default=str, sort_keys=True)


def withdraw(database: Database, actor: Actor, evidence: str) -> None:
    """Take evidence out of a review; that it was there, who brought it and who took it out stays on record.

    Raises:
        NotFound: no such evidence in the actor's workspace.
    """
    require(actor, Right.GOVERN)
    with writing(database):
        changed = database.execute(
            "update risk_evidence set withdrawn_at = :when, withdrawn_by = :who where id = :id"
            f" and withdrawn_at is null and {visible()}",
            {"when": now(), "who": actor.person, "id": evidence, **scope(actor)},
        ).rowcount
        if changed:
            chain.append(database, "risk_evidence", evidence)
    if not changed:
        raise NotFound(N_("This evidence isn’t attached any more. Reload the page to see what is."))


def _insert(
    database: Database, actor: Actor, use_case: str, pilot: str, question: str, kind: str, reference: str, name: str,
    said: str = "",
) -> str:  # fmt: skip
    found = begun(database, actor, use_case, pilot)
    for one in found.evidence.get(question, ()):
        if (one.kind, one.reference, one.name) == (kind, reference, name) and kind != "known":
            return one.id  # the same, attached twice
    identifier = new_id()
    database.table("risk_evidence").insert(
        {
            "id": identifier,
            "workspace_id": actor.workspace,
            "person_id": actor.person,
            "review_id": found.id,
            "question": question,
            "kind": kind,
            "reference": reference,
            "name": name,
            "said": said,
            "created_at": now(),
        }
    )
    chain.append(database, "risk_evidence", identifier)
    return identifier


def _check(database: Database, actor: Actor, result: str) -> dict[str, Any] | None:
    rows = database.query(
        "select c.run_id, c.check_name, c.verdict from check_results c join runs r on r.id = c.run_id"
        f" where c.id = :id and {visible('r')}",
        {"id": result, **scope(actor)},
    )
    return next(iter(rows), None)
