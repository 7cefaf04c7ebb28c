"""The pages Engines and Prompts through Streamlit's script runner, in both languages and as different roles."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.database import artefacts, connect
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.prompts import active_version, versions
from lib.files.pictures import read_picture
from lib.i18n import use_language
from lib.settings import ROOT
from lib.shell.prompts.history import said_of
from lib.workbench.image_engine_test import last_image_tests, picture_of, try_image_engine
from lib.workbench.prompt_desk import Basis, Desk, Parts, open_desk, save
from lib.workbench.task_list import all_tasks
from tests.loopback import images
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer

TASK = all_tasks()[0]
WAIT = 60  # seconds at most; a loop below ends as soon as the work has


def opened(page: str, actor: Actor, language: str = "en") -> AppTest:
    """A page as the actor sees it."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page(f"pages/workbench/{page}.py").run()
    assert not app.exception, app.exception
    return app


def everything(app: AppTest) -> str:
    """All that the page says, widgets' values included."""
    kinds = (app.get("html"), app.markdown, app.caption, app.code, app.error, app.warning, app.info, app.text_area)
    return "\n".join(str(block.value) for kind in kinds for block in kind)


def with_role(actor: Actor, role: Role, name: str = "Lou") -> Actor:
    with connect() as database:
        person, _token = create_person(database, name)
        return actor_for(database, person, join(database, person, make_join_code(database, actor, role)))


def area(app: AppTest, part: str):
    return next(box for box in app.text_area if box.key.endswith(f"_{part}"))


def button(app: AppTest, key: str):
    return next(found for found in app.button if found.key == key)


def texts(actor: Actor) -> list[str]:
    with connect() as database:
        return [version.text for version in versions(database, actor, TASK.name)]


