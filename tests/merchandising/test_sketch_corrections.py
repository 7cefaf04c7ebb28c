"""A sketch set right by hand: turned, named, parts left without cloth; and no grid without a sketch that is wanted."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.errors import InputError, NotFound
from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.correcting import AS_READ, Correction, named_with, parted, told_in_one
from lib.merchandising.sketch_to_design.joining import Fields, join
from lib.merchandising.sketch_to_design.words import read_words
from lib.settings import ROOT

PAGE = "pages/merchandising/sketch_to_design.py"
DRESS = (sketched.SAMPLES / "dress.jpg").read_bytes()


def opened(language: str = "en", like: AppTest | None = None) -> AppTest:
    """The page as a new visitor sees it, or as the same person does after a refresh."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    if like is not None:
        for name in ("person", "token"):
            app.session_state[name] = like.session_state[name]
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def keyed(widgets, part: str):
    return next(one for one in widgets if part in str(one.key))


def with_sample(app: AppTest) -> AppTest:
    """The demo house's first sketch, the dress, chosen."""
    keyed(app.get("button_group"), "_sketch_from").set_value("photo").run()
    assert not app.exception, app.exception
    return app


def jobs() -> list[dict]:
    with connect() as database:
        return [json.loads(row["arguments"]) for row in database.query("select arguments from jobs order by rowid")]


