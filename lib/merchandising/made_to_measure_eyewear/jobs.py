"""The use case's heavy work, as the worker does it: the proof with a house's own customers."""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkResult, measure
from lib.catalogue import use_case
from lib.database import connect
from lib.files.kept import reopen
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.customers import COLUMNS, customers_from, need
from lib.merchandising.made_to_measure_eyewear.proof import SLUG, ProofData

PROVE = "lib.merchandising.made_to_measure_eyewear.jobs.prove"
READING = N_("Reading the file")


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof, its size runs on the house's own customers ('customers': the data set's id).

    Raises:
        TooFewRows: too few customers.
    """
    job.progress(0.0, READING)
    with connect() as database:
        kept = reopen(database, job.actor, arguments["customers"], COLUMNS, customers_from)[1].items
    need(kept)
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(tuple(kept), key), key)
