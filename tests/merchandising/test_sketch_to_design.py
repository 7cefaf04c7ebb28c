"""The page: a brief read and recorded, a grid drawn by the worker, locked, varied, opened and taken away."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pypdf
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lib.batch.work import do_work_here
from lib.database import artefacts, connect
from lib.errors import InputError, NotFound
from lib.i18n import use_language
from lib.merchandising.sketch_to_design import detail, drawing, sketched
from lib.merchandising.sketch_to_design.callouts import callouts, drawn_with
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.grid import grid
from lib.merchandising.sketch_to_design.joining import join
from lib.merchandising.sketch_to_design.materials import materials
from lib.merchandising.sketch_to_design.measuring import FROM_SHOULDER, FROM_TOP, NECK, SHOULDER, measured
from lib.merchandising.sketch_to_design.pieces import SOLIDS
from lib.merchandising.sketch_to_design.proof import proof
from lib.merchandising.sketch_to_design.sheet import tech_sheet
from lib.merchandising.sketch_to_design.sketch_measuring import own_measures
from lib.merchandising.sketch_to_design.sketch_pictures import redrawn_side, sketch_picture
from lib.merchandising.sketch_to_design.solid import (
    DIMENSIONS,
    PRICES,
    SolidDesign,
    build,
    dimensions,
    from_wish,
    price_table,
    variants,
)
from lib.merchandising.sketch_to_design.wish import PieceWish
from lib.merchandising.sketch_to_design.words import read_words
from lib.settings import ROOT
from lib.shell.sketch_to_design import solids
from tests.app_pages import opener, rows

BARE = {"neckline": "strapless", "sleeve": "none"}
PAGE = "pages/merchandising/sketch_to_design.py"
opened = opener(PAGE)
SMALL = (96, 120)


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn is the same at any size; tests draw it small."""
    monkeypatch.setattr(drawing, "SIZE", SMALL)
    monkeypatch.setattr(detail, "TAKEN", SMALL)
    original = drawing.picture
    monkeypatch.setattr(drawing, "picture", lambda design, side="front", size=SMALL: original(design, side, size))
    still = solids._still
    monkeypatch.setattr(solids, "_still", lambda said, side: still(said, 48))


def asked(app: AppTest, text: str = "", count: int = 4) -> AppTest:
    """A grid asked for, and drawn as the worker would."""
    if text:
        app.text_area[0].set_value(text).run()
    next(box for box in app.number_input if box.key.endswith("_count")).set_value(count).run()
    app.button(key="run").click().run()
    assert not app.exception, app.exception
    job = rows("select id from jobs order by rowid desc limit 1")[0]["id"]
    do_work_here(job)
    app.run()
    assert not app.exception, app.exception
    return app


def grids() -> list[dict]:
    return rows("select * from runs where method = 'sketch_to_design.grid' and status = 'done' order by rowid")


def button(app: AppTest, start: str, at: int = 0):
    return [one for one in app.button if str(one.key).startswith(start)][at]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_brief_is_read_as_a_run_and_its_grid_is_a_run_with_its_pictures(language):
    app = asked(opened(language))
    read = rows("select * from runs where task = 'read_design_words'")[0]
    assert json.loads(read["output"])["pieces"][0]["fabric"] == "linen"
    (run,) = grids()
    output = json.loads(run["output"])
    assert (len(output["designs"]), output["engine"]) == (4, "atelier")
    files = {row["name"]: row for row in rows("select * from artefacts")}
    assert {f"variant-{number:02}.webp" for number in range(1, 5)} | {"plate.webp"} <= set(files)
    assert len([one for one in app.button if str(one.key).startswith("lock_")]) == 4
    assert not app.error


def test_a_refresh_finds_the_grid_and_what_was_locked(monkeypatch):
    app = asked(opened())
    button(app, "lock_", 1).click().run()
    app.run()
    state = json.loads(rows("select state from page_states where page = 'sketch_to_design'")[0]["state"])
    assert [row["number"] for row in state["locked"]] == [2]
    assert state["grid"] == grids()[0]["id"]
    again = asked(app)
    first = json.loads(grids()[-1]["output"])["designs"][0]
    assert first == state["locked"][0]["design"]
    button(again, "unlock_").click().run()
    state = json.loads(rows("select state from page_states where page = 'sketch_to_design'")[0]["state"])
    assert state["locked"] == []