def photo(turn: int = 0, orientation: int = 1) -> bytes:
    """The dress as a file, turned, with what a phone says of how it was held."""
    with Image.open(io.BytesIO(DRESS)) as picture:
        turned = picture.rotate(-turn, expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    turned.save(file, "JPEG", quality=90, exif=exif)
    return file.getvalue()


def test_a_name_holds_its_correction_and_gives_it_back():
    made = Correction(turn=270, kind="coat", back="left", neckline="v_neck", left_out=((0.25, 0.5), (0.1, 0.9)))
    assert parted(named_with("sample:coat.jpg", made)) == ("sample:coat.jpg", made)
    assert named_with("0" * 32, AS_READ) == "0" * 32
    assert "270" in told_in_one(made)
    for name in ("a#turn=45", "a#kind=boat", "a#left_out=1", "a#turn=x"):
        with pytest.raises(NotFound):
            parted(name)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_photo_turned_back_is_read_as_the_upright_one(degrees):
    upright = sketched.as_read(photo())
    back = sketched.as_read(photo(360 - degrees), degrees)
    assert sketched.kind_of(back) == sketched.kind_of(upright) == "dress"
    small = (upright.regions.shape[1], upright.regions.shape[0])
    both = [np.asarray(Image.fromarray(one.regions > 0).resize(small)) for one in (upright, back)]
    assert (both[0] & both[1]).sum() / (both[0] | both[1]).sum() > 0.95


def test_a_phones_own_word_on_how_it_was_held_is_followed():
    # 6: the row 0 is the visual right side, so the file holds the picture turned by 270 degrees clockwise.
    told = sketched.as_read(photo(270, orientation=6))
    assert sketched.kind_of(told) == "dress"
    assert told.shape[0] > told.shape[1]


def test_parts_left_out_are_ground_and_their_lines_stay():
    from lib.vision.sketches.correcting import labels_at, places

    read = sketched.as_read(DRESS)
    sleeve = read.named("sleeve")[0]
    out = places(read, [sleeve.label])
    assert labels_at(read, out) == (sleeve.label,)
    right = sketched.open_sketch(sketched.SketchFile(DRESS, Correction(left_out=out)))
    assert len(right.parts) == len(read.parts) - 1
    assert not right.regions[read.regions == sleeve.label].any()
    assert (right.lines == read.lines).all()
    everything = places(read, [part.label for part in read.parts])
    with pytest.raises(InputError, match="Keep at least one"):
        sketched.open_sketch(sketched.SketchFile(DRESS, Correction(left_out=everything)))


def test_what_is_told_wins_over_what_was_read():
    said = Correction(kind="jumpsuit", neckline="v_neck", closure="back_zip")
    right = sketched.open_sketch(sketched.SketchFile(DRESS, said))
    assert sketched.kind_of(right) == "jumpsuit"
    assert sketched.cut_read(right) == {"neckline": "v_neck", "closure": "back_zip"}
    brief = join(None, None, "x", Fields(said.kind, said.options), "jumpsuit", sketched.cut_read(right))
    by = {one.attribute: (one.value, one.by) for one in brief.decided}
    assert by["kind"] == ("jumpsuit", "form")
    assert by["neckline"] == ("v_neck", "form")


def test_which_of_two_drawings_is_the_back_can_be_told():
    shirt = (sketched.SAMPLES / "shirt.jpg").read_bytes()
    views = {}
    for back in ("", "left", "right", "neither"):
        read = sketched.open_sketch(sketched.SketchFile(shirt, Correction(back=back)))
        views[back] = [drawn.view for drawn in read.garments]
    assert views == {
        "": ["front", "back"],
        "right": ["front", "back"],
        "left": ["back", "front"],
        "neither": ["front", "front"],
    }


def test_what_a_sketch_shows_is_told_as_the_sketchs_and_words_against_it_are_overruled():
    wish = read_words("robe en lin, encolure en V").pieces[0]
    brief = join(wish, None, "sample:dress.jpg", None, "dress", {"neckline": "square_neck"})
    assert ("neckline", "square_neck", "sketch") in [(one.attribute, one.value, one.by) for one in brief.decided]
    assert [(one.attribute, one.value) for one in brief.overruled] == [("neckline", "v_neck")]
    plain = join(wish, None, "sample:dress.jpg", None, "dress")
    assert [(one.attribute, one.value) for one in plain.overruled] == [("neckline", "v_neck")]


def test_no_grid_begins_while_a_sketch_is_wanted_and_none_is_there():
    app = with_sample(opened())
    keyed(app.radio, "_origin").set_value("own")
    app.button(key="run").click().run()  # both reach the page at once
    assert not app.exception
    assert jobs() == []
    assert app.button(key="run").disabled
    assert any("Waiting for the sketch" in one.value for one in app.caption)


def test_a_click_that_falls_into_the_taking_up_of_a_sketch_begins_with_that_sketch():
    app = with_sample(opened())
    keyed(app.radio, "_origin").set_value("own").run()
    app.file_uploader[0].set_value(("mine.jpg", DRESS, "image/jpeg")).run()
    app.file_uploader[0].set_value(("coat.jpg", (sketched.SAMPLES / "coat.jpg").read_bytes(), "image/jpeg"))
    app.button(key="run").click().run()
    assert not app.exception
    (arguments,) = jobs()
    with connect() as database:
        (row,) = database.query("select name from artefacts where id = ?", [arguments["request"]["brief"]["sketch"]])
    assert row["name"] == "coat.jpg"


def test_a_sketch_is_turned_and_set_right_on_the_page_and_a_refresh_keeps_it():
    app = with_sample(opened())
    keyed(app.button, "right_turn_90").click().run()
    keyed(app.button, "right_turn_270").click().run()
    keyed(app.selectbox, "right_kind").set_value("jumpsuit").run()
    keyed(app.selectbox, "right_closure").set_value("back_zip").run()
    keyed(app.multiselect, "right_left_out").set_value([2]).run()
    assert not app.exception
    for language in ("fr", "en"):
        app = opened(language, app)
        assert keyed(app.selectbox, "right_kind").value == "jumpsuit"
        assert keyed(app.multiselect, "right_left_out").value == [2]
    app.button(key="run").click().run()
    (arguments,) = jobs()
    brief = arguments["request"]["brief"]
    own, said = parted(brief["sketch"])
    assert (own, said.kind, said.closure, len(said.left_out)) == ("sample:dress.jpg", "jumpsuit", "back_zip", 1)
    assert ("kind", "jumpsuit", "form") in [(one["attribute"], one["value"], one["by"]) for one in brief["decided"]]
    keyed(app.button, "right_back_to_read").click().run()
    assert not app.exception
    assert keyed(app.selectbox, "right_kind").value == ""


def test_a_turned_sketch_is_said_and_drawn_as_it_stands():
    app = with_sample(opened("fr"))
    keyed(app.button, "right_turn_90").click().run()
    keyed(app.button, "right_turn_90").click().run()
    assert not app.exception
    assert any("180" in one.value for one in app.caption)
    app.button(key="run").click().run()
    assert parted(jobs()[0]["request"]["brief"]["sketch"])[1] == Correction(turn=180)
