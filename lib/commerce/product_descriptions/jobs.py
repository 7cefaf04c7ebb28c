"""The use case's heavy work, as the worker does it: learning what sold, and the proof on a house's own files.

Both are handed the ids of the data sets ('products', 'posts'; None for the demo house's table) and read them again.
"""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkResult, measure
from lib.catalogue import use_case
from lib.commerce.product_descriptions import analysis
from lib.commerce.product_descriptions.columns import POST_COLUMNS, PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.proof import SLUG, ProofData
from lib.database import connect
from lib.errors import Overtaken
from lib.files.kept import reopen
from lib.i18n import N_

LEARN_WHAT_SOLD = "lib.commerce.product_descriptions.jobs.learn_what_sold"
PROVE = "lib.commerce.product_descriptions.jobs.prove"
READING = N_("Reading the file")
OTHER_DATA = N_("The data are no longer those that this was begun with. Open the page again and start it from there.")


def learn_what_sold(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Learn what sold from the posts and the products that they name. What is known of the sample isn't learned again.

    Raises:
        TooFewRows: too little data to learn from.
        Overtaken: the data don't have the fingerprint that the page saw.
    """
    job.progress(0.0, READING)
    version, data = analysis.method_version(), arguments["fingerprint"]
    if arguments["posts"] is None:  # another visitor's job may have ended while this one waited for its turn
        with connect() as database:
            found = analysis.found_before(database, data)
        if found is not None:
            inputs = {"fingerprint": data, "posts": found.output["posts"]}
            inputs |= {"found": found.origin, "made_on": found.made_on}
            return WorkResult("analysis", analysis.METHOD, version, inputs, found.output)
        products, posts = analysis.sample()  # the demo house's posts are about its own products
    else:
        products, posts = _tables(arguments, job)
    named = analysis.named_in(posts, products)
    if analysis.fingerprint(posts, named) != data:
        raise Overtaken(OTHER_DATA)
    inputs, output = analysis.analyse(posts, named, job.progress, job.cancelled, job.seed)
    return WorkResult("analysis", analysis.METHOD, version, inputs, output)


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the house's own products or posts.

    Raises:
        TooFewRows: too few posts to learn from.
    """
    job.progress(0.0, READING)
    products, posts = _tables(arguments, job)
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(products, posts, key), key)


def _tables(arguments: dict[str, Any], job: WorkContext) -> tuple[tuple[Product, ...], tuple[Post, ...]]:
    sample = analysis.sample()
    with connect() as database:
        products, posts = arguments["products"], arguments["posts"]
        return (
            reopen(database, job.actor, products, PRODUCT_COLUMNS, products_from)[1].items if products else sample[0],
            reopen(database, job.actor, posts, POST_COLUMNS, posts_from)[1].items if posts else sample[1],
        )
