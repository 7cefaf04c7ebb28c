"""Where a map's names stand: beside their points, over nothing else, and which don't fit at all."""

from __future__ import annotations

from collections.abc import Sequence

from lib.figures import Map
from lib.files.documents.measuring import LEADING, POINT, shortened, width_of

SIZE = 11.0  # points
GAP = 0.18  # cm between a point and its name
INSET = 0.015  # of the width and the height, around the plot
NEAR = 0.55  # cm within which two numbers would cover each other
MOST = 0.4  # of the width that a name may take
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom in cm


def spot(figure: Map, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """Where a point lies in a picture of this size: cm from the left and from the top."""
    (left, right), (foot, head) = figure.x_range, figure.y_range
    across = INSET + (x - left) / (right - left) * (1 - 2 * INSET)
    up = INSET + (y - foot) / (head - foot) * (1 - 2 * INSET)
    return across * width, (1 - up) * height


def placed_names(figure: Map, width: float, height: float, face: str) -> dict[int, str]:
    """The side ('r', 'l', 't', 'b') on which each place's name has room; who comes first is placed first.

    A place that is missing here has no room for its name.
    """
    line = SIZE * LEADING * POINT
    points = [spot(figure, place.x, place.y, width, height) for place in figure.places]
    taken: list[Rectangle] = [(x - 0.12, y - 0.12, x + 0.12, y + 0.12) for x, y in points]
    lines = _ranges(figure, width, height)
    taken += [(0, 0, width, line * 1.3), (0, height - line * 1.3, width, height)]  # the quarters' names
    found: dict[int, str] = {}
    for at, (place, (x, y)) in enumerate(zip(figure.places, points, strict=True)):
        wide = width_of(shortened(place.label, face, SIZE, width * MOST), face, SIZE) + 0.1
        room = {
            "r": (x + GAP, y - line / 2, x + GAP + wide, y + line / 2),
            "l": (x - GAP - wide, y - line / 2, x - GAP, y + line / 2),
            "t": (x - wide / 2, y - GAP - line, x + wide / 2, y - GAP),
            "b": (x - wide / 2, y + GAP, x + wide / 2, y + GAP + line),
        }
        inside = {side: one for side, one in room.items() if _within(one, width, height)}
        # A name keeps off the lines of ranges where it can; over an upright one it can still be read, so above and
        # below come first then.
        for order, obstacles in (("rltb", (*taken, *lines)), ("tbrl", taken)):
            sides = [side for side in order if side in inside]
            free = [side for side in sides if not any(_over(inside[side], other) for other in obstacles)]
            if free:
                found[at] = free[0]
                taken.append(room[free[0]])
                break
    return found


def _within(one: Rectangle, width: float, height: float) -> bool:
    return one[0] >= 0 and one[2] <= width and one[1] >= 0 and one[3] <= height


def _ranges(figure: Map, width: float, height: float) -> list[Rectangle]:
    """The lines of the places' ranges, and those where the quarters meet."""
    (left, right), (foot, head) = figure.x_range, figure.y_range
    x, y = figure.split
    lines: list[tuple[float | None, float | None, float | None, float | None]] = [
        (left, y, right, y),
        (x, foot, x, head),
    ]
    lines += [(place.x_low, place.y, place.x_high, place.y) for place in figure.places]
    lines += [(place.x, place.y_low, place.x, place.y_high) for place in figure.places]
    found = []
    for x1, y1, x2, y2 in lines:
        if x1 is not None and y1 is not None and x2 is not None and y2 is not None:
            start, end = spot(figure, x1, y1, width, height), spot(figure, x2, y2, width, height)
            found.append((start[0] - 0.02, end[1] - 0.02, end[0] + 0.02, start[1] + 0.02))
    return found


def unnamed(figure: Map, width: float, height: float, face: str) -> list[int]:
    """The positions of places whose name has no room: they bear a number."""
    named = placed_names(figure, width, height, face)
    return [at for at in range(len(figure.places)) if at not in named]


def joined_numbers(figure: Map, numbered: Sequence[int], width: float, height: float) -> dict[int, str]:
    """What each place without a name bears: its number, with the numbers of those that lie on it or right beside it.

    Those others bear nothing: their number stands with the first one's.
    """
    found: dict[int, str] = {}
    first: dict[int, tuple[float, float]] = {}
    for at in sorted(numbered):
        x, y = spot(figure, figure.places[at].x, figure.places[at].y, width, height)
        near = next((one for one, (left, top) in first.items() if abs(left - x) < NEAR and abs(top - y) < NEAR), None)
        if near is None:
            first[at], found[at] = (x, y), str(at + 1)
        else:
            found[near], found[at] = f"{found[near]}, {at + 1}", ""
    return found


def _over(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
