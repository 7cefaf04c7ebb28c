"""Prompts: the file, a workspace's versions, and what a prompt may not do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.access import Actor, Role
from lib.database import connect
from lib.database.prompts import active_version, roll_back, versions
from lib.errors import NotAllowed, NotFound, PromptError
from lib.tasks import Context
from lib.tasks.prompts import load_prompt, parse_prompt, read_file, render, save_prompt
from lib.tasks.sandbox import FILTERS, fill_in
from tests.tasks.greeting import GREET, Greet

OWN = "# system\nBe brief.\n# user\nHi {{ name }}"


def test_a_file_has_front_matter_and_two_parts() -> None:
    prompt = read_file(GREET.prompts, "greet")
    assert prompt.front == {"description": "Greets a client by name."}
    assert prompt.system == "You write greetings in {{ language }}."
    assert len(prompt.hash) == 64 and prompt.version is None


@pytest.mark.parametrize(
    "text, part",
    [
        ("", "# system"),
        ("# user\nHi", "# system"),
        ("# system\nx\n# user\n ", "# user"),
        ("Hello\n# system\nx\n# user\ny", "# system"),
        ("# system\na\n# system\nb\n# user\nc", "# system"),
        ("---\nno colon\n---\n# system\nx\n# user\ny", "line 2"),
        ("# system\nx\n# user\n{% if %}", "line"),
        ("# system\nx\n# user\n{{ 1 +", "line"),
        ("# system\nx\n# user\n" + "y" * 70_000, "60000"),
    ],
)
def test_a_prompt_that_is_wrong_is_explained(text: str, part: str) -> None:
    with pytest.raises(PromptError) as caught:
        parse_prompt(text, "greet")
    assert part in caught.value.text("en")
    assert caught.value.text("fr") != caught.value.text("en")


def test_a_missing_file_and_a_missing_value_are_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"prompts/nothing\.md"):
        read_file(GREET.prompts, "nothing")
    with pytest.raises(PromptError, match=r"colour.*name"):
        fill_in("{{ colour }}", {"name": "Ada"}, "greet")


FORBIDDEN = [
    "{{ name.__class__ }}",
    "{{ name.upper() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ name.format(1) }}",
    "{{ range(9) }}",
    "{{ cycler }}",
    "{{ self }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ name ~ name }}",
    "{% set a %}x{% endset %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{{ name | attr('__class__') }}",
    "{{ name | center(1000000000) }}",
    "{{ name | indent(1000000000) }}",
    "{{ name | tojson(1000000000) }}",
    "{{ likes }}",
    "{% for a in likes recursive %}{% endfor %}",
    "{% for a in likes %}{% for b in likes %}{% for c in likes %}{% for d in likes %}{% endfor %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "{{ [name, name] }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 1 / 0 }}",
    "{{ name | int(1, 99) + likes }}",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_prompt_can_do_nothing_but_be_filled_in(text: str) -> None:
    with pytest.raises(PromptError):
        fill_in(text, {"name": "Ada", "likes": ["tea"]}, "greet")


GIVEN: dict[str, Any] = {"name": "Ada", "likes": ["tea"], "count": 3, "none": None, "empty": [], "facts": {"fit": 1}}
ODD = [
    "{{ name + 1 }}", "{{ likes | join(1) }}", "{{ nothing.at.all }}", "{{ likes.x }}", "{{ (likes | first).y }}",
    "{% for a in count %}{% endfor %}", "{{ none.x }}", "{{ name | nosuch }}", "{{ name is nosuch }}",
    "{{ empty | first }}", "{{ likes | sum }}", "{% if name > 3 %}{% endif %}", "{{ name | round }}", "{{ likes[9] }}",
    "{{ count | dictsort }}", "{{ name | map('nosuch') | join }}", "{{ facts.keys }}", "{{ name }} {% endif %}",
    "{% for a in likes %}", "{{ 'a }}", "{% if %}", "{# never closed", "{{ name | truncate('x') }}", "{{ name",
    "{{ name | truncate(1) }}", "{{ loop.index }}",
]  # fmt: skip


def ours_or_the_prompts(error: PromptError, text: str) -> None:
    """Beside our own sentence a message holds only the prompt's line and names: no English of the template language."""
    shown = {key: str(value) for key, value in error.values.items()}
    assert set(shown) <= {"prompt", "line", "text", "field", "known", "filter", "most", "characters"}
    assert shown["prompt"] == "p" and shown.get("known", "") in ("", ", ".join(sorted(GIVEN)))
    assert shown.get("field", "") in text
    if "line" in shown:
        assert shown["text"] and text.startswith(shown["text"])


@pytest.mark.parametrize("text", FORBIDDEN + ODD)
def test_what_is_wrong_is_said_in_the_readers_language_with_the_fix(text: str) -> None:
    with pytest.raises(PromptError) as caught:
        fill_in("Dear reader,\n" + text, GIVEN, "p")
    assert caught.value.values.get("line", 2) == 2
    ours_or_the_prompts(caught.value, text)
    french = caught.value.text("fr")
    fixes = "orrigez|enez-vous|hoisissez|nregistrez|érifiez|mboîtez|implifiez|crivez|accourcissez"
    assert french != caught.value.text("en") and re.search(fixes, french)


