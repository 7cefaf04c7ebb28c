"""Flats: every combination of options draws a garment that holds together."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.atelier.drawing import Tile, inside, png
from lib.atelier.garments import (
    KINDS,
    LAYERS,
    SIZES,
    Flat,
    Garment,
    View,
    combinations,
    flat,
    measures,
    options,
    picture,
    svg,
)
from lib.atelier.garments.bodies import hem_height
from lib.errors import InputError
from lib.i18n import use_language

SVG = "{http://www.w3.org/2000/svg}"
WORN = [kind for kind in KINDS if kind not in ("bag", "shoe")]
TOLERANCE = 0.35  # cm: half a seam's width


@st.composite
def garments(draw: st.DrawFn, kinds: list[str] | None = None) -> Garment:
    """Any kind with any of its options, in any size."""
    kind = draw(st.sampled_from(kinds or list(KINDS)))
    parts = {part: draw(st.sampled_from(values)) for part, values in options(kind).items()}
    return Garment(kind, size=draw(st.sampled_from(SIZES)), **parts)


def each_option() -> list[Garment]:
    """Each value of each option of each kind, the others as usual."""
    return [Garment(kind, **{part: value}) for kind in KINDS for part in options(kind) for value in options(kind)[part]]


def polygons(view: View) -> list[np.ndarray]:
    return [path.sampled(24) for path in view.silhouette]


def stray(points: np.ndarray, outlines: list[np.ndarray]) -> float:
    """How far, in cm, the points reach beyond the union of the outlines."""
    out = points[~np.any([inside(points, outline) for outline in outlines], axis=0)]
    if not len(out):
        return 0.0
    edge = np.concatenate(outlines)
    after = np.concatenate([np.roll(outline, -1, axis=0) for outline in outlines])
    along = after - edge
    share = np.einsum("ijk,jk->ij", out[:, None] - edge[None], along) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = edge[None] + np.clip(share, 0, 1)[..., None] * along[None]
    return float(np.hypot(*(out[:, None] - nearest).transpose(2, 0, 1)).min(axis=1).max())


def checked(drawn: Flat) -> None:
    """What holds for each flat: valid SVG, named layers in order, closed regions inside the silhouette."""
    for view in (drawn.front, drawn.back):
        outlines = polygons(view)
        ids = [shape.id for shape in view.shapes]
        assert len(ids) == len(set(ids))
        for shape in view.shapes:
            points = shape.path.sampled(8)
            assert np.all(np.isfinite(points)), shape.id
            assert stray(points, outlines) < TOLERANCE, shape.id
            if shape.role == "piece":
                assert shape.path.closed and shape.path.area() > 0.05, shape.id
    read(svg(drawn))


def read(text: str) -> ElementTree.Element:
    """The SVG's root, after a look at what must not be in it."""
    root = ElementTree.fromstring(text)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "defs", "clipPath", "path", "g", "pattern", "image", "use"}
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            if name.endswith("href"):
                assert value.startswith(("#", "data:image/png;base64,"))
            for target in re.findall(r"url\((.*?)\)", value):
                assert target.removeprefix("#") in ids
        if element.get("d"):
            assert re.fullmatch(r"[MLCZ0-9 .-]+", element.get("d", ""))
    for view in ("front", "back"):
        group = next(element for element in root if element.get("id") == view)
        layers = [child.get("id", "").removeprefix(f"{view}-layer-") for child in group if child.tag == SVG + "g"]
        assert layers[0] == "silhouette" and "body" in layers
        places = [LAYERS.index(layer) for layer in layers[1:]]
        assert all(a < b for a, b in pairwise(places))
        assert all(child.find(SVG + "title") is not None for child in group if child.tag == SVG + "g")
    return root


@pytest.mark.parametrize("garment", each_option(), ids=str)
def test_each_option_draws(garment):
    checked(flat(garment))


@given(garments())
@settings(max_examples=150, deadline=None)
def test_any_combination_in_any_size_draws(garment):
    checked(flat(garment))


