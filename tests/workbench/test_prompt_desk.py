"""Prompts as a team works on them: nothing wrong is saved, nobody's text is lost, and there is always a way back."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.prompts import Basis
from lib.database.run_list import Page, Wanted, runs_page
from lib.database.runs import start_run
from lib.errors import InputError, NotAllowed, Overtaken, PromptError
from lib.tasks.prompts import load_prompt
from lib.workbench.prompt_desk import (
    Desk,
    Parts,
    checked,
    open_desk,
    preview,
    recorded_inputs,
    roll_back,
    save,
)
from lib.workbench.task_list import all_tasks, examples_of, meanings_of
from lib.workbench.variables import explained, names
from tests.tasks.greeting import GREET

GOOD = Parts("You greet in {{ language }}.", "Greet {{ name }}.")
FILE = Basis(None)


def desk_of(actor: Actor) -> Desk:
    with connect() as database:
        return open_desk(database, actor, GREET)


def saved(actor: Actor, parts: Parts, basis: Basis = FILE, note: str = "") -> str:
    with connect() as database:
        return save(database, actor, GREET, parts, basis, note)


@pytest.fixture
def colleague(actor: Actor) -> Actor:
    """Another editor of the same workspace."""
    with connect() as database:
        person, _token = create_person(database, "Grace")
        return actor_for(database, person, join(database, person, make_join_code(database, actor, Role.INNOVATOR)))


def test_the_file_is_in_use_until_a_version_is_saved(actor: Actor) -> None:
    desk = desk_of(actor)
    assert [(edition.number, edition.active) for edition in desk.editions] == [(0, True)]
    saved(actor, GOOD, note=" shorter ")
    first = desk_of(actor).active
    assert (first.number, first.parts, first.person, first.note) == (1, GOOD, "Ada", "shorter")
    with connect() as database:
        assert load_prompt(database, actor, GREET).user == "Greet {{ name }}."


def test_what_was_saved_is_what_a_model_gets(actor: Actor) -> None:
    saved(actor, Parts("Speak {{ language }}.\r\n", "\n Greet {{ name }}\rnow. "))
    assert desk_of(actor).active.parts == Parts("Speak {{ language }}.", "Greet {{ name }}\nnow.")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (Parts("{{ language }}", "Greet."), ("leaves out name", "{{ name | tojson }}")),
        (Parts("{{ language", "{{ name }}"), ("Instructions", "line 1", "{{ language")),
        (Parts("{{ language }}", "one\n{% if name %}"), ("Request", "line 2", "{% if name %}")),
        (Parts("{{ language | nothing }}", "{{ name }}"), ("line 1",)),
        (Parts("{{ language }} {{ colour }}", "{{ name }}"), ("colour", "name")),
        (Parts("{{ language }}", "{{ likes }} {{ name }}"), ("list", "tojson")),
        (Parts("{{ language }}", "{{ name.__class__ }}"), ("Greeting",)),
        (Parts("{{ language }}", "  "), ("empty",)),
        (Parts("{{ language }}\n# user\n", "{{ name }}"), ("# user",)),
    ],
)
def test_a_wrong_text_is_refused_with_what_to_do(actor: Actor, parts: Parts, words: tuple[str, ...]) -> None:
    with pytest.raises(PromptError) as refused:
        saved(actor, parts)
    for word in words:
        assert word in str(refused.value)
    assert len(desk_of(actor).editions) == 1


def test_a_field_that_is_not_there_is_found_even_in_a_branch_that_no_example_takes() -> None:
    task = all_tasks()[0]
    text = "{% if note == 'never' %}{{ product.color }}{% endif %}{{ product | tojson }}"
    with pytest.raises(PromptError, match=r"product\.color.*colour"):
        checked(task, Parts("{{ language }}", text), "")


def test_saving_without_a_change_is_no_version(actor: Actor) -> None:
    with pytest.raises(InputError, match="Nothing has changed"):
        saved(actor, desk_of(actor).active.parts)


def test_of_two_who_save_the_second_is_told_and_nothing_is_lost(actor: Actor, colleague: Actor) -> None:
    saved(colleague, GOOD)
    mine = Parts("In {{ language }}, warmly.", "Greet {{ name }}.")
    with pytest.raises(Overtaken, match="Grace saved another version"):
        saved(actor, mine)
    assert desk_of(actor).active.parts == GOOD
    top = saved(actor, mine, Basis(desk_of(actor).active.id))
    desk = desk_of(actor)
    assert desk.active.id == top
    assert [edition.parts for edition in desk.editions[:2]] == [mine, GOOD]


def test_of_many_who_save_at_the_same_moment_one_wins(actor: Actor) -> None:
    gate, won, told = threading.Barrier(4), [], []

    def one(number: int) -> None:
        gate.wait()
        try:
            won.append(saved(actor, Parts("{{ language }}", f"Greet {{{{ name }}}} {number} times.")))
        except Overtaken as error:
            told.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(told), len(desk_of(actor).editions)) == (1, 3, 2)


def test_going_back_meanwhile_is_told_too(actor: Actor, colleague: Actor) -> None:
    version = saved(actor, GOOD)
    with connect() as database:
        roll_back(database, colleague, GREET, desk_of(colleague).editions[-1])
    with pytest.raises(Overtaken, match="went back"):
        saved(actor, Parts("{{ language }}!", "{{ name }}"), Basis(version))


def test_every_edition_can_be_taken_back_and_none_is_deleted(actor: Actor) -> None:
    first = saved(actor, GOOD)
    saved(actor, Parts("{{ language }}.", "Hail {{ name }}."), Basis(first))
    for number in (1, 0, 2):
        desk = desk_of(actor)
        with connect() as database:
            roll_back(database, actor, GREET, next(found for found in desk.editions if found.number == number))
        assert desk_of(actor).active.number == number
    assert [edition.number for edition in desk_of(actor).editions] == [2, 1, 0]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PARTICIPANT, Role.EXECUTIVE])
def test_who_may_not_edit_reads(actor: Actor, role: Role) -> None:
    reader = replace(actor, role=role)
    desk = desk_of(reader)
    with pytest.raises(NotAllowed):
        saved(reader, GOOD)
    with connect() as database, pytest.raises(NotAllowed):
        roll_back(database, reader, GREET, desk.editions[-1])


def test_another_workspaces_prompt_is_not_seen(actor: Actor, stranger: Actor) -> None:
    saved(actor, GOOD)
    assert [edition.number for edition in desk_of(stranger).editions] == [0]


def run_with(actor: Actor, digest: str) -> str:
    with connect() as database:
        return start_run(
            database,
            actor,
            use_case="greeting",
            kind="generation",
            method="prompt",
            method_version="1",
            task="greet",
            inputs={"name": "Ada"},
            engine="loop",
            prompt_hash=digest,
        )


def test_runs_are_counted_by_the_text_that_they_used(actor: Actor, stranger: Actor) -> None:
    file = desk_of(actor).active
    run_with(actor, file.hash)
    saved(actor, GOOD)
    last = run_with(actor, desk_of(actor).active.hash)
    run_with(actor, desk_of(actor).active.hash)
    run_with(actor, "0" * 64)
    desk = desk_of(actor)
    assert [edition.use.runs if edition.use else 0 for edition in desk.editions] == [2, 1]
    assert [(digest, use.runs) for digest, use in desk.unknown] == [("0" * 64, 1)]
    with connect() as database:
        wanted = Wanted(task="greet", prompt=desk.active.hash)
        found = runs_page(database, actor, wanted).runs
        assert runs_page(database, stranger, wanted) == Page((), 0)
        assert [inputs.name for _run, inputs in recorded_inputs(database, actor, GREET)] == ["Ada"] * 3  # type: ignore[attr-defined]
    assert found[1]["id"] == last and found[0]["person"] == "Ada"


def test_the_same_text_again_is_counted_with_its_runs(actor: Actor) -> None:
    file = desk_of(actor).active
    version = saved(actor, GOOD)
    saved(actor, file.parts, Basis(version))
    assert desk_of(actor).active.hash == file.hash


def test_a_preview_is_what_the_task_would_send() -> None:
    inputs = GREET.inputs(name="{{ 7 * 7 }} <b>")
    shown = preview(GREET, GOOD, inputs, "fr")
    assert shown == Parts("You greet in French.", "Greet {{ 7 * 7 }} <b>.")


@pytest.mark.parametrize("task", all_tasks(), ids=lambda task: task.name)
def test_each_tasks_own_prompt_passes_and_is_explained(task) -> None:
    from lib.tasks.prompts import read_file
    from lib.workbench.prompt_desk import PART_NAMES, parts_of

    file = read_file(task.prompts, task.name)
    parts = parts_of(file)
    checked(task, parts, file.text)
    texts = {part: getattr(parts, part) for part in PART_NAMES}
    for inputs in examples_of(task).values():
        found = explained(task, texts, inputs, "en")
        assert [variable.name for variable in found] == list(names(task))
        assert all(variable.used for variable in found if variable.required)
    assert all(variable.meaning for variable in found)
    assert set(meanings_of(task)) <= set(names(task))
