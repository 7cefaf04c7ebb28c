"""The page through Streamlit's script runner: a selection, corrections, the note, a refresh; and no consent."""

from __future__ import annotations

import json
import time

import pytest
from streamlit.testing.v1 import AppTest

from lib.commerce.stylist.samples import sample_house
from lib.database import connect
from lib.settings import ROOT

PAGE = "pages/commerce/stylist.py"


def opened(language: str = "en", token: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=180)
    app.query_params["lang"] = language
    if token:
        app.query_params["me"] = token
    app.run()
    app.switch_page(PAGE).run()
    return waited(app)


def waited(app: AppTest) -> AppTest:
    """Until nothing is under way off the script any more: a browser's fragment asks again by itself, this doesn't."""
    for _turn in range(600):
        assert not app.exception, app.exception
        if not app.get("progress"):
            return app
        time.sleep(0.2)
        app.run()
    raise AssertionError("the work didn't end")


def rows(query: str) -> list[dict]:
    with connect() as database:
        return list(database.query(query))


def drawn(app: AppTest) -> str:
    return " ".join(block.value for block in app.get("html"))


def pressed(app: AppTest, key: str) -> AppTest:
    return waited(app.button(key=key).click().run())


def runs(method: str) -> list[dict]:
    return rows(f"select * from runs where method = '{method}' order by started_at, rowid")


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_selection_is_made_corrected_written_about_and_found_again(language: str) -> None:
    app = opened(language)  # the sample's first selection is there at once, and is a run like any other
    assert not app.error, [box.value for box in app.error]
    assert '<section class="stylist-aspect' in drawn(app)
    assert '<ul class="stylist-sentences' in drawn(app)
    (first,) = runs("stylist_selection")
    output = json.loads(first["output"])
    assert 2 <= len(output["targets"]) <= 4
    who = output["who"]
    app = pressed(app, f"learn_{who}")
    assert len(runs("stylist_correction")) == 1
    second = runs("stylist_selection")[-1]
    assert second["parent_id"] is not None
    assert json.loads(second["output"])["weights"] != output["weights"]
    sent = json.loads(runs("stylist_correction")[0]["inputs"])["sku"]
    offered = {near["sku"] for target in json.loads(second["output"])["targets"] for near in target["near"]}
    assert sent not in offered
    app = pressed(app, f"note_{who}")
    assert not app.error, [box.value for box in app.error]
    (note,) = rows("select * from runs where task = 'write_client_note'")
    assert note["status"] == "done"
    text = next(area for area in app.text_area if area.key.endswith("_text")).value
    assert text.splitlines()[0].startswith(("Bonjour", "Dear"))
    waited(app.run())
    assert '<section class="stylist-aspect' in drawn(app)
    assert len(runs("stylist_selection")) == 2


@pytest.mark.parametrize(("language", "words"), [("en", "nothing of theirs was read"), ("fr", "rien n’en a été lu")])
def test_a_client_who_did_not_agree_is_said_plainly_and_not_read(language: str, words: str) -> None:
    house = sample_house()
    app = opened(language)
    box = next(box for box in app.selectbox if box.key and "client_sample" in box.key)
    label = next(one for one in box.options if ("no consent" if language == "en" else "pas d’accord donné") in one)
    name = label.split(" · ")[0]
    assert name in {f"{one.first_name} {one.last_name}" for one in house.clients.values() if not one.agreed}
    box.select(label).run()
    before = len(runs("stylist_selection"))
    app = pressed(app, "run")
    assert any(words in error.value for error in app.error), [error.value for error in app.error]
    assert '<section class="stylist-aspect' not in drawn(app)
    assert not [row for row in runs("stylist_selection")[before:] if row["status"] == "done"]
