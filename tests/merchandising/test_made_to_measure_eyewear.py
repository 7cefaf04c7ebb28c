"""The page: an invented person, a photo after consent that is never written, typed measurements, many customers."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.errors import InputError
from lib.files.pictures import written
from lib.i18n import set_language
from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot
from lib.merchandising.made_to_measure_eyewear.order import millimetres
from lib.merchandising.made_to_measure_eyewear.size_run import Run
from lib.merchandising.made_to_measure_eyewear.wearing import worn
from lib.settings import ROOT
from lib.shell.made_to_measure_eyewear import face_part, person
from lib.shell.made_to_measure_eyewear.curve import _spec
from lib.shell.made_to_measure_eyewear.points import NAMES, moved
from lib.vision.faces import CARD_POINTS, FACE_POINTS, IRIS_POINTS, guessed_points
from tests.app_pages import everything_written, opener, slices, uploads_from
from tests.merchandising.photographed import photograph

PAGE = "pages/merchandising/made_to_measure_eyewear.py"
opened = opener(PAGE)
SMALL = {"width": 630, "height": 750}
DRAWN: dict[tuple[Any, ...], Any] = {}
REFUSED = {"en": "under 18", "fr": "moins de 18 ans"}


def text_of(app: AppTest) -> str:
    return " ".join(one.value for kind in ("html", "error", "warning", "info", "caption") for one in app.get(kind))


def named(app: AppTest, kind: str, key: str) -> Any:
    """A choice by its key, which ends in the language that it is said in."""
    return next(one for one in app.get(kind) if str(one.key) in (key, f"{key}_en", f"{key}_fr"))


def group(app: AppTest, key: str) -> Any:
    return named(app, "button_group", key)


def in_french(app: AppTest) -> AppTest:
    """The same session after the language was switched in the sidebar."""
    return app.button_group(key="language").set_value("fr").run()


def with_photo(app: AppTest, age: int | None = 34) -> AppTest:
    group(app, "eyewear_origin").set_value(person.PHOTO).run()
    app.checkbox(key="eyewear_consent").check()
    if age is not None:
        app.number_input(key="eyewear_age").set_value(age)
    return app.run()


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same frame on the same face is drawn once for all tests here: drawing takes two seconds."""

    def drawn(pixels: Any, *how: Any) -> Any:
        key = (pixels.shape, pixels.tobytes(), *map(repr, how))
        if key not in DRAWN:
            DRAWN[key] = worn(pixels, *how)
        return DRAWN[key].copy()

    monkeypatch.setattr(face_part, "worn", drawn)


