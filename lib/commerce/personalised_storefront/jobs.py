"""The proof on a house's own tables, as the worker does it."""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkResult, measure
from lib.catalogue import use_case
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.proof import SLUG, ProofData
from lib.commerce.personalised_storefront.samples import READERS, sample_tables
from lib.database import connect
from lib.files.kept import reopen
from lib.i18n import N_

PROVE = "lib.commerce.personalised_storefront.jobs.prove"
SAMPLE, NONE = "sample", "none"
READING = N_("Reading the file")


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the house's own tables: each of ``arguments`` is a data set's id, 'sample' or 'none'.

    Raises:
        TooFewRows, InputError: too little to learn from or to hold out.
    """
    job.progress(0.0, READING)
    found: dict[str, Any] = {}
    for slot, (columns, parse) in READERS.items():
        wanted = str(arguments.get(slot) or NONE)
        if wanted == SAMPLE:
            found[slot] = getattr(sample_tables(), slot)
        elif wanted != NONE:
            with connect() as database:
                found[slot] = reopen(database, job.actor, wanted, columns, parse)[1].items
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(Tables(**found), key), key)
