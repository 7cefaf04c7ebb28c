"""Sketches drawn again at a picture's size: fine lines, cloth that ends with them, buttons that were counted."""

from __future__ import annotations

import numpy as np
import pytest

from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.fastenings import fastenings
from lib.merchandising.sketch_to_design.redrawing import enlarged
from lib.merchandising.sketch_to_design.repairing import repaired
from lib.merchandising.sketch_to_design.sketch_pictures import redrawn_side

SIZE = (800, 1000)
NAMES = ("dress", "coat", "shirt", "trousers", "bag")


def read(name: str):
    return sketched.open_sketch((sketched.SAMPLES / f"{name}.jpg").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_ink_is_fine_at_any_size_and_cloth_ends_with_it(name):
    import cv2

    drawn = redrawn_side(read(name), SIZE)
    assert drawn.lines.shape == drawn.regions.shape == (SIZE[1], SIZE[0])
    half = cv2.distanceTransform((drawn.lines > 0.4).astype(np.uint8), cv2.DIST_L2, 5)
    assert np.percentile(half[half > 0], 99) < 0.004 * SIZE[1]
    cloth = (drawn.regions > 0).astype(np.uint8)
    edge = (cloth - cv2.erode(cloth, np.ones((3, 3), np.uint8))) > 0
    assert (cv2.dilate(drawn.lines, np.ones((5, 5), np.uint8))[edge] > 0.2).mean() > 0.97


@pytest.mark.parametrize("name", NAMES)
def test_the_regions_stay_what_they_were(name):
    """Leading them to the middles of strokes moves borders by a stroke, and no region elsewhere."""
    sketch = read(name)
    drawn = redrawn_side(sketch, SIZE)
    scale = drawn.pixels_per_cm / sketch.pixels_per_cm
    whole = repaired(sketch)
    for part in sketch.parts:
        area = (whole == part.label).sum()
        if area > 0.02 * (sketch.regions > 0).sum() and part.label in drawn.regions:
            now = (drawn.regions == part.label).sum() / scale**2
            assert 0.85 < now / area < 1.35, part.name


@pytest.mark.parametrize(("name", "count"), [("dress", 0), ("coat", 6), ("shirt", 2), ("trousers", 1)])
def test_buttons_are_those_that_the_sketch_shows(name, count):
    assert len(fastenings(read(name))) == count


def test_a_bag_has_its_rivets_and_its_clasp():
    found = fastenings(read("bag"))
    assert {one.kind for one in found} == {"metal"}
    assert 3 <= len(found) <= 5


def test_an_enlarged_map_has_the_same_labels_in_the_same_places():
    small = np.zeros((40, 40), np.int32)
    small[5:35, 5:20], small[5:35, 20:35] = 1, 2
    large = enlarged(small, (160, 160))
    assert set(np.unique(large)) == {0, 1, 2}
    assert (large == 1).sum() == pytest.approx(16 * (small == 1).sum(), rel=0.05)
    assert (large[20:140:4, 20:140:4] == small[5:35, 5:35]).mean() > 0.96


def test_the_svg_holds_front_and_back_in_fine_lines_and_the_fastenings(actor):
    import xml.etree.ElementTree as ElementTree

    from lib.merchandising.sketch_to_design.design import Design
    from lib.merchandising.sketch_to_design.vectors import layered

    design = Design(
        kind="shirt", cloth="linen", pattern="dot", colours=("#F4EFE6", "#A6192E"), sketch="sample:shirt.jpg"
    )
    root = ElementTree.fromstring(layered(design, actor))
    layers = {group.get("id"): group for group in root.findall("{http://www.w3.org/2000/svg}g")}
    assert list(layers) == ["fabric", "light", "lines", "fastenings"]
    names = [path.get("id") for path in layers["fabric"]]
    assert sum("sleeve" in str(name) for name in names) == 4
    assert len(layers["fastenings"].findall("{http://www.w3.org/2000/svg}g")) == 2


def test_the_shirts_second_collar_half_is_there_and_its_placket_goes_to_the_hem():
    sketch = read("shirt")
    drawn = redrawn_side(sketch, SIZE)
    (half,) = (part for part in sketch.named("collar") if part.garment == 0 and part.side)
    collar = drawn.regions == half.label
    rows, columns = np.nonzero(drawn.regions > 0)
    middle = (columns.min() + columns.max()) / 2
    across = np.nonzero(collar)[1]
    assert 0.7 < (across < middle).sum() / (across > middle).sum() < 1.4
    (panel,) = (part for part in sketch.named("panel") if part.garment == 0)
    assert np.nonzero(drawn.regions == panel.label)[0].max() > rows.max() - 0.02 * SIZE[1]


def test_a_collar_is_mirrored_only_where_the_sketch_agrees():
    """Without the strokes of the other half nothing is added."""
    from dataclasses import replace

    sketch = read("shirt")
    (half,) = (part for part in sketch.named("collar") if part.garment == 0 and part.side)
    bare = sketch.lines.copy()
    left, top, right, low = half.box
    bare[top - 40 : low + 40, left - (right - left) - 60 : left - 8] = 0
    assert (repaired(replace(sketch, lines=bare)) == half.label).sum() <= half.area
    assert (repaired(sketch) == half.label).sum() > 1.6 * half.area


def test_a_bags_handle_is_one_piece_and_a_blot_alone_is_no_rivet():
    sketch = read("bag")
    drawn = redrawn_side(sketch, SIZE)
    upper = drawn.regions[: int(np.nonzero(drawn.regions == 1)[0].min()) - 5]
    assert len(np.unique(upper[upper > 0])) == 1
    low = max(part.box[3] for part in sketch.parts)
    assert all(one.y < 0.95 * low for one in fastenings(sketch))