@pytest.fixture
def photo(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the uploader would hold in memory."""
    return uploads_from({}, monkeypatch, person)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_under_18_is_refused_with_the_reason_and_age_is_said_not_to_be_detected(language: str) -> None:
    app = with_photo(opened(language), age=17)
    assert any(REFUSED[language] in box.value for box in app.error)
    said = text_of(app)
    assert ("isn’t detected" if language == "en" else "n’est pas détecté") in said
    assert not app.get("file_uploader") or "run" not in {button.key for button in app.button}


def test_without_consent_or_age_nothing_is_asked_for(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(**SMALL))
    app = opened()
    group(app, "eyewear_origin").set_value(person.PHOTO).run()
    assert "consent" in text_of(app)
    assert "run" not in {button.key for button in app.button}
    app.number_input(key="eyewear_age").set_value(40).run()
    assert "run" not in {button.key for button in app.button}


def test_the_photo_is_nowhere_in_database_artefacts_or_logs(
    photo: dict[str, Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    pixels = photo["pixels"] = photograph(Head(tone=6), Shot(card=True, seed=99, **SMALL))
    app = with_photo(opened())
    assert not app.error, [box.value for box in app.error]
    app.button(key="run").click().run()
    assert not app.exception
    kept = app.session_state["eyewear_worn"]
    with connect() as database:
        rows = list(database.query("select * from runs where use_case = 'made_to_measure_eyewear'"))
    assert len(rows) == 1 and '"pd"' in rows[0]["output"] and '"consent"' in rows[0]["inputs"]
    assert "photo.png" not in rows[0]["inputs"] + rows[0]["output"]
    assert "34" not in rows[0]["inputs"]  # not the age either
    files = everything_written()
    assert files
    betraying = [
        *slices(written(pixels)), *slices(written(pixels, kind="jpeg")), *slices(pixels.tobytes()),
        *slices(kept[1]), *slices(kept[2]),
    ]  # fmt: skip
    printed = capfd.readouterr()
    logged = (caplog.text + printed.out + printed.err).encode()
    for path, content in files.items():
        assert not any(piece in content for piece in betraying), path
        assert not content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")), path
    assert not any(piece in logged for piece in betraying)


def test_the_search_itself_finds_a_photo_that_was_written(tmp_path: Path) -> None:
    """A check that can't fail would prove nothing."""
    pixels = photograph(Head(tone=6), Shot(**SMALL))
    content = written(pixels)
    found = [piece for piece in slices(content) if piece in b"head" + content + b"tail"]
    assert len(found) > 20
    encoded = base64.b64encode(content)
    assert any(piece in encoded for piece in [base64.b64encode(content[at : at + 45]) for at in range(0, 900, 45)])


def test_withdrawing_consent_forgets_what_was_made_from_the_photo(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(**SMALL))
    app = with_photo(opened())
    assert "eyewear_worn" in app.session_state
    app.checkbox(key="eyewear_consent").uncheck().run()
    assert "eyewear_worn" not in app.session_state and "eyewear_shelf" not in app.session_state


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_face_is_said_and_the_points_can_be_placed(photo: dict[str, Any], language: str) -> None:
    photo["pixels"] = np.zeros((400, 320, 3), np.uint8)
    app = with_photo(opened(language))
    assert any(("No face" if language == "en" else "Aucun visage") in box.value for box in app.warning)
    assert not app.exception
    assert not measured(app)
    assert ("Right pupil" if language == "en" else "Pupille droite") in text_of(app)


def measured(app: AppTest) -> bool:
    """Whether the page shows measurements, a frame, or offers to keep or download one."""
    said = text_of(app)
    words = (
        "Pupillary distance, far",
        "Écart pupillaire, vision de loin",
        "lens, bridge, temple",
        "verre, pont, branche",
    )
    keep = "run" in {button.key for button in app.button}
    worn = any(str(one.key).startswith("eyewear_view_worn_points_around") for one in app.get("button_group"))
    shown = [keep, worn, any(word in said for word in words), bool(files(app))]
    assert len(set(shown)) == 1, shown  # all of it or nothing of it
    return keep


def files(app: AppTest) -> list[Any]:
    return [one for one in app.get("download_button") if "frame" in str(one.proto)]


def place(app: AppTest, names: Iterable[str]) -> AppTest:
    """As if a person had moved these points by half a pixel in the browser."""
    key = app.session_state["eyewear_shelf"]["source"]
    points = app.session_state["eyewear_shelf"]["points"]
    moves = app.session_state["eyewear_moved"]
    moves[key] |= {name: (points[name][0] + 0.5, points[name][1]) for name in names}
    app.session_state["eyewear_moved"] = moves
    return app.run()


@pytest.mark.parametrize("picture", ["black", "noise"])
def test_guessed_points_measure_nothing_until_each_was_placed(photo: dict[str, Any], picture: str) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (400, 320, 3)).astype(np.uint8)
    photo["pixels"] = noise if picture == "noise" else np.zeros((400, 320, 3), np.uint8)
    app = with_photo(opened())
    assert not measured(app)
    *first, last = (*FACE_POINTS, *IRIS_POINTS)
    place(app, first)
    assert not measured(app)
    said = next(box.value for box in app.info if "Still to be placed" in box.value)
    assert NAMES[last] in said and not any(NAMES[name] in said for name in first)
    place(app, [last])
    assert not app.exception and measured(app)
    # The card's corners still lie where they began: with the card as scale they count as nothing.
    group(app, f"eyewear_scale_{app.session_state['eyewear_shelf']['source']}").set_value("card").run()
    assert not measured(app)
    assert not measured(place(app, CARD_POINTS[:3]))
    assert measured(place(app, CARD_POINTS[3:]))


def test_guessed_corners_of_a_card_are_no_card_though_the_face_was_found(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(**SMALL))
    app = with_photo(opened())
    assert measured(app)
    group(app, f"eyewear_scale_{app.session_state['eyewear_shelf']['source']}").set_value("card").run()
    assert not measured(app) and NAMES["card_1"] in text_of(app)


def test_three_faces_are_said_and_one_is_chosen(photo: dict[str, Any]) -> None:
    row = [photograph(Head(tone=tone), Shot(width=400, height=480)) for tone in (2, 5, 7)]
    photo["pixels"] = np.hstack(row)
    app = with_photo(opened())
    assert any("3 faces" in box.value for box in app.warning)
    shelf = app.session_state["eyewear_shelf"]
    which = group(app, f"eyewear_which_{shelf['source']}")
    assert which.value is None
    assert not measured(app) and not shelf["points"]
    which.set_value(2).run()
    assert measured(app)
    assert 800 < shelf["points"]["chin"][0] < 1200


