"""What a model writes on the product descriptions page stands there as it comes."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lib.access import Actor
from lib.settings import ROOT
from lib.tasks import Context
from lib.tasks.run import run_task
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer
from tests.workbench.test_beforehand import OF, inputs


def test_partial_outputs_are_drawn_and_the_whole_follows(actor: Actor, tmp_path: Path) -> None:
    run = run_task(OF.task, inputs(actor, 1)[0].values, Context(actor=actor))
    assert run.output is not None
    with LoopbackServer(s.answer(run.output.model_dump_json(by_alias=True))) as server:
        configure(tmp_path, server.url)
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
        app.query_params["lang"] = "en"
        app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
        app.session_state["engine"] = "loop"
        app.run()
        app.switch_page("pages/commerce/product_descriptions.py").run()
        app.button(key="run").click().run()
    assert not app.exception, app.exception
    assert not app.error, [box.value for box in app.error]
    assert server.calls