def test_a_variant_is_varied_into_a_grid_that_stands_near_to_it():
    app = asked(opened())
    second = json.loads(grids()[0]["output"])["designs"][1]
    button(app, "vary_", 1).click().run()
    do_work_here(rows("select id from jobs order by rowid desc limit 1")[0]["id"])
    app.run()
    designs = json.loads(grids()[-1]["output"])["designs"]
    assert (designs[0], len(designs)) == (second, 4)
    assert not app.exception


def test_two_variants_are_compared_side_by_side():
    app = asked(opened())
    next(one for one in app.get("button_group") if str(one.key).startswith("compare_")).set_value([1, 3]).run()
    assert not app.exception
    assert any("toile-facts" in block.value and "Variant" in block.value for block in app.get("html"))


def test_what_was_not_understood_is_said_before_anything_is_drawn():
    app = opened()
    app.text_area[0].set_value("robe brimborion à capuche").run()
    said = " ".join(block.value for block in app.get("html"))
    assert "brimborion" in said
    assert "capuche" in said


def test_a_grid_that_somebody_stopped_leaves_the_page_as_it_was():
    app = opened()
    app.button(key="run").click().run()
    job = rows("select id from jobs")[0]["id"]
    button(app, f"stop_{job}").click().run()
    app.run()
    assert not app.exception
    assert not grids()


def test_a_design_in_full_is_a_run_of_its_own_and_a_stop_keeps_nothing(actor):
    design = grid(join(read_words("a navy coat").pieces[0]), 4)[0]
    steps = detail.Steps(lambda share, message: None, lambda: False)
    run = detail.draw_detail(actor, design, parent_of(actor), steps, str)
    with connect() as database:
        names = {row["name"] for row in artefacts.of_run(database, actor, run)}
    assert names == {detail.FRONT, detail.BACK, detail.SEEN}
    with pytest.raises(Exception, match="Stopped"):
        detail.draw_detail(actor, design, parent_of(actor), detail.Steps(lambda a, b: None, lambda: True), str)
    assert rows("select status from runs order by rowid desc limit 1")[0]["status"] == "cancelled"


def parent_of(actor) -> str:
    from lib.tasks.recorded import recorded

    with recorded(
        actor, use_case="sketch_to_design", kind="rendering", method="m", method_version="1", inputs={}
    ) as run:
        run.output = {"designs": []}
    return run.id


def test_everything_that_is_locked_goes_into_one_zip_with_provenance(actor):
    from lib.shell.sketch_to_design.opened import _pack
    from lib.shell.work import Work

    design = grid(join(read_words("a linen dress").pieces[0]), 4)[0]
    artefact = _pack(Work(), actor, [(design, parent_of(actor), 0.0)], "Maison Solène")
    with connect() as database:
        content = artefacts.load(database, actor, artefact)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = {name.rpartition("/")[2] for name in packed.namelist()}
        assert names == {"front.png", "back.png", "design.svg", "tech_sheet.pdf", "design.json"}
        files = {name.rpartition("/")[2]: packed.read(name) for name in packed.namelist()}
    for name in ("front.png", "design.svg", "tech_sheet.pdf"):
        assert b"digitalsourcetype/algorithmicMedia" in files[name]
    assert Design.model_validate_json(files["design.json"]) == design


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "text", ["robe boutonnée midi en lin vert sauge à ceinture, manches courtes", "sac cabas cuir"]
)
def test_a_tech_sheet_holds_views_callouts_materials_colours_and_measurements(text, language):
    design = grid(join(read_words(text).pieces[0]), 4)[0]
    front = drawing.encoded(drawing.picture(design), "PNG")
    with use_language(language):
        content = tech_sheet(design, front, front, ("linen",), "Maison Solène", "run-1")
    reader = pypdf.PdfReader(io.BytesIO(content))
    said = "\n".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) >= 3
    assert sum(len(page.images) for page in reader.pages) >= 4
    assert design.colours[0] in said
    assert design.id.upper() in said
    assert "run-1" in said
    assert "±" in said
    wanted = ("Fournitures", "Mesures", "Coloris", "Devant") if language == "fr" else ("Materials", "Measure", "Front")
    assert all(word in said for word in wanted)


