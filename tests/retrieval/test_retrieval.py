"""Search over real documents in a real database, with the model on this machine and with vectors made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor
from lib.database import connect, knowledge
from lib.errors import Cancelled, NotFound
from lib.files.written import Piece, Place, read_written
from lib.retrieval import search
from lib.retrieval.indexing import Source, add, language_of
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
        built_in = search(database, actor, "own", "wool")
    assert all(hit.cosine is None for hit in built_in)


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
