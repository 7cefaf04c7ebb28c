"""The map as a chart: every point is there, names cover nothing, and a valid chart comes of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.figures import Map, Place
from lib.shell import map_chart
from lib.shell.palette import palette

at = st.floats(1, 5)


def _map(points: list[tuple[float, float]], name: str = "Use case") -> Map:
    places = tuple(
        Place(str(n), f"{n} {name} {n}", x, y, max(1, x - 0.4), min(5, x + 0.4), max(1, y - 0.4), min(5, y + 0.4))
        for n, (x, y) in enumerate(points, start=1)
    )
    return Map("A finding", places, "Feasibility", "Value", (1, 5), (1, 5), (3, 3), ("a", "b", "c", "d"), "Source")


@given(st.lists(st.tuples(at, at), min_size=1, max_size=30))
@settings(max_examples=40)
def test_names_cover_neither_points_nor_each_other(points: list[tuple[float, float]]) -> None:
    drawn = _map(points)
    rows = map_chart.records(drawn)
    assert [row["key"] for row in rows] == [place.key for place in drawn.places]
    dots = [map_chart._dot(drawn, place) for place in drawn.places]
    boxes = []
    for row, place, own in zip(rows, drawn.places, dots, strict=True):
        spot = map_chart._spot(drawn, place, [box for box in [*dots, *boxes] if box != own])
        assert row["side"] == ("none" if spot is None else spot[0])
        if spot is not None:
            assert not any(map_chart._cover(spot[1], box) for box in [*dots, *boxes] if box != own)
            boxes.append(spot[1])


def test_a_name_that_nobody_has_room_for_is_left_to_the_pointer() -> None:
    assert map_chart.records(_map([(3, 3)], name="x" * 300))[0]["side"] == "none"


def test_the_chart_is_valid_and_says_in_words_what_it_shows() -> None:
    drawn = _map([(2, 4), (4, 2)])
    spec = map_chart.chart(drawn, palette("light")).to_dict()
    assert map_chart.PICK in str(spec["params"])
    assert "A finding" in map_chart.spoken(drawn) and "2 Use case 2" in map_chart.spoken(drawn)


def test_of_points_at_one_spot_one_number_is_drawn_that_of_the_chosen_one() -> None:
    drawn = _map([(3, 3), (3, 3), (4.5, 2), (3, 3)])
    assert [row["number"] for row in map_chart.records(drawn)] == ["1+", "", "3", ""]
    chosen = replace(drawn, places=(*drawn.places[:3], replace(drawn.places[3], role="neutral")))
    rows = map_chart.records(chosen)
    assert [row["number"] for row in rows] == ["", "", "3", "4+"]
    assert [row["front"] for row in rows] == [0, 0, 0, 1]


def test_on_a_narrow_screen_names_take_no_room() -> None:
    """A name that is only unseen would still be measured, and leave the points a strip in the middle."""
    layers = map_chart.chart(_map([(3, 3)]), palette("light")).to_dict()["layer"]
    (*_rest, named) = [layer for layer in layers if layer.get("encoding", {}).get("text", {}).get("field") == "name"]
    assert named["mark"]["fontSize"]["expr"].startswith(f"width < {map_chart.NARROW} ? 0")
