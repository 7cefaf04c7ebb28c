"""What the assistant may answer from: the house's documents as sections, found by their words and their meaning."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field
from sqlite_utils import Database

from lib.access import Actor
from lib.commerce.service_assistant.house import SAMPLE
from lib.commerce.service_assistant.instructions import without_instructions
from lib.commerce.service_assistant.vectors import kept
from lib.database import connect, knowledge
from lib.database.knowledge import StoredPassage
from lib.database.people import actor_for, create_person, create_workspace
from lib.errors import EngineError, SettingsError
from lib.files.written import Written, read_written
from lib.files.written.model import Piece
from lib.retrieval import Embedder, add, built_in, search
from lib.retrieval.indexing import Source
from lib.tasks.embedding import EngineEmbedder

POLICIES: Final = SAMPLE / "policies"
SAMPLE_COLLECTION: Final = "service_sample"
OWN_COLLECTION: Final = "service_own"
SECTIONS: Final = 6  # that an engine is given for one question
MOST_RANKED: Final = 250  # passages of a collection that is ranked as a whole
MOST_PLACES: Final = 50  # collections whose sections are held
MOST_ROWS: Final = 500  # of a table whose rows are read one by one
CELL: Final = " — "
_DATED: Final = re.compile(
    r"(?:En vigueur depuis le|In force since|Version of|Version du|Received in|Valid "
    r"from|Applicable (?:au|depuis le))\s+"
    r"((?:1er|\d{1,2}(?:st|nd|rd|th)?)?\s?[^\W\d_]+\s+20\d\d)",
    re.IGNORECASE,
)
_REPLACES: Final = re.compile(r"replaces every earlier version|remplace toutes les versions antérieures", re.IGNORECASE)


class Section(BaseModel):
    """One section of a document, as an engine is given it. ``id`` is what a citation names."""

    id: int
    document: str
    heading: str
    language: str
    text: str
    dated: str = ""  # 'In force since 1 February 2026', where the document says so
    page: int | None = None
    row: int | None = None
    replaces: bool = False  # whether the document says that it replaces earlier versions
    marked: list[str] = Field(default_factory=list)  # sentences that instruct an assistant: taken out of ``text``
    cosine: float = 0.0  # to the question, by the model on this machine
    meant: float | None = Field(default=None, exclude=True)  # the same by a connected engine, where one was asked
    passages: list[int] = Field(default_factory=list)

    @property
    def named(self) -> str:
        """Document and heading, as a citation reads."""
        return f"{self.document}, {self.heading}" if self.heading else self.document


@dataclass(frozen=True)
class Place:
    """Where to look: a database, somebody who may look, and a collection."""

    actor: Actor
    collection: str
    path: Path | None = None  # of a database that isn't the product's own
    meaning: EngineEmbedder | None = field(default=None, compare=False)  # None: the model on this machine


class _Kept:
    """The embedder with what it made once: the same documents are read by every visitor."""

    def __init__(self) -> None:
        self.name = built_in().name

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        made = [vector_of(text) for text in texts]
        return np.stack(made) if made else built_in().passages(texts)

    def query(self, text: str) -> NDArray[np.float32]:
        from lib.commerce.service_assistant.intents import vector_of as question_of

        return question_of(text)


@lru_cache(maxsize=8_192)
def _embedded(text: str) -> bytes:
    known = kept(text, built_in().name)
    return (built_in().passages([text])[0] if known is None else known).astype(np.float32).tobytes()


def vector_of(text: str) -> NDArray[np.float32]:
    """A passage's or sentence's embedding, kept by its words. Shape (dimensions,)."""
    return np.frombuffer(_embedded(text), dtype=np.float32)


@cache
def embedder() -> _Kept:
    """The embedder that remembers."""
    return _Kept()


class _WordsAlone:
    """No vectors are of this name, so that none are compared."""

    name = "words alone"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 1), dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.zeros(1, dtype=np.float32)


def embedder_of(place: Place) -> Embedder:
    """What makes the vectors of this place's documents and questions."""
    return place.meaning or embedder()


