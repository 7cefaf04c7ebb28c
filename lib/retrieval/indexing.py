"""A document on its way in: passages, their stems and vectors, kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from sqlite_utils import Database

from lib.access import Actor
from lib.database import knowledge
from lib.errors import Cancelled
from lib.i18n import N_
from lib.retrieval.embedding import AT_ONCE, Embedder, built_in
from lib.retrieval.passages import Passage, Said, passages_of
from lib.retrieval.words import LANGUAGES, stems

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
    vectors = _vectors(embedder, found, progress, cancelled)
    rows = [
        knowledge.NewPassage(
            passage.text,
            passage.heading,
            passage.page,
            passage.row,
            " ".join(stems(with_heading(passage), spoken)),
            vector.astype(np.float32).tobytes(),
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


def with_heading(passage: Passage) -> str:
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


def _vectors(
    embedder: Embedder, found: Sequence[Passage], progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> Sequence[np.ndarray]:
    made: list[np.ndarray] = []
    for start in range(0, len(found), AT_ONCE):
        if cancelled():
            raise Cancelled(STOPPED)
        made += list(embedder.passages([with_heading(passage) for passage in found[start : start + AT_ONCE]]))
        progress(min(1.0, (start + AT_ONCE) / len(found)))
    return made
