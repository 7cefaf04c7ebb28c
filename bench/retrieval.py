"""Search over 100,000 passages with vectors given, beside its two halves alone: bm25s, and numpy's plain scan.

Its detail holds recall@10 on labelled questions over 10,000 passages: ``bench.recall``.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.model import Result
from bench.recall import recall

PASSAGES = 100_000
DOCUMENT = 1_000  # passages of one document
DIMENSIONS = 384
WORDS = 20_000  # of the vocabulary, used as often as Zipf's law says
LENGTH = 60  # words of a passage
ASKED = 200  # questions of 6 words
SEED = 0


class Given:
    """Vectors that are there already: what is measured is the search."""

    name = "given"

    def __init__(self, asked: NDArray[np.float32]) -> None:
        self._asked, self._at = asked, 0

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError

    def query(self, text: str) -> NDArray[np.float32]:
        self._at = (self._at + 1) % len(self._asked)
        vector: NDArray[np.float32] = self._asked[self._at]
        return vector


def _units(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    rows = rng.standard_normal((count, DIMENSIONS), dtype=np.float32)
    units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def _texts(rng: np.random.Generator, count: int, length: int) -> list[str]:
    shares = 1.0 / np.arange(1, WORDS + 1)
    drawn = rng.choice(WORDS, size=(count, length), p=shares / shares.sum())
    return [" ".join(f"w{word}" for word in row) for row in drawn]


def p95(work: Callable[[str], object], questions: Sequence[str]) -> float:
    """Milliseconds within which 95 of 100 questions are answered, after one that warms up."""
    work(questions[0])
    taken = []
    for question in questions:
        began = time.perf_counter()
        work(question)
        taken.append(time.perf_counter() - began)
    return float(np.percentile(taken, 95) * 1000)


def run() -> Result:
    """Fill a database, ask, and ask the two halves the same."""
    os.environ["TOILE_DB"] = str(Path(tempfile.mkdtemp()) / "toile.db")
    from lib.database import connect, knowledge
    from lib.database.people import actor_for, create_person, create_workspace
    from lib.retrieval import search
    from lib.retrieval.searching import DEPTH
    from lib.settings import settings

    settings.cache_clear()
    rng = np.random.default_rng(SEED)
    texts, vectors = _texts(rng, PASSAGES, LENGTH), _units(rng, PASSAGES)
    questions, asked = _texts(rng, ASKED, 6), _units(rng, ASKED)
    with connect() as database:
        person, _token = create_person(database)
        actor = actor_for(database, person, create_workspace(database, person, "Bench"))
        for start in range(0, PASSAGES, DOCUMENT):
            rows = [
                knowledge.NewPassage(texts[at], (), None, None, texts[at], vectors[at].tobytes())
                for at in range(start, start + DOCUMENT)
            ]
            knowledge.add_document(
                database,
                actor,
                collection="all",
                name=f"{start}",
                kind="text",
                title="",
                language="en",
                passages=rows,
                embedder=Given.name,
            )
        ours = p95(lambda question: search(database, actor, "all", question, embedder=Given(asked)), questions)
    words = p95(_bm25s(texts, DEPTH), questions)
    scan = p95(lambda question: np.argpartition(-(vectors @ asked[0]), DEPTH)[:DEPTH], questions)
    detail = {"passages": PASSAGES, "bm25s_ms": words, "scan_ms": scan, **recall()}
    return Result("retrieval", "p95 of a search with both halves joined", ours, words + scan, "ms", detail)


def _bm25s(texts: Sequence[str], depth: int) -> Callable[[str], object]:
    import bm25s

    index = bm25s.BM25()
    index.index([text.split() for text in texts], show_progress=False)
    return lambda question: index.retrieve([question.split()], k=depth, show_progress=False)
