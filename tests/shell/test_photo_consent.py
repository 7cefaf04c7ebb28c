"""A photo of a person: none before consent and age, none of minors, and nothing left once the consent is withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lib.files.pictures import written
from lib.settings import settings
from lib.shell.photo_consent import ADULT

PAGE = str(Path(__file__).with_name("photo_consent_page.py"))
PHOTO = written(np.random.default_rng(3).integers(0, 255, (96, 80, 3), np.uint8))


def opened() -> AppTest:
    return AppTest.from_file(PAGE, default_timeout=30).run()


def with_photo() -> AppTest:
    page = opened()
    page.checkbox[0].check()
    page.number_input[0].set_value(ADULT).run()
    page.file_uploader[0].set_value(("me.png", PHOTO, "image/png"))
    return page.run()


def held(page: AppTest) -> int:
    """The photos that this session holds, wherever it does."""
    return int(json.loads(page.json[0].value)["held"])


def test_nothing_is_asked_for_before_consent_and_age_are_given():
    page = opened()
    assert not page.file_uploader
    assert not page.checkbox[0].check().run().file_uploader
    assert page.number_input[0].set_value(ADULT).run().file_uploader


def test_a_photo_is_held_by_the_session_and_written_nowhere():
    page = with_photo()
    assert "made" in page.session_state and held(page) == 1
    files = [path.read_bytes() for path in settings().database.parent.rglob("*") if path.is_file()]
    assert files and not any(PHOTO[at : at + 48] in one for at in range(100, 4_000, 400) for one in files)


@pytest.mark.parametrize("age", [0, 12, ADULT - 1])
def test_somebody_under_18_is_refused_and_their_photo_gone(age):
    page = with_photo()
    page.number_input[0].set_value(age).run()
    assert "Nobody under 18" in page.error[0].value
    assert "made" not in page.session_state and not held(page)
    assert not page.file_uploader


def test_a_withdrawn_consent_takes_the_photo_along_even_where_it_is_given_again():
    page = with_photo()
    page.checkbox[0].uncheck().run()
    assert "made" not in page.session_state and not held(page)
    page.checkbox[0].check().run()
    assert "made" not in page.session_state and not held(page)


def test_deleting_the_photo_withdraws_the_consent():
    page = with_photo()
    page.button[-1].click().run()
    assert not page.checkbox[0].value
    assert "made" not in page.session_state and not held(page)


def test_of_several_people_none_is_taken_before_one_is_chosen():
    page = with_photo()
    assert "Two people. Choose one." in page.warning[0].value and page.session_state["chosen"] is None
    page.button_group[0].set_value(1).run()
    assert page.session_state["chosen"] == 1
