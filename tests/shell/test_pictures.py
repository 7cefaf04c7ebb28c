"""Pictures on a page: the demo house's, one's own, kept or held in memory alone; and taken away with provenance."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lib.database import artefacts, connect
from lib.files.provenance import Provenance, SourceType
from lib.settings import settings
from lib.shell.exports import Export
from lib.shell.pictures import _made

PAGE = str(Path(__file__).with_name("pictures_page.py"))
BOARD, FACE = 0, 1


def opened(language: str = "en") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.session_state["language"] = language
    return page.run()


def again(page: AppTest) -> AppTest:
    """The same person in a new session: a refresh, a second tab or a restart of the server."""
    other = AppTest.from_file(PAGE, default_timeout=30)
    for name in ("person", "token", "language"):
        other.session_state[name] = page.session_state[name]
    return other.run()


def own(page: AppTest) -> AppTest:
    return page.radio[0].set_value("own").run()


def picture(colour: str, size: tuple[int, int] = (24, 16), **more: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", quality=95, **more)
    return file.getvalue()


def upload(page: AppTest, which: int, *files: tuple[str, bytes]) -> AppTest:
    given = [(name, content, "image/jpeg") for name, content in files]
    page.file_uploader[0 if which == BOARD else -1].set_value(given if which == BOARD else given[0])
    return page.run()


def result(page: AppTest, which: int) -> dict:
    assert not page.exception
    return json.loads(page.json[which].value)


def said(page: AppTest) -> str:
    return " ".join(element.value for kind in (page.caption, page.error, page.markdown) for element in kind)


def on_disk() -> bytes:
    return b"".join(path.read_bytes() for path in settings().artefacts.rglob("*") if path.is_file())


def test_the_demo_houses_pictures_are_there_at_once_and_can_be_chosen() -> None:
    page = opened()
    assert result(page, BOARD)["names"] == ["Sketch of a coat", "Sketch of a dress"]
    assert result(page, BOARD)["corners"] == [[255, 0, 0], [0, 0, 255]]
    page.multiselect[0].set_value([1]).run()
    assert result(page, BOARD)["names"] == ["Sketch of a dress"]


def test_pictures_of_ones_own_are_kept_and_found_again_after_a_restart() -> None:
    page = upload(own(opened()), BOARD, ("a.jpg", picture("green")), ("b.jpg", picture("navy")))
    first = result(page, BOARD)
    assert first["names"] == ["a.jpg", "b.jpg"] and first["kept"] == [True, True] and first["origin"] == "own"
    assert result(again(page), BOARD) == first


def test_only_the_pixels_are_kept() -> None:
    told = Image.Exif()
    told[0x010F] = "Sentinel Camera"
    page = upload(own(opened()), BOARD, ("a.jpg", picture("green", exif=told)))
    assert result(page, BOARD)["kept"] == [True]
    assert on_disk() and b"Sentinel" not in on_disk()


def test_what_is_not_to_be_kept_is_never_written_and_gone_with_the_session() -> None:
    before = on_disk()
    page = upload(opened(), FACE, ("me.jpg", picture("pink", (40, 50))))
    assert result(page, FACE)["names"] == ["me.jpg"] and result(page, FACE)["sizes"] == [[40, 50]]
    assert result(page, FACE)["kept"] == [False] and "memory alone" in said(page)
    page.run()
    assert result(page, FACE)["names"] == ["me.jpg"]  # another click on the page doesn't lose it
    assert on_disk() == before and result(again(page), FACE)["names"] == []
    with connect() as database:
        assert not list(database.query("select 1 from artefacts where name = 'me.jpg'"))


def test_a_new_picture_takes_the_place_of_the_one_that_was_there() -> None:
    page = upload(opened(), FACE, ("one.jpg", picture("pink")))
    page = upload(page, FACE, ("two.jpg", picture("gray")))
    assert result(page, FACE)["names"] == ["two.jpg"]


def test_too_many_are_left_out_by_name_and_the_same_one_counts_once() -> None:
    files = [(f"{colour}.jpg", picture(colour)) for colour in ("green", "navy", "olive", "teal")]
    page = upload(own(opened()), BOARD, files[0], *files)
    assert result(page, BOARD)["names"] == ["green.jpg", "navy.jpg", "olive.jpg"]
    assert "teal" in said(page) and "at most 3" in said(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_that_is_no_picture_is_explained_and_nothing_is_lost(language: str) -> None:
    page = upload(own(opened(language)), BOARD, ("a.jpg", picture("green")))
    page = upload(page, BOARD, ("b.jpg", picture("navy")), ("words.jpg", b"only words"))
    assert result(page, BOARD)["names"] == ["a.jpg", "b.jpg"]
    assert "words" in said(page) and ("not a picture" if language == "en" else "pas une image") in said(page)


def test_one_bad_file_leaves_the_picture_that_was_there() -> None:
    page = upload(opened(), FACE, ("one.jpg", picture("pink")))
    page = upload(page, FACE, ("bad.jpg", picture("pink")[:300]))
    assert result(page, FACE)["names"] == ["one.jpg"] and page.error


def test_a_picture_can_be_taken_out_again() -> None:
    page = upload(own(opened()), BOARD, ("a.jpg", picture("green")), ("b.jpg", picture("navy")))
    page.button[0].click().run()
    assert result(page, BOARD)["names"] == ["b.jpg"] and result(again(page), BOARD)["names"] == ["b.jpg"]


def test_another_person_does_not_see_them() -> None:
    upload(own(opened()), BOARD, ("a.jpg", picture("green")))
    assert result(own(opened()), BOARD)["names"] == []


def test_a_kept_file_that_is_gone_from_the_disk_leaves_the_others() -> None:
    page = upload(own(opened()), BOARD, ("a.jpg", picture("green")), ("b.jpg", picture("navy")))
    with connect() as database:
        (row,) = database.query("select hash from artefacts where name = 'a.jpg' order by created_at desc limit 1")
    artefacts.path_of(row["hash"]).unlink()
    assert result(again(page), BOARD)["names"] == ["b.jpg"]


def test_what_is_taken_away_says_where_it_comes_from() -> None:
    origin = Provenance("atelier", "", "run7", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), SourceType.ALGORITHMIC)
    made = _made(Export("PNG", "a.jpg", lambda: picture("red"), "image/jpeg"), origin)
    assert b"algorithmicMedia" in made and b"run7" in made
    assert _made(Export("GLB", "a.glb", lambda: b"solid", "model/gltf-binary"), origin) == b"solid"


def test_choices_survive_the_switch_of_language() -> None:
    """A browser keeps a widget's options by its id: options said anew need a new one."""
    page = opened()
    page.multiselect[0].set_value([1]).run()
    before = (page.radio[0].id, page.multiselect[0].id)
    page.session_state["language"] = "fr"
    page.run()
    assert page.multiselect[0].value == [1] and result(page, BOARD)["names"] == ["Sketch of a dress"]
    assert page.radio[0].id != before[0] and page.multiselect[0].id != before[1]
    own(page)
    page.session_state["language"] = "en"
    page.run()
    assert page.radio[0].value == "own" and result(page, BOARD)["origin"] == "own"
    page.radio[0].set_value("sample").run()
    assert page.multiselect[0].value == [1]


def test_one_sample_of_several_stays_chosen_when_the_language_is_switched() -> None:
    page = AppTest.from_file(str(Path(__file__).with_name("one_picture_page.py")), default_timeout=30)
    page.session_state["language"] = "en"
    page.run()
    page.radio[1].set_value(1).run()
    page.session_state["language"] = "fr"
    page.run()
    assert not page.exception and page.radio[1].value == 1
    assert page.text[0].value == "Sketch of a dress"
