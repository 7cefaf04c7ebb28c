"""Learning what sold as a recorded run: read back when the same data was analysed before by the same method."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
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
from lib.database import connect
from lib.database.runs import finish_run, recent, start_run
from lib.errors import Cancelled, ToileError
from lib.settings import ROOT

USE_CASE = "product_descriptions"
METHOD = "what_sold"
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


# Learned results of this process by data, method and seed: another person with the same data (the demo house's above
# all) gets theirs at once. Who does not hold the very same data cannot name its fingerprint.
_learned: OrderedDict[tuple[str, str, int], dict[str, Any]] = OrderedDict()
KEPT = 8


def _learn(
    data: str,
    posts: Sequence[Post],
    products: Sequence[Product],
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
    seed: int,
) -> dict[str, Any]:
    key = (data, method_version(), seed)
    if key not in _learned:
        _learned[key] = asdict(learn(posts, products, seed, progress, cancelled))
        while len(_learned) > KEPT:
            _learned.popitem(last=False)
    return _learned[key]


def analyse(
    actor: Actor,
    posts: Sequence[Post],
    products: Sequence[Product],
    data_set: str | None = None,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    seed: int = 0,
) -> str:
    """Learn what sold and record it; the run's id. An analysis that stops or fails is recorded as such.

    Raises:
        TooFewRows: too little data to learn from.
        Cancelled: the person stopped it.
    """
    data = fingerprint(posts, products)
    with connect() as database:
        run = start_run(
            database,
            actor,
            use_case=USE_CASE,
            kind="analysis",
            method=METHOD,
            method_version=method_version(),
            data_set=data_set,
            seed=seed,
            inputs={"fingerprint": data, "posts": len(posts), "products": len(products)},
        )
    start = time.perf_counter()
    try:
        output = _learn(data, posts, products, progress, cancelled, seed)
    except ToileError as error:
        status = "cancelled" if isinstance(error, Cancelled) else "failed"
        _finish(actor, run, None, status, start, {"message": error.message, "values": error.values})
        raise
    _finish(actor, run, output, "done", start, None)
    return run


def _finish(
    actor: Actor, run: str, output: dict[str, Any] | None, status: str, start: float, error: dict[str, Any] | None
) -> None:
    seconds = time.perf_counter() - start
    with connect() as database:
        finish_run(database, actor, run, output=output, status=status, seconds=seconds, error=error)
