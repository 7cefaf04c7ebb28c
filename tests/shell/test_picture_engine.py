"""Which engine draws: asked only where there is a choice, remembered, and said beside the picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.loopback.engine import configure

PAGE = str(Path(__file__).with_name("picture_engine_page.py"))
URL = "http://127.0.0.1:9/v1"


def opened(before: AppTest | None = None, language: str = "en") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.session_state["language"] = language
    for name in ("person", "token") if before else ():
        page.session_state[name] = before.session_state[name]
    return page.run()


def chosen(page: AppTest) -> str:
    assert not page.exception
    return json.loads(page.json[0].value)["engine"]


def shown(page: AppTest) -> str:
    return " ".join(str(element.value) for element in (*page.main, *page.caption) if hasattr(element, "value"))


def test_with_the_atelier_alone_nothing_is_asked() -> None:
    page = opened()
    assert not page.selectbox and chosen(page) == "atelier"


def test_an_engine_that_is_not_ready_or_cannot_do_it_is_not_offered(tmp_path: Path) -> None:
    configure(tmp_path, "", name="studio", kind="diffusers", path=str(tmp_path / "nowhere"))
    assert not opened().selectbox


@pytest.mark.parametrize(("language", "free"), [("en", "free"), ("fr", "gratuit")])
def test_with_another_engine_the_choice_is_offered_and_remembered(tmp_path: Path, language: str, free: str) -> None:
    configure(tmp_path, URL, name="pictures", kind="openai-images", title="Studio", price_image=0.04, currency="EUR")
    page = opened(language=language)
    (box,) = page.selectbox
    assert chosen(page) == "atelier" and free in box.options[0] and "Studio (loop-1)" in box.options[1]
    page = box.select_index(1).run()
    assert chosen(page) == "pictures"
    assert any(sum in shown(page).replace("\\", "") for sum in ("0.08", "0,08"))  # two pictures
    assert chosen(opened(page, language)) == "pictures"
