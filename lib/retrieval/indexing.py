"""A document on its way in: passages, their stems and vectors, kept together."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from lib.access import Actor
from lib.database import knowledge
from lib.errors import Cancelled
from lib.i18n import N_
from lib.retrieval.embedding import AT_ONCE, DocumentEmbedder, Embedder, built_in
from lib.retrieval.passages import Passage, Said, passages_of
from lib.retrieval.words import LANGUAGES, stems

NICE: Final = 10
STOPPED_AGAIN = N_("Reading again was stopped. What was done before stays done.")
STOPPED = N_("Adding the document was stopped. Nothing of it was kept.")


@dataclass(frozen=True)
class Source:
    """What is added: ``lib.files.written.Written`` has all of it."""

    name: str
    kind: str
    title: str
    pieces: Iterable[Said]
    pages: int | None = None
    artefact: str | None = None


def add(
    database: Database,
    actor: Actor,
    collection: str,
    source: Source,
    *,
    embedder: Embedder | None = None,
    language: str | None = None,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Keep a document in ``collection`` and return its id; one of the same name gives way, both or neither.

    Raises:
        Cancelled: somebody stopped it; nothing of it was kept.
        NotAllowed: the actor may not run tasks here.
    """
    embedder = embedder or built_in()
    found = passages_of(source.pieces)
    spoken = language or language_of(" ".join(passage.text for passage in found[:40]))
    vectors = embedded(embedder, [with_heading(passage) for passage in found], progress, cancelled)
    rows = [
        knowledge.NewPassage(
            passage.text,
            passage.heading,
            passage.page,
            passage.row,
            " ".join(stems(with_heading(passage), spoken)),
            vector.tobytes(),
        )
        for passage, vector in zip(found, vectors, strict=True)
    ]
    return knowledge.add_document(
        database,
        actor,
        collection=collection,
        name=source.name,
        kind=source.kind,
        title=source.title,
        language=spoken,
        passages=rows,
        embedder=embedder.name,
        pages=source.pages,
        artefact=source.artefact,
    )


def with_heading(passage: Passage | knowledge.StoredPassage) -> str:
    """The passage as it is indexed: a rule under 'Returns > Jewellery' often says neither word."""
    return " > ".join(passage.heading) + (". " if passage.heading else "") + passage.text


def language_of(text: str) -> str:
    """'fr' or 'en', whichever the text is likelier in."""
    found: str = _identifier().classify(text)[0]
    return found


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def embedded(
    embedder: Embedder,
    texts: Sequence[str],
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> NDArray[np.float32]:
    """A vector for each text, of shape (texts, dimensions), made on every core and behind whoever looks at a page.

    Raises:
        Cancelled: somebody stopped it.
    """
    if cancelled():
        raise Cancelled(STOPPED)
    if isinstance(embedder, DocumentEmbedder):
        return embedder.document(texts, progress, cancelled).astype(np.float32, copy=False)
    batches = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    made: list[NDArray[np.float32]] = []
    lanes = ThreadPoolExecutor(os.cpu_count(), "embedding", _behind)
    try:
        for vectors in lanes.map(embedder.passages, batches):
            made.append(vectors.astype(np.float32, copy=False))
            progress(len(made) / len(batches))
            if cancelled():
                raise Cancelled(STOPPED)
    finally:
        lanes.shutdown(cancel_futures=True)
    return np.concatenate(made) if made else np.zeros((0, 1), dtype=np.float32)


def _behind() -> None:
    """Give this thread a lower priority, where the system knows priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
