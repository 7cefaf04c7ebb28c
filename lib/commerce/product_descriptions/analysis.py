"""What sold as a recorded run: read back when the same data was analysed before by the same method."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from lib.access import Actor
from lib.commerce.product_descriptions.columns import POST_COLUMNS, PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import posts_from, products_from
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.what_sold import WhatSold, learn
from lib.database.runs import finish_run, get_run, recent, start_run
from lib.evidence import shipped_analysis
from lib.files.kept import open_sample
from lib.settings import ROOT

USE_CASE = "product_descriptions"
METHOD = "what_sold"
SEED = 0
SAMPLE = ROOT / "sample_data"
# Everything that the result depends on, beside the word lists and the vocabulary.
LEARNING = (
    "coverage", "effects", "features", "held_out", "lexicon", "prose", "regression", "table", "traits",
    "values", "what_sold",
)  # fmt: skip
LOOK_BACK = 200  # analyses of the workspace that are searched for the same data


@cache
def method_version() -> str:
    """The method's version: the hash of the code that learns, so that a change of it is a new analysis."""
    folder = Path(__file__).parent
    files = [folder / f"{name}.py" for name in LEARNING]
    files += sorted((folder / "wordlists").glob("*.toml"))
    files += sorted((ROOT / "lib" / "vocabulary").rglob("*.*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if "__pycache__" not in file.parts)).hexdigest()[
        :12
    ]


def fingerprint(posts: Sequence[Post], products: Sequence[Product]) -> str:
    """The hash of everything that the analysis reads."""
    digest = hashlib.sha256()
    for item in (*posts, *products):
        digest.update(item.model_dump_json().encode())
    return digest.hexdigest()


def known(database: Database, actor: Actor, data: str) -> dict[str, Any] | None:
    """The last finished analysis of the data with this fingerprint by the present method, or None."""
    for run in recent(database, actor, LOOK_BACK, use_case=USE_CASE, kind="analysis", status="done"):
        if run["method_version"] == method_version() and run["inputs"].get("fingerprint") == data:
            return run
    return None


def what_sold_of(run: dict[str, Any]) -> WhatSold:
    """What an analysis run recorded."""
    return TypeAdapter(WhatSold).validate_python(run["output"])


def known_to_all(database: Database, data: str) -> tuple[dict[str, Any], str, str] | None:
    """What the present method found in these data for anybody on this installation: output, origin, day; or None.

    For the demo house's sample alone, which is everybody's: a visitor needn't wait for what another one waited for.
    """
    found = database.execute(
        "select output, inputs, finished_at from runs where use_case = ? and kind = 'analysis' and status = 'done'"
        " and method_version = ? and json_extract(inputs, '$.fingerprint') = ? limit 1",
        [USE_CASE, method_version(), data],
    ).fetchone()
    if found is None:
        return None
    day, shipped = made_on({"inputs": json.loads(found[1]), "finished_at": found[2]})
    return json.loads(found[0]), "shipped" if shipped else "before", day


@dataclass(frozen=True)
class Found:
    """What was learned from the sample before. ``origin``: 'before' (for another visitor) or 'shipped'."""

    output: dict[str, Any]
    origin: str
    made_on: str  # ISO date


def found_before(database: Database, data: str) -> Found | None:
    """What the present method found in these data for anybody, or what comes with the product; None if neither."""
    earlier = known_to_all(database, data)
    if earlier is not None:
        return Found(*earlier)
    came = shipped_analysis(USE_CASE, method_version(), data)
    return Found(came.output, "shipped", came.made_on) if came else None


def adopt(database: Database, actor: Actor, data: str) -> dict[str, Any] | None:
    """Record for the actor what was learned from the sample before; the run, or None if nothing was.

    Raises:
        NotAllowed: the actor may not run.
    """
    found = found_before(database, data)
    if found is None:
        return None
    run = start_run(
        database,
        actor,
        use_case=USE_CASE,
        kind="analysis",
        method=METHOD,
        method_version=method_version(),
        seed=SEED,
        inputs={
            "fingerprint": data,
            "posts": found.output["posts"],
            "found": found.origin,
            "made_on": found.made_on,
        },
    )
    finish_run(database, actor, run, output=found.output, status="done", seconds=0.0)
    return get_run(database, actor, run)


def made_on(run: dict[str, Any]) -> tuple[str, bool]:
    """The day (ISO) on which an analysis was worked out, and whether it came with the product."""
    inputs = run["inputs"]
    return str(inputs.get("made_on") or run["finished_at"])[:10], inputs.get("found") == "shipped"


@lru_cache(maxsize=4)
def _sample(modified: tuple[int, int]) -> tuple[tuple[Product, ...], tuple[Post, ...]]:
    return (
        open_sample(SAMPLE / "products.csv", PRODUCT_COLUMNS, products_from).items,
        open_sample(SAMPLE / "posts.csv", POST_COLUMNS, posts_from).items,
    )


def sample() -> tuple[tuple[Product, ...], tuple[Post, ...]]:
    """The demo house's products and posts, read once per process: they are everybody's."""
    first, second = (SAMPLE / "products.csv").stat(), (SAMPLE / "posts.csv").stat()
    return _sample((first.st_mtime_ns, second.st_mtime_ns))


def named_in(posts: Sequence[Post], products: Sequence[Product]) -> tuple[Product, ...]:
    """The products that the posts name: nothing else of a product list is learned from."""
    skus = {post.sku for post in posts}
    return tuple(product for product in products if product.sku in skus)


def of_sample() -> dict[str, Any]:
    """What the present method finds in the sample, in the form in which it comes with the product."""
    products, posts = sample()
    inputs, output = analyse(posts, named_in(posts, products))
    return {
        "method_version": method_version(),
        "fingerprint": inputs["fingerprint"],
        "made_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "output": json.loads(json.dumps(output)),
    }


def analyse(
    posts: Sequence[Post],
    products: Sequence[Product],
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    seed: int = SEED,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Learn what sold: what identifies the data (a run's inputs), and what was found (its output).

    Raises:
        TooFewRows: too little data to learn from.
        Cancelled: the person stopped it.
    """
    inputs = {"fingerprint": fingerprint(posts, products), "posts": len(posts), "products": len(products)}
    return inputs, asdict(learn(posts, products, seed, progress, cancelled))
