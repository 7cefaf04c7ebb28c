"""A sketch that is coloured in, hatched, or drawn on a body: read for what it is, and nothing claimed of it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from lib.errors import InputError
from lib.vision.sketches import Settings, Sketch, read_sketch
from lib.vision.sketches.refusing import NoDrawing

SAMPLES = Path(__file__).parents[2] / "sample_data" / "sketches"
ON_SCREEN = Settings(straighten=False)


def dress() -> np.ndarray:
    with Image.open(SAMPLES / "dress.jpg") as picture:
        return np.asarray(picture.convert("RGB")).copy()


def coloured(sketch: Sketch, colour: tuple[int, int, int]) -> np.ndarray:
    """A scan of the dress with marker over its skirt, past its outline, in strokes that let slits of paper through."""
    page = sketch.page.copy()
    near = cv2.dilate((sketch.regions > 0).astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    rows = np.arange(len(page))[:, None]
    over = near & (rows > 700) & (rows < 1150) & (rows % 41 > 2)
    page[over] = (page[over] * (np.array(colour) / 255)).astype(np.uint8)
    return page


@pytest.mark.parametrize("colour", [(90, 140, 215), (225, 60, 70), (240, 220, 70)], ids=["blue", "red", "yellow"])
def test_a_sketch_coloured_in_with_marker_is_read_through_its_colour(colour: tuple[int, int, int]) -> None:
    sketch = read_sketch(dress())
    plain, filled = (read_sketch(page, ON_SCREEN) for page in (sketch.page, coloured(sketch, colour)))
    here, there = plain.regions > 0, filled.regions > 0
    assert (here & there).sum() / (here | there).sum() > 0.93
    assert filled.garments[0].kind.value == "dress"
    assert any("coloured in" in note.message for note in filled.notes)
    assert not any("coloured in" in note.message for note in plain.notes)


def test_who_insists_that_a_picture_is_a_sketch_has_it_read() -> None:
    page = np.full((900, 700, 3), 245, np.uint8)
    page[:] = np.random.default_rng(3).integers(90, 200, (900, 700, 1))
    cv2.rectangle(page, (150, 150), (550, 750), (10, 10, 10), 12)
    with pytest.raises(NoDrawing):
        read_sketch(page)
    try:
        read_sketch(page, Settings(insisted=True))
    except InputError as error:
        assert not isinstance(error, NoDrawing)


def test_hatching_is_no_row_of_buttons() -> None:
    photo = dress()
    for x in range(430, 760, 9):
        cv2.line(photo, (x, 1000), (x - 50, 1180), (60, 60, 60), 2, cv2.LINE_AA)
    assert read_sketch(photo).garments[0].closure.confidence < 0.5


def on_a_figure() -> np.ndarray:
    """The dress with a head above its neck and arms beside it."""
    photo = dress()
    cv2.ellipse(photo, (625, 170), (52, 68), 0, 0, 360, (45, 45, 45), 3, cv2.LINE_AA)
    for x in (390, 440, 800, 850):
        cv2.line(photo, (x, 470), (x, 800), (45, 45, 45), 3, cv2.LINE_AA)
    return photo


def test_a_dress_on_a_figure_is_said_to_be_worn_and_shows_no_closure() -> None:
    sketch = read_sketch(on_a_figure())
    assert sketch.figure and not read_sketch(dress()).figure
    assert not sketch.garments[0].closure
