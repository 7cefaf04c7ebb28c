"""Search: BM25 and cosine, joined by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""

from __future__ import annotations

import contextvars
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from lib.access import Actor
from lib.database import knowledge
from lib.database.knowledge import StoredPassage
from lib.retrieval.embedding import Embedder, built_in
from lib.retrieval.words import query_stems

RANK_CONSTANT: Final = 60  # of the authors' paper
DEPTH: Final = 50  # of each list that is joined
MOST_HELD: Final = 8  # collections whose vectors are kept in memory


@dataclass(frozen=True)
class Hit:
    """One passage that was found, how, and how near its meaning is (cosine, None where only its words were found)."""

    passage: StoredPassage
    score: float  # the sum of reciprocal ranks
    text_rank: int | None  # from 1; None: not among the first by its words
    meaning_rank: int | None
    cosine: float | None


@dataclass(frozen=True)
class _Matrix:
    ids: NDArray[np.int64]
    rows: NDArray[np.float32]  # (passages, dimensions), length 1 each


def search(
    database: Database,
    actor: Actor,
    collection: str,
    question: str,
    limit: int = 10,
    *,
    embedder: Embedder | None = None,
) -> list[Hit]:
    """The passages of ``collection`` nearest to ``question``, best first; none where the collection is empty.

    Raises:
        NotAllowed: the actor may not read here.
    """
    embedder = embedder or built_in()
    matrix = _matrix(database, actor, collection, embedder.name)
    meant = _beside().submit(contextvars.copy_context().run, _nearest, matrix, embedder, question)
    by_words = knowledge.full_text(database, actor, collection, query_stems(question), DEPTH)
    by_meaning, cosines = meant.result()
    scores = fuse([by_words, by_meaning])
    best = sorted(scores, key=lambda identifier: (-scores[identifier], identifier))[:limit]
    text_ranks = {identifier: rank for rank, identifier in enumerate(by_words, start=1)}
    meaning_ranks = {identifier: rank for rank, identifier in enumerate(by_meaning, start=1)}
    return [
        Hit(
            passage,
            scores[passage.id],
            text_ranks.get(passage.id),
            meaning_ranks.get(passage.id),
            cosines.get(passage.id),
        )
        for passage in knowledge.passages(database, actor, best)
    ]


def fuse(lists: Sequence[Sequence[int]], constant: int = RANK_CONSTANT) -> dict[int, float]:
    """Reciprocal rank fusion: each list gives 1 / (constant + rank) to what it holds."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, identifier in enumerate(ranked, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + 1.0 / (constant + rank)
    return scores


@cache
def _beside() -> ThreadPoolExecutor:
    """Meaning is looked for while SQLite looks for words: neither waits for the other's core."""
    return ThreadPoolExecutor(os.cpu_count(), "meaning")


def _nearest(matrix: _Matrix, embedder: Embedder, question: str) -> tuple[list[int], dict[int, float]]:
    if not len(matrix.ids) or not question.strip():
        return [], {}
    cosines = matrix.rows @ embedder.query(question)
    depth = min(DEPTH, len(cosines))
    best = np.argpartition(cosines, len(cosines) - depth)[len(cosines) - depth :]
    best = best[np.lexsort((matrix.ids[best], -cosines[best]))]
    return [int(matrix.ids[at]) for at in best], {int(matrix.ids[at]): float(cosines[at]) for at in best}


_held: OrderedDict[tuple[str, str, str, str], tuple[str, _Matrix]] = OrderedDict()
_guard = threading.Lock()


def _matrix(database: Database, actor: Actor, collection: str, embedder: str) -> _Matrix:
    """The collection's vectors, read once until its documents change. The key holds person and workspace."""
    key = (actor.workspace, actor.person, collection, embedder)
    state = knowledge.state_of(database, actor, collection)
    with _guard:
        known = _held.get(key)
        if known is not None and known[0] == state:
            _held.move_to_end(key)
            return known[1]
    found = knowledge.vectors(database, actor, collection, embedder)
    # NumPy's own memory comes in large pages, which a scan reads a third faster than a long string of bytes.
    rows = np.empty((len(found), len(found[0][1]) // 4 if found else 1), dtype=np.float32)
    for row, (_id, vector) in zip(rows, found, strict=True):
        row[:] = np.frombuffer(vector, dtype=np.float32)
    matrix = _Matrix(np.asarray([identifier for identifier, _vector in found], dtype=np.int64), rows)
    with _guard:
        _held[key] = (state, matrix)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return matrix
