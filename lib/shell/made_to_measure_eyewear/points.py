"""The picture with its points, each of which a person may move by mouse, finger or keyboard."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lib.files.pictures import written
from lib.i18n import N_, _, translate

Point = tuple[float, float]
NAMES: Mapping[str, str] = {
    "pupil_right": N_("Right pupil"),
    "pupil_left": N_("Left pupil"),
    "temple_right": N_("Right temple, at the face’s edge beside the eye"),
    "temple_left": N_("Left temple, at the face’s edge beside the eye"),
    "bridge": N_("Middle of the nose between the eyes"),
    "nose_right": N_("Right flank of the nose, where a pad rests"),
    "nose_left": N_("Left flank of the nose, where a pad rests"),
    "nose_tip": N_("Tip of the nose"),
    "chin": N_("Foot of the chin"),
    "iris_right_outer": N_("Right iris, outer edge"),
    "iris_right_inner": N_("Right iris, inner edge"),
    "iris_left_inner": N_("Left iris, inner edge"),
    "iris_left_outer": N_("Left iris, outer edge"),
    "card_1": N_("Card, upper left corner"),
    "card_2": N_("Card, upper right corner"),
    "card_3": N_("Card, lower right corner"),
    "card_4": N_("Card, lower left corner"),
}
LINES: Sequence[Sequence[str]] = (
    ("temple_right", "pupil_right", "bridge", "pupil_left", "temple_left"),
    ("nose_right", "bridge", "nose_left"),
    ("card_1", "card_2", "card_3", "card_4", "card_1"),
)
_HTML = '<div class="points"><svg role="group"></svg><p class="says" role="status" aria-live="polite"></p></div>'
_points = st.components.v2.component(
    "toile_points",
    html=_HTML,
    css=Path(__file__).with_name("points.css").read_text("utf-8"),
    js=Path(__file__).with_name("points.js").read_text("utf-8"),
)


def movable(pixels: NDArray[np.uint8], points: Mapping[str, Point], key: str) -> tuple[str, Point] | None:
    """Show the picture with its points; (name, new place in pixels) of one that was just moved."""
    height, width = pixels.shape[:2]
    picture = base64.b64encode(written(pixels, kind="jpeg", quality=88)).decode("ascii")
    said = _points(
        key=key,
        data={
            "picture": f"data:image/jpeg;base64,{picture}",
            "width": width,
            "height": height,
            "points": {name: [round(x, 2), round(y, 2)] for name, (x, y) in points.items()},
            "names": {name: translate(NAMES[name]) for name in points},
            "lines": [list(line) for line in LINES],
            "label": _("Photo with the points that are measured from"),
            "hint": _("Drag a point, or reach it with Tab and move it with the arrow keys (Shift: five pixels)."),
        },
        on_moved_change=lambda: None,
        height="content",
    )
    return moved(said.moved, points, width, height)


def moved(said: object, points: Mapping[str, Point], width: int, height: int) -> tuple[str, Point] | None:
    """What the browser said, if it names one of the points and a place in the picture."""
    if not isinstance(said, dict) or said.get("name") not in points:
        return None
    place = []
    for name, most in (("x", width), ("y", height)):
        value = said.get(name)
        if not isinstance(value, int | float) or not np.isfinite(value):
            return None
        place.append(float(min(max(value, 0), most)))
    return str(said["name"]), (place[0], place[1])
