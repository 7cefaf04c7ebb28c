"""What sold as a recorded run: read back when the same data was analysed before by the same method."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from lib.access import Actor
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.what_sold import WhatSold, learn
from lib.database.runs import finish_run, get_run, recent, start_run
from lib.settings import ROOT

USE_CASE = "product_descriptions"
METHOD = "what_sold"
SEED = 0
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


def known_to_all(database: Database, data: str) -> dict[str, Any] | None:
    """What the present method found in these data for anybody on this installation: the run's output, or None.

    For the demo house's sample alone, which is everybody's: a visitor needn't wait for what another one waited for.
    """
    found = database.execute(
        "select output from runs where use_case = ? and kind = 'analysis' and status = 'done' and method_version = ?"
        " and json_extract(inputs, '$.fingerprint') = ? limit 1",
        [USE_CASE, method_version(), data],
    ).fetchone()
    return json.loads(found[0]) if found else None


def adopt(database: Database, actor: Actor, data: str) -> dict[str, Any] | None:
    """Record for the actor what was learned from the sample for another visitor; the run, or None if nothing was.

    Raises:
        NotAllowed: the actor may not run.
    """
    output = known_to_all(database, data)
    if output is None:
        return None
    run = start_run(
        database,
        actor,
        use_case=USE_CASE,
        kind="analysis",
        method=METHOD,
        method_version=method_version(),
        seed=SEED,
        inputs={"fingerprint": data, "posts": output["posts"], "found": "before"},
    )
    finish_run(database, actor, run, output=output, status="done", seconds=0.0)
    return get_run(database, actor, run)


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