def _finds_by(place: Place, questions: Sequence[str]) -> Embedder:
    """What compares meanings for these questions: an engine that fails, or knows no document, leaves their words."""
    if place.meaning is None:
        return embedder()
    with connect(place.path) as database:
        known = {one.embedder for one in knowledge.documents(database, place.actor, place.collection)}
    if place.meaning.name not in known:
        return _WordsAlone()
    try:
        place.meaning.ask(questions)
    except (EngineError, SettingsError):  # the place's ``meaning`` says why; the page tells it beside the answer
        return _WordsAlone()
    return place.meaning


def ranked_by_engine(place: Place) -> bool:
    """Whether a connected engine compared the meaning of all documents: then nothing is added to what it found."""
    if place.meaning is None or place.meaning.failure is not None:
        return False
    with connect(place.path) as database:
        found = knowledge.documents(database, place.actor, place.collection)
    return {one.embedder for one in found} == {place.meaning.name}


def sample_documents() -> Iterator[Written]:
    """The demo house's policies, read as any document is."""
    for path in sorted(POLICIES.iterdir()):
        yield read_written(path.read_bytes(), path.name)


def keep(
    place: Place,
    documents: Iterable[Written],
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Read documents into a collection; one of the same name gives way.

    Raises:
        Cancelled: somebody stopped it.
    """
    with connect(place.path) as database:
        for written in documents:
            source = Source(written.name, written.kind, written.title, _closed(written.pieces), written.pages)
            add(
                database,
                place.actor,
                place.collection,
                source,
                embedder=embedder_of(place),
                progress=progress,
                cancelled=cancelled,
            )


def _closed(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows of a table end like sentences: they stay apart when a section is put together."""
    return [
        replace(piece, text=piece.text + ".") if CELL in piece.text and piece.text[-1:] not in ".!?" else piece
        for piece in pieces
    ]


def with_sample(place: Place) -> Place:
    """The place, holding the demo house's policies."""
    with connect(place.path) as database:
        known = {one.name for one in knowledge.documents(database, place.actor, place.collection)}
    missing = [written for written in sample_documents() if written.name not in known]
    keep(place, missing)
    return place


@contextmanager
def elsewhere() -> Iterator[Place]:
    """The demo house's policies in a database of their own, for measuring; it goes when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "toile.db"
        with connect(path) as database:
            person, _token = create_person(database)
            actor = actor_for(database, person, create_workspace(database, person, "Bench"))
        yield with_sample(Place(actor, SAMPLE_COLLECTION, path))


def find(place: Place, questions: Sequence[str], limit: int = SECTIONS) -> list[Section]:
    """The sections nearest to the questions, each question's best first in turn; none where nothing is there."""
    asked = [question for question in questions if question.strip()]
    by = _finds_by(place, asked)
    with connect(place.path) as database:
        lists = [_sections(database, place, question, limit, by) for question in asked]
    found: dict[int, Section] = {}
    for rank in range(limit):
        for ranked in lists:
            if rank < len(ranked):
                found.setdefault(ranked[rank].id, ranked[rank])
    return list(found.values())[: limit + 2 * (len(lists) - 1)]


def with_others(place: Place, found: list[Section], question: str) -> list[Section]:
    """The sections that were found, with all others where the collection is small enough to rank as a whole."""
    from lib.commerce.service_assistant.intents import vector_of as question_of

    with connect(place.path) as database:
        documents = knowledge.documents(database, place.actor, place.collection)
    if sum(document.passages for document in documents) > MOST_RANKED:
        return found
    known, asked = {section.id for section in found}, question_of(question)
    others = [section for section in _kept_sections(place) if section.id not in known]
    near = [float(asked @ vector_of(f"{section.heading}. {section.text[:900]}")) for section in others]
    pairs = zip(others, near, strict=True)
    return [*found, *(section.model_copy(update={"cosine": round(cosine, 4)}) for section, cosine in pairs)]


def _kept_sections(place: Place) -> list[Section]:
    """All sections, read once until the documents change."""
    key = (place.actor.workspace, place.actor.person, place.collection, str(place.path), state_of(place))
    if key not in _sections_held:
        if len(_sections_held) >= MOST_PLACES:
            _sections_held.clear()
        _sections_held[key] = all_sections(place)
    return _sections_held[key]


_sections_held: dict[tuple[str, ...], list[Section]] = {}


def state_of(place: Place) -> str:
    """What changes whenever the collection's documents do."""
    with connect(place.path) as database:
        return knowledge.state_of(database, place.actor, place.collection)


def rows_of_tables(place: Place) -> list[Section]:
    """All rows of the collection's tables, as sections."""
    with connect(place.path) as database:
        state = knowledge.state_of(database, place.actor, place.collection)
        key = (place.actor.workspace, place.actor.person, place.collection, state)
        if key not in _rows_held:
            _rows_held.clear()
            _rows_held[key] = list(_rows(database, place))
        return _rows_held[key]


_rows_held: dict[tuple[str, str, str, str], list[Section]] = {}


def _rows(database: Database, place: Place) -> Iterator[Section]:
    for document in knowledge.documents(database, place.actor, place.collection):
        if document.kind == "csv" and document.passages <= MOST_ROWS:
            for start in range(0, document.passages, 50):
                for passage in knowledge.around(database, place.actor, document.id, start + 25, 25):
                    if start <= passage.position < start + 50:
                        yield _section(database, place.actor, passage)


def _sections(database: Database, place: Place, question: str, limit: int, by: Embedder) -> list[Section]:
    hits = search(database, place.actor, place.collection, question, 3 * limit, embedder=by)
    found: dict[tuple[str, tuple[str, ...], int | None], Section] = {}
    for hit in hits:
        passage = hit.passage
        key = (passage.document, passage.heading, passage.row if passage.row is not None else passage.page)
        if key in found or len(found) >= limit:
            continue
        if _is_opening(passage):
            continue
        made = _section(database, place.actor, passage)
        cosine = hit.cosine or 0.0 if place.meaning is None else nearness(question, made)
        found[key] = made.model_copy(
            update={"cosine": round(cosine, 4), "meant": None if place.meaning is None else hit.cosine}
        )
    return list(found.values())


def nearness(question: str, section: Section) -> float:
    """How near a section is to a question, by the model on this machine: what counts as near was learned with it."""
    from lib.commerce.service_assistant.intents import vector_of as question_of

    return float(question_of(question) @ vector_of(f"{section.heading}. {section.text[:900]}"))


def _is_opening(passage: StoredPassage) -> bool:
    """A document's first lines say when it holds, and answer nothing."""
    return passage.position == 0 and len(passage.heading) == 1 and _DATED.search(passage.text) is not None


def _section(database: Database, actor: Actor, passage: StoredPassage) -> Section:
    """The passage with what else stands under its heading."""
    beside = knowledge.around(database, actor, passage.document, passage.position, 2)
    same = [one for one in beside if (one.heading, one.page, one.row) == (passage.heading, passage.page, passage.row)]
    text, marked = without_instructions(" ".join(one.text for one in same))
    opening = _opening(database, actor, passage.document)
    dated = _DATED.search(opening)
    return Section(
        id=same[0].id,
        document=passage.name,
        heading=passage.heading[-1] if passage.heading else passage.name,
        language=language_of_section(passage),
        text=text,
        dated=dated[0] if dated else "",
        page=passage.page,
        row=passage.row,
        replaces=_REPLACES.search(opening) is not None,
        marked=list(marked),
        passages=[one.id for one in same],
    )


def _opening(database: Database, actor: Actor, document: str) -> str:
    first = knowledge.around(database, actor, document, 0, 0)
    return first[0].text if first else ""


@lru_cache(maxsize=4_096)
def _spoken(text: str, document: str) -> str:
    from lib.retrieval.indexing import language_of

    return language_of(text) if len(text) > 80 else document


def language_of_section(passage: StoredPassage) -> str:
    """A section's own language: a document may hold both."""
    return _spoken(passage.text, passage.language)


def all_sections(place: Place) -> list[Section]:
    """Every section of the collection, in its documents' order."""
    found: dict[tuple[str, str, int | None], Section] = {}
    with connect(place.path) as database:
        for document in knowledge.documents(database, place.actor, place.collection):
            for at in range(document.passages):
                for passage in knowledge.around(database, place.actor, document.id, at, 0):
                    if not _is_opening(passage):
                        made = _section(database, place.actor, passage)
                        found.setdefault((made.document, made.heading, made.row), made)
    return list(found.values())