# --- engines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "Tokens a second"), ("fr", "Jetons par seconde")])
def test_a_test_is_run_shown_and_there_after_a_reload(
    actor: Actor, tmp_path: Path, language: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with LoopbackServer(s.answer("Linen, for the heat.")) as server:
        configure(tmp_path, server.url, title="House server", price_input=1.0, price_output=2.0, currency="EUR")
        app = opened("engines", actor, language)
        button(app, "test_loop").click().run()
        until = time.monotonic() + WAIT
        while "Linen" not in everything(app) and time.monotonic() < until:
            app.run()
    shown = everything(opened("engines", actor, language))
    assert "Linen, for the heat." in shown and "House server" in shown
    assert words in shown
    with connect() as database:
        dump = "\n".join(database.conn.iterdump())
    for place in (shown, dump, caplog.text, repr(app.session_state)):
        assert KEY not in place


def test_a_fault_is_shown_with_its_fix(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.echo_of_the_key()) as server:
        configure(tmp_path, server.url)
        app = opened("engines", actor)
        button(app, "test_loop").click().run()
        until = time.monotonic() + WAIT
        while not app.error and time.monotonic() < until:
            app.run()
    assert "does not accept the key" in app.error[0].value
    assert KEY not in everything(app)


def test_a_reviewer_looks_and_does_not_run(actor: Actor) -> None:
    app = opened("engines", with_role(actor, Role.REVIEWER))
    assert button(app, "test_built-in").disabled
    assert not app.number_input


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_administrator_sets_the_budget(actor: Actor, language: str) -> None:
    app = opened("engines", actor, language)
    app.number_input[0].set_value(40.0)
    next(found for found in app.button if "udget" in found.label).click().run()
    assert not app.exception and not app.error
    with connect() as database:
        assert database.execute("select budget from workspaces where id = ?", [actor.workspace]).fetchone()[0] == 40.0
    assert "40" in everything(app)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_recipe_can_be_read(actor: Actor, language: str) -> None:
    app = opened("engines", actor, language)
    for slug in app.button_group(key="engine_recipe").options:
        assert slug
    app.button_group(key="engine_recipe").set_value("ollama").run()
    assert not app.exception
    assert "local = true" in app.code[0].value


# --- prompts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_edit_is_previewed_saved_and_used(actor: Actor, language: str) -> None:
    app = opened("prompts", actor, language)
    area(app, "user").set_value("Describe {{ product.name }}, in one breath. {{ product | tojson }}").run()
    assert any(block.value.startswith("Describe Goélette slip dress, in one breath.") for block in app.code)
    assert texts(actor) == []
    button(app, f"save_{TASK.name}").click().run()
    assert not app.exception and not app.error, [box.value for box in app.error]
    assert len(texts(actor)) == 1
    with connect() as database:
        active = active_version(database, actor, TASK.name)
    assert active is not None and "in one breath" in active.text
    assert area(app, "user").value.startswith("Describe {{ product.name }}")


def test_a_wrong_text_stays_in_the_editor_and_is_not_saved(actor: Actor) -> None:
    app = opened("prompts", actor)
    area(app, "user").set_value("Nothing about the piece.").run()
    button(app, f"save_{TASK.name}").click().run()
    assert "leaves out product" in app.error[0].value
    assert area(app, "user").value == "Nothing about the piece."
    assert texts(actor) == []


def test_a_draft_is_there_after_a_reload_and_can_be_dropped(actor: Actor) -> None:
    app = opened("prompts", actor)
    area(app, "user").set_value("Half a thought").run()
    again = opened("prompts", actor)
    assert area(again, "user").value == "Half a thought"
    button(again, f"discard_{TASK.name}").click().run()
    assert area(again, "user").value.startswith("Write three options")


def test_a_click_that_comes_with_the_texts_of_an_editor_that_is_gone_makes_no_draft(actor: Actor) -> None:
    """A browser that is still drawing sends them once more; the original text must be there after going back."""
    app = opened("prompts", actor)
    original = area(app, "user").value
    area(app, "user").set_value("Saved: {{ product | tojson }}").run()
    button(app, f"save_{TASK.name}").click().run()
    late = [area(app, part)._widget_state for part in ("system", "user")]
    app.session_state["prompt_tabs_en"] = "Versions"
    app.run()
    next(box for box in app.button if box.key and box.key.startswith("back_")).click()
    states = app._tree.get_widget_states()
    states.widgets.extend(late)
    app._run(states)
    assert not app.exception
    with connect() as database:
        assert active_version(database, actor, TASK.name) is None
    again = opened("prompts", actor)
    assert area(again, "user").value == original


def test_the_second_of_two_is_told_and_keeps_the_text(actor: Actor) -> None:
    app = opened("prompts", actor)
    mine = "Mine: {{ product | tojson }}"
    area(app, "user").set_value(mine).run()
    other = with_role(actor, Role.INNOVATOR, "Grace")
    with connect() as database:
        base = open_desk(database, other, TASK).active.parts
        save(database, other, TASK, Parts(base.system, "Theirs: {{ product | tojson }}"), Basis(None))
    button(app, f"save_{TASK.name}").click().run()
    assert "Grace" in everything(app) and area(app, "user").value == mine
    assert len(texts(actor)) == 1
    app.run()
    button(app, f"on_top_{TASK.name}").click().run()
    assert area(app, "user").value == mine
    button(app, f"save_{TASK.name}").click().run()
    assert ["Mine" in texts(actor)[0], "Theirs" in texts(actor)[1]] == [True, True]


@pytest.mark.parametrize(("language", "words"), [("en", "reads prompts"), ("fr", "lire les consignes")])
def test_a_reviewer_reads_and_does_not_edit(actor: Actor, language: str, words: str) -> None:
    app = opened("prompts", with_role(actor, Role.REVIEWER), language)
    assert words in everything(app)
    # The house's names are a reviewer's to keep; no prompt is.
    assert {found.key for found in app.text_area} <= {"house_names_added", "house_names_left_out"}
    assert not any(found.key == f"save_{TASK.name}" for found in app.button)
    assert any("Write three options" in block.value for block in app.code)


def test_what_a_person_typed_is_no_markup(actor: Actor) -> None:
    with connect() as database:
        base = open_desk(database, actor, TASK).active.parts
        note, text = "<img src=x>", "<script>1</script> {{ product | tojson }}"
        save(database, actor, TASK, Parts(base.system, text), Basis(None), note)
    app = opened("prompts", actor)
    assert "<script>" not in "".join(block.value for block in app.get("html"))
    assert any("\\<img src" in block.value for block in app.caption)  # escaped for Markdown
    with use_language("en"):
        shown = str(said_of(desk_of(actor).active))
    assert "&lt;img src=x&gt;" in shown and "<img" not in shown


def desk_of(actor: Actor) -> Desk:
    with connect() as database:
        return open_desk(database, actor, TASK)


# --- image engines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "A picture in"), ("fr", "Une image en")])
def test_the_atelier_draws_a_test_picture_that_is_there_after_a_reload(actor: Actor, language: str, words: str) -> None:
    app = opened("engines", actor, language)
    button(app, "test_picture_atelier").click().run()
    until = time.monotonic() + WAIT
    while words not in everything(app) and time.monotonic() < until:
        app.run()
    again = opened("engines", actor, language)
    assert words in everything(again) and not again.error
    with connect() as database:
        (test,) = last_image_tests(database, actor).values()
        content = artefacts.load(database, actor, str(test.picture))
    assert test.engine == "atelier" and test.cost == 0
    assert (read_picture(content).pixels != 255).any()


def test_an_image_engine_that_is_not_ready_says_why(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "", name="studio", kind="diffusers", path=str(tmp_path / "nowhere"), title="Studio")
    app = opened("engines", actor)
    assert "Studio is not there" in app.error[0].value and button(app, "test_picture_studio").disabled


def test_a_served_image_engine_is_tested_and_charged(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(images.pictures()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images", price_image=0.04, currency="EUR")
        found = try_image_engine(actor, "pictures")
    assert found.error is None and found.cost == pytest.approx(0.04) and picture_of(found, actor)
    assert "linen" in server.calls[0].body["prompt"]


def test_a_fault_of_an_image_engine_is_a_result(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.echo_of_the_key()) as server:
        configure(tmp_path, server.url, name="pictures", kind="openai-images")
        found = try_image_engine(actor, "pictures")
    assert found.error is not None and KEY not in found.error.text() and picture_of(found, actor) is None
    with connect() as database:
        kept = last_image_tests(database, actor)["pictures"]
    assert kept.error is not None and kept.error.text() == found.error.text()
