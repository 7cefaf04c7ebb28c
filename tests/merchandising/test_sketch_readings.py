"""What is told of photographed sketches whose garment is known: its kind, how it closes, how it stands.

The sketches have seeds of their own; none of them is in the Proof or was used to fit the reading.
"""

from __future__ import annotations

import numpy as np
import pytest

from lib.atelier.garments import Garment, flat
from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.hand_drawn import Hand, drawn
from lib.merchandising.sketch_to_design.photographed import Scene, photographed
from lib.vision.sketches import Sketch, read_sketch

SHEET = (1400, 1000)


def read(garment: Garment, seed: int, **hand: float) -> Sketch:
    """A garment drawn, photographed and read."""
    view = flat(garment).front
    left, top, right, low = view.bounds()
    scale = min(0.82 * SHEET[0] / (low - top), 0.82 * SHEET[1] / (right - left))
    at = (SHEET[1] / 2 - (left + right) / 2 * scale, SHEET[0] / 2 - (top + low) / 2 * scale)
    made = drawn(view, Hand("pencil", **{"gaps": 0.1, "restated": 0.2, **hand}), seed, scale, SHEET, at)  # type: ignore[arg-type]
    return read_sketch(photographed(made, Scene(turn=2, shadow=0.15), seed, (1280, 960)).pixels)


@pytest.mark.parametrize("silhouette", ["straight_leg", "wide_leg", "flared_leg"])
def test_wide_trousers_are_trousers_although_their_legs_touch(silhouette: str) -> None:
    sketch = read(Garment("trousers", silhouette=silhouette, length="full_length"), 4101)
    assert sketched.kind_of(sketch) in ("trousers", "jeans")
    assert sketch.named("trouser_leg")


@pytest.mark.parametrize(
    "garment",
    [
        Garment("coat", closure="buttons", collar="notch_lapels", belt="none"),
        Garment("coat", closure="zip", collar="band_collar", belt="none"),
        Garment("shirt", closure="buttons"),
        Garment("knit", closure="buttons"),
    ],
    ids=lambda one: f"{one.kind}-{one.closure}",
)
def test_closures_are_read(garment: Garment) -> None:
    sketch = read(garment, 4202, sway=0.5)
    assert sketched.kind_of(sketch) in (garment.kind, "blazer")  # a short coat and a long blazer are one outline
    assert sketch.garments[0].closure.value == garment.closure


def test_a_dress_that_closes_at_the_back_shows_no_closure() -> None:
    sketch = read(Garment("dress", closure="back_zip", neckline="crew_neck", belt="none"), 4303)
    assert "closure" not in sketched.cut_read(sketch)


@pytest.mark.parametrize("name", ["dress", "coat", "shirt", "bag"])
def test_a_sketch_that_is_turned_is_said_to_be_and_an_upright_one_is_not(name: str) -> None:
    content = (sketched.SAMPLES / f"{name}.jpg").read_bytes()
    said = {
        turn: [note.message for note in sketched.as_read(content, turn).notes if "seems to" in note.message]
        for turn in (0, 90, 180)
    }
    assert said[0] == []
    assert "turned to the right" in said[90][0]
    assert "on its head" in said[180][0]


def test_kinds_are_told_with_shares_that_sum_to_one() -> None:
    from lib.vision.sketches.forms import outlines
    from lib.vision.sketches.kinds import kinds_of

    labels = np.zeros((300, 200), dtype=np.int32)
    labels[40:260, 50:150] = 1
    shares = kinds_of(outlines(labels)[0])
    assert sum(shares.values()) == pytest.approx(1, abs=1e-5)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