@given(garments())
@settings(max_examples=60, deadline=None)
def test_the_silhouette_mirrors_itself(garment):
    drawn = flat(garment)
    if not drawn.symmetric:
        return
    for view in (drawn.front, drawn.back):
        pieces = [shape for shape in view.shapes if shape.outline and shape.layer in ("body", "sleeves")]
        outlines = [shape.path.sampled(16) for shape in pieces]
        assert pieces
        for outline in outlines:
            assert stray(outline * (-1, 1), outlines) < 0.05


def extent(view: View) -> tuple[float, float]:
    left, top, right, bottom = view.bounds()
    return right - left, bottom - top


@pytest.mark.parametrize("kind", [kind for kind in WORN if "length" in options(kind)])
def test_a_longer_length_is_longer(kind):
    order = ["mid_thigh", "knee", "cropped", "ankle", "full_length"]
    if kind not in ("trousers", "jeans", "jumpsuit"):
        size = measures(38)
        order = sorted(options(kind)["length"], key=lambda value: hem_height(Garment(kind, length=value), size))
    tall = [extent(flat(Garment(kind, length=value)).back)[1] for value in order]
    assert all(longer > shorter + 2 for shorter, longer in pairwise(tall))


def test_the_lengths_lie_where_their_names_say():
    m = measures(38)
    assert m.waist_height < hem_height(Garment("shirt", length="cropped"), m) < m.hip_height
    assert m.crotch < hem_height(Garment("dress", length="mini"), m) < m.knee
    assert hem_height(Garment("dress", length="knee"), m) == m.knee
    assert m.knee < hem_height(Garment("dress", length="midi"), m) < m.ankle
    assert hem_height(Garment("dress", length="maxi"), m) < m.floor


@given(garments([*WORN, "shoe"]))
@settings(max_examples=60, deadline=None)
def test_a_larger_size_is_wider(garment):
    parts = {part: getattr(garment, part) for part in options(garment.kind)}
    small, large = (flat(Garment(garment.kind, size=size, **parts)) for size in (36, 46))
    for a, b in ((small.front, large.front), (small.back, large.back)):
        assert extent(b)[0] > extent(a)[0]


def test_sizes_grow_in_every_girth():
    chart = [measures(size) for size in SIZES]
    assert [m.size for m in chart] == list(range(34, 55, 2))
    for small, large in pairwise(chart):
        assert large.bust > small.bust and large.waist > small.waist and large.hip > small.hip
        assert large.waist < large.bust and large.waist < large.hip


def test_wider_silhouettes_are_wider():
    def hem(silhouette: str) -> float:
        view = flat(Garment("dress", silhouette=silhouette, length="midi")).back
        return extent(view)[0]

    assert hem("fitted") < hem("straight") < hem("a_line") < hem("fit_and_flare")


