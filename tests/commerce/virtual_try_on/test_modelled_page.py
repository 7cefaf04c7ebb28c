"""On the page: an image model draws the cloth, kept for figures, never for photos, and over the network only after a
second consent."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.commerce.virtual_try_on import inpainting
from lib.database import connect
from lib.shell.virtual_try_on import modelled
from tests.commerce.test_virtual_try_on import everything_written, held, opened, slices, text_of, with_photo
from tests.commerce.virtual_try_on.rendered import photo
from tests.engines.tiny_checkpoint import save_checkpoint
from tests.loopback.engine import configure

__all__ = ["held"]
BUTTON = "tryon_cloth"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_checkpoint(tmp_path_factory.mktemp("checkpoint") / "tiny")


@pytest.fixture
def local(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inpainting, "STEPS", 2)
    monkeypatch.setattr(inpainting, "TALLEST", 192)
    monkeypatch.setattr(modelled, "FRAME", (128, 192))
    configure(tmp_path, "", name="studio", kind="diffusers", path=str(tiny), title="Studio")


def choosing(app: AppTest) -> AppTest:
    box = next(one for one in app.selectbox if "picture_engine" in str(one.key))
    return box.select_index(1).run()


def finished(app: AppTest) -> AppTest:
    app.button(key=BUTTON).click().run()
    for _turn in range(240):
        app.run()
        if BUTTON in {one.key for one in app.button}:
            return app.run()
        time.sleep(0.25)
    raise AssertionError("the engine never finished")


@pytest.mark.parametrize(("language", "said"), [("en", "No image model is connected"), ("fr", "Aucun modèle d’image")])
def test_without_a_model_it_is_said_how_to_add_one(language: str, said: str) -> None:
    app = opened(language)
    assert said in text_of(app) and BUTTON not in {one.key for one in app.button}


def test_on_a_figure_the_drawn_cloth_is_a_run_with_its_picture(local: None) -> None:
    app = finished(choosing(opened()))
    assert not app.error and not app.exception
    with connect() as database:
        row = next(database.query("select * from runs where method = ?", [modelled.METHOD]))
        kept = [one["name"] for one in database.query("select name from artefacts where run_id = ?", [row["id"]])]
    assert row["engine"] == "studio" and json.loads(row["inputs"])["on"] == "figure" and len(kept) == 1
    assert "Drawn by loop-1 through studio" in text_of(app)


def test_on_a_photo_it_is_the_sessions_alone_and_goes_with_the_photo(local: None, held: dict[str, Any]) -> None:
    held["pixels"] = photo()
    app = finished(choosing(with_photo(opened())))
    assert not app.error and not app.exception
    drawn = app.session_state[modelled.HELD]["picture"]
    betrayed = slices(drawn.tobytes())
    for path, content in everything_written().items():
        assert not any(piece in content for piece in betrayed), path
    with connect() as database:
        row = next(database.query("select * from runs where method = ?", [modelled.METHOD]))
        assert not list(database.query("select name from artefacts"))
    said = json.loads(row["inputs"])
    assert said["consent"] == "given, adult" and "sha256" not in row["inputs"]
    app.checkbox(key="tryon_consent").uncheck().run()
    assert modelled.HELD not in app.session_state


def test_a_photo_goes_over_the_network_only_after_a_second_consent(tmp_path: Path, held: dict[str, Any]) -> None:
    configure(
        tmp_path, "http://127.0.0.1:9/v1", name="far", kind="openai-images", title="Far", local=False, price_image=0.04,
        currency="EUR",
    )  # fmt: skip
    held["pixels"] = photo()
    app = choosing(with_photo(opened()))
    assert app.button(key=BUTTON).disabled
    box = next(one for one in app.checkbox if "tryon_sent" in str(one.key))
    assert not box.value and "Far" in box.label
    assert not box.check().run().button(key=BUTTON).disabled