def test_a_face_in_profile_is_said_and_nothing_is_kept(photo: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_named: object) -> object:
        from lib.merchandising.made_to_measure_eyewear.measuring import IN_PROFILE

        raise InputError(IN_PROFILE, degrees=48, most=35)

    photo["pixels"] = photograph(Head(), Shot(**SMALL))
    monkeypatch.setattr(face_part, "measure", refuse)
    app = with_photo(opened())
    assert any("48" in box.value and "front" in box.value for box in app.error)
    assert "run" not in {button.key for button in app.button}


def test_without_a_landmark_model_the_points_are_the_persons(
    photo: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person, "model_ready", lambda: False)
    photo["pixels"] = photograph(Head(), Shot(**SMALL))
    app = with_photo(opened())
    assert any("No landmark model" in box.value for box in app.info)
    points = app.session_state["eyewear_shelf"]["points"]
    assert points == guessed_points(630, 750)


def face_error(app: AppTest) -> float:
    """The ± of the face's width in the table of measurements."""
    table = next(one.value for one in app.get("html") if "toile-runs" in one.value and "temples" in one.value)
    cell = table.split("temples", 1)[1].split("</tr>", 1)[0]
    return float(cell.split("±", 1)[1].replace("\u00a0", " ").split()[0].replace(",", "."))


def test_the_lens_is_asked_in_the_open_and_each_answer_says_its_error(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(card=True, **SMALL))
    app = with_photo(opened())
    lens = named(app, "radio", f"eyewear_lens_{app.session_state['eyewear_shelf']['source']}")
    assert lens.value == "unknown"
    captions = dict(zip(("main", "selfie", "webcam", "portrait", "unknown"), lens.proto.captions, strict=True))
    said = {name: float(text.split("face ±")[1].split()[0]) for name, text in captions.items()}
    assert said["main"] < said["selfie"] < said["webcam"] < said["unknown"]
    assert face_error(app) == said["unknown"]
    lens.set_value("main").run()
    assert not app.exception and face_error(app) == said["main"]


def test_a_lens_that_the_file_tells_is_taken_and_can_be_overruled(photo: dict[str, Any]) -> None:
    photo["pixels"], photo["film"] = photograph(Head(), Shot(card=True, **SMALL)), 28.0
    app = with_photo(opened())
    lens = named(app, "radio", f"eyewear_lens_{app.session_state['eyewear_shelf']['source']}")
    assert lens.value == "told" and "28 mm" in lens.options[0]
    told = face_error(app)
    lens.set_value("unknown").run()
    assert face_error(app) > told
    app.button(key="run").click().run()
    with connect() as database:
        (row,) = list(database.query("select * from runs where use_case = 'made_to_measure_eyewear'"))
    assert json.loads(row["inputs"])["film_spread"] == 0.2


def test_a_point_moved_far_is_asked_about_and_not_refused(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(card=True, **SMALL))
    app = with_photo(opened())
    assert not [box for box in app.warning if "unusual" in box.value] and not app.button(key="run").disabled
    key = app.session_state["eyewear_shelf"]["source"]
    x, y = app.session_state["eyewear_shelf"]["points"]["pupil_left"]
    app.session_state["eyewear_moved"] = {key: {"pupil_left": (x + 20, y)}}
    app.run()
    (asked,) = [box.value for box in app.warning if "unusual" in box.value]
    assert NAMES["pupil_left"] in asked and "farther from the nose" in asked
    assert measured(app) and app.button(key="run").disabled
    sure = next(box for box in app.checkbox if str(box.key).startswith("eyewear_sure_"))
    sure.check().run()
    app.button(key="run").click().run()
    with connect() as database:
        (row,) = list(database.query("select * from runs where use_case = 'made_to_measure_eyewear'"))
    assert {"moved_pupil_left", "uneven"} <= set(json.loads(row["inputs"])["unusual"])


def test_before_there_is_a_photo_the_page_shows_what_it_gives_and_how_to_take_it() -> None:
    app = opened()
    group(app, "eyewear_origin").set_value(person.PHOTO).run()
    said = text_of(app)
    assert "What the photo gives" in said and "85.60 mm" in said and "against the forehead" in said
    assert app.get("image")
    group(app, "eyewear_origin").set_value(person.SAMPLE).run()
    assert "What the photo gives" not in text_of(app)


