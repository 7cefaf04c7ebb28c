"""The page's list of other houses' names: saved, tried, and locked for who may not govern."""

from __future__ import annotations

import pytest

from tests.app_pages import again, opened, rows

PAGE = "pages/workbench/prompts.py"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_name_is_added_tried_and_still_there_after_a_refresh(language: str) -> None:
    app = opened(PAGE, language)
    app.text_area(key="house_names_added").set_value("Tissage Bellac\n")
    next(one for one in app.button if one.key == "house_names_save").click()
    app.run()
    app.text_input(key="house_names_try").set_value("Comme chez Tissage Bellac").run()
    assert not app.exception
    assert any("Tissage Bellac" in one.value for one in app.markdown)
    assert rows("select added from house_terms")[0]["added"] == '["Tissage Bellac"]'
    assert again(app, PAGE).text_area(key="house_names_added").value == "Tissage Bellac"


def test_a_single_sign_is_refused_with_what_to_do() -> None:
    app = opened(PAGE)
    app.text_area(key="house_names_added").set_value("x")
    next(one for one in app.button if one.key == "house_names_save").click()
    app.run()
    assert not app.exception and any("single sign" in one.value for one in [*app.error, *app.warning, *app.html])
    assert rows("select added from house_terms") == []
