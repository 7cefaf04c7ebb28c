"""The page: a figure dressed at once, a photo after consent that is never written, minors refused, looks kept."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.files.pictures import read_picture, written
from lib.settings import ROOT, settings
from lib.shell.new_pictures import prepared
from lib.shell.pictures import PictureUploads
from lib.shell.virtual_try_on import wearer
from tests.commerce.virtual_try_on.rendered import group, photo

PAGE = "pages/commerce/virtual_try_on.py"


def opened(language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=240)
    app.query_params["lang"] = language
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def text_of(app: AppTest) -> str:
    kinds = ("html", "error", "warning", "info", "caption", "markdown")
    return " ".join(str(one.value) for kind in kinds for one in app.get(kind))


def with_photo(app: AppTest, age: int | None = 34) -> AppTest:
    next(one for one in app.button_group if "origin" in str(one.key)).set_value(wearer.PHOTO).run()
    app.checkbox(key="tryon_consent").check()
    if age is not None:
        app.number_input(key="tryon_age").set_value(age)
    return app.run()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What the uploader would hold in memory."""
    held: dict[str, Any] = {}

    def uploaded(*_args: object, **named: object) -> PictureUploads:
        assert named["keep"] is False
        if held.get("pixels") is None:
            return PictureUploads()
        return PictureUploads((prepared("photo.png", read_picture(written(held["pixels"]))),))

    monkeypatch.setattr(wearer, "upload_pictures", uploaded)
    yield held


def slices(content: bytes) -> list[bytes]:
    """Pieces of a file that would betray a copy, plain or in base64."""
    step = max(len(content) // 30, 1)
    plain = [content[at : at + 48] for at in range(0, len(content) - 48, step)]
    plain = [piece for piece in plain if len(set(piece)) > 12]
    return plain + [base64.b64encode(piece[:45])[:56] for piece in plain]


def everything_written() -> dict[Path, bytes]:
    folder = settings().database.parent
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("language", "said"), [("en", "A geometric preview"), ("fr", "Un aperçu géométrique")])
def test_a_figure_is_dressed_at_once_and_it_is_said_what_that_is(language: str, said: str) -> None:
    app = opened(language)
    assert said in text_of(app) and not app.error
    assert "run" in {button.key for button in app.button}


@pytest.mark.parametrize(("language", "said"), [("en", "under 18"), ("fr", "moins de 18 ans")])
def test_minors_are_refused_with_the_reason(language: str, said: str) -> None:
    app = with_photo(opened(language), age=17)
    assert any(said in box.value for box in app.error)
    assert "run" not in {button.key for button in app.button}


def test_without_consent_no_photo_is_taken(held: dict[str, Any]) -> None:
    held["pixels"] = photo()
    app = opened()
    next(one for one in app.button_group if "origin" in str(one.key)).set_value(wearer.PHOTO).run()
    assert "consent" in text_of(app) and "tryon_shelf" not in app.session_state
    app = with_photo(app)
    assert "tryon_shelf" in app.session_state
    app.checkbox(key="tryon_consent").uncheck().run()
    assert "tryon_shelf" not in app.session_state and "tryon_on_photo" not in app.session_state


def test_a_photo_is_nowhere_and_the_run_keeps_garments_and_consent_alone(held: dict[str, Any]) -> None:
    held["pixels"] = photo()
    app = with_photo(opened())
    assert not app.error and not app.exception
    app.button(key="run").click().run()
    drawn = app.session_state["tryon_on_photo"][1].picture
    betrayed = [*slices(written(held["pixels"])), *slices(drawn.tobytes()), *slices(held["pixels"].tobytes())]
    for path, content in everything_written().items():
        assert not any(piece in content for piece in betrayed), path
    with connect() as database:
        rows = list(database.query("select inputs, id from runs where use_case = 'virtual_try_on'"))
        kept = list(database.query("select name from artefacts"))
    assert len(rows) == 1 and "given, adult" in rows[0]["inputs"] and "person" not in rows[0]["inputs"]
    assert not kept


def test_of_three_people_none_is_dressed_before_one_is_chosen(held: dict[str, Any]) -> None:
    held["pixels"] = group()
    app = with_photo(opened())
    assert "3 people were found" in text_of(app) and "tryon_on_photo" not in app.session_state
    next(one for one in app.button_group if "which" in str(one.key)).set_value(1).run()
    assert "tryon_on_photo" in app.session_state


def test_a_photo_of_nobody_is_told_and_nothing_is_shown(held: dict[str, Any]) -> None:
    held["pixels"] = np.full((500, 400, 3), (120, 150, 170), np.uint8)
    app = with_photo(opened())
    assert any("No person was found" in box.value for box in app.error)


def test_a_look_is_kept_with_its_picture_and_found_after_a_refresh() -> None:
    app = opened()
    app.button(key="run").click().run()
    with connect() as database:
        names = [row["name"] for row in database.query("select name from artefacts")]
    assert names == ["worn.png"]
    again = opened()
    assert not again.exception
