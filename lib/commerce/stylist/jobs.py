"""The use case's heavy work, as the worker does it: reading a large file, and the proof on a house's own files."""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkFile, WorkResult, measure
from lib.catalogue import use_case
from lib.commerce.stylist.columns import CLIENT_COLUMNS, COMMENT_COLUMNS, PIECE_COLUMNS, PURCHASE_COLUMNS
from lib.commerce.stylist.data import clients_from, comments_from, pieces_from, purchases_from
from lib.commerce.stylist.kept import MEDIA_TYPE, NAME, packed
from lib.commerce.stylist.proof import SLUG, ProofData, read_again
from lib.commerce.stylist.reading_all import METHOD, VERSION, read_all
from lib.commerce.stylist.samples import SAMPLE, House, sample_house
from lib.database import connect
from lib.files.kept import reopen
from lib.i18n import N_

READ_FILE = "lib.commerce.stylist.jobs.read_file"
PROVE = "lib.commerce.stylist.jobs.prove"
NONE = "none"  # besides a data set's id and the sample
READING = N_("Reading the file")


def read_file(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Read the comments of a house's own file. ``arguments``: comments, clients (ids or 'none'), confirmed.

    Raises:
        NotFound, StorageError: a file is gone.
    """
    job.progress(0.0, READING)
    house = house_of({**arguments, "pieces": NONE, "purchases": NONE}, job)
    found = read_all(house.comments, house.clients, bool(arguments.get("confirmed")), job.progress, job.cancelled)
    output = {
        "comments": len(house.comments),
        "read": len(found.said),
        "closed": found.closed,
        "opinions": sum(len(one) for one in found.said.values()),
        "languages": dict(found.languages),
    }
    return WorkResult(
        "analysis", METHOD, VERSION, dict(arguments), output, (WorkFile(NAME, packed(found), MEDIA_TYPE),)
    )


def house_of(arguments: dict[str, Any], job: WorkContext) -> House:
    """A house's tables read again by their ids; 'sample' is the demo house's, 'none' an empty one."""
    demo = sample_house()

    def table(name: str, columns: Any, parse: Any, sample: Any) -> Any:
        chosen = str(arguments.get(name) or NONE)
        if chosen == SAMPLE:
            return sample
        if chosen == NONE:
            return ()
        with connect() as database:
            return reopen(database, job.actor, chosen, columns, parse)[1].items

    clients = table("clients", CLIENT_COLUMNS, clients_from, tuple(demo.clients.values()))
    return House(
        comments=table("comments", COMMENT_COLUMNS, comments_from, demo.comments),
        pieces=table("pieces", PIECE_COLUMNS, pieces_from, demo.pieces),
        clients={one.id: one for one in clients},
        purchases=table("purchases", PURCHASE_COLUMNS, purchases_from, demo.purchases),
        name=str(arguments.get("comments")),
    )


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the house's own comments, pieces and purchases.

    Raises:
        InputError: too few clients with comments and later purchases.
    """
    job.progress(0.0, READING)
    house = house_of(arguments, job)
    read = read_again(house, bool(arguments.get("confirmed")), job.cancelled)
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(house, read, key), key)