@pytest.mark.parametrize(("name", "cloth", "said"), [("coat", "tweed", "6"), ("shirt", "linen", "2")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sketchs_sheet_tells_its_own_parts_buttons_and_proportions(name, cloth, said, language):
    read = sketched.open_sketch((sketched.SAMPLES / f"{name}.jpg").read_bytes())
    design = Design(kind=name, cloth=cloth, colours=("#9CAF88",), sketch=f"sample:{name}.jpg")
    front = drawing.encoded(sketch_picture(read, design, drawing.PAPER, SMALL), "PNG")
    with use_language(language):
        assumed, given = (
            pypdf.PdfReader(io.BytesIO(tech_sheet(design, front, None, (), "Maison Solène", "run-1", read, length)))
            for length in (0.0, 72.0)
        )
    texts = [" ".join(" ".join(page.extract_text() for page in one.pages).split()) for one in (assumed, given)]
    assert len(assumed.pages) == 2
    pieces = f"{said} pièces" if language == "fr" else f"{said} pieces"
    assert pieces in texts[0]
    assert ("hypothèse" if language == "fr" else "assumption") in texts[0]
    assert ("72,0 cm" if language == "fr" else "72.0 cm") in texts[1].replace("\u00a0", " ")
    assert "Notes" not in texts[0]


@pytest.mark.parametrize("name", ["dress", "coat", "shirt", "trousers", "bag"])
def test_a_sketchs_measures_follow_the_length_that_is_given(name):
    read = sketched.open_sketch((sketched.SAMPLES / f"{name}.jpg").read_bytes())
    small, large = own_measures(read, 50.0), own_measures(read, 100.0)
    assert not own_measures(read).scaled and small.scaled
    assert len(small.points) >= 3
    for (one, value, _off), (other, twice, _more) in zip(small.points, large.points, strict=True):
        assert one == other
        assert twice == pytest.approx(2 * value, abs=0.15)
        assert 0 < value <= 130


def test_a_strapless_dress_has_no_measure_at_the_shoulder():
    lines = measured(Design(kind="dress", cloth="satin", colours=("#1D2951",), options=BARE).garment)
    assert not {line.name for line in lines} & {SHOULDER, NECK, FROM_SHOULDER}
    assert FROM_TOP in {line.name for line in lines}


def test_the_verdicts_shown_are_those_recorded_with_the_run():
    app = asked(opened(), "robe en lin brimborion")
    run = grids()[-1]["id"]
    found = rows(f"select * from check_results where run_id = '{run}'")
    assert {row["check_name"] for row in found} >= {"asked_is_drawn", "all_was_read", "variants_differ"}
    with connect() as database:
        database.execute(
            "update check_results set findings = ? where run_id = ? and check_name = 'all_was_read'",
            [
                json.dumps(
                    [
                        {
                            "field": "text",
                            "verdict": "warn",
                            "message": "“{words}” was not understood.",
                            "values": {"words": "zinzolin"},
                        }
                    ]
                ),
                run,
            ],
        )
        database.conn.commit()
    app.run()
    assert any("zinzolin" in block.value for block in app.get("html"))


def test_callouts_point_at_parts_that_are_drawn():
    design = grid(join(read_words("a double-breasted coat with a tie belt and flap pockets").pieces[0]), 4)[0]
    found = callouts(design)
    assert {"collar", "closure", "belt", "pockets", "sleeve", "length"} <= {one.part for one in found}
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    with Image.open(io.BytesIO(drawn_with(design, "front", found, 400))) as shown:
        assert np.asarray(shown)[..., 0].min() < 60


def test_materials_count_the_buttons_that_are_drawn():
    design = grid(join(read_words("a double-breasted coat").pieces[0]), 4)[0]
    listed = {row.what: row for row in materials(design, ("wool",))}
    assert "wool" in listed["Main fabric"].detail
    assert int(listed["Buttons"].need.split()[0]) >= 6
    assert "Lining" in listed


@pytest.mark.parametrize("name", ["dress", "coat"])
def test_a_photographed_sketch_keeps_its_lines_and_takes_the_fabric(name, actor):
    content = sketched.content_of(f"sample:{name}.jpg", actor)
    read = sketched.open_sketch(content)
    assert sketched.kind_of(read) == name
    design = Design(kind=name, cloth="linen", colours=("#9CAF88",), sketch=f"sample:{name}.jpg")
    shown = sketch_picture(read, design, drawing.PAPER, (240, 300)).astype(int)
    green = (shown[..., 1] > shown[..., 2] + 12) & (shown[..., 1] > shown[..., 0])
    assert green.mean() > 0.15
    assert shown.shape == (300, 240, 3)
    assert sketched.parts_of(read)


def test_a_sketch_that_is_gone_and_a_path_out_of_the_folder_are_refused(actor, stranger):
    for name in ("sample:../design_sentences.jsonl", "sample:nothing.jpg", "0" * 32):
        with pytest.raises(NotFound):
            sketched.content_of(name, actor)
    with connect() as database:
        own = artefacts.store(database, actor, "s.png", b"x", "image/png")
    with pytest.raises(NotFound):
        sketched.content_of(own, stranger)


def test_a_black_page_is_no_sketch_and_says_why():
    out = io.BytesIO()
    Image.fromarray(np.zeros((600, 500, 3), np.uint8)).save(out, "PNG")
    with pytest.raises(InputError, match=r"dark|black|light"):
        sketched.open_sketch(out.getvalue())


@pytest.mark.parametrize("kind", sorted(SOLIDS))
def test_every_piece_in_three_dimensions_is_built_closed_weighed_and_priced(kind):
    design = from_wish(PieceWish(kind=kind))
    piece = build(design)
    assert piece.volume_mm3 > 0
    assert piece.weight_g > 0
    lines = piece.cost(price_table())
    assert all(line.amount > 0 for line in lines)
    assert {part.material.key for part in piece.parts} <= set(PRICES)
    others = variants(design)
    assert len(others) > 1
    assert others[0] == design
    weights = {round(build(one).weight_g, 3) for one in others[:4]}
    assert len(weights) > 1


@pytest.mark.parametrize("kind", sorted(DIMENSIONS))
def test_both_ends_of_every_slider_can_be_built(kind):
    start = from_wish(PieceWish(kind=kind))
    for one in dimensions(kind, start.options):
        for value in (one.low, one.high):
            design = SolidDesign(kind=kind, options=start.options, lengths={**start.lengths, one.name: value})
            try:
                assert build(design).volume_mm3 > 0
            except InputError as error:  # two lengths that don't go together are told with the range
                assert "{low}" in error.message or "can’t be made" in error.text() or error.text()


def test_words_set_a_piece_in_three_dimensions():
    ring = from_wish(read_words("bague solitaire en or rose avec un saphir").solids[0])
    assert (ring.options["metal"], ring.options["stone"], ring.options["setting"]) == (
        "gold_18k_rose",
        "sapphire",
        "solitaire",
    )


@pytest.mark.long
def test_the_proof_measures_words_and_regions_and_its_null_controls_win_nothing():
    made = proof(sketches=8, draws=100, shuffles=20)
    assert len(made.measures) >= 4
    assert not made.null_win
    assert {measure.better for measure in made.measures} <= {"higher", "lower"}


@pytest.mark.parametrize("wearer", ["own", "wheels"])
def test_a_design_is_worn_by_figures_of_different_bodies(wearer):
    from lib.merchandising.sketch_to_design.wearers import can_be_worn, worn

    design = grid(join(read_words("a fuchsia satin dress").pieces[0]), 4)[0]
    assert can_be_worn(design)
    shown = worn(design, wearer, (160, 240)).astype(int)
    fuchsia = (shown[..., 0] > shown[..., 1] + 60) & (shown[..., 2] > shown[..., 1] + 30)
    assert shown.shape == (240, 160, 3)
    assert 0.05 < fuchsia.mean() < 0.5
    assert not can_be_worn(design.model_copy(update={"kind": "bag"}))
    assert not can_be_worn(design.model_copy(update={"sketch": "x"}))


def test_an_image_model_is_asked_with_the_designs_words_and_its_lines():
    from lib.merchandising.sketch_to_design.prompting import request_of

    design = grid(join(read_words("robe midi en lin vert sauge, encolure carrée").pieces[0]), 4)[0]
    with use_language("fr"):
        request = request_of(design, {"control", "text_to_image"})
    assert request.operation == "control"
    assert request.control is not None and request.control.min() < 60 < 200 < request.control.mean()
    assert all(word in request.prompt for word in ("sage", "linen", "dress", "square neckline", "midi"))
    start = request_of(design, {"image_to_image", "text_to_image"})
    assert start.operation == "image_to_image" and start.image is not None
    assert request_of(design, {"text_to_image"}).operation == "text_to_image"


def test_the_atelier_fulfils_the_same_request():
    from lib.engines.images.atelier import Atelier
    from lib.engines.images.model import Watch
    from lib.merchandising.sketch_to_design.prompting import request_of

    design = grid(join(read_words("a navy coat").pieces[0]), 4)[0]
    drawn = Atelier().draw(request_of(design, Atelier.operations), Watch())
    assert drawn.pictures[0].shape == (960, 768, 3)


def test_a_front_and_a_back_on_one_page_each_fill_their_own_sheet():
    read = sketched.open_sketch((sketched.SAMPLES / "shirt.jpg").read_bytes())
    assert sketched.sides_of(read) == ("front", "back")
    front, back = (redrawn_side(read, (400, 500), side).regions > 0 for side in ("front", "back"))
    assert front.any(axis=0).mean() > 0.8 and back.any(axis=0).mean() > 0.8
    assert (front != back).any()
    alone = sketched.open_sketch((sketched.SAMPLES / "dress.jpg").read_bytes())
    assert sketched.sides_of(alone) == ("front",)


def in_3d(text: str = "", language: str = "en") -> AppTest:
    """The tab of pieces in three dimensions, with a sentence where there is one."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.run()
    app.session_state[f"kind_sketch_to_design_{language}"] = {"en": "In 3D", "fr": "En 3D"}[language]
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    if text:
        next(one for one in app.text_input if one.key.endswith("solid_text")).set_value(text).run()
        assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    shown = " ".join(str(one.value) for one in (*app.caption, *app.warning, *app.error))
    return shown.replace("\\", "")


def afresh(app: AppTest, tab: str) -> AppTest:
    """The same person, who comes back: what a session holds is gone, what was remembered is not."""
    again = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    for name in ("person", "token", "language"):
        again.session_state[name] = app.session_state[name]
    again.run()
    again.session_state[f"kind_sketch_to_design_{app.session_state['language']}"] = tab
    again.switch_page(PAGE).run()
    return again


def slider(app: AppTest, name: str) -> float:
    return next(one.value for one in app.slider if f"_{name}_" in str(one.key))


def test_a_size_in_words_sets_its_slider_and_an_absurd_one_is_refused_with_the_range():
    app = in_3d("oak table 2 m long")
    assert slider(app, "length") == 2000
    app = in_3d("gold ring, size 20000")
    assert "20,000" in said(app) and "44 to 70" in said(app)
    assert slider(app, "size") == 52


def test_a_piece_that_is_not_made_here_is_said_and_none_takes_its_place():
    app = in_3d("a gold tiara")
    assert "No piece that can be made here" in said(app) and "tiara" in said(app)
    assert not app.slider
    near = said(in_3d("an oak armchair"))
    assert "armchair" in near and "nearest" in near


def test_a_piece_without_a_stone_speaks_of_none_and_shows_all_its_variants():
    app = in_3d("silver hoop earrings")
    everything = " ".join(str(one.value) for one in (*app.markdown, *app.caption, *app.get("html")))
    assert "diamond" not in everything.lower()
    assert not [one for one in app.selectbox if "_stone_" in str(one.key)]
    assert "diamond" in said(in_3d("silver hoop earrings with diamonds"))
    hoop = from_wish(read_words("silver hoop earrings").solids[0])
    assert {tuple(one.options) for one in variants(hoop)} == {("shape", "metal")}


def test_what_is_set_by_hand_beside_a_sentence_is_found_again():
    app = in_3d("gold ring, size 54")
    next(one for one in app.slider if "_size_" in str(one.key)).set_value(60.0).run()
    assert slider(afresh(app, "In 3D"), "size") == 60


@pytest.mark.parametrize("tab", ["garments", "3d"])
def test_a_sample_follows_the_language_and_what_was_written_stays(tab):
    def sentence(app):
        found = app.text_area if tab == "garments" else app.text_input
        return next(one for one in found if one.key.endswith("_text"))

    app = opened("en") if tab == "garments" else in_3d(language="en")
    before = sentence(app).value
    app.session_state[f"kind_sketch_to_design_{'fr'}"] = "Vêtements" if tab == "garments" else "En 3D"
    app.session_state["language"] = "fr"
    app.query_params["lang"] = "fr"
    assert sentence(app.run()).value not in ("", before)
    sentence(app).set_value("a navy coat" if tab == "garments" else "an oak chair").run()
    app.session_state["language"] = "en"
    app.query_params["lang"] = "en"
    assert sentence(app.run()).value in ("a navy coat", "an oak chair")
    assert sentence(afresh(app, "Garments" if tab == "garments" else "In 3D")).value in ("a navy coat", "an oak chair")


@pytest.mark.parametrize("kind", sorted(SOLIDS))
def test_a_stone_is_offered_exactly_where_the_piece_has_one(kind):
    for name, values in SOLIDS[kind].items():
        for value in values if name in ("setting", "shape") else ():
            design = from_wish(PieceWish(kind=kind, **{name: value}))
            has = any(part.material.surface == "stone" for part in build(design).parts)
            assert ("stone" in design.options) == has


def test_a_print_in_asked_colours_has_those_and_no_others_first():
    """White poplin with blue stripes: a white ground, the blue, nothing else."""
    brief = join(read_words("white poplin shirt with blue stripes").pieces[0])
    first = grid(brief, 9)[0]
    assert [one.hex for one in first.shown] == list(brief.asked_colours)
    assert first.cloth == "plain_weave" and first.pattern == "stripe"
