"""Documents whose vectors another embedder made: which they are, what reading them again costs, and doing it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lib.commerce.service_assistant.knowledge import Place, embedder_of
from lib.database import connect, knowledge
from lib.database.knowledge import StoredDocument
from lib.errors import Cancelled
from lib.retrieval.indexing import STOPPED_AGAIN, embedded, with_heading
from lib.tasks.embedding import EmbeddingCost, embedding_cost


def others(place: Place) -> list[StoredDocument]:
    """The documents that the search by meaning can't see, as another embedder made their vectors."""
    name = embedder_of(place).name
    with connect(place.path) as database:
        found = knowledge.documents(database, place.actor, place.collection)
    return [document for document in found if document.embedder != name]


def cost_of(place: Place) -> EmbeddingCost:
    """What reading them again costs at most. Nothing is sent."""
    if place.meaning is None:
        return EmbeddingCost(0.0, "EUR")
    texts = [text for document in others(place) for text in _texts(place, document)]
    return embedding_cost(place.meaning.engine, texts)


def read_again(
    place: Place,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Make the vectors of those documents anew, one document after the other; how many it were.

    A document has the vectors of one embedder at all times; those already done stay done where it ends early.

    Raises:
        Cancelled: somebody stopped it.
        EngineError: the engine did not.
        NotFound: a document was taken out meanwhile.
    """
    documents = others(place)
    by = embedder_of(place)
    for number, document in enumerate(documents):
        if cancelled():
            raise Cancelled(STOPPED_AGAIN)

        def tell(part: float, number: int = number) -> None:
            progress((number + part) / len(documents))

        rows = embedded(by, _texts(place, document), tell, cancelled)
        vectors = [row.astype(np.float32).tobytes() for row in rows]
        with connect(place.path) as database:
            knowledge.replace_vectors(database, place.actor, document.id, vectors, by.name)
    return len(documents)


def _texts(place: Place, document: StoredDocument) -> list[str]:
    """The document's passages as they are indexed, in their order."""
    with connect(place.path) as database:
        found = knowledge.around(database, place.actor, document.id, 0, document.passages)
    return [with_heading(passage) for passage in found]
