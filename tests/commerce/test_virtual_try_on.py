"""The page: a figure dressed at once, a photo after consent that is never written, minors refused, looks kept."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lib.atelier.garments import Garment
from lib.database import connect
from lib.files.pictures import written
from lib.shell.virtual_try_on import garments, wearer
from tests.app_pages import again, everything_written, opener, slices, text_of, uploads_from
from tests.commerce.virtual_try_on.rendered import group, photo
from tests.commerce.virtual_try_on.test_flat_lays import checked

PAGE = "pages/commerce/virtual_try_on.py"
opened = opener(PAGE)


def with_photo(app: AppTest, age: int | None = 34) -> AppTest:
    next(one for one in app.button_group if "origin" in str(one.key)).set_value(wearer.PHOTO).run()
    app.checkbox(key="tryon_consent").check()
    if age is not None:
        app.number_input(key="tryon_age").set_value(age)
    return app.run()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the uploader would hold in memory."""
    return uploads_from({}, monkeypatch, wearer)


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
    assert "Once there is a photo" in text_of(app)
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


@pytest.mark.parametrize(("language", "said"), [("en", "3 people were found"), ("fr", "3 personnes ont été trouvées")])
def test_of_three_people_none_is_dressed_before_one_is_chosen(language: str, said: str, held: dict[str, Any]) -> None:
    held["pixels"] = group()
    app = with_photo(opened(language))
    assert said in text_of(app) and "tryon_on_photo" not in app.session_state
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


OWN_FILE = (
    "Réf;Libellé;Famille;Coloris;Matière;Rayon;Tailles;Prix\n"
    "r-1;Robe Lune;Robe;camel;Crêpe de Chine;Femme;36, 38, 40;290\n"
    "r-2;Manteau Nord;Manteau;navy;Laine;Homme;48, 50;790\n"
    "r-3;Derby Pavé;Chaussures;noir;Cuir;Femme;37, 38;350\n"
)


def select(app: AppTest, part: str) -> Any:
    return next(one for one in app.selectbox if part in str(one.key))


@pytest.mark.parametrize(
    ("language", "unworn", "men", "shoes", "until"),
    [
        ("en", "No coat or jacket", "Men’s pieces", "Shoes are drawn", "Until your file is ready"),
        ("fr", "Ni manteau ni veste", "pour homme", "chaussures", "En attendant"),
    ],
)
def test_a_house_tries_on_its_own_file_at_once_and_finds_it_after_a_refresh(
    language: str, unworn: str, men: str, shoes: str, until: str
) -> None:
    app = opened(language)
    next(radio for radio in app.radio if "pieces" in str(radio.key)).set_value("own").run()
    app.file_uploader[0].set_value(("ours.csv", OWN_FILE.encode("cp1252"), "text/csv")).run()
    for shown in (app, again(app, PAGE)):
        assert not shown.exception and not [box.value for box in shown.error]
        assert select(shown, "piece_whole").value == "R-1" and "Robe Lune" in select(shown, "piece_whole").options[1]
        assert select(shown, "piece_outer").options == [unworn]
        said = text_of(shown)
        assert re.search(men, said) and re.search(shoes, said) and "Robe Lune" in said and until not in said


def test_four_looks_stand_side_by_side_each_with_how_it_is_worn_and_by_which_body() -> None:
    app = opened()
    press = lambda: app.button(key="tryon_beside").click().run()  # noqa: E731
    press()
    next(one for one in app.toggle if str(one.key).endswith("_open")).set_value(True).run()
    press()
    select(app, "_en_model").set_value("gail").run()
    for _more in range(3):
        press()
    next(one for one in app.button_group if "tryon_part" in str(one.key)).set_value("beside").run()
    captions = [said for one in app.caption if (said := one.value.replace("\\", "")).endswith(" cm")]
    assert captions == ["Worn open · Tucked in · size 42, 172 cm", *["Worn open · Tucked in · size 54, 169 cm"] * 3]


GROUNDS = [("en", "The ground has a pattern"), ("fr", "Le fond")]


@pytest.mark.parametrize(("language", "said"), GROUNDS)
def test_a_flat_lay_on_a_patterned_ground_is_cut_and_said_to_be_on_one(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads_from({"pixels": checked(Garment("trousers"))}, monkeypatch, garments)
    app = opened(language)
    select(app, "own_kind").set_value("trousers").run()
    assert any(said in box.value for box in app.warning) and not app.error


@pytest.mark.parametrize(
    ("picture", "english", "french"),
    [
        (np.full((500, 400, 3), (120, 150, 170), np.uint8), "No person was found", "Personne n’a été trouvé"),
        (photo()[700:], "No person was found", "Personne n’a été trouvé"),
        (np.full((1, 4000, 3), 90, np.uint8), "", ""),  # refused as a picture
    ],
    ids=["nobody", "feet alone", "a line"],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_photo_that_cannot_be_worn_is_told_in_both_languages(
    picture: np.ndarray, english: str, french: str, language: str, held: dict[str, Any]
) -> None:
    held["pixels"] = picture
    app = with_photo(opened(language))
    said = " ".join(box.value for box in app.error)
    assert said and (english if language == "en" else french) in said and not app.exception
