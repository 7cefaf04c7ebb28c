"""The proof of the use case: does the score rank unseen posts, what do the descriptions tell, and the null control."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Post, Product
from lib.commerce.product_descriptions.ranking_proof import null_control, ranking_measures
from lib.commerce.product_descriptions.table import silent, table_of
from lib.commerce.product_descriptions.what_sold import refuse_small
from lib.commerce.product_descriptions.writing_proof import Write, writing_measures
from lib.errors import EngineNotConfigured
from lib.i18n import N_
from lib.proofs import Measure, Proof

SLUG = "product_descriptions"
SAMPLE = Path(__file__).resolve().parents[3] / "sample_data"
LANGUAGES = ("fr", "en")
BUILT_IN = "built-in"


@dataclass(frozen=True)
class ProofData:
    """What a proof is made on: the sample, or a house's own rows."""

    products: tuple[Product, ...]
    posts: tuple[Post, ...]
    name: str = "sample"  # or the data set's id


def sample() -> ProofData:
    """The demo house's products and past posts; rows that cannot be used are left out."""
    with (SAMPLE / "products.csv").open(encoding="utf-8", newline="") as file:
        products, _problems = products_from(csv.DictReader(file))
    with (SAMPLE / "posts.csv").open(encoding="utf-8", newline="") as file:
        posts, _problems = posts_from(csv.DictReader(file))
    return ProofData(products, posts)


def proof(
    data: ProofData | None = None,
    seed: int = 0,
    engines: Sequence[str] = (BUILT_IN,),
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    writers: Mapping[str, Write] | None = None,
    languages: Sequence[str] = LANGUAGES,
    products: int = 100,
    repeats: int = 5,
    shuffles: int = 20,
    draws: int = 1_000,
) -> Proof:
    """Measure the use case.

    Args:
        data: the sample when None.
        engines: whose descriptions are measured; the built-in one's are written here, the others' by ``writers``.
        writers: engine -> function from inputs and language to the description to be measured.
        languages: in which descriptions are written; a pair of engine and language that isn't served is left out.
        products: on how many products; fewer where the house has fewer.
        repeats: divisions of the posts for cross-fitting. shuffles: data sets of the null control.
        draws: bootstrap draws.

    Raises:
        TooFewRows: too few posts to learn from.
        Cancelled: ``cancelled()`` became true.
    """
    start = time.perf_counter()
    data = data or sample()
    table = table_of(data.posts, data.products, lambda share, message="": progress(0.1 * share, message), cancelled)
    refuse_small(table)
    measures: list[Measure] = list(ranking_measures(table, seed, repeats, draws))
    null = null_control(table, seed, shuffles, max(draws // 5, 100), _part(progress, 0.2, 0.5), cancelled)
    measures.append(null.measure())
    inputs = chosen(data, seed, products)
    pairs = _served(engines, languages, writers or {})
    for index, (engine, write, language) in enumerate(pairs):
        stage = _part(progress, 0.5 + 0.5 * index / len(pairs), 0.5 + 0.5 * (index + 1) / len(pairs))
        measures += writing_measures(engine, write, inputs, language, seed, draws, stage, cancelled)
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), null.won, seed, data.name, time.perf_counter() - start)


def _part(progress: Callable[..., None], first: float, last: float) -> Callable[..., None]:
    """Progress of one stage, as a stretch of the whole."""
    return lambda share, message="": progress(first + (last - first) * share, message)


def chosen(data: ProofData, seed: int, products: int) -> list[DescribeProduct]:
    """The inputs of the writing proof: products drawn without replacement, with no brief but the data."""
    generator = np.random.default_rng((seed, 3))
    rows = generator.permutation(len(data.products))[:products]
    return [DescribeProduct(product=data.products[int(row)]) for row in rows]


def _served(
    engines: Sequence[str], languages: Sequence[str], writers: Mapping[str, Write]
) -> list[tuple[str, Write, str]]:
    """Every pair of an engine and a language that it writes.

    Raises:
        EngineNotConfigured: an engine has no writer here.
    """
    from lib.engines.registry import info

    found: list[tuple[str, Write, str]] = []
    for engine in engines:
        if engine not in writers and engine != BUILT_IN:
            raise EngineNotConfigured(
                N_("“{engine}” is not set up for this measurement. Choose an engine from the list."), engine=engine
            )
        known = () if engine in writers else info(engine).languages
        write = writers.get(engine, built_in)
        found += [(engine, write, language) for language in languages if not known or language in known]
    return found


def built_in(inputs: DescribeProduct, language: str) -> Description:
    """The built-in drafter's first option. It reads no person's data, so the actor is nobody."""
    from lib.access import DEMO_WORKSPACE, Actor, Role
    from lib.commerce.product_descriptions.writer import draft
    from lib.tasks.model import Context

    context = Context(Actor("", DEMO_WORKSPACE, Role.PARTICIPANT), language=language)
    return draft(inputs, context).options[0]
