"""Beside the questions, before there is a photo: what it will give, shown on an invented person, and how to take it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st
from markupsafe import Markup
from numpy.typing import NDArray

from lib.files.pictures import written
from lib.i18n import _, translate
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, measure
from lib.merchandising.made_to_measure_eyewear.order import millimetres
from lib.merchandising.made_to_measure_eyewear.texts_of import MEASURES
from lib.shell import html
from lib.shell.html import element
from lib.shell.made_to_measure_eyewear import person
from lib.shell.made_to_measure_eyewear.person import Point
from lib.shell.page import section

FINER = 2  # pixels drawn for one of the picture's
INK, HALO = (110, 30, 60), (255, 255, 255)
# By measure: the two points that its line joins, and how far above them it is drawn, as a share of the line.
LINES = (
    ("card", "card_1", "card_2", 0.10),
    ("pd", "pupil_right", "pupil_left", 0.24),
    ("width", "temple_right", "temple_left", -0.22),
    ("nose", "nose_right", "nose_left", -0.30),
)


def draw() -> None:
    """The picture with its numbered measures, what each number is, and four rules for the photo."""
    section(_("What the photo gives"))
    picture, found = _drawn()
    left, right = st.columns([3, 2])
    left.image(picture, width="stretch")
    with right:
        html.draw(_legend(found))
    html.draw(_rules())


def _legend(found: Measured) -> Markup:
    said = [(_("Bank card"), _("85.60 mm: the scale"))]
    said += [(translate(MEASURES[name]), millimetres(getattr(found, name).mm)) for name, *_rest in LINES[1:]]
    said.append((_("Frame"), _("cut to these, in 3D and on the photo")))
    rows = [
        element("div", element("dt", f"{at} · {name}" if at < 5 else name), element("dd", value))
        for at, (name, value) in enumerate(said, 1)
    ]
    return element("dl", *rows, class_="toile-list")


def _rules() -> Markup:
    rules = (
        _("Hold a bank card flat against the forehead, above the brows; cover its number if you like."),
        _("Camera at eye height, an arm’s length or more away, the whole face in the picture."),
        _("Look into the lens, head straight, without glasses, hair behind the ears."),
        _("Even light from the front; no window behind."),
    )
    return element("ol", *(element("li", rule) for rule in rules))


@lru_cache(maxsize=1)
def _drawn() -> tuple[bytes, Measured]:
    """(JPEG, measurements) of the first invented person: nobody's data, so one process keeps it."""
    pixels, points, card = person.invented(0)
    height, width = pixels.shape[:2]
    shown = [name for name, *_rest in LINES if card or name != "card"]
    found = measure(points, width, height, "card" if card else "iris", person.film_of(0))[0]
    return written(_with_lines(pixels, points, shown), kind="jpeg"), found


def _with_lines(pixels: NDArray[np.uint8], points: dict[str, Point], shown: list[str]) -> NDArray[np.uint8]:
    """The part around the face, with a numbered line for each measure."""
    import cv2

    face = points["temple_left"][0] - points["temple_right"][0]
    middle = (points["temple_left"][0] + points["temple_right"][0]) / 2
    x0, x1 = int(max(middle - 0.78 * face, 0)), int(min(middle + 0.78 * face, pixels.shape[1]))
    y0, y1 = int(max(points["card_1"][1] - 0.22 * face, 0)), int(min(points["chin"][1] + 0.1 * face, pixels.shape[0]))
    part: NDArray[np.uint8] = np.asarray(
        cv2.resize(pixels[y0:y1, x0:x1], None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC), dtype=np.uint8
    )
    for number, (name, one, other, above) in enumerate(LINES, 1):
        if name in shown:
            ends = [(np.array(points[end]) - (x0, y0)) * FINER for end in (one, other)]
            _line(part, ends[0], ends[1], above * float(np.linalg.norm(ends[1] - ends[0])), str(number))
    return part


def _line(part: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64], up: float, name: str) -> None:
    """A line with end strokes, ``up`` pixels above its points, and its number beside it."""
    import cv2

    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    across = np.array([along[1], -along[0]])
    lifted = [each + across * up for each in (start, end)]
    strokes = [(lifted[0], lifted[1]), *((each - across * 14, each + across * 14) for each in lifted)]
    if abs(up) > 20:
        strokes += list(zip((start, end), lifted, strict=True))
    at = lifted[1] + along * 16 + across * -9
    for colour, wide in ((HALO, 9), (INK, 4)):
        for one, other in strokes:
            (a, b), (c, d) = np.round(one).astype(int).tolist(), np.round(other).astype(int).tolist()
            cv2.line(part, (a, b), (c, d), colour, wide, cv2.LINE_AA)
        place = (round(float(at[0])), round(float(at[1])))
        cv2.putText(part, name, place, cv2.FONT_HERSHEY_DUPLEX, 1.5, colour, wide, cv2.LINE_AA)
