"""Heavy work as its page shows it: from the database, in the reader's language, with nothing offered that can't be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import evidence
from lib.batch.work import do_work_here
from lib.database import connect
from lib.settings import ROOT
from lib.shell import background

PAGE = "pages/commerce/product_descriptions.py"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing moves by itself, and nothing came with the product."""
    monkeypatch.setenv("TOILE_WORKER", "off")
    monkeypatch.setattr(evidence, "ANALYSES", tmp_path / "none.json")


@pytest.fixture
def a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page believes that somebody works."""
    monkeypatch.setattr(background, "runs", lambda: True)


def opened(language: str = "fr") -> AppTest:
    """The page of a new visitor, which begins to learn what sold."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.run()
    return fine(app.switch_page(PAGE).run())


def fine(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def jobs() -> list[dict]:
    with connect() as database:
        return list(database.query("select * from jobs order by created_at, id"))


def set_job(**values: object) -> None:
    with connect() as database:
        database.table("jobs").update(jobs()[-1]["id"], values)


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def press(app: AppTest, label: str) -> AppTest:
    return fine(next(button for button in app.button if button.label == label).click().run())


def said(app: AppTest) -> str:
    """The words on the progress bar."""
    (bar,) = app.get("progress")
    return str(bar.proto.text)


def test_without_a_worker_it_says_so_and_offers_nothing_false() -> None:
    app = opened()
    assert any("python -m lib.batch" in box.value for box in app.info)
    assert said(app) == "En attente du processus de traitement"
    assert "Mettre en pause" not in labels(app), "what isn't done can't be held"
    assert "Arrêter" in labels(app)


def test_opened_again_it_is_the_same_job(a_worker: None) -> None:
    app = opened()
    fine(app.run())
    assert len(jobs()) == 1
    assert said(app) == "En attente de son tour"


def test_another_visitor_waits_for_the_same_work_and_has_its_result(a_worker: None) -> None:
    opened()
    set_job(status="running", share=0.4)
    second = opened()
    assert len(jobs()) == 1, "one visitor's work is enough"
    assert second.get("progress")[0].proto.value == 40
    assert any("Une autre personne" in caption.value for caption in second.caption)
    assert "Arrêter" not in labels(second), "it is another person's"
    set_job(status="waiting")
    do_work_here(jobs()[0]["id"])
    fine(second.run())
    assert not second.get("progress")
    assert any("va de pair" in block.value for block in second.get("html"))
    assert len(jobs()) == 1


def test_work_that_another_visitor_paused_or_stopped_is_begun_by_who_waits(a_worker: None) -> None:
    opened()
    set_job(status="paused")
    opened()
    assert [job["status"] for job in jobs()] == ["paused", "waiting"]


def test_what_the_worker_wrote_reads_in_french(a_worker: None) -> None:
    app = opened()
    values = {"number": 2, "total": 3}
    set_job(status="running", share=0.4, said=json.dumps({"message": "Text {number} of {total}", "values": values}))
    fine(app.run())
    assert said(app) == "Texte 2 sur 3"
    assert app.get("progress")[0].proto.value == 40


def test_pause_and_resume_tell_asked_from_held(a_worker: None) -> None:
    app = opened()
    set_job(status="running", process="1-a", said=json.dumps({"message": "Working", "values": {}}))
    press(app.run(), "Mettre en pause")
    assert jobs()[0]["status"] == "paused"
    assert said(app) == "Mise en pause à la fin de l’étape en cours"
    set_job(said=json.dumps({"message": "Paused", "values": {}}))
    assert said(fine(app.run())) == "En pause"
    press(app, "Reprendre")
    assert jobs()[0]["status"] == "waiting"


def test_what_was_stopped_is_begun_again_only_when_asked(a_worker: None) -> None:
    app = press(opened(), "Arrêter")
    assert [job["status"] for job in jobs()] == ["cancelled"]
    fine(app.run())
    assert len(jobs()) == 1
    press(app, "Analyser ce qui s’est vendu")
    assert [job["status"] for job in jobs()] == ["cancelled", "waiting"]


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("TooFewRows", lambda app: [box.value for box in app.warning]),
        ("ProcessEnded", lambda app: [box.value for box in app.error]),
    ],
)
def test_why_it_failed_is_said_in_french(a_worker: None, error: str, shown: Callable[[AppTest], list[str]]) -> None:
    app = opened()
    values = {"number": 2, "total": 3}
    reason = {"message": "Text {number} of {total}", "values": values, "error": error}
    set_job(status="failed", reason=json.dumps(reason))
    assert shown(fine(app.run())) == ["Texte 2 sur 3"]
    assert len(jobs()) == 1
    assert ("Analyser ce qui s’est vendu" in labels(app)) is (error != "TooFewRows")
