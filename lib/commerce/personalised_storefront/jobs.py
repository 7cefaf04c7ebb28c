"""What the worker does on a house's own tables: learning, and the proof.

Each table of the arguments is a data set's id, 'sample' or 'none'; it is read again here.
"""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkResult, measure
from lib.catalogue import use_case
from lib.commerce.personalised_storefront.learned import FIT, fit_of, method_version
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.proof import SLUG, ProofData
from lib.commerce.personalised_storefront.samples import READERS, sample_tables
from lib.commerce.personalised_storefront.storefront import house_of
from lib.database import connect
from lib.files.kept import reopen
from lib.i18n import N_

LEARN = "lib.commerce.personalised_storefront.jobs.learn"
PROVE = "lib.commerce.personalised_storefront.jobs.prove"
SAMPLE, NONE = "sample", "none"
READING = N_("Reading the file")


def learn(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Choose the method and learn the weights on the house's own tables.

    Raises:
        InputError: nothing of the tables belongs together.
    """
    job.progress(0.0, READING)
    fit = fit_of(house_of(_tables(arguments, job)), job.progress, job.cancelled)
    return WorkResult("analysis", FIT, method_version(), {"tables": arguments["tables"]}, fit.as_json())


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the house's own tables.

    Raises:
        TooFewRows, InputError: too little to learn from or to hold out.
    """
    job.progress(0.0, READING)
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(_tables(arguments, job), key), key)


def _tables(arguments: dict[str, Any], job: WorkContext) -> Tables:
    found: dict[str, Any] = {}
    for slot, (columns, parse) in READERS.items():
        wanted = str(arguments.get(slot) or NONE)
        if wanted == SAMPLE:
            found[slot] = getattr(sample_tables(), slot)
        elif wanted != NONE:
            with connect() as database:
                found[slot] = reopen(database, job.actor, wanted, columns, parse)[1].items
    return Tables(**found)
