"""All runs a page at a time, and one run whole: read by who may, and sealed while a vote is open."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.ballots import vote
from lib.database.comparisons import Side, create, get
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.reviews import add_review
from lib.database.run_list import Page, Wanted, engines_used, runs_page, whole_run
from lib.database.runs import children
from lib.engines.registry import BUILT_IN
from lib.errors import EngineError, NotAllowed, NotFound
from lib.tasks import Context
from lib.tasks.run import run_task
from lib.workbench.comparison import write
from lib.workbench.run_view import passages_of, run_view
from lib.workbench.tasks import contenders, input_sets
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer
from tests.tasks.greeting import GOOD, GREET, Greet
from tests.workbench.test_workbench_pages import everything, opened

OF = contenders()[0]
ADA = Greet(name="Ada", likes=["tea"])


def greeted(actor: Actor, times: int = 1) -> list[str]:
    return [run_task(GREET, ADA, Context(actor=actor, use_case="engines")).id for _turn in range(times)]


def described(actor: Actor) -> str:
    with connect() as database:
        given = input_sets(database, actor, OF)[0].load()[0].values
    return run_task(OF.task, given, Context(actor=actor, use_case=OF.use_case.slug)).id


def compared(actor: Actor) -> tuple[str, list[str]]:
    """A comparison whose vote is open, and the runs of its texts."""
    with connect() as database:
        given = [(one.label, one.values.model_dump(mode="json", by_alias=True)) for one in
                 input_sets(database, actor, OF)[0].load()[:1]]  # fmt: skip
        made = create(
            database,
            actor,
            use_case=OF.use_case.slug,
            task=OF.dotted,
            language="en",
            question="Which?",
            sides=(Side(BUILT_IN), Side(BUILT_IN, take=2)),
            inputs=given,
        )
    write(actor, made, lambda *_said: None, lambda: False)
    with connect() as database:
        return made, [run["id"] for run in children(database, actor, get(database, actor, made).run)]


def test_pages_hold_every_run_once_newest_first(actor: Actor) -> None:
    made = greeted(actor, 7)
    with connect() as database:
        pages = [runs_page(database, actor, Wanted(), offset, 3) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7] * 4
    assert [run["id"] for page in pages for run in page.runs] == made[::-1]


def test_runs_are_narrowed_down(actor: Actor, tmp_path: Path) -> None:
    greeted(actor, 2)
    colleague = replace(actor, person=_member(actor).person)
    greeted(colleague)
    with LoopbackServer(s.answer(GOOD.model_dump_json())) as server:
        configure(tmp_path, server.url)
        run = run_task(GREET, ADA, Context(actor=actor), "loop")
    with connect() as database:
        counts = {
            wanted: runs_page(database, actor, wanted).total
            for wanted in (
                Wanted(), Wanted(engine="loop"), Wanted(mine=True), Wanted(task="greet"), Wanted(task="nothing"),
                Wanted(status="failed"), Wanted(kind="generation"), Wanted(prompt=str(run.prompt_hash)),
                Wanted(engine="loop' or 1=1 --"),
            )
        }  # fmt: skip
        assert list(counts.values()) == [4, 1, 3, 4, 0, 0, 4, 1, 0]
        assert engines_used(database, actor) == [BUILT_IN, "loop"]


def _member(actor: Actor, role: Role = Role.REVIEWER) -> Actor:
    with connect() as database:
        person, _token = create_person(database, "Lou")
        return actor_for(database, person, join(database, person, make_join_code(database, actor, role)))


def test_another_workspaces_runs_are_not_there(actor: Actor, stranger: Actor) -> None:
    (run,) = greeted(actor)
    with connect() as database:
        assert runs_page(database, stranger, Wanted()) == Page((), 0) and engines_used(database, stranger) == []
        with pytest.raises(NotFound):
            run_view(database, stranger, run)


def test_in_the_demo_house_runs_are_their_owners_alone() -> None:
    with connect() as database:
        people = [actor_for(database, create_person(database, name)[0], "demo") for name in ("Ada", "Sam")]
    (run,) = greeted(people[0])
    with connect() as database:
        assert [runs_page(database, one, Wanted()).total for one in people] == [1, 0]
        with pytest.raises(NotFound):
            whole_run(database, people[1], run)


def test_a_text_is_sealed_until_its_vote_closes_for_its_maker_too(actor: Actor) -> None:
    comparison, texts = compared(actor)
    with connect() as database:
        own = get(database, actor, comparison).run
        assert runs_page(database, actor, Wanted()).total == 1  # its texts stand behind it
        assert whole_run(database, actor, own)["inputs"] == {}  # they would name the sides
        for run in texts:
            with pytest.raises(NotAllowed, match="sealed"):
                run_view(database, actor, run)
        assert run_view(database, actor, own).refined_by == ()
        vote(database, actor, comparison, 0, 0)
        assert [whole_run(database, actor, run)["comparison"] for run in texts] == [comparison] * 2


def test_one_run_holds_all_that_belongs_to_it(actor: Actor) -> None:
    run = described(actor)
    with connect() as database:
        add_review(database, actor, run, "approved", 4, "Good", 5.0)
        view = run_view(database, actor, run)
    assert (view.row["person_name"], view.task, view.row["comparison"]) == ("Ada", OF.task, None)
    assert view.checks and view.reviews[0]["comment"] == "Good" and view.prompt is None
    assert passages_of(view)[0].style == "title"
    older = replace(view, row={**view.row, "output": {"text": "As it was once"}})
    assert passages_of(older)[0].lines == ("As it was once",)  # recorded when the task gave something else


def test_a_run_on_a_model_names_its_prompt(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.answer("not JSON")) as server:
        configure(tmp_path, server.url)
        with connect() as database:
            given = input_sets(database, actor, OF)[0].load()[0].values
        with pytest.raises(EngineError):
            run_task(OF.task, given, Context(actor=actor), "loop")
    with connect() as database:
        row = runs_page(database, actor, Wanted(status="failed")).runs[0]
        view = run_view(database, actor, row["id"])
    assert view.prompt is not None and view.prompt.number == 0 and passages_of(view) == ()


# --- the page --------------------------------------------------------------------------------------------------------


def page_of(actor: Actor, run: str, language: str = "en"):
    app = opened("runs", actor, language)
    app.query_params["run"] = run
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Result", "What went in", "Random seed")),
        ("fr", ("Résultat", "Ce qui a été fourni", "Graine aléatoire")),
    ],
)
def test_a_run_opens_by_its_link(actor: Actor, language: str, words: tuple[str, ...]) -> None:
    run = described(actor)
    listed = everything(opened("runs", actor, language))
    assert f"run={run}" in listed
    app = page_of(actor, run, language)
    assert not app.error and all(word in everything(app) for word in words)
    next(button for button in app.button if button.label in ("All runs", "Toutes les exécutions")).click().run()
    assert f"run={run}" in everything(app) and "toile-opening" in everything(app)


def test_the_list_turns_its_pages(actor: Actor) -> None:
    made = greeted(actor, 45)
    app = opened("runs", actor)
    seen = []
    for part in ("1 to 20 of 45", "21 to 40 of 45", "41 to 45 of 45"):
        shown = everything(app)
        assert part in shown
        seen += [run for run in made if f"run={run}" in shown]
        older = next(button for button in app.button if button.label == "Older")
        assert older.disabled == part.startswith("41")
        if not older.disabled:
            older.click().run()
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("run", ["nothing", "' or 1=1 --", "<b>x</b>", "../../etc"])
def test_a_run_that_is_not_there_is_said(actor: Actor, run: str) -> None:
    app = page_of(actor, run)
    assert ["no such run" in box.value for box in app.error] == [True]


def test_a_sealed_run_and_a_strangers_say_why(actor: Actor, stranger: Actor) -> None:
    _comparison, texts = compared(actor)
    assert ["sealed" in box.value for box in page_of(actor, texts[0]).error] == [True]
    assert ["no such run" in box.value for box in page_of(stranger, texts[0]).error] == [True]


def test_a_failed_run_says_its_error_in_the_readers_language_and_no_key(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.echo_of_the_key()) as server:
        configure(tmp_path, server.url)
        with pytest.raises(EngineError):
            run_task(GREET, ADA, Context(actor=actor), "loop")
    with connect() as database:
        run = runs_page(database, actor, Wanted()).runs[0]["id"]
    shown = everything(page_of(actor, run, "fr"))
    assert "clé" in shown and KEY not in shown and KEY not in json.dumps(shown)


def test_prompts_lists_the_runs_of_a_text_with_their_links(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.answer("not JSON")) as server:
        configure(tmp_path, server.url)
        with connect() as database:
            given = input_sets(database, actor, OF)[0].load()[0].values
        with pytest.raises(EngineError):
            run_task(OF.task, given, Context(actor=actor), "loop")
    with connect() as database:
        run = runs_page(database, actor, Wanted()).runs[0]["id"]
    app = opened("prompts", actor)
    app.session_state["prompt_tabs_en"] = "Versions"
    app.run()
    assert f"run={run}" in everything(app)