@pytest.mark.parametrize(
    ("garment", "shape"),
    [
        (Garment("shirt", pockets="chest_pocket"), "front-chest-pocket-left"),
        (Garment("coat", closure="zip"), "front-zip-tape"),
        (Garment("dress", closure="back_zip"), "back-zip"),
        (Garment("dress", belt="buckle"), "front-buckle"),
        (Garment("jeans"), "back-yoke-left"),
        (Garment("trousers", pleats="double"), "front-front-pleat-left-2"),
        (Garment("knit", collar="roll_neck"), "front-collar"),
        (Garment("skirt", pleats="knife"), "front-pleat-right-6"),
        (Garment("bag", handle="chain"), "front-link-left"),
        (Garment("shoe", silhouette="trainer", closure="lace_up"), "front-lace"),
    ],
    ids=str,
)
def test_an_option_shows_in_the_drawing(garment, shape):
    drawn = flat(garment)
    assert shape in {found.id for found in (*drawn.front.shapes, *drawn.back.shapes)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_every_option_changes_the_drawing_or_is_settled(kind):
    usual = options(kind)
    for part, values in usual.items():
        others = {"neckline": {"sleeve": "sleeveless"}} if part == "neckline" and "sleeve" in usual else {}
        if part == "closure" and kind == "shoe":
            others = {"closure": {"silhouette": "ankle_boot"}}
        drawn = {value: flat(Garment(kind, **{**others.get(part, {}), part: value})) for value in values}
        pictures = {value: svg(found) for value, found in drawn.items() if getattr(found.garment, part) == value}
        assert len(set(pictures.values())) == len(pictures), part


def test_topstitching_is_dashed_and_goes_away():
    with_stitches, without = (svg(flat(Garment("jeans", stitching=value))) for value in ("double", "none"))
    assert with_stitches.count("stroke-dasharray") > without.count("stroke-dasharray") + 20


def test_women_button_right_over_left():
    front = flat(Garment("coat", closure="double_breasted")).front
    edge = next(shape for shape in front.shapes if shape.id == "front-front-edge")
    assert edge.path.bounds()[0] > 0  # the upper front's edge lies on the wearer's left


def test_options_that_exclude_each_other_are_settled_and_said():
    assert flat(Garment("dress", neckline="strapless", sleeve="long_sleeves")).garment.sleeve == "sleeveless"
    assert flat(Garment("dress", neckline="v_neck", collar="shirt_collar")).garment.neckline == "crew_neck"
    assert flat(Garment("dress", closure="wrap", belt="tie_belt")).garment.belt == "none"


def test_settling_twice_changes_nothing():
    for kind in ("shirt", "skirt", "bag", "shoe"):
        for garment in combinations(kind):
            assert garment.settled().settled() == garment.settled()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"kind": "cape"}, "dress"),
        ({"kind": "dress", "neckline": "deep"}, "v_neck"),
        ({"kind": "bag", "sleeve": "long_sleeves"}, "none"),
        ({"kind": "dress", "size": 39}, "34 to 54"),
        ({"kind": "dress", "size": 56}, "34 to 54"),
    ],
)
def test_what_cannot_be_had_names_what_can(values, named):
    with pytest.raises(InputError, match=named):
        Garment(**values)


def tile(colour: tuple[int, int, int]) -> Tile:
    return Tile(np.full((16, 16, 3), colour, dtype=np.uint8), width_cm=2.0)


def test_a_fill_reaches_its_region_alone():
    drawn = flat(Garment("shirt"))
    root = read(svg(drawn, {"fabric": "#336699", "collar": "#ff0000", "front-sleeve-left": "#00ff00"}))
    fills = {element.get("id"): element.get("fill") for element in root.iter(SVG + "path")}
    assert fills["front-body"] == fills["front-sleeve-right"] == fills["back-body"] == "#336699"
    assert fills["front-collar-left"] == fills["front-collar-right"] == fills["back-collar"] == "#ff0000"
    assert fills["front-sleeve-left"] == "#00ff00"


def test_a_fabric_is_embedded_once_and_turned_along_the_sleeve():
    drawn = flat(Garment("shirt"))
    text = svg(drawn, {"fabric": tile((30, 90, 160))})
    root = read(text)
    assert len(list(root.iter(SVG + "image"))) == 1
    patterns = {element.get("id"): element.get("patternTransform") for element in root.iter(SVG + "pattern")}
    fills = {element.get("id"): element.get("fill", "") for element in root.iter(SVG + "path")}
    assert patterns[fills["front-body"][5:-1]] == "rotate(0.0)"
    left, right = (patterns[fills[f"front-sleeve-{side}"][5:-1]] or "" for side in ("left", "right"))
    assert left.replace("-", "") == right.replace("-", "") != "rotate(0.0)"


