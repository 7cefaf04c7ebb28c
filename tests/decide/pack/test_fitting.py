"""Names and numbers on a slide: no word breaks within itself, no number covers another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.decide.model import Basis
from lib.decide.pack.fitting import SURE, Aside, set_table
from lib.decide.pack.model import Cell, PackTable
from lib.figures import Map, Place
from lib.files.documents.measuring import width_of
from lib.files.documents.placing import NEAR, joined_numbers, spot
from lib.files.documents.slides import SANS

WORDS = ("S’associer", "Fournisseur", "Descriptions", "À", "décider", "min", "30,0", "produit")


@given(st.lists(st.tuples(*(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4) for _ in range(4))), min_size=1))
def test_no_word_of_a_table_breaks_within_itself(rows: list[tuple[list[str], ...]]) -> None:
    lines = tuple(tuple(Cell(" ".join(words), Basis.OPINION) for words in row) for row in rows[:8])
    table = PackTable(("Cas d’usage", "Voie", "Avec", "Pourquoi"), lines)
    made = set_table(table, SANS, f"{SANS} Bold", 13.0, 11.0, Aside())
    for row in made.rows:
        for said, share in zip(row, made.shares, strict=True):
            assert all(width_of(word, SANS, made.size) <= (13.0 * share - 0.2) * SURE for word in said.split(" "))


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5)), min_size=1, max_size=30))
def test_numbers_on_a_map_keep_apart_and_none_is_lost(points: list[tuple[float, float]]) -> None:
    places = tuple(Place(str(at), f"Place {at}", x, y) for at, (x, y) in enumerate(points))
    figure = Map("t", places, "x", "y", (1, 5), (1, 5), (3, 3), ("a", "b", "c", "d"))
    numbers = joined_numbers(figure, range(len(places)), 20, 10)
    assert sorted(int(one) for said in numbers.values() if said for one in said.split(", ")) == [
        at + 1 for at in range(len(places))
    ]
    shown = [spot(figure, places[at].x, places[at].y, 20, 10) for at, said in numbers.items() if said]
    assert all(
        abs(x - left) >= NEAR or abs(y - top) >= NEAR
        for at, (x, y) in enumerate(shown)
        for left, top in shown[at + 1 :]
    )