def test_every_choice_stays_when_the_language_is_switched(photo: dict[str, Any]) -> None:
    photo["pixels"] = photograph(Head(), Shot(card=True, **SMALL))
    app = with_photo(opened())
    key = app.session_state["eyewear_shelf"]["source"]
    wanted = {
        ("radio", f"eyewear_lens_{key}"): "webcam",
        ("selectbox", "eyewear_card_at"): "eyes",
        ("selectbox", f"eyewear_shape_{key}"): "aviator",
        ("selectbox", "eyewear_finish"): "titanium",
        ("selectbox", "eyewear_tint"): "green",
        ("button_group", "eyewear_view_worn_points_around"): "around",
    }
    for (kind, name), value in wanted.items():
        named(app, kind, name).set_value(value).run()
    before = {place: named(app, *place).key for place in wanted}
    in_french(app)
    assert not app.exception and "Écart pupillaire" in text_of(app)
    assert app.checkbox(key="eyewear_consent").value and app.number_input(key="eyewear_age").value == 34
    for place, value in wanted.items():
        after = named(app, *place)
        assert after.value == value and after.key != before[place]
    group(app, f"eyewear_scale_{key}").set_value("iris").run()
    app.button_group(key="language").set_value("en").run()
    assert group(app, f"eyewear_scale_{key}").value == "iris"
    group(app, "eyewear_origin").set_value(person.SAMPLE).run()
    assert not any(key in name for name in app.session_state["eyewear_choices"])  # nothing of the photo stays


def test_the_invented_person_stays_chosen_when_the_language_is_switched() -> None:
    app = opened()
    group(app, "eyewear_person").set_value(3).run()
    in_french(app)
    assert group(app, "eyewear_origin").value == person.SAMPLE and group(app, "eyewear_person").value == 3
    group(app, "eyewear_origin").set_value(person.TYPED).run()
    app.number_input(key="eyewear_typed_pd").set_value(70.0).run()
    app.button_group(key="language").set_value("en").run()
    assert group(app, "eyewear_origin").value == person.TYPED
    assert app.number_input(key="eyewear_typed_pd").value == 70.0


def test_typed_measurements_give_a_frame_without_any_picture() -> None:
    app = opened()
    group(app, "eyewear_origin").set_value(person.TYPED).run()
    app.number_input(key="eyewear_typed_pd").set_value(70.0)
    app.number_input(key="eyewear_typed_width").set_value(152.0).run()
    app.button(key="run").click().run()
    assert not app.exception and not app.error
    with connect() as database:
        (row,) = list(database.query("select * from runs where use_case = 'made_to_measure_eyewear'"))
    assert '"origin": "typed"' in row["inputs"]


def test_a_refresh_finds_the_last_fit() -> None:
    app = opened()
    app.button(key="run").click().run()
    token = app.session_state["token"]
    again = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=180)
    again.query_params["lang"] = "en"
    again.query_params["me"] = token
    again.run()
    again.switch_page(PAGE).run()
    assert "The fit kept last" in text_of(again)


def test_many_customers_give_a_curve_and_sizes() -> None:
    app = opened()
    app.button(key="eyewear_many").click().run()
    assert not app.exception and not app.error, app.error
    with connect() as database:
        (row,) = list(database.query("select * from runs where method = 'size run for many faces'"))
    assert row["status"] == "done"
    assert "customers that they weren’t chosen on" in text_of(app)


def test_a_table_that_is_too_small_leaves_the_earlier_curve_and_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    from lib.merchandising.made_to_measure_eyewear import customers

    app = opened()
    app.button(key="eyewear_many").click().run()
    monkeypatch.setattr(customers, "FEWEST", 10**6)  # now the same table is too small
    app.button(key="eyewear_many").click().run()
    assert any("needs at least" in box.value for box in app.error)
    assert not app.get("progress")
    assert "customers that they weren’t chosen on" in text_of(app)


def test_signs_and_colons_are_the_languages_own() -> None:
    set_language("fr")
    assert millimetres(-3).startswith("\u22123,0")
    spec = json.dumps(_spec([Run(("52-18-145",), 0.5, 0.4)], {1: 0.3}, 0.84), ensure_ascii=False)
    assert "une monture faite pour chacun\u00a0: 84\u202f%" in spec


def test_every_point_has_a_name() -> None:
    assert set(NAMES) == {*FACE_POINTS, *IRIS_POINTS, *CARD_POINTS}


@pytest.mark.parametrize(
    "said",
    [
        None, "pupil_left", {"name": "nobody", "x": 1, "y": 2}, {"name": "chin", "x": "1", "y": 2},
        {"name": "chin", "x": float("nan"), "y": 2}, {"name": "chin", "y": 2}, {"x": 1, "y": 2},
    ],
)  # fmt: skip
def test_what_a_browser_says_wrongly_moves_nothing(said: object) -> None:
    assert moved(said, {"chin": (1.0, 1.0)}, 100, 100) is None


def test_a_point_stays_in_the_picture() -> None:
    assert moved({"name": "chin", "x": -5, "y": 130.5}, {"chin": (1.0, 1.0)}, 100, 100) == ("chin", (0.0, 100.0))
