"""Fabric laid into a sketch's regions, as a picture and as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.atelier.drawing import png
from lib.atelier.fabrics import KINDS, Fabric
from lib.atelier.laid_vectors import traced, vector
from lib.atelier.laying import GROUND, lay, pressed, stacked
from lib.atelier.palettes import Palette
from lib.errors import InputError

GREEN = Palette.of("#7A8B6F")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Part:
    label: int
    name: str


@dataclass(frozen=True, eq=False)
class Drawn:
    """As much of a sketch as ``vector`` needs."""

    lines: NDArray[np.float32]
    regions: NDArray[np.int32]
    parts: tuple[Part, ...] = (Part(1, "body"), Part(2, "pocket"))
    pixels_per_cm: float = 8.0
    paths: tuple[str, ...] = ()
    grains: dict[int, float] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=lambda: {1: "body", 2: "pocket"})


def drawn(height: int = 320, width: int = 260) -> Drawn:
    """A body with a pocket and a fold on it."""
    lines = np.zeros((height, width), np.float32)
    regions = np.zeros((height, width), np.int32)
    regions[40:-40, 50:-50] = 1
    regions[150:200, 80:130] = 2
    cv2.rectangle(lines, (50, 40), (width - 51, height - 41), 1.0, 2)
    cv2.rectangle(lines, (80, 150), (129, 199), 1.0, 2)
    cv2.line(lines, (170, 70), (175, 240), 0.8, 2)
    return Drawn(lines, regions)


def light(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(pixels, dtype=np.float32) @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 50), st.floats(3, 20), st.floats(-80, 80))
@settings(max_examples=20, deadline=None)
def test_every_fabric_is_laid_within_the_lines(kind: str, seed: int, pixels_per_cm: float, grain: float) -> None:
    sketch = drawn()
    fills = {1: Fabric(kind, GREEN)}
    made = lay(sketch.lines, sketch.regions, fills, pixels_per_cm, seed=seed, grains={1: grain}, roles=sketch.roles)
    assert made.shape == (*sketch.regions.shape, 3) and made.dtype == np.uint8
    again = lay(sketch.lines, sketch.regions, fills, pixels_per_cm, seed=seed, grains={1: grain}, roles=sketch.roles)
    assert (made == again).all()
    # The pocket has no fabric and stays paper; the far ground knows nothing of the garment.
    assert light(made[165:185, 95:115]).mean() > 180
    assert np.abs(made[5, 5].astype(int) - GROUND).max() < 12


def test_cloth_is_no_tint() -> None:
    """Structure and light differ over the region: a flat tone has neither."""
    sketch = drawn()
    made = light(lay(sketch.lines, sketch.regions, {1: Fabric("tweed", GREEN)}, 8.0, roles=sketch.roles))
    inside = made[210:270, 60:160]
    fine = inside - cv2.GaussianBlur(inside, (0, 0), 3)
    assert fine.std() > 3
    broad = cv2.GaussianBlur(made, (0, 0), 6)[70:260, 75:185]
    assert broad.max() - broad.min() > 8


def test_the_colour_is_that_of_the_palette() -> None:
    sketch = drawn()
    made = lay(sketch.lines * 0, sketch.regions, {1: Fabric("plain_weave", GREEN)}, 8.0, roles=sketch.roles)
    mean = made[80:240, 140:190].reshape(-1, 3).mean(axis=0)
    assert np.abs(mean - np.array([0x7A, 0x8B, 0x6F])).max() < 22


def test_lines_read_on_light_and_on_dark_cloth() -> None:
    """Darker than the cloth on both; on dark cloth the turned edge beside a line catches light."""
    sketch = drawn()
    made = light(lay(sketch.lines, sketch.regions, {1: Fabric("satin", Palette.of("#E8E0D0"))}, 8.0))
    assert made[100:220, 171:175].mean() < made[100:220, 150:160].mean() - 35
    dark = light(lay(sketch.lines, sketch.regions, {1: Fabric("satin", Palette.of("#16161C"))}, 8.0))
    across = dark[100:220, 165:185]
    assert (across.max(axis=1) - np.median(dark[100:220, 140:160], axis=1)).mean() > 35


def test_what_is_seen_of_the_inside_is_darker_than_the_front_and_the_edge_before_it_lighter() -> None:
    sketch = drawn()
    roles = {1: "body", 2: "inside"}
    fills = {label: Fabric("plain_weave", GREEN) for label in (1, 2)}
    made = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0, roles=roles))
    assert made[160:190, 90:120].mean() < 0.75 * made[160:190, 150:190].mean()
    assert made[202:204, 90:120].mean() > made[215:225, 90:120].mean() + 4


@dataclass(frozen=True)
class Spot:
    x: float
    y: float
    radius: float
    kind: str = "button"


@pytest.mark.parametrize("colour", ["#F4F1EA", "#7A8B6F", "#16161C"])
def test_a_button_stands_out_of_every_cloth(colour: str) -> None:
    sketch = drawn()
    fills = {1: Fabric("plain_weave", Palette.of(colour))}
    bare = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0))
    made = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0, fastenings=[Spot(150, 230, 9)]))
    disc = made[225:236, 145:156]
    assert abs(disc.mean() - bare[225:236, 145:156].mean()) > 45
    assert disc.std() > 12  # rim, holes and light on it
    assert made[238:244, 152:160].mean() < bare[238:244, 152:160].mean()  # its shadow


@pytest.mark.parametrize(("colour", "low", "high"), [("#F4F1EA", 120, 225), ("#C19A6B", 10, 75), ("#16161C", 55, 130)])
def test_buttons_are_pearl_on_white_horn_on_camel_and_tonal_on_black(colour: str, low: float, high: float) -> None:
    sketch = drawn()
    fills = {1: Fabric("plain_weave", Palette.of(colour))}
    made = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0, fastenings=[Spot(150, 230, 9)]))
    assert low < float(np.median(made[224:237, 144:157])) < high


def test_a_print_lies_on_its_cloth() -> None:
    sketch = drawn()
    palette = Palette.of("#F4F1EA", "#204080")
    shown = {
        cloth: light(
            lay(
                sketch.lines * 0,
                sketch.regions,
                {1: Fabric("stripe", palette, 60, on=Fabric(cloth, palette))},
                16.0,
                roles=sketch.roles,
            )
        )[60:140, 70:190]
        for cloth in ("corduroy", "satin")
    }

    def fine(made: NDArray[np.float32]) -> float:
        return float((made - cv2.GaussianBlur(made, (0, 0), 3)).std())

    assert fine(shown["corduroy"]) > 2 * fine(shown["satin"])
    assert Fabric("stripe", palette, on=Fabric("denim", palette)).about.weight == KINDS["denim"].weight


@pytest.mark.parametrize("colour", ["#111111", "#6B1428", "#1F4D3A"])
def test_velvet_is_deep_within_and_pale_where_it_turns_away_and_has_no_blotches(colour: str) -> None:
    sketch = drawn()
    fills = {1: Fabric("velvet", Palette.of(colour))}
    made = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0, roles={1: "strap"}))  # no folds
    middle, edge = made[210:250, 130:150], made[210:250, 52:55]
    assert edge.mean() > middle.mean() + 5
    assert middle.std() < 2.5


@pytest.mark.parametrize("kind", ["twill", "plain_weave", "velvet", "satin", "corduroy", "leather"])
@pytest.mark.parametrize("colour", ["#C19A6B", "#722F37", "#1F4D3A", "#E8E0D0"])
def test_the_drawn_cloth_has_the_asked_colour_in_the_mean(kind: str, colour: str) -> None:
    """Within CIEDE2000 of 4 over the cloth: light and shade are no tint."""
    from lib.atelier.colours import Colour, difference, lab_from_rgb

    sketch = drawn()
    both = Fabric(kind, Palette.of(colour))
    made = lay(sketch.lines * 0, sketch.regions, {1: both, 2: both}, 8.0, roles=sketch.roles)
    mean = np.asarray(lab_from_rgb(made[sketch.regions > 0])).mean(axis=0)
    assert float(np.asarray(difference(mean, Colour(colour).lab)).item()) < 4


def test_black_leather_is_lifted_and_shows_its_grain() -> None:
    from lib.atelier.colours import lab_from_rgb

    sketch = drawn()
    hide = Fabric("leather", Palette.of("#191717"))
    made = lay(sketch.lines * 0, sketch.regions, {1: hide, 2: hide}, 12.0, roles=sketch.roles)
    assert 11 < float(np.asarray(lab_from_rgb(made[sketch.regions > 0]))[:, 0].mean()) < 16
    grain = light(made[210:270, 60:160])
    assert (grain - cv2.GaussianBlur(grain, (0, 0), 4)).std() > 3


def _ochre(made: NDArray[np.uint8]) -> int:
    return int(((made[..., 0].astype(int) - made[..., 2]) > 60).sum())


def test_denim_is_topstitched_along_its_seams_and_faded_there_and_no_other_cloth_is() -> None:
    sketch = drawn()
    blue = Palette.of("#2B3A5C", "#E8E8E8")
    made = {
        kind: lay(
            sketch.lines * 0, sketch.regions, {1: Fabric(kind, blue), 2: Fabric(kind, blue)}, 8.0, roles=sketch.roles
        )
        for kind in ("denim", "twill")
    }
    pocket = made["denim"][150:200, 80:130]
    assert _ochre(pocket) > 60 and _ochre(made["denim"][255:280, 60:200]) > 60  # the pocket's seam, and the hem
    assert _ochre(made["denim"][90:140, 140:190]) == 0 and _ochre(made["twill"]) == 0
    assert light(made["denim"])[100:240, 52:56].mean() > light(made["denim"])[100:240, 80:120].mean() * 0.95


def test_corduroy_shows_its_wales_and_twill_none() -> None:
    sketch = drawn()

    def across(kind: str) -> float:
        fills = {1: Fabric(kind, Palette.of("#6B4A2B"))}
        made = light(lay(sketch.lines * 0, sketch.regions, fills, 8.0, roles={1: "strap"}))
        return float(made[205:265, 80:180].mean(axis=0).std())

    assert across("corduroy") > 6 * across("twill")


def test_a_fold_line_shades_the_cloth_beside_it() -> None:
    sketch = drawn()
    shade = pressed(sketch.lines, sketch.regions > 0, 8.0)
    assert shade[150, 172] < 0.95
    assert shade[150, 165] != pytest.approx(shade[150, 180], abs=0.01)
    assert shade[10, 10] == pytest.approx(1.0, abs=1e-5)


def test_the_garment_throws_a_shadow_to_the_lower_right() -> None:
    sketch = drawn()
    made = light(lay(sketch.lines * 0, sketch.regions, {1: Fabric("tweed", GREEN), 2: Fabric("tweed", GREEN)}, 8.0))
    assert made[284:290, 120:200].mean() < made[28:34, 120:200].mean() - 5
    assert made[150:250, 214:220].mean() < made[150:250, 40:46].mean() - 5


def test_the_grain_turns_the_cloth() -> None:
    sketch = drawn()
    stripes = {1: Fabric("stripe", Palette.of("#F4F1EA", "#204080"), 1.5)}
    straight = light(lay(sketch.lines * 0, sketch.regions, stripes, 8.0))[210:270, 60:200]
    turned = light(lay(sketch.lines * 0, sketch.regions, stripes, 8.0, grains={1: 90}))[210:270, 60:200]
    assert straight.std(axis=1).mean() > 2 * straight.std(axis=0).mean()
    assert turned.std(axis=0).mean() > 1.5 * turned.std(axis=1).mean()


def test_small_pieces_lie_on_large_ones() -> None:
    assert stacked(drawn().regions, {1: "body", 2: "pocket"}) == [1, 2]
    assert stacked(drawn().regions, {1: "collar", 2: "body"}) == [2, 1]


def test_what_cannot_be_laid_is_said() -> None:
    sketch = drawn()
    with pytest.raises(InputError, match="No region"):
        lay(sketch.lines, sketch.regions, {7: Fabric("denim", GREEN)}, 8.0)
    with pytest.raises(InputError, match="differ in size"):
        lay(sketch.lines[:-1], sketch.regions, {1: Fabric("denim", GREEN)}, 8.0)


class TestVector:
    def test_layers_and_names(self) -> None:
        root = ElementTree.fromstring(vector(drawn(), {1: Fabric("denim", GREEN), 2: Fabric("tweed", GREEN)}))
        layers = [group.get("id") for group in root.findall(f"{SVG}g")]
        assert layers == ["fabric", "light", "lines"]
        assert [path.get("id") for path in root.findall(f"{SVG}g[@id='fabric']/{SVG}path")] == ["body", "pocket"]
        assert root.get("width") == f"{260 / 8:.2f}cm"

    def test_nothing_outside_is_referred_to(self) -> None:
        text = vector(drawn(), {1: Fabric("denim", GREEN)})
        root = ElementTree.fromstring(text)
        for element in root.iter():
            for name, value in element.attrib.items():
                if name.endswith("href"):
                    assert value.startswith(("#", "data:image/png;base64,"))
        assert "<script" not in text

    def test_it_draws_what_the_picture_shows(self) -> None:
        import io

        from PIL import Image

        sketch = drawn()
        fills = {1: Fabric("plain_weave", GREEN), 2: Fabric("plain_weave", Palette.of("#B03030"))}
        with Image.open(io.BytesIO(png(vector(sketch, fills), 260))) as picture:
            shown = np.asarray(picture.convert("RGB")).astype(float)
        laid = lay(sketch.lines, sketch.regions, fills, 8.0, roles=sketch.roles).astype(float)
        for rows, columns in ((slice(90, 140), slice(80, 150)), (slice(160, 190), slice(90, 120))):
            apart = shown[rows, columns].mean(axis=(0, 1)) - laid[rows, columns].mean(axis=(0, 1))
            assert np.abs(apart).max() < 30

    def test_paths_that_came_with_it_are_its_lines(self) -> None:
        from dataclasses import replace

        text = vector(replace(drawn(), paths=("M1.00 2.00L3.00 4.00",)), {1: Fabric("denim", GREEN)})
        root = ElementTree.fromstring(text)
        assert [path.get("d") for path in root.findall(f"{SVG}g[@id='lines']/{SVG}path")] == ["M1.00 2.00L3.00 4.00"]

    @given(st.integers(24, 60), st.integers(24, 60))
    @settings(max_examples=20, deadline=None)
    def test_an_outline_encloses_its_region(self, wide: int, tall: int) -> None:
        mask = np.zeros((100, 100), dtype=bool)
        mask[20 : 20 + tall, 20 : 20 + wide] = True
        (path,) = traced(mask)
        assert path.area() == pytest.approx(wide * tall, rel=0.1)
