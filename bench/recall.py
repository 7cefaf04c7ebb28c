"""Recall@10 of the search on labelled questions: the policies among 10,000 passages, embedded once and cached.

Questions are the labelled conversations of the half to tune that cite a passage; found means that one under
a cited heading is among the first ten. The other passages are the sample's comments, posts and product attributes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.access import Actor
from lib.files.written import read_written
from lib.settings import ROOT

PASSAGES = 10_000
DEPTH = 10
DOCUMENT = 1_000
BLOCK = 500  # passages embedded and kept at once
SAMPLE = ROOT / "sample_data"


def cache() -> Path:
    """Where the vectors are kept between runs."""
    return Path(os.environ.get("TOILE_BENCH_CACHE", Path.home() / ".cache" / "toile-bench"))


class Cached:
    """The model on this machine; passages' vectors come from the cache, which is filled once."""

    def __init__(self, texts: Sequence[str]) -> None:
        from lib.retrieval import built_in

        self._model = built_in()
        self.name = self._model.name
        self._rows = dict(zip(texts, self._vectors(list(texts)), strict=True))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._rows[text] for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        return self._model.query(text)

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Block by block, each kept as soon as it is there: a run that was stopped goes on where it was."""
        blocks = []
        for at in range(0, len(texts), BLOCK):
            blocks.append(self._block(texts[at : at + BLOCK]))
        return np.concatenate(blocks)

    def _block(self, texts: list[str]) -> NDArray[np.float32]:
        from lib.retrieval.indexing import embedded

        digest = hashlib.sha256("\0".join([self.name, *texts]).encode()).hexdigest()[:16]
        path = cache() / f"recall-{digest}.npy"
        if path.is_file():
            kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
            return kept
        began = time.perf_counter()
        made = embedded(self._model, texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, made)
        taken = time.perf_counter() - began
        print(f"recall: {len(texts)} more passages embedded in {taken:.0f} s", file=sys.stderr, flush=True)
        return made


def distractors(count: int) -> list[str]:
    """Comments, posts and attributes of products, each once, in their files' order."""
    found = dict.fromkeys(text for text in _texts() if len(text) > 15)
    return list(found)[:count]


def _texts() -> Iterator[str]:
    for name, column in (("comments.csv", "text"), ("posts.csv", "text")):
        for row in _rows(name):
            yield " ".join((row.get(column) or "").split())[:700]
    for row in _rows("products.csv"):
        for column, value in row.items():
            if value and column not in ("sku", "name", "language", "currency"):
                yield f"{row['name']}, {row['colour']}. {column.replace('_', ' ').capitalize()}: {value}."


def _rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def recall() -> dict[str, float]:
    """Recall@10 of both halves joined, and of each alone; and how many questions and passages."""
    from lib.database import connect, knowledge
    from lib.database.people import actor_for, create_person, create_workspace
    from lib.retrieval.indexing import with_heading
    from lib.retrieval.passages import passages_of

    policies = [read_written(path.read_bytes(), path.name) for path in sorted((SAMPLE / "policies").iterdir())]
    own = {written.name: passages_of(written.pieces) for written in policies}
    others = distractors(PASSAGES - sum(len(passages) for passages in own.values()))
    embedder = Cached([*(with_heading(one) for passages in own.values() for one in passages), *others])
    with connect(Path(tempfile.mkdtemp()) / "toile.db") as database:
        person, _token = create_person(database)
        actor = actor_for(database, person, create_workspace(database, person, "Bench"))
        _fill(database, actor, own, others, embedder)
        asked = _questions()
        kept = {one.name: one.passages for one in knowledge.documents(database, actor, "all")}
        found = [_found(database, actor, text, wanted, embedder) for text, wanted in asked]
    joined, words, meaning = (float(np.mean([one[at] for one in found])) for at in range(3))
    return {
        "recall_at_10": joined,
        "recall_at_10_words_alone": words,
        "recall_at_10_meaning_alone": meaning,
        "questions": float(len(asked)),
        "recall_passages": float(sum(kept.values())),
    }


def _fill(database: object, actor: Actor, own: dict[str, list], others: list[str], embedder: Cached) -> None:  # type: ignore[type-arg]
    from lib.database import knowledge
    from lib.retrieval.indexing import language_of, with_heading
    from lib.retrieval.words import stems

    named = {name: [(with_heading(one), one.heading) for one in passages] for name, passages in own.items()}
    for at in range(0, len(others), DOCUMENT):
        named[f"others-{at}"] = [(text, ()) for text in others[at : at + DOCUMENT]]
    for name, texts in named.items():
        rows = [
            knowledge.NewPassage(
                text,
                heading,
                None,
                None,
                " ".join(stems(text, language_of(text))),
                embedder.passages([text])[0].astype(np.float32).tobytes(),
            )
            for text, heading in texts
        ]
        knowledge.add_document(
            database,  # type: ignore[arg-type]
            actor,
            collection="all",
            name=name,
            kind="text",
            title="",
            language="en",
            passages=rows,
            embedder=embedder.name,
        )


def _questions() -> list[tuple[str, set[tuple[str, str]]]]:
    rows = [json.loads(line) for line in (SAMPLE / "service_conversations.jsonl").read_text("utf-8").splitlines()]
    return [
        ("\n".join(row["turns"]), {(one["document"], one["heading"]) for one in row["expect"]["cites"]})
        for row in rows
        if row["half"] == "tune" and row["expect"]["cites"]
    ]


def _found(
    database: object, actor: Actor, text: str, wanted: set[tuple[str, str]], embedder: Cached
) -> tuple[bool, bool, bool]:
    from lib.database import knowledge
    from lib.retrieval import search
    from lib.retrieval.words import query_stems

    def hit(passage: knowledge.StoredPassage) -> bool:
        return (passage.name, passage.heading[-1] if passage.heading else passage.name) in wanted

    hits = search(database, actor, "all", text, 5 * DEPTH, embedder=embedder)  # type: ignore[arg-type]
    words = knowledge.passages(database, actor, knowledge.full_text(database, actor, "all", query_stems(text), DEPTH))  # type: ignore[arg-type]
    meaning = [one for one in hits if one.meaning_rank is not None and one.meaning_rank <= DEPTH]
    return (
        any(hit(one.passage) for one in hits[:DEPTH]),
        any(hit(one) for one in words),
        any(hit(one.passage) for one in meaning),
    )
