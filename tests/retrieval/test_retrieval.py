"""Search over real documents in a real database, with the model on this machine and with vectors made by hand."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor
from lib.database import connect, knowledge
from lib.errors import Cancelled, NotFound
from lib.files.written import Piece, Place, read_written
from lib.retrieval import built_in, search
from lib.retrieval.indexing import NICE, Source, add, embedded, language_of
from lib.retrieval.passages import WORDS, passages_of
from lib.retrieval.searching import fuse
from lib.retrieval.words import query_stems, stems

FRENCH = """# Retours et échanges
Vous disposez de trente jours après la livraison pour nous renvoyer un article dans son emballage d’origine.

## Bijoux sur mesure
Les bijoux gravés ou faits sur mesure ne sont ni repris ni échangés, sauf défaut de fabrication.

# Entretien du cuir
Nettoyez votre sac avec un chiffon doux et une crème incolore, sans eau ni solvant.

# Livraison à l’étranger
Les droits de douane sont inclus dans le prix affiché pour le Royaume-Uni et la Suisse.
"""
ENGLISH = """# Gift cards
A gift card is valid for two years and can be spent in any of our stores or online.

# Opening hours
The Paris store opens every day except Sunday from 10 am to 7 pm.
"""


def fill(actor: Actor, collection: str = "care") -> None:
    with connect() as database:
        for name, text in (("fr.md", FRENCH), ("en.md", ENGLISH)):
            written = read_written(text.encode(), name)
            add(database, actor, collection, Source(name, written.kind, written.title, written.pieces))


def found(actor: Actor, question: str, collection: str = "care") -> list[tuple[str, ...]]:
    with connect() as database:
        return [hit.passage.heading for hit in search(database, actor, collection, question, 3)]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("puis-je renvoyer une robe ?", ("Retours et échanges",)),
        ("how many days do I have to return an article", ("Retours et échanges",)),
        ("engraved ring return", ("Retours et échanges", "Bijoux sur mesure")),
        ("comment nettoyer mon sac", ("Entretien du cuir",)),
        ("how do I clean my leather bag", ("Entretien du cuir",)),
        ("carte cadeau valable combien de temps", ("Gift cards",)),
        ("horaires de la boutique de Paris", ("Opening hours",)),
        ("customs duties to Switzerland", ("Livraison à l’étranger",)),
    ],
)
def test_each_language_finds_the_other(actor: Actor, question: str, heading: tuple[str, ...]) -> None:
    fill(actor)
    assert found(actor, question)[0] == heading


def test_another_workspace_finds_nothing_and_takes_nothing_out(actor: Actor, stranger: Actor) -> None:
    fill(actor)
    assert found(stranger, "retours") == []
    with connect() as database:
        document = knowledge.documents(database, actor, "care")[0]
        assert knowledge.around(database, stranger, document.id, 0) == []
        with pytest.raises(NotFound):
            knowledge.remove_document(database, stranger, document.id)


def test_a_collection_among_many_better_ones_is_ranked_as_if_it_were_alone(actor: Actor, stranger: Actor) -> None:
    """What others keep may stand before all of one's own; how common a word is, is the installation's."""
    mine = [Piece(f"Silk lining, {'wool ' * number}number {number}.", Place((str(number),))) for number in range(9)]
    theirs = [Piece("Silk, silk.", Place((str(number),))) for number in range(200)]
    with connect() as database:
        for owner, collection, pieces in ((actor, "own", mine), (stranger, "own", theirs), (actor, "other", theirs)):
            add(database, owner, collection, Source("a", "text", "", pieces), embedder=ByHand(), language="en")
        for limit in (3, 9, 50):
            found = knowledge.full_text(database, actor, "own", ["silk"], limit)
            assert len(found) == min(limit, 9)
            assert {passage.name for passage in knowledge.passages(database, actor, found)} == {"a"}
            shortest_first = [passage.heading[0] for passage in knowledge.passages(database, actor, found)]
            assert shortest_first == [str(number) for number in range(len(found))]
        assert knowledge.full_text(database, stranger, "other", ["silk"], 5) == []


def test_words_that_many_passages_hold_give_way_to_a_rarer_one(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "COMMON", 2)
    pieces = [Piece(f"Silk {'wool' if number else 'linen'}.", Place((str(number),))) for number in range(5)]
    with connect() as database:
        add(database, actor, "own", Source("a", "text", "", pieces), embedder=ByHand(), language="en")
        assert len(knowledge.full_text(database, actor, "own", ["silk", "linen"], 9)) == 1
        assert len(knowledge.full_text(database, actor, "own", ["silk", "wool"], 9)) == 4, "the rarest of the common"
        assert knowledge.full_text(database, actor, "own", ["velvet"], 9) == []


def test_a_document_that_is_replaced_or_taken_out_is_no_longer_found(actor: Actor) -> None:
    fill(actor)
    with connect() as database:
        new = read_written(b"# Retours\nQuatorze jours seulement.", "fr.md")
        add(database, actor, "care", Source("fr.md", new.kind, new.title, new.pieces))
        names = [document.name for document in knowledge.documents(database, actor, "care")]
        assert sorted(names) == ["en.md", "fr.md"]
    assert found(actor, "trente jours pour renvoyer")[0] == ("Retours",)
    with connect() as database:
        for document in knowledge.documents(database, actor, "care"):
            knowledge.remove_document(database, actor, document.id)
        assert search(database, actor, "care", "retours") == []
        assert database.execute("select count(*) from passages").fetchone()[0] == 0
        assert knowledge.full_text(database, actor, "care", ["retour"], 5) == []


def test_a_citation_opens_its_neighbours(actor: Actor) -> None:
    fill(actor)
    with connect() as database:
        hit = search(database, actor, "care", "nettoyer un sac en cuir")[0].passage
        around = knowledge.around(database, actor, hit.document, hit.position)
    assert [passage.position for passage in around] == [hit.position - 1, hit.position, hit.position + 1]
    assert (hit.name, hit.title, hit.language) == ("fr.md", "Retours et échanges", "fr")


def test_stopping_keeps_nothing(actor: Actor) -> None:
    written = read_written(FRENCH.encode(), "fr.md")
    with connect() as database:
        with pytest.raises(Cancelled):
            add(
                database,
                actor,
                "care",
                Source("fr.md", written.kind, written.title, written.pieces),
                cancelled=lambda: True,
            )
        assert knowledge.documents(database, actor, "care") == []


def test_questions_and_documents_in_many_threads_get_the_vectors_that_one_gets() -> None:
    texts = [line for line in (FRENCH + ENGLISH).splitlines() if line]
    model = built_in()
    alone = [model.passages([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(lambda at: (model.query(texts[at]), model.passages(texts[at:])[0])[1], range(len(texts)))
        assert all(np.array_equal(one, other) for one, other in zip(together, alone, strict=True))


class Watched:
    """Vectors that say how long the text is; notes the priority of the thread that made them."""

    name = "watched"

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.nice: set[int] = set()

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(len(texts))
        self.nice.add(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return np.asarray([[len(text)] for text in texts], np.float32)

    def query(self, text: str) -> np.ndarray:
        return self.passages([text])[0]


@settings(max_examples=30)
@given(st.lists(st.text(max_size=20), max_size=40))
def test_every_text_gets_its_own_vector_and_the_progress_rises_to_its_end(texts: list[str]) -> None:
    shares: list[float] = []
    vectors = embedded(Watched(), texts, shares.append)
    assert [int(row[0]) for row in vectors] == [len(text) for text in texts]
    assert shares == sorted(shares) and (not texts or shares[-1] == 1.0)


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")
def test_documents_are_embedded_behind_whoever_looks_at_a_page() -> None:
    mine = Watched()
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    embedded(mine, ["silk"] * 100)
    assert min(mine.nice) >= min(19, max(before, NICE))
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_stopping_in_the_middle_leaves_the_rest_undone() -> None:
    stopped = threading.Event()

    class Held(Watched):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            if self.asked:
                stopped.wait(30)
            return super().passages(texts)

    mine = Held()
    with pytest.raises(Cancelled):
        embedded(mine, ["wool"] * 10_000, lambda share: stopped.set(), stopped.is_set)
    assert sum(mine.asked) < 10_000


class ByHand:
    """Vectors that say which of two words a text holds; counts how often it was asked."""

    name = "by-hand"

    def __init__(self) -> None:
        self.asked = 0

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> np.ndarray:
        both = np.asarray([float("silk" in text), float("wool" in text)], np.float32) + 1e-3
        return both / np.linalg.norm(both)


def test_another_embedder_is_asked_and_its_vectors_are_never_mixed(actor: Actor) -> None:
    mine = ByHand()
    pieces = [Piece("All about silk.", Place(("A",))), Piece("All about wool.", Place(("B",)))]
    with connect() as database:
        add(database, actor, "own", Source("o.md", "markdown", "Own", pieces), embedder=mine, language="en")
        hits = search(database, actor, "own", "wool", embedder=mine)
        assert [hit.passage.heading for hit in hits] == [("B",), ("A",)] and mine.asked == 2
        assert hits[0].cosine == pytest.approx(1.0, abs=1e-3) and hits[0].text_rank == 1
        by_the_other = search(database, actor, "own", "wool")
    assert all(hit.cosine is None for hit in by_the_other)


def test_words_are_folded_and_stemmed_per_language() -> None:
    assert stems("Les échanges d’été", "fr") == stems("un échange l’ÉTÉ", "fr") != []
    assert stems("Returning the shoes", "en") == stems("return shoe", "en")
    assert set(stems("retours", "fr")) <= set(query_stems("Retour")) and query_stems("le retour the") == ["retour"]
    assert stems("52-18-145 n° A12", "en")[:3] == ["52", "18", "145"]


def test_the_language_of_a_text_is_told() -> None:
    assert language_of(FRENCH) == "fr" and language_of(ENGLISH) == "en"


def test_rank_fusion_is_the_papers_sum() -> None:
    assert fuse([[1, 2], [2, 3]]) == {1: 1 / 61, 2: 1 / 62 + 1 / 61, 3: 1 / 62}


WORDED = st.lists(st.sampled_from(["silk", "wool.", "Linen", "été !", "«", "42"]), min_size=1, max_size=400)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WORDED.map(" ".join), st.integers(0, 2), st.none() | st.integers(1, 3)), max_size=8))
def test_passages_keep_every_word_in_order_and_their_place(given_pieces) -> None:
    pieces = [Piece(text, Place((f"h{heading}",), row=row)) for text, heading, row in given_pieces]
    made = passages_of(pieces)
    assert " ".join(passage.text for passage in made).split() == " ".join(piece.text for piece in pieces).split()
    assert all(len(passage.text.split()) <= WORDS + 40 for passage in made)
    order = [heading for piece in pieces if (heading := piece.place.heading)]
    assert [passage.heading for passage in made] == sorted(
        (passage.heading for passage in made), key=lambda heading: [passage.heading for passage in made].index(heading)
    ) or set(order) == {passage.heading for passage in made}


def test_a_person_of_the_same_workspace_shares_the_documents(actor: Actor) -> None:
    fill(actor)
    beside = replace(actor)
    assert found(beside, "retours") != []


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_no_question_breaks_the_full_text(question: str) -> None:
    assert all(stem.isalnum() for stem in query_stems(question))