def test_the_picture_shows_the_fabric_inside_and_paper_outside():
    import io

    from PIL import Image

    text = svg(flat(Garment("t_shirt")), {"fabric": tile((30, 90, 160))}, views=("back",))
    picture = np.asarray(Image.open(io.BytesIO(png(text, 200))).convert("RGB"))
    middle = picture[picture.shape[0] // 2, 100]
    assert np.abs(middle.astype(int) - (30, 90, 160)).max() < 3
    assert picture[2, 2].tolist() == [255, 255, 255]


def test_seams_can_be_read_on_black_and_on_white():
    for colour in ("#000000", "#ffffff"):
        root = read(svg(flat(Garment("shirt")), {"fabric": colour}))
        yoke = next(element for element in root.iter(SVG + "path") if element.get("id") == "back-yoke-left")
        stroke = yoke.get("stroke", "")
        assert abs(int(stroke[1:3], 16) - int(colour[1:3], 16)) > 90


@pytest.mark.parametrize("colour", ["red", "#12345", "url(http://example.org/a)", '#fff"/><script>', "#1234567"])
def test_a_fill_that_is_no_colour_is_refused(colour):
    with pytest.raises(InputError, match="is no colour"):
        svg(flat(Garment("skirt")), {"fabric": colour})


def test_ids_are_english_and_titles_are_the_readers():
    drawn = flat(Garment("coat"))
    english = svg(drawn)
    with use_language("fr"):
        french = svg(drawn)
    assert re.findall(r' id="(.*?)"', english) == re.findall(r' id="(.*?)"', french)
    assert "<title>Front</title>" in english and "<title>Devant</title>" in french
    assert "<title>Manche, côté gauche</title>" in french
    titles = [re.findall("<title>(.*?)</title>", text) for text in (english, french)]
    assert len(titles[0]) == len(titles[1])
    assert not {text for text, other in zip(*titles, strict=True) if text == other}


def test_one_view_alone():
    root = ElementTree.fromstring(svg(flat(Garment("dress")), views=("back",)))
    assert [element.get("id") for element in root if element.tag == SVG + "g"] == ["back"]


def test_landmarks_lie_on_the_body():
    front = flat(Garment("dress", sleeve="long_sleeves", length="midi")).front
    m = measures(38)
    assert {"neck", "shoulder", "underarm", "waist", "hem", "wrist"} <= set(front.landmarks)
    assert front.landmarks["waist"][1] == m.waist_height
    assert abs(front.landmarks["shoulder"][0] - m.shoulder) < 0.01


def test_a_picture_averages_a_fine_fabric_to_its_own_resolution():
    import io

    from PIL import Image

    weave = np.indices((256, 256)).sum(axis=0) % 2 * 255  # threads far finer than the picture's pixels
    cloth = Tile(np.repeat(weave[..., None], 3, axis=2).astype(np.uint8), width_cm=4.0)
    shown = picture(flat(Garment("t_shirt")), {"fabric": cloth}, 300, views=("back",))
    pixels = np.asarray(Image.open(io.BytesIO(shown)).convert("L")).astype(int)
    height, width = pixels.shape
    middle = pixels[height // 2 : height // 2 + 40, width // 2 - 20 : width // 2 + 20]
    assert np.abs(middle - 127).max() < 12


@pytest.mark.parametrize("kind", ["dress", "skirt"])
def test_a_slanted_hem_is_longer_on_the_wearers_right_in_both_views(kind):
    even, slanted = flat(Garment(kind, length="midi")), flat(Garment(kind, length="midi", hem="asymmetric_hem"))
    assert even.symmetric and not slanted.symmetric
    for view, right in ((slanted.front, -1), (slanted.back, 1)):
        points = np.concatenate([path.sampled() for path in view.silhouette])
        far = 0.7 * points[:, 0].max()
        low = {side: points[points[:, 0] * side > far][:, 1].max() for side in (1, -1)}
        assert low[right] > low[-right] + 8
    top = min(path.bounds()[1] for path in even.front.silhouette)
    assert min(path.bounds()[1] for path in slanted.front.silhouette) == pytest.approx(top)


def test_thin_straps_hold_a_bodice_that_is_cut_straight():
    drawn = flat(Garment("dress", sleeve="thin_straps", neckline="v_neck", collar="shirt_collar"))
    assert (drawn.garment.neckline, drawn.garment.collar) == ("strapless", "collarless")
    for view in (drawn.front, drawn.back):
        straps = [shape for shape in view.regions if "-strap-" in shape.id and shape.layer == "details"]
        bodice = next(shape for shape in view.regions if shape.layer == "body")
        assert len(straps) == 2
        assert all(strap.path.bounds()[1] < bodice.path.bounds()[1] < strap.path.bounds()[3] for strap in straps)
