"""Texts are measured before they are set: what is said to fit, fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.figures import Map, Place
from lib.files.documents.measuring import CUT, LEADING, POINT, fitted, shortened, width_of, wrapped
from lib.files.documents.placing import GAP, MOST, SIZE, placed_names, spot, unnamed

FACES = st.sampled_from(["Calibri", "Calibri Bold", "Georgia", "HankenGrotesk", "Newsreader"])
LINE = SIZE * LEADING * POINT
TEXTS = st.text(st.characters(codec="latin-1", exclude_categories=("Cc",)), max_size=200)


@given(TEXTS, FACES, st.floats(1, 30), st.floats(0.5, 6))
def test_no_line_is_wider_than_its_room_nor_the_whole_higher(said: str, face: str, width: float, height: float) -> None:
    made = fitted(said, face, width, height, (18, 14, 9))
    widest = max((width_of(letter, face, 18) for letter in said), default=0)
    assert all(width_of(line, face, made.size) <= max(width, widest) + 1e-9 for line in made.lines)
    assert made.height <= max(height, 9 * LEADING * POINT) + 1e-9
    assert made.said == said if made.whole else made.said.endswith(CUT)


@given(TEXTS, FACES)
def test_what_fits_is_left_as_it_is(said: str, face: str) -> None:
    assert fitted(said, face, 1000, 1000, (12,)).said == said
    assert "".join(wrapped(said, face, 12, 3)).replace(" ", "") == said.replace(" ", "")


def test_a_long_name_is_cut_between_words_and_says_so() -> None:
    made = shortened("Réassortiment anticipé des pièces d’exception", "Calibri", 12, 5)
    assert made == "Réassortiment anticipé…" and width_of(made, "Calibri", 12) <= 5


def test_a_wide_letter_is_wider_than_a_narrow_one() -> None:
    assert width_of("MMMM", "Georgia", 10) > width_of("iiii", "Georgia", 10) > 0


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5), st.text("abcdeé ", max_size=40)), max_size=25))
def test_no_name_on_a_map_lies_over_another_or_over_the_edge(spots: list[tuple[float, float, str]]) -> None:
    places = tuple(Place(str(at), name, x, y, x - 0.2, x + 0.2, y, y) for at, (x, y, name) in enumerate(spots))
    figure = Map("t", places, "x", "y", (0.5, 5.5), (0.5, 5.5), (3, 3), ("a", "b", "c", "d"))
    sides = placed_names(figure, 20, 11, "Calibri")
    boxes = []
    for at, side in sides.items():
        x, y = spot(figure, places[at].x, places[at].y, 20, 11)
        wide = width_of(shortened(places[at].label, "Calibri", SIZE, 20 * MOST), "Calibri", SIZE)
        left = {"r": x + GAP, "l": x - GAP - wide}.get(side, x - wide / 2)
        top = {"t": y - GAP - LINE, "b": y + GAP}.get(side, y - LINE / 2)
        assert left + 0.1 >= 0 and left + wide <= 20 and top >= 0 and top + LINE <= 11
        boxes.append((left, top, left + wide, top + LINE))
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    assert sorted([*sides, *unnamed(figure, 20, 11, "Calibri")]) == list(range(len(places)))
