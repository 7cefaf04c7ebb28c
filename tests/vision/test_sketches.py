"""Sketches read: the page, its lines, the regions, what each is taken for, and what is refused."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from lib.errors import InputError
from lib.vision.sketches import ROLES, Settings, Sketch, read_drawing, read_sketch

SAMPLES = Path(__file__).parents[2] / "sample_data" / "sketches"
ON_SCREEN = Settings(straighten=False)
Pixels = NDArray[np.uint8]


def sample(name: str) -> Pixels:
    with Image.open(SAMPLES / f"{name}.jpg") as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.fixture(scope="module")
def sketches() -> dict[str, Sketch]:
    return {name: read_sketch(sample(name)) for name in ("dress", "coat", "shirt", "trousers", "bag")}


def sheet(height: int = 900, width: int = 700, paper: int = 245) -> Pixels:
    return np.full((height, width, 3), paper, dtype=np.uint8)


def box(page: Pixels, left: int, top: int, right: int, low: int, *, gap: int = 0, ink: int = 40) -> None:
    """A rectangle in strokes, its right side open for ``gap`` pixels."""
    corners = [((left, top), (right, top)), ((left, low), (right, low)), ((left, top), (left, low))]
    middle = (top + low) // 2
    corners += [((right, top), (right, middle - gap // 2)), ((right, middle + gap - gap // 2), (right, low))]
    for start, end in corners:
        cv2.line(page, start, end, (ink, ink, ink), 4, cv2.LINE_AA)


def partition(sketch: Sketch) -> None:
    """What holds for every region map."""
    labels = sketch.regions
    assert labels.shape == sketch.lines.shape == sketch.page.shape[:2]
    assert labels.dtype == np.int32 and labels.min() >= 0
    assert [part.label for part in sketch.parts] == list(range(1, int(labels.max()) + 1))
    areas = np.bincount(labels.ravel())
    for part in sketch.parts:
        own = (labels == part.label).astype(np.uint8)
        assert part.area == areas[part.label] > 0
        assert cv2.connectedComponents(own, connectivity=4)[0] == 2, f"{part} lies in pieces"
        assert part.role in ROLES and part.side in ("", "left", "right") and 0 <= part.confidence <= 1
    assert [part.area for part in sketch.parts] == sorted((part.area for part in sketch.parts), reverse=True)
    assert {label for one in sketch.garments for label in one.labels} == set(range(1, len(sketch.parts) + 1))
    assert sketch.lines.min() >= 0 and sketch.lines.max() <= 1


def test_sample_photos_become_maps_that_part_the_picture(sketches: dict[str, Sketch]) -> None:
    for sketch in sketches.values():
        partition(sketch)
        assert sketch.pixels_per_cm > 1
        assert any("straightened" in note.message for note in sketch.notes)


def test_garments_and_their_parts_are_known(sketches: dict[str, Sketch]) -> None:
    assert sketches["dress"].garments[0].kind.value == "dress"
    assert sketches["coat"].garments[0].kind.value == "coat"
    assert sketches["shirt"].garments[0].kind.value == "shirt"
    assert sketches["trousers"].garments[0].kind.value == "trousers"
    assert sketches["bag"].garments[0].kind.value == "bag"
    assert {"bodice", "skirt", "sleeve-left", "sleeve-right"} <= {part.role for part in sketches["dress"].parts} | {
        part.name for part in sketches["dress"].parts
    }
    assert len(sketches["dress"].named("pocket")) >= 2
    assert len(sketches["coat"].named("collar")) >= 2
    assert {part.name for part in sketches["coat"].parts} >= {"sleeve-left", "sleeve-right"}
    assert {part.side for part in sketches["trousers"].named("trouser_leg")} == {"left", "right"}
    assert sketches["bag"].named("handle")


def test_what_is_seen_under_a_handle_is_ground(sketches: dict[str, Sketch]) -> None:
    bag = sketches["bag"]
    left, top, right, low = bag.garments[0].box
    at = round(top + 0.25 * (low - top)), (left + right) // 2
    assert bag.regions[at] == 0


def test_what_is_seen_between_the_legs_is_ground(sketches: dict[str, Sketch]) -> None:
    trousers = sketches["trousers"]
    left, top, right, low = trousers.garments[0].box
    row = trousers.regions[round(top + 0.9 * (low - top)), left:right]
    inside = np.flatnonzero(row)
    assert (row[inside[0] : inside[-1]] == 0).any()


def test_neckline_and_closure_are_read_where_they_are_plain(sketches: dict[str, Sketch]) -> None:
    neck = sketches["dress"].garments[0].neckline
    assert (neck.value, neck.confidence > 0.4) == ("square_neck", True)
    assert sketches["coat"].garments[0].closure.value == "double_breasted"
    assert sketches["shirt"].garments[0].closure.value == "buttons"
    assert sketches["coat"].garments[0].neckline.value == "notch_lapels"
    assert not sketches["trousers"].garments[0].neckline


def test_front_and_back_on_one_page_are_two_drawings(sketches: dict[str, Sketch]) -> None:
    front, back = sketches["shirt"].garments
    assert (front.view, back.view) == ("front", "back")
    assert front.box[2] <= back.box[0]
    assert not set(front.labels) & set(back.labels)
    assert any(note.values.get("count") == 2 for note in sketches["shirt"].notes)


def test_sleeves_turn_the_cloth_to_their_own_side(sketches: dict[str, Sketch]) -> None:
    grains = {part.name: part.grain for part in sketches["coat"].named("sleeve")}
    assert grains["sleeve-left"] > 10 and grains["sleeve-right"] < -10
    assert all(part.grain == 0 for part in sketches["coat"].named("body"))


def test_same_regions_in_a_photo_of_another_size() -> None:
    small = read_sketch(sample("coat"))
    large = read_sketch(cv2.resize(sample("coat"), None, fx=2.0, fy=2.0, interpolation=cv2.INTER_CUBIC))
    size = (small.regions.shape[1], small.regions.shape[0])
    other = cv2.resize(large.regions.astype(np.float32), size, interpolation=cv2.INTER_NEAREST) > 0
    both, either = (small.regions > 0) & other, (small.regions > 0) | other
    assert both.sum() / either.sum() > 0.9


def test_a_sketch_point_leads_back_to_the_photo() -> None:
    page = sheet(1000, 800, paper=60)
    cv2.fillPoly(page, [np.array([[120, 90], [700, 120], [720, 900], [90, 880]])], (240, 240, 236))
    box(page, 250, 300, 550, 700)
    sketch = read_sketch(page)
    part = sketch.parts[0]
    middle = np.array([(part.box[0] + part.box[2]) / 2, (part.box[1] + part.box[3]) / 2, 1.0])
    there = sketch.to_photo @ middle
    assert there[:2] / there[2] == pytest.approx((400, 500), abs=12)


def test_a_page_in_shadow_is_found_and_one_without_a_desk_is_taken_whole() -> None:
    page = sheet()
    box(page, 200, 250, 500, 650)
    shaded = (page * np.linspace(1.0, 0.45, page.shape[1])[None, :, None]).astype(np.uint8)
    sketch = read_sketch(shaded)
    assert sketch.shape == page.shape[:2]
    assert len(sketch.parts) == 1
    assert sketch.parts[0].area == pytest.approx(300 * 400, rel=0.05)


@pytest.mark.parametrize("gap", [0, 6, 12, 18])
def test_an_open_outline_is_closed(gap: int) -> None:
    page = sheet()
    box(page, 200, 250, 500, 650, gap=gap)
    sketch = read_sketch(page, ON_SCREEN)
    assert len(sketch.parts) == 1
    assert sketch.parts[0].area == pytest.approx(300 * 400, rel=0.05)


def test_an_outline_that_is_half_missing_is_not_invented() -> None:
    page = sheet()
    box(page, 200, 250, 500, 650, gap=300)
    with pytest.raises(InputError, match="enclose"):
        read_sketch(page, ON_SCREEN)


def test_stitches_and_folds_part_nothing_and_stay_as_lines() -> None:
    page = sheet()
    box(page, 200, 250, 500, 650)
    for start in range(212, 490, 14):
        cv2.line(page, (start, 620), (start + 7, 620), (60, 60, 60), 3, cv2.LINE_AA)
    cv2.line(page, (300, 300), (310, 560), (90, 90, 90), 3, cv2.LINE_AA)
    sketch = read_sketch(page, ON_SCREEN)
    assert len(sketch.parts) == 1
    assert sketch.lines[400:500, 295:315].max() > 0.4
    assert sketch.lines[615:625, 215:480].max() > 0.4


def test_writing_and_specks_beside_a_drawing_are_left_out() -> None:
    page = sheet()
    box(page, 200, 250, 500, 650)
    cv2.putText(page, "lin 240 g", (520, 120), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.0, (40, 40, 40), 2, cv2.LINE_AA)
    chance = np.random.default_rng(3)
    for x, y in chance.integers(20, 200, (40, 2)):
        page[y : y + 2, x : x + 2] = 60
    sketch = read_sketch(page, ON_SCREEN)
    assert len(sketch.parts) == 1
    assert sketch.lines[60:160, 520:690].max() == 0
    assert sketch.lines[:210, :210].max() == 0


def test_light_lines_on_a_dark_page() -> None:
    page = sheet(paper=245)
    box(page, 200, 250, 500, 650)
    sketch = read_sketch(255 - page, ON_SCREEN)
    assert len(sketch.parts) == 1
    assert any("lighter than the page" in note.message for note in sketch.notes)


@given(st.integers(0, 10_000), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_whatever_is_drawn_the_map_parts_the_picture(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    page = sheet(420, 360)
    for _turn in range(count):
        x, y = (int(value) for value in chance.integers(70, 260, 2))
        size = tuple(int(value) for value in chance.integers(20, 70, 2))
        cv2.ellipse(page, (x, y), size, float(chance.uniform(0, 180)), 0, 330, (50, 50, 50), 3, cv2.LINE_AA)
        cv2.line(page, (x, y), tuple(int(v) for v in chance.integers(20, 340, 2)), (50, 50, 50), 3, cv2.LINE_AA)
    page = (page * chance.uniform(0.7, 1.0, 3)).astype(np.uint8)
    try:
        sketch = read_sketch(page, ON_SCREEN)
    except InputError:
        return
    partition(sketch)


class TestRefused:
    def refused(self, pixels: Pixels, words: str) -> None:
        with pytest.raises(InputError, match=words) as caught:
            read_sketch(pixels)
        assert caught.value.text("fr") != caught.value.text("en")

    def test_a_black_page(self) -> None:
        self.refused(np.zeros((600, 500, 3), np.uint8), "nearly black")
        self.refused(np.random.default_rng(0).integers(0, 18, (600, 500, 3)).astype(np.uint8), "nearly black")

    def test_a_blank_sheet(self) -> None:
        self.refused(sheet(), "blank")

    def test_a_tiny_picture(self) -> None:
        self.refused(sheet(100, 120), "too small")

    def test_a_landscape(self) -> None:
        down = np.linspace(0, 1, 600)[:, None, None]
        picture = np.broadcast_to(np.array([130, 180, 235]) * (1 - 0.2 * down), (600, 800, 3)).copy()
        hills = np.arange(600)[:, None] > 330 + 50 * np.sin(np.linspace(0, 7, 800))[None]
        rough = np.random.default_rng(1).normal(0, 22, (600, 800, 1))
        picture[hills] = (np.array([70, 105, 50]) + cv2.GaussianBlur(rough, (0, 0), 2)[..., None] * 4)[hills]
        self.refused(picture.clip(0, 255).astype(np.uint8), "photo of a garment or a place")

    def test_noise(self) -> None:
        noise = np.random.default_rng(0).integers(0, 255, (600, 500, 3)).astype(np.uint8)
        self.refused(noise, "photo of a garment or a place")

    def test_a_photo_of_a_garment(self) -> None:
        from lib.atelier.fabrics import Fabric
        from lib.atelier.garments import Garment, flat
        from lib.atelier.palettes import Palette
        from lib.atelier.rendering import render

        for kind, cloth in (("coat", "tweed"), ("jeans", "denim")):
            made = render(flat(Garment(kind)).front, {"fabric": Fabric(cloth, Palette.of("#4a4a5a", "#8a8a9a"))}, 8)
            alpha = made[..., 3:] / 255
            photo = made[..., :3] * alpha + np.array([226, 224, 220]) * (1 - alpha)
            photo = cv2.GaussianBlur(photo + np.random.default_rng(2).normal(0, 2, photo.shape), (0, 0), 0.8)
            self.refused(photo.clip(0, 255).astype(np.uint8), "photo of a garment or a place")

    def test_a_page_of_writing(self) -> None:
        page = sheet(1200, 900)
        for line in range(22):
            place = (70, 90 + 48 * line)
            text = "Le tissu sera en biais, 240 g"
            cv2.putText(page, text, place, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.2, (40, 40, 40), 2, cv2.LINE_AA)
        self.refused(page, "writing")

    def test_lines_that_enclose_nothing(self) -> None:
        page = sheet()
        for x in (200, 300, 400):
            cv2.line(page, (x, 200), (x + 40, 700), (40, 40, 40), 4, cv2.LINE_AA)
        self.refused(page, "enclose")


class TestDrawings:
    SVG = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 140"><g transform="translate(10 20)">'
        '<path d="M10 10 h60 v80 h-60 z" fill="none" stroke="#000" stroke-width="1"/>'
        '<circle cx="40" cy="50" r="10" fill="none" stroke="#000" stroke-width="1"/></g></svg>'
    )

    def test_an_svg_keeps_its_paths(self) -> None:
        sketch = read_drawing(self.SVG)
        partition(sketch)
        assert len(sketch.parts) == 2
        assert len(sketch.paths) == 2
        scale = max(sketch.shape) / 140
        assert sketch.paths[0].startswith(f"M{20 * scale:.2f} {30 * scale:.2f}L{80 * scale:.2f} {30 * scale:.2f}")

    def test_a_curve_is_drawn_where_its_path_is_kept(self) -> None:
        sketch = read_drawing(self.SVG)
        scale = max(sketch.shape) / 140
        x, y = round(50 * scale), round(60 * scale)  # the top of the circle: its radius up from the middle
        assert sketch.lines[y - 3 : y + 4, x].max() > 0.5

    @pytest.mark.parametrize("text", ["", "no svg", "<svg></svg>", '<svg viewBox="0 0 0 10"/>', "<html/>"])
    def test_what_is_no_svg(self, text: str) -> None:
        with pytest.raises(InputError):
            read_drawing(text)

    def test_entities_are_refused(self) -> None:
        bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 9 9"><title>&a;</title></svg>'
        with pytest.raises(InputError):
            read_drawing(bomb)
