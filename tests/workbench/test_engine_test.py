"""An engine's test over a real socket: what it measures, what it says of each fault, and that no key gets out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.runs import recent
from lib.database.spending import set_budget, spent_by_engine
from lib.engines.images.registry import image_engine_info
from lib.engines.registry import MAKERS
from lib.engines.text.model import Capabilities
from lib.errors import EngineNotConfigured, InputError, NotAllowed
from lib.i18n import use_language
from lib.workbench.engine_list import abilities, connected
from lib.workbench.engine_recipes import PLACEHOLDER, RECIPES, connected_as, offered
from lib.workbench.engine_test import EngineTest, last_tests, try_engine
from lib.workbench.speed import finding, points
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import Behaviour, LoopbackServer

SAID = "Linen, because it lets the air through."


def measured(actor: Actor, folder: Path, behaviour: Behaviour, **fields: object) -> EngineTest:
    with LoopbackServer(behaviour) as server:
        configure(folder, server.url, **fields)
        return try_engine(actor, "loop")


def test_an_answer_is_measured_priced_and_remembered(actor: Actor, tmp_path: Path) -> None:
    test = measured(actor, tmp_path, s.answer(SAID, read=100, written=10), price_input=1.0, price_output=2.0)
    assert (test.words, test.output_tokens, test.error, test.counted) == (SAID, 10, None, True)
    assert test.cost == pytest.approx((100 * 1 + 10 * 2) / 1e6)
    assert test.first_token_seconds is not None and test.tokens_per_second
    assert 0 < test.first_token_seconds <= test.seconds
    with connect() as database:
        assert last_tests(database, actor) == {"loop": test}
        assert recent(database, actor)[0]["use_case"] == "engines"


def test_tokens_that_nobody_counted_are_marked_as_estimated(actor: Actor, tmp_path: Path) -> None:
    test = measured(actor, tmp_path, s.answer(SAID, read=s.ABSENT), price_input=1.0, price_output=1.0)
    assert not test.counted and test.output_tokens > 5
    assert test.cost and test.cost > test.output_tokens / 1e6


FAULTS = [
    (s.error(401), "does not accept the key"),
    (s.error(404), "knows no model"),
    (s.raw("<html>hello</html>"), "not as a model server"),
    (s.refusal("I would rather not"), "would not answer"),
    (s.clean_cut(SAID), "stopped in the middle"),
    (s.malformed_event(), "cannot be read"),
    (s.redirect("http://127.0.0.1:1/"), "leads to another one"),
]


@pytest.mark.parametrize(("behaviour", "words"), FAULTS, ids=[words for _behaviour, words in FAULTS])
def test_a_fault_is_a_result_that_says_what_to_do(
    actor: Actor, tmp_path: Path, behaviour: Behaviour, words: str
) -> None:
    test = measured(actor, tmp_path, behaviour)
    assert test.error is not None and words in str(test.error)
    with connect() as database:
        assert words in str(last_tests(database, actor)["loop"].error)
    with use_language("fr"):
        assert str(test.error) != test.error.text("en")


def test_the_tests_own_limit_of_length_is_no_fault(actor: Actor, tmp_path: Path) -> None:
    test = measured(actor, tmp_path, s.stream_of([s.chunk(SAID), s.chunk(finish="length"), "[DONE]"]))
    assert test.error is None and test.words == SAID


def test_it_can_be_stopped(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.hang(30, SAID)) as server:
        configure(tmp_path, server.url)
        test = try_engine(actor, "loop", cancelled=lambda: True)
    assert test.error is not None and "stopped" in str(test.error)


def test_an_inner_address_needs_the_owners_leave(actor: Actor, tmp_path: Path) -> None:
    test = measured(actor, tmp_path, s.answer(SAID), local=False)
    assert "local = true" in str(test.error)


def test_a_budget_stops_the_test_before_it_is_sent(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        set_budget(database, actor, 0.0)
    with LoopbackServer(s.answer(SAID)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0, currency="EUR")
        test = try_engine(actor, "loop")
        assert server.calls == []
    assert "budget" in str(test.error)


def test_the_built_in_engine_drafts(actor: Actor) -> None:
    test = try_engine(actor, "built-in")
    assert test.error is None and len(test.words) > 50
    assert not test.cost


def test_rights_and_walls(actor: Actor, stranger: Actor, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        try_engine(replace(actor, role=Role.REVIEWER), "built-in")
    with pytest.raises(EngineNotConfigured):
        try_engine(actor, "nobody")
    measured(actor, tmp_path, s.answer(SAID))
    with connect() as database:
        assert last_tests(database, stranger) == {}
        assert spent_by_engine(database, stranger) == []


@pytest.mark.parametrize("behaviour", [s.answer(SAID), s.echo_of_the_key(401), s.echo_of_the_key(400)])
def test_the_key_is_nowhere(actor: Actor, tmp_path: Path, behaviour: Behaviour) -> None:
    test = measured(actor, tmp_path, behaviour)
    with connect() as database:
        dump = "\n".join(database.conn.iterdump())
    shown = repr((test, str(test.error), connected()))
    assert KEY not in dump and KEY not in shown
    assert next(engine.key for engine in connected() if engine.info.name == "loop") == "set"


def test_a_key_with_a_line_break_is_said_and_not_sent(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(SAID)) as server:
        configure(tmp_path, server.url)
        path = tmp_path / "secrets.toml"
        path.write_text(path.read_text().replace(f"'{KEY}'", f'"{KEY}\\n"'))
        test = try_engine(actor, "loop")
        assert server.calls == []
    assert "line break" in str(test.error) and KEY not in str(test.error)


def test_wrong_settings_of_one_engine_leave_the_others(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", "odd", capabilities={"flying": True})
    configure(tmp_path, "http://127.0.0.1:9/v1", "sound")
    found = {engine.info.name: engine for engine in connected()}
    assert found["odd"].problem is not None and "flying" in str(found["odd"].problem)
    assert found["sound"].problem is None


def test_speed_stands_against_price(actor: Actor, tmp_path: Path) -> None:
    tests = {}
    for name, price in (("dear", 9.0), ("cheap", 1.0)):
        with LoopbackServer(s.answer(SAID, written=10)) as server:
            configure(tmp_path, server.url, name, price_input=0.0, price_output=price, currency="EUR")
            tests[name] = try_engine(actor, name)
    tests = {"dear": replace(tests["dear"], seconds=0.1), "cheap": replace(tests["cheap"], seconds=1.0)}
    found = points(connected(), tests, "EUR")
    assert [(point.engine, point.speed, point.price) for point in found] == [("cheap", 10.0, 1.0), ("dear", 100.0, 9.0)]
    assert finding(found) == "dear is the fastest (100 tokens a second), cheap the cheapest"
    assert points(connected(), {}, "EUR") == ()


def test_only_administrators_set_the_budget(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(NotAllowed):
            set_budget(database, replace(actor, role=Role.INNOVATOR), 5.0)
        for wrong in (-1.0, float("nan"), float("inf")):
            with pytest.raises(InputError):
                set_budget(database, actor, wrong)
        set_budget(database, actor, 12.5)
        assert database.execute("select budget from workspaces where id = ?", [actor.workspace]).fetchone()[0] == 12.5
        set_budget(database, actor, None)


@pytest.mark.parametrize("recipe", offered(), ids=lambda recipe: recipe.slug)
def test_a_recipe_copied_as_it_is_makes_an_engine(recipe, tmp_path: Path) -> None:
    from lib.settings import settings

    (tmp_path / "secrets.toml").write_text(recipe.lines)
    settings.cache_clear()
    (engine,) = settings().engines
    assert engine.kind == recipe.kind and engine.key in ("", PLACEHOLDER)
    assert connected_as(recipe) == (engine.name,)
    assert [other.slug for other in offered() if connected_as(other)] == [recipe.slug]
    if recipe.kind in MAKERS:
        (shown,) = (found for found in connected() if found.info.name == engine.name)
        assert shown.problem is None
    else:
        drawing = image_engine_info(engine.name)
        assert drawing.problem is None or "not there" in drawing.problem.text("en")  # the folder of the example


def test_every_line_of_a_recipe_is_explained() -> None:
    for recipe in RECIPES:
        lines = [line.lstrip("# ") for line in recipe.lines.splitlines()[1:]]
        written = {line.split("=")[0].strip() for line in lines if "=" in line}
        explained = {name for names, _meaning in recipe.fields for name in names.split(", ")}
        assert written <= explained, recipe.slug


def test_what_each_engine_says_of_tools_is_what_the_loop_does() -> None:
    """One loop serves every engine; see the tests of the tools."""
    said = {one: next(found for found in abilities(one) if found.name == "Tools") for one in (None, WITH, WITHOUT)}
    assert all(found.there for found in said.values())
    assert len({found.meaning for found in said.values()}) == 3
    assert "order that the task's rules set" in said[None].meaning


WITH, WITHOUT = Capabilities(tools=True), Capabilities(tools=False)
