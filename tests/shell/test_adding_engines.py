"""Adding an engine: what is said of keys and addresses concerns the engine that is chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lib.settings import ROOT


def chosen(recipe: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page("pages/workbench/engines.py").run()
    app.session_state["engine_recipe"] = recipe
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(("recipe", "keyed"), [("diffusers", False), ("gguf", False), ("openai", True)])
def test_a_key_and_addresses_are_spoken_of_where_there_are_some(recipe, keyed):
    app = chosen(recipe)
    captions = " ".join(one.value for one in app.caption)
    drawn = " ".join(one.value for one in app.get("html"))
    assert ("The key stays in that file" in captions) is keyed
    assert ("private network are refused" in drawn) is keyed
    assert ("Where the key comes from" in drawn) is keyed