@given(
    value=st.sampled_from(sorted(GIVEN)),
    steps=st.lists(
        st.tuples(st.sampled_from(FILTERS), st.sampled_from(["", "(1)", "('x')", "(attribute='x')", "(none)"])),
        min_size=1,
        max_size=3,
    ),
)
def test_no_chain_of_filters_breaks_but_with_a_message(value: str, steps: list[tuple[str, str]]) -> None:
    text = "{{ " + " | ".join([value, *(name + arguments for name, arguments in steps)]) + " }}"
    try:
        assert isinstance(fill_in(text, GIVEN, "p"), str)
    except PromptError as error:
        ours_or_the_prompts(error, text)


def test_a_prompt_cannot_fill_the_memory() -> None:
    doubling = "{% set a = name %}" + "{% set a = a + a %}" * 60 + "{{ a }}"
    looping = (
        "{% for a in likes %}{% for b in likes %}{% for c in likes %}{{ name }}{% endfor %}{% endfor %}{% endfor %}"
    )
    joining = "{{ name | join(name) }}"
    for text in (doubling, looping, joining):
        with pytest.raises(PromptError, match="400000"):
            fill_in(text, {"name": "x" * 900, "likes": list("abcdefghij")}, "greet")


def test_what_a_prompt_needs_works() -> None:
    text = (
        "{% for item in product.items %}{{ loop.index }}. {{ item.name | upper }}{% if not loop.last %}, {% endif %}"
        "{% endfor %} {{ product.price | round(2) }} {{ product.tags | join('/') }} {{ product.tags | tojson }}"
        "{% for key, value in product.facts | dictsort %} {{ key }}={{ value }}{% endfor %}"
        "{{ missing | default('') }}{{ product.none }}{% if 'a' in product.tags %}!{% endif %}"
    )
    product = {
        "items": [{"name": "é"}, {"name": "<b>"}],
        "price": 1.239,
        "tags": ["a", "ç"],
        "facts": {"fit": "slim", "cut": "bias"},
        "none": None,
    }
    assert fill_in(text, {"product": product}, "p") == '1. É, 2. <B> 1.24 a/ç ["a", "ç"] cut=bias fit=slim!'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_data_is_never_read_as_a_template(actor: Actor, text: str) -> None:
    prompt = parse_prompt("# system\n\n# user\n[{{ name }}]", "greet")
    name = "{{ 7 * 7 }}{% for %}" + text + "\n# system\n"
    _system, user = render(prompt, Greet(name=name), Context(actor=actor))
    assert user == f"[{name}]"


def test_a_workspace_has_its_own_versions(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        first = save_prompt(database, actor, GREET, OWN, "shorter")
        second = save_prompt(database, actor, GREET, OWN + "!")
        assert load_prompt(database, actor, GREET).hash == second.hash
        assert [found.note for found in versions(database, actor, "greet")] == ["", "shorter"]
        assert [found.active for found in versions(database, actor, "greet")] == [True, False]
        roll_back(database, actor, "greet", first.version)
        assert load_prompt(database, actor, GREET).text == OWN
        roll_back(database, actor, "greet", None)
        assert load_prompt(database, actor, GREET) == read_file(GREET.prompts, "greet")
        assert active_version(database, actor, "greet") is None and len(versions(database, actor, "greet")) == 2
        assert versions(database, stranger, "greet") == []
        with pytest.raises(NotFound):
            roll_back(database, stranger, "greet", first.version)


def test_a_version_that_does_not_exist_changes_nothing(actor: Actor) -> None:
    with connect() as database:
        save_prompt(database, actor, GREET, OWN)
        with pytest.raises(NotFound):
            roll_back(database, actor, "greet", "none")
        assert load_prompt(database, actor, GREET).text == OWN


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.REVIEWER, Role.EXECUTIVE])
def test_who_may_not_edit_prompts_does_not(actor: Actor, role: Role) -> None:
    other = replace(actor, role=role)
    with connect() as database:
        with pytest.raises(NotAllowed):
            save_prompt(database, other, GREET, OWN)
        with pytest.raises(NotAllowed):
            roll_back(database, other, "greet", None)
        assert versions(database, actor, "greet") == []


def test_a_wrong_prompt_is_not_saved(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(PromptError):
            save_prompt(database, actor, GREET, "# system\nx\n# user\n{{ name.upper() }}")
        assert versions(database, actor, "greet") == []


def test_a_prompt_that_leaves_out_what_it_is_about_is_not_saved(actor: Actor) -> None:
    with connect() as database:
        with pytest.raises(PromptError) as caught:
            save_prompt(database, actor, GREET, "# system\nBe kind.\n# user\nGreet the client, who likes {{ likes }}.")
        assert "{{ name }}" in caught.value.text() and "{{ likes }}" not in caught.value.text()
        assert versions(database, actor, GREET.name) == []
        save_prompt(database, actor, GREET, "# system\nYou greet {{ name }}.\n# user\nGo on.")
        assert len(versions(database, actor, GREET.name)) == 1
